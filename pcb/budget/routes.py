"""How far the copper leads: where inlets and outputs stand along the board, and how wide it is.

J100           J101          inlets over the columns that they feed
 |              |            throat: down to the bar, on both layers
================ ==========  one bar for each rail, on the upper layer
F1   F2   F3     F4   F5     fingers
J1   J2   J3     J4   J5     outputs; everything returns through the pour of GND
"""

from dataclasses import dataclass

from pcb.parts import part_type
from pcb.rails import Inlet
from pcb.spec import BoardSpec

CONTACT_MM, MARGIN_MM = 4.2, 0.9  # pitch of contacts; what a throat of n of them lacks of n pitches
THROAT_LONG_MM = 8.0  # from the contacts to the bar, on each of two layers
FINGER_MM = (6.8, 8.0)  # bar to fuse
OUT_MM = (9.0, 18.0)  # fuse to connector
GND_MM = 30.0  # half the height of the board: the other half is cut up by pads


@dataclass(frozen=True)
class Routes:
    """Places along the board, mm, and widths of copper.

    `inlets` are (reference, rail) to the middle of those contacts, `columns` output to its middle.
    """

    inlets: dict[tuple[str, str], float]
    columns: dict[int, float]
    bar_mm: float


def routes(spec: BoardSpec) -> Routes:
    """Return where everything stands on the board that is made of this spec."""
    from pcb.board.comb import FUSE_X, comb  # noqa: PLC0415 - the comb asks this package how wide

    shape = comb(spec)
    places = {
        (head.section.plug.ref, rail): sum(head.throat(rail)) / 2
        for head in shape.heads
        for rail in head.section.rails
    }
    columns = {one.output.index: one.x + FUSE_X for one in shape.columns}
    return Routes(places, columns, shape.bar_mm)


def throat_mm(plug: Inlet, volts: int) -> float:
    """Return the width of the copper that leads down from a rail's contacts, mm."""
    pins = part_type(plug.type.part).pins
    count = sum(name in (f"+{volts}V", "+") for _, name in pins)
    return CONTACT_MM * count - MARGIN_MM
