"""Where everything goes on the schematic sheet.

    +-----------+--------------------------------+
    | input     | output 1   output 4   output 7 |
    |  24-pin   | output 2   output 5            |
    +-----------+ output 3   output 6            |
    | control   |--------------------------------+
    +-----------+
    | notes: budget, polarity | KiCad's title    |
    +-------------------------+------------------+

Arithmetic only. Outputs fill the width first, then rows, then the next paper.
"""

import re
import textwrap

from pcb.budget import Budget
from pcb.budget.words import feeds
from pcb.model import STARTERS, Circuit, probe_nets
from pcb.parts import OutputKind
from pcb.rails import RAILS, Output, inlets, outputs
from pcb.sheet import managed, sense
from pcb.sheet.output import draw_fuse, draw_led, draw_plug
from pcb.sheet.sheet import Note, Sheet, on_grid
from pcb.sheet.symbols import RETURNS, symbols

MARGIN = 12.7
TOP = 15.24
HEAD = 5.08  # under the upper edge of a frame, where its name stands
CELL_W, CELL_H = 66.04, 33.02
OUTPUTS_X = 76.2
TITLE_BLOCK_W = 120.0  # KiCad's default frame, from the right edge of the paper
LETTER_W, LINE_H = 1.2, 2.1  # a generous mean letter of KiCad's font at 1.27 mm, and a line
PAPERS = {"A4": (297.0, 210.0, 3, 12), "A3": (420.0, 297.0, 4, 24)}  # w, h, columns, outputs


def draw(circuit: Circuit, budget: Budget) -> Sheet:
    """Return the sheet of a circuit, on the smallest paper that holds it."""
    spec = circuit.spec
    if spec.level == "managed":
        return _draw_managed(circuit, budget)
    fitting = (name for name, (_, _, _, most) in PAPERS.items() if spec.outputs <= most)
    sheet = Sheet("A3" if spec.extra_inputs else next(fitting))
    _draw_control(sheet, circuit, _draw_inputs(sheet, circuit) + 2.54)
    _draw_outputs(sheet, circuit)
    _draw_notes(sheet, budget, circuit)
    return sheet


def _draw_managed(circuit: Circuit, budget: Budget) -> Sheet:
    """Return the sheet of a managed board: a column more, and larger cells."""
    paper, rows = managed.paper(circuit.spec)
    sheet = Sheet(paper)
    _draw_control(sheet, circuit, _draw_inputs(sheet, circuit) + 2.54)
    managed.draw_controller(sheet, circuit, (OUTPUTS_X, TOP))
    x = OUTPUTS_X + managed.CONTROLLER_W + 2.54
    if circuit.spec.sensing:
        sense.draw_sensors(sheet, circuit, (x, TOP))
    x = on_grid(x + sense.width(circuit.spec), 0)[0]
    managed.draw_switched(sheet, circuit, (x, TOP), rows)
    _draw_notes(sheet, budget, circuit)
    return sheet


def _draw_inputs(sheet: Sheet, circuit: Circuit) -> float:
    """Draw every inlet, one under the other, and return where their frame ends."""
    y, flagged = TOP + 17.78, set[str]()
    for plug in inlets(circuit.spec):
        y = _draw_inlet(sheet, circuit, plug.ref, y, flagged) + 8.89
    bottom = on_grid(0, y - 8.89 + 1.27)[1]
    sheet.frame("INPUT", MARGIN, TOP, (OUTPUTS_X - 2 * 2.54 - MARGIN, round(bottom - TOP, 2)))
    return bottom


def _draw_inlet(sheet: Sheet, circuit: Circuit, ref: str, y: float, flagged: set[str]) -> float:
    """Draw one inlet with its first pin at height y, and return where the drawing ends.

    A net gets one power flag only, at the first inlet that feeds it.
    """
    x, part = 38.1, circuit.part(ref)
    sheet.put(part, x, y)
    pins = symbols()[part.type.symbol].pins
    feeding = [rail for rail in RAILS if any(circuit.net_of(ref, p.number) == rail for p in pins)]
    for pin in pins:
        spot = (x + pin.x, y + pin.y)
        net = circuit.net_of(ref, pin.number)
        if net.startswith("unconnected-"):
            sheet.no_connects.append(on_grid(*spot))
        elif net not in (*feeding, "GND"):
            sheet.wire(spot, (spot[0] + 2.54, spot[1]))
            sheet.label(net, spot[0] + 2.54, spot[1])
    for rail in feeding:
        fed = [y + pin.y for pin in pins if circuit.net_of(ref, pin.number) == rail]
        _draw_feed(sheet, rail, (x + 13.97, x + 19.05), fed, flag=rail not in flagged)
    returns = [y + pin.y for pin in pins if pin.name in RETURNS]
    column = x - 19.05
    sheet.comb(x - 13.97, column, returns)
    end = returns[-1] + 5.08
    sheet.wire((column, returns[-1]), (column, end))
    sheet.power("GND", column, end)
    if len(returns) > 1:
        sheet.join(column, returns[-1])
    if "GND" not in flagged:
        sheet.wire((column, returns[0]), (column, returns[0] - 5.08))
        sheet.power("PWR_FLAG", column, returns[0] - 5.08)
        sheet.join(column, returns[0])
    flagged.update(feeding, ("GND",))
    return max(end + 5.08, y + max(pin.y for pin in pins) + 6.35)


def _draw_feed(
    sheet: Sheet, rail: str, xs: tuple[float, float], fed: list[float], *, flag: bool
) -> None:
    """Join the pins that feed a rail and name it; xs are where pins end and the upright stands."""
    pin_x, column = xs
    sheet.comb(pin_x, column, fed)
    sheet.power(rail, column, fed[0])
    if flag:
        sheet.wire((column, fed[0]), (column + 8.89, fed[0]))
        sheet.power("PWR_FLAG", column + 8.89, fed[0])
    if flag and len(fed) > 1:
        sheet.join(column, fed[0])


def _draw_control(sheet: Sheet, circuit: Circuit, top: float) -> None:
    """Draw what starts the supply, if the inlet has a contact for that, and test points."""
    y = top + HEAD + 7.62
    started = "PS_ON" in circuit.nets
    if started:
        sheet.label("PS_ON", 27.94, y, "left")
        sheet.wire((27.94, y), (35.56, y))
        starter = circuit.part(STARTERS[circuit.spec.ps_on])
        sheet.put(starter, 40.64, y)
        sheet.wire((45.72, y), (53.34, y), (53.34, y + 2.54))
        sheet.power("GND", 53.34, y + 2.54)
        text = "fitted: supply on, removed: standby"
        if starter.ref == "SW1":
            sheet.no_connects.append(on_grid(45.72, y - 2.54))
            text = "2 joined to 3: supply on, 2 to 1: standby"
    else:
        text = "no switch here: this plug cannot start a supply"
    sheet.notes.append(Note(text, MARGIN + 2.54, y + (3.81 if started else -1.27), 1.0))
    nets = probe_nets(circuit.spec)
    for number, net in enumerate(nets, start=1):
        row = y + 7.62 + number * 5.08
        sheet.label(net, 27.94, row, "left")
        sheet.wire((27.94, row), (35.56, row))
        sheet.put(circuit.part(f"TP{number}"), 38.1, row)
    height = HEAD + 20.32 + len(nets) * 5.08
    title = "CONTROL AND TEST POINTS" if nets else "CONTROL"
    sheet.frame(title, MARGIN, round(top, 2), (OUTPUTS_X - 2 * 2.54 - MARGIN, height))


def _draw_outputs(sheet: Sheet, circuit: Circuit) -> None:
    count = circuit.spec.outputs
    rows = -(-count // PAPERS[sheet.paper][2])
    columns = -(-count // rows)
    for output in outputs(circuit.spec):
        column, row = divmod(output.index - 1, rows)
        spot = (OUTPUTS_X + column * CELL_W, TOP + HEAD + 7.62 + row * CELL_H)
        _draw_output(sheet, circuit, output, spot)
    volts = "12 and 5" if circuit.spec.outputs_5v else circuit.spec.volts
    title = f"OUTPUTS: {volts} V, fused, a lit LED means power"
    sheet.frame(title, OUTPUTS_X, TOP, (columns * CELL_W + 2.54, rows * CELL_H + HEAD))


def _draw_output(sheet: Sheet, circuit: Circuit, output: Output, at: tuple[float, float]) -> None:
    """Draw rail, fuse, label, LED branch and connector; `at` is the left end of its wire."""
    x, y = at
    index = output.index
    branch, plug, returns = x + 27.94, x + 53.34, x + 41.91
    draw_fuse(sheet, circuit, output, (x + 5.08, y), branch)
    sheet.wire((branch, y), (plug - 8.89, y))
    draw_led(sheet, circuit, index, (branch, y), f"OUT{index}")
    draw_plug(sheet, circuit, index, (plug, y), returns)


def _draw_notes(sheet: Sheet, budget: Budget, circuit: Circuit) -> None:
    """Write the notes under the lowest block, left of KiCad's title block."""
    papers = {**managed.PAPERS, **{name: row[:2] for name, row in PAPERS.items()}}
    wide = min(papers[sheet.paper][0] - TITLE_BLOCK_W - 2 * MARGIN, 165.1)
    top = round(max(frame.y2 for frame in sheet.frames) + 2.54, 2)
    y = top + HEAD + 1.5
    for text in notes(budget, circuit):
        lines = _wrapped(text, int((wide - 3) / LETTER_W))
        bold = text in budget.problems
        sheet.notes.append(Note("\n".join(lines), MARGIN + 1.5, round(y, 2), bold=bold))
        y += len(lines) * LINE_H + 0.6
    sheet.frame("NOTES", MARGIN, top, (wide, round(y - top + 1.0, 2)))


def _wrapped(text: str, letters: int) -> list[str]:
    """Break a text into lines, never between a number and its unit."""
    bound = re.sub(r"(?<=\d) (?=(A|V|W|mm)\b)", "\N{NO-BREAK SPACE}", text)
    return [line.replace("\N{NO-BREAK SPACE}", " ") for line in textwrap.wrap(bound, letters)]


def notes(budget: Budget, circuit: Circuit) -> list[str]:
    """Return what the sheet says in words: budget, overloads, fuses, polarity, control."""
    spec, drawn = circuit.spec, outputs(circuit.spec)
    groups = dict.fromkeys((one.volts, one.amps, one.fuse_a) for one in drawn)
    each = " and ".join(
        f"{sum(one.volts == volts for one in drawn)} x {amps:g} A at {volts} V"
        for volts, amps, _ in groups
    )
    typical, worst = budget.typical, budget.worst
    said = [
        f"budget: {each} = {worst.amps_a:g} A ({worst.watts_w:g} W) at most, {typical.amps_a:g} A "
        f"({typical.watts_w:g} W) most of the time; fuses let {budget.fuses_a:g} A through. "
        f"At the plugs {worst.lowest_v:.2f} V or more, {typical.lowest_v:.2f} V most of the time."
    ]
    for row in budget.rails:
        said.append(f"{row.rail}: {_outputs(row.first, row.last)}, from {feeds(spec, row.rail)}.")
    said += budget.verdict
    sizes = " and ".join(f"{fuse:g} A at {volts} V" for volts, _, fuse in groups)
    said.append(
        f"fuses: mini blade, {sizes}. Never fit a larger one: the connector behind it is not made "
        "for more."
    )
    kinds: list[OutputKind] = [one.connector for one in drawn]
    said += dict.fromkeys(_POLARITY[kind] for kind in kinds)
    said += [f"beware: {text}." for text in budget.warnings]
    if spec.input == "atx-24" and spec.volts == 5:
        said.append("old plugs: a 20-pin plug feeds four of the five 5 V contacts only.")
    if "PS_ON" in circuit.nets:
        standby = next((n for n in ("5VSB", "12VSB") if n in circuit.nets), "Standby")
        said.append(
            "control: PS_ON joined to GND starts the supply. "
            f"{standby} is live as long as mains is."
        )
    if spec.level == "managed":
        said += managed.notes(spec)
    return said


def _outputs(first: int, last: int) -> str:
    return f"output {first}" if first == last else f"outputs {first} to {last}"


_POLARITY: dict[OutputKind, str] = {
    "barrel-5.5x2.1": "polarity: centre pin +, sleeve and shell GND. Plugs: 5.5 mm outside, 2.1 mm "
    "inside.",
    "screw": "polarity: terminal 1 is +, terminal 2 is GND.",
    "jst-vh": "polarity: contact 1 (square pad) is +, contact 2 is GND. Plugs: JST VHR-2N.",
    "mini-fit": "polarity: contact 1, the inner one, is +, contact 2 is GND. Plugs: Mini-Fit Jr., "
    "two contacts.",
    "wire": "polarity: hole 1 (square pad) is +, hole 2 is GND. Wires go up through the relief "
    "holes.",
}
