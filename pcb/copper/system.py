"""The equations of a foil: one unknown voltage for each cell and each name, Kirchhoff at each.

Cells that no current can reach are left out. A face conducts (its share of copper) / (Ohm a
square); a link from a cell to a contact is shorter than a cell, so it conducts more.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pcb.copper.foil import Foil
from pcb.copper.raster import Grid, Marks, edges_of, faces, grid_over, marks, snapped

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int32]


@dataclass(frozen=True)
class Branches:
    """Conductances between unknowns: from, to, S."""

    start: "Ints"
    end: "Ints"
    siemens: "Floats"


@dataclass(frozen=True)
class System:
    """A foil on a grid.

    `node` [layer, up, across] is each cell's unknown, -1 for none; names follow the cells. `right`
    and `over` are the conductances of a cell's link to the next cell across and up, S. `places` are
    layer, row and column of each cell's unknown.
    """

    foil: Foil
    grid: Grid
    node: "Ints"
    right: "Floats"
    over: "Floats"
    places: "Ints"
    names: Mapping[str, int]
    copper: Branches
    lumped: Branches

    @property
    def size(self) -> int:
        """How many unknowns there are."""
        return len(self.places) + len(self.names)


def system(foil: Foil, cell_mm: float) -> System:
    """Return the equations of a foil on square cells.

    Raises:
        ValueError: no copper.
    """
    import numpy as np  # noqa: PLC0415 - slow to import

    boxes = np.array([layer.bounds for layer in foil.layers if not layer.is_empty])
    if not len(boxes):
        what = "no copper"
        raise ValueError(what)
    grid = grid_over((*boxes[:, :2].min(axis=0), *boxes[:, 2:].max(axis=0)), cell_mm)
    count = len(foil.layers)
    right = np.zeros((count, grid.up, grid.across - 1))
    over = np.zeros((count, grid.up - 1, grid.across))
    node = np.full((count, grid.up, grid.across), -1, dtype=np.int32)
    listed = dict.fromkeys(contact.name for contact in foil.contacts)
    listed |= dict.fromkeys(end for link in foil.links for end in link.ends)
    names = {name: place for place, name in enumerate(listed)}
    cells = 0
    for layer in range(count):
        upright, flat = faces(edges_of(foil.layers[layer]), grid)
        upright, flat = upright[:, 1:-1], flat[1:-1]
        held = [one for one in foil.contacts if one.layer == layer]
        mark = marks((snapped(one.area, grid) for one in held), grid)
        owner = np.array([-1, *(names[one.name] for one in held)])[mark.label]
        node[layer], cells = _numbered(upright, flat, owner, cells)
        right[layer], over[layer] = _conductances(upright, flat, mark, foil.square_ohm[layer])
    node = np.where(node <= -2, -2 - node + cells, node).astype(np.int32)  # names after the cells
    places = np.argwhere((node >= 0) & (node < cells)).astype(np.int32)
    names = {name: place + cells for name, place in names.items()}
    copper = _copper(node, right, over)
    lumped = Branches(
        np.array([names[link.ends[0]] for link in foil.links], dtype=np.int32),
        np.array([names[link.ends[1]] for link in foil.links], dtype=np.int32),
        np.array([1 / link.ohm for link in foil.links]),
    )
    return System(foil, grid, node, right, over, places, names, copper, lumped)


def _numbered(upright: "Floats", flat: "Floats", owner: Any, cells: int) -> "tuple[Ints, int]":
    """Return each cell's unknown: counted on from `cells`, -2 - name of a contact, or -1."""
    import numpy as np  # noqa: PLC0415 - slow to import

    held = np.zeros(owner.shape, dtype=bool)
    for part, one, other in (
        (upright > 0, np.s_[:, :-1], np.s_[:, 1:]),
        (flat > 0, np.s_[:-1], np.s_[1:]),
    ):
        held[one] |= part
        held[other] |= part
    own = held & (owner < 0)
    node = np.where(owner >= 0, -2 - owner, -1).astype(np.int32)
    number = int(own.sum())
    node[own] = np.arange(cells, cells + number, dtype=np.int32)
    return node, cells + number


def _conductances(
    upright: "Floats", flat: "Floats", mark: Marks, ohm: float
) -> "tuple[Floats, Floats]":
    """Return the conductances of links across and up; a contact ends a link early."""
    import numpy as np  # noqa: PLC0415 - slow to import

    across = np.where(mark.label[:, :-1] != mark.label[:, 1:], mark.across, 1.0)
    upwards = np.where(mark.label[:-1] != mark.label[1:], mark.upwards, 1.0)
    return upright / across / ohm, flat / upwards / ohm


def _copper(node: "Ints", right: "Floats", over: "Floats") -> Branches:
    """Return all links of cells, and of cells with contacts."""
    import numpy as np  # noqa: PLC0415 - slow to import

    found: list[tuple[Any, Any, Any]] = []
    for siemens, one, other in (
        (right, node[:, :, :-1], node[:, :, 1:]),
        (over, node[:, :-1], node[:, 1:]),
    ):
        there = (siemens > 0) & (one >= 0) & (other >= 0) & (one != other)
        found.append((one[there], other[there], siemens[there]))
    start, end, value = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return Branches(start, end, value)
