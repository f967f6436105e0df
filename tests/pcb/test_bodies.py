"""What parts look like: as large as their footprints say, and read by a stranger's STEP reader."""

from pathlib import Path
from typing import Any

import pytest

from pcb.board.bodies import FUSES, RINGS, Prism, bodies, rings
from pcb.board.footprints import Footprint, footprints
from pcb.board.step import corners, faces_of, normal_of, step
from pcb.build import project_files
from pcb.parts import tables
from pcb.sexpr import every, parse
from pcb.spec import read_spec

SOLID = [shape for shape in footprints().values() if bodies(shape)]
Spot = tuple[float, float, float]


def reach(one: Prism) -> tuple[Spot, Spot]:
    """Return the lowest and the highest corner."""
    spots = [spot for end in corners(one) for spot in end]
    low, high = (tuple(pick(axis) for axis in zip(*spots, strict=True)) for pick in (min, max))
    return (low[0], low[1], low[2]), (high[0], high[1], high[2])


def test_all_parts_but_pads_holes_and_wires_look_like_something() -> None:
    bare = {shape.name for shape in footprints().values()} - {shape.name for shape in SOLID}
    assert {name.split("_")[0] for name in bare} == {"Test", "Hole", "Wire"}


@pytest.mark.parametrize("shape", SOLID, ids=lambda shape: shape.name)
def test_a_part_fills_the_room_that_mounts_are_told_of(shape: Footprint) -> None:
    """Body and height of the footprint; only leads reach further, down to their pads."""
    made = [reach(one) for one in bodies(shape)]
    left, top, right, bottom = shape.body
    leads = [(pad.x, -pad.y) for pad in shape.pads]
    assert max(high[2] for _, high in made) == pytest.approx(shape.height_mm)
    assert min(low[2] for low, _ in made) == pytest.approx(0)
    assert min(low[0] for low, _ in made) == pytest.approx(left)
    assert max(high[0] for _, high in made) == pytest.approx(right)
    for low, high in made:
        inside = low[1] >= -bottom - 1e-6 and high[1] <= -top + 1e-6
        lead = any(low[0] <= x <= high[0] and low[1] <= y <= high[1] for x, y in leads)
        assert inside or lead
    assert any(low[1] == pytest.approx(-bottom) for low, _ in made)
    assert any(high[1] == pytest.approx(-top) for _, high in made)


@pytest.mark.parametrize("shape", SOLID, ids=lambda shape: shape.name)
def test_every_body_is_closed_and_its_faces_look_outwards(shape: Footprint) -> None:
    """Each edge is passed once in each direction; no corner lies above the plane of a face."""
    for one in bodies(shape):
        faces = faces_of(one)
        edges = [pair for face in faces for pair in zip(face, [*face[1:], face[0]], strict=True)]
        assert len(set(edges)) == len(edges)
        assert {(b, a) for a, b in edges} == set(edges)
        for face in faces:
            normal = normal_of(face)
            for spot in corners(one)[0] + corners(one)[1]:
                above = sum(n * (p - q) for n, p, q in zip(normal, spot, face[0], strict=True))
                assert above < 1e-9


def area(one: Prism) -> float:
    points = zip(one.outline, [*one.outline[1:], one.outline[0]], strict=True)
    return abs(sum(a[0] * b[1] - a[1] * b[0] for a, b in points)) / 2


@pytest.mark.parametrize("name", ["Barrel_Jack", "Screw_Terminal", "LED", "Pin_Header"])
def test_a_stranger_reads_the_same_bodies(name: str, tmp_path: Path) -> None:
    """By the CAD kernel: as many solids, each closed, of the volume that its outline says."""
    from cadquery import importers  # noqa: PLC0415 - slow to import

    shape = next(shape for shape in SOLID if shape.name.startswith(name))
    path = tmp_path / "part.step"
    path.write_bytes(step(shape.name, bodies(shape)))
    solids: list[Any] = importers.importStep(str(path)).solids().vals()
    wanted = bodies(shape)
    assert len(solids) == len(wanted)
    for solid, one in zip(solids, wanted, strict=True):
        assert solid.isValid()
        assert solid.Volume() == pytest.approx(area(one) * (one.end - one.start), rel=1e-6)
        box, (low, high) = solid.BoundingBox(), reach(one)
        assert (box.xmin, box.ymin, box.zmin) == pytest.approx(low, abs=1e-3)
        assert (box.xmax, box.ymax, box.zmax) == pytest.approx(high, abs=1e-3)


def test_every_fuse_that_is_sold_has_its_colour() -> None:
    assert set(FUSES) == {f"{size:g}A" for size in tables().fuses.sizes_a}
    assert len(set(FUSES.values())) == len(FUSES)


@pytest.mark.parametrize(
    ("value", "digits"), [("3.3k", (3, 3, 2)), ("1k", (1, 0, 2)), ("330", (3, 3, 1)),
                          ("8.2k", (8, 2, 2)), ("15", (1, 5, 0))],
)  # fmt: skip
def test_a_resistor_bears_the_rings_of_its_value(value: str, digits: tuple[int, ...]) -> None:
    """Two digits and how many noughts follow them, as IEC 60062 has it."""
    assert [RINGS.index(colour) for colour in rings(value)[:3]] == list(digits)
    drawn = bodies(footprints()["Rackpress:Resistor_0207"], value)
    assert len(drawn) == len(bodies(footprints()["Rackpress:Resistor_0207"])) + 4


def test_every_body_that_a_board_names_lies_beside_it() -> None:
    files = project_files(read_spec({"outputs": 3, "outputs_5v": 1, "ps_on": "switch", "amps": 5}))
    board = parse(files["power-2x12v-1x5v.kicad_pcb"].decode())
    named = {
        str(model[1]).removeprefix("${KIPRJMOD}/")
        for part in every(board, "footprint")
        for model in every(part, "model")
    }
    assert {"rackpress.3dshapes/Fuse_Mini_Blade_Keystone_3568_7.5A.step"} < named < set(files)
    assert not any(b"$" in files[name] and b"1980" not in files[name] for name in named)
