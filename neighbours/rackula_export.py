"""Writes an elevation as a layout of Rackula, in format 1.1.

Rackula counts places in sixths of a unit, and hangs only whole units on the posts: what takes half
a unit, or begins at one, stands there in a carrier, whose slots say how high above its foot they
are. Its rules are those of its own schema: docs/neighbours.md lists them.
"""

import math
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product
from typing import Any

from neighbours.elevation import Cabinet, Elevation, Kind, Stand
from neighbours.units import distinct, slug
from neighbours.yaml_text import write_yaml

SIXTHS = 6  # of a unit: Rackula's steps
FORMAT = "1.1"  # 2.0 is for widths in mm, which stand in our side file
APP = "1.0.0"  # from 0.7.0 on places are in sixths
TALLEST_U = 50
_HEAD = "# Written by rackpress export rackula.\n"
# One colour for each category, as far apart as they go on grey.
COLOURS = {
    "server": "#3B6EA8",
    "network": "#6A4FA3",
    "patch-panel": "#8A7F5C",
    "power": "#B0483C",
    "storage": "#2F7F6B",
    "shelf": "#5F6B7A",
    "blank": "#3D434B",
    "chassis": "#466F8F",
}
OTHER = "#7A6F66"
# Ways of the air that it knows.
AIRFLOWS = {
    "passive",
    "front-to-rear",
    "rear-to-front",
    "left-to-right",
    "right-to-left",
    "side-to-rear",
    "mixed",
}


def rackula_text(made: Elevation) -> str:
    """Return the layout of an elevation in which nothing takes the units of another.

    Args:
        made: who stands where; see `elevation.apart`.
    """
    types = [_type(kind) for kind in made.kinds]
    taken = {kind.slug for kind in made.kinds}
    racks: list[dict[str, Any]] = []
    for index, rack in enumerate(made.racks):
        stands = tuple(one for one in made.stands if one.cabinet == rack.label)
        hung = _Hung(replace(made, racks=(rack,), stands=stands), taken)
        racks.append(_rack(made, rack, index, hung.devices))
        types += hung.carriers
    layout: dict[str, Any] = {
        "metadata": {
            "id": str(uuid.uuid5(uuid.NAMESPACE_URL, f"rackpress:{made.name}")),
            "name": made.name[:100],
            "schema_version": FORMAT,
            **({"description": made.title} if made.title else {}),
        },
        "version": APP,
        "name": made.name[:100],
        "racks": racks,
        "device_types": types,
        "settings": {"display_mode": "label", "show_labels_on_images": False},
    }
    return write_yaml(layout, _HEAD)


def _rack(
    made: Elevation, rack: Cabinet, index: int, devices: list[dict[str, Any]]
) -> dict[str, Any]:
    return {
        "id": f"rack-{index + 1}",
        "name": made.label(rack)[:100],
        "height": rack.height_u,
        "width": rack.width_in,
        **({"depth_mm": rack.depth_mm} if rack.depth_mm is not None else {}),
        **({"base_weight": _kg(rack.weight_g)} if rack.weight_g else {}),
        "desc_units": False,
        "show_rear": True,
        "form_factor": "4-post",
        "starting_unit": 1,
        "position": index,
        "notes": rack.mark(made.name),
        "devices": devices,
    }


def not_held(made: Elevation) -> Iterator[str]:
    """Say what of an elevation Rackula has no place for."""
    if any(rack.outer_w_mm or rack.outer_d_mm or rack.outer_h_mm for rack in made.racks):
        yield "Rackula has no place for the outer size of a rack"
    blown = [kind.model for kind in made.kinds if kind.airflow and kind.airflow not in AIRFLOWS]
    if blown:
        yield f"Rackula has no word for the airflow of {', '.join(blown)}"
    kinds = made.by_slug
    halves = [g for g in _groups(made) if len(g) > 1 or not _on_posts(g[0], kinds[g[0].kind])]
    if halves:
        names = ", ".join(one.name for group in halves for one in group)
        yield f"Rackula hangs whole units only: {names} stand in carriers there"


def _on_posts(one: Stand, kind: Kind) -> bool:
    """Return whether something may hang on the posts: whole units, or a blank of any height."""
    return one.at_u % 1 == 0 and (kind.height_u % 1 == 0 or kind.category == "blank")


def _groups(made: Elevation) -> Iterator[list[Stand]]:
    """Yield what shares whole units on one face, from the bottom up."""
    kinds = made.by_slug
    for rack, face in product(made.racks, ("front", "rear")):
        group: list[Stand] = []
        top = 0.0
        for one in (s for s in made.stands if s.face == face and s.cabinet == rack.label):
            if group and math.floor(one.at_u) >= top:
                yield group
                group = []
            group.append(one)
            top = max(top, math.ceil(one.at_u + kinds[one.kind].height_u))
        if group:
            yield group


def _span(group: Sequence[Stand], made: Elevation) -> tuple[int, int]:
    """Return the lowest whole unit of a group and how many it takes."""
    kinds = made.by_slug
    foot = math.floor(min(one.at_u for one in group))
    return foot, math.ceil(max(one.at_u + kinds[one.kind].height_u for one in group)) - foot


class _Hung:
    """What hangs in one rack: on its posts, or in carriers, which are types of their own.

    Args:
        made: of that rack alone.
        taken: slugs of types; those of the carriers are added.
    """

    def __init__(self, made: Elevation, taken: set[str]) -> None:
        self.made, self.taken = made, taken
        self.devices: list[dict[str, Any]] = []
        self.carriers: list[dict[str, Any]] = []
        self.ids: set[str] = set()
        kinds = made.by_slug
        for group in _groups(made):
            if len(group) == 1 and _on_posts(group[0], kinds[group[0].kind]):
                self.devices.append(_placed(group[0], made, self.ids))
            else:
                self._carried(group)

    def _carried(self, group: Sequence[Stand]) -> None:
        kinds = self.made.by_slug
        foot, high = _span(group, self.made)
        full = any(kinds[one.kind].full_depth for one in group)
        face = "both" if full and group[0].face == "front" else group[0].face
        kind = distinct(slug(f"carrier {foot} {high}u"), self.taken, 100)
        own = distinct(kind, self.ids, 100)
        self.carriers.append(_carrier(kind, group, self.made, full=full))
        place = {"id": own, "device_type": kind, "position": foot * SIXTHS, "face": face}
        self.devices.append(place)
        self.devices += [
            {
                **_placed(one, self.made, self.ids),
                "position": 0,
                "face": face,
                "container_id": own,
                "slot_id": f"at-{one.at_u - foot:g}",
            }
            for one in group
        ]


def _carrier(name: str, group: Sequence[Stand], made: Elevation, *, full: bool) -> dict[str, Any]:
    """Return the type of a carrier: a cell for each, named by its height above the foot."""
    kinds = made.by_slug
    foot, high = _span(group, made)
    slots = [
        {
            "id": f"at-{one.at_u - foot:g}",
            "name": one.name[:100],
            "position": {"row": row, "col": 0},
            "width_fraction": 1,
            "height_units": _whole(kinds[one.kind].height_u),
        }
        for row, one in enumerate(group)
    ]
    return {
        "slug": name,
        "manufacturer": "Rackpress",
        "model": f"Carrier of {high}U",
        "u_height": high,
        "is_full_depth": full,
        "is_powered": False,
        "colour": COLOURS["shelf"],
        "category": "shelf",
        "custom_fields": {"rackpress": {"carrier": True}},
        "slots": slots,
    }


def _placed(one: Stand, made: Elevation, ids: set[str]) -> dict[str, Any]:
    kind = made.by_slug[one.kind]
    return {
        "id": distinct(slug(one.name), ids, 100),
        "device_type": one.kind,
        "name": one.name[:100],
        "position": int(one.at_u * SIXTHS),
        "face": "both" if kind.full_depth and one.face == "front" else one.face,
    }


def _type(kind: Kind) -> dict[str, Any]:
    draws = {"maximum_draw": kind.max_w, "allocated_draw": kind.typical_w}
    known = {name: _whole(value) for name, value in draws.items() if value}
    data: dict[str, Any] = {
        "slug": kind.slug,
        "manufacturer": kind.maker[:100],
        "model": kind.model[:100],
        "u_height": _whole(kind.height_u),
        "is_full_depth": kind.full_depth,
        "is_powered": bool(known),
    }
    if kind.part_number:
        data["part_number"] = kind.part_number[:100]
    if kind.airflow in AIRFLOWS:
        data["airflow"] = kind.airflow
    if kind.weight_g:
        data |= {"weight": _kg(kind.weight_g), "weight_unit": "kg"}
    data |= {"colour": COLOURS.get(kind.category, OTHER), "category": kind.category}
    said = {"item": dict(kind.ours)} if kind.ours else {"device": kind.device}
    if any(said.values()):
        data["custom_fields"] = {"rackpress": said}
    if known:
        data["power_ports"] = [{"name": "Power", **known}]
    if kind.bays:
        data["device_bays"] = [{"name": str(n + 1)} for n in range(kind.bays)]
    return data


def _kg(weight_g: float) -> float:
    return _whole(round(weight_g / 1000, 5))


def _whole(value: float) -> float:
    return int(value) if value == int(value) else value
