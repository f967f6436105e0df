"""Laws of rectangles on a sheet, and the most value of small ones by trying every place."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from packing.rectangles.check import violations
from packing.rectangles.columns import Columns
from packing.rectangles.dual import Rulers
from packing.rectangles.few import Few
from packing.rectangles.glance import possible
from packing.rectangles.layout import place
from packing.rectangles.poses import Pose, Task, ready
from packing.rectangles.question import Piece, Sheet, Spot
from packing.rectangles.solve import fill
from packing.rectangles.ways import Bars, Lists, State, Whole


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    """Small ones, of few pieces: every place of each can be tried."""
    size = st.integers(1, 6)
    pieces = tuple(
        Piece(draw(size), draw(size), draw(st.integers(0, 12)), draw(st.integers(0, 2)))
        for _ in range(draw(st.integers(1, 4)))
    )
    return Sheet(draw(st.integers(2, 7)), draw(st.integers(2, 6)), pieces, draw(st.booleans()))


@cache
def by_trial(sheet: Sheet) -> int:
    """Return the most value: each copy at every place, or left out."""
    shapes: list[tuple[int, list[int]]] = []
    for piece in sheet.pieces:
        sizes = {(piece.wide, piece.high)}
        if sheet.turn:
            sizes.add((piece.high, piece.wide))
        cells = [
            sum(1 << (y + j) * sheet.wide + x + i for i in range(wide) for j in range(high))
            for wide, high in sorted(sizes)
            for x in range(sheet.wide - wide + 1)
            for y in range(sheet.high - high + 1)
        ]
        shapes += [(piece.value, cells)] * piece.copies

    @cache
    def best(number: int, covered: int) -> int:
        if number == len(shapes):
            return 0
        value, cells = shapes[number]
        rest = [best(number + 1, covered | c) + value for c in cells if not c & covered]
        return max([best(number + 1, covered), *rest])

    return best(0, 0)


@given(sheets())
@settings(max_examples=60)
def test_it_is_the_most_that_trying_every_place_finds(sheet: Sheet) -> None:
    answer = fill(sheet)
    assert violations(sheet, answer.spots) == []
    assert answer.proven
    assert answer.value == by_trial(sheet)


@pytest.mark.parametrize("way", [Lists, Whole, Bars])
def test_each_way_alone_is_right(way: Callable[[State], Lists | Whole | Bars]) -> None:
    @given(sheets())
    @settings(max_examples=40)
    def holds(sheet: Sheet) -> None:
        state = State(ready(sheet))
        if state.bound:
            way(state).work(2.0)
        assert violations(sheet, state.spots) == []
        assert state.value == state.bound == by_trial(sheet)

    holds()


@st.composite
def cut(draw: st.DrawFn) -> Sheet:
    """A sheet cut to pieces from edge to edge again and again, worth their area; and some more."""
    wide, high = draw(st.integers(20, 60)), draw(st.integers(20, 60))
    parts = [(wide, high)]
    for _ in range(draw(st.integers(2, 6))):
        a, b = parts.pop(draw(st.integers(0, len(parts) - 1)))
        if a > 3 and (b <= 3 or draw(st.booleans())):
            at = draw(st.integers(1, a - 1))
            parts += [(at, b), (a - at, b)]
        elif b > 3:
            at = draw(st.integers(1, b - 1))
            parts += [(a, at), (a, b - at)]
        else:
            parts.append((a, b))
    size = st.integers(5, 30)
    more = [(draw(size), draw(size)) for _ in range(draw(st.integers(0, 3)))]
    kinds = Counter([*parts, *more])
    pieces = tuple(Piece(a, b, a * b, many) for (a, b), many in sorted(kinds.items()))
    return Sheet(wide, high, pieces)


@given(cut())
@settings(max_examples=25)
def test_what_was_cut_from_a_sheet_fills_it(sheet: Sheet) -> None:
    answer = fill(sheet)
    assert violations(sheet, answer.spots) == []
    assert answer.value == answer.bound == sheet.wide * sheet.high


def test_a_cut_sheet_is_found_again_among_many_other_pieces() -> None:
    """So many sets come through that rulers are learned from them: none may drop the best one."""
    dice = np.random.default_rng(1)
    parts = [(250, 250)]
    while len(parts) < 6:
        a, b = parts.pop(0)  # the larger side of the oldest part
        at = int((a if a > b else b) * dice.uniform(0.35, 0.65))
        parts += [(at, b), (a - at, b)] if a > b else [(a, at), (a, b - at)]
    others = [(int(a), int(b)) for a, b in dice.integers(62, 180, size=(45, 2))]
    sheet = Sheet(250, 250, tuple(Piece(a, b, a * b) for a, b in (*others, *parts)))
    few = Few(ready(sheet))
    listed = few.candidates(250 * 250 - 700, 10**9, 10**7)
    assert listed.sets is not None
    assert few.learned
    state = State(ready(sheet))
    Lists(state).work(60.0)
    assert violations(sheet, state.spots) == []
    assert state.value == state.bound == 250 * 250


@given(sheets())
@settings(max_examples=30)
def test_more_room_more_copies_and_turning_never_lower_the_value(sheet: Sheet) -> None:
    value = fill(sheet).value
    more = tuple(replace(piece, copies=piece.copies + 1) for piece in sheet.pieces)
    for larger in (
        replace(sheet, wide=sheet.wide + 1),
        replace(sheet, high=sheet.high + 2),
        replace(sheet, pieces=more),
        replace(sheet, turn=True),
    ):
        assert fill(larger).value >= value


@given(sheets())
@settings(max_examples=20)
def test_lying_on_its_side_a_sheet_holds_the_same_value(sheet: Sheet) -> None:
    pieces = tuple(replace(p, wide=p.high, high=p.wide) for p in sheet.pieces)
    side = replace(sheet, wide=sheet.high, high=sheet.wide, pieces=pieces)
    assert fill(side).value == fill(sheet).value


def test_a_sheet_of_many_pieces_has_value_bound_and_the_same_answer_each_time() -> None:
    dice = np.random.default_rng(3)
    sizes = dice.integers(11, 44, size=(20, 3))
    pieces = tuple(Piece(int(a), int(b), int(c), 3) for a, b, c in sizes)
    for effort in (0.1, 0.5):
        answer = fill(Sheet(90, 80, pieces), effort)
        assert violations(answer.sheet, answer.spots) == []
        assert 0 < answer.value <= answer.bound
        assert answer == fill(Sheet(90, 80, pieces), effort)


@given(st.integers(1, 40), st.lists(st.integers(1, 40), min_size=1, max_size=8))
def test_lengths_that_fit_fit_by_every_ruler(room: int, lengths: list[int]) -> None:
    fits = [length for length in lengths if length <= room]
    poses = tuple(Pose(n, (length, 1), 1) for n, length in enumerate(fits))
    rulers = Rulers(Task((room, 1), poses, (1,) * len(poses)), 0)
    for mask in range(1 << len(fits)):
        some = [n for n in range(len(fits)) if mask >> n & 1]
        if sum(fits[n] for n in some) <= room:
            assert (rulers.rows[:, some].sum(axis=1) <= rulers.room).all()


@given(sheets())
@settings(max_examples=40)
def test_no_set_that_can_be_laid_out_is_left_off_the_list(sheet: Sheet) -> None:
    task = ready(sheet)
    if not task.poses:
        return
    listed = Few(task).candidates(1, 10**9, 10**6).sets
    assert listed is not None
    kept = {tuple(map(int, row)) for rows in listed for row in possible(task, rows)}
    for poses in kept:
        trial = place(task, poses, 5.0)
        assert (trial.spots is None) == trial.impossible
        pieces = Counter(task.poses[pose].piece for pose in poses)
        alone = tuple(replace(p, copies=pieces[n], value=1) for n, p in enumerate(sheet.pieces))
        if not sheet.turn:  # else the pieces may lie another way than the poses say
            fits = by_trial(replace(sheet, pieces=alone)) == len(poses)
            assert fits == (trial.spots is not None)


def test_columns_refuse_what_is_forbidden() -> None:
    task = ready(Sheet(10, 10, (Piece(6, 6, 5), Piece(4, 10, 4), Piece(6, 4, 3))))
    columns = Columns(task, 0)
    first = columns.best(1, 99, 5.0)
    assert first.poses is not None
    assert (task.worth(first.poses), first.bound) == (12, 12)
    columns.forbid(first.poses)
    second = columns.best(1, 99, 5.0)
    assert (second.bound, second.best) == (9, True)


SHEET = Sheet(10, 6, (Piece(5, 6, 3), Piece(5, 3, 2, 2)))
SPOTS = (Spot(0, 0, 0), Spot(1, 5, 0), Spot(1, 5, 3))


@pytest.mark.parametrize(
    ("spots", "says"),
    [
        (SPOTS, ""),
        ((Spot(0, 1, 0), *SPOTS[1:]), "overlap"),
        ((Spot(0, 0, 1), *SPOTS[1:]), "stands out"),
        ((Spot(0, -1, 0), *SPOTS[1:]), "stands out"),
        ((Spot(1, 0, 0), *SPOTS[1:]), "of which there are fewer"),
        ((Spot(1, 0, 0, turned=True), *SPOTS[1:]), "may not lie turned"),
        ((Spot(7, 0, 0),), "there is no piece 7"),
    ],
)
def test_the_checker_sees_what_is_wrong(spots: tuple[Spot, ...], says: str) -> None:
    wrong = violations(SHEET, spots)
    assert any(says in line for line in wrong) if says else wrong == []


def test_what_makes_no_sense_is_refused() -> None:
    with pytest.raises(ValueError, match="piece 1: 1 of 0 x 4, worth 3; a sheet of 5 x 0"):
        Sheet(5, 0, (Piece(1, 1, 1), Piece(0, 4, 3)))
