"""The upper edge of the board: inlets side by side, each with the columns that it feeds below it.

An inlet's contacts of one rail face the board and lead straight down. Only the 5 V of a 24-pin
inlet is on both rows: a strip leads round the header's end (`ring_mm`), on the left if 5 V is all
that the board gives, else on the right, where no 12 V is.
"""

import functools
from dataclasses import dataclass

from pcb.board.footprints import Footprint, footprints
from pcb.budget.copper import strip_mm
from pcb.managed.sensing import groups
from pcb.parts import part_type
from pcb.rails import Inlet, Output, standing
from pcb.spec import BoardSpec
from pcb.spec_bus import sides

PITCH = 14.0  # two plugs of 11 mm side by side, and fingers between
SIDE = 10.0  # at both ends: holes, and the grip of a holder
GAP = 10.0  # between groups of columns, for a hole
BAY = 8.0  # of a chip that measures, between two columns
CONTROL_W = 30.0  # of a managed board's controller, in the middle of the columns
GROUP = 8  # columns from hole to hole: 122 mm
SPLIT = 6.3  # from the boundary between the 12 V and the 5 V of a 24-pin inlet to its middle
JUMPER_W = 13.0  # the jumper beside an inlet, and its names
RING_GAP = 0.8  # from the last contacts to the strip round them


@dataclass(frozen=True)
class Section:
    """One inlet and its columns. `runs` are rail and outputs, from left to right."""

    plug: Inlet
    footprint: Footprint
    runs: tuple[tuple[str, tuple[Output, ...]], ...]
    widths: tuple[float, ...]  # of the columns of each run
    ring_mm: float

    @property
    def rails(self) -> tuple[str, ...]:
        """The rails it feeds, from left to right."""
        return tuple(rail for rail, _ in self.runs)

    @property
    def outputs(self) -> tuple[Output, ...]:
        """Its outputs, from left to right."""
        return tuple(output for _, run in self.runs for output in run)

    @property
    def ring_side(self) -> int:
        """-1: the strip leads round the left end. 1: round the right end."""
        return 1 if len(self.runs) > 1 else -1

    @property
    def ring_rail(self) -> str:
        """The rail of the strip, if there is one."""
        return self.rails[-1] if self.ring_mm else ""

    @property
    def jumper_side(self) -> int:
        """Where its jumper stands: -1 left, 1 right, where more columns are; 0 if it has none."""
        if "PS_ON#" not in _names(self.plug).values():
            return 0
        return -1 if len(self.runs) > 1 and self.widths[0] > self.widths[1] else 1

    @property
    def lead(self) -> float:
        """How far the inlet reaches to the left of its middle, with strip and jumper."""
        return self._reach(-1) - self.footprint.courtyard[0]

    @property
    def tail(self) -> float:
        """How far the inlet reaches to the right of its middle, with strip and jumper."""
        return self._reach(1) + self.footprint.courtyard[2] + (self.jumper_side != 1)

    def _reach(self, side: int) -> float:
        """Return how wide strip and jumper are at one end of the header."""
        ring = self.ring_mm + RING_GAP if self.ring_mm and self.ring_side == side else 0.0
        return ring + (JUMPER_W if self.jumper_side == side else 0.0)

    @property
    def before(self) -> float:
        """Width to the left of the boundary of its rails, or of its middle."""
        if len(self.runs) > 1:
            return max(self.widths[0], self.lead - SPLIT)
        return max(self.widths[0] / 2, self.lead)

    @property
    def width(self) -> float:
        """Its whole width."""
        if len(self.runs) > 1:
            return self.before + max(self.widths[1], self.tail + SPLIT)
        return self.before + max(self.widths[0] / 2, self.tail)

    @property
    def head_at(self) -> float:
        """From its left end to the middle of the inlet."""
        return self.before + (SPLIT if len(self.runs) > 1 else 0.0)

    @property
    def columns_at(self) -> float:
        """From its left end to the first column's left side."""
        return self.before - self.widths[0] / (1 if len(self.runs) > 1 else 2)

    @property
    def head_y(self) -> float:
        """Middle of the inlet from the upper edge."""
        if self.plug.type.part == "screw-in":
            return 5.6
        return max(11.75, round(self.ring_mm + 6.2, 2))

    def net(self, number: str) -> str:
        """Return the rail, GND or the name of a contact."""
        name = _names(self.plug)[number]
        if name in ("COM", "-"):
            return "GND"
        if name == "+":
            return self.rails[0]
        return {f"+{volts}V": rail for volts, rail in self.plug.rails.items()}.get(name, name)

    def limit_a(self, spec: BoardSpec, rail: str) -> float:
        """Return what the inlet gives on a rail, A."""
        volts = next(volts for volts, name in self.plug.rails.items() if name == rail)
        return self.plug.type.limit_a(volts, spec.contacts)


def sections(spec: BoardSpec) -> list[Section]:
    """Return the inlets from left to right."""
    gaps, count, found = gaps_after(spec), 0, []
    for plug, runs in standing(spec):
        widths: list[float] = []
        for place, (_, run) in enumerate(runs, start=1):
            inner = range(count + 1, count + len(run) + (place < len(runs)))
            widths.append(len(run) * PITCH + sum(gaps.get(i, 0.0) for i in inner))
            count += len(run)
        shape = footprints()[part_type(plug.type.part).footprint]
        found.append(Section(plug, shape, tuple(runs), tuple(widths), _ring_mm(spec, plug, runs)))
    return found


def hole_gaps(outputs: int) -> dict[int, float]:
    """Return the room for holes: after how many columns, and how wide."""
    groups = -(-outputs // GROUP)
    return {outputs * place // groups: GAP for place in range(1, groups)}


def gaps_after(spec: BoardSpec) -> dict[int, float]:
    """Return all room between columns: for holes, and for the controller of a managed board."""
    found = hole_gaps(spec.outputs)
    if spec.level != "managed":
        return found
    middle = sides(spec.outputs)[0]
    found = {after: wide for after, wide in found.items() if abs(after - middle) > 1}
    found[middle] = CONTROL_W + (GAP if spec.outputs > GROUP else 0.0)
    for group in groups(spec):
        found[group.after] = found.get(group.after, 0.0) + BAY
    return found


def bays_at_controller(spec: BoardSpec) -> tuple[int, int]:
    """Return how many bays stand left and right of the controller, beside it."""
    near = [one for one in groups(spec) if one.after == sides(spec.outputs)[0]]
    return sum(not one.beside for one in near), sum(one.beside for one in near)


def _ring_mm(spec: BoardSpec, plug: Inlet, runs: list[tuple[str, tuple[Output, ...]]]) -> float:
    """Return the width of the strip for the contacts of the outer row, in steps of 0.5 mm."""
    if 5 not in plug.rails or plug.type.part != "atx-24":
        return 0.0
    names = _names(plug)
    count = sum(name == "+5V" for name in names.values())
    outer = sum(name == "+5V" and int(number) > 12 for number, name in names.items())
    asked = sum(output.amps for output in runs[-1][1])
    amps = min(asked, plug.type.limit_a(5, spec.contacts)) * outer / count
    return max(3.0, -(-strip_mm(amps, spec.copper_oz) // 0.5) * 0.5)


def _names(plug: Inlet) -> dict[str, str]:
    return _pin_names(plug.type.part)


@functools.cache
def _pin_names(part: str) -> dict[str, str]:
    return dict(part_type(part).pins)
