"""Laws of fleets, and the least cost of small ones by trying every sum of fillings."""

from dataclasses import replace
from functools import cache
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from packing.fleet.check import violations
from packing.fleet.question import Fleet, Kind, Module, Node
from packing.fleet.rows import Board, row_modules
from packing.fleet.solve import FleetPlan, house


@st.composite
def fleets(draw: st.DrawFn) -> Fleet:
    """Two kinds of node, few of module, low cabinets: every filling can be tried."""
    nodes = tuple(
        Node(name, draw(st.integers(1, 9)), draw(st.sampled_from((0.0, 3.0, 7.5))))
        for name in ("a", "b")
    )
    pure = [
        Module("A", draw(st.sampled_from((0.5, 1.0, 1.5))), {"a": draw(st.integers(1, 3))}),
        Module("B", draw(st.sampled_from((1.0, 1.5))), {"b": draw(st.integers(1, 3))}),
    ]
    pure = [replace(module, cost=draw(st.integers(0, 3))) for module in pure]
    more = draw(
        st.sampled_from(
            (
                (),
                (Module("AB", 1.0, {"a": 1, "b": 1}, cost=1),),
                (Module("switch", 0.5, power_w=2.0, ports=4, cost=1),),
            )
        )
    )
    low = Kind("low", 2.0, draw(st.sampled_from((None, 25.0, 40.0))), draw(st.integers(1, 6)))
    kinds = draw(st.sampled_from(((low,), (low, Kind("tall", 3.5, 60.0, 7)))))
    return Fleet(nodes, (*pure, *more), kinds)


def fillings(fleet: Fleet) -> set[tuple[int, tuple[int, ...]]]:
    """Return what every filling costs and holds, by trying every number of every module."""
    found: set[tuple[int, tuple[int, ...]]] = set()
    for kind in fleet.cabinets:
        numbers = [range(int(kind.height_u // m.height_u) + 1) for m in fleet.modules]
        for many in product(*numbers):
            pairs = [(m, n) for m, n in zip(fleet.modules, many, strict=True) if n]
            held = tuple(sum(m.holds.get(k.name, 0) * n for m, n in pairs) for k in fleet.nodes)
            watts = sum(fleet.power_w(m) * n for m, n in pairs)
            ports = sum(m.ports * n for m, n in pairs)
            fits = sum(m.height_u * n for m, n in pairs) <= kind.height_u
            powered = kind.power_w is None or watts <= kind.power_w + 1e-9
            wired = not fleet.counts_ports or sum(held) <= ports
            if fits and powered and wired and any(held):
                found.add((kind.cost + sum(m.cost * n for m, n in pairs), held))
    return found


def least_cost(fleet: Fleet) -> int | None:
    """Return the least cost by working down from all nodes to none."""
    every = sorted(fillings(fleet))

    @cache
    def rest(left: tuple[int, ...]) -> float:
        if not any(left):
            return 0.0
        costs = [
            cost + rest(tuple(max(0, n - h) for n, h in zip(left, held, strict=True)))
            for cost, held in every
            if any(n and h for n, h in zip(left, held, strict=True))
        ]
        return min(costs, default=float("inf"))

    found = rest(tuple(node.count for node in fleet.nodes))
    return None if found == float("inf") else int(found)


@settings(max_examples=40)
@given(fleets())
def test_the_least_cost_lies_between_bound_and_plan(fleet: Fleet) -> None:
    plan, least = house(fleet), least_cost(fleet)
    if plan is None or least is None:
        assert plan is None
        assert least is None
        return
    assert violations(plan) == []
    assert plan.bound <= least <= plan.cost
    assert house(fleet) == plan


def farm(nodes: int) -> FleetPlan:
    """Return the plan of a farm of twelve kinds of node, of so many in all."""
    boards = [Board(f"k{i}", 18.0 + 2.3 * i, (1.0, 2.0, 3.0)[i % 3]) for i in range(12)]
    parts = [1 + i % 5 for i in range(12)]
    counts = [nodes * part // sum(parts) for part in parts]
    rows = zip(boards, counts, strict=True)
    kinds = tuple(Node(b.name, n, 4.0 + 0.7 * i) for i, (b, n) in enumerate(rows))
    modules = (*row_modules(boards, 450.0), Module("switch", 1, power_w=30, ports=48))
    plan = house(Fleet(kinds, modules, (Kind("42U", 42, 5000),)))
    assert plan is not None
    return plan


def test_a_hundred_thousand_nodes_are_within_a_hundredth_and_no_more_work_than_ten_thousand() -> (
    None
):
    many, few = farm(100_000), farm(10_000)
    assert violations(many) == []
    assert 0 <= many.gap < 0.01
    assert many.rounds <= 2 * few.rounds


def test_rows_of_published_products_are_counted() -> None:
    """21 boards at 21.4 mm and 18 at 24.11 mm in 450 mm: docs/fit.md §1.1; no row is too long."""
    boards = [Board("oracle", 21.4, 2), Board("uptime", 24.11, 2)]
    rows = row_modules(boards, 450.0)
    assert [rows[0].holds, rows[1].holds] == [{"oracle": 21}, {"uptime": 18}]
    pitch = {board.name: board.pitch_mm for board in boards}
    assert all(sum(pitch[k] * n for k, n in row.holds.items()) <= 450 for row in rows)


def test_what_goes_into_no_cabinet_has_no_plan_and_mistakes_are_told() -> None:
    node = Node("a", 3, 10.0)
    tall = Fleet((node,), (Module("m", 5, {"a": 1}),), (Kind("low", 4),))
    assert house(tall) is None
    with pytest.raises(ValueError, match="no module holds a"):
        Fleet((node,), (Module("m", 5),), (Kind("low", 4),))
    with pytest.raises(ValueError, match="must cost something"):
        Fleet((node,), (Module("m", 1, {"a": 1}),), (Kind("low", 4, cost=0),))
