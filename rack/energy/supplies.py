"""Which supply feeds what, how far it is loaded, and what it takes from the mains."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from catalog.load import Catalog
from catalog.models import Efficiency
from catalog.problems import InputError, Problem, did_you_mean
from rack.energy.efficiency import efficiency_at
from rack.energy.loads import Load
from rack.energy.spec import Supply
from rack.energy.words import CASES
from rack.figures import rounded
from rack.gather import Gathering


@dataclass(frozen=True)
class Fed:
    """A supply in one case: what it gives, as a share of its rating, and takes.

    `load_w` and `wall_w` are sums of what is known; `wall_w` is `None` where its efficiency is not
    known at that load, and `why` says why. `unknown` names the loads that are not in the sums.
    """

    load_w: float
    unknown: tuple[str, ...]
    share: float | None = None
    efficiency: float | None = None
    wall_w: float | None = None
    why: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return the fields by name, rounded as they are told."""
        return {
            "load_w": round(self.load_w, 1),
            "unknown": list(self.unknown),
            "share": rounded(self.share, 3),
            "efficiency": rounded(self.efficiency, 3),
            "wall_w": rounded(self.wall_w, 1),
            "why": self.why,
        }


@dataclass(frozen=True)
class SupplyPlan:
    """A supply, what it feeds, and how it is loaded when idle, typical and at peak."""

    name: str
    feeds: tuple[str, ...]
    rated_w: float | None
    rule: str
    cases: Mapping[str, Fed]

    @property
    def warnings(self) -> tuple[str, ...]:
        """What there is to look at: too much, or too little for its certificate."""
        found: list[str] = []
        peak = self.cases["peak"]
        if self.rated_w is not None and peak.load_w > self.rated_w:
            found.append(
                f"{peak.load_w:.0f} W at peak is more than its {self.rated_w:.0f} W: "
                "start nodes one after the other, feed less from it, or take a larger one"
            )
        # When idle it may well run below its certificate: the table says so, and no more is to do.
        busy = [(case, self.cases[case]) for case in ("typical", "peak")]
        found += [f"{case}: {fed.why}" for case, fed in busy if fed.why and fed.load_w]
        return tuple(found)

    def as_dict(self) -> dict[str, Any]:
        """Return the fields by name, for JSON."""
        return {
            "name": self.name,
            "feeds": list(self.feeds),
            "rated_w": self.rated_w,
            "rule": self.rule,
            **{case: fed.as_dict() for case, fed in self.cases.items()},
            "warnings": list(self.warnings),
        }


def is_of(load: Load, name: str) -> bool:
    """Say whether a load is that of an item, or of something else on its mount."""
    return load.label == name or load.label.startswith(f"{name}: ")


def names_of(loads: Sequence[Load]) -> list[str]:
    """Return what `feeds` may name: items and outside things that may draw, each once."""
    return list(dict.fromkeys(load.label.partition(": ")[0] for load in loads))


def known_names(
    wanted: Sequence[str],
    known: Sequence[str],
    place: tuple[str, str],
    behind: Mapping[str, str] | None = None,
) -> list[Problem]:
    """Return one problem for each name that cannot be fed from here, or that stands there twice.

    Args:
        wanted: what the file names.
        known: what may be named.
        place: file and key of the names.
        behind: things that hang behind another, which is fed or not as a whole.
    """
    found: list[Problem] = []
    where, key = place
    for index, name in enumerate(wanted):
        at = f"{key}[{index}]"
        if behind and name in behind:
            what = f"{name} hangs behind {behind[name]}, which is fed or not as a whole"
            found.append(Problem(where, what, at, nearest=f"write {behind[name]!r}"))
        elif name not in known:
            what = f"nothing that draws power is called {name[:40]!r}"
            near = did_you_mean(name, known)
            found.append(Problem(where, what, at, allowed=", ".join(known), nearest=near))
        elif name in wanted[:index]:
            found.append(Problem(where, f"{name} stands there twice", at, nearest="leave one out"))
    return found


def plan_supplies(
    supplies: Sequence[Supply],
    loads: Sequence[Load],
    known: tuple[Catalog, str],
    behind: Mapping[str, str],
) -> tuple[SupplyPlan, ...]:
    """Return every supply with what it feeds.

    Args:
        supplies: as written.
        loads: of everything that is fed by a supply or an adapter of its own.
        known: facts, and the file named in errors.
        behind: things that a switch feeds, and its name.

    Raises:
        InputError: unknown names, a thing fed by two supplies; all at once.
    """
    found, (catalog, where) = Gathering(), known
    names = names_of(loads)
    taken: dict[str, str] = {}
    plans: list[SupplyPlan | None] = []
    for index, supply in enumerate(supplies):
        key = f"supply[{index}]"
        if supply.name in {s.name for s in supplies[:index]}:
            what = f"a second supply is called {supply.name!r}"
            found.problems.append(Problem(where, what, f"{key}.name", nearest="name it otherwise"))
        found.problems += known_names(supply.feeds, names, (where, f"{key}.feeds"), behind)
        mine = supply.feeds or tuple(n for n in names if n not in taken)
        for name in supply.feeds:
            if name in taken:
                what = f"{name} is fed by {taken[name]} already"
                at = f"{key}.feeds"
                found.problems.append(Problem(where, what, at, nearest=f"take {name} out of one"))
        taken |= {name: supply.name for name in mine if name not in taken}
        plans.append(found.tried(_plan, supply, mine, loads, catalog, (where, key)))
    found.done()
    return tuple(plan for plan in plans if plan is not None)


def _plan(
    supply: Supply,
    feeds: Sequence[str],
    loads: Sequence[Load],
    catalog: Catalog,
    at: tuple[str, str],
) -> SupplyPlan:
    where, key = at
    psu = catalog.psu(supply.psu, where=where, key=f"{key}.psu") if supply.psu else None
    rated = supply.watts or (psu.watts_w if psu else None)
    level = None
    if supply.level is not None:
        level = catalog.efficiency(supply.level, where=where, key=f"{key}.level")
        if rated is None:
            what = f"{supply.psu} comes in many sizes: a level wants the rated load"
            raise InputError(Problem(where, what, f"{key}.watts", nearest="add watts"))
    flat = supply.efficiency or (psu.efficiency if psu and level is None else None)
    mine = [load for load in loads if any(is_of(load, name) for name in feeds)]
    through = supply.modules or 1.0
    cases = {case: _fed(case, mine, through, rated, level or flat) for case in CASES}
    return SupplyPlan(supply.name, tuple(feeds), rated, _rule(level, flat), cases)


def _fed(
    case: str,
    loads: Sequence[Load],
    through: float,
    rated: float | None,
    rule: Efficiency | float | None,
) -> Fed:
    known = [(load, getattr(load, f"{case}_w")) for load in loads]
    given = sum(load.count * w for load, w in known if w is not None) / through
    unknown = tuple(sorted({load.label for load, w in known if w is None}))
    share = given / rated if rated else None
    match rule:
        case None:
            return Fed(given, unknown, share, why="its efficiency is not known")
        case Efficiency():
            assert share is not None, "a level without a rating was refused"
            try:
                found = efficiency_at(rule, share)
            except InputError as error:
                problem = error.problems[0]
                why = f"{problem.what} ({problem.nearest})"
                return Fed(given, unknown, share, why=why)
        case _:
            found = float(rule)
    return Fed(given, unknown, share, found, given / found)


def _rule(level: Efficiency | None, flat: float | None) -> str:
    if level is not None:
        return f"80 PLUS {level.level}, {level.mains}: at least that much is certified"
    return "" if flat is None else f"{flat:.0%} at any load"
