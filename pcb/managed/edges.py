"""How fast an output's switch turns, and what that costs it: the arithmetic of one cell.

On, the driver takes its current through R201, and C1 between gate and output lets the output rise
by that current over C1. Off, R101 feeds the base of Q201 with what the gate lacks to the rail, and
the gate takes it times the gain: again over C1. So each edge is a slope, and what the switch bears
is its voltage, falling or rising in a line, times a load's current.

Its heat in so short a time is held against one avalanche that its data sheet allows, as heat runs
into silicon: warmer by power times the root of the time (one-dimensional conduction; Carslaw and
Jaeger, Conduction of Heat in Solids, 2.9).
"""

import math
from dataclasses import dataclass

THRESHOLD_V = (1.3, 2.4)  # IRF9310: gate to source, least and most
BASE_V = 0.65  # BC847: base to emitter at about 1 mA
GAIN = (270.0, 800.0)  # BC847C: about 270 at 10 µA, 420 to 800 at 2 mA
CAPACITY = (0.85, 1.1)  # of a ceramic's name: 10 %, and 5 % less with 12 of 50 V across it
GATE_F = 5.25e-9  # IRF9310: its own capacity (Ciss)
DIODE_V, DIODE_A = 0.24, 0.1e-3  # BAT54C: the most across it at this current
DECADE_V = 0.06  # less for each tenth of the current
GATE_LEAK_A = 0.1e-6  # IRF9310
# One avalanche of the IRF9310 (PD-97437A, note 2): it starts at 25 °C and may end at 150 °C.
AVALANCHE_A, AVALANCHE_H, AVALANCHE_V, AVALANCHE_K = 16.0, 4.9e-3, 30.0, 125.0
EDGE_K = 60.0  # of one edge: from 90 °C on the board to the silicon's 150 °C
NODE_F = 2.2e-3  # the largest capacity at a node that a board is for
RISING = math.sqrt(2)  # a power that grows ends hotter than one that falls, of one peak and time


@dataclass(frozen=True)
class Cell:
    """The parts of one output that make its edges: rail, R101, R201 and C1 of output 1."""

    volts: float
    base_ohm: float
    series_ohm: float
    slew_f: float

    def gate_v(self, rail_v: float) -> float:
        """Return the volts from source to gate while it is on, V: what leaks is all that flows."""
        base = rail_v * self.base_ohm / (self.base_ohm + self.series_ohm)
        return base - DIODE_V + DECADE_V * math.log10(DIODE_A / GATE_LEAK_A)

    def on_v_per_s(self) -> tuple[float, float]:
        """Return how fast the output rises, V/s: slowest and fastest."""
        slow, fast = (
            (self.volts - threshold - DIODE_V) / self.series_ohm / self.slew_f / share
            for threshold, share in zip(reversed(THRESHOLD_V), reversed(CAPACITY), strict=True)
        )
        return slow, fast

    def off_v_per_s(self) -> tuple[float, float]:
        """Return how fast the gate lets the output fall, V/s: slowest and fastest."""
        slow, fast = (
            (threshold - BASE_V) / self.base_ohm * gain / self.slew_f / share
            for threshold, gain, share in zip(THRESHOLD_V, GAIN, reversed(CAPACITY), strict=True)
        )
        return slow, fast

    def held_v_per_s(self) -> float:
        """Return how fast a rail may rise before a switch that is held off opens, V/s."""
        amps = (THRESHOLD_V[0] - BASE_V) / self.base_ohm * GAIN[0]
        return amps / (self.slew_f * CAPACITY[1] + GATE_F)

    def inrush_a(self, farads: float) -> float:
        """Return the most that a capacity at the node draws as the output rises, A."""
        return farads * self.on_v_per_s()[1]

    def on_k(self, farads: float) -> float:
        """Return how much warmer a switch gets that fills a capacity, K."""
        return heat_k(self.inrush_a(farads) * self.volts, self.volts / self.on_v_per_s()[1])

    def off_k(self, amps: float) -> float:
        """Return how much warmer turning off a load makes it that takes its amps to the end, K."""
        return RISING * heat_k(amps * self.volts, self.volts / self.off_v_per_s()[0])

    def off_j(self, amps: float) -> float:
        """Return the heat of turning that load off, J."""
        return amps * self.volts**2 / self.off_v_per_s()[0] / 2


def heat_k(peak_w: float, seconds: float) -> float:
    """Return how much warmer a switch gets by a power that falls from a peak to nothing, K.

    An avalanche is such a pulse, and its data sheet allows one: from 480 W in 2.6 ms.
    """
    peak = AVALANCHE_A * AVALANCHE_V
    time = AVALANCHE_H * AVALANCHE_A / AVALANCHE_V
    return AVALANCHE_K * peak_w / peak * math.sqrt(seconds / time)
