"""Where the parts of a managed board go on the sheet: a block for the controller, larger cells.

rail ── F1 ──┬── Q1 ── OUT1 ── J1        below it what drives Q1; named nets join the two, the
             R1                          expanders, their supply and the bus
             D1
"""

from pcb.managed.pinmap import HEADER, QWIIC, pin_map
from pcb.managed.wiring import PROBES, PTC, REGULATOR, switched_net
from pcb.model import Circuit
from pcb.rails import Output, outputs
from pcb.sheet import sense
from pcb.sheet.driver import draw_driver
from pcb.sheet.output import draw_fuse, draw_led, draw_plug
from pcb.sheet.sheet import Sheet, on_grid
from pcb.sheet.symbols import symbols
from pcb.spec import BoardSpec

CELL_W, CELL_H = 106.68, 78.74
DRIVER_Y = 30.48  # of what drives a switch, below the wire of the current
CONTROLLER_W = 106.68
HEAD = 5.08
PAPERS = {"A3": (420.0, 297.0), "A2": (594.0, 420.0), "A1": (841.0, 594.0)}
LEFT, NOTES_H, EDGE = 76.2, 76.2, 12.7  # the inlet's column, room for notes, KiCad's frame
CONTROLLER_H = (180.0, 240.0)  # with one expander and with two


def paper(spec: BoardSpec) -> tuple[str, int]:
    """Return the smallest paper that holds a board, and how many rows of outputs are on it."""
    count, plugs = spec.outputs, 1 + len(spec.extra_inputs)
    for name, (wide, high) in PAPERS.items():
        room = wide - LEFT - CONTROLLER_W - sense.width(spec) - 2.54 - EDGE - 5
        columns = int(room // CELL_W)
        if columns < 1:
            continue
        rows = -(-count // columns)
        tallest = max(
            rows * CELL_H, CONTROLLER_H[count > 16], 80.0 * plugs + 60, sense.height(spec)
        )
        if tallest + NOTES_H + 2 * EDGE + HEAD <= high:
            return name, rows
    return "A1", -(-count // 6)


def labelled(sheet: Sheet, circuit: Circuit, ref: str, x: float, y: float) -> None:
    """Place a part, and name the net at each of its pins."""
    part = circuit.part(ref)
    sheet.put(part, x, y)
    for pin in symbols()[part.type.symbol].pins:
        net, spot = circuit.net_of(ref, pin.number), (x + pin.x, y + pin.y)
        if net.startswith("unconnected-"):
            sheet.no_connects.append(on_grid(*spot))
            continue
        way = {"left": (-2.54, 0), "right": (2.54, 0), "up": (0, -1.27), "down": (0, 1.27)}[
            pin.side
        ]
        end = (spot[0] + way[0], spot[1] + way[1])
        sheet.wire(spot, end)
        named = pin.side in ("up", "right") and circuit.spec.sensing  # a sign would cover names
        if net == "GND" and pin.side != "left" and not named:
            sheet.power("GND", *end)
        else:
            sheet.label(net, *end, "left" if pin.side == "left" else "right")


def draw_switched(sheet: Sheet, circuit: Circuit, at: tuple[float, float], rows: int) -> None:
    """Draw all outputs with their switches, in columns of so many rows."""
    x, top = at
    drawn = outputs(circuit.spec)
    columns = -(-len(drawn) // rows)
    for output in drawn:
        column, row = divmod(output.index - 1, rows)
        spot = (x + column * CELL_W, top + HEAD + 10.16 + row * CELL_H)
        _draw_output(sheet, circuit, output, spot)
    title = "OUTPUTS: fused, switched on the plus side; a lit LED means a whole fuse"
    sheet.frame(title, x, top, (columns * CELL_W + 2.54, rows * CELL_H + HEAD))


def _draw_output(sheet: Sheet, circuit: Circuit, output: Output, at: tuple[float, float]) -> None:
    """Draw the way of the current, and below it what drives the switch."""
    x, y = at
    index = output.index
    branch, switch, plug, returns = x + 25.4, x + 48.26, x + 91.44, x + 80.01
    draw_fuse(sheet, circuit, output, (x + 3.81, y), branch)
    draw_led(sheet, circuit, index, (branch, y), f"FUS{index}")
    if circuit.spec.sensing:
        _draw_switch(sheet, circuit, index, (switch, y), (branch, x + 63.5))
        sense.draw_shunt(sheet, circuit, index, (x + 72.39, y), (x + 63.5, plug - 8.89))
        for ref, place in sense.lines_of(index):
            labelled(sheet, circuit, ref, x + place, y + 58.42)
    else:
        _draw_switch(sheet, circuit, index, (switch, y), (branch, plug - 8.89))
    draw_plug(sheet, circuit, index, (plug, y), returns)
    draw_driver(sheet, circuit, index, (x, y + DRIVER_Y))


def _draw_switch(
    sheet: Sheet, circuit: Circuit, index: int, at: tuple[float, float], ends: tuple[float, float]
) -> None:
    """Draw the P-FET between the fused net and the output; ends are the x of both."""
    x, y = at
    sheet.put(circuit.part(f"Q{index}"), x, y)
    left, right = x - 12.7, x + 12.7
    sheet.comb(x - 8.89, left, [y, y + 2.54, y + 5.08])
    sheet.wire((ends[0], y), (left, y))
    sheet.join(left, y)
    sheet.comb(x + 8.89, right, [y, y + 2.54, y + 5.08, y + 7.62])
    sheet.wire((right, y), (ends[1], y))
    sheet.join(right, y)
    sheet.wire((right, y), (right, y - 3.81))
    sheet.label(switched_net(circuit.spec, index), right, y - 3.81)
    sheet.wire((x, y + 13.97), (x, y + 16.51))
    sheet.label(f"GATE{index}", x, y + 16.51)


def draw_controller(sheet: Sheet, circuit: Circuit, at: tuple[float, float]) -> None:
    """Draw expanders, their supply, the bus and its plugs."""
    x, top = at
    told = pin_map(circuit.spec)
    y = top + HEAD + 12.7
    labelled(sheet, circuit, PTC, x + 20.32, y)
    labelled(sheet, circuit, REGULATOR, x + 66.04, y)
    y += 22.86
    small = ["C101", "C102", *(f"C{103 + n}" for n in range(len(told.expanders))), "R405", "D100"]
    for place, ref in enumerate(small):
        labelled(sheet, circuit, ref, x + 8.89 + 16.51 * place, y)
    y += 22.86
    for place, ref in enumerate(("R401", "R402", "R403", "R404")):
        labelled(sheet, circuit, ref, x + 8.89 + 16.51 * place, y)
    y += 22.86
    if told.ps_on is not None:
        labelled(sheet, circuit, "Q100", x + 93.98, y + 5.08)
        labelled(sheet, circuit, "R300", x + 90.17, y + 27.94)
    for one in told.expanders:
        labelled(sheet, circuit, one.ref, x + 45.72, y)
        y += 45.72 if one.bits > 8 else 35.56
        y += 7.62
    labelled(sheet, circuit, HEADER, x + 33.02, y)
    labelled(sheet, circuit, QWIIC, x + 78.74, y)
    y += 24.13
    labelled(sheet, circuit, "JP2", x + 27.94, y)
    y += 2.54
    if circuit.spec.test_points:
        for place in range(len(PROBES)):
            labelled(sheet, circuit, f"TP{101 + place}", x + 68.58, y - 5.08 + 5.08 * place)
    size = (CONTROLLER_W, round(on_grid(0, y + 17.78)[1] - top, 2))
    sheet.frame("CONTROLLER: 3.3 V, alive as long as standby is", x, top, size)


def notes(spec: BoardSpec) -> list[str]:
    """Return what the sheet says of switches and bus."""
    told = pin_map(spec)
    where = " and ".join(f"{one.ref} at 0x{one.address:02x}" for one in told.expanders)
    said = [
        f"switches: an output is on unless its expander pin drives low. {where}, 3.3 V bus.",
        "bus: fit JP2 only where the host does not feed 3.3 V. RESET acts with TCA9538 or TCA9539 "
        "(other addresses); with TCA9534 and TCA9535 leave it open.",
    ]
    if told.ps_on is not None:
        said.append("supply: with JP1 taken off the host starts and stops it; it runs until told.")
    return [*said, *sense.notes(spec)] if spec.sensing else said
