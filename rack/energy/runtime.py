"""How long a UPS holds a load, by the best that is known of it, with the error stated.

Three grades. A maker's table was fitted by `minutes = C * (load + p0)^-k`: Peukert's law in power
with a standby draw, which at the load of a few small boards dominates; it meets its points within
the table's `error_pct`. Where one point is known, the law of a lead battery is laid through it.
Where only the battery is known, that law alone answers, with a wide band.
"""

import math
from dataclasses import dataclass
from typing import Any, Literal

from catalog.models import Ups
from catalog.problems import InputError, Problem

VA_PER_W = 1.4  # the table of the Smart-UPS: a load in VA is 1.4 times that in W, its manual p. 18
RATED_H = 20.0  # hours for which a lead battery's Ah are given (Yuasa NPH)
# Peukert's exponent. 1.135 is what 7 Ah in 40 min instead of 60 at 7 A comes to (upscalculator.uk);
# 1.2 meets the tables of four UPSes better: see `BAND`.
PEUKERT = 1.2
INVERTER = 0.85  # share of the battery's power that leaves a small inverter: assumed
STANDBY_W = 15.0  # of a small UPS's own: 27 to 28 VA in the fits of the two smallest tables
# For the 54 points of the four published tables (batteries as recalled: 84, 144, 288, 408 Wh) the
# law gives 0.87 to 1.54 times the minutes: the truth lies between these shares of what it gives.
BAND = (0.64, 1.16)
# Laid through any one of these points it meets the others of its table, up to `POINT_REACH` times
# the load and down to as small a share, within these.
POINT_BAND = (0.74, 1.35)
POINT_REACH = 3.0
FAR_BAND = (0.5, 2.0)  # further away: assumed
Basis = Literal["table", "point", "battery"]


@dataclass(frozen=True)
class Runtime:
    """How long a UPS holds a load, min; `most_min` is unknown where a table does not reach."""

    load_w: float
    minutes: float
    least_min: float
    most_min: float | None
    basis: Basis
    note: str = ""

    @property
    def delivered_wh(self) -> float:
        """What reaches the load until the battery is empty, Wh."""
        return self.load_w * self.minutes / 60

    def as_dict(self) -> dict[str, Any]:
        """Return the fields by name, rounded as they are told."""
        most = None if self.most_min is None else round(self.most_min, 1)
        return {
            "load_w": round(self.load_w, 1),
            "minutes": round(self.minutes, 1),
            "least_min": round(self.least_min, 1),
            "most_min": most,
            "delivered_wh": round(self.delivered_wh, 1),
            "basis": self.basis,
            "note": self.note,
        }


def battery_wh(ups: Ups) -> float | None:
    """Return what a UPS's battery holds by its label, Wh; `None` if unknown."""
    if ups.battery_v is None or ups.battery_ah is None:
        return None
    return ups.battery_v * ups.battery_ah


def output_w(ups: Ups) -> float | None:
    """Return the most a UPS can feed, W; `None` if unknown."""
    if ups.output_w is not None:
        return ups.output_w
    return None if ups.output_va is None else ups.output_va / (ups.va_per_w or VA_PER_W)


def runtime(ups: Ups, load_w: float, *, where: str = "ups", key: str = "") -> Runtime:
    """Return how long a UPS holds a load.

    Args:
        ups: what is known of it.
        load_w: what is plugged into it, W.
        where: file or option named in an error.
        key: dotted path named in an error.

    Raises:
        InputError: no load, more than it can feed, or nothing is known of how long it lasts.
    """
    if not (math.isfinite(load_w) and load_w > 0):
        what = f"a load of {load_w:g} W empties no battery"
        raise InputError(Problem(where, what, key, allowed="more than 0 W"))
    most = output_w(ups)
    if most is not None and load_w > most:
        what = f"{load_w:.0f} W is more than {ups.id} can feed: it switches off"
        near = "feed less from it, or take a larger one"
        raise InputError(Problem(where, what, key, allowed=f"up to {most:.0f} W", nearest=near))
    if ups.fit is not None:
        return _by_table(ups, load_w)
    capacity = battery_wh(ups)
    if ups.runtime:
        return _by_point(ups, load_w, capacity)
    if capacity is None:
        what = f"neither run times nor the battery of {ups.id} are known"
        near = "give battery_wh instead of model: V times Ah on the battery's label"
        raise InputError(Problem(where, what, key, nearest=near))
    return by_battery(capacity, load_w)


def by_battery(capacity_wh: float, load_w: float) -> Runtime:
    """Return how long a lead battery holds a load through a small inverter, with a wide band.

    Args:
        capacity_wh: V times Ah on its label.
        load_w: what is plugged in, W.

    Peukert's law, C_act = C_H * ((C_H / H) / I)^(k-1), in power: the battery gives
    `load / INVERTER + STANDBY_W`, and lasts H hours at `capacity / H`.
    """
    minutes = _peukert_min(capacity_wh, load_w)
    note = (
        "by the battery's Wh alone: an old or warm battery, or another inverter, "
        "changes it by a third"
    )
    return Runtime(load_w, minutes, BAND[0] * minutes, BAND[1] * minutes, "battery", note)


def _peukert_min(capacity_wh: float, load_w: float) -> float:
    drawn_w = load_w / INVERTER + STANDBY_W
    return 60 * RATED_H * (drawn_w * RATED_H / capacity_wh) ** -PEUKERT


def _by_table(ups: Ups, load_w: float) -> Runtime:
    assert ups.fit is not None, "asked for only where there is one"
    load_va = load_w * (ups.va_per_w or VA_PER_W)
    minutes = math.exp(ups.fit.ln_c) * (load_va + ups.fit.p0_va) ** -ups.fit.k
    error = ups.fit.error_pct / 100
    loads = [point.load_va for point in ups.runtime if point.load_va is not None]
    lowest = next(p for p in ups.runtime if p.load_va == min(loads))
    standby = f"its own draw counts as {ups.fit.p0_va:.0f} VA"
    if load_va < min(loads):
        note = f"the maker's table begins at {min(loads):g} VA; {standby}"
        return Runtime(load_w, minutes, lowest.minutes, None, "table", note)
    note = f"the maker's table, within {ups.fit.error_pct:g} %; {standby}"
    if load_va > max(loads):
        note = f"the maker's table ends at {max(loads):g} VA; {standby}"
        return Runtime(load_w, minutes, 0.0, (1 + error) * minutes, "table", note)
    least, most = (1 - error) * minutes, (1 + error) * minutes
    return Runtime(load_w, minutes, least, most, "table", note)


def _by_point(ups: Ups, load_w: float, capacity_wh: float | None) -> Runtime:
    """Lay the battery's law through the known point that is nearest in load."""
    loads = [(p, p.load_w or (p.load_va or 0.0) / (ups.va_per_w or VA_PER_W)) for p in ups.runtime]
    point, at_w = min(loads, key=lambda pair: abs(math.log(pair[1] / load_w)))
    capacity = capacity_wh or 84.0  # the law is a power of the load: the scale takes it out again
    scale = point.minutes / _peukert_min(capacity, at_w)
    minutes = scale * _peukert_min(capacity, load_w)
    by = {"firmware": "by its own firmware", "recalled": "recalled, unconfirmed"}.get(
        point.by, f"by {point.by}"
    )
    note = f"from one point, {point.minutes:g} min at {at_w:g} W ({by}), along a lead battery's law"
    near = 1 / POINT_REACH <= load_w / at_w <= POINT_REACH
    least, most = POINT_BAND if near else FAR_BAND
    return Runtime(load_w, minutes, least * minutes, most * minutes, "point", note)
