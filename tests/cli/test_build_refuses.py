"""A text that is no rack.toml is refused before a build starts any process for parts."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli.main import main

ROOT = Path(__file__).parents[2]
HEAD = (
    'version = 1\nname = "a"\nrack = "10in"\nheight = "3U"\n[[item]]\ndevice = "raspberry-pi-4b"\n'
)
NODES = HEAD + "count = 1000000\n"
PATHS = 'calibration = "' + "../" * 9000 + 'x"\n' + HEAD


@pytest.mark.parametrize(
    "text", [NODES, PATHS, "a = [" + "[]," * 30_000 + "]", "a = ", "a = " + "[" * 9000]
)
def test_no_process_is_started_for_what_is_refused(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def started(_: int) -> None:
        pytest.fail("processes were started")

    monkeypatch.setattr("rack.workers.warmed", started)
    file, out = tmp_path / "rack.toml", tmp_path / "out"
    file.write_text(text, encoding="utf-8")
    run = CliRunner().invoke(main, ["build", str(file), "-o", str(out), "--no-cache"])
    assert run.exit_code == 2, run.output
    assert f"error: {file}" in run.stderr
    assert not out.exists()


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="asks a device without an end")
@pytest.mark.parametrize(
    "command", ["check", "build", "migrate", "pack", "import rackula", "import netbox"]
)
def test_a_file_without_an_end_is_refused_within_its_limit(command: str, tmp_path: Path) -> None:
    file = tmp_path / "rack.toml"
    file.symlink_to("/dev/zero")
    # Half of a gigabyte of addresses beyond what the program itself maps: endless reading ends.
    code = (
        "import resource, sys; from cli.main import main; import rack.spec, catalog.load;"
        "most = int(open('/proc/self/statm').read().split()[0]) * 4096 + 500_000_000;"
        "resource.setrlimit(resource.RLIMIT_AS, (most, most)); main(sys.argv[1:])"
    )
    words = [sys.executable, "-c", code, *command.split(), str(file)]
    words += ["-o", str(tmp_path / "out")] if "import" in command else []
    own = {**os.environ, "PYTHONPATH": str(ROOT), "RACKPRESS_CACHE": str(tmp_path / "cache")}
    run = subprocess.run(
        words, cwd=tmp_path, env=own, capture_output=True, encoding="utf-8", check=False
    )
    assert run.returncode == 2, run.stderr
    assert "rack.toml: is too big; allowed: up to 5 MB" in run.stderr
