"""From a layout of Rackula to the elevation of one of its racks."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from catalog.problems import InputError, Problem, did_you_mean
from neighbours.elevation import Cabinet, Elevation, Kind, Stand, as_marked, cabinet_mark, ordered
from neighbours.netbox_racks import Found, chosen_racks
from neighbours.power import draw_of
from neighbours.rackula_export import SIXTHS
from neighbours.rackula_layout import Layout, LayoutRack, LayoutType, Placed, read_layout
from neighbours.units import grams, slug
from neighbours.yaml_text import placed

SINCE_SIXTHS = (0, 7, 0)  # the app before that wrote places in units
_SLOT = re.compile(r"^at-(\d+(?:\.5)?)$")


def read_rackula(path: Path, name: str | None) -> Found:
    """Read one rack of a layout.

    Args:
        path: the file.
        name: of the rack; may be left out where there is one.

    Raises:
        InputError: everything that is wrong with the file.
    """
    layout, data, text = read_layout(path)
    where = str(path)
    try:
        racks = layout.every
        chosen = chosen_racks([one.name for one in racks], name, where)
        reading = _Reading(layout, where)
        found = [reading.rack(racks[i], f"racks[{i}]", len(chosen)) for i in chosen]
    except InputError as error:
        raise placed(error.problems, text) from None
    several = layout.name if len(chosen) > 1 else racks[chosen[0]].name
    made = Elevation(
        name=found[0][1] or several,
        title=layout.metadata.description,
        racks=tuple(cabinet for cabinet, _ in found),
        **ordered(reading.kinds.values(), reading.stands),
    )
    return Found(made, [*reading.warnings, *_not_held(data)])


class _Reading:
    """The racks of a layout on their way to an elevation."""

    def __init__(self, layout: Layout, where: str) -> None:
        self.layout, self.where = layout, where
        self.types = {one.slug: one for one in layout.device_types}
        self.warnings: list[str] = []
        self.kinds: dict[str, Kind] = {}
        self.stands: list[Stand] = []
        self.units = not _in_sixths(layout)

    def rack(self, rack: LayoutRack, key: str, many: int) -> tuple[Cabinet, str]:
        """Read what stands in a rack; return it, and what it is one of several of."""
        cabinet, of = self._cabinet(rack, key, many)
        inside: dict[str, list[Placed]] = {}
        problems: list[Problem] = []
        for index, one in enumerate(rack.devices):
            if one.device_type not in self.types:
                what = f"no device type {one.device_type!r} is in device_types"
                near = did_you_mean(one.device_type, self.types)
                at = f"{key}.devices[{index}].device_type"
                problems.append(Problem(self.where, what, at, nearest=near))
            elif one.container_id:
                inside.setdefault(one.container_id, []).append(one)
        if problems:
            raise InputError(*problems)
        self.stands += [
            replace(stand, cabinet=cabinet.label)
            for one in rack.devices
            if not one.container_id
            for stand in self._stands(one, inside.pop(one.id, []))
        ]
        lost = [one.name or one.device_type for left in inside.values() for one in left]
        if lost:
            self.warnings.append(f"in a carrier that is not there, so left out: {', '.join(lost)}")
        return cabinet, of

    def _stands(self, one: Placed, children: Sequence[Placed]) -> list[Stand]:
        """Return what stands where a device does: itself, or what a carrier of ours carries."""
        kind, face = self.types[one.device_type], "rear" if one.face == "rear" else "front"
        at_u = self._at_u(one)
        feet = [_SLOT.match(child.slot_id) for child in children]
        if kind.own.get("carrier") is True and all(feet):
            return [
                Stand(
                    name=self._name(child),
                    kind=self._kind(self.types[child.device_type]),
                    at_u=at_u + float(foot[1]),
                    face=face,
                )
                for child, foot in zip(children, feet, strict=True)
                if foot is not None
            ]
        if len(children) == 1:
            child = self.types[children[0].device_type]
            slug_ = self._kind(child, kind)
            return [Stand(name=self._name(children[0]), kind=slug_, at_u=at_u, face=face)]
        if children:
            told = ", ".join(self._name(child) for child in children)
            self.warnings.append(f"{self._name(one)} carries {told}: told as one thing")
        return [Stand(name=self._name(one), kind=self._kind(kind), at_u=at_u, face=face)]

    def _name(self, one: Placed) -> str:
        return one.name or self.types[one.device_type].model or one.device_type

    def _at_u(self, one: Placed) -> float:
        """Return the lowest unit; of an old file the nearest whole one, as Rackula itself does."""
        if self.units:
            return float(max(1, round(one.position)))
        at_u = one.position / SIXTHS
        near = max(1.0, round(at_u * 2) / 2)
        if near != at_u:
            told = f"{self._name(one)} stands at {at_u:.3g}U there, at {near:g}U here"
            self.warnings.append(told)
        return near

    def _kind(self, said: LayoutType, carrier: LayoutType | None = None) -> str:
        """Return the slug of a device type's kind; on a carrier it takes that one's units."""
        draw, own = draw_of(said), said.own
        item, device = own.get("item"), own.get("device")
        holds = carrier or said
        weight_g = [
            grams(one.weight, one.weight_unit)
            for one in ([said, carrier] if carrier else [said])
            if one.weight is not None and one.weight_unit is not None
        ]
        made = Kind(
            slug=slug(said.slug, 100),
            maker=said.manufacturer or "Generic",
            model=said.model or said.slug,
            height_u=holds.u_height,
            full_depth=said.is_full_depth or holds.is_full_depth,
            weight_g=round(sum(weight_g), 2) if weight_g else None,
            typical_w=draw.typical_w,
            max_w=draw.max_w,
            airflow=said.airflow,
            part_number=said.part_number,
            category=said.category,
            bays=len(said.device_bays),
            ours=item if isinstance(item, dict) else {},
            device=device if isinstance(device, str) else "",
        )
        if self.kinds.setdefault(made.slug, made) != made:  # on another carrier
            named = f"{made.slug}-{made.height_u:g}u".replace(".", "-")
            made = replace(made, slug=named)
            self.kinds[made.slug] = made
        return made.slug

    def _cabinet(self, rack: LayoutRack, key: str, many: int) -> tuple[Cabinet, str]:
        known = cabinet_mark(rack.notes, self.where, f"{key}.notes")
        made = Cabinet(
            id="",
            name=rack.name,
            width_in=rack.width,
            height_u=rack.height,
            depth_mm=rack.depth_mm,
            weight_g=grams(rack.base_weight, "kg") if rack.base_weight else None,
        )
        return as_marked(made, known, many)


def _in_sixths(layout: Layout) -> bool:
    """Return whether places are in sixths of a unit: since 0.7.0, if none is below one unit."""
    numbers = tuple(int(n) for n in re.findall(r"\d{1,9}", str(layout.version or ""))[:3])
    rails = [p.position for r in layout.every for p in r.devices if not p.container_id]
    return numbers >= SINCE_SIXTHS and not any(1 <= place < SIXTHS for place in rails)


_LOST = {
    "connections": "connections",
    "cables": "cables",
    "rack_groups": "groups of racks",
    "images": "pictures",
}


def _not_held(data: Mapping[str, Any]) -> list[str]:
    """Say what of a layout a rack.toml has no place for."""
    found = [f"{len(data[k])} {words}" for k, words in _LOST.items() if data.get(k)]
    types: Any = data.get("device_types")
    ports = sum(len(one.get("interfaces") or ()) for one in types if isinstance(one, dict))
    found += [f"{ports} interfaces"] if ports else []
    return [f"a rack.toml has no place for: {', '.join(found)}"] if found else []
