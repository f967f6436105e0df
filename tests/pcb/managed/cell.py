"""One output's switch as its equations say it moves: a second way to `pcb.managed.edges`.

FUS is the rail. Gate, base and output have a capacity each; what flows follows from square-law FET,
exponential NPN and diodes, and resistors (Sze, Physics of Semiconductor Devices, 1.4, 5.1, 6.2).
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.integrate import solve_ivp

THERMAL_V = 0.02585
NPN_A = 2e-3 / math.exp(0.655 / THERMAL_V)  # saturation: 2 mA at 0.655 V
DIODE_A = 0.1e-3 / math.exp(0.24 / THERMAL_V)
DRIVER_OHM = 5.0
FET_A_PER_V2 = 39.0**2 / 4 / 16  # from 39 S at 16 A (IRF9310)
GATE_F, BASE_F = 5.25e-9, 20e-12

Rail = Callable[[float], float]
Load = Callable[[float], float]


@dataclass(frozen=True)
class Moving:
    """A cell, its corner, and what hangs at its plug."""

    threshold_v: float = 1.8
    gain: float = 400.0
    base_ohm: float = 270e3
    series_ohm: float = 10e3
    slew_f: float = 100e-9
    node_f: float = 1e-6
    load: Load = lambda _: 0.0

    def fet_a(self, rail: float, gate: float, out: float) -> float:
        """Return the current through the switch, A."""
        over, drop = rail - gate - self.threshold_v, rail - out
        if over <= 0:
            return 0.0
        if drop < 0:
            return 2 * FET_A_PER_V2 * over * drop
        least = min(drop, over)
        return FET_A_PER_V2 * (2 * over * least - least**2)

    def run(
        self, rail: Rail, seconds: float, start: tuple[float, float, float], *, on: bool
    ) -> Any:
        """Return times, and gate, base and output at each, V."""

        def slopes(time: float, state: np.ndarray) -> list[float]:
            gate, base, out = state
            volts, tick = rail(time), 1e-8
            ramp = (rail(time + tick) - volts) / tick
            into = NPN_A * math.expm1(min(base - gate, 0.9) / THERMAL_V) / self.gain
            back = DIODE_A * math.expm1(min(gate - base, 0.9) / THERMAL_V)
            down = base / (self.series_ohm + DRIVER_OHM) if on else 0.0
            at_gate = into * (self.gain + 1) - back + GATE_F * ramp
            at_out = self.fet_a(volts, gate, out) - self.load(out) * math.tanh(out / 0.1)
            at_base = (volts - base) / self.base_ohm - down - into + back
            c, g, n = self.slew_f, GATE_F, self.node_f
            whole = (c + g) * (c + n) - c * c
            return [
                ((c + n) * at_gate + c * at_out) / whole,
                at_base / BASE_F,
                ((c + g) * at_out + c * at_gate) / whole,
            ]

        times = np.linspace(0, seconds, 2001)
        found = solve_ivp(slopes, (0, seconds), start, "BDF", times, rtol=1e-6, atol=1e-7)
        assert found.success
        return found.t, found.y


def between(times: Any, volts: Any, high: float, low: float) -> float:
    """Return the mean slope between two heights, V/s, as it first passes them."""
    rising = volts[-1] > volts[0]
    first, last = (low, high) if rising else (high, low)
    passed = [times[int(np.argmax(volts >= v if rising else volts <= v))] for v in (first, last)]
    return abs(high - low) / (passed[1] - passed[0])
