"""The plan: which device where, on which part. Plain data, made without any CAD."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from catalog.calibration import UNCALIBRATED, Calibration
from catalog.load import Catalog
from catalog.models import Fact, Price, Psu, Rack
from catalog.problems import InputError
from catalog.versions import PLAN
from mounts.order import Order, spec_for
from mounts.parts.rear_spec import RearSpec
from rack.beside import depth_of
from rack.blanks import blanks
from rack.boards import BoardPlan, plan_boards
from rack.cabinets import Cabinet, cabinets_of, placed_well, racks_by_cabinet
from rack.calibrated import calibration_of
from rack.climate.plan import ClimatePlan, plan_climate, together
from rack.devices import find, others_on
from rack.energy.loads import Load, device_load, totals
from rack.energy.plan import EnergyPlan, plan_energy
from rack.energy.poe import without_ports
from rack.filled import Filled, fill
from rack.gather import Gathering
from rack.held import board_devices, with_boards
from rack.items import (
    Setting,
    height_of,
    item_part,
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
from rack.packed import Kept, uncounted
from rack.packed import places as places_of
from rack.place import Place
from rack.repeated import as_many, in_the_file, repeated
from rack.spec import RackSpec
from rack.weight import WeightPlan, all_together
from rack.wiring.leads import plan_leads
from rack.wiring.plan import Wiring, plan_wiring

PLAN_VERSION = PLAN.newest
UNKNOWN = (None, None, None)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A whole rack, decided."""

    spec: RackSpec
    rack: Rack
    cabinets: tuple[Filled, ...]
    loads: tuple[Load, ...]
    boards: tuple[BoardPlan, ...] = ()
    candidates: tuple[dict[str, Any], ...] = ()
    warnings: tuple[str, ...] = ()
    beside: tuple[Mounted, ...] = ()
    calibration: Calibration = UNCALIBRATED
    energy: EnergyPlan
    climate: ClimatePlan
    wiring: Wiring
    prices: tuple[Price, ...] = ()

    @property
    def modules(self) -> tuple[Module, ...]:
        """All that hangs in a cabinet: of each from the top."""
        return tuple(module for one in self.cabinets for module in one.modules)

    @property
    def kept(self) -> tuple[Kept, ...]:
        """All room that is kept free."""
        return tuple(kept for one in self.cabinets for kept in one.kept)

    @property
    def height_u(self) -> float:
        """Of all cabinets together, U."""
        return sum(one.height_u for one in self.cabinets)

    @property
    def weight(self) -> WeightPlan:
        """Of all cabinets together."""
        return all_together([one.weight for one in self.cabinets])

    @property
    def mounts(self) -> tuple[Mounted, ...]:
        """All that is made: in the rack from the top, then what stands beside it."""
        return (*self.modules, *self.beside)

    def as_dict(self) -> dict[str, Any]:
        """Return the plan as plain data, for JSON; `cabinets` where they have names."""
        named = [one.as_dict() for one in self.cabinets if one.name]
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
            **({"cabinets": named} if named else {}),
            "printer": self.spec.printer,
            "material": self.spec.material,
            "calibration": self.calibration.name,
            "modules": [module_dict(m) for m in self.modules],
            "beside": [beside_dict(one) for one in self.beside],
            "kept": [one.as_dict() for one in self.kept],
            "free_u": free_u(self),
            "power": {
                "loads": [load.as_dict() for load in self.loads],
                **totals(self.loads),
                **uncounted(self.kept),
            },
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
    written, origin = repeated(spec)
    try:
        return _decided(written, origin, (catalog, where), calibration)
    except InputError as error:
        told = (in_the_file(one, origin) for one in error.problems)
        raise InputError(*dict.fromkeys(told)) from None


def _decided(
    spec: RackSpec, origin: list[int], facts: tuple[Catalog, str], calibration: Calibration | None
) -> Plan:
    """Decide a rack of which every mount is written out; see `make_plan`."""
    found, (catalog, where) = Gathering(), facts
    own = found.tried(calibration_of, spec, where, calibration) or UNCALIBRATED
    held = board_devices(spec.items, spec.power_boards)
    at = Setting(catalog, spec.rack, where, own, held, racks_by_cabinet(spec))
    rack = found.tried(rack_of, at)
    cabinets = found.tried(cabinets_of, spec, catalog, where) if rack else None
    ready = found.tried(placed_well, spec.items, cabinets, where) if cabinets else None
    _looked_up(found, spec, catalog, where)
    items = with_boards(spec.items, spec.power_boards, where, found)
    parts = item_parts(enumerate(items), at, found, whole=rack is not None)
    if ready:
        spec, parts = found.tried(as_many, spec, parts, ready, at, origin) or (spec, parts)
    places = found.tried(places_of, spec, parts, ready, at) if ready else None
    boards = found.tried(plan_boards, spec.power_boards, where)
    candidates = found.tried(_candidates, spec, at, whole=rack is not None)
    rack, boards, cabinets = found.settled(rack), found.settled(boards), found.settled(cabinets)
    stood, kept = found.settled(places)
    parts, spec = found.settled(found.tried(_remade, spec, parts, stood, at)), counted(spec, parts)
    modules, beside = mounted(spec, parts, stood, cabinets, at)
    modules += blanks(spec, at, cabinets, (modules, kept))
    loads = _loads(spec, catalog)
    found.tried(one_name_each, spec, loads, where)
    drawn = found.tried(plan_energy, spec, loads, catalog, where)
    leads = found.tried(plan_leads, spec, loads, boards, catalog, where)
    energy, leads = found.settled(drawn), found.settled(leads)
    climates = _climates(spec, (modules, beside, cabinets), loads, catalog)
    filled = fill(cabinets, (modules, kept), loads, climates, catalog)
    climate = together(climates)
    mounts = (*(module for one in filled for module in one.modules), *beside)
    wiring = plan_wiring(spec, mounts, leads, energy, catalog)
    named = [f"{m.label}: {text}" for m in (*modules, *beside) for text in m.warnings]
    more = [text for one in (energy, wiring, climate, *filled) for text in one.warnings]
    on_boards = [f"{b.spec.title}: {text}" for b in boards for text in b.sums.verdict]
    return Plan(
        spec=spec,
        rack=rack,
        cabinets=filled,
        loads=loads,
        energy=energy,
        climate=climate,
        wiring=wiring,
        boards=boards,
        candidates=found.settled(candidates),
        warnings=(*named, *not_planned(spec), *more, *on_boards),
        beside=tuple(beside),
        calibration=own,
    )


def _looked_up(found: Gathering, spec: RackSpec, catalog: Catalog, where: str) -> None:
    """Note names that nothing has: of printer and material; and those that two items share."""
    found.tried(catalog.printer, spec.printer, where=where, key="printer")
    found.tried(catalog.material, spec.material, where=where, key="material")
    found.tried(same_names, spec.items, where)


def _remade(
    spec: RackSpec, parts: Sequence[Fact | None], stood: Mapping[int, Place], at: Setting
) -> list[Fact | None]:
    """Return the parts, those that landed in a cabinet with a rack of its own made for that one.

    Raises:
        InputError: a device that does not fit there.
    """
    found, made = Gathering(), list(parts)
    for index, place in stood.items():
        item = spec.items[index]
        if item.cabinet is None and at.inside(place.cabinet).rack != at.rack:
            item = item.model_copy(update={"cabinet": place.cabinet})
            made[index] = found.tried(item_part, item, f"item[{index}]", at)
    found.done()
    return made


def _climates(
    spec: RackSpec,
    held: tuple[Sequence[Module], Sequence[Mounted], Sequence[Cabinet]],
    loads: Sequence[Load],
    catalog: Catalog,
) -> dict[str, ClimatePlan]:
    """Return how warm each cabinet gets; the last of several is what stands beside them."""
    modules, beside, cabinets = held
    by_label = dict(zip(labels(spec.items), spec.items, strict=True))
    parts: dict[str, list[Mounted]] = {one.name: [] for one in cabinets}
    for module in modules:
        parts[module.cabinet].append(module)
    if len(cabinets) == 1:
        parts[cabinets[0].name] += beside
    else:
        parts["beside the cabinets"] = [*beside]
    return {
        name: plan_climate(spec.room, own, by_label, loads, catalog) for name, own in parts.items()
    }


def free_u(plan: Plan) -> float:
    """Return the height that is left at the fronts, in U; blanks count as free."""
    return sum(one.free_u for one in plan.cabinets)


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
