"""The plan: which device where, on which part. Plain data, made without any CAD."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from catalog.load import Catalog
from catalog.models import Board, Fact, Rack
from catalog.problems import InputError, Problem
from mounts.order import Order, spec_for
from rack.boards import BoardPlan, plan_boards
from rack.gather import Gathering
from rack.items import (
    Setting,
    height_of,
    item_parts,
    labels,
    rack_of,
    same_names,
    standing_at,
)
from rack.place import Wish, gaps, place
from rack.power import Load, device_load, totals
from rack.spec import RackSpec

PLAN_VERSION = 1
TALLEST_BLANK_U = 4.0


@dataclass(frozen=True)
class Module:
    """One place in the rack and the parts that fill it."""

    label: str
    device: str | None
    family: str
    at_u: float
    height_u: float
    count: int
    spec: Fact
    hat: str | None = None
    warnings: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Plan:
    """A whole rack, decided."""

    spec: RackSpec
    rack: Rack
    height_u: float
    modules: tuple[Module, ...]
    loads: tuple[Load, ...]
    boards: tuple[BoardPlan, ...] = ()
    candidates: tuple[dict[str, Any], ...] = ()
    warnings: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return the plan as plain data, for JSON."""
        return {
            "version": PLAN_VERSION,
            "name": self.spec.name,
            "title": self.spec.title,
            "note": self.spec.note,
            "rack": {
                "id": self.rack.id,
                "name": self.rack.name,
                "standard": self.rack.standard,
                "height_u": self.height_u,
            },
            "printer": self.spec.printer,
            "material": self.spec.material,
            "modules": [_module_dict(m) for m in self.modules],
            "free_u": free_u(self),
            "power": {"loads": [load.as_dict() for load in self.loads], **totals(self.loads)},
            "power_boards": [board.as_dict() for board in self.boards],
            "candidates": list(self.candidates),
            "warnings": list(self.warnings),
        }


def make_plan(spec: RackSpec, catalog: Catalog, where: str) -> Plan:
    """Decide every place and part of a rack.

    Args:
        spec: the rack as written.
        catalog: facts.
        where: file named in errors.

    Raises:
        InputError: unknown names, devices that do not fit, no room; all at once.
    """
    found = Gathering()
    at = Setting(catalog, spec.rack, where)
    rack = found.tried(rack_of, at)
    height = found.tried(_height, spec, rack, where) if rack else None
    found.tried(catalog.printer, spec.printer, where=where, key="printer")
    found.tried(catalog.material, spec.material, where=where, key="material")
    found.tried(same_names, spec.items, where)
    parts = item_parts(enumerate(spec.items), at, found, whole=rack is not None)
    places = found.tried(_places, spec, parts, height, where) if height else None
    boards = found.tried(plan_boards, spec.power_boards, where)
    candidates = found.tried(_candidates, spec, at, whole=rack is not None)
    rack, height = found.settled(rack), found.settled(height)
    modules = _modules(spec, parts, found.settled(places), at)
    modules += _blanks(spec, catalog, modules, height)
    boards = found.settled(boards)
    warnings = [f"{m.label}: {text}" for m in modules for text in m.warnings]
    warnings += [f"{b.spec.title}: {text}" for b in boards for text in b.sums.warnings]
    return Plan(
        spec=spec,
        rack=rack,
        height_u=height,
        modules=tuple(sorted(modules, key=lambda m: -m.at_u)),
        loads=_loads(spec, catalog),
        boards=boards,
        candidates=found.settled(candidates),
        warnings=tuple(warnings),
    )


def free_u(plan: Plan) -> float:
    """Return the height that is left, in U; blanks count as free."""
    return plan.height_u - sum(m.height_u for m in plan.modules if m.family != "blank")


def _height(spec: RackSpec, rack: Rack, where: str) -> float:
    if spec.height is None and rack.height_u is None:
        what = f"{rack.id} comes in any height: say how high yours is"
        near = 'add height = "8U"'
        raise InputError(Problem(where, what, "height", allowed="0.5U to 60U", nearest=near))
    own = spec.height if spec.height is not None else rack.height_u or 0.0
    if rack.height_u is not None and own > rack.height_u:
        what = f"{rack.id} has {rack.height_u:g}U, not {own:g}U"
        near = f"the largest value that works is {rack.height_u:g}U"
        allowed = f"up to {rack.height_u:g}U"
        raise InputError(Problem(where, what, "height", allowed=allowed, nearest=near))
    return own


def _places(
    spec: RackSpec, parts: Sequence[Fact | None], height: float, where: str
) -> dict[int, float]:
    """Return the lowest unit of every item whose part is known, by the item's index."""
    names = labels(spec.items)
    known = {i: part for i, part in enumerate(parts) if part is not None}
    wishes = [
        Wish(f"item[{i}]", names[i], height_of(part), spec.items[i].at_u)
        for i, part in known.items()
    ]
    return dict(zip(known, place(wishes, height, where), strict=True))


def _modules(
    spec: RackSpec, parts: Sequence[Fact | None], places: dict[int, float], at: Setting
) -> list[Module]:
    names = labels(spec.items)
    rack = at.catalog.rack(at.rack)
    found: list[Module] = []
    for i, item in enumerate(spec.items):
        part = parts[i]
        assert part is not None, "every item has a part once no problem was found"
        made = standing_at(part, places[i])
        device = at.catalog.device(item.device).id if item.device else None
        found.append(
            Module(
                label=names[i],
                device=device,
                family=_family_name(made),
                at_u=places[i],
                height_u=height_of(made),
                count=item.count,
                spec=made,
                hat=item.hat,
                warnings=_depth_warning(made, rack),
                note=item.note,
            )
        )
    return found


def _family_name(made: Fact) -> str:
    return type(made).__name__.removesuffix("Spec").lower()


def depth_of(made: Fact) -> float:
    """Return how deep a part reaches behind the panel's front, mm; 0 for a blank."""
    return float(getattr(made, "end_mm", None) or getattr(made, "depth_mm", 0.0))


def _depth_warning(made: Fact, rack: Rack) -> tuple[str, ...]:
    deep = depth_of(made)
    if rack.clear_depth_mm is None or deep <= rack.clear_depth_mm:
        return ()
    out = deep - rack.clear_depth_mm
    return (f"{deep:.0f} mm deep, sticks out of {rack.id} by {out:.0f} mm at the back",)


def _blanks(spec: RackSpec, catalog: Catalog, modules: list[Module], height: float) -> list[Module]:
    if spec.fill == "open":
        return []
    found: list[Module] = []
    taken = {m.label for m in modules}
    names = (name for n in count(1) if (name := f"blank-{n}") not in taken)
    for start, length in gaps([(m.at_u, m.height_u) for m in modules], height):
        at, left = start, length
        while left > 0:
            tall = min(left, TALLEST_BLANK_U)
            half = "upper" if at % 1 else "lower"
            options = {"vents": spec.fill == "vented", "start": half}
            made = spec_for(Order("blank", spec.rack, height_u=tall, options=options), catalog)
            found.append(Module(next(names), None, "blank", at, tall, 1, made))
            at, left = at + tall, left - tall
    return found


def _loads(spec: RackSpec, catalog: Catalog) -> tuple[Load, ...]:
    names = labels(spec.items)
    inside = [
        device_load(
            catalog.device(item.device),
            names[i],
            item.count,
            (item.idle_w, item.typical_w, item.peak_w),
        )
        for i, item in enumerate(spec.items)
        if item.device is not None
    ]
    beside = [
        Load(o.name, o.count, o.idle_w, o.typical_w, o.peak_w, "given, outside the rack")
        for o in spec.outside
    ]
    return (*inside, *beside)


def _candidates(spec: RackSpec, at: Setting, *, whole: bool) -> tuple[dict[str, Any], ...]:
    """Say of each candidate whether a mount takes it in this rack, and in how many U.

    Args:
        spec: the rack as written.
        at: what all items share.
        whole: the rack is known; else names are looked up only.
    """
    found = Gathering()
    rows: list[dict[str, Any]] = []
    for index, name in enumerate(spec.candidates):
        key = f"candidates[{index}]"
        device = found.tried(at.catalog.device, name, where=at.where, key=key)
        if device is None or not whole:
            continue
        family = "tray" if isinstance(device, Board) else "shelf"
        try:
            made = spec_for(Order(family, spec.rack, device.id), at.catalog)
        except InputError as error:
            reasons = [f"{p.what} ({p.allowed})" if p.allowed else p.what for p in error.problems]
            row = {"fits": False, "height_u": None, "why": "; ".join(reasons)}
        else:
            tall = height_of(made)
            row = {"fits": True, "height_u": tall, "why": f"{family} of {tall:g}U"}
        rows.append({"device": device.id, **row})
    found.done()
    return tuple(rows)


def _module_dict(module: Module) -> dict[str, Any]:
    return {
        "label": module.label,
        "device": module.device,
        "part": module.family,
        "at_u": module.at_u,
        "height_u": module.height_u,
        "count": module.count,
        "hat": module.hat,
        "depth_mm": round(depth_of(module.spec), 2),
        "warnings": list(module.warnings),
        "note": module.note,
        "spec": module.spec.model_dump(mode="json", exclude_defaults=True),
    }
