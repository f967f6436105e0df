"""What a solved foil says: voltages, currents, heat, and how densely current flows where.

Density is current across a width, A/mm: it does not know how thick the copper is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pcb.copper.foil import Foil
from pcb.copper.raster import Grid
from pcb.copper.solve import solve
from pcb.copper.system import System, system

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Field:
    """A solved foil: the voltage of every unknown, V, and what entered at the names, A."""

    system: System
    volts: "Floats"
    amps: Mapping[str, float]
    steps: int

    @property
    def grid(self) -> Grid:
        """The cells."""
        return self.system.grid

    def volt(self, name: str) -> float:
        """Return the voltage of a contact or a point that links know, V."""
        return float(self.volts[self.system.names[name]])

    def link_amps(self) -> dict[tuple[str, str], float]:
        """Return the current of each link from its first end to its second, A."""
        return {
            link.ends: (self.volt(link.ends[0]) - self.volt(link.ends[1])) / link.ohm
            for link in self.system.foil.links
        }

    @property
    def put_in_w(self) -> float:
        """What the currents bring, W: the sum of volts times ampere at the names."""
        return sum(self.volt(name) * amps for name, amps in self.amps.items())

    @property
    def copper_w(self) -> float:
        """What becomes heat in the copper, W."""
        parts = self.system.copper
        return float((parts.siemens * (self.volts[parts.start] - self.volts[parts.end]) ** 2).sum())

    @property
    def links_w(self) -> float:
        """What becomes heat in the links, W."""
        parts = self.system.lumped
        return float((parts.siemens * (self.volts[parts.start] - self.volts[parts.end]) ** 2).sum())

    def map_v(self) -> "Floats":
        """Return the voltage of each cell [layer, up, across]; not a number where is no copper."""
        import numpy as np  # noqa: PLC0415 - slow to import

        node = self.system.node
        return np.where(node >= 0, self.volts[node], np.nan)

    def face_amps(self) -> "tuple[Floats, Floats]":
        """Return the currents of all links: to the next cell across, to the next cell up, A."""
        made, volts = self.system, self.volts
        node = made.node  # links of cells that are none conduct nothing
        across = made.right * (volts[node[:, :, :-1]] - volts[node[:, :, 1:]])
        upwards = made.over * (volts[node[:, :-1]] - volts[node[:, 1:]])
        return across, upwards

    def density(self) -> "Floats":
        """Return the density in each cell [layer, up, across], A/mm; not a number in no copper."""
        import numpy as np  # noqa: PLC0415 - slow to import

        made, cell = self.system, self.grid.cell_mm
        across, upwards = self.face_amps()
        flow = [np.zeros(made.node.shape), np.zeros(made.node.shape)]
        wide = [np.zeros(made.node.shape), np.zeros(made.node.shape)]
        square = np.array(made.foil.square_ohm)[:, None, None]
        for place, (amps, siemens, one, other) in enumerate(
            (
                (across, made.right, np.s_[:, :, :-1], np.s_[:, :, 1:]),
                (upwards, made.over, np.s_[:, :-1], np.s_[:, 1:]),
            )
        ):
            copper = np.minimum(siemens * square, 1.0)  # how much of the face is copper
            for side in (one, other):
                flow[place][side] += amps
                wide[place][side] += copper
        x, y = (a / np.maximum(w, 1e-9) / cell for a, w in zip(flow, wide, strict=True))
        plain = (made.node >= 0) & (made.node < len(made.places))
        return np.where(plain, np.hypot(x, y), np.nan)

    def crossing(self, start: tuple[float, float], end: tuple[float, float]) -> "Floats":
        """Return the current across a line along the grid's axes, A, on each layer.

        Args:
            start: one end of the line, mm.
            end: the other; it has the same x or the same y.
        """
        import numpy as np  # noqa: PLC0415 - slow to import

        grid = self.grid
        across, upwards = self.face_amps()
        flat = start[1] == end[1]
        amps = upwards if flat else np.swapaxes(across, 1, 2)
        low, first = (grid.low_mm, grid.left_mm) if flat else (grid.left_mm, grid.low_mm)
        row = round(((start[1] if flat else start[0]) - low) / grid.cell_mm) - 1
        ends = sorted((start[0], end[0]) if flat else (start[1], end[1]))
        begin, stop = (round((one - first) / grid.cell_mm) for one in ends)
        if not 0 <= row < amps.shape[1]:
            return np.zeros(len(amps))
        return np.abs(amps[:, row, max(begin, 0) : max(stop, 0)].sum(axis=1))


def field(foil: Foil, amps: Mapping[str, float], source: str, cell_mm: float) -> Field:
    """Return the field of a foil on square cells.

    Args:
        foil: the copper.
        amps: what enters at each name, A.
        source: the name at 0 V, where it all leaves.
        cell_mm: side of a cell; 0.25 is good for holes of 1 mm (see `refined`).

    Raises:
        OpenCircuitError: a name with a current is not joined to the source.
    """
    made = system(foil, cell_mm)
    found = solve(made, amps, source)
    return Field(made, found.volts, amps, found.steps)


@dataclass(frozen=True)
class Refined:
    """Fields of one foil, the widest cells first, and how far the last two differ.

    The error of cut cells falls with the square of the cell, or with its 4/3rd power where copper
    has inner corners, so the difference is more than the error of the finer field.
    """

    fields: tuple[Field, ...]
    error_v: float
    error: float

    @property
    def fine(self) -> Field:
        """The field on the smallest cells."""
        return self.fields[-1]

    def quick(self, most: int) -> Field:
        """Return the finest field of no more unknowns than `most`, or the widest there is."""
        small = [one for one in self.fields if one.system.size <= most]
        return (small or self.fields)[-1 if small else 0]


CELLS_MM = (1.0, 0.5, 0.25, 0.125)
GOOD = 0.01  # of the drop; half of what a report may be wrong by


def refined(
    foil: Foil,
    amps: Mapping[str, float],
    source: str,
    base: tuple[str, ...] = (),
    cells_mm: tuple[float, ...] = CELLS_MM,
) -> Refined:
    """Return the field on cells small enough, and its error.

    Args:
        foil: the copper.
        amps: what enters at each name, A; their voltages are what matters.
        source: the name at 0 V.
        base: the contacts where the copper begins; the error counts as a share of the largest
            voltage over the nearest of them.
        cells_mm: to be tried, the widest first.

    Raises:
        OpenCircuitError: a name with a current is not joined to the source.
    """
    fields = [field(foil, amps, source, cells_mm[0])]
    error_v = error = float("inf")
    for cell in cells_mm[1:]:
        wide, fine = fields[-1], field(foil, amps, source, cell)
        fields.append(fine)
        error_v = max(abs(fine.volt(name) - wide.volt(name)) for name in amps)
        start = min((abs(fine.volt(name)) for name in base), default=0.0)
        most = max(abs(fine.volt(name)) for name in amps) - start
        error = error_v / most if most > 0 else 0.0
        if error <= GOOD:
            break
    return Refined(tuple(fields), error_v, error)
