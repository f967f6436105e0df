"""What the budget counts with between contacts and bar is what lies on the board."""

import pytest
from shapely import unary_union
from shapely.geometry import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from pcb.board.comb import Comb, Head, comb
from pcb.board.layout import Layout
from pcb.board.place import lay_out
from pcb.board.throats import Throat, throats
from pcb.budget import copper
from pcb.budget.graph import networks
from pcb.model import circuit
from pcb.parts import INPUT_KINDS
from pcb.rails import outputs
from pcb.spec import BoardSpec, read_spec

FIVE = {"volts": 5, "amps": 2.5, "connector": "screw"}
BOARDS = [
    *({"outputs": 3, "input": kind, "amps": 2} for kind in INPUT_KINDS),
    *({"outputs": count, "copper_oz": oz, **FIVE} for count in (1, 3, 8, 12) for oz in (1, 2)),
    {"outputs": 5, "input": "screw", "connector": "screw", "amps": 3, "contacts": "hcs"},
    {"outputs": 8, "outputs_5v": 5, "amps_5v": 4, "contacts": "hcs"},
    {"outputs": 9, "amps": 4, "extra_inputs": ["eps-8", "pcie-8"], "contacts": "hcs"},
    {"outputs": 24, "outputs_5v": 8, "extra_inputs": ["p4", "pcie-6"], "single_rail": True},
]
every_board = pytest.mark.parametrize("spec", [read_spec(one) for one in BOARDS])


def ways(spec: BoardSpec) -> list[tuple[Comb, Layout, Head, str, Throat]]:
    made, layout = comb(spec), lay_out(circuit(spec))
    return [
        (made, layout, head, rail, throat)
        for head in made.heads
        for rail in head.section.rails
        for throat in throats(made, head, rail)
    ]


def drawn(layout: Layout, rail: str, layer: str) -> BaseGeometry:
    return unary_union(
        [Polygon(p.outline) for p in layout.pours if (p.net, p.layer) == (rail, layer)]
    )


@every_board
def test_every_contact_of_a_rail_has_a_throat(spec: BoardSpec) -> None:
    for made in [comb(spec)]:
        for head in made.heads:
            for rail in head.section.rails:
                named = [pad for one in throats(made, head, rail) for pad in one.pads]
                pads = [p.number for p in head.footprint.pads if head.section.net(p.number) == rail]
                assert sorted(named) == sorted(pads)


@every_board
def test_copper_is_as_wide_as_the_budget_thinks_and_on_as_many_layers(spec: BoardSpec) -> None:
    """Cut across each throat halfway: under its contacts, or beside the header."""
    for _, layout, head, rail, throat in ways(spec):
        top, below = (drawn(layout, rail, layer) for layer in ("F.Cu", "B.Cu"))
        row = next(p.y for p in head.footprint.pads if p.number == throat.pads[0])
        if row < 0:  # a strip round the end
            cut = LineString([(throat.x - 20, head.y), (throat.x + 20, head.y)])
        else:
            xs = [head.x + p.x for p in head.footprint.pads if p.number in throat.pads]
            y = head.y + row + 1.65 + (0.45 if len(xs) < 2 and not throat.vias else 1.8)
            far = 12 if throat.vias else 2.05  # not into the next contact's finger
            middle = sum(xs) / len(xs)
            cut = LineString([(middle - far, y), (middle + far, y)])
        pieces = getattr(cut.intersection(top), "geoms", [cut.intersection(top)])
        widest = max(piece.length for piece in pieces)
        assert widest == pytest.approx(throat.width_mm, abs=0.01), throat
        if throat.vias:
            assert cut.intersection(below).length == pytest.approx(throat.width_mm, abs=0.01)
        else:
            assert cut.intersection(below).is_empty


@every_board
def test_a_strip_is_as_wide_over_the_header_as_beside_it(spec: BoardSpec) -> None:
    for _, layout, head, rail, throat in ways(spec):
        xs = [head.x + p.x for p in head.outer(rail) if p.number in throat.pads]
        if xs:
            near = min(head.ring(), key=lambda x: abs(x - head.x))
            x = (near + min(xs, key=lambda pad: abs(pad - near))) / 2  # between it and a contact
            cut = LineString([(x, 0), (x, head.y - 3)])
            wide = cut.intersection(drawn(layout, rail, "F.Cu")).length
            assert wide == pytest.approx(throat.width_mm, abs=0.01)


@every_board
def test_squares_are_those_of_the_drawn_copper(spec: BoardSpec) -> None:
    """Slice by slice from the contacts to the bar: a hundredth of the way over the width there."""
    for made, layout, head, rail, throat in ways(spec):
        pads = [p for p in head.footprint.pads if p.number in throat.pads]
        if pads[0].y < 0:
            continue
        top, start = drawn(layout, rail, "F.Cu"), head.y + pads[0].y
        squares, step = 0.0, (made.bar_y - start) / 100
        for number in range(100):
            y = start + (number + 0.5) * step
            cut = LineString([(0, y), (made.width, y)]).intersection(top)
            x = head.x + pads[0].x
            piece = next(
                one for one in getattr(cut, "geoms", [cut]) if one.bounds[0] < x < one.bounds[2]
            )
            through = sum(piece.bounds[0] < head.x + p.x < piece.bounds[2] for p in head.pins(rail))
            squares += step / piece.length * through / len(pads)
        assert throat.squares == pytest.approx(squares, rel=0.12)


@every_board
def test_vias_of_a_throat_are_there_join_both_layers_and_carry_half_its_current(
    spec: BoardSpec,
) -> None:
    for made, layout, head, rail, throat in ways(spec):
        if not throat.vias:
            continue
        name = f"{rail} throat {head.section.plug.ref}"
        lower = Polygon(next(p.outline for p in layout.pours if p.name == name))
        upper = drawn(layout, rail, "F.Cu")
        spots = [Point(via.x, via.y) for via in layout.vias if via.net == rail]
        mine = [spot for spot in spots if lower.contains(spot.buffer(0.6))]
        assert len(mine) == throat.vias
        assert all(upper.contains(spot.buffer(0.6)) for spot in mine)
        assert all(spot.y > made.bar_y for spot in mine)  # past them the bar has all of it
        half = head.section.limit_a(spec, rail) / 2
        assert throat.vias >= half + 2  # one for each ampere, two to spare
        assert throat.vias * copper.via_a() >= half


@every_board
def test_the_budget_has_the_same_throats(spec: BoardSpec) -> None:
    found = {edge.name: edge for network in networks(spec) for edge in network.edges}
    wanted = 0
    for *_, throat in ways(spec):
        wanted += 3 if throat.vias else 1
        square = copper.strip_ohm(1, 1, spec.copper_oz)
        alike = [
            edge
            for name, edge in found.items()
            if " throat" in name and edge.ohms[0] == pytest.approx(square * throat.squares)
        ]
        assert alike
        carried = copper.strip_a(throat.width_mm, spec.copper_oz)
        assert any(edge.rating_a == pytest.approx(carried) for edge in alike)
    assert sum(" throat" in name or name.endswith(" vias") for name in found) == wanted


def test_thirty_amperes_of_5_v_overload_the_contacts_that_face_the_board() -> None:
    """Five contacts of 6 A: if the way of all were the same they would just do."""
    spec = read_spec({"outputs": 10, "volts": 5, "amps": 3, "connector": "screw",
                      "supply_5v_a": 30})  # fmt: skip
    assert sum(one.amps for one in outputs(spec)) == pytest.approx(5 * 6)
    from pcb.budget import budget  # noqa: PLC0415 - only here

    said = budget(spec)
    assert not said.fits
    assert "they do not share evenly" in said.problems[0]
    assert 24 < said.rails[0].limit_a < 27
