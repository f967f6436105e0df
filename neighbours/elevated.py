"""From a plan to the elevation that others can hold."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from catalog.load import Catalog
from catalog.models import Racked
from neighbours.elevation import WIDTHS, Cabinet, Elevation, Kind, Stand, ordered
from neighbours.units import distinct, slug
from rack.cabinets import Cabinet as Empty
from rack.devices import find
from rack.energy.loads import Load
from rack.items import labels
from rack.mounted import Module
from rack.plan import Plan
from rack.spec import Item

# Of an item: what the elevation itself says, and what names another part of the file.
_ELSEWHERE = {"name", "at_u", "cabinet", "face", "height", "note", "poe", "power_board", "times"}


def elevation_of(plan: Plan, catalog: Catalog) -> Elevation:
    """Return who stands where in a plan; what stands beside the rack is not in it.

    Args:
        plan: of one cabinet or of several.
        catalog: facts.
    """
    making = _Making(catalog)
    items = dict(zip(labels(plan.spec.items), plan.spec.items, strict=True))
    stands = [
        Stand(
            name=module.label,
            kind=making.module(module, items.get(module.label), plan.loads),
            at_u=module.at_u,
            face=module.face,
            cabinet=module.cabinet,
        )
        for module in plan.modules
    ]
    own = _things(plan)
    stands += [
        Stand(
            name=kept.name,
            kind=making.kept(own[kept.name], kept.height_u),
            at_u=kept.at_u,
            face=kept.face,
            cabinet=kept.cabinet,
        )
        for kept in plan.kept
    ]
    return Elevation(
        name=plan.spec.name,
        title=plan.spec.title,
        racks=tuple(cabinet_of(one.cabinet) for one in plan.cabinets),
        **ordered(making.kinds.values(), stands),
    )


def cabinet_of(one: Empty) -> Cabinet:
    """Return a cabinet as others know it; half a unit at its top is left out."""
    rack = one.rack
    return Cabinet(
        id=rack.id,
        name=rack.name,
        label=one.name,
        width_in=WIDTHS.get(rack.standard or "", 19),
        height_u=max(1, int(one.height_u)),
        depth_mm=rack.clear_depth_mm,
        outer_w_mm=rack.outer_w_mm,
        outer_d_mm=rack.outer_d_mm,
        outer_h_mm=rack.outer_h_mm,
        weight_g=rack.weight_g,
    )


def _things(plan: Plan) -> dict[str, Any]:
    """Return the things of `[pack]` by the name that each of them has."""
    found: dict[str, Any] = {}
    for own in plan.spec.pack.things if plan.spec.pack else ():
        names = [own.name] if own.count == 1 else [f"{own.name}-{n + 1}" for n in range(own.count)]
        found |= dict.fromkeys(names, own)
    return found


# Rackula's categories, by the category of a device and by the family of a mount without one.
_CATEGORY = {
    **dict.fromkeys(("sbc", "carrier", "cluster", "blade", "mini_pc"), "server"),
    **dict.fromkeys(("switch", "router"), "network"),
    "nas": "storage",
    "ups": "power",
    "enclosure": "chassis",
}
_FAMILY = {"blank": "blank", "panel": "patch-panel", "psu": "power", "drives": "storage"}


def _category(family: str, of: str) -> str:
    return _CATEGORY.get(of) or _FAMILY.get(family, "other")


@dataclass
class _Making:
    """Gathers kinds, so that what is the same is one kind."""

    catalog: Catalog
    kinds: dict[tuple[Any, ...], Kind] = field(default_factory=dict[tuple[Any, ...], Kind])
    slugs: set[str] = field(default_factory=set[str])
    models: set[str] = field(default_factory=set[str])

    def module(self, module: Module, item: Item | None, loads: Iterable[Load]) -> str:
        """Return the slug of a module's kind."""
        device = find(self.catalog, module.device) if module.device else None
        many = module.count if device is not None else 1
        of = str(getattr(device, "name", None) or device.id) if device else _spoken(module.family)
        named = [f"{many}x"] if many > 1 else []
        named += [device.id if device else module.family, f"{module.height_u:g}u"]
        typical_w, max_w = _drawn(module, loads)
        weight_g = getattr(device, "weight_g", None)
        spec: Any = module.spec
        return self._kind(
            Kind(
                slug=slug(" ".join(named)),
                maker=getattr(device, "manufacturer", "") or "Rackpress",
                model=f"{many} × {of}" if many > 1 else of,
                height_u=module.height_u,
                full_depth=bool(getattr(spec, "braced", False) or getattr(spec, "rows", 1) > 1),
                weight_g=None if weight_g is None else round(weight_g * many, 2),
                typical_w=typical_w,
                max_w=max_w,
                category=_category(module.family, getattr(device, "category", "")),
                bays=many if many > 1 else 0,
                ours=_held(item) if item else {"mount": module.family},
            )
        )

    def kept(self, own: Any, height_u: float) -> str:
        """Return the slug of the kind of a thing that is bought with ears."""
        known: Racked | None = self.catalog.racked_device(own.device) if own.device else None
        fields = _thing_fields(own, known)
        return self._kind(
            Kind(
                slug=slug(known.id if known else f"{own.name} {height_u:g}u"),
                maker=known.manufacturer if known else "Generic",
                model=known.name if known else own.name,
                height_u=height_u,
                device=known.id if known else "",
                airflow=known.airflow if known else None,
                part_number=known.part_number if known else "",
                **fields,
            )
        )

    def _kind(self, made: Kind) -> str:
        key = (*(v for k, v in vars(made).items() if k != "ours"), made.mark)
        if key not in self.kinds:
            model = f"{made.maker} {made.model}"
            if model in self.models:
                made = replace(made, model=f"{made.model} ({made.height_u:g}U)")
            while f"{made.maker} {made.model}" in self.models:
                made = replace(made, model=f"{made.model}*")
            self.models.add(f"{made.maker} {made.model}")
            self.kinds[key] = replace(made, slug=distinct(made.slug, self.slugs))
        return self.kinds[key].slug


def _thing_fields(own: Any, known: Racked | None) -> dict[str, Any]:
    """Return depth, weight, draw of a thing: as the file has them, else as the catalogue does."""
    pairs = (
        ("full_depth", "full_depth", "full_depth"),
        ("weight_g", "weight_g", "weight_g"),
        ("typical_w", "heat_w", "typical_w"),
        ("max_w", "power_w", "max_w"),
    )
    found = {
        name: getattr(own, said) if getattr(own, said) is not None else getattr(known, fact, None)
        for name, said, fact in pairs
    }
    return {**found, "full_depth": bool(found["full_depth"])}


def _held(item: Item) -> dict[str, Any]:
    """Return of an item what an elevation does not say, and what leads nowhere else in the file."""
    return item.model_dump(mode="json", by_alias=True, exclude_unset=True, exclude=_ELSEWHERE)


def _drawn(module: Module, loads: Iterable[Load]) -> tuple[float | None, float | None]:
    """Return what a module draws together, W, typical and at most; nothing if a part is unknown."""
    own = [x for x in loads if x.label == module.label or x.label.startswith(f"{module.label}: ")]
    typical = [(one.typical_w, one.count) for one in own]
    peak = [(one.peak_w, one.count) for one in own]
    return _sum(typical), _sum(peak)


def _sum(figures: list[tuple[float | None, int]]) -> float | None:
    if not figures or any(figure is None for figure, _ in figures):
        return None
    return round(sum((figure or 0.0) * count for figure, count in figures), 3)


def _spoken(family: str) -> str:
    return f"{family.replace('-', ' ')} panel" if family == "blank" else family.replace("-", " ")
