"""What the copper of a board does, as plain data: mV, A, mm, W. `poor` copper unless it is said.

A board is judged by volts at the plugs and by ampere in necks and vias. What a neck carries is by
IPC-2221, outer layers, 20 K warmer than the board (`pcb.budget.copper`); it is not IPC-2152.
"""

from typing import Any

from catalog.base import Fact
from pcb.budget.copper import strip_mm
from pcb.copper.cuts import FUSE_CUTS

KICAD = "filled by KiCad"
DUST = 1e-3  # of a current: no overload


class OutputRow(Fact):
    """An output: what the board costs it, and the volts at the plug of its node.

    `rail_mv`, `out_mv` and `ground_mv` are from the inlet's nearest contact to the fuse, from the
    fuse to the connector, and from the connector to the inlet. `board_mv` is their sum, `named_mv`
    the same on copper as thick as named and at 20 °C. `typical_v` is through good parts at the
    usual currents, `full_v` through poor parts at full currents, and `worst_v` is that from a
    supply as low as it may be; all with the cable of the spec.
    """

    output: int
    rail: str
    amps: float
    rail_mv: float
    out_mv: float
    ground_mv: float
    board_mv: float
    named_mv: float
    typical_v: float
    full_v: float
    worst_v: float
    least_v: float


class NeckRow(Fact):
    """A cut across one layer: what passes, the copper there, and what that carries.

    `x_mm` and `y_mm` are the middle of the cut.
    """

    place: str
    net: str
    layer: str
    amps: float
    copper_mm: float
    amps_per_mm: float
    carries_a: float
    x_mm: float
    y_mm: float

    @property
    def use(self) -> float:
        """What passes as a share of what the copper carries."""
        return self.amps / self.carries_a if self.carries_a else float("inf")

    @property
    def holds(self) -> bool:
        """Whether the copper carries what passes."""
        return self.amps <= self.carries_a * (1 + DUST)

    def __str__(self) -> str:
        return (
            f"{self.place}: {self.amps:.3g} A of {self.net} pass {self.copper_mm:.3g} mm of copper "
            f"on {self.layer}, which carry {self.carries_a:.3g} A"
        )


class ViaRow(Fact):
    """The via of a net that carries most."""

    net: str
    x_mm: float
    y_mm: float
    amps: float
    carries_a: float

    @property
    def holds(self) -> bool:
        """Whether its wall carries what passes."""
        return self.amps <= self.carries_a * (1 + DUST)

    def __str__(self) -> str:
        return (
            f"the via of {self.net} at {self.x_mm:g}, {self.y_mm:g} passes {self.amps:.3g} A and "
            f"carries {self.carries_a:.3g}"
        )


class NetRow(Fact):
    """How a net was solved: cells, the error of its largest drop, heat, and where flow is densest.

    `energy_gap` is how far power in and heat out differ, as a share; `densest_a_mm` is at x, y.
    """

    net: str
    cell_mm: float
    error_mv: float
    error: float
    copper_w: float
    energy_gap: float
    densest_a_mm: float
    x_mm: float
    y_mm: float


class CornerRow(Fact):
    """What the copper may be like, and what it then costs: the largest drop and all heat."""

    corner: str
    thick: float
    wall_mm: float
    over_20_k: float
    drop_mv: float
    heat_w: float


class CopperReport(Fact):
    """The copper of a board, solved.

    `pours` says who filled them, KiCad or, where it did not, our own outlines.
    `shares` are the rails whose outputs ask for more than their contacts give, and what of it the
    contacts give: the copper is solved for that. `refused` are the outputs that the budget alone
    finds to get too few volts; they are said there.
    """

    pours: str
    outputs: tuple[OutputRow, ...]
    necks: tuple[NeckRow, ...]
    vias: tuple[ViaRow, ...]
    nets: tuple[NetRow, ...]
    corners: tuple[CornerRow, ...]
    shares: dict[str, float]
    refused: tuple[int, ...]

    @property
    def worst_output(self) -> OutputRow:
        """The output that the board costs most."""
        return max(self.outputs, key=lambda row: (row.board_mv, -row.output))

    @property
    def worst_neck(self) -> NeckRow:
        """The cut that is nearest to what it carries."""
        return max(self.necks, key=lambda row: row.use)

    @property
    def worst_via(self) -> ViaRow | None:
        """The via that carries most."""
        return max(self.vias, key=lambda row: row.amps, default=None)

    @property
    def error(self) -> float:
        """The largest error of any net's drop, as a share of that drop."""
        return max(row.error for row in self.nets)

    @property
    def heat_w(self) -> float:
        """Heat in all copper, W."""
        return round(sum(row.copper_w for row in self.nets), 4)

    @property
    def problems(self) -> tuple[str, ...]:
        """What is overloaded, and which nodes get too few volts most of the time."""
        over = (*(row for row in self.necks if not row.holds), *self._hot_vias)
        starved = (
            f"output {row.output} has {row.typical_v:g} V at its node's plug, and needs "
            f"{row.least_v:g}"
            for row in self.outputs
            if row.typical_v < row.least_v and row.output not in self.refused
        )
        return (*map(str, over), *starved)

    @property
    def _hot_vias(self) -> tuple[ViaRow, ...]:
        return tuple(row for row in self.vias if not row.holds)

    def told(self) -> str:
        """Return the worst of all in one line."""
        out, neck, via = self.worst_output, self.worst_neck, self.worst_via
        parts = [
            f"copper loses {out.board_mv:.1f} mV at output {out.output} "
            f"(±{self.error * 100:.1f} %), {self.heat_w:.2g} W in all",
            f"worst neck {neck.place}: {neck.amps:.3g} A in {neck.copper_mm:.3g} mm, "
            f"{neck.amps_per_mm:.2g} A/mm",
        ]
        parts += [] if via is None else [f"worst via {via.amps:.2g} A"]
        parts += [] if self.pours == KICAD else [self.pours]
        return "; ".join(parts)

    def neck_mm(self, oz: float) -> dict[str, float]:
        """Return for each net of rail or output how wide copper must be that leads to one output.

        That is for the least current that passes above or below a fuse, on both layers together,
        where an output draws all that it asks for.
        """
        passing: dict[tuple[str, str], float] = {}
        for row in self.necks:
            if row.place.startswith(FUSE_CUTS):
                key = row.net, row.place
                passing[key] = passing.get(key, 0.0) + row.amps
        rails = {f"OUT{row.output}": row.rail for row in self.outputs}
        least: dict[str, float] = {}
        for (net, _), amps in passing.items():
            whole = amps / self.shares.get(rails.get(net, net), 1.0)
            least[net] = min(least.get(net, whole), whole)
        return {net: strip_mm(amps, oz) for net, amps in sorted(least.items())}

    @property
    def short(self) -> dict[str, Any]:
        """The same without its longest list, for records that are kept."""
        worst = {"worst_neck": self.worst_neck, "worst_via": self.worst_via}
        told = {key: None if row is None else row.model_dump() for key, row in worst.items()}
        sums = {"heat_w": self.heat_w, "error": self.error, "drop_mv": self.worst_output.board_mv}
        return {**self.model_dump(mode="json", exclude={"necks", "vias"}), **told, **sums}
