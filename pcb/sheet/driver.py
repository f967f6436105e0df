"""What drives an output's switch, drawn as the circuit it is.

FUS ──┬─────────────────┐
     R101               │
      ├───────┬──── B Q201 C          EN ──┬── G Q101 D ── R201 (below R101)
     R201   D201        E                 R301   S
      │       └─────────┴── C1, GATE      3V3   GND
     DRV
"""

from pcb.managed.wiring import (
    GATE_DOWN,
    GATE_OFF,
    GATE_SERIES,
    GATE_UP,
    NODE_DRIVER,
    PULL_UP,
    switched_net,
)
from pcb.model import Circuit
from pcb.sheet.sheet import Sheet

ENABLE_X, BASE_X, DIODE_X, PULL_X, SLEW_X = 12.7, 30.48, 45.72, 64.77, 83.82
NAME_X = 49.53  # of the base's net


def draw_driver(sheet: Sheet, circuit: Circuit, index: int, at: tuple[float, float]) -> None:
    """Draw it; `at` is the left end of a cell, at the height of the fused wire."""
    x, fused = at
    base, gate, low = fused + 7.62, fused + 17.78, fused + 24.13
    pull, slew, drive, diode, named = (
        x + place for place in (PULL_X, SLEW_X, BASE_X, DIODE_X, NAME_X)
    )
    sheet.label(f"FUS{index}", x + 22.86, fused, "left")
    sheet.wire((x + 22.86, fused), (drive, fused), (pull, fused), (pull, base - 6.35))
    sheet.join(drive, fused)
    sheet.put(circuit.part(f"R{GATE_OFF + index}"), drive, base - 3.81)
    sheet.put(circuit.part(f"R{GATE_SERIES + index}"), drive, base + 3.81)
    sheet.wire((drive, base), (diode, base), (named, base), (pull - 6.35, base))
    for place in (drive, diode, named):
        sheet.join(place, base)
    sheet.wire((named, base), (named, base - 2.54))
    sheet.label(f"BASE{index}", named, base - 2.54)
    sheet.put(circuit.part(f"D{GATE_DOWN + index}"), diode, base + 5.08)
    sheet.put(circuit.part(f"Q{GATE_UP + index}"), pull, base)
    sheet.wire((pull, base + 6.35), (pull, gate))
    left, right = diode - 2.54, diode + 2.54
    sheet.wire((left, gate), (right, gate), (pull, gate), (slew, gate), (x + 91.44, gate))
    for place in (right, pull, slew):
        sheet.join(place, gate)
    sheet.label(f"GATE{index}", x + 91.44, gate)
    sheet.put(circuit.part(f"C{index}"), slew, gate + 3.81)
    sheet.wire((slew, gate + 7.62), (slew, gate + 8.89))
    sheet.label(switched_net(circuit.spec, index), slew, gate + 8.89)
    _draw_enable(sheet, circuit, index, (x, low))


def _draw_enable(sheet: Sheet, circuit: Circuit, index: int, at: tuple[float, float]) -> None:
    """Draw the transistor at the expander's pin and its pull-up, below R201."""
    x, y = at
    drive, enable = x + BASE_X, x + ENABLE_X
    sheet.put(circuit.part(f"Q{NODE_DRIVER + index}"), drive, y)
    sheet.wire((drive, y - 8.89), (drive, y - 7.62), (drive, y - 6.35))
    sheet.join(drive, y - 7.62)
    sheet.wire((drive, y - 7.62), (drive - 2.54, y - 7.62))
    sheet.label(f"DRV{index}", drive - 2.54, y - 7.62, "left")
    sheet.wire((drive, y + 6.35), (drive, y + 7.62))
    sheet.power("GND", drive, y + 7.62)
    sheet.label(f"EN{index}", x + 6.35, y, "left")
    sheet.wire((x + 6.35, y), (enable, y), (drive - 6.35, y))
    sheet.join(enable, y)
    sheet.put(circuit.part(f"R{PULL_UP + index}"), enable, y - 3.81)
    sheet.wire((enable, y - 7.62), (enable, y - 8.89))
    sheet.label("3V3", enable, y - 8.89)
