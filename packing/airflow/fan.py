"""Fans as curves of pressure over flow, and their noise together."""

from dataclasses import dataclass
from itertools import pairwise
from math import log10

from catalog.models import Fan
from catalog.problems import InputError, Problem


@dataclass(frozen=True, slots=True)
class Curve:
    """A fan's pressure (Pa) over its flow (m³/h), from no flow to no pressure.

    Args:
        points: (m³/h, Pa), flow rising and pressure falling.
        measured: whether the points were measured; a straight line between the two ends is
            drawn where only those are known, and is optimistic in between.
    """

    points: tuple[tuple[float, float], ...]
    measured: bool

    @property
    def free_m3h(self) -> float:
        """Flow against no pressure, m³/h."""
        return self.points[-1][0]

    @property
    def still_pa(self) -> float:
        """Pressure at no flow, Pa."""
        return self.points[0][1]

    def flow_m3h(self, pressure_pa: float) -> float:
        """Return the flow against a pressure, m³/h; none against more than the fan can give."""
        for (q0, p0), (q1, p1) in pairwise(self.points):
            if pressure_pa >= p1:
                return max(0.0, q0 + (q1 - q0) * (p0 - pressure_pa) / (p0 - p1))
        return self.free_m3h


def curve_of(fan: Fan) -> Curve:
    """Return a fan's curve: as measured, or a straight line where only its ends are known.

    Raises:
        InputError: the catalogue knows neither.
    """
    if fan.flow_m3h is None or fan.static_pa is None:
        lacks = "flow_m3h" if fan.flow_m3h is None else "static_mmh2o"
        what = f"flow and pressure of fan {fan.id} are not known"
        near = f"give {lacks} in a table of your own, or take a fan that has one, such as 40x20"
        raise InputError(Problem(f"fan {fan.id}", what, lacks, nearest=near))
    return Curve(((0.0, fan.static_pa), (fan.flow_m3h, 0.0)), measured=False)


def noise_dba(one_dba: float, fans: int) -> float:
    """Return the noise of so many equal fans, dB(A); without a common phase they add as power."""
    return one_dba + 10 * log10(fans)
