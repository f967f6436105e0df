"""What is printed on the board: all that a person with nothing but the board in hand needs."""

import math
import textwrap
from itertools import pairwise

from pcb.board.comb import HOLE, Comb
from pcb.board.control_silk import print_control
from pcb.board.footprints import M3_FREE_MM, Point
from pcb.board.layout import Layout, Line, SilkLayer, Text
from pcb.board.sense import print_sense
from pcb.model import Circuit
from pcb.parts import input_type
from pcb.rails import Output
from pcb.spec import BoardSpec

LETTER = 0.95  # width of a letter of KiCad's font for each mm of its height, a generous mean
TITLE_MAX = 1.8
CARE = "Rackpress: supply off before you plug or change a fuse"


def print_on(layout: Layout, made: Comb, circuit: Circuit) -> None:
    """Add all print."""
    _title(layout, made, circuit)
    _legend(layout, made)
    for column in made.columns:
        _label(layout, made, column.x, column.output)
    if made.managed:
        print_control(layout, made)
    if made.spec.sensing:
        print_sense(layout, made)
    refs = {put.ref: put for put in layout.parts}
    if "JP1" in refs:
        x, y = refs["JP1"].x, refs["JP1"].y
        layout.texts.append(Text("PS_ON", x, round(y - 2.4, 2)))
        layout.texts.append(Text("closed = on", x, round(y + 4.0, 2)))
        if "Q100" in refs:
            layout.texts.append(Text("open = host", x, round(y + 5.7, 2)))
    if "SW1" in refs:
        x, y = refs["SW1"].x, refs["SW1"].y
        layout.texts.append(Text("PS_ON", x, round(y - 3.4, 2)))
        off = "HOST" if "Q100" in refs else "OFF"
        layout.texts.append(Text(off, round(x - 3.0, 2), round(y + 3.3, 2)))
        layout.texts.append(Text("ON", round(x + 3.0, 2), round(y + 3.3, 2)))


def fitted(text: str, width: float, largest: float) -> float:
    """Return the letter height at which a text fits a width, 1.0 mm at least, mm."""
    return max(1.0, min(largest, int(width / (len(text) * LETTER) * 10) / 10))


def title(spec: BoardSpec) -> str:
    """Return the board's name and revision."""
    return f"{spec.title} rev {spec.revision}"


def _title(layout: Layout, made: Comb, circuit: Circuit) -> None:
    spec = circuit.spec
    text = title(spec)
    layers: tuple[SilkLayer, ...] = ("F.SilkS", "B.SilkS")
    for layer in layers[spec.input == "screw" :]:  # wires leave there: the legend begins with it
        left, right = _free(layout, 2.6, len(text) * LETTER * TITLE_MAX)
        size, x = fitted(text, right - left, TITLE_MAX), round((left + right) / 2, 2)
        layout.texts.append(Text(text, x, 2.6, size, layer, bold=True))
    middle, y = round(layout.size[0] / 2, 2), round(made.bar_y + made.bar_mm - 1.4, 2)
    layout.texts.append(Text(CARE, middle, y, 1.0, "B.SilkS"))


def _free(layout: Layout, y: float, wanted: float) -> tuple[float, float]:
    """Return where at a height a title is free of holes: in the middle if it fits there."""
    wide, reach = layout.size[0], M3_FREE_MM / 2 + TITLE_MAX / 2
    holes = [put.x for put in layout.parts if put.footprint.board_only and abs(put.y - y) < reach]
    ends = sorted([HOLE, *holes, wide - HOLE])
    rooms = [(a + M3_FREE_MM / 2, b - M3_FREE_MM / 2) for a, b in pairwise(ends) if b - a > HOLE]
    for left, right in rooms:
        half = min(wide / 2 - left, right - wide / 2)
        if half >= wanted / 2:
            return wide / 2 - half, wide / 2 + half
    return max(rooms, key=lambda room: room[1] - room[0])


def legend(made: Comb) -> list[str]:
    """Return what the board says of its inlets."""
    from pcb.budget.assess import assess  # noqa: PLC0415 - the budget asks the board how wide

    spec = made.spec
    loads = assess(spec)
    said = textwrap.wrap(title(spec), 24) if spec.input == "screw" else []
    for head in sorted(made.heads, key=lambda one: one.section.plug.ref):
        plug = head.section.plug
        said.append(f"{plug.ref}: {_INLETS[plug.type.id]}")
        for volts, rail in plug.rails.items():
            limit = plug.type.limit_a(volts, spec.contacts)
            if head.outer(rail):  # contacts that do not share evenly
                limit = loads.limit_a(rail, ref=plug.ref, kinds=("contact",))
            said.append(f"{rail} {math.floor(limit * 10 + 1e-6) / 10:g} A max")
        if plug.type.id == "atx-24" and spec.volts == 12:
            old = input_type("atx-20").limit_a(12, spec.contacts)
            said.append(f"20-pin plug: {old:g} A")
    return said


_INLETS = {
    "atx-24": "ATX 24-pin",
    "atx-20": "ATX 20-pin plug",
    "eps-8": "EPS 8-pin",
    "p4": "P4 4-pin",
    "pcie-6": "PCIe 6-pin",
    "pcie-8": "PCIe 8-pin",
    "atx12vo": "ATX12VO 10-pin",
    "screw": "screw terminal",
}


def _legend(layout: Layout, made: Comb) -> None:
    y = 10.0 if not made.legend_low else made.bar_y + made.bar_mm + 4.0
    for line, text in enumerate(legend(made)):
        place = round(y + line * 1.7, 2)
        layout.texts.append(Text(text, 4.0, place, align="left"))


def _label(layout: Layout, made: Comb, x: float, output: Output) -> None:
    """Print number, volts, ampere and polarity of an output."""
    top = made.label_y
    size, left, low = (2.4 if output.index < 10 else 1.9), -4.9, 1.9
    if made.managed:  # between the vias of its line and of 3.3 V
        size, left, low = (2.0 if output.index < 10 else 1.3), -4.4, 2.6
    layout.texts += [
        Text(str(output.index), round(x + left, 2), round(top + low, 2), size, bold=True),
        Text(f"{output.volts} V", round(x - 2.5, 2), round(top + 1.1, 2), align="left"),
        Text(f"max {output.amps:g} A", round(x - 2.5, 2), round(top + 2.8, 2), align="left"),
        Text(str(output.index), round(x, 2), round(top + 1.9, 2), 2.4, "B.SilkS", bold=True),
        Text(f"{output.volts} V", round(x, 2), round(top + 5.0, 2), 1.2, "B.SilkS"),
    ]
    if output.connector.startswith("barrel"):
        layout.lines += centre_plus((x, top + 5.3))
        layout.texts.append(Text("centre +", x, round(top + 7.5, 2)))
        return
    plug = layout.part(f"J{output.index}")
    plus, minus = plug.pad("1"), plug.pad("2")
    if abs(plus[1] - minus[1]) > 1:  # one behind the other
        layout.lines += sign((x + 4.8, plus[1]), plus=True) + sign((x + 4.8, minus[1]), plus=False)
        layout.texts.append(Text("+ inside", x, round(top + 5.4, 2)))
        layout.texts.append(Text("GND at edge", x, round(top + 7.2, 2)))
        return
    away = max(plus[0] - x, 2.6, x - plus[0])
    layout.lines += sign((x - away, top + 5.3), plus=True)
    layout.lines += sign((x + away, top + 5.3), plus=False)
    layout.texts.append(Text(f"+{output.volts} V", round(x - away - 0.2, 2), round(top + 7.5, 2)))
    layout.texts.append(Text("GND", round(x + away + 0.2, 2), round(top + 7.5, 2)))


def sign(at: Point, *, plus: bool) -> list[Line]:
    """Return a plus or a minus in a circle."""
    x, y = round(at[0], 3), round(at[1], 3)
    made = [Line(((x, y),), circle=1.0), Line(((x - 0.5, y), (x + 0.5, y)))]
    return [*made, Line(((x, y - 0.5), (x, y + 0.5)))] if plus else made


def centre_plus(at: Point) -> list[Line]:
    """Return the sign of a jack whose centre is plus (IEC 60417-5926)."""
    x, y = round(at[0], 3), round(at[1], 3)
    return [
        *sign((x - 4.6, y), plus=False),
        *sign((x + 4.6, y), plus=True),
        Line(((x - 3.6, y), (x - 1.2, y))),
        Line(((x, y),), circle=1.2),
        Line(((x, y),), circle=0.4, filled=True),
        Line(((x, y), (x + 3.6, y))),
    ]
