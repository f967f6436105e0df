"""Laws of mixes, and the whole solver against every layout there is of a few small boards."""

from dataclasses import replace
from itertools import pairwise, permutations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from packing.cavity import Cavity
from packing.check import violations
from packing.envelope import Envelope
from packing.mixed.chain import Item, dearest, length, longest, ordered
from packing.mixed.question import Kind, Mix, Mixed
from packing.mixed.shapes import Gaps, Shape
from packing.mixed.solve import solve
from packing.solve import best_fit

some = settings(max_examples=20)
few = settings(max_examples=8)
WHOLE = st.integers(0, 2)


def board(wide: float, thick: float, long: float = 85.0) -> Envelope:
    below = thick / 4
    return Envelope(
        length_mm=long, width_mm=wide, thickness_mm=thick / 4, above_mm=thick / 2, below_mm=below
    )


@st.composite
def small(draw: st.DrawFn) -> Mix:
    """Sizes and gaps are whole mm: pushed left and down, all boards lie at whole mm."""
    kinds = draw(st.integers(1, 3))
    cavity = Cavity(
        width_mm=draw(st.integers(2, 7)),
        height_mm=draw(st.integers(1, 5)),
        air_gap_mm=draw(WHOLE),
        edge_gap_mm=draw(WHOLE),
    )
    sizes = [(draw(st.integers(1, 4)), draw(st.integers(1, 3))) for _ in range(kinds)]
    return Mix(
        tuple(
            Kind(f"k{number}", board(max(size), min(size)), draw(st.integers(1, 4)))
            for number, size in enumerate(sizes)
        ),
        cavity,
    )


@st.composite
def real(draw: st.DrawFn) -> Mix:
    kinds = tuple(
        Kind(
            f"k{number}",
            board(draw(_mm(40, 110)), draw(_mm(14, 30)), draw(_mm(60, 140))),
            draw(st.none() | st.integers(1, 12)),
        )
        for number in range(draw(st.integers(1, 3)))
    )
    cavity = Cavity(
        width_mm=draw(_mm(100, 230)),
        height_mm=draw(_mm(30, 100)),
        depth_mm=draw(st.none() | _mm(100, 400)),
        air_gap_mm=draw(_mm(0, 6)),
        edge_gap_mm=draw(_mm(0, 3)),
    )
    return Mix(kinds, cavity, draw(st.integers(1, 2)), limit_s=0.02)


def _mm(low: float, high: float) -> st.SearchStrategy[float]:
    return st.integers(int(low * 10), int(high * 10)).map(lambda n: n / 10)


def every_layout(mix: Mix) -> int:
    """Return the most boards of all layouts, by trying them all."""
    cavity = mix.cavity
    places: list[tuple[int, str, float, float, float, float]] = []
    for number, kind in enumerate(mix.kinds):
        wide, thin = kind.envelope.width_mm, kind.envelope.total_mm
        for face, w, h in (("z", wide, thin), ("x", thin, wide)):
            for x in range(int(cavity.width_mm - w) + 1):
                places += [(number, face, x, z, w, h) for z in range(int(cavity.height_mm - h) + 1)]

    def apart(a: tuple[int, str, float, float, float, float], b: object) -> bool:
        (_, fa, ax, az, aw, ah), (_, fb, bx, bz, bw, bh) = a, b  # type: ignore[misc]
        need_x = cavity.air_gap_mm if fa == fb == "x" else cavity.edge_gap_mm
        need_z = cavity.air_gap_mm if fa == fb == "z" else cavity.edge_gap_mm
        clear_x, clear_z = max(bx - ax - aw, ax - bx - bw), max(bz - az - ah, az - bz - bh)
        return clear_x >= need_x or clear_z >= need_z

    beside = [
        sum(1 << j for j, other in enumerate(places) if j > i and apart(place, other))
        for i, place in enumerate(places)
    ]
    most = [kind.most or 0 for kind in mix.kinds]
    best = 0

    def grow(allowed: int, left: list[int], count: int) -> None:
        nonlocal best
        best = max(best, count)
        while allowed and count + min(sum(left), allowed.bit_count()) > best:
            index = (allowed & -allowed).bit_length() - 1
            allowed &= allowed - 1
            kind = places[index][0]
            if left[kind]:
                left[kind] -= 1
                grow(allowed & beside[index], left, count + 1)
                left[kind] += 1

    grow((1 << len(places)) - 1, most, 0)
    return best


def sound(found: Mixed) -> None:
    assert not violations([board.place for board in found.boards], found.mix.cavity)
    assert found.count <= found.upper_bound


@settings(max_examples=80)
@given(mix=small())
def test_no_layout_of_small_boards_holds_more(mix: Mix) -> None:
    found = solve(mix)
    sound(found)
    assert found.count == found.upper_bound == every_layout(mix)


@some
@given(mix=real())
def test_boards_keep_their_distance_and_their_number(mix: Mix) -> None:
    found = solve(mix)
    sound(found)
    for kind in mix.kinds:
        there = sum(board.kind == kind.name for board in found.boards)
        assert kind.most is None or there + found.missing.get(kind.name, 0) == kind.most
        for placed in found.boards:
            if placed.kind == kind.name:
                size = placed.place.across_mm, placed.place.through_mm
                assert size == pytest.approx((kind.envelope.width_mm, kind.envelope.total_mm))


@few
@given(mix=real(), more=_mm(0.1, 20), what=st.sampled_from(["air", "edge", "narrow", "low"]))
def test_less_room_or_larger_gaps_never_hold_more(mix: Mix, more: float, what: str) -> None:
    cavity = mix.cavity
    less = {
        "air": {"air_gap_mm": cavity.air_gap_mm + more},
        "edge": {"edge_gap_mm": cavity.edge_gap_mm + more},
        "narrow": {"width_mm": cavity.width_mm - more},
        "low": {"height_mm": cavity.height_mm - more},
    }
    tighter = solve(replace(mix, cavity=replace(cavity, **less[what])))
    assert tighter.count <= solve(mix).upper_bound
    assert not violations([board.place for board in tighter.boards], cavity)


@few
@given(mix=real())
def test_mirrored_and_turned_the_same_goes_in(mix: Mix) -> None:
    found = solve(mix)
    mirrored = [
        replace(board.place, x_mm=mix.cavity.width_mm - board.place.x_mm) for board in found.boards
    ]
    assert not violations(mirrored, mix.cavity)
    side = replace(mix.cavity, width_mm=mix.cavity.height_mm, height_mm=mix.cavity.width_mm)
    turned = solve(replace(mix, cavity=side))
    assert turned.count <= found.upper_bound
    assert found.count <= turned.upper_bound


@few
@given(mix=real())
def test_boards_of_one_kind_are_bounded_by_what_is_known_of_one_kind(mix: Mix) -> None:
    alone = replace(mix, kinds=(replace(mix.kinds[0], most=None),))
    closed = best_fit(alone.kinds[0].envelope, mix.cavity, rows=mix.rows)
    found = solve(alone)
    assert closed.pose == "tilted" or closed.count <= found.upper_bound
    assert found.count <= closed.upper_bound or closed.pose == "tilted"


@st.composite
def chains(draw: st.DrawFn) -> tuple[list[Shape], Gaps]:
    faces = draw(st.lists(st.booleans(), min_size=1, max_size=6))
    shapes = [
        Shape(0, "flat", draw(st.integers(1, 30)), 1, 1, "x" if face else "z") for face in faces
    ]
    return shapes, Gaps(draw(st.integers(0, 9)), draw(st.integers(0, 9)))


def _long(shapes: list[Shape], gaps: Gaps) -> int:
    links = pairwise(shapes)
    return sum(s.wide for s in shapes) + sum(gaps.between(a, b, "x") for a, b in links)


@given(chain=chains())
def test_a_chain_in_order_is_as_short_as_its_formula_says(chain: tuple[list[Shape], Gaps]) -> None:
    shapes, gaps = chain
    assume(len(shapes) <= 5)
    least = min(_long(list(order), gaps) for order in permutations(shapes))
    assert length(shapes, "x", gaps) == least == _long(ordered(shapes, "x", gaps), gaps)


@given(chain=chains(), space=st.integers(1, 120), data=st.data())
def test_no_chain_is_dearer_or_longer_than_said(
    chain: tuple[list[Shape], Gaps], space: int, data: st.DataObject
) -> None:
    shapes, gaps = chain
    worth = [data.draw(st.integers(0, 9)) for _ in shapes]
    items = [
        Item(shape.wide, shape.face == "x", each, 1)
        for shape, each in zip(shapes, worth, strict=True)
        if shape.wide <= space
    ]
    most, furthest = dearest(items, space, gaps).worth if items else 0, longest(items, space, gaps)
    for chosen in range(1 << len(shapes)):
        picked = [i for i in range(len(shapes)) if chosen >> i & 1]
        if picked and length([shapes[i] for i in picked], "x", gaps) <= space:
            assert sum(worth[i] for i in picked) <= most
            assert length([shapes[i] for i in picked], "x", gaps) <= furthest
