"""A managed board's switches: where the parts of a column stand, its pours, tracks and vias.

    fuse ────────────────────────── FUS pour       left of the switch what drives it; the lines
    R101   Q201  | [Q1 sources]     |              EN and 3V3 come up from the channel below
      BASE ─┴─ GATE ─┘              | GND between
    R201   D201  |                  | columns, with
    Q101     C1  | [Q1 drains]      | vias
    R301            OUT pour        |
    EN 3V3          |

Offsets are mm from a column's middle and from the upper edge of its switch.
"""

from pcb.board.channel import Channel, channel
from pcb.board.comb import Comb
from pcb.board.footprints import Box, footprints
from pcb.board.layout import Layout, Put, Track, Via
from pcb.board.sections import PITCH

THIN = 0.3  # of signal tracks
SWITCH = (1.6, 4.0)
BASE_X, PULL_X = -5.5, -2.8  # of R101 and R201 above Q101, and of Q201 above D201
PULL_Y, DIODES_Y, SLEW_Y, DRIVER_Y, ENABLE_Y = 2.0, 5.93, 8.85, 9.8, 14.0
SLEW_X = -2.0
SOT_X, SOT_Y = (
    0.95,
    0.9375,
)  # contacts of an upright SOT-23, from its middle: 3 above, 1 and 2 below
DRAIN_LOW = 10.2  # from there on an output's pour has the drivers beside it no more
PARTS = (
    ("Q", 0, "SO-8", SWITCH),
    ("Q", 200, "SOT-23_Upright", (PULL_X, PULL_Y)),
    ("D", 200, "SOT-23_Upright", (PULL_X, DIODES_Y)),
    ("R", 100, "R_0805_Upright", (BASE_X, 1.95)),
    ("R", 200, "R_0805_Upright", (BASE_X, 5.4)),
    ("Q", 100, "SOT-23_Upright", (BASE_X, DRIVER_Y)),
    ("R", 300, "R_0805_Turned", (-5.05, ENABLE_Y)),
    ("C", 0, "C_0805", (SLEW_X, SLEW_Y)),
)
ENABLE_X, LOGIC_X = -5.9625, -4.25  # where EN and 3V3 come up
RETURN_X, BESIDE_X = 6.05, 6.8  # vias of GND between two columns; beside names
SPAN_X = (-3.1, 2.9)  # of an output's pour where it passes the channel
FUSED_X = (-6.2, 4.8)


def put_switches(layout: Layout, made: Comb) -> None:
    """Put the parts of all switches."""
    every = footprints()
    for column in made.columns:
        for letter, base, shape, (dx, dy) in PARTS:
            x, y = round(column.x + dx, 4), round(made.switch_y + dy, 4)
            ref = f"{letter}{base + column.output.index}"
            name = (x, y, 0) if shape == "SO-8" else None
            layout.parts.append(Put(ref, every[f"Rackpress:{shape}"], x, y, name))


def pour_switches(layout: Layout, made: Comb) -> None:
    """Add the copper of all switches, and the lines to them."""
    way = channel(made)
    rows = {row.output: row for row in way.rows}
    for column in made.columns:
        index, x = column.output.index, column.x
        _gate(layout, made, x, index)
        row = rows[index]
        _enable(layout, made, x, index, row.y)
        ends = (way.x + row.via_x, row.y), (round(x + ENABLE_X, 4), row.y)
        layout.tracks.append(Track(f"EN{index}", "B.Cu", ends, THIN))
        layout.vias.append(Via(f"EN{index}", *ends[1]))
        _returns(layout, made, x)
    _returns(layout, made, made.columns[0].x - PITCH)
    _logic(layout, made, way)


def _gate(layout: Layout, made: Comb, x: float, index: int) -> None:
    top = made.switch_y

    def spot(dx: float, dy: float) -> tuple[float, float]:
        return round(x + dx, 4), round(top + dy, 4)

    gate, slew = SWITCH[0] - 1.905, SLEW_X - 0.95
    far, near = PULL_X - SOT_X, PULL_X + SOT_X
    foot, mid = PULL_Y + SOT_Y, DIODES_Y + SOT_Y
    base = (spot(far, foot), spot(far, 4.0), spot(PULL_X, 4.6), spot(PULL_X, DIODES_Y - SOT_Y))
    lines = (
        (f"BASE{index}", (spot(BASE_X, 2.8625), spot(far, 2.8625))),
        (f"BASE{index}", (spot(BASE_X, 2.8625), spot(BASE_X, 4.4875))),
        (f"BASE{index}", base),
        (f"GATE{index}", (spot(near, foot), spot(gate, foot), spot(gate, 1.525))),
        (f"GATE{index}", (spot(near, foot), spot(near, mid))),
        (f"GATE{index}", (spot(far, mid), spot(near, mid))),
        (f"GATE{index}", (spot(slew, mid), spot(slew, SLEW_Y))),
        (f"DRV{index}", (spot(BASE_X, 6.3125), spot(BASE_X, DRIVER_Y - SOT_Y))),
    )
    layout.tracks += [Track(net, "F.Cu", points, THIN) for net, points in lines]
    source, low = BASE_X + SOT_X, DRIVER_Y + SOT_Y
    layout.vias.append(Via("GND", *spot(source, low + 1.5)))
    layout.tracks.append(Track("GND", "F.Cu", (spot(source, low), spot(source, low + 1.5)), THIN))


def _enable(layout: Layout, made: Comb, x: float, index: int, row: float) -> None:
    """Join gate, pull-up and via of the line that switches, and bring 3.3 V to the pull-up."""
    top, up, gate = made.switch_y, round(x + ENABLE_X, 4), round(x + BASE_X - SOT_X, 4)
    pull_y = round(top + ENABLE_Y, 4)
    points = (
        (gate, round(top + DRIVER_Y + SOT_Y, 4)), (gate, round(pull_y - 1.8, 4)),
        (up, round(pull_y - 1.3125, 4)), (up, row),
    )  # fmt: skip
    layout.tracks.append(Track(f"EN{index}", "F.Cu", points, THIN))
    first = channel(made).first_y
    pull, via = round(x - 4.1375, 4), round(x + LOGIC_X, 4)
    points = ((pull, pull_y), (pull, round(first - 0.5, 4)), (via, first))
    layout.tracks.append(Track("3V3", "F.Cu", points, THIN))
    layout.vias.append(Via("3V3", via, first))


def _logic(layout: Layout, made: Comb, way: Channel) -> None:
    """Run 3.3 V along the first row, from both sides of the controller to the last columns."""
    for end, side in ((made.columns[0], -1), (made.columns[-1], 1)):
        start = round(way.x + side * 12.5, 4), way.first_y
        layout.vias.append(Via("3V3", *start))
        points = (start, (round(end.x + LOGIC_X, 4), way.first_y))
        layout.tracks.append(Track("3V3", "B.Cu", points, THIN))


def _returns(layout: Layout, made: Comb, x: float) -> None:
    """Join both layers of GND between two columns, above the channel that parts the lower one."""
    spots = [(BESIDE_X, made.fuse_y - 5.0 + 2 * place) for place in range(7)]
    spots += [(RETURN_X, made.switch_y + 0.6 + 1.8 * place) for place in range(7)]
    layout.vias += [Via("GND", round(x + dx, 3), round(y, 3)) for dx, y in spots]


def fused_boxes(made: Comb, x: float) -> list[Box]:
    """Return the copper from a fuse to the sources of its switch."""
    top, at = made.switch_y, x + SWITCH[0]
    return [
        (x + FUSED_X[0], made.fuse_y + 3.0, x + FUSED_X[1], top),
        (x + FUSED_X[0], top - 1, x + PULL_X + 0.6, top + 1.55),
        (at - 0.95, top - 1, at + 2.4, top + 2.6),
    ]


def out_boxes(made: Comb, x: float) -> list[Box]:
    """Return the copper from the drains of a switch past the channel."""
    low = wide_y(made)
    return [
        *drain_boxes(made, x),
        (x + SPAN_X[0], made.switch_y + DRAIN_LOW, x + SPAN_X[1], low + 0.5),
    ]


def drain_boxes(made: Comb, x: float) -> list[Box]:
    """Return the copper at the drains of a switch, right of what drives it."""
    top, left, low = made.switch_y, x + SLEW_X + 0.35, made.switch_y + DRAIN_LOW + 0.2
    return [
        (x - 0.95, top + 5.7, x + FUSED_X[1], top + 8.1),
        (left, top + 8.0, x + SPAN_X[1], low),
    ]


def wide_y(made: Comb) -> float:
    """Return where an output's pour may be wide again: below the channel."""
    return round(channel(made).lowest + 1.2, 3)
