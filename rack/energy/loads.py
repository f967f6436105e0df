"""What the rack draws: idle, typical and peak, with what is not known named."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from catalog.models import Device, Drive
from rack.devices import Named


@dataclass(frozen=True)
class Load:
    """Power of some devices, W; `None` is unknown."""

    label: str
    count: int
    idle_w: float | None
    typical_w: float | None
    peak_w: float | None
    source: str

    def as_dict(self) -> dict[str, Any]:
        """Return the fields by name."""
        return {
            "label": self.label,
            "count": self.count,
            "idle_w": self.idle_w,
            "typical_w": self.typical_w,
            "peak_w": self.peak_w,
            "source": self.source,
        }


def figures_w(device: Named) -> tuple[float | None, float | None, float | None]:
    """Return what the catalogue knows of a device's idle, typical and peak draw, W.

    A supply passes on what others draw, so it counts nothing itself; the largest figure of a UPS is
    likewise what it can feed.
    """
    match device:
        case Drive():
            return device.idle_w, None, device.max_w
        case Device() if device.power is not None:
            power = device.power
            peak = None if device.category == "ups" else power.max_w
            return power.idle_w, power.typical_w, peak
        case _:
            return None, None, None


def device_load(device: Named, label: str, count: int, measured: tuple[float | None, ...]) -> Load:
    """Return the load of `count` devices: measured figures first, then the catalogue's.

    A figure of the catalogue that what was measured contradicts, such as a typical draw below the
    measured idle one, is not taken: the device is not the one that the catalogue knows.

    Args:
        device: whose figures to take.
        label: what to call it.
        count: how many.
        measured: idle, typical and peak of one device as the user gave them, W.
    """
    known = figures_w(device)
    figures = [
        own if own is not None else _beside(fact, case, measured)
        for case, (own, fact) in enumerate(zip(measured, known, strict=True))
    ]
    source = "measured" if any(own is not None for own in measured) else "catalogue"
    return Load(label, count, figures[0], figures[1], figures[2], source)


def _beside(fact: float | None, case: int, measured: tuple[float | None, ...]) -> float | None:
    """Return a fact of the catalogue unless what was measured of another case contradicts it."""
    if fact is None:
        return None
    below = any(own is not None and own > fact for own in measured[:case])
    above = any(own is not None and own < fact for own in measured[case + 1 :])
    return None if below or above else fact


def totals(loads: Iterable[Load]) -> dict[str, Any]:
    """Return the sums in W, and for each the names of those that are unknown and not in it."""
    listed = list(loads)
    found: dict[str, Any] = {}
    for key in ("idle_w", "typical_w", "peak_w"):
        known = [(load, getattr(load, key)) for load in listed]
        found[key] = round(sum(load.count * w for load, w in known if w is not None), 1)
        found[f"unknown_{key}"] = sorted({load.label for load, w in known if w is None})
    return found
