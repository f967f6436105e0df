"""How far the copper leads: where inlets and outputs stand along the board, and how wide it is.

J100           J101          inlets over the columns that they feed
 |              |            throat: down to the bar, on both layers
================ ==========  one bar for each rail, on the upper layer
F1   F2   F3     F4   F5     fingers
J1   J2   J3     J4   J5     outputs; everything returns through the pour of GND
"""

import math
from dataclasses import dataclass

from pcb.budget.copper import strip_mm
from pcb.parts import part_type
from pcb.rails import Inlet, inlets, outputs, rails
from pcb.spec import BoardSpec

PITCH_MM = 14.0  # from output to output
LEAST_BAR_MM = 8.0
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
    """Return where everything stands: outputs in a row, each inlet over the middle of its own."""
    columns = {one.index: (one.index - 0.5) * PITCH_MM for one in outputs(spec)}
    places: dict[tuple[str, str], float] = {}
    widest = 0.0
    for rail in rails(spec):
        fed = [columns[one.index] for one in outputs(spec) if one.rail == rail]
        plugs = [plug for plug in inlets(spec) if rail in plug.rails.values()]
        left, right = fed[0] - PITCH_MM / 2, fed[-1] + PITCH_MM / 2
        for place, plug in enumerate(plugs):
            places[plug.ref, rail] = left + (place + 0.5) / len(plugs) * (right - left)
        widest = max(widest, _most_a(spec, rail, places, columns))
    bar = max(LEAST_BAR_MM, math.ceil(strip_mm(widest, spec.copper_oz) * 2) / 2)
    return Routes(places, columns, bar)


def throat_mm(plug: Inlet, volts: int) -> float:
    """Return the width of the copper that leads down from a rail's contacts, mm."""
    pins = part_type(plug.type.part).pins
    count = sum(name in (f"+{volts}V", "+") for _, name in pins)
    return CONTACT_MM * count - MARGIN_MM


def _most_a(
    spec: BoardSpec,
    rail: str,
    places: dict[tuple[str, str], float],
    columns: dict[int, float],
) -> float:
    """Return the largest current along a bar, A; what the contacts cannot give is not counted."""
    takers = [(columns[one.index], one.amps) for one in outputs(spec) if one.rail == rail]
    feeds = [
        (places[plug.ref, rail], plug.type.limit_a(volts, spec.contacts))
        for plug in inlets(spec)
        for volts, net in plug.rails.items()
        if net == rail
    ]
    asked, given = sum(a for _, a in takers), sum(a for _, a in feeds)
    total = min(asked, given)
    steps = [(x, -a * total / asked) for x, a in takers] + [
        (x, a * total / given) for x, a in feeds
    ]
    flow = most = 0.0
    for _, amps in sorted(steps):
        flow += amps
        most = max(most, abs(flow))
    return most
