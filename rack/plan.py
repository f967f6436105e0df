"""The plan: which device where, on which part. Plain data, made without any CAD."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from catalog.calibration import UNCALIBRATED, Calibration
from catalog.load import Catalog
from catalog.models import Fact, Psu, Rack
from catalog.problems import InputError, Problem
from mounts.order import Order, spec_for
from mounts.parts.rear_spec import RearSpec
from rack.beside import depth_of
from rack.boards import BoardPlan, plan_boards
from rack.calibrated import calibration_of
from rack.climate.plan import ClimatePlan, plan_climate
from rack.devices import find, others_on
from rack.energy.loads import Load, device_load, totals
from rack.energy.plan import EnergyPlan, plan_energy
from rack.energy.poe import without_ports
from rack.gather import Gathering
from rack.held import board_devices, with_boards
from rack.items import (
    Setting,
    height_of,
    item_parts,
    labels,
    natural_family,
    rack_of,
    same_names,
)
from rack.most import counted
from rack.mounted import Module, Mounted, beside_dict, depth_warning, module_dict, mounted
from rack.names import one_name_each
from rack.own import not_planned
from rack.packed import Kept
from rack.packed import places as places_of
from rack.place import gaps
from rack.spec import RackSpec
from rack.weight import WeightPlan, plan_weight
from rack.wiring.leads import plan_leads
from rack.wiring.plan import Wiring, plan_wiring

PLAN_VERSION = 1
TALLEST_BLANK_U = 4.0
UNKNOWN = (None, None, None)


@dataclass(frozen=True, kw_only=True)
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
    beside: tuple[Mounted, ...] = ()
    calibration: Calibration = UNCALIBRATED
    kept: tuple[Kept, ...] = ()
    energy: EnergyPlan
    climate: ClimatePlan
    weight: WeightPlan
    wiring: Wiring

    @property
    def mounts(self) -> tuple[Mounted, ...]:
        """All that is made: in the rack from the top, then what stands beside it."""
        return (*self.modules, *self.beside)

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
            "calibration": self.calibration.name,
            "modules": [module_dict(m) for m in self.modules],
            "beside": [beside_dict(one) for one in self.beside],
            "kept": [one.as_dict() for one in self.kept],
            "free_u": free_u(self),
            "power": {"loads": [load.as_dict() for load in self.loads], **totals(self.loads)},
            "energy": self.energy.as_dict(),
            "climate": self.climate.as_dict(),
            "weight": self.weight.as_dict(),
            "wiring": self.wiring.as_dict(),
            "power_boards": [board.as_dict() for board in self.boards],
            "candidates": list(self.candidates),
            "warnings": list(self.warnings),
        }


def make_plan(
    spec: RackSpec, catalog: Catalog, where: str, calibration: Calibration | None = None
) -> Plan:
    """Decide every place and part of a rack.

    Args:
        spec: the rack as written.
        catalog: facts.
        where: file named in errors.
        calibration: how the printer prints, in place of the file that the rack names.

    Raises:
        InputError: unknown names, devices that do not fit, no room; all at once.
    """
    found = Gathering()
    own = found.tried(calibration_of, spec, where, calibration) or UNCALIBRATED
    at = Setting(catalog, spec.rack, where, own, board_devices(spec.items, spec.power_boards))
    rack = found.tried(rack_of, at)
    height = found.tried(height_of_rack, spec, rack, where) if rack else None
    _looked_up(found, spec, catalog, where)
    items = with_boards(spec.items, spec.power_boards, where, found)
    parts = item_parts(enumerate(items), at, found, whole=rack is not None)
    places = found.tried(places_of, spec, parts, height, at) if height else None
    boards = found.tried(plan_boards, spec.power_boards, where)
    candidates = found.tried(_candidates, spec, at, whole=rack is not None)
    rack, height, boards = found.settled(rack), found.settled(height), found.settled(boards)
    spec = counted(spec, parts)
    stood, kept = found.settled(places)
    modules, beside = mounted(spec, parts, stood, at)
    modules += _blanks(spec, at, [*modules, *kept], height)
    loads = _loads(spec, catalog)
    found.tried(one_name_each, spec, loads, where)
    drawn = found.tried(plan_energy, spec, loads, catalog, where)
    leads = found.tried(plan_leads, spec, loads, boards, catalog, where)
    energy, leads = found.settled(drawn), found.settled(leads)
    by_label = dict(zip(labels(spec.items), spec.items, strict=True))
    climate = plan_climate(spec.room, (*modules, *beside), by_label, loads, catalog)
    modules.sort(key=lambda m: -m.at_u)
    weight = plan_weight(modules, rack, catalog)
    wiring = plan_wiring(spec, (*modules, *beside), leads, energy, catalog)
    named = [f"{m.label}: {text}" for m in (*modules, *beside) for text in m.warnings]
    more = [text for one in (energy, wiring, climate, weight) for text in one.warnings]
    on_boards = [f"{b.spec.title}: {text}" for b in boards for text in b.sums.verdict]
    return Plan(
        spec=spec,
        rack=rack,
        height_u=height,
        modules=tuple(modules),
        loads=loads,
        energy=energy,
        climate=climate,
        weight=weight,
        wiring=wiring,
        boards=boards,
        candidates=found.settled(candidates),
        warnings=(*named, *not_planned(spec.pack), *more, *on_boards),
        beside=tuple(beside),
        calibration=own,
        kept=kept,
    )


def _looked_up(found: Gathering, spec: RackSpec, catalog: Catalog, where: str) -> None:
    """Note names that nothing has: of printer and material; and those that two items share."""
    found.tried(catalog.printer, spec.printer, where=where, key="printer")
    found.tried(catalog.material, spec.material, where=where, key="material")
    found.tried(same_names, spec.items, where)


def free_u(plan: Plan) -> float:
    """Return the height that is left, in U; blanks count as free."""
    taken = [(m.at_u, m.height_u) for m in plan.modules if m.family != "blank"]
    taken += [(one.at_u, one.height_u) for one in plan.kept]
    return sum(high for _, high in gaps(taken, plan.height_u))


def height_of_rack(spec: RackSpec, rack: Rack, where: str) -> float:
    """Return how high a rack is, U.

    Raises:
        InputError: the file does not say, or more than there is.
    """
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


def _blanks(
    spec: RackSpec, setting: Setting, modules: Sequence[Module | Kept], height: float
) -> list[Module]:
    if spec.fill == "open":
        return []
    found: list[Module] = []
    taken = {m.label for m in modules if isinstance(m, Module)}
    names = (name for n in count(1) if (name := f"blank-{n}") not in taken)
    for start, length in gaps([(m.at_u, m.height_u) for m in modules], height):
        at, left = start, length
        while left > 0:
            tall = min(left, TALLEST_BLANK_U)
            half = "upper" if at % 1 else "lower"
            options = {"vents": spec.fill == "vented", "start": half}
            options |= {"calibration": setting.calibration}
            order = Order("blank", spec.rack, height_u=tall, options=options)
            made = spec_for(order, setting.catalog)
            found.append(
                Module(
                    label=next(names),
                    device=None,
                    family="blank",
                    at_u=at,
                    height_u=tall,
                    count=1,
                    spec=made,
                )
            )
            at, left = at + tall, left - tall
    return found


def _loads(spec: RackSpec, catalog: Catalog) -> tuple[Load, ...]:
    inside: list[Load] = []
    for label, item in zip(labels(spec.items), spec.items, strict=True):
        own = (item.idle_w, item.typical_w, item.peak_w)
        device = find(catalog, item.device) if item.device is not None else None
        given = any(one is not None for one in own)
        if device is not None and (given or not isinstance(device, Psu)):
            load = device_load(device, label, item.number, own)
            inside.append(without_ports(load, catalog.poes.get(device.id)))
        for other in others_on(item):
            named = f"{label}: {other.device}"
            inside.append(device_load(find(catalog, other.device), named, other.count, UNKNOWN))
        if device is None and given:  # fans of a panel, a board in a holder
            inside.append(Load(label, item.number, *own, "measured"))
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
        device = found.tried(find, at.catalog, name, where=at.where, key=key)
        if device is None or not whole:
            continue
        family = natural_family(device)
        try:
            own = {"calibration": at.calibration}
            made = spec_for(Order(family, spec.rack, device.id, options=own), at.catalog)
        except InputError as error:
            reasons = [f"{p.what} ({p.allowed})" if p.allowed else p.what for p in error.problems]
            row = {"fits": False, "height_u": None, "why": "; ".join(reasons)}
        else:
            tall = height_of(made)
            deep = depth_warning(made, depth_of(made), at.catalog.rack(at.rack))
            why = "; ".join([f"{family} of {tall:g}U{_braced(made)}", *deep])
            row = {"fits": True, "height_u": tall, "why": why}
        rows.append({"device": device.id, **row})
    found.done()
    return tuple(rows)


def _braced(made: Fact) -> str:
    braced = isinstance(made, RearSpec) and made.braced
    return " and two brackets to the rear posts" if braced else ""
