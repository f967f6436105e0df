"""What is printed at a managed board's controller: addresses, contacts of the bus, jumpers."""

from pcb.board.comb import Comb
from pcb.board.control import PROBE_X, Control
from pcb.board.layout import Layout, Line, Text
from pcb.managed.pinmap import pin_map
from pcb.managed.wiring import PROBES

PLUG_NAMES = ("GND", "3V3", "SDA", "SCL", "INT", "RST")


def print_control(layout: Layout, made: Comb) -> None:
    """Add all print of the controller."""
    at = Control(layout, made)
    told = pin_map(made.spec)

    def say(text: str, x: float, y: float, size: float = 1.0, angle: int = 0) -> None:
        layout.texts.append(Text(text, *at.spot(x, y), size, angle=angle))

    tall = 2.75 if at.small else 4.15
    for chip, y in zip(told.expanders, at.way.chips_y, strict=True):
        say(f"{chip.ref} 0x{chip.address:02X}", -3.7, y + tall + 0.95)
    for place, name in enumerate(PLUG_NAMES):
        say(name, 2.5 * place - 6.25, at.plug - 4.2, angle=90)
    say("J201", -11.0, at.plug + 0.5)
    say("I2C", 11.0, at.plug - 0.4)
    say("3.3 V", 11.3, at.plug + 1.4)
    say("J202", -6.6, at.socket)
    say("Qwiic", 6.9, at.socket)
    if made.spec.test_points:
        for net in PROBES:
            say(net, PROBE_X[net], at.probes - 1.9)
    layout.texts += [
        Text("JP2 3V3 OUT 0.1 A", *at.spot(-5.6, at.jumper - 0.9), align="left"),
        Text("off if host feeds it", *at.spot(-5.6, at.jumper + 0.8), align="left"),
    ]
    if told.ps_on is not None:
        for line, text in enumerate(("JP1 off:", "host has", "PS_ON")):
            say(text, 4.2, at.starter - 0.9 + 1.7 * line)
    _frame(layout, at)


def _frame(layout: Layout, at: Control) -> None:
    """Draw corners round the controller, so that it is seen as one."""
    for x in (-1, 1):
        side = 14.4 * x
        for y, way in ((at.zone + 1.4, 1), (at.plug + 4.4, -1)):
            corner = at.spot(side, y)
            layout.lines.append(Line((corner, at.spot(side, y + 2.5 * way))))
            layout.lines.append(Line((corner, at.spot(side - 2.5 * x, y))))
