"""Laws of every answer, and the best of all layouts where they can all be tried."""

from dataclasses import replace

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from packing.cabinet.answer import Answer, Spot
from packing.cabinet.check import violations
from packing.cabinet.question import Cabinet, Question
from packing.cabinet.solve import arrange
from packing.cabinet.wishes import (
    Apart,
    At,
    Cap,
    HeavyLow,
    Together,
    Wanted,
    Wish,
    all_wishes,
)
from tests.packing.cabinet.questions import every_layout, questions, things


def worth(asked: Question, spots: list[Spot]) -> float:
    """Return what a layout comes to, counted here once more; less is better."""
    placed = {spot.thing: spot for spot in spots}
    if asked.goal == "most":
        return -sum(thing.value for thing in asked.things if thing.name in placed)
    tops = dict.fromkeys((c.name for c in asked.cabinets), 0.0)
    for thing in asked.things:
        if thing.name in placed:
            spot = placed[thing.name]
            tops[spot.cabinet] = max(tops[spot.cabinet], spot.at_u - 1 + thing.height_u)
    match asked.goal:
        case "fewest-u":
            return sum(tops.values())
        case "fewest-cabinets":
            return sum(top > 0 for top in tops.values())
        case "least-cost":
            cabinets = sum(c.cost for c in asked.cabinets if tops[c.name] > 0)
            return cabinets + sum(t.cost for t in asked.things if t.name in placed)


def cost(answer: Answer) -> float:
    assert answer.value is not None
    return -answer.value if answer.question.goal == "most" else answer.value


@settings(max_examples=25)
@given(questions(goals=("most", "fewest-u", "fewest-cabinets", "least-cost")))
def test_no_layout_of_all_is_better(asked: Question) -> None:
    """Every layout is tried and judged by the checker; the solver's is as good as the best."""
    answer = arrange(asked)
    best = min((worth(asked, spots) for spots in every_layout(asked)), default=None)
    if best is None:
        assert answer.value is None
        assert answer.clash
    else:
        assert violations(asked, answer.spots) == []
        assert cost(answer) == worth(asked, list(answer.spots)) == best
        assert answer.gap == 0


@settings(max_examples=20)
@given(questions(most=6))
def test_same_question_same_answer_and_the_bound_holds(asked: Question) -> None:
    answer = arrange(asked)
    assert arrange(asked) == answer
    if answer.value is not None and answer.bound is not None:
        assert violations(asked, answer.spots) == []
        sign = 1 if asked.goal == "most" else -1
        assert sign * answer.value <= sign * answer.bound


@settings(max_examples=20)
@given(questions(goals=("fewest-u",), most=5), st.data())
def test_one_thing_more_never_lowers_the_units_used(asked: Question, data: st.DataObject) -> None:
    """Among free and wished things alike, for what holds of all holds of some of them."""
    tall = tuple(replace(c, height_u=6.0) for c in asked.cabinets)
    less = replace(asked, cabinets=tall)
    another = replace(data.draw(things(9)), required=True)
    before, after = arrange(less), arrange(replace(less, things=(*less.things, another)))
    assume(after.value is not None)
    assert before.value is not None
    assert after.value is not None
    assert before.value <= after.value


@settings(max_examples=20)
@given(questions(most=4))
def test_a_wish_less_never_worsens_the_goal(asked: Question) -> None:
    answer = arrange(asked)
    assume(answer.value is not None and asked.wishes)
    for wish in asked.wishes:
        free = arrange(asked.without([wish]))
        assert cost(free) <= cost(answer)


def looser(wish: Wish) -> Wish:
    """Return a wish that holds wherever the first does, and elsewhere too."""
    match wish:
        case At():
            return replace(wish, at_u=None, face=None) if wish.face else replace(wish, at_u=None)
        case Together():
            return replace(wish, within_u=None if wish.within_u is None else wish.within_u + 0.5)
        case Apart():
            return replace(wish, by_u=0.5)
        case Cap():
            return replace(wish, most=wish.most * 1.5)
        case HeavyLow():
            return replace(wish, over_g=1e6)
        case _:
            return wish


@settings(max_examples=25)
@given(questions(goals=("most", "fewest-u", "fewest-cabinets", "least-cost"), most=5))
def test_a_wish_loosened_or_a_cabinet_raised_never_worsens_the_goal(asked: Question) -> None:
    """And the layout of the tighter question passes the checker for the looser one."""
    answer = arrange(asked)
    assume(answer.value is not None)
    for index, wish in enumerate(asked.wishes):
        wishes = (*asked.wishes[:index], looser(wish), *asked.wishes[index + 1 :])
        loose = replace(asked, wishes=tuple(dict.fromkeys(wishes)))
        assert violations(loose, answer.spots) == []
        assert cost(arrange(loose)) <= cost(answer)
    taller = tuple(replace(c, height_u=c.height_u + 1) for c in asked.cabinets)
    assert cost(arrange(replace(asked, cabinets=taller))) <= cost(answer)


@settings(max_examples=20)
@given(questions(goals=("most",), most=5), st.data())
def test_a_candidate_more_never_lowers_what_goes_in(asked: Question, data: st.DataObject) -> None:
    another = replace(data.draw(things(9)), required=False)
    before, after = arrange(asked), arrange(replace(asked, things=(*asked.things, another)))
    assume(before.value is not None)
    assert cost(after) <= cost(before)


@settings(max_examples=20)
@given(questions(goals=("fewest-u",), most=4))
def test_a_clash_clashes_and_none_of_it_can_be_spared(asked: Question) -> None:
    small = replace(asked, cabinets=(Cabinet("one", 1.0, 222.0, 200.0),))
    answer = arrange(small)
    assume(answer.clash)
    rest = [wish for wish in all_wishes(small) if wish not in answer.clash]
    assert arrange(small.without(rest)).value is None
    for spared in answer.clash:
        freed = small.without([*rest, spared])
        kept = [t for t in freed.things if t.required or not isinstance(spared, Wanted)]
        assert kept or isinstance(spared, Wanted)
        assert arrange(freed).value is not None
