"""Starting one after the other: the order is the best there is, by trying every one."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rack.energy.loads import Load
from rack.energy.start import start

NODE = st.tuples(st.none() | st.integers(0, 40), st.integers(0, 60))


def greatest(order: tuple[tuple[float, float], ...]) -> float:
    """Return the greatest sum while nodes of (peak, steady) start in this order."""
    running, most = 0.0, 0.0
    for peak, steady in order:
        most = max(most, running + peak)
        running += steady
    return max(most, running)


@given(st.lists(NODE, max_size=6))
def test_no_order_of_starting_draws_less(nodes: list[tuple[int | None, int]]) -> None:
    loads = [Load(f"n{i}", 1, None, typical, peak, "") for i, (typical, peak) in enumerate(nodes)]
    found = start(loads, 5)
    each = [(float(p), float(p if t is None else min(t, p))) for t, p in nodes]
    assert found.staggered_w == min(map(greatest, permutations(each)))
    assert found.at_once_w == sum(p for p, _ in each) >= found.staggered_w
    assert found.takes_s == 5 * max(0, len(nodes) - 1)
    assert start(loads, 0).staggered_w == found.at_once_w


def test_twelve_nodes_one_after_the_other() -> None:
    """Twelve Pis of S3, 8 W running and 15 W at most: 11 x 8 + 15."""
    found = start([Load("pi", 12, 8, 8, 15, "")], 10)
    assert (found.at_once_w, found.staggered_w) == (180, 11 * 8 + 15)
    assert found.takes_s == pytest.approx(110)


def test_a_node_without_a_figure_is_named() -> None:
    assert start([Load("x", 1, 1, 1, None, ""), Load("y", 1, 1, 1, 2, "")], 1).unknown == ("x",)
