"""Panels with cut-outs: jacks, fans, free openings, measured on the mesh."""

import re
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.load import load_catalog
from catalog.problems import InputError
from mounts.mesh import Mesh, mesh_of
from mounts.order import Order, spec_for
from mounts.panel_layout import CutPanelSpec
from mounts.part import Part
from mounts.parts.panel import panel
from mounts.readback import read_panel

from .measure import (
    Opening,
    assert_whole,
    openings,
    overhangs,
)

CATALOG = load_catalog()
FANS = sorted(CATALOG.fans)


def spec(rack: str = "10in", height: float | None = 1.0, **options: Any) -> CutPanelSpec:
    found = spec_for(Order("panel", rack, height_u=height, options=options), CATALOG)
    assert isinstance(found, CutPanelSpec)
    return found


def refused(rack: str = "10in", height: float = 1.0, **options: Any) -> InputError:
    with pytest.raises(InputError) as caught:
        spec(rack, height, **options)
    return caught.value


def reads_back(part: Part, mesh: Mesh) -> None:
    """Hold the mesh to what the part says of its panel."""
    claim = part.panel
    assert claim is not None
    found = read_panel(mesh, claim.mid_mm)
    assert found.width_mm == pytest.approx(claim.width_mm, abs=0.01)
    assert found.height_mm == pytest.approx(claim.height_u * 44.45 - 0.79, abs=0.01)
    assert found.hole_pitch_mm == pytest.approx(claim.hole_pitch_mm, abs=0.01)
    assert found.hole_heights_mm == pytest.approx(claim.hole_heights_mm, abs=0.01)


def seats_at(mesh: Mesh, y_mm: float) -> list[Opening]:
    """Return the openings as wide as a jack's seat."""
    return [o for o in openings(mesh, "y", y_mm) if abs(o.wide - 14.8) < 0.01 and o.high > 15]


@pytest.mark.parametrize("rack", ["10in", "10in-250", "19in"])
@pytest.mark.parametrize("height", [0.5, 1.0, 2.0, 4.0])
def test_default_reads_back_and_hangs_nowhere(rack: str, height: float) -> None:
    part = panel(spec(rack, height, vents=height < 4))
    mesh = mesh_of(part)
    assert mesh.open_edges() == 0
    assert mesh.pieces() == 1
    reads_back(part, mesh)
    assert overhangs(part) == []


@pytest.mark.parametrize(("rack", "height"), [("10in", 0.5), ("10in-250", 1.5), ("19in", 1.0)])
def test_default_is_as_large_as_its_exact_solid(rack: str, height: float) -> None:
    assert_whole(panel(spec(rack, height)))


def test_half_a_unit_of_ten_inches_holds_twelve_jacks() -> None:
    """Twelve as in DeskPi DP-0034; each opening passes a body of 14.5 x 16.1."""
    mesh = mesh_of(panel(spec(height=0.5, keystones=12)))
    front, rear = seats_at(mesh, 0.8), seats_at(mesh, 9.4)
    assert len(front) == len(rear) == 12
    for seat, ledge in zip(front, rear, strict=True):
        assert 14.5 < seat.wide < 15.0
        assert 16.1 < seat.high < 17.0
        assert abs(seat.u) + seat.wide / 2 + 2.4 <= 110 + 1e-6  # between the posts, wall and all
        # The ledge begins at the edge that the anchor hooks under, and leaves a strip above it.
        edge = seat.v - seat.high / 2
        assert ledge.v - ledge.high / 2 == pytest.approx(edge, abs=1e-3)
        assert edge >= 0.395 + 1.2 - 1e-6
        assert 18.5 <= ledge.high <= 19.5
        assert ledge.v + ledge.high / 2 <= 0.5 * 44.45 - 0.395 - 1.2 + 1e-6
    for seat, following in pairwise(front):
        assert following.u - seat.u - seat.wide >= 2.4


def test_seat_has_its_ledge_where_latches_hook() -> None:
    """Between panel and ledge a seat is 22 high; 8.3 to 8.4 behind the face it narrows."""
    mesh = mesh_of(panel(spec(keystones=3, vents=False)))
    assert [o.high for o in seats_at(mesh, 8.39)] == pytest.approx([22.4] * 3, abs=0.01)
    assert [o.high for o in seats_at(mesh, 8.41)] == pytest.approx([19.4] * 3, abs=0.01)


@pytest.mark.parametrize("name", FANS)
def test_fan_holes_lie_at_the_fans_pitch(name: str) -> None:
    fan = CATALOG.fan(name)
    made = spec("10in", None, fan=name, grille="open", vents=False)
    cut = openings(mesh_of(panel(made)), "y", 2.5)
    wanted = fan.hole_d_mm or 4.3
    holes = [o for o in cut if abs(o.wide - wanted) < 0.1 and abs(o.high - wanted) < 0.1]
    assert len(holes) == 4
    assert {round(abs(o.u), 2) for o in holes} == {round(fan.hole_pitch_mm / 2, 2)}
    spread = max(o.v for o in holes) - min(o.v for o in holes)
    assert spread == pytest.approx(fan.hole_pitch_mm, abs=0.01)
    round_one = max(o.wide for o in cut if abs(o.u) < 0.1)
    assert 0.85 * fan.size_mm < round_one < fan.size_mm


@pytest.mark.parametrize("grille", ["hexagons", "rings"])
def test_grilles_open_most_of_a_fan(grille: str) -> None:
    part = panel(spec(height=2.0, fan="80x25", grille=grille, vents=False))
    reads_back(part, assert_whole(part))
    swept = 3.14159 / 4 * 77**2
    assert sum(p.open_area_mm2 for p in part.perforations) > 0.5 * swept


@pytest.mark.parametrize(
    ("rack", "height", "options", "key"),
    [
        ("10in", 0.5, {"keystones": 13}, "keystones"),
        ("10in", 2.0, {"keystones": 40, "rows": 3}, "keystones"),
        ("19in", 1.0, {"keystones": 25}, "keystones"),
        ("10in", 1.0, {"fan": "40x10", "fans": 6}, "fans"),
        ("10in", 1.0, {"keystones": 12, "fan": "40x10"}, "keystones"),
    ],
)
def test_too_many_is_refused_with_the_largest_count_that_works(
    rack: str, height: float, options: dict[str, Any], key: str
) -> None:
    problem = refused(rack, height, **options).problems[0]
    assert problem.key == key
    most = int(re.findall(r"\d+", problem.nearest)[-1])
    reads_back(part := panel(spec(rack, height, **(options | {key: most}))), mesh_of(part))
    assert refused(rack, height, **(options | {key: most + 1})).problems[0].key == key


def test_what_is_too_high_is_refused_with_the_height_that_works() -> None:
    tall: list[dict[str, Any]] = [{"fan": "120x25"}, {"keystones": 20, "rows": 2}]
    for options in tall:
        problem = refused(height=1.0, **options).problems[0]
        assert problem.key == "height"
        near = float(re.findall(r"use ([\d.]+)U", problem.nearest)[0])
        assert spec(height=near, **options).height_u == spec(height=None, **options).height_u


def test_other_mistakes_are_named() -> None:
    assert refused(fans=2).problems[0].key == "fan"
    assert refused(keystones=4, panel_mm=5.0).problems[0].key == "panel_mm"
    near = {"x_mm": 0, "width_mm": 20.0, "height_mm": 20.0}
    assert refused(keystones=4, cutouts=(near,)).problems[0].key == "cutouts.0"
    wide = {"x_mm": 60.0, "width_mm": 120.0, "height_mm": 10.0}
    problem = refused(cutouts=(wide,)).problems[0]
    fitting = float(problem.allowed.split(" x ")[0])
    part = panel(spec(cutouts=({**wide, "width_mm": fitting},), vents=False))
    assert any(
        o.wide == pytest.approx(fitting, abs=0.01) for o in openings(mesh_of(part), "y", 2.5)
    )


def test_vents_keep_clear_of_the_rest() -> None:
    """Cutting the vents leaves every opening's own outline as it was."""
    options: dict[str, Any] = {"keystones": 2, "cutouts": ({"x_mm": -70.0, "width_mm": 20.0},)}
    plain = openings(mesh_of(panel(spec(height=2.0, vents=False, **options))), "y", 2.5)
    vented = openings(mesh_of(panel(spec(height=2.0, **options))), "y", 2.5)
    assert len(vented) > len(plain)
    for one in plain:
        here = [o for o in vented if abs(o.u - one.u) < 1e-3 and abs(o.v - one.v) < 1e-3]
        assert [o.wide for o in here] == pytest.approx([one.wide], abs=1e-3)


@settings(max_examples=6)
@given(
    rack=st.sampled_from(["10in", "10in-250", "19in"]),
    height=st.sampled_from([0.5, 1.0, 1.5, 2.0]),
    jacks=st.integers(0, 5),
    fan=st.sampled_from([None, "40x10", "60x25"]),
)
def test_whatever_is_accepted_is_whole(
    rack: str, height: float, jacks: int, fan: str | None
) -> None:
    options: dict[str, Any] = {"keystones": jacks, "fan": fan, "vents": False}
    try:
        made = spec(rack, height, **options)
    except InputError:
        return
    part = panel(made)
    mesh = assert_whole(part)
    reads_back(part, mesh)
    assert len(seats_at(mesh, 0.8)) == jacks
    assert overhangs(part) == []
