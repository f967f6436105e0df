"""Pours, thin tracks and vias of a comb. Each width is meant: nothing is what happened to be left.

GND fills both layers. Rails lie on the upper one: bar, fingers to the fuses, throats to the
contacts. A throat is doubled below, so that the whole current need not squeeze out of two pads on
one layer.
"""

import math

from pcb.board.comb import EDGE, VIA_ROWS, VIA_STEP, Comb, Head, stitched_mm, stitches
from pcb.board.control import pour_control
from pcb.board.footprints import Box, Point, ring
from pcb.board.layout import Layout, Pour, Put, Track, Via
from pcb.board.sense import onward_boxes, pour_sense, sensed_boxes
from pcb.board.switches import fused_boxes, out_boxes, pour_switches, wide_y
from pcb.board.throats import BELOW, finger_mm, lane_mm, ring_low
from pcb.model import SIGNALS, STARTERS, Circuit

GROUND, RAIL, OUTPUT = 0, 10, 20  # ranks: where two overlap the higher wins


def pour(layout: Layout, made: Comb, circuit: Circuit) -> None:
    """Add all copper."""
    wide, high = layout.size
    whole = ring((EDGE, EDGE, wide - EDGE, high - EDGE))[:-1]
    layout.pours += [Pour("GND", "F.Cu", whole, GROUND, "GND top")]
    layout.pours += [Pour("GND", "B.Cu", whole, GROUND, "GND bottom")]
    for bar in made.bars:
        boxes = [(bar.left, made.bar_y, bar.right, made.bar_y + made.bar_mm)]
        boxes += _fingers(made, bar.rail)
        for head in made.heads:
            if bar.rail in head.section.rails:
                boxes += _throat(layout, made, head, bar.rail)
        layout.pours.append(Pour(bar.rail, "F.Cu", joined(boxes), RAIL, f"{bar.rail} bar"))
    for column in made.columns:
        _column(layout, made, column.x, column.output.index)
    _signals(layout, made, circuit)
    if made.managed:
        pour_switches(layout, made)
        pour_control(layout, made, circuit)
    if made.spec.sensing:
        pour_sense(layout, made)
    _stitch(layout)


def joined(boxes: list[Box]) -> tuple[Point, ...]:
    """Return the outline of boxes that hang together.

    Raises:
        ValueError: they do not, or enclose a hole.
    """
    from shapely import box, unary_union  # noqa: PLC0415 - slow to import
    from shapely.geometry import Polygon  # noqa: PLC0415 - as above

    whole = unary_union([box(*one) for one in boxes]).simplify(0)
    if not isinstance(whole, Polygon) or whole.interiors:
        raise ValueError("a pour is in pieces, or has a hole")
    points = [(round(x, 4), round(y, 4)) for x, y in whole.exterior.coords[:-1]]
    start = points.index(min(points))
    return tuple(points[start:] + points[:start])


def _fingers(made: Comb, rail: str) -> list[Box]:
    """Return the copper from the bar to the upper pads of each fuse."""
    top, low = made.bar_y + made.bar_mm - 1, round(made.fuse_y - 4.96 + 1.9, 3)
    return [
        (round(column.x - 6.4, 3), top, round(column.x + 0.4, 3), low)
        for column in made.columns
        if column.output.rail == rail
    ]


def _throat(layout: Layout, made: Comb, head: Head, rail: str) -> list[Box]:
    """Return the copper between an inlet's contacts and the bar; doubles it below if it can."""
    pins, row = head.pins(rail), head.y + head.pins(rail)[0].y
    half, wide = finger_mm(pins[0]) / 2, lane_mm(made, head, rail)
    left, right = head.x + pins[0].x - half, head.x + pins[-1].x + half
    top, below = row - pins[0].size[1] / 2, row + pins[0].size[1] / 2 + BELOW
    middle = (left + right) / 2
    lane = (middle - wide / 2, below, middle + wide / 2, made.bar_y + 1)
    if head.parted(rail):
        ends = [(head.x + pad.x - half, head.x + pad.x + half) for pad in pins]
        boxes = rounded([lane, *((a, top, b, below + 0.1) for a, b in ends)])
    else:
        boxes = rounded([(left, top, right, below + 0.1), lane])
        _double(layout, made, boxes, rail, head)
    return boxes + _ring(made, head, rail)


def rounded(boxes: list[Box]) -> list[Box]:
    """Return boxes in whole micrometres."""
    return [(round(a, 3), round(b, 3), round(c, 3), round(d, 3)) for a, b, c, d in boxes]


def _double(layout: Layout, made: Comb, boxes: list[Box], rail: str, head: Head) -> None:
    """Repeat a throat on the lower layer, and join both by vias below it, under the bar.

    Half the current goes through them: one for each ampere of it, and two to spare.
    """
    across = stitches(made.spec, head, rail) // VIA_ROWS
    left, _, right, _ = boxes[-1]
    middle, half = (left + right) / 2, max(right - left, stitched_mm(made.spec, head, rail)) / 2
    foot = (
        round(middle - half, 3), made.bar_y + 0.2,
        round(middle + half, 3), round(made.bar_y + VIA_ROWS * VIA_STEP + 1.6, 3),
    )  # fmt: skip
    outline = joined([*boxes, foot])
    name = f"{rail} throat {head.section.plug.ref}"
    layout.pours.append(Pour(rail, "B.Cu", outline, RAIL, name))
    for number in range(across * VIA_ROWS):
        row, place = divmod(number, across)
        x = middle + (place - (across - 1) / 2) * VIA_STEP
        y = made.bar_y + 1.6 + row * VIA_STEP
        layout.vias.append(Via(rail, round(x, 3), round(y, 3)))


def _ring(made: Comb, head: Head, rail: str) -> list[Box]:
    """Return the strip from the rail's contacts in the outer row round the header's end."""
    outer = head.outer(rail)
    if not outer:
        return []
    half = outer[0].size[0] / 2
    xs = [head.x + pad.x for pad in outer]
    near, far = head.ring()
    low = ring_low(head)
    high = low - abs(far - near)
    strip = (min(near, far), high, max(near, far), made.bar_y + made.bar_mm)
    across = (
        (min(near, far), high, max(xs) + half, low)
        if head.section.ring_side < 0
        else (min(xs) - half, high, max(near, far), low)
    )
    drop = (min(xs) - half, high, max(xs) + half, head.y + outer[0].y + outer[0].size[1] / 2)
    return rounded([strip, across, drop])


def _column(layout: Layout, made: Comb, x: float, index: int) -> None:
    """Add the output's copper: fuse, resistor, plus of the connector."""
    plug = layout.part(f"J{index}").footprint
    plus, minus = plug.spot("1"), plug.spot("2")
    size = next(pad.size for pad in plug.pads if pad.number == "1")
    top = wide_y(made) if made.managed else made.fuse_y + 3.0
    y = made.height + plus[1]
    low = y + size[1] / 2 + 0.5
    if abs(plus[1] - minus[1]) > 1:  # one behind the other
        boxes = [(x - 6.2, top, x + 4.8, low)]
    else:
        boxes = [(x - 6.2, top, x + 4.8, y - size[1] / 2 - 1.2)]
        boxes.append((x - 6.2, top, x - 0.4, low))
    if made.managed:
        if made.spec.sensing:
            boxes += onward_boxes(made, x, wide_y(made) + 0.5)
            before = joined(rounded(sensed_boxes(made, x)))
            layout.pours.append(Pour(f"SNS{index}", "F.Cu", before, OUTPUT, f"SNS{index}"))
        else:
            boxes += out_boxes(made, x)
        fused = joined(rounded(fused_boxes(made, x)))
        layout.pours.append(Pour(f"FUS{index}", "F.Cu", fused, OUTPUT, f"FUS{index}"))
    outline = joined(rounded(boxes))
    layout.pours.append(Pour(f"OUT{index}", "F.Cu", outline, OUTPUT, f"OUT{index}"))
    resistor, led = layout.part(f"R{index}"), layout.part(f"D{index}")
    ends = resistor.pad("2"), led.pad("2")
    layout.tracks.append(Track(f"Net-(D{index}-A)", "F.Cu", ends, 0.8))


def _signals(layout: Layout, made: Comb, circuit: Circuit) -> None:
    """Join PS_ON to its jumper or switch, and standby and PWR_OK to their test points."""
    main = next(head for head in made.heads if head.section.plug.ref == "J100")
    inlet = layout.part("J100")
    net = {main.section.net(pad.number): pad.number for pad in main.footprint.pads}
    refs = {put.ref: put for put in layout.parts}
    starter = next((part for part in circuit.parts if part.ref in STARTERS.values()), None)
    if starter:
        x, y = inlet.pad(net["PS_ON#"])
        pin = next(pad for pad, name in starter.type.pins if name == "PS_ON#")
        end_x, end_y = refs[starter.ref].pad(pin)
        high = round(head_top(inlet) - 0.2, 3)
        way = math.copysign(1.0, end_x - x)
        points = ((x, y), (x, high + 1), (x + way, high), (end_x - way, high), (end_x, high + 1))
        layout.tracks.append(Track("PS_ON", "B.Cu", (*points, (end_x, end_y))))
    for part in circuit.parts:
        if (
            part.ref in refs
            and part.type_id == "test-point"
            and part.value in net
            and part.value in SIGNALS
        ):
            x, y = inlet.pad(net[part.value])
            probe = refs[part.ref]
            shift = probe.x - x
            bend = round(probe.y - 0.6 - abs(shift), 3)
            points = ((x, y), (x, bend), (probe.x, round(bend + abs(shift), 3)), (probe.x, probe.y))
            layout.tracks.append(Track(part.value, "F.Cu", tuple(dict.fromkeys(points))))


def head_top(inlet: Put) -> float:
    """Return the height of the lane for PS_ON over an inlet's outer contacts."""
    return round(inlet.y - 2.75 - 3.2, 3)


def _stitch(layout: Layout) -> None:
    """Join the two GND pours along both ends of the board."""
    wide, high = layout.size
    step = (high - 24.0) / 4
    for x in (2.4, wide - 2.4):
        layout.vias += [Via("GND", round(x, 3), round(12.0 + i * step, 3)) for i in range(5)]
