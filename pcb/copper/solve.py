"""Solves Kirchhoff's equations: exactly where they are few, by conjugate gradients where many.

The gradients are steered by a ladder of grids, each with cells twice as wide as the one before
(aggregation multigrid): the conductance between two wide cells is half the sum of those between
their small ones, for the way is twice as long; links stay what they are, and contacts too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pcb.copper.system import Branches, System

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int32]

DIRECT = 20_000  # unknowns that are solved exactly
COARSEST = 3_000
DAMPED = 0.8  # of Jacobi's step
SMALL = 1e-10  # the residual, of the currents
MOST_STEPS = 300


class OpenCircuitError(ValueError):
    """A place that draws current is not joined to the source; `args[0]` is its name."""


@dataclass(frozen=True)
class Solution:
    """Voltages of all unknowns against the source's, V, and in how many steps they were found."""

    volts: "Floats"
    steps: int


def solve(made: System, amps: Mapping[str, float], source: str) -> Solution:
    """Return the voltages where currents enter the foil at names and leave it at the source.

    Args:
        made: the equations.
        amps: what enters at each name, A; negative where it is drawn.
        source: the name that is at 0 V and takes or gives the rest.

    Raises:
        OpenCircuitError: a name with a current is not joined to the source.
        KeyError: there is no such name.
    """
    import numpy as np  # noqa: PLC0415 - slow to import

    entering = np.zeros(made.size)
    for name, value in amps.items():
        entering[made.names[name]] += value
    order, count = _order(made, made.names[source])
    for name, value in amps.items():
        if value and order[made.names[name]] > count:
            raise OpenCircuitError(name)
    ladder = _ladder(made, order, count)
    kept = order < count
    found, steps = _solved(ladder, entering[kept])
    volts = np.zeros(made.size)
    volts[kept] = found
    return Solution(volts, steps)


def _order(made: System, source: int) -> "tuple[Ints, int]":
    """Return a number for each unknown: those that hang on the source first, in their order.

    The source has their count for its number, and what hangs on nothing a larger one.
    """
    import numpy as np  # noqa: PLC0415 - slow to import
    from scipy.sparse import coo_array  # noqa: PLC0415 - as above
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415 - as above

    parts = made.copper, made.lumped
    start, end = (np.concatenate([getattr(one, at) for one in parts]) for at in ("start", "end"))
    yes = np.ones(len(start), dtype=np.int8)
    graph = coo_array((yes, (start, end)), shape=(made.size, made.size)).tocsr()
    _, part = connected_components(graph, directed=False)
    kept = part == part[source]
    kept[source] = False
    count = int(kept.sum())
    order = np.full(made.size, count + 1, dtype=np.int32)
    order[kept] = np.arange(count, dtype=np.int32)
    order[source] = count
    return order, count


@dataclass
class _Rung:
    """One grid of the ladder: its matrix, and which cell of the next each of its cells is in."""

    matrix: Any
    wider: Any = None
    factors: Any = None

    def __post_init__(self) -> None:
        self.step = DAMPED / self.matrix.diagonal()

    def exactly(self, right: "Floats") -> "Floats":
        """Return the solution for a right side."""
        from scipy.sparse.linalg import splu  # noqa: PLC0415 - slow to import

        if self.factors is None:
            self.factors = splu(
                self.matrix.tocsc(),
                permc_spec="MMD_AT_PLUS_A",
                diag_pivot_thresh=0.0,
                options={"SymmetricMode": True},
            )
        return self.factors.solve(right)


def _ladder(made: System, order: "Ints", count: int) -> list[_Rung]:
    """Return the grids from the finest to one that is solved exactly."""
    import numpy as np  # noqa: PLC0415 - slow to import

    copper, lumped = (_renamed(one, order, count + 1) for one in (made.copper, made.lumped))
    kept = order[: len(made.places)] < count
    places = made.places[kept]
    ladder = [_Rung(_matrix(copper, lumped, count))]
    if count <= DIRECT:
        return ladder
    while count > COARSEST:
        wider, places = _wider(places, copper, count)
        ladder[-1].wider = wider
        count = int(wider.max()) + 1
        held = np.concatenate([wider, np.array([count], dtype=np.int32)])  # the source stays itself
        copper, lumped = _joined(copper, held, 0.5), _joined(lumped, held, 1.0)
        ladder.append(_Rung(_matrix(copper, lumped, count)))
    return ladder


def _renamed(parts: Branches, order: "Ints", size: int) -> Branches:
    """Return the branches that hang on the source, by their new numbers."""
    start, end = order[parts.start], order[parts.end]
    there = (start < size) & (end < size)
    if there.all():
        return Branches(start, end, parts.siemens)
    return Branches(start[there], end[there], parts.siemens[there])


def _matrix(copper: Branches, lumped: Branches, count: int) -> Any:
    """Return Kirchhoff's matrix of the first `count` places; the next one is the source."""
    import numpy as np  # noqa: PLC0415 - slow to import
    from scipy.sparse import coo_array  # noqa: PLC0415 - as above

    start = np.concatenate([copper.start, lumped.start])
    end = np.concatenate([copper.end, lumped.end])
    siemens = np.concatenate([copper.siemens, lumped.siemens])
    total = np.bincount(start, siemens, count + 1) + np.bincount(end, siemens, count + 1)
    inner = (start < count) & (end < count)
    if not inner.all():
        start, end, siemens = start[inner], end[inner], siemens[inner]
    own = np.arange(count, dtype=np.int32)
    rows, columns = np.concatenate([start, end, own]), np.concatenate([end, start, own])
    values = np.concatenate([-siemens, -siemens, total[:count]])
    return coo_array((values, (rows, columns)), shape=(count, count)).tocsr()


def _wider(places: "Ints", copper: Branches, count: int) -> "tuple[Ints, Ints]":
    """Return for each unknown its number among the wider cells, and the places of those.

    What a gap parts within a wide cell stays two: else it would take many steps to part it again.

    Args:
        places: layer, row and column of each cell.
        copper: the branches of this grid.
        count: of unknowns; those that follow the cells are no cells, and each stays its own.
    """
    import numpy as np  # noqa: PLC0415 - slow to import
    from scipy.sparse import coo_array  # noqa: PLC0415 - as above
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415 - as above

    wide = places >> np.array([0, 1, 1], dtype=np.int32)
    size = wide.max(axis=0) + 1
    flat = (wide[:, 0] * size[1] + wide[:, 1]) * size[2] + wide[:, 2]
    cells = len(places)
    inner = (copper.start < cells) & (copper.end < cells)
    start, end = copper.start[inner], copper.end[inner]
    same = flat[start] == flat[end]
    pairs = start[same], end[same]
    graph = coo_array((np.ones(len(pairs[0]), dtype=np.int8), pairs), shape=(cells, cells))
    number, part = connected_components(graph.tocsr(), directed=False)
    found = np.zeros((number, 3), dtype=np.int32)
    found[part] = wide
    own = np.arange(number, number + count - cells, dtype=np.int32)
    return np.concatenate([part.astype(np.int32), own]), found


def _joined(parts: Branches, wider: "Ints", share: float) -> Branches:
    """Return the branches between wider cells: sums of conductances, times a share."""
    from scipy.sparse import coo_array  # noqa: PLC0415 - slow to import

    start, end = wider[parts.start], wider[parts.end]
    apart = start != end
    low, high = start[apart], end[apart]
    size = int(wider.max()) + 1
    sums: Any = coo_array((share * parts.siemens[apart], (low, high)), shape=(size, size))
    sums = sums.tocsr().tocoo()
    return Branches(sums.row, sums.col, sums.data)


def _solved(ladder: list[_Rung], entering: "Floats") -> "tuple[Floats, int]":
    """Return the voltages: conjugate gradients, or at once where there is one grid only.

    Raises:
        ArithmeticError: they do not come to rest.
    """
    import numpy as np  # noqa: PLC0415 - slow to import

    matrix = ladder[0].matrix
    if len(ladder) == 1:
        return ladder[0].exactly(entering), 0
    goal = SMALL * float(np.abs(entering).max())
    volts, left = np.zeros_like(entering), entering.copy()
    ahead = _cycle(ladder, left)
    way, before = ahead.copy(), float(left @ ahead)
    for step in range(1, MOST_STEPS):
        through = matrix @ way
        far = before / float(way @ through)
        volts += far * way
        left -= far * through
        if float(np.sqrt(left @ left)) <= goal:
            return volts, step
        ahead = _cycle(ladder, left)
        now = float(left @ ahead)
        way *= now / before
        way += ahead
        before = now
    what = f"the copper's voltages did not come to rest in {MOST_STEPS} steps"
    raise ArithmeticError(what)


def _cycle(ladder: list[_Rung], right: "Floats") -> "Floats":
    """Return a cheap guess at the solution: a step on this grid, the rest on wider ones, a step."""
    import numpy as np  # noqa: PLC0415 - slow to import

    rung, *wider = ladder
    if not wider:
        return rung.exactly(right)
    found = rung.step * right
    left = right - rung.matrix @ found
    sums: Any = np.bincount(rung.wider, left, len(wider[0].step))
    found += _cycle(wider, sums)[rung.wider]
    left = right - rung.matrix @ found
    left *= rung.step
    found += left
    return found
