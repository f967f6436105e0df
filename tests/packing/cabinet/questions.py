"""Random questions, small enough that every layout of them can be tried."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from hypothesis import strategies as st

from packing.cabinet.answer import Spot
from packing.cabinet.check import violations
from packing.cabinet.question import BOTH, FRONT, Cabinet, Goal, Question, Thing
from packing.cabinet.wishes import Apart, At, Cap, HeavyLow, Together, Wish, Worth

WIDE_MM = 222.0
WIDTHS = (None, 74.0, 100.0, 111.0, 150.0)
X_MM = (0.0, 74.0, 100.0, 111.0, 122.0, 148.0)  # where they begin, pushed to the left, or the right


@st.composite
def things(draw: st.DrawFn, number: int, *, narrow: bool = True) -> Thing:
    return Thing(
        name=f"t{number}",
        height_u=draw(st.sampled_from((0.5, 1.0, 1.5))),
        width_mm=draw(st.sampled_from(WIDTHS)) if narrow else None,
        depth_mm=draw(st.sampled_from((40.0, 100.0, 160.0))),
        full_depth=draw(st.sampled_from((False, False, True))),
        faces=draw(st.sampled_from((FRONT, BOTH, ("rear",)))),
        step_u=draw(st.sampled_from((0.5, 0.5, 1.0))),
        power_w=draw(st.sampled_from((None, 10.0, 25.5))),
        heat_w=draw(st.sampled_from((None, 8.0, 22.5))),
        weight_g=draw(st.sampled_from((None, 500.0, 3000.0))),
        value=draw(st.integers(1, 4)),
        cost=draw(st.integers(0, 5)),
        required=draw(st.sampled_from((False, False, True))),
    )


def wishes(names: list[str]) -> st.SearchStrategy[Wish]:
    pairs = st.permutations(names).map(lambda order: order[:2])
    return st.one_of(
        st.builds(
            At,
            st.sampled_from(names),
            st.sampled_from((None, 1.0, 1.5, 2.0)),
            st.sampled_from((None, None, "front", "rear")),
            st.sampled_from((None, None, "one")),
        ),
        pairs.flatmap(
            lambda p: st.builds(Together, *map(st.just, p), st.sampled_from((None, 0.0, 0.5)))
        ),
        pairs.flatmap(
            lambda p: st.builds(Apart, *map(st.just, p), st.sampled_from((None, 0.5, 1.0)))
        ),
        st.just(HeavyLow(2000.0)),
        st.builds(Cap, st.just("power"), st.sampled_from((20.0, 36.0, 60.0))),
        st.builds(
            Cap,
            st.sampled_from(("heat", "weight")),
            st.sampled_from((30.0, 3000.0)),
            st.sampled_from((None, "one")),
        ),
        st.builds(Worth, st.integers(2, 6)),
    )


@st.composite
def questions(
    draw: st.DrawFn, *, goals: tuple[Goal, ...] = ("most", "fewest-u"), most: int = 3
) -> Question:
    number = draw(st.integers(2, most))
    narrow = draw(st.booleans())
    placed = tuple(draw(things(i, narrow=narrow)) for i in range(number))
    goal = draw(st.sampled_from(goals))
    if goal.startswith("fewest"):
        placed = tuple(replace(thing, required=True) for thing in placed)
    gap = draw(st.sampled_from((0.0, 50.0)))
    high = st.sampled_from((1.5, 2.0, 2.5))
    cabinet = Cabinet("one", draw(high), WIDE_MM, 200.0, cable_gap_mm=gap, cost=3)
    same, other = (
        replace(cabinet, name="two", height_u=u, cost=c)
        for u, c in ((cabinet.height_u, 3), (draw(high), draw(st.integers(1, 5))))
    )
    cabinets = draw(st.sampled_from(((cabinet,), (cabinet, same), (cabinet, other))))
    asked = draw(st.lists(wishes([t.name for t in placed]), max_size=2, unique=True))
    return Question(placed, cabinets, tuple(asked), goal=goal)


def every_layout(asked: Question) -> Iterator[list[Spot]]:
    """Yield every layout on the grid that holds; narrow things begin where others may end."""

    def options(thing: Thing) -> list[Spot | None]:
        starts = (0.0,) if thing.width_mm is None else X_MM
        rows = [u / 2 + 1 for u in range(5)]
        spots = product(asked.cabinets, thing.faces, rows, starts)
        found = [Spot(thing.name, c.name, face, at, x) for c, face, at, x in spots]
        alone = replace(asked, wishes=(), things=(replace(thing, required=False),))
        out: list[Spot | None] = [] if thing.required else [None]
        return out + [spot for spot in found if not violations(alone, [spot])]

    for layout in product(*map(options, asked.things)):
        spots = [spot for spot in layout if spot is not None]
        if not violations(asked, spots):
            yield spots
