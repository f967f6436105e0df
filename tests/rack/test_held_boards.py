"""A holder of a power board of the same file: its measures, and what is wrong by name."""

from pathlib import Path

import pytest

from catalog.load import Catalog
from catalog.problems import InputError
from mounts.parts.holder import HolderSpec
from mounts.parts.tray_spec import TraySpec
from pcb.interface import interface
from pcb.spec import read_spec
from rack.plan import Plan
from rack.read import plan_file

RACK = """
version = 1
name = "held"
rack = "10in"
height = "2U"

[[item]]
name = "upright"
mount = "holder"
power_board = "power-12v"

[[power_board]]
name = "power-12v"
outputs = 5
amps = 1.5
"""


FLAT = RACK.replace('mount = "holder"', 'mount = "tray"')


def planned(text: str, folder: Path, catalog: Catalog) -> Plan:
    path = folder / "rack.toml"
    path.write_text(text, encoding="utf-8")
    return plan_file(path, catalog)


def test_the_holder_is_made_to_the_board_as_it_is_laid_out(
    tmp_path: Path, catalog: Catalog
) -> None:
    (beside,) = planned(RACK, tmp_path, catalog).beside
    made = interface(read_spec({"outputs": 5, "amps": 1.5, "name": "power-12v"}))
    holder = beside.spec
    assert isinstance(holder, HolderSpec)
    assert (holder.width_mm, holder.height_mm) == made.size_mm
    assert holder.front_mm == made.above_mm
    assert holder.edge_mm == min(made.free_mm)
    more = planned(RACK.replace("outputs = 5", "outputs = 9"), tmp_path, catalog).beside[0].spec
    assert isinstance(more, HolderSpec)
    assert more.width_mm > holder.width_mm


def test_a_tray_takes_the_board_as_it_is_laid_out(tmp_path: Path, catalog: Catalog) -> None:
    """Its own holes over the posts, its outputs at the front; nothing was told but its name."""
    (module,) = planned(FLAT, tmp_path, catalog).modules[:1]
    made = interface(read_spec({"outputs": 5, "amps": 1.5, "name": "power-12v"}))
    tray = next(m.spec for m in planned(FLAT, tmp_path, catalog).modules if m.family == "tray")
    assert isinstance(tray, TraySpec)
    assert module.label
    assert tray.seat.front == "y-"
    assert (tray.device.board.x_mm, tray.device.board.y_mm) == made.size_mm
    assert {(h.x_mm, h.y_mm) for h in tray.device.holes} == {(h.x_mm, h.y_mm) for h in made.holes}
    assert {at for at, _ in tray.seat.mount_holes()} == {
        tray.seat.place(hole.x_mm, hole.y_mm) for hole in made.holes
    }


def test_a_board_on_a_tray_hides_no_device_of_its_name(tmp_path: Path, catalog: Catalog) -> None:
    """Two things of one name: each item gets its own."""
    text = (
        FLAT.replace("power-12v", "raspberry-pi-4b")
        + """
[[item]]
device = "raspberry-pi-4b"
mount = "tray"
"""
    )
    trays = [m.spec for m in planned(text, tmp_path, catalog).modules if m.family == "tray"]
    sizes = {one.device.board.x_mm for one in trays if isinstance(one, TraySpec)}
    assert len(sizes) == 2
    assert 85 in sizes


@pytest.mark.parametrize(
    ("wrong", "key", "words"),
    [
        (RACK.replace('power_board = "power-12v"', 'power_board = "power-5v"'), "power_board",
         "did you mean 'power-12v'?"),
        (RACK.replace("[[power_board]]", "[item.set]\nwidth_mm = 90\n\n[[power_board]]", 1),
         "set.width_mm", "leave it out"),
        (RACK.replace('mount = "holder"', 'device = "raspberry-pi-4b"'), "item[0]", "holder"),
        (RACK.replace("amps = 1.5", "amps = 9"), "power_board[0].amps", "5.25"),
        (FLAT.replace('power_board = "power-12v"', 'power_board = "power-5v"'), "power_board",
         "did you mean 'power-12v'?"),
        (FLAT.replace("amps = 1.5", "amps = 9"), "power_board[0].amps", "5.25"),
        (FLAT.replace('mount = "tray"', 'mount = "frame"'), "item[0]", "'tray' lays it flat"),
        (FLAT.replace('mount = "tray"', 'mount = "tray"\ncount = 2'), "item[0]",
         "one [[item]] for each"),
        (FLAT.replace("outputs = 5", "outputs = 20"), "item[0]", "wide"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_what_works(
    wrong: str, key: str, words: str, tmp_path: Path, catalog: Catalog
) -> None:
    with pytest.raises(InputError) as caught:
        planned(wrong, tmp_path, catalog)
    assert any(key in p.key and words in str(p) for p in caught.value.problems)
