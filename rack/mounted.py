"""What the build makes for each item: in the rack, or beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from catalog.models import Fact, Rack
from mounts.panel import PanelSpec
from mounts.parts.rear_spec import REAR_MM, RearSpec
from mounts.pieces import family_of
from rack.beside import depth_of, size_mm, to_the_rear
from rack.cabinets import Cabinet
from rack.devices import Other, find, others_on
from rack.items import Setting, height_of, labels, standing_at
from rack.place import Face, Place
from rack.spec import RackSpec


@dataclass(frozen=True, kw_only=True)
class Mounted:
    """Something the build makes, with what it carries; by itself it stands beside the rack."""

    label: str
    device: str | None
    family: str
    count: int
    spec: Fact
    depth_mm: float = 0.0
    hat: str | None = None
    warnings: tuple[str, ...] = ()
    note: str = ""
    others: tuple[Other, ...] = ()

    @property
    def holds(self) -> str:
        """What it carries, in words; nothing for a mount without devices."""
        own = [Other(self.device, self.count, self.hat)] if self.device else []
        told = [one.words for one in (*own, *self.others)]
        return " and ".join([", ".join(told[:-1]), told[-1]] if len(told) > 1 else told)


@dataclass(frozen=True, kw_only=True)
class Module(Mounted):
    """One place in the rack and the parts that fill it; with `both` it takes the other face too."""

    at_u: float
    height_u: float
    cabinet: str = ""
    face: Face = "front"
    both: bool = False


def mounted(
    spec: RackSpec,
    parts: Sequence[Fact | None],
    places: Mapping[int, Place],
    cabinets: Sequence[Cabinet],
    at: Setting,
) -> tuple[list[Module], list[Mounted]]:
    """Return what hangs in the rack, and what stands beside it, in the file's order.

    Args:
        spec: the rack as written.
        parts: spec of each item's part.
        places: of each item that hangs in a cabinet, by its index.
        cabinets: those of the file.
        at: what all items share.
    """
    names = labels(spec.items)
    racks = {one.name: one.rack for one in cabinets}
    modules: list[Module] = []
    beside: list[Mounted] = []
    for i, item in enumerate(spec.items):
        part, stands = parts[i], places.get(i)
        assert part is not None, "every item has a part once no problem was found"
        rack = racks[stands.cabinet] if stands else cabinets[0].rack
        device = find(at.catalog, item.device) if item.device else None
        depth = depth_of(part, device)
        own = Mounted(
            label=names[i],
            device=device.id if device else None,
            family=family_of(part),
            count=item.number,
            spec=part,
            depth_mm=depth,
            hat=item.hat,
            warnings=(*depth_warning(part, depth, rack), *_rear_warning(part)),
            note=item.note,
            others=others_on(item),
        )
        if stands is not None:
            made = standing_at(part, stands.at_u)
            fields: dict[str, Any] = {**vars(own), **vars(stands), "spec": made}
            out = rack.clear_depth_mm is not None and depth > rack.clear_depth_mm
            both = out or to_the_rear(part)
            modules.append(Module(**fields, height_u=height_of(made), both=both))
        else:
            beside.append(own)
    return modules, beside


def _rear_warning(made: Fact) -> tuple[str, ...]:
    """Say where the rear posts of a heavy shelf are taken to be, if nobody said."""
    if not isinstance(made, RearSpec) or not made.braced or made.rear_mm is not None:
        return ()
    far = f"{REAR_MM:g} mm behind the front ones"
    return (f"rear posts are taken to stand {far}: measure yours and set rear_mm",)


def depth_warning(made: Fact, deep: float, rack: Rack) -> tuple[str, ...]:
    """Say by how much a mount sticks out of a rack whose depth is known.

    Args:
        made: its spec; what stands beside the rack sticks out of nothing.
        deep: how deep it is, mm.
        rack: where it hangs.
    """
    if not isinstance(made, PanelSpec):
        return ()
    if rack.clear_depth_mm is None or deep <= rack.clear_depth_mm:
        return ()
    out = deep - rack.clear_depth_mm
    return (f"{deep:.0f} mm deep, sticks out of {rack.id} by {out:.0f} mm at the back",)


def module_dict(module: Module) -> dict[str, Any]:
    """Return a module as plain data; its cabinet if it has a name, its face if it is the rear."""
    told = {**_mounted_dict(module), "at_u": module.at_u, "height_u": module.height_u}
    told |= {"cabinet": module.cabinet} if module.cabinet else {}
    return told | ({"face": module.face} if module.face == "rear" else {})


def beside_dict(one: Mounted) -> dict[str, Any]:
    """Return what stands beside the rack: no unit, and its size instead, mm."""
    return {**_mounted_dict(one), "size_mm": [round(v, 2) for v in size_mm(one.spec)]}


def _mounted_dict(one: Mounted) -> dict[str, Any]:
    return {
        "label": one.label,
        "device": one.device,
        "part": one.family,
        "count": one.count,
        "hat": one.hat,
        "others": [asdict(other) for other in one.others],
        "holds": one.holds,
        "depth_mm": round(one.depth_mm, 2),
        "warnings": list(one.warnings),
        "note": one.note,
        "spec": one.spec.model_dump(mode="json", exclude_defaults=True),
    }
