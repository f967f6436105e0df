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
# A file may grow to 2 kB and no further, as on a full disk; Python is not killed by that signal.
SMALL = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, 2_000))
from cli.main import main
main(sys.argv[1:])
"""
BLANK = ("mount", "blank", "--rack", "10in", "--height", "0.5U", "--format")


@pytest.mark.skipif(sys.platform != "linux", reason="limits as Linux has them")
@pytest.mark.parametrize("kind", ["stl", "step"])
def test_a_file_that_is_cut_short_is_never_taken_for_whole(kind: str, tmp_path: Path) -> None:
    out = tmp_path / "parts"
    run = subprocess.run(
        [sys.executable, "-c", SMALL, *BLANK, kind, "-o", str(out)],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(tmp_path)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 2, run.stderr
    assert "Traceback" not in run.stderr
    assert "mistake in Rackpress" not in run.stderr
    assert "written" in run.stderr
    assert list(tmp_path.iterdir()) == []


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
