"""80 PLUS: the published points are met exactly, and nothing is said outside them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.load import load_catalog
from catalog.problems import InputError
from rack.energy.efficiency import efficiency_at, wall_w

LEVELS = load_catalog().efficiencies
# Percent at 20, 50 and 100 % of the rated load, Tom's Hardware's table.
PUBLISHED = {
    "80plus-white-115v": (80, 80, 80),
    "80plus-bronze-115v": (82, 85, 82),
    "80plus-silver-115v": (85, 88, 85),
    "80plus-gold-115v": (87, 90, 87),
    "80plus-platinum-115v": (90, 92, 89),
    "80plus-titanium-115v": (92, 94, 90),
    "80plus-white-230v-eu": (82, 85, 82),
    "80plus-bronze-230v-eu": (85, 88, 85),
    "80plus-silver-230v-eu": (87, 90, 87),
    "80plus-gold-230v-eu": (90, 92, 89),
    "80plus-platinum-230v-eu": (92, 94, 90),
    "80plus-titanium-230v-eu": (94, 96, 94),
    "80plus-bronze-230v-redundant": (81, 85, 81),
    "80plus-silver-230v-redundant": (85, 89, 85),
    "80plus-gold-230v-redundant": (88, 92, 88),
    "80plus-platinum-230v-redundant": (90, 94, 91),
    "80plus-titanium-230v-redundant": (94, 96, 91),
}
levels = st.sampled_from(sorted(LEVELS))


def test_every_published_point_is_met():
    assert set(LEVELS) == set(PUBLISHED)
    for name, percents in PUBLISHED.items():
        found = [100 * efficiency_at(LEVELS[name], share) for share in (0.2, 0.5, 1.0)]
        assert found == pytest.approx(percents)
    assert efficiency_at(LEVELS["80plus-titanium-115v"], 0.1) == pytest.approx(0.9)


def test_between_two_points_it_lies_on_their_line():
    gold = LEVELS["80plus-gold-115v"]
    assert efficiency_at(gold, 0.35) == pytest.approx((0.87 + 0.90) / 2)
    assert efficiency_at(gold, 0.75) == pytest.approx((0.90 + 0.87) / 2)


@given(name=levels, share=st.floats(0.2, 1.0))
def test_it_lies_between_its_neighbours_and_the_wall_gives_more_than_is_taken(
    name: str, share: float
):
    points = [efficiency for _, efficiency in LEVELS[name].points]
    found = efficiency_at(LEVELS[name], share)
    assert min(points) <= found <= max(points)
    assert wall_w(LEVELS[name], 500, 500 * share) * found == pytest.approx(500 * share)


@given(name=levels, share=st.floats(0, 0.099) | st.floats(1.001, 5))
def test_outside_the_points_it_is_refused(name: str, share: float):
    with pytest.raises(InputError, match="says nothing of that"):
        efficiency_at(LEVELS[name], share)


def test_a_large_supply_behind_a_few_boards_is_told_to_be_smaller():
    """A 500 W ATX supply that feeds 60 W runs at 12 %."""
    with pytest.raises(InputError, match=r"12\.0%.*20% to 100%\n.*smaller supply"):
        wall_w(LEVELS["80plus-gold-115v"], 500, 60, where="atx")
