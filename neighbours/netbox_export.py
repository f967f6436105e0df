"""Writes an elevation as NetBox's device types, rack type, rack and devices.

The types have the form of the public device type library. `racks.yaml` and `devices.yaml` are what
NetBox's own bulk import takes; site and role are names that it must know before.
"""

import math
from collections.abc import Iterator, Mapping
from typing import Any

from neighbours.elevation import Cabinet, Elevation, Kind
from neighbours.units import slug
from neighbours.yaml_text import write_yaml

SITE, ROLE = "Homelab", "Device"  # NetBox wants both of every device: make them there first
_HEAD = "# Written by rackpress export netbox.\n"
PART_NUMBER = 50  # letters of it in NetBox

Whole = Mapping[str, dict[str, Any]]


def netbox_files(made: Elevation, whole: Whole) -> dict[str, bytes]:
    """Return the files of an elevation by name.

    Args:
        made: who stands where.
        whole: by id of the catalogue the device types that were once read, all that they say.
    """
    files: dict[str, Any] = {
        "racks.yaml": [_rack(made, rack) for rack in made.racks],
        "devices.yaml": [_device(made, index) for index in range(len(made.stands))],
    }
    for rack in made.racks:
        files[f"rack-types/{_maker(rack)[0]}/{_rack_slug(rack)}.yaml"] = _rack_type(rack)
    for kind in made.kinds:
        folder = slug(kind.maker, 40)
        files[f"device-types/{folder}/{kind.slug}.yaml"] = _type(kind, whole)
    return {name: write_yaml(data, _HEAD).encode() for name, data in sorted(files.items())}


def not_held(made: Elevation) -> Iterator[str]:
    """Say what of an elevation NetBox has no place for."""
    if any(value and value % 1 for kind in made.kinds for value in (kind.max_w, kind.typical_w)):
        yield "NetBox knows whole watts: draws are rounded up"
    if any(rack.depth_mm is not None and rack.depth_mm % 1 for rack in made.racks):
        yield "NetBox knows whole millimetres of mounting depth: it is rounded down"
    if made.title:
        yield "the title is kept as the rack's description"


def _type(kind: Kind, whole: Whole) -> dict[str, Any]:
    if kind.device in whole:
        data = whole[kind.device]
        at = list(data).index("model") + 1 if "model" in data else 0
        pairs = [pair for pair in data.items() if pair[0] != "slug"]
        return dict([*pairs[:at], ("slug", str(data.get("slug") or kind.slug)), *pairs[at:]])
    data: dict[str, Any] = {
        "manufacturer": kind.maker,
        "model": kind.model,
        "slug": kind.slug,
        **({"part_number": kind.part_number[:PART_NUMBER]} if kind.part_number else {}),
        "u_height": _whole(kind.height_u),
        "is_full_depth": kind.full_depth,
        **({"airflow": kind.airflow} if kind.airflow else {}),
    }
    if kind.weight_g:
        data |= {"weight": _whole(round(kind.weight_g, 2)), "weight_unit": "g"}
    if kind.bays:
        data["subdevice_role"] = "parent"
    draws = {"maximum_draw": _watts(kind.max_w), "allocated_draw": _watts(kind.typical_w)}
    known = {name: value for name, value in draws.items() if value is not None}
    if known:
        data["power-ports"] = [{"name": "Power", "type": "other", **known}]
    if kind.bays:
        data["device-bays"] = [{"name": str(n + 1)} for n in range(kind.bays)]
    if kind.mark:
        data["comments"] = kind.mark
    return data


def _watts(value: float | None) -> int | None:
    """Return whole watts, rounded up; NetBox takes none below 1."""
    return math.ceil(value) if value else None


def _whole(value: float) -> float:
    return int(value) if value == int(value) else value


def _maker(rack: Cabinet) -> tuple[str, str, str]:
    """Return folder, maker and model of a rack; its name begins with its maker."""
    first, _, rest = rack.name.partition(" ")
    maker, model = (first, rest) if rest else ("Generic", rack.name)
    return slug(maker, 40), maker, model


def _rack_slug(rack: Cabinet) -> str:
    return slug(f"{rack.id or rack.name} {rack.height_u}u")


def _measures(rack: Cabinet) -> dict[str, Any]:
    outer = {"width": rack.outer_w_mm, "height": rack.outer_h_mm, "depth": rack.outer_d_mm}
    known = {f"outer_{key}": _whole(round(v, 2)) for key, v in outer.items() if v is not None}
    data: dict[str, Any] = {**known, **({"outer_unit": "mm"} if known else {})}
    if rack.depth_mm is not None:
        data["mounting_depth"] = int(rack.depth_mm)
    if rack.weight_g is not None:
        data |= {"weight": _whole(round(rack.weight_g, 2)), "weight_unit": "g"}
    return data


def _rack_type(rack: Cabinet) -> dict[str, Any]:
    _, maker, model = _maker(rack)
    return {
        "manufacturer": maker,
        "model": model,
        "slug": _rack_slug(rack),
        "form_factor": "4-post-frame",
        "width": rack.width_in,
        "u_height": rack.height_u,
        "starting_unit": 1,
        "desc_units": False,
        **_measures(rack),
    }


def _rack(made: Elevation, rack: Cabinet) -> dict[str, Any]:
    data: dict[str, Any] = {
        "site": SITE,
        "name": made.label(rack),
        "status": "active",
        "form_factor": "4-post-frame",
        "width": rack.width_in,
        "u_height": rack.height_u,
        "desc_units": False,
        **_measures(rack),
    }
    if made.title:
        data["description"] = made.title
    data["comments"] = rack.mark(made.name)
    return data


def _device(made: Elevation, index: int) -> dict[str, Any]:
    stand = made.stands[index]
    kind = made.by_slug[stand.kind]
    return {
        "name": stand.name,
        "status": "active",
        "role": ROLE,
        "manufacturer": kind.maker,
        "device_type": kind.model,
        "site": SITE,
        "rack": stand.cabinet or made.name,
        "position": _whole(stand.at_u),
        "face": stand.face,
    }
