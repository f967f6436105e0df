"""A disk that is full while a command works is told in plain words, with exit code 2."""

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli.main import main

ROOT = Path(__file__).parents[2]
# A file may grow so far and no further, as on a full disk; Python is not killed by that signal.
SMALL = """
import resource, sys
limit = int(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
from cli.main import main
main(sys.argv[2:])
"""
BLANK = ("mount", "blank", "--rack", "10in", "--height", "0.5U", "--format")


@pytest.mark.skipif(sys.platform != "linux", reason="limits as Linux has them")
@pytest.mark.parametrize("kind", ["stl", "step"])
def test_a_file_that_is_cut_short_is_never_taken_for_whole(kind: str, tmp_path: Path) -> None:
    out = tmp_path / "parts"
    said = refused([*BLANK, kind, "-o", str(out)], tmp_path, 2_000)
    assert "written" in said
    assert list(tmp_path.iterdir()) == []


READINGS = """version = 1
name = "own"
printer = "bambu-a1"
material = "{material}"
slide_groove = 4
press_groove = 2
hole_small_mm = 3.84
hole_large_mm = 5.43
core_hole = 4
tower_foot_mm = 10.22
tower_top_mm = 10.02
tower_height_mm = 11.96
bar_x_outer_mm = 99.72
bar_x_inner_mm = 89.68
bar_y_outer_mm = 69.81
bar_y_inner_mm = 59.76
"""
ONE_FILE = {  # commands that write one file
    "new": ["new", "out.toml"],
    "calibrate": ["calibrate", "--from", "petg.toml", "-o", "out.toml"],
    "fit as SVG": ["fit", "--board", "raspberry-pi-4b", "--rack", "10in", "--svg", "out.svg"],
    "fit as PNG": ["fit", "--board", "raspberry-pi-4b", "--rack", "10in", "--png", "out.png"],
    "pack": ["pack", "rack.toml", "--svg", "out.svg"],
}


@pytest.mark.skipif(sys.platform != "linux", reason="limits as Linux has them")
@pytest.mark.parametrize("name", ONE_FILE)
def test_no_file_is_left_half_written(name: str, tmp_path: Path) -> None:
    (tmp_path / "petg.toml").write_text(READINGS.format(material="petg"), encoding="utf-8")
    rack = (ROOT / "examples" / "pico-10.toml").read_text(encoding="utf-8")
    (tmp_path / "rack.toml").write_text(rack, encoding="utf-8")
    there = sorted(path.name for path in tmp_path.iterdir())
    assert "written" in refused(ONE_FILE[name], tmp_path, 100)
    assert sorted(path.name for path in tmp_path.iterdir()) == there


@pytest.mark.skipif(sys.platform != "linux", reason="limits as Linux has them")
def test_a_calibration_that_cannot_learn_is_as_it_was(tmp_path: Path) -> None:
    petg = READINGS.format(material="petg")
    (tmp_path / "petg.toml").write_text(petg, encoding="utf-8")
    learnt = ("version", "printer", "bar_")  # what another filament is asked for
    pla = [line for line in petg.splitlines() if line.startswith(learnt)]
    text = "\n".join([*pla, 'material = "pla"', ""])
    (tmp_path / "pla.toml").write_text(text, encoding="utf-8")
    own = tmp_path / "own.toml"
    made = CliRunner().invoke(
        main, ["calibrate", "--from", str(tmp_path / "petg.toml"), "-o", str(own)]
    )
    assert made.exit_code == 0, made.stderr
    before = own.read_bytes()
    words = ["calibrate", "--from", "pla.toml", "--add-to", "own.toml", "-o", "own.toml"]
    assert "written" in refused(words, tmp_path, 100)
    assert own.read_bytes() == before


def refused(words: list[str], home: Path, limit: int) -> str:
    """Run a command in a folder whose files may have so many bytes; return what it says."""
    run = subprocess.run(
        [sys.executable, "-c", SMALL, str(limit), *words],
        cwd=home,
        env={**os.environ, "TMPDIR": str(home), "PYTHONPATH": str(ROOT), "RACKPRESS_CACHE": ""},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 2, run.stderr
    assert "Traceback" not in run.stderr
    assert "mistake in Rackpress" not in run.stderr
    return run.stderr


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_what_a_disk_refuses_is_no_mistake_of_ours(
    code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: object) -> None:
        raise OSError(code, os.strerror(code), "/somewhere/file")

    monkeypatch.setenv("RACKPRESS_CACHE", str(tmp_path))
    monkeypatch.setattr("catalog.cache.Cache.files", full)
    run = CliRunner().invoke(main, ["cache", "info", "--json"])
    assert run.exit_code == 2, run.stderr
    assert "error: /somewhere/file: cannot be written or read: " + os.strerror(code) in run.stderr
    assert json.loads(run.stdout)["problems"][0]["where"] == "/somewhere/file"
