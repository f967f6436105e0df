"""A managed board's switches: where the parts of a column stand, its pours, tracks and vias.

    fuse ────────────────────── FUS pour        left of the switch what drives it; the lines
      R101  [Q1 sources]  |                     EN and 3V3 come up from the channel below
    R201 ─gate─┘          | GND between
    Q101  C1 [Q1 drains]  | columns, with
    R301        OUT pour  | vias
    EN 3V3      |

Offsets are mm from a column's middle and from the upper edge of its switch.
"""

from pcb.board.channel import Channel, channel
from pcb.board.comb import Comb
from pcb.board.footprints import Box, footprints
from pcb.board.layout import Layout, Put, Track, Via

THIN = 0.3  # of signal tracks
SWITCH = (1.6, 4.0)
DRIVER = (-5.15, 6.0)
PARTS = (
    ("Q", 0, "SO-8", SWITCH),
    ("Q", 100, "SOT-23_Upright", DRIVER),
    ("R", 100, "R_0805_Upright", (-2.4, 1.95)),
    ("R", 200, "R_0805", (-5.05, 2.8625)),
    ("R", 300, "R_0805", (-5.05, 10.4)),
    ("C", 0, "C_0805_Upright", (-2.4, 5.5)),
)
ENABLE_X, LOGIC_X = -5.9625, -4.25  # where EN and 3V3 come up
RETURN_X = 6.05  # vias of GND between two columns
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
        _returns(layout, made, round(x + RETURN_X, 3))
    _returns(layout, made, round(made.columns[0].x - 14 + RETURN_X, 3))
    _logic(layout, made, way)


def _gate(layout: Layout, made: Comb, x: float, index: int) -> None:
    top = made.switch_y

    def spot(dx: float, dy: float) -> tuple[float, float]:
        return round(x + dx, 4), round(top + dy, 4)

    gate, trunk = SWITCH[0] - 1.905, 2.8625
    lines = (
        (f"GATE{index}", (spot(-4.1375, trunk), spot(gate, trunk), spot(gate, 1.525))),
        (f"GATE{index}", (spot(-2.4, trunk), spot(-2.4, 4.55))),
        (f"DRV{index}", (spot(-5.9625, trunk), spot(-5.15, 4.1), spot(-5.15, 5.0625))),
    )
    layout.tracks += [Track(net, "F.Cu", points, THIN) for net, points in lines]
    layout.vias.append(Via("GND", *spot(-4.2, 8.45)))
    layout.tracks.append(Track("GND", "F.Cu", (spot(-4.2, 6.9375), spot(-4.2, 8.45)), THIN))


def _enable(layout: Layout, made: Comb, x: float, index: int, row: float) -> None:
    """Join gate, pull-up and via of the line that switches, and bring 3.3 V to the pull-up."""
    top, up = made.switch_y, round(x + ENABLE_X, 4)
    points = (
        (round(x - 6.1, 4), round(top + 6.9375, 4)), (round(x - 6.1, 4), round(top + 8.6, 4)),
        (up, round(top + 8.7375, 4)), (up, row),
    )  # fmt: skip
    layout.tracks.append(Track(f"EN{index}", "F.Cu", points, THIN))
    first = channel(made).first_y
    pull, via = round(x - 4.1375, 4), round(x + LOGIC_X, 4)
    points = ((pull, round(top + 10.4, 4)), (pull, round(first - 0.5, 4)), (via, first))
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
    heights = [made.fuse_y - 5.0 + 2 * place for place in range(7)]
    heights += [made.switch_y + 0.6 + 1.8 * place for place in range(5)]
    layout.vias += [Via("GND", x, round(y, 3)) for y in heights]


def fused_boxes(made: Comb, x: float) -> list[Box]:
    """Return the copper from a fuse to the sources of its switch."""
    top, at = made.switch_y, x + SWITCH[0]
    return [
        (x + FUSED_X[0], made.fuse_y + 3.0, x + FUSED_X[1], top),
        (x - 3.1, top - 1, x - 1.5, top + 1.7),
        (at - 0.95, top - 1, at + 2.4, top + 2.6),
    ]


def out_boxes(made: Comb, x: float) -> list[Box]:
    """Return the copper from the drains of a switch past the channel."""
    top, low = made.switch_y + 5.7, wide_y(made)
    return [
        (x + SPAN_X[0], top, x + FUSED_X[1], made.switch_y + 8.0),
        (x + SPAN_X[0], top, x + SPAN_X[1], low + 0.5),
    ]


def wide_y(made: Comb) -> float:
    """Return where an output's pour may be wide again: below the channel."""
    return round(channel(made).lowest + 1.2, 3)
