"""Pressure that air loses in the flat channels between boards, and the stream a pressure drives."""

from dataclasses import dataclass

from packing.airflow.air import SECONDS_PER_HOUR, Air

_PARALLEL_PLATES = 24.0  # f Re of fully developed flow, Fanning
_ENTRY = 3.44  # Shah's relation for the apparent friction factor; docs/air.md §3
_ENTRY_PLATES = 0.674
_ENTRY_DECAY = 2.9e-5
_SECANT_STEPS = 20  # four or five do
_NEAR = 1e-10


@dataclass(frozen=True, slots=True)
class Channels:
    """Equal channels side by side, each `gap_mm` by `width_mm` and `length_mm` long."""

    count: float
    gap_mm: float
    width_mm: float
    length_mm: float

    @property
    def area_m2(self) -> float:
        """Open area of all of them, m²."""
        return self.count * self.gap_mm * self.width_mm * 1e-6

    @property
    def diameter_mm(self) -> float:
        """Hydraulic diameter of a flat channel: twice its gap, mm."""
        return 2.0 * self.gap_mm

    def speed_m_per_s(self, flow_m3h: float) -> float:
        """Return the mean speed at a stream through all of them, m/s."""
        return flow_m3h / SECONDS_PER_HOUR / self.area_m2

    def reynolds(self, flow_m3h: float, air: Air) -> float:
        """Return the Reynolds number over the hydraulic diameter."""
        return self.speed_m_per_s(flow_m3h) * self.diameter_mm * 1e-3 / air.kinematic


def friction_pa(channels: Channels, flow_m3h: float, air: Air) -> float:
    """Return the pressure lost along the channels, Pa, with the flow still developing.

    `dp = 4 f_app (L / D_h) rho V^2 / 2`, `f_app Re` after Shah (docs/air.md §3); long channels
    tend to `developed_pa`.
    """
    if flow_m3h <= 0.0:
        return 0.0
    reynolds = channels.reynolds(flow_m3h, air)
    slender = channels.length_mm / channels.diameter_mm
    along = slender / reynolds
    entry = _ENTRY / along**0.5
    rest = (_PARALLEL_PLATES + _ENTRY_PLATES / (4 * along) - entry) / (1 + _ENTRY_DECAY / along**2)
    dynamic = air.density * channels.speed_m_per_s(flow_m3h) ** 2 / 2
    return 4 * (entry + rest) / reynolds * slender * dynamic


def developed_pa(channels: Channels, flow_m3h: float, air: Air) -> float:
    """Return `12 mu L V / b^2`, Pa."""
    speed, gap_m = channels.speed_m_per_s(flow_m3h), channels.gap_mm * 1e-3
    return 12 * air.viscosity * channels.length_mm * 1e-3 * speed / gap_m**2


def lost_pa(channels: Channels, flow_m3h: float, air: Air, loss: float) -> float:
    """Return friction and `loss` dynamic heads for entrance, exit, panel and turns, Pa."""
    dynamic = air.density * channels.speed_m_per_s(flow_m3h) ** 2 / 2
    return friction_pa(channels, flow_m3h, air) + loss * dynamic


def driven_m3h(channels: Channels, pressure_pa: float, air: Air, loss: float) -> float:
    """Return the stream that a pressure (Pa) drives: `lost_pa` the other way round, m³/h.

    Starts from `dp = 12 mu L V / b^2 + (K + 0.674) rho V^2 / 2` and corrects it by secants.
    """
    if pressure_pa <= 0.0 or channels.area_m2 <= 0.0:
        return 0.0
    linear = developed_pa(channels, 1.0, air)
    dynamic = air.density * channels.speed_m_per_s(1.0) ** 2 / 2
    square = (loss + _ENTRY_PLATES) * dynamic
    before = 0.0
    over_before = -pressure_pa
    flow = (-linear + (linear**2 + 4 * square * pressure_pa) ** 0.5) / (2 * square)
    for _ in range(_SECANT_STEPS):
        over = lost_pa(channels, flow, air, loss) - pressure_pa
        if abs(over) <= _NEAR * pressure_pa:
            break
        slope = (over - over_before) / (flow - before)
        before, over_before, flow = flow, over, flow - over / slope
    return flow
