"""The most boards in the bays of a frame: against trying everything, and by the checker."""

import math
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from packing.bays import Box, Form, Stock, cells, most_in
from packing.cavity import Cavity
from packing.check import violations

EDGE = Form("on-edge", 21.0, 60.0, 90.0)
PILE = Form("flat", 62.0, 20.0, 90.0, layers=4, wall_mm=2.0)
BOX = Box(216.0, 84.0, 0.3)


def tenths(low: int, high: int) -> st.SearchStrategy[float]:
    return st.integers(low, high).map(lambda n: n / 10)


edges = st.builds(
    Form, st.just("on-edge"), tenths(150, 400), tenths(300, 800), *map(st.just, (90.0, 1, 0.0))
)
piles = st.builds(
    Form,
    st.just("flat"),
    tenths(400, 900),
    tenths(150, 250),
    st.just(90.0),
    st.integers(1, 3),
    st.sampled_from((2.0, 2.4)),
)
forms = st.lists(edges, max_size=1).flatmap(
    lambda edge: st.lists(piles, min_size=1 - len(edge), max_size=2).map(
        lambda flat: (*edge, *flat)
    )
)
stocks = st.builds(Stock, st.just("board"), forms, st.integers(0, 1), st.none() | st.integers(1, 5))
boxes = st.builds(Box, tenths(1000, 2200), st.just(84.0), st.just(0.3), st.integers(1, 2))


def tried(box: Box, wanted: list[Stock]) -> int | None:
    """The most that go in, found by trying all numbers of each form of each kind.

    Rooms are laid out one by one; a kind has one form of pile, as the solver takes it.
    """
    best: int | None = None
    numbers = [range(math.ceil((s.most or 0) / box.rows) + 1) for s in wanted]
    for each in product(*numbers):
        totals = [min(s.most or 0, n * box.rows) for n, s in zip(each, wanted, strict=True)]
        if any(t < s.least for t, s in zip(totals, wanted, strict=True)):
            continue
        if best is not None and sum(totals) <= best:
            continue
        shares = [
            [(e, n - e, pile) for e in range(n + 1) for pile in piles_of(s)]
            for n, s in zip(each, wanted, strict=True)
        ]
        if any(wide(box, wanted, share) <= box.width_mm + 1e-9 for share in product(*shares)):
            best = sum(totals)
    return best


def piles_of(stock: Stock) -> list[Form | None]:
    return [f for f in stock.forms if f.pose == "flat"] or [None]


def wide(box: Box, wanted: list[Stock], share: tuple[tuple[int, int, Form | None], ...]) -> float:
    """The width of a frame: a room for each pile, for three of a kind on edge, walls between.

    Without piles all on edge share one room.
    """
    rooms: list[float] = []
    on_edge, walls = [0.0], [0.0]
    piles = any(flat for _, flat, _ in share)
    for stock, (edge, flat, pile) in zip(wanted, share, strict=True):
        stands = [f for f in stock.forms if f.pose == "on-edge"]
        if (edge and not stands) or (flat and pile is None):
            return math.inf
        shared = [min(3, edge - k) for k in range(0, edge, 3)] if piles else [edge] if edge else []
        on_edge += [many * stands[0].bay_mm for many in shared]
        if flat and pile is not None:
            rooms += [pile.bay_mm] * math.ceil(flat / pile.layers)
            walls.append(pile.wall_mm)
    turned = [w for w in on_edge if w]
    rooms += [w + 2 * box.play_mm for w in (turned if piles else [sum(turned)] if turned else [])]
    return sum(rooms) + max(0, len(rooms) - 1) * max(walls)


@settings(max_examples=60, deadline=None)
@given(boxes, st.lists(stocks, min_size=1, max_size=2))
def test_no_layout_holds_more(box: Box, wanted: list[Stock]) -> None:
    limited = [Stock(s.name, s.forms, s.least, s.most or 9) for s in wanted]  # else it takes long
    found = most_in(box, limited)
    assert (None if found is None else found.count) == tried(box, limited)


@settings(max_examples=60, deadline=None)
@given(boxes, st.lists(stocks, min_size=1, max_size=3))
def test_every_layout_passes_the_checker(box: Box, wanted: list[Stock]) -> None:
    found = most_in(box, wanted)
    if found is None:
        return
    placed = cells(found)
    assert len(placed) == found.count
    cavity = Cavity(width_mm=box.width_mm, height_mm=box.height_mm, cable_gap_mm=0.0)
    assert violations(placed, cavity, reached_rows=2) == []
    right = max((one.x_mm + _half(one.angle_deg, one.across_mm, one.through_mm) for one in placed),
                default=0.0)  # fmt: skip
    assert right <= found.width_mm + 1e-6


def _half(angle_deg: float, across_mm: float, through_mm: float) -> float:
    return (through_mm if angle_deg else across_mm) / 2


@settings(max_examples=60, deadline=None)
@given(boxes, st.lists(stocks, min_size=1, max_size=3), tenths(0, 300))
def test_more_room_never_holds_less(box: Box, wanted: list[Stock], more_mm: float) -> None:
    wider = Box(box.width_mm + more_mm, box.height_mm, box.play_mm, box.rows)
    thicker = [
        Stock(
            s.name, tuple(f._replace(bay_mm=f.bay_mm + more_mm) for f in s.forms), s.least, s.most
        )
        for s in wanted
    ]
    least, own, most = (
        -1 if found is None else found.count
        for found in (most_in(box, thicker), most_in(box, wanted), most_in(wider, wanted))
    )
    assert least <= own <= most


@settings(max_examples=60, deadline=None)
@given(boxes, st.lists(stocks, min_size=1, max_size=3))
def test_what_is_short_buys_one_more(box: Box, wanted: list[Stock]) -> None:
    found = most_in(box, wanted)
    if found is None or found.short_mm is None:
        return
    short = found.short_mm
    assert short > 0
    enough, lacking = (
        most_in(Box(box.width_mm + by, box.height_mm, box.play_mm, box.rows), wanted)
        for by in (short + 1e-6, short - 1e-3)
    )
    assert enough is not None
    assert lacking is not None
    assert enough.count > found.count
    assert lacking.count == found.count


def test_piles_and_boards_on_edge_share_a_frame() -> None:
    """Three piles of four take 62 each and two walls; what is left holds one on edge."""
    found = most_in(BOX, [Stock("pi", (EDGE, PILE))])
    assert found is not None
    assert [(lot.form, lot.count) for lot in found.lots] == [(0, 1), (1, 12)]
    assert found.width_mm == pytest.approx(0.6 + 21.0 + 3 * (62.0 + 2.0))


def test_what_must_go_in_does_or_nothing_does() -> None:
    two = [Stock("pi", (EDGE,), 8, 8), Stock("rock", (PILE,), 0, None)]
    found = most_in(BOX, two)
    assert found is not None
    assert [(lot.kind, lot.count) for lot in found.lots] == [(0, 8)]
    assert most_in(BOX, [Stock("pi", (EDGE,), 11, 11)]) is None
    assert found.missing == {}
    some = most_in(BOX, [Stock("pi", (EDGE,), 0, 11)])
    assert some is not None
    assert (some.count, some.missing) == (10, {"pi": 1})
