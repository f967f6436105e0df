"""What a board that measures has more on its sheet: shunts and their lines, and a block of chips.

Q1 ── SNS1 ── R501 ── OUT1 ── J1         in an output's cell, below what drives its switch:
                                         R601 from SNS1 to SP1, R701 from SN1 to OUT1
"""

from pcb.managed.pinmap import sensors
from pcb.managed.sense_wiring import BYPASS, MINUS, PLUS, SHUNT
from pcb.model import Circuit
from pcb.parts import part_type
from pcb.sheet.managed_symbols import block
from pcb.sheet.sheet import Sheet
from pcb.sheet.symbols import LEAD, Symbol, SymbolPin, box, line
from pcb.spec import BoardSpec
from pcb.spec_bus import sensor_count

BLOCK_W, CELL_H, HEAD = 78.74, 53.34, 5.08


def width(spec: BoardSpec) -> float:
    """Return how much wider the sheet is for the block of chips."""
    return BLOCK_W + 2.54 if spec.sensing else 0.0


def height(spec: BoardSpec) -> float:
    """Return how high that block is."""
    return sensor_count(spec.outputs) * CELL_H + HEAD + 5.08 if spec.sensing else 0.0


def draw_shunt(
    sheet: Sheet, circuit: Circuit, index: int, at: tuple[float, float], ends: tuple[float, float]
) -> None:
    """Draw the shunt between two places of an output's wire; `at` is the middle of its symbol."""
    x, y = at
    sheet.put(circuit.part(f"R{SHUNT + index}"), x, y)
    sheet.wire((ends[0], y), (x - 6.35, y))
    sheet.wire((x + 6.35, y), (ends[1], y))
    sheet.join(x + 6.35, y)
    sheet.wire((x + 6.35, y), (x + 6.35, y - 3.81))
    sheet.label(f"OUT{index}", x + 6.35, y - 3.81)


def lines_of(index: int) -> tuple[tuple[str, float], ...]:
    """Return the resistors of an output's two lines, and where they stand in its cell."""
    return (f"R{PLUS + index}", 50.8), (f"R{MINUS + index}", 67.31)


def draw_sensors(sheet: Sheet, circuit: Circuit, at: tuple[float, float]) -> None:
    """Draw the chips with their capacitors."""
    from pcb.sheet.managed import labelled  # noqa: PLC0415 - it draws the cells with what is here

    x, top = at
    for place, one in enumerate(sensors(circuit.spec)):
        y = top + HEAD + 15.24 + place * CELL_H
        labelled(sheet, circuit, one.ref, x + 33.02, y)
        labelled(sheet, circuit, f"C{BYPASS + place + 1}", x + 66.04, y + 15.24)
    title = "SENSORS: volts and current of each output"
    sheet.frame(title, x, top, (BLOCK_W, height(circuit.spec)))


def notes(spec: BoardSpec) -> list[str]:
    """Return what the sheet says of them."""
    where = ", ".join(f"{one.ref} at 0x{one.address:02x}" for one in sensors(spec))
    return [
        f"sensing: {where}. Volts are those at the plug's side of a shunt. Lines SP and SN begin "
        "at the inner edges of its pads."
    ]


def sense_symbols() -> tuple[Symbol, ...]:
    """Return the symbols of chip and shunt."""
    left = ("VS", "", "SDA", "SCL", "A0", "", "WARN", "CRIT", "PV", "TC", "", "VPU", "GND", "EP")
    right = ("IN+1", "IN-1", "", "IN+2", "IN-2", "", "IN+3", "IN-3")
    return block("ina3221", "U", left, right), _shunt()


def _shunt() -> Symbol:
    row = part_type("shunt-5")
    pins = (
        SymbolPin("1", "", -6.35, 0, "left", LEAD),
        SymbolPin("2", "", 6.35, 0, "right", LEAD),
    )
    shapes = (box(-2.54, -1.016, 2.54, 1.016), line((-2.54, 1.016), (-2.54, 2.54)),
              line((2.54, 1.016), (2.54, 2.54)))  # fmt: skip
    return Symbol(
        row.symbol, "R", pins, shapes, (0, -3.302), (0, 4.064),
        description="Shunt, 2512, 1 W, 1 %",
    )  # fmt: skip
