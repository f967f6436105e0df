"""All of a rack's electricity in one record: ports, supplies, the mains, a year, the battery."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from catalog.load import Catalog
from catalog.models import Ups
from catalog.problems import InputError, Problem
from rack.energy.loads import Load
from rack.energy.poe import PoePlan, at_port_w, poe_load
from rack.energy.runtime import Runtime, battery_wh, runtime
from rack.energy.spec import Backup, Energy
from rack.energy.start import Start, start
from rack.energy.supplies import (
    SupplyPlan,
    is_of,
    known_names,
    names_of,
    plan_supplies,
)
from rack.energy.words import CASES
from rack.gather import Gathering
from rack.items import labels
from rack.spec import RackSpec

HOURS_A_YEAR = 8766.0  # 365.25 days


@dataclass(frozen=True)
class Wall:
    """What is taken from the mains in one case, W: at least that, where some of it is unknown."""

    watts_w: float
    unknown: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return the fields by name, rounded as they are told."""
        return {"watts_w": round(self.watts_w, 1), "unknown": list(self.unknown)}


@dataclass(frozen=True)
class BackupPlan:
    """A UPS, what hangs on it, and how long it holds that in each case."""

    name: str
    battery_wh: float | None
    feeds: tuple[str, ...]
    loads: Mapping[str, Wall]
    lasts: Mapping[str, Runtime]
    warnings: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return the fields by name, for JSON."""
        return {
            "name": self.name,
            "battery_wh": self.battery_wh,
            "feeds": list(self.feeds),
            "loads": {case: wall.as_dict() for case, wall in self.loads.items()},
            "lasts": {case: lasting.as_dict() for case, lasting in self.lasts.items()},
            "warnings": list(self.warnings),
        }


@dataclass(frozen=True)
class EnergyPlan:
    """What the rack takes from the mains, through which supplies, and how long a battery holds."""

    poe: tuple[PoePlan, ...]
    supplies: tuple[SupplyPlan, ...]
    own_adapters: tuple[str, ...]
    wall: Mapping[str, Wall]
    start: Start
    backup: BackupPlan | None
    price_per_kwh: float | None = None
    currency: str = ""

    @property
    def warnings(self) -> tuple[str, ...]:
        """What there is to look at, each with the name of what it is about."""
        found = [f"{one.switch}: {text}" for one in self.poe for text in one.warnings]
        found += [f"{one.name}: {text}" for one in self.supplies for text in one.warnings]
        if self.backup is not None:
            found += [f"{self.backup.name}: {text}" for text in self.backup.warnings]
        return tuple(found)

    def a_year(self, case: str) -> dict[str, Any]:
        """Return kWh and cost of a whole year in one case; the cost is `None` without a price."""
        kwh = self.wall[case].watts_w * HOURS_A_YEAR / 1000
        cost = None if self.price_per_kwh is None else round(kwh * self.price_per_kwh, 2)
        return {"kwh": round(kwh, 1), "cost": cost}

    def as_dict(self) -> dict[str, Any]:
        """Return the fields by name, for JSON."""
        return {
            "poe": [one.as_dict() for one in self.poe],
            "supplies": [one.as_dict() for one in self.supplies],
            "own_adapters": list(self.own_adapters),
            "wall": {case: wall.as_dict() for case, wall in self.wall.items()},
            "start": self.start.as_dict(),
            "a_year": {case: self.a_year(case) for case in ("idle", "typical")},
            "price_per_kwh": self.price_per_kwh,
            "currency": self.currency,
            "ups": None if self.backup is None else self.backup.as_dict(),
            "warnings": list(self.warnings),
        }


def plan_energy(spec: RackSpec, loads: Sequence[Load], catalog: Catalog, where: str) -> EnergyPlan:
    """Follow every watt from the devices to the mains.

    Args:
        spec: the rack as written, every item counted.
        loads: what its things draw.
        catalog: facts.
        where: file named in errors.

    Raises:
        InputError: names that nothing has, a thing fed twice, a UPS that cannot be told; all at
            once.
    """
    found = Gathering()
    ports = found.tried(_ports, spec, loads, catalog, where) or ()
    fed = {load.label for plan in ports for load in plan.loads}
    rest = [load for load in loads if load.label not in fed]
    rest += [_on_ports(plan, loads) for plan in ports]
    behind = {load.label: plan.switch for plan in ports for load in plan.loads}
    made = found.tried(plan_supplies, spec.supplies, rest, (catalog, where), behind)
    supplies = found.settled(made)
    mine = {name for plan in supplies for name in plan.feeds}
    alone = tuple(name for name in names_of(rest) if name not in mine)
    wall = _wall(rest, supplies, alone)
    behind |= {name: plan.name for plan in supplies for name in plan.feeds}
    at = catalog, where, behind
    backup = found.tried(_backup, spec.ups, rest, supplies, at) if spec.ups else None
    found.done()
    own = spec.energy or Energy()
    return EnergyPlan(
        poe=ports,
        supplies=supplies,
        own_adapters=alone,
        wall=wall,
        start=start(loads, own.start_gap_s),
        backup=backup,
        price_per_kwh=own.price_per_kwh,
        currency=own.currency,
    )


def _ports(
    spec: RackSpec, loads: Sequence[Load], catalog: Catalog, where: str
) -> tuple[PoePlan, ...]:
    names = labels(spec.items)
    devices = dict(zip(names, (item.device for item in spec.items), strict=True))
    hung: dict[str, list[str]] = {}
    problems: list[Problem] = []
    for index, item in enumerate(spec.items):
        if item.poe is None:
            continue
        others = [name for name in names if name != names[index]]
        problems += [
            replace(one, key=f"item[{index}].poe")
            for one in known_names([item.poe], others, (where, ""))
        ]
        hung.setdefault(item.poe, []).append(names[index])
    if problems:
        raise InputError(*problems)
    hats = {name: item.hat for name, item in zip(names, spec.items, strict=True)}
    return tuple(
        PoePlan(
            switch,
            catalog.poes.get(_id(devices[switch], catalog)),
            tuple(
                poe_load(load, _overhead_w(hats[label], catalog))
                for label in listed
                for load in loads
                if is_of(load, label)
            ),
        )
        for switch, listed in sorted(hung.items())
    )


def _id(name: str | None, catalog: Catalog) -> str:
    """Return the id behind an alias; empty if it is no device."""
    try:
        return catalog.device(name or "").id
    except InputError:
        return ""


def _overhead_w(hat: str | None, catalog: Catalog) -> float:
    return (catalog.hat(hat).overhead_w or 0.0) if hat else 0.0


def _on_ports(plan: PoePlan, loads: Sequence[Load]) -> Load:
    """Return what a switch's ports give as one load of the switch, at its end of the cables."""
    by_label = {load.label: load for load in loads}
    sums: dict[str, float | None] = {}
    for case in CASES:
        each = [
            (one.count, getattr(by_label[one.label], f"{case}_w"), _extra_w(one, by_label))
            for one in plan.loads
        ]
        known = all(w is not None for _, w, _ in each)
        sums[case] = sum(n * at_port_w(w + more) for n, w, more in each) if known else None
    label = f"{plan.switch}: PoE"
    return Load(label, 1, sums["idle"], sums["typical"], sums["peak"], "sum of its ports")


def _extra_w(one: Any, by_label: Mapping[str, Load]) -> float:
    own = by_label[one.label].peak_w
    return 0.0 if own is None or one.peak_w is None else one.peak_w - own


def _wall(
    loads: Sequence[Load], supplies: Sequence[SupplyPlan], alone: Sequence[str]
) -> dict[str, Wall]:
    names = [*(plan.name for plan in supplies), *alone]
    return {case: _drawn(case, names, loads, supplies) for case in CASES}


def _drawn(
    case: str, names: Sequence[str], loads: Sequence[Load], supplies: Sequence[SupplyPlan]
) -> Wall:
    """Return what some supplies and things with adapters of their own take together.

    A supply whose efficiency is not known counts what it gives, and is named as unknown.
    """
    watts, unknown = 0.0, list[str]()
    by_name = {plan.name: plan for plan in supplies}
    for name in names:
        if name in by_name:
            fed = by_name[name].cases[case]
            watts += fed.load_w if fed.wall_w is None else fed.wall_w
            unknown += fed.unknown
            if fed.wall_w is None:
                unknown.append(f"{name} (what it loses)")
            continue
        for load in (one for one in loads if is_of(one, name)):
            own = getattr(load, f"{case}_w")
            if own is None:
                unknown.append(load.label)
            else:
                watts += load.count * own
    return Wall(watts, tuple(dict.fromkeys(unknown)))


def _backup(
    wish: Backup,
    loads: Sequence[Load],
    supplies: Sequence[SupplyPlan],
    at: tuple[Catalog, str, Mapping[str, str]],
) -> BackupPlan:
    catalog, where, behind = at
    known = [plan.name for plan in supplies]
    known += [name for name in names_of(loads) if name not in behind]
    problems = known_names(wish.feeds, known, (where, "ups.feeds"), behind)
    if problems:
        raise InputError(*problems)
    ups = _ups(wish, catalog, where)
    feeds = wish.feeds or tuple(known)
    drawn = {case: _drawn(case, feeds, loads, supplies) for case in CASES}
    lasts: dict[str, Runtime] = {}
    warnings: list[str] = []
    for case, wall in drawn.items():
        if wall.watts_w <= 0:
            continue
        try:
            lasts[case] = runtime(ups, wall.watts_w, where=where, key="ups")
        except InputError as error:
            problem = error.problems[0]
            if "can feed" not in problem.what:
                raise
            warnings.append(f"{case}: {problem.what} ({problem.nearest})")
    return BackupPlan(ups.id, battery_wh(ups), feeds, drawn, lasts, tuple(warnings))


def _ups(wish: Backup, catalog: Catalog, where: str) -> Ups:
    if wish.model is not None:
        return catalog.ups(wish.model, where=where, key="ups.model")
    return Ups(
        id="battery",
        name="a UPS known by its battery",
        output_w=wish.output_w,
        battery_v=1.0,  # only the product counts
        battery_ah=wish.battery_wh,
        sources=("OWN",),
        confidence="low",
    )
