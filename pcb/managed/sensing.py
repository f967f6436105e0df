"""Which outputs a managed board measures, by which chip and shunt: plain data, from the spec alone.

    Q1 ── SNS1 ──┬── R501 shunt ──┬── OUT1 ── J1     one shunt for each output, behind its switch
                R601             R701
                 └── SP1   SN1 ──┘                   two lines of their own: Kelvin taps
                        INA3221, three outputs each

Outputs of one side of the controller share chips, for no line crosses it: up to six, so two chips a
side. A chip stands right of the first of its columns; that one comes from the left, the others from
the right.
"""

from dataclasses import dataclass
from itertools import pairwise

from pcb.parts import part_type
from pcb.rails import Output, standing
from pcb.spec import BoardSpec
from pcb.spec_bus import CHANNELS as SENSED
from pcb.spec_bus import sides

SHUNTS_MOHM = (10.0, 5.0, 3.0)  # rows `shunt-10` and so on
DROP_V = 0.025  # of a shunt at the most that its output draws: 0.5 % of 5 V
HEAT_SHARE = 0.5  # of a shunt's watts, with all that its fuse lets through: the board is warm
FULL_SCALE_V = 0.1638  # of an INA3221 (SBOS576)

LEFT, NEAR, FAR = "left", "near", "far"  # of the chip; right of it the next column, and its next
CHANNELS = {NEAR: 1, FAR: 2, LEFT: 3}  # whose contacts are on that side of the chip


@dataclass(frozen=True)
class Place:
    """An output at a chip: where its column stands, and the channel that reads it."""

    output: int
    where: str

    @property
    def channel(self) -> int:
        """1 to 3."""
        return CHANNELS[self.where]


@dataclass(frozen=True)
class Group:
    """A chip and its outputs. `after`: how many columns of the board stand left of it.

    `beside`: it stands right of the controller, which is left of it.
    """

    number: int
    after: int
    places: tuple[Place, ...]
    beside: bool = False

    @property
    def ref(self) -> str:
        """U21 and so on."""
        return f"U{20 + self.number}"


def groups(spec: BoardSpec) -> tuple[Group, ...]:
    """Return the chips from left to right; none on a board that measures nothing."""
    if not spec.sensing:
        return ()
    row = [one.index for _, runs in standing(spec) for _, run in runs for one in run]
    left = sides(spec.outputs)[0]
    found: list[Group] = []
    for first, stand in ((0, row[:left]), (left, row[left:])):
        count = -(-len(stand) // SENSED)
        ends = [len(stand) * place // count for place in range(count + 1)]
        for start, end in pairwise(ends):
            mine, alone = stand[start:end], end - start == 1 and first > 0
            spots = (NEAR,) if alone else (LEFT, NEAR, FAR)
            places = tuple(Place(one, spot) for one, spot in zip(mine, spots, strict=False))
            after = first + start + (0 if alone else 1)
            found.append(Group(len(found) + 1, after, places, alone))
    return tuple(found)


def shunt_mohm(output: Output) -> float:
    """Return the largest shunt that costs an output little enough volts and stays cool, mOhm."""
    fit = [
        mohm
        for mohm in SHUNTS_MOHM
        if output.amps * mohm / 1000 <= DROP_V + 1e-9
        and output.fuse_a**2 * mohm / 1000 <= HEAT_SHARE * (part_type(shunt_id(mohm)).rated_w or 0)
        and output.fuse_a * mohm / 1000 <= FULL_SCALE_V
    ]
    return max(fit)


def shunt_id(mohm: float) -> str:
    """Return the row of the tables that a shunt is."""
    return f"shunt-{mohm:g}"
