"""The plan: which device where, on which part. Plain data, made without any CAD."""

from dataclasses import dataclass, field
from typing import Any

from catalog.load import Catalog
from catalog.models import Board, Fact, Rack
from catalog.problems import InputError, Problem
from mounts.order import Order, spec_for, standard_of
from rack.place import Wish, gaps, place
from rack.power import Load, device_load, totals
from rack.spec import Item, RackSpec

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
    candidates: tuple[dict[str, Any], ...] = ()
    warnings: tuple[str, ...] = ()
    facts: dict[str, Any] = field(default_factory=dict[str, Any])

    def as_dict(self) -> dict[str, Any]:
        """Return the plan as plain data, for JSON."""
        return {
            "version": PLAN_VERSION,
            "name": self.spec.name,
            "title": self.spec.title,
            "rack": {"id": self.rack.id, "standard": self.rack.standard, "height_u": self.height_u},
            "modules": [_module_dict(m) for m in self.modules],
            "free_u": free_u(self),
            "power": {"loads": [load.as_dict() for load in self.loads], **totals(self.loads)},
            "power_boards": [board.model_dump() for board in self.spec.power_boards],
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
        InputError: unknown devices, devices that do not fit, no room; all at once.
    """
    rack = catalog.rack(spec.rack, where=where, key="rack")
    height = _height(spec, rack, where)
    catalog.printer(spec.printer, where=where, key="printer")
    catalog.material(spec.material, where=where, key="material")
    ordered = _specs(spec, catalog, where)
    wishes = [
        Wish(f"item[{i}]", item.label, float(made.height_u), item.at_u)  # type: ignore[attr-defined]
        for i, (item, made) in enumerate(zip(spec.items, ordered, strict=True))
    ]
    modules = [
        _module(item, made, at, rack)
        for item, made, at in zip(spec.items, ordered, place(wishes, height, where), strict=True)
    ]
    modules += _blanks(spec, catalog, modules, height)
    return Plan(
        spec=spec,
        rack=rack,
        height_u=height,
        modules=tuple(sorted(modules, key=lambda m: -m.at_u)),
        loads=_loads(spec, catalog),
        candidates=_candidates(spec, catalog, where),
        warnings=tuple(f"{m.label}: {text}" for m in modules for text in m.warnings),
    )


def free_u(plan: Plan) -> float:
    """Return the height that is left, in U; blanks count as free."""
    return plan.height_u - sum(m.height_u for m in plan.modules if m.family != "blank")


def _height(spec: RackSpec, rack: Rack, where: str) -> float:
    if spec.height is None and rack.height_u is None:
        what = f"{rack.id} comes in any height: say how high yours is"
        raise InputError(Problem(where, what, "height", allowed="such as height = '8U'"))
    own = spec.height if spec.height is not None else rack.height_u or 0.0
    if rack.height_u is not None and own > rack.height_u:
        what = f"{rack.id} has {rack.height_u:g}U, not {own:g}U"
        near = f"the largest value that works is {rack.height_u:g}U"
        raise InputError(Problem(where, what, "height", nearest=near))
    return own


def family_of(item: Item, catalog: Catalog, where: str, key: str) -> str:
    """Return the part family that carries an item.

    Raises:
        InputError: unknown device, or one that no mount of ours takes.
    """
    if item.mount != "auto":
        return item.mount
    device = catalog.device(item.device or "", where=where, key=f"{key}.device")
    if device.kind == "blade":
        what = f"{device.id} is made for its maker's own enclosure"
        near = "put the enclosure on a shelf: device = 'bladerunner-19'"
        raise InputError(Problem(where, what, f"{key}.device", nearest=near))
    if device.kind == "box":
        if item.count > 1:
            what = f"a shelf carries one {device.id}, not {item.count}"
            near = "write one item for each"
            raise InputError(Problem(where, what, f"{key}.count", nearest=near))
        return "shelf"
    return "frame" if item.count > 1 else "tray"


def _specs(spec: RackSpec, catalog: Catalog, where: str) -> list[Fact]:
    """Return the part spec of every item; collects the problems of all."""
    problems: list[Problem] = []
    found: list[Fact] = []
    for index, item in enumerate(spec.items):
        key = f"item[{index}]"
        try:
            family = family_of(item, catalog, where, key)
            order = Order(
                family, spec.rack, item.device, item.height, item.hat, where, _options(item, family)
            )
            found.append(spec_for(order, catalog))
        except InputError as error:
            problems += [_at(p, where, key) for p in error.problems]
    if problems:
        raise InputError(*problems)
    return found


def _at(problem: Problem, where: str, key: str) -> Problem:
    """Return a problem of a part as one of the item in the file that asks for it."""
    if problem.key.startswith(key):
        return problem
    path = f"{key}.{problem.key}" if problem.key else key
    return Problem(where, problem.what, path, problem.line, problem.allowed, problem.nearest)


def _options(item: Item, family: str) -> dict[str, Any]:
    wishes = {
        "front": item.front,
        "fixing": item.fixing,
        "pose": item.pose,
        "air_gap_mm": item.air_gap,
        "plug_room_mm": item.plug_room,
    }
    options = {key: value for key, value in wishes.items() if value is not None}
    if family == "frame":
        options["count"] = item.count
    if item.at_u is not None and item.at_u % 1:
        options["start"] = "upper"
    return options


def _module(item: Item, made: Fact, at: float, rack: Rack) -> Module:
    if at % 1 and getattr(made, "start", "upper") != "upper":
        fields = {key: getattr(made, key) for key in type(made).model_fields}
        made = type(made)(**{**fields, "start": "upper"})
    height = float(getattr(made, "height_u"))  # noqa: B009 - every panel spec has one
    family = _family_name(made)
    notes = _depth_warning(made, rack)
    return Module(item.label, item.device, family, at, height, item.count, made, notes, item.note)


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
    for start, length in gaps([(m.at_u, m.height_u) for m in modules], height):
        at, left = start, length
        while left > 0:
            tall = min(left, TALLEST_BLANK_U)
            half = "upper" if at % 1 else "lower"
            options = {"vents": spec.fill == "vented", "start": half}
            made = spec_for(Order("blank", spec.rack, height_u=tall, options=options), catalog)
            found.append(Module("blank", None, "blank", at, tall, 1, made))
            at, left = at + tall, left - tall
    return found


def _loads(spec: RackSpec, catalog: Catalog) -> tuple[Load, ...]:
    inside = [
        device_load(
            catalog.device(item.device),
            item.label,
            item.count,
            (item.idle_w, item.typical_w, item.peak_w),
        )
        for item in spec.items
        if item.device is not None
    ]
    beside = [
        Load(o.name, o.count, o.idle_w, o.typical_w, o.peak_w, "given, outside the rack")
        for o in spec.outside
    ]
    return (*inside, *beside)


def _candidates(spec: RackSpec, catalog: Catalog, where: str) -> tuple[dict[str, Any], ...]:
    """Say of each candidate whether a mount takes it in this rack, and in how many U."""
    standard_of(catalog, spec.rack, where)
    found: list[dict[str, Any]] = []
    for index, name in enumerate(spec.candidates):
        device = catalog.device(name, where=where, key=f"candidates[{index}]")
        family = "tray" if isinstance(device, Board) else "shelf"
        try:
            made = spec_for(Order(family, spec.rack, device.id), catalog)
        except InputError as error:
            why = "; ".join(f"{p.what} ({p.allowed})" for p in error.problems)
            found.append({"device": device.id, "fits": False, "height_u": None, "why": why})
        else:
            height = float(getattr(made, "height_u"))  # noqa: B009 - every panel spec has one
            why = f"{family} of {height:g}U"
            found.append({"device": device.id, "fits": True, "height_u": height, "why": why})
    return tuple(found)


def _module_dict(module: Module) -> dict[str, Any]:
    return {
        "label": module.label,
        "device": module.device,
        "part": module.family,
        "at_u": module.at_u,
        "height_u": module.height_u,
        "count": module.count,
        "depth_mm": round(depth_of(module.spec), 2),
        "warnings": list(module.warnings),
        "note": module.note,
        "spec": module.spec.model_dump(mode="json", exclude_defaults=True),
    }
