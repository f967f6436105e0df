"""Cases that can be reckoned by hand, and a checker that finds what is wrong."""

import pytest

from packing.cabinet.answer import Spot
from packing.cabinet.check import violations
from packing.cabinet.question import BOTH, Cabinet, Question, Thing
from packing.cabinet.solve import arrange
from packing.cabinet.wishes import Apart, At, Cap, HeavyLow, Together, Worth

TEN = Cabinet("ten", 8, 222.0, 200.0)


def test_half_width_things_share_a_unit() -> None:
    """Five of half the width take three units; three of a third take one."""
    halves = tuple(Thing(f"h{i}", 1, width_mm=111) for i in range(5))
    assert arrange(Question(halves, (TEN,), goal="fewest-u")).value == 3
    thirds = tuple(Thing(f"t{i}", 1, width_mm=74) for i in range(3))
    assert arrange(Question(thirds, (TEN,), goal="fewest-u")).value == 1
    gap = Cabinet("ten", 8, 222.0, 200.0, side_gap_mm=0.2)  # two gaps of 0.2 mm are not there
    assert arrange(Question(thirds, (gap,), goal="fewest-u")).value == 2


def test_two_shallow_things_share_a_unit_front_and_rear() -> None:
    shallow = tuple(Thing(f"s{i}", 1, depth_mm=90, faces=BOTH) for i in range(4))
    assert arrange(Question(shallow, (TEN,), goal="fewest-u")).value == 2
    cables = Cabinet("ten", 8, 222.0, 200.0, cable_gap_mm=25)
    assert arrange(Question(shallow, (cables,), goal="fewest-u")).value == 4


def test_seven_things_of_one_and_a_half_units_fit_in_no_ten() -> None:
    tall = tuple(Thing(f"t{i}", 1.5, required=False) for i in range(7))
    answer = arrange(Question(tall, (Cabinet("ten", 10, 222.0),)))
    assert (answer.value, answer.bound, answer.gap) == (6, 6, 0)
    assert len(answer.left_out) == 1
    assert answer.binding == ("height: 1U more (1 more)",)


def test_power_is_a_constraint_and_named_where_it_binds() -> None:
    hot = tuple(Thing(f"n{i}", 1, power_w=100, required=False) for i in range(8))
    answer = arrange(Question(hot, (TEN,), (Cap("power", 350),)))
    assert answer.value == 3
    assert answer.binding == ("power: without its cap (5 more)",)


def test_least_cost_takes_the_cheaper_cabinets() -> None:
    """Nine units go into one of 12U for 100 or two of 6U for 30 each."""
    nodes = tuple(Thing(f"n{i}", 1) for i in range(9))
    cabinets = (
        Cabinet("tall", 12, 222.0, cost=100),
        Cabinet("low", 6, 222.0, cost=30),
        Cabinet("low-2", 6, 222.0, cost=30),
    )
    answer = arrange(Question(nodes, cabinets, (Worth(9),), goal="least-cost"))
    assert answer.value == 60
    assert arrange(Question(nodes, cabinets, goal="fewest-cabinets")).value == 1


def test_heavy_low_and_cables_choose_among_equal_layouts() -> None:
    things = (Thing("a", 1, weight_g=100), Thing("ups", 1, weight_g=9000), Thing("b", 1))
    spots = {s.thing: s.at_u for s in arrange(Question(things, (TEN,))).spots}
    assert spots["ups"] == 1
    wished = Question(things, (TEN,), (At("a", 4), HeavyLow(5000)))
    spots = {s.thing: s.at_u for s in arrange(wished).spots}
    assert spots["ups"] < spots["a"] == 4


def test_a_clash_is_told_in_words() -> None:
    things = (Thing("ups", 2), Thing("switch", 1), Thing("pi", 1))
    wishes = (At("ups", 1), At("switch", 3), At("pi", 8), Together("switch", "pi", 2))
    answer = arrange(Question(things, (TEN,), wishes))
    assert [str(wish) for wish in answer.clash] == [
        "switch is in",
        "pi is in",
        "switch stands from unit 3",
        "pi stands from unit 8",
        "switch and pi are at most 2U apart",
    ]
    assert answer.clash_smallest


GOOD = (Spot("a", "ten", "front", 1.0), Spot("b", "ten", "rear", 2.0))


@pytest.mark.parametrize(
    ("spots", "words"),
    [
        ((GOOD[0],), "b is missing"),
        ((GOOD[0], GOOD[1], GOOD[1]), "b stands twice"),
        ((GOOD[0], Spot("b", "ten", "rear", 1.0)), "in each other's way"),
        ((GOOD[0], Spot("b", "ten", "front", 1.5)), "between the holes"),
        ((GOOD[0], Spot("b", "ten", "front", 9.0)), "stands out of ten"),
        ((Spot("a", "ten", "rear", 1.0), GOOD[1]), "does not hang at the rear"),
        ((GOOD[0], Spot("b", "ten", "rear", 6.0)), "at most 3U apart"),
        ((GOOD[0], Spot("b", "other", "rear", 2.0)), "at most 3U apart"),
        ((Spot("a", "ten", "front", 3.0), Spot("b", "ten", "rear", 1.0)), "from unit 1"),
    ],
)
def test_the_checker_finds_what_is_wrong(spots: tuple[Spot, ...], words: str) -> None:
    asked = Question(
        (
            Thing("a", 1, depth_mm=120, power_w=30),
            Thing("b", 1, depth_mm=120, faces=BOTH, power_w=30, step_u=1),
        ),
        (TEN, Cabinet("other", 8, 222.0, 200.0)),
        (Cap("power", 60), Together("a", "b", 3), At("a", 1)),
    )
    assert violations(asked, GOOD) == []
    assert any(words in text for text in violations(asked, spots))


def test_the_checker_knows_caps_weight_and_distance() -> None:
    things = (Thing("a", 1, power_w=31, weight_g=10), Thing("b", 1, power_w=30, weight_g=9000))
    spots = (Spot("a", "ten", "front", 1.0), Spot("b", "ten", "front", 2.5))
    wishes = (Cap("power", 60), HeavyLow(5000), Apart("a", "b", 1), Worth(3))
    wrong = violations(Question(things, (TEN,), wishes), spots)
    assert wrong == [f"not so: {wish}" for wish in wishes]
