"""What every output has on the sheet, switched or not: its fuse, the LED behind it, its plug.

rail ── F1 ──┬──        ── J1
             R1           │
             D1          GND
            GND
"""

from pcb.model import Circuit
from pcb.rails import Output
from pcb.sheet.sheet import Sheet
from pcb.sheet.symbols import symbols


def draw_fuse(
    sheet: Sheet, circuit: Circuit, output: Output, at: tuple[float, float], branch: float
) -> None:
    """Draw the rail at a point and the fuse, with a wire to the branch, an x on the sheet."""
    x, y = at
    sheet.power(output.rail, x, y)
    sheet.wire((x, y), (x + 3.81, y))
    sheet.put(circuit.part(f"F{output.index}"), x + 10.16, y)
    sheet.wire((x + 16.51, y), (branch, y))


def draw_led(sheet: Sheet, circuit: Circuit, index: int, at: tuple[float, float], net: str) -> None:
    """Draw what hangs at the branch behind a fuse: the name of its net above, the LED below."""
    x, y = at
    sheet.wire((x, y), (x, y - 3.81))
    sheet.label(net, x, y - 3.81)
    sheet.wire((x, y), (x, y + 1.27))
    sheet.join(x, y)
    sheet.put(circuit.part(f"R{index}"), x, y + 5.08)
    sheet.wire((x, y + 8.89), (x, y + 10.16))
    sheet.put(circuit.part(f"D{index}"), x, y + 13.97)
    sheet.wire((x, y + 17.78), (x, y + 19.05))
    sheet.power("GND", x, y + 19.05)


def draw_plug(
    sheet: Sheet, circuit: Circuit, index: int, at: tuple[float, float], returns: float
) -> None:
    """Draw a plug beside a point on its plus wire; its other contacts return at an x."""
    x, y = at
    part = circuit.part(f"J{index}")
    sheet.put(part, x, y + 2.54)
    low = [y + 2.54 + pin.y for pin in symbols()[part.type.symbol].pins if pin.number != "1"]
    sheet.comb(x - 8.89, returns, low)
    sheet.wire((returns, low[-1]), (returns, y + 12.7))
    if len(low) > 1:
        sheet.join(returns, low[-1])
    sheet.power("GND", returns, y + 12.7)
