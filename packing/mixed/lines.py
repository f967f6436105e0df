"""Which numbers of boards a cross-section cannot hold: cuts from lines across and upward.

A line along one axis meets boards that must stand side by side in a chain. With a worth u for each
shape, no chain is worth more than K(u) (`packing.mixed.chain`); integrated over the other axis,
`sum(u * height * number) <= K(u) * height of the room`. The bound that all u together give is the
bar relaxation (Scheithauer 1999); u is searched for with linear programs, but what counts is the
K(u) of whole numbers, so that no rounding gets into the proof.

Heights are grown by half of the gaps that boards keep, as in `packing.bound`: two grown boards on
one line are near each other in the other axis, so it is along the line that they keep their gap.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from packing.mixed.chain import Item, dearest, longest
from packing.mixed.shapes import Axis, Space

if TYPE_CHECKING:
    import numpy as np

_FINE = 1000  # steps in a worth of 1
_TURNS = 60
_NEAR = 1e-6
_AXES: tuple[Axis, ...] = ("x", "z")


class Cut(NamedTuple):
    """`sum(weights * numbers) <= most` in each row, one weight for each shape of the space."""

    weights: tuple[int, ...]
    most: int

    def broken(self, numbers: Sequence[int]) -> bool:
        """Tell whether so many boards of each shape cannot be in one row."""
        return sum(w * n for w, n in zip(self.weights, numbers, strict=True)) > self.most


class _Lines(NamedTuple):
    """Lines along an axis: what they cross, and how far the grown boards reach in the other."""

    space: Space
    axis: Axis
    reach: tuple[int, ...]
    room: int

    def items(self, worth: Sequence[int]) -> list[Item]:
        """Return the boards as items of a chain."""
        return [
            Item(shape.along(self.axis), shape.face == self.axis, each, self.space.most_of(shape))
            for shape, each in zip(self.space.shapes, worth, strict=True)
        ]

    def cut(self, worth: Sequence[int]) -> tuple[Cut, tuple[int, ...]]:
        """Return the cut of a worth for each shape, and the dearest chain."""
        found = dearest(self.items(worth), self.space.along(self.axis), self.space.gaps)
        weights = tuple(u * reach for u, reach in zip(worth, self.reach, strict=True))
        return Cut(weights, found.worth * self.room), found.counts


class Lines:
    """All lines through a space; finds cuts that numbers of boards break."""

    def __init__(self, space: Space) -> None:
        """Prepare the lines.

        Args:
            space: rounded for proofs.
        """
        self._groups = [lines for axis in _AXES for lines in _margins(space, axis)]
        self._chains: list[list[tuple[int, ...]]] = [[] for _ in self._groups]

    def first(self) -> list[Cut]:
        """Return cuts to begin with: every board worth the same, and worth its size (area)."""
        found: list[Cut] = []
        for group, chains in zip(self._groups, self._chains, strict=True):
            shapes = group.space.shapes
            sizes = [shape.along(group.axis) for shape in shapes]
            for worth in ([1] * len(shapes), sizes):
                cut, chain = group.cut(worth)
                found.append(cut)
                chains.append(chain)
        return found

    def broken(self, numbers: Sequence[int]) -> list[Cut]:
        """Return cuts that so many boards of each shape in one row break; none if no line does."""
        groups = zip(self._groups, self._chains, strict=True)
        found = [_broken(group, chains, numbers) for group, chains in groups]
        return [cut for cut in found if cut is not None]


def _broken(group: _Lines, chains: list[tuple[int, ...]], numbers: Sequence[int]) -> Cut | None:
    """Search the worth that the numbers break, a chain more for the program at each turn."""
    used = [index for index, number in enumerate(numbers) if number]
    if not used:
        return None
    share = [numbers[i] * group.reach[i] / group.room for i in used]
    for _ in range(_TURNS):
        worth = _worth(share, [[chain[i] for i in used] for chain in chains])
        if worth is None or sum(u * s for u, s in zip(worth, share, strict=True)) <= 1 + _NEAR:
            return None
        whole = [0] * len(numbers)
        for index, each in zip(used, worth, strict=True):
            whole[index] = round(_FINE * each)
        cut, chain = group.cut(whole)
        if cut.broken(numbers):
            return cut
        if chain in chains:
            return None
        chains.append(chain)
    return None


def _worth(share: Sequence[float], chains: Sequence[Sequence[int]]) -> "np.ndarray | None":
    """Return the worth that makes the shares dearest while no chain is worth more than 1."""
    import numpy as np  # noqa: PLC0415 - takes a moment to import
    from scipy.optimize import linprog  # noqa: PLC0415 - the same

    alone = np.eye(len(share))
    rows = np.vstack([alone, *(np.asarray(chain, dtype=float)[None] for chain in chains)])
    done = linprog(-np.asarray(share), A_ub=rows, b_ub=np.ones(len(rows)), method="highs")
    return done.x if done.status == 0 else None


def _margins(space: Space, along: Axis) -> list[_Lines]:
    """Return the lines along an axis with boards grown in the other by each choice of margins."""
    across: Axis = "z" if along == "x" else "x"
    items = [Item(s.along(across), s.face == across, 0, space.most_of(s)) for s in space.shapes]
    room = longest(items, space.along(across), space.gaps)
    found: list[_Lines] = []
    for face, edge in _growths(space, across):
        grown = [face if shape.face == across else edge for shape in space.shapes]
        reach = tuple(
            shape.along(across) + more for shape, more in zip(space.shapes, grown, strict=True)
        )
        if min(reach) > 0:
            found.append(_Lines(space, along, reach, room + max(grown)))
    return found


def _growths(space: Space, axis: Axis) -> list[tuple[int, int]]:
    """Return by how much faces and edges may be grown, both sides together (`packing.bound`)."""
    air, edge = space.gaps
    kinds = {shape.face == axis for shape in space.shapes}
    if len(kinds) == 1 or air <= edge:  # no face meets an edge, or that costs more than either
        return [(air, edge)]
    return [(edge, edge), (air, 2 * edge - air)]
