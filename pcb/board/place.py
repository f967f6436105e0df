"""Puts every part of a circuit in its place on the comb, and joins copper and print to it."""

import math

from pcb.board.comb import FUSE_X, HOLE, SMALL_X, Comb, Head, comb, outlet
from pcb.board.control import put_control
from pcb.board.footprints import footprints
from pcb.board.layout import Layout, Put
from pcb.board.pours import pour
from pcb.board.sections import JUMPER_W
from pcb.board.sense import put_sense
from pcb.board.silk import print_on
from pcb.board.switches import put_switches
from pcb.model import STARTERS, Circuit, Part

SIGNAL_SHIFT = 2.1  # so that the names of two neighbours do not touch


def lay_out(circuit: Circuit) -> Layout:
    """Return everything on the board: parts, copper, print."""
    made = comb(circuit.spec)
    layout = Layout((made.width, made.height))
    starter = next((part for part in circuit.parts if part.ref in STARTERS.values()), None)
    for head in made.heads:
        _head(layout, head, starter)
    _probes(layout, made, circuit)
    _columns(layout, made)
    if made.managed:
        put_switches(layout, made)
        put_control(layout, made, circuit)
    if circuit.spec.sensing:
        put_sense(layout, made)
    _holes(layout, made)
    pour(layout, made, circuit)
    print_on(layout, made, circuit)
    return layout


def _head(layout: Layout, head: Head, starter: Part | None) -> None:
    """Put an inlet in its place, and what starts the supply beside it."""
    section, shape = head.section, head.footprint
    left = shape.body[0]
    name = (round(head.x + left - 1.2, 2), head.y, 90)
    layout.parts.append(Put(section.plug.ref, shape, head.x, head.y, name))
    side = section.jumper_side
    if not side or starter is None:
        return
    reach = (section.tail if side > 0 else section.lead) - JUMPER_W / 2 + 0.5
    x, y = round(head.x + side * reach, 2), round(head.y - 2.75, 2)
    low = 2.4 if starter.type_id == "ps-on-jumper" else 5.0
    shape = footprints()[starter.footprint]
    layout.parts.append(Put(starter.ref, shape, x, y, (x, round(y + low, 2), 0)))


def _probes(layout: Layout, made: Comb, circuit: Circuit) -> None:
    """Put each test point under a contact that carries its net."""
    shape = footprints()["Rackpress:Test_Point"]
    y = round(made.lane_y + 1.6, 2)
    for part in circuit.parts:
        if part.type_id != "test-point" or int(part.ref[2:]) > 100:
            continue
        x = _probe_x(made, part.value)
        layout.parts.append(Put(part.ref, shape, x, y, None, (x, round(y + 2.0, 2), 0)))


def _probe_x(made: Comb, net: str) -> float:
    """Return where a net is probed: a rail in the middle of its contacts, others under one."""
    for head in made.heads:
        if net in head.section.rails:
            return round(sum(head.throat(net)) / 2, 2)
    main = next(head for head in made.heads if head.section.plug.ref == "J100")
    if net == "GND":
        pins = main.pins("GND")
        return round(main.x + (pins[-1].x if pins else main.footprint.body[0] - 4.0), 2)
    pin = main.pins(net)[0].x
    if net == "PWR_OK":
        standby = next(pads[0].x for name in ("5VSB", "12VSB") if (pads := main.pins(name)))
        return round(main.x + pin + math.copysign(SIGNAL_SHIFT, pin - standby), 2)
    return round(main.x + pin, 2)


def _columns(layout: Layout, made: Comb) -> None:
    every = footprints()
    fuse, led = every["Rackpress:Fuse_Mini_Blade_Keystone_3568"], every["Rackpress:LED_3mm"]
    for column in made.columns:
        index, x = column.output.index, column.x
        above = round(made.fuse_y - 9.1, 2)
        fuse_x, small_x = round(x + FUSE_X, 2), round(x + SMALL_X, 2)
        layout.parts += [
            Put(f"J{index}", outlet(made.spec, column.output), x, made.height),
            Put(
                f"F{index}", fuse, fuse_x, made.fuse_y,
                (round(fuse_x - 1.6, 2), above, 0), (round(fuse_x + 1.9, 2), above, 0),
            ),
            Put(f"D{index}", led, small_x, made.led_y, (small_x, round(made.led_y - 3.1, 2), 0)),
            Put(
                f"R{index}", every["Rackpress:Resistor_0207"], small_x, made.resistor_y,
                (round(small_x + 2.3, 2), round(made.resistor_y + 2.4, 2), 90),
                (round(small_x + 2.3, 2), round(made.resistor_y - 1.4, 2), 90),
            ),
        ]  # fmt: skip


def _holes(layout: Layout, made: Comb) -> None:
    """Put holes at the corners and in the gaps; not where an inlet stands."""
    shape = footprints()["Rackpress:Hole_M3"]
    spots = [(x, made.height - HOLE) for x in made.hole_x]
    for x in made.hole_x:
        clear = all(
            abs(x - put.x) > 4.0 + max(-put.footprint.courtyard[0], put.footprint.courtyard[2])
            for put in layout.parts
            if put.y < made.lane_y
        )
        if clear:
            spots.append((x, HOLE))
    for number, (x, y) in enumerate(spots, start=1):
        layout.parts.append(Put(f"H{number}", shape, x, y))
