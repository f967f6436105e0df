"""Laws of placing: whatever is asked for, modules stand apart, inside, and where they were put."""

from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from catalog.problems import InputError
from rack.place import Space, Wish, gaps, place

HALVES = st.integers(1, 10).map(lambda n: n / 2)
RACKS = st.integers(2, 48).map(lambda n: n / 2)
PINS = st.none() | st.integers(2, 40).map(lambda n: n / 2)
WISHES = st.lists(st.tuples(HALVES, PINS), max_size=12).map(
    lambda rows: [Wish(f"item[{i}]", f"m{i}", high, at) for i, (high, at) in enumerate(rows)]
)


def tried(wishes: list[Wish], height: float) -> list[float] | None:
    try:
        return [one.at_u for one in place(wishes, [Space("", height)], "rack.toml")]
    except InputError:
        return None


def stretches(wishes: list[Wish], places: list[float]) -> list[tuple[float, float]]:
    return sorted((at, at + w.height_u) for w, at in zip(wishes, places, strict=True))


@given(WISHES, RACKS)
def test_modules_stand_apart_inside_and_where_they_are_pinned(
    wishes: list[Wish], height: float
) -> None:
    places = tried(wishes, height)
    assume(places is not None)
    assert places is not None
    taken = stretches(wishes, places)
    assert all(end <= start for (_, end), (start, _) in pairwise(taken))
    assert all(start >= 1 and end <= height + 1 for start, end in taken)
    assert all(w.at_u in (None, at) for w, at in zip(wishes, places, strict=True))
    assert all((at * 2).is_integer() for at in places)


@given(WISHES, RACKS)
def test_gaps_and_modules_make_up_the_rack(wishes: list[Wish], height: float) -> None:
    places = tried(wishes, height)
    assume(places is not None)
    assert places is not None
    taken = [(at, w.height_u) for w, at in zip(wishes, places, strict=True)]
    left = gaps(taken, height)
    assert sum(high for _, high in taken) + sum(high for _, high in left) == height
    every = sorted([*taken, *left])
    assert all(at + high == after for (at, high), (after, _) in pairwise(every))
    assert all(at + high < after for (at, high), (after, _) in pairwise(left)), "gaps are joined"
    assert not every or (every[0][0] == 1 and sum(every[-1]) == height + 1)


@given(WISHES, RACKS, HALVES)
def test_one_more_never_frees_room_and_moves_nobody(
    wishes: list[Wish], height: float, high: float
) -> None:
    more = [*wishes, Wish("item[99]", "more", high, None)]
    before, after = tried(wishes, height), tried(more, height)
    if before is None:
        assert after is None
    elif after is not None:
        assert after[:-1] == before


@given(st.lists(HALVES, min_size=1, max_size=8), RACKS)
def test_equal_modules_keep_the_order_of_the_file_from_the_top(
    heights: list[float], height: float
) -> None:
    high = heights[0]
    wishes = [Wish(f"item[{i}]", f"m{i}", high, None) for i in range(len(heights))]
    places = tried(wishes, height)
    if places is not None and high.is_integer() == height.is_integer():
        assert places == sorted(places, reverse=True)


@given(WISHES, RACKS)
def test_whole_units_start_on_whole_ones_while_there_is_such_a_gap(
    wishes: list[Wish], height: float
) -> None:
    """Straddling two units is for when nothing else is left."""
    loose = [w for w in wishes if w.height_u.is_integer() and w.at_u is None]
    assume(len(loose) == len(wishes))
    places = tried(loose, float(int(height)))
    if places is not None:
        assert all(at.is_integer() for at in places)


@given(WISHES, RACKS)
def test_a_refusal_is_true_and_the_pin_that_is_offered_is_free(
    wishes: list[Wish], height: float
) -> None:
    try:
        place(wishes, [Space("", height)], "rack.toml")
    except InputError as error:
        for problem in error.problems:
            index = int(problem.key.split("[")[1].split("]")[0])
            wish = wishes[index]
            if problem.nearest.startswith("at_u = "):
                near = float(problem.nearest.split()[2])
                moved = [*wishes]
                moved[index] = Wish(wish.key, wish.label, wish.height_u, near)
                assert not blamed(moved, height, f"item[{index}].at_u"), problem
            if problem.nearest.startswith("a rack of ") and wish.at_u is None:
                enough = float(problem.nearest.split()[3].rstrip("U,"))
                loose = [w.key for w in wishes if w.at_u is None]
                assert not any(blamed(wishes, enough, key) for key in loose)
                if all(p.key in loose for p in error.problems):  # else pins count twice
                    less = max(height, enough - 0.5)
                    assert any(blamed(wishes, less, key) for key in loose), "no lower rack does"


def blamed(wishes: list[Wish], height: float, key: str) -> bool:
    try:
        place(wishes, [Space("", height)], "rack.toml")
    except InputError as error:
        return any(p.key == key for p in error.problems)
    return False


@pytest.mark.parametrize(
    ("wishes", "height", "words"),
    [
        ([("a", 2.0, 4.0)], 4.0, ("item[0].at_u", "would end at 5U of 4U", "at_u = 3 is free")),
        ([("a", 5.0, 1.0)], 4.0, ("item[0].at_u", "5U high", "a rack of 5U")),
        (
            [("a", 1.0, 2.0), ("b", 1.0, 2.0), ("c", 1.0, 1.0)],
            4.0,
            ("item[1].at_u", "b and a want the same rack units", "at_u = 3 is free"),
        ),
        (
            [("a", 3.0, None), ("b", 2.0, None)],
            4.0,
            ("item[1]", "b needs 2U", "1U are left, the longest gap is 1U", "a rack of 5U"),
        ),
    ],
)
def test_what_is_said(
    wishes: list[tuple[str, float, float | None]], height: float, words: tuple[str, ...]
) -> None:
    asked = [Wish(f"item[{i}]", *wish) for i, wish in enumerate(wishes)]
    with pytest.raises(InputError) as caught:
        place(asked, [Space("", height)], "rack.toml")
    assert len(caught.value.problems) == 1
    for word in words:
        assert word in str(caught.value)


def test_a_rack_that_is_full_of_everything_says_fewer_items() -> None:
    wishes = [Wish(f"item[{i}]", f"m{i}", 1.0, None) for i in range(70)]
    with pytest.raises(InputError) as caught:
        place(wishes, [Space("", 8.0)], "rack.toml")
    assert {p.nearest for p in caught.value.problems} == {"fewer items"}
    assert len(caught.value.problems) == 62
