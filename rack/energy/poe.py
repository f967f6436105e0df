"""Power over Ethernet: what each port and each switch has to give, against what it can."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from catalog.models import Poe
from rack.energy.loads import Load

# W at the switch's port, and what of it a device may draw behind 100 m of cable: IEEE 802.3af, at,
# and bt types 3 and 4 (tabled in NETGEAR's manual of the MS108EUP; the last pair recalled).
CLASSES = (("af", 15.4, 12.95), ("at", 30.0, 25.5), ("bt-3", 60.0, 51.0), ("bt-4", 90.0, 71.3))


@dataclass(frozen=True)
class PoeLoad:
    """Devices of one item on a switch's ports, W of one device at its own end; `None` unknown."""

    label: str
    count: int
    typical_w: float | None
    peak_w: float | None


@dataclass(frozen=True)
class PoePlan:
    """A switch and what hangs on its ports. Port figures are at the switch's end."""

    switch: str
    facts: Poe | None
    loads: tuple[PoeLoad, ...]

    @property
    def ports(self) -> int:
        """How many ports feed a device."""
        return sum(load.count for load in self.loads)

    @property
    def peak_w(self) -> float:
        """All ports together at the devices' peaks; unknown ones count nothing."""
        return sum(load.count * at_port_w(load.peak_w or 0.0) for load in self.loads)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What there is to look at."""
        if self.facts is None:
            return (f"what {self.switch} gives by PoE is not known: read its label",)
        found: list[str] = []
        facts = self.facts
        if self.ports > facts.ports:
            found.append(f"{self.ports} devices, and {facts.ports} ports give PoE")
        most = behind_cable_w(facts.port_w)
        found += [
            f"{load.label} takes {load.peak_w:g} W at peak, and a port of {facts.port_w:g} W "
            f"gives {most:g} W behind the longest cable"
            for load in self.loads
            if load.peak_w is not None and load.peak_w > most
        ]
        if self.peak_w > facts.budget_w:
            found.append(
                f"{self.peak_w:.0f} W at peak is more than its {facts.budget_w:g} W: "
                f"{_most(self.loads, facts.budget_w)}"
            )
        return tuple(found)

    def as_dict(self) -> dict[str, Any]:
        """Return the fields by name, rounded as they are told."""
        facts = self.facts
        return {
            "switch": self.switch,
            "ports_used": self.ports,
            "ports": facts.ports if facts else None,
            "port_w": facts.port_w if facts else None,
            "budget_w": facts.budget_w if facts else None,
            "peak_w": round(self.peak_w, 1),
            "confidence": facts.confidence if facts else None,
            "devices": [
                {
                    "label": load.label,
                    "count": load.count,
                    "typical_w": load.typical_w,
                    "peak_w": load.peak_w,
                    "port_peak_w": None
                    if load.peak_w is None
                    else round(at_port_w(load.peak_w), 1),
                }
                for load in self.loads
            ],
            "warnings": list(self.warnings),
        }


def behind_cable_w(port_w: float) -> float:
    """Return what a device may draw from a port behind the longest cable, W."""
    return max((most for _, own, most in CLASSES if own <= port_w), default=port_w)


def at_port_w(device_w: float) -> float:
    """Return what a port gives so that a device gets `device_w` behind the longest cable, W.

    The loss grows with the square of the current: of a class's full load it is the standard's, and
    of less it is that times the square of the share.
    """
    for _, port_w, most_w in CLASSES:
        if device_w <= most_w:
            share = device_w / most_w
            return device_w + (port_w - most_w) * share**2
    return device_w * CLASSES[-1][1] / CLASSES[-1][2]


def without_ports(load: Load, facts: Poe | None) -> Load:
    """Take what its ports may give out of a switch's peak, if that is in it.

    What hangs on them is counted by itself, and where nothing does they give nothing.

    Args:
        load: of a switch.
        facts: what it gives by PoE, if anything.
    """
    if facts is None or not facts.in_max or load.peak_w is None or load.source != "catalogue":
        return load
    return replace(load, peak_w=max(load.idle_w or 0.0, load.peak_w - facts.budget_w))


def poe_load(load: Load, overhead_w: float) -> PoeLoad:
    """Return a load as it hangs on a port: with what its HAT loses.

    Args:
        load: of the devices themselves.
        overhead_w: what the HAT takes for itself, W.
    """
    more = (None if w is None else w + overhead_w for w in (load.typical_w, load.peak_w))
    return PoeLoad(load.label, load.count, *more)


def _most(loads: Sequence[PoeLoad], budget_w: float) -> str:
    """Say how many of the devices the budget takes, the smallest first."""
    left, many = budget_w, 0
    for load in sorted(loads, key=lambda one: one.peak_w or 0.0):
        one = at_port_w(load.peak_w or 0.0)
        taken = load.count if one == 0 else min(load.count, int(left / one))
        left, many = left - taken * one, many + taken
    return f"{many} of them would do"
