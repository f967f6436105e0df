"""A text that no reader should be given is refused before a command loads the catalogue."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from cli.main import main

READERS = (
    ["check"], ["plates"], ["pack"], ["fleet"], ["diff", "sound.toml"], ["export", "netbox"],
    ["export", "rackula"],
)  # fmt: skip
TEXTS = ("a = " + "[" * 9000, "a = [" + "[]," * 30_000 + "]", "a = ", "a = 1" + "0" * 99)


@pytest.mark.parametrize("words", READERS, ids=" ".join)
@pytest.mark.parametrize("text", TEXTS, ids=["deep", "many", "cut short", "digits"])
def test_it_is_refused_before_the_catalogue_is_read(
    words: list[str], text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def loaded(_: object = None) -> None:
        pytest.fail("the catalogue was read")

    monkeypatch.setattr("catalog.load.load_catalog", loaded)
    monkeypatch.chdir(tmp_path)
    Path("sound.toml").write_text("version = 1\n", encoding="utf-8")
    Path("rack.toml").write_text(text, encoding="utf-8")
    out = ["-o", "out"] if words[0] == "export" else []
    run = CliRunner().invoke(main, [*words, "rack.toml", *out])
    assert run.exit_code == 2, run.output
    assert "error: rack.toml" in run.stderr
    assert not Path("out").exists()
