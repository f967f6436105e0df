"""Which output hangs on which plug of the supply: inlets, outputs and the nets between them.

J100  24-pin  ── +12V   ── F1 F2          12 V of two plugs is never joined, unless the spec
J101  EPS     ── +12V_B ── F3 … F7        says that the supply has one rail (single_rail)
"""

from dataclasses import dataclass

from pcb.parts import InputType, OutputKind, fuse_a, input_type
from pcb.spec import BoardSpec

RAILS = ("+12V", "+12V_B", "+12V_C", "+12V_D", "+5V")  # every net that may feed an output
FIRST_INPUT = 100  # so that J3, F3 and OUT3 belong together


@dataclass(frozen=True)
class Inlet:
    """One plug of the supply. `rails` are the nets it feeds, by volts."""

    ref: str
    type: InputType
    rails: dict[int, str]


@dataclass(frozen=True)
class Output:
    """One output: what it is made for, what it ends in, its fuse, and the net that feeds it."""

    index: int
    volts: int
    amps: float
    typical_a: float
    connector: OutputKind
    fuse_a: float
    rail: str


def inlets(spec: BoardSpec) -> tuple[Inlet, ...]:
    """Return the plugs in order, the main one first."""
    kinds = (spec.input, *spec.extra_inputs)
    found: list[Inlet] = []
    for place, kind in enumerate(kinds):
        rails = {12: RAILS[0 if spec.single_rail else place]} if spec.outputs_12v else {}
        if place == 0 and (spec.volts == 5 or spec.outputs_5v):
            rails[5] = "+5V"
        found.append(Inlet(f"J{FIRST_INPUT + place}", input_type(kind), rails))
    return tuple(found)


def outputs(spec: BoardSpec) -> tuple[Output, ...]:
    """Return the outputs in order: those at 12 V by plug, then those at 5 V."""
    found: list[Output] = []
    runs = shares(spec) if spec.outputs_12v else ()
    rails = [
        plug.rails[12] for plug, run in zip(inlets(spec), runs, strict=False) for _ in range(run)
    ]
    for index in range(1, spec.outputs + 1):
        if index <= spec.outputs_12v or spec.volts == 5:
            volts, amps, typical, connector = (
                spec.volts, spec.amps, spec.typical_amps, spec.connector,
            )  # fmt: skip
        else:
            volts, amps, typical, connector = (
                5,
                spec.amps_5v,
                spec.typical_amps_5v,
                spec.connector_5v,
            )
        rail = rails[index - 1] if volts == 12 else "+5V"
        usual = amps if typical is None else typical
        fuse = fuse_a(amps, connector)
        found.append(Output(index, volts, amps, usual, connector, fuse, rail))
    return tuple(found)


def rails(spec: BoardSpec) -> tuple[str, ...]:
    """Return the nets that feed outputs, in order."""
    return tuple(dict.fromkeys(one.rail for one in outputs(spec)))


def shares(spec: BoardSpec) -> tuple[int, ...]:
    """Return how many of the outputs at 12 V hang on each plug; every plug gets one at least.

    The fullest plug is as little full as it can be: outputs are alike, so each goes to the plug
    that is least full with it. Joined plugs share all of them, told here as the first one's.
    """
    limits = [plug.type.limit_a(12, spec.contacts) for plug in inlets(spec)]
    if spec.single_rail:
        return (spec.outputs_12v, *(0 for _ in limits[1:]))
    runs = [1] * len(limits)
    for _ in range(spec.outputs_12v - len(limits)):
        least = min(range(len(limits)), key=lambda one: (runs[one] + 1) / limits[one])
        runs[least] += 1
    return tuple(runs)


def standing(spec: BoardSpec) -> list[tuple[Inlet, list[tuple[str, tuple[Output, ...]]]]]:
    """Return the plugs as they stand on the board, from left to right, each with its runs.

    A run is a rail and the outputs at it. The 5 V of a plug is on its right, so no 12 V may stand
    there.
    """
    every = outputs(spec)
    order: list[tuple[Inlet, list[tuple[str, tuple[Output, ...]]]]] = []
    for plug, fed in zip(inlets(spec), _fed(spec), strict=True):
        runs = [(plug.rails[12], fed)] if 12 in plug.rails else []
        if 5 in plug.rails:
            runs.append((plug.rails[5], tuple(one for one in every if one.volts == 5)))
        order.append((plug, runs))
    if len(order[0][1]) > 1:
        order.reverse()
    return order


def _fed(spec: BoardSpec) -> list[tuple[Output, ...]]:
    """Return the 12 V outputs below each inlet; inlets of one rail share them evenly."""
    plugs, every = inlets(spec), [one for one in outputs(spec) if one.volts == 12]
    if spec.single_rail:
        count, number = len(every), len(plugs)
        ends = [count * place // number for place in range(number + 1)]
        return [tuple(every[ends[i] : ends[i + 1]]) for i in range(number)]
    return [tuple(one for one in every if one.rail == plug.rails.get(12)) for plug in plugs]
