"""How far the copper leads: where inlets and outputs stand along the board, and how wide it is.

J100           J101          inlets over the columns that they feed
 |              |            throat: down to the bar, on both layers (pcb.board.throats)
================ ==========  one bar for each rail, on the upper layer
F1   F2   F3     F4   F5     fingers
J1   J2   J3     J4   J5     outputs; everything returns through the pour of GND
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pcb.spec import BoardSpec

if TYPE_CHECKING:
    from pcb.board.throats import Throat

FINGER_MM = (6.8, 8.0)  # bar to fuse
OUT_MM = (9.0, 18.0)  # fuse to connector
FUSED_MM = (3.3, 6.0)  # of a managed board: fuse to switch
SWITCHED_MM = (6.0, 30.0)  # and switch to connector
SENSED_MM = (3.8, 4.0)  # of one that measures: switch to shunt
GND_MM = 30.0  # half the height of the board: the other half is cut up by pads


@dataclass(frozen=True)
class Routes:
    """Places along the board, mm, and widths of copper.

    `inlets` are (reference, rail) to the middle of those contacts, `throats` to the copper from
    there to the bar, `columns` output to its middle.
    """

    inlets: dict[tuple[str, str], float]
    throats: "dict[tuple[str, str], tuple[Throat, ...]]"
    columns: dict[int, float]
    bar_mm: float


def routes(spec: BoardSpec) -> Routes:
    """Return where everything stands on the board that is made of this spec."""
    from pcb.board.comb import FUSE_X, comb  # noqa: PLC0415 - the comb asks this package how wide
    from pcb.board.throats import throats  # noqa: PLC0415 - as above

    shape = comb(spec)
    heads = [(head, rail) for head in shape.heads for rail in head.section.rails]
    places = {(head.section.plug.ref, rail): sum(head.throat(rail)) / 2 for head, rail in heads}
    down = {(head.section.plug.ref, rail): throats(shape, head, rail) for head, rail in heads}
    columns = {one.output.index: one.x + FUSE_X for one in shape.columns}
    return Routes(places, down, columns, shape.bar_mm)
