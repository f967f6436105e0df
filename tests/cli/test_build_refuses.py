"""A text that is no rack.toml is refused before a build starts any process for parts."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from cli.main import main

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
