"""Small integer programmes: rows of weights over columns, solved by SCIP (through OR-tools).

scipy's HiGHS would do as well, but its releases write to the standard output where rounding is
tight, and stdout is data. CP-SAT is slow at sums of many things that hardly differ.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import Literal

NODES = 20_000  # of the search tree: work is counted and not the clock
Row = tuple[Mapping[int, float], float, float]  # weights by column, the least, the most


@dataclass(frozen=True)
class Solved:
    """The least cost found, its columns' values, and what nothing undercuts."""

    state: Literal["best", "some", "none", "unknown"]
    values: tuple[float, ...] = ()
    cost: float = inf
    bound: float = -inf


def least(
    costs: Sequence[float], rows: Sequence[Row], upper: Sequence[float], nodes: int = NODES
) -> Solved:
    """Return the whole numbers of the least cost, from 0 up to `upper`, that obey all rows.

    Args:
        costs: of one of each column.
        rows: what sums have to be.
        upper: the most of each column; `inf` for any number.
        nodes: of the search tree, at most.
    """
    from ortools.linear_solver.python import model_builder as mb  # noqa: PLC0415 - heavy

    model = mb.Model()
    columns = [model.new_int_var(0, most, f"c{i}") for i, most in enumerate(upper)]
    for terms, low, high in rows:
        named = [columns[i] for i in terms]
        model.add_linear_constraint(mb.LinearExpr.weighted_sum(named, [*terms.values()]), low, high)
    model.minimize(mb.LinearExpr.weighted_sum(columns, [*costs]))
    solver = mb.Solver("scip")
    solver.set_solver_specific_parameters(f"limits/nodes = {nodes}\nlimits/gap = 0\n")
    status = solver.solve(model)
    if status == mb.SolveStatus.INFEASIBLE:
        return Solved("none")
    if status not in {mb.SolveStatus.OPTIMAL, mb.SolveStatus.FEASIBLE}:
        return Solved("unknown", bound=solver.best_objective_bound)
    values = tuple(float(solver.value(column)) for column in columns)
    state = "best" if status == mb.SolveStatus.OPTIMAL else "some"
    return Solved(state, values, solver.objective_value, solver.best_objective_bound)
