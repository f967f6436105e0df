"""Every option with every kind of question: it changes the answer, or it is refused by its name."""

from functools import cache
from pathlib import Path
from typing import get_args

import click
import pytest
from click.testing import CliRunner, Result

from catalog.load import DATA, Catalog
from cli.fit import command
from cli.fit_modes import Mode

BASE: dict[str, tuple[str, ...]] = {
    "board": ("--board", "raspberry-pi-4b", "--rack", "10in", "--height", "2U"),
    "table": ("--table", "--rack", "19in", "--height", "2U"),
    "mix": ("--mix", "raspberry-pi-4b=9,raspberry-pi-5=2", "--rack", "10in", "--height", "2U"),
}
# What each option is given, and what else it needs to have something to change.
GIVEN: dict[str, tuple[str, ...]] = {
    "board": ("raspberry-pi-5",),
    "rack": ("deskpi-rackmate-t1",),
    "table": (),
    "mix": ("raspberry-pi-5=3",),
    "height": ("1U,3U",),
    "air_gap": ("9mm",),
    "pitch": ("30mm",),
    "edge_gap": ("20mm",),
    "wall": ("60mm",),
    "floor": ("50mm",),
    "rows": ("2",),
    "depth": ("60mm",),
    "cable_gap": ("50mm", "--rows", "2", "--depth", "200mm"),
    "opening": ("120mm",),
    "hat": ("rpi-poe-plus-hat",),
    "thickness": ("30mm",),
    "outline": (),
    "pose": ("on-edge",),
    "fan": ("40x20",),
    "fans": ("1",),
    "watts": ("3",),
    "soc_k_per_w": ("3",),
    "room": ("30",),
    "pareto": (),
    "chart": ("front.svg", "--watts", "4"),
    "svg": ("fit.svg",),
    "png": ("fit.png",),
    "show_all": (),
    "catalog_dir": ("facts",),
    "as_json": (),
}
REFUSED = {
    "board": {"table", "mix"},  # they make another question of it
    "table": {
        "board",
        "mix",
        "hat",
        "thickness",
        "pitch",
        "pareto",
        "chart",
        "svg",
        "png",
        "show_all",
    },
    "mix": {
        *("board", "table", "thickness", "pitch", "show_all"),
        *("fan", "fans", "watts", "soc_k_per_w", "room", "pareto", "chart"),
    },
}
FEW = ("beaglebone-black", "raspberry-pi-4b")
QUESTIONS = {"board": "--board", "table": "--table", "mix": "--mix"}


def options() -> dict[str, click.Option]:
    return {p.name or "": p for p in command.params if isinstance(p, click.Option)}


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Let a table have two boards, and lay one's own facts into a folder beside."""
    few = property(lambda catalog: {name: catalog.board(name) for name in FEW})
    monkeypatch.setattr(Catalog, "boards", few)
    monkeypatch.chdir(tmp_path)
    text = (DATA / "boards" / "raspberry-pi-4b.toml").read_text(encoding="utf-8")
    Path("facts").mkdir()
    thick = text.replace("height_above_pcb_mm = 16.15", "height_above_pcb_mm = 45.0")
    Path("facts/raspberry-pi-4b.toml").write_text(thick, encoding="utf-8")


def run(mode: str, *more: str) -> Result:
    return CliRunner().invoke(command, [*BASE[mode], *more])


@cache
def without(mode: str, *also: str) -> str:
    return run(mode, *also).stdout


def test_no_option_is_forgotten() -> None:
    assert set(GIVEN) == set(options())
    assert set(get_args(Mode)) == set(BASE) == set(REFUSED)


@pytest.mark.parametrize("key", GIVEN)
@pytest.mark.parametrize("mode", BASE)
def test_an_option_changes_the_answer_or_is_refused(mode: str, key: str) -> None:
    name, *_ = options()[key].opts
    value, *also = GIVEN[key] or (None,)
    given = (name,) if value is None else (name, value)
    done = run(mode, *also, *given) if key not in REFUSED[mode] else run(mode, *given)
    if key in REFUSED[mode]:
        assert done.exit_code == 2
        where = {name, QUESTIONS[mode]} if key in QUESTIONS else {name}
        assert any(done.output.startswith(f"error: {each}: ") for each in where), done.output
        assert "hint: " in done.output
    elif key in {"chart", "svg", "png"}:
        assert done.exit_code == 0, done.output
        assert Path(value or "").stat().st_size > 1000
    elif mode == key:
        assert done.exit_code == 0, done.output  # the question itself, asked again
    else:
        assert done.exit_code == 0, done.output
        assert done.stdout != without(mode, *also)


def test_fans_are_not_counted_in_still_air() -> None:
    done = run("board", "--fan", "none", "--fans", "2")
    assert done.exit_code == 2
    assert "error: --fans: " in done.output
