"""Print and power board do not touch: trays and holders against the board's own rooms."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from manifold3d import Manifold

from catalog.load import load_catalog
from mounts.mesh import solid_of
from mounts.order import Order, spec_for
from mounts.parts.holder import HolderSpec
from mounts.parts.tray_spec import TraySpec
from mounts.registry import PARTS
from pcb.build import write_project
from pcb.device import device_toml
from pcb.interface import Interface, Room, holder_fields, interface
from pcb.kicad import open_kicad
from pcb.spec import read_spec

BOARDS: dict[str, dict[str, Any]] = {
    "seven": {"outputs": 7, "amps": 3, "extra_inputs": ["eps-8"], "name": "seven"},
    "screws": {"outputs": 4, "amps": 2, "connector": "screw", "name": "screws"},
    "wires": {"outputs": 3, "amps": 1, "connector": "wire", "name": "wires"},
}
DUST_MM3 = 1.0
Spot = tuple[float, float, float]
APART = 1e-3  # what rests on something does not collide with it


@cache
def made(name: str) -> Interface:
    return interface(read_spec(BOARDS[name]))


def box(low: tuple[float, ...], high: tuple[float, ...]) -> Manifold:
    size = [b - a for a, b in zip(low, high, strict=True)]
    return Manifold.cube(size).translate(list(low))


def rooms(name: str) -> list[Room]:
    """Return all that is not plastic: PCB, parts, plugs with their cables."""
    board = made(name)
    slab = Room((0, 0, -board.thickness_mm + APART), (*board.size_mm, 0))
    found = [slab, *board.parts.values()]
    for mouth in board.mouths:
        found += [mouth.plug, mouth.cable] if mouth.side != "bottom" else [mouth.plug]
    return found


@pytest.mark.parametrize("name", BOARDS)
def test_a_tray_touches_neither_board_nor_plugs(name: str, tmp_path: Any) -> None:
    path = tmp_path / f"{name}.toml"
    path.write_bytes(device_toml(made(name)))
    tray, seat = tray_of(name, path)
    for room in rooms(name):
        (x0, y0), (x1, y1) = seat.place(*room.low[:2]), seat.place(*room.high[:2])
        low = (min(x0, x1), min(y0, y1), seat.top_mm + room.low[2])
        high = (max(x0, x1), max(y0, y1), seat.top_mm + room.high[2])
        assert (tray ^ box(low, high)).volume() < DUST_MM3, room


@pytest.mark.parametrize("name", BOARDS)
def test_a_holder_touches_neither_board_nor_plugs_at_both_ends(name: str) -> None:
    """The board stands on its inlets' edge, its parts towards +y of the holder."""
    board = made(name)
    spec = HolderSpec.model_validate(holder_fields(board))
    end = solid_of(PARTS["holder"].build(spec))
    other = end.rotate([0, 0, 180]).translate([board.size_mm[0], 0, 0])
    half = spec.thick_mm / 2
    for room in rooms(name):
        low = (
            room.low[0],
            half + room.low[2],
            spec.stand_mm + board.size_mm[1] - room.high[1] + APART,
        )
        high = (room.high[0], half + room.high[2], spec.stand_mm + board.size_mm[1] - room.low[1])
        for holder in (end, other):
            assert (holder ^ box(low, high)).volume() < DUST_MM3, room


def tray_of(name: str, device: Path) -> tuple[Manifold, Any]:
    """Return the tray of a board by its device's file, and how the board sits on it."""
    spec = spec_for(Order("tray", "10in", name, options={"front": "y-"}), load_catalog(device))
    assert isinstance(spec, TraySpec)
    return solid_of(PARTS["tray"].build(spec)), spec.seat


def lies_in(low: Spot, high: Spot, room: Room, ref: str) -> bool:
    """Whether a box lies in a part's room; leads of a resistor reach out to their pads."""
    more = 1.2 if ref.startswith("R") else 0.0
    return all(
        a >= b - more - 0.11 and c <= d + more + 0.11
        for a, b, c, d in zip(low, room.low, high, room.high, strict=True)
    )


@pytest.mark.usefixtures("kicad_cli")
def test_parts_stand_where_mounts_are_told_in_kicad_s_own_solids(tmp_path: Path) -> None:
    """Each lies in a part's room or in the PCB's, and every room has one that is as high as it."""
    from cadquery import importers  # noqa: PLC0415 - slow to import

    name = "screws"
    write_project(read_spec(BOARDS[name]), tmp_path)
    with open_kicad() as kicad:
        path = kicad.step(tmp_path / f"{name}.kicad_pcb", tmp_path / "parts.step", parts=True)
    solids: Any = importers.importStep(str(path)).solids().vals()
    found = [solid.BoundingBox() for solid in solids]
    slab = max(found, key=lambda one: one.xlen * one.ylen)
    face, told = slab.zmax, made(name).parts
    tray, seat = tray_of(name, tmp_path / f"{name}.toml")
    filled = set[str]()
    for one in found:
        if one is slab:
            continue
        low = (one.xmin - slab.xmin, one.ymin - slab.ymin, one.zmin - face)
        high = (one.xmax - slab.xmin, one.ymax - slab.ymin, one.zmax - face)
        inside = [ref for ref, room in told.items() if lies_in(low, high, room, ref)]
        assert len(inside) == 1, (low, high, inside)
        corners = seat.place(*low[:2]), seat.place(*high[:2])
        (x0, x1), (y0, y1) = (sorted(pair) for pair in zip(*corners, strict=True))
        solid = box((x0, y0, seat.top_mm + low[2]), (x1, y1, seat.top_mm + high[2]))
        assert (tray ^ solid).volume() < DUST_MM3, inside
        room = told[inside[0]]
        if abs(high[2] - room.high[2]) < 0.11:
            filled.add(inside[0])
    assert filled == set(told)


@pytest.mark.usefixtures("kicad_cli")
def test_kicad_s_own_solid_lies_on_the_tray_and_touches_nothing(tmp_path: Path) -> None:
    """The board as KiCad exports it: its size, its holes over the posts, no plastic in it."""
    from cadquery import importers  # noqa: PLC0415 - slow to import

    name = "seven"
    write_project(read_spec(BOARDS[name]), tmp_path)
    with open_kicad() as kicad:
        solid: Any = importers.importStep(
            str(kicad.step(tmp_path / f"{name}.kicad_pcb", tmp_path / f"{name}.step"))
        )
    box = solid.val().BoundingBox()
    assert (box.xlen, box.ylen) == pytest.approx(made(name).size_mm)
    assert box.zlen == pytest.approx(made(name).thickness_mm, abs=0.1)
    round_ones = [face.BoundingBox() for face in solid.faces("%CYLINDER").vals()]
    drilled = {
        (round(face.center.x - box.xmin, 2), round(face.center.y - box.ymin, 2))
        for face in round_ones
        if abs(face.xlen - 3.2) < 0.02
    }
    assert drilled == {(hole.x_mm, hole.y_mm) for hole in made(name).holes}
    catalog = load_catalog(tmp_path / f"{name}.toml")
    spec = spec_for(Order("tray", "10in", name, options={"front": "y-"}), catalog)
    assert isinstance(spec, TraySpec)
    seat = spec.seat
    assert {at for at, _ in seat.mount_holes()} == {seat.place(*spot) for spot in drilled}
    left, front = seat.place(0, 0)
    slab = Manifold.cube([box.xlen, box.ylen, box.zlen - APART])
    for x, y in drilled:
        slab -= Manifold.cylinder(2 * box.zlen, 1.6, -1.0, 64, True).translate([x, y, 0])
    board = slab.translate([left, front, seat.top_mm - box.zlen + APART])
    assert (solid_of(PARTS["tray"].build(spec)) ^ board).volume() < DUST_MM3
