"""KiCad's own rules for a board, made from its budget: `NAME.kicad_dru`.

KiCad ignores a rules file that it cannot read, and says nothing. So the last rule is a canary: it
must fire on a board seeded with one text of no use, else no rule above it was read.

There is no rule on necks of pours (`connection_width`): KiCad 9 lays a neck of GND to any pour that
lies near it, and does not find the same on every run. `pcb.copper` solves the filled copper.
"""

import itertools
from collections.abc import Iterable, Mapping

from pcb.board.comb import APART, EDGE, Comb
from pcb.budget.copper import strip_mm

POWER = ("+*", "OUT*", "FUS*")  # rails, outputs, and what lies between fuse and switch
SENSED = "SNS*"  # and between switch and shunt, where a board measures
CANARY = "canary"
CANARY_LAYER = "User.1"
RING_MM = 0.3  # twice what the usual board houses promise
GROUND_GAP = 0.5  # solder and debris, not voltage, ask for it
PLUG_MM = 1.5  # between two connectors, so that two plugs stand side by side


def rules(made: Comb, neck_mm: Mapping[str, float] | None = None) -> str:
    """Return the text of the rules file.

    Args:
        made: the board.
        neck_mm: how wide a track of each net must be; what the solved copper asks, else the plan.
    """
    power = (*POWER, SENSED) if made.spec.sensing else POWER
    said = [
        _rule("rail to rail", f"clearance (min {APART}mm)", _pairs(power)),
        _rule(
            "rail to ground",
            f"clearance (min {GROUND_GAP}mm)",
            f"A.NetName == 'GND' && ({_power('B', power)})",
        ),
        _rule("edge", f"edge_clearance (min {EDGE - 0.1:g}mm)", "A.Type == 'Zone'"),
        _rule("ring", f"annular_width (min {RING_MM}mm)", ""),
        _rule("power is soldered solid", "zone_connection solid", _power("A", power)),
        _rule(
            "plug room",
            f"courtyard_clearance (min {PLUG_MM}mm)",
            "A.Reference == 'J*' && B.Reference == 'J*'",
        ),
    ]
    for net, wide in sorted((neck_mm or _planned_mm(made)).items()):
        least = f"track_width (min {wide:.2f}mm)"
        said.append(_rule(f"{net} to one output", least, f"A.NetName == '{net}'"))
    canary = _rule(CANARY, "text_height (min 9mm)", f"A.Layer == '{CANARY_LAYER}'")
    return "\n".join(["(version 1)", *said, canary, ""])


def _planned_mm(made: Comb) -> dict[str, float]:
    """Return the width that the smallest current of each net's outputs needs."""
    carried: dict[str, float] = {}
    for one in (column.output for column in made.columns):
        carried[f"OUT{one.index}"] = one.amps
        carried[one.rail] = min(carried.get(one.rail, one.amps), one.amps)
    return {net: strip_mm(amps, made.spec.copper_oz) for net, amps in carried.items()}


def _power(item: str, power: Iterable[str]) -> str:
    return " || ".join(f"{item}.NetName == '{net}'" for net in power)


def _pairs(power: Iterable[str]) -> str:
    groups = itertools.combinations_with_replacement(power, 2)
    return " || ".join(f"(A.NetName == '{a}' && B.NetName == '{b}')" for a, b in groups)


def _rule(name: str, constraint: str, condition: str) -> str:
    when = f'\n\t(condition "{condition}")' if condition else ""
    return f'(rule "{name}"\n\t(severity error)\n\t(constraint {constraint}){when}\n)'
