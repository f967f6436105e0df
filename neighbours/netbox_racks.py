"""Reads what stands where from NetBox: a folder with device types, `racks.yaml`, `devices.yaml`."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, Field, model_validator

from catalog.problems import InputError, Problem, did_you_mean
from catalog.validate import Wrong, parse, read_text
from neighbours.elevation import Cabinet, Elevation, Kind, Stand, cabinet_mark, ordered, read_mark
from neighbours.netbox_import import Read, read_types
from neighbours.netbox_types import NetBoxRecord, Title
from neighbours.power import draw_of
from neighbours.units import WeightUnit, grams, slug
from neighbours.yaml_text import parse_yaml, placed
from rack.texts import one_line

MM_PER = {"mm": 1.0, "in": 25.4}
Length = Annotated[float, Field(strict=True, gt=0, le=100_000)]
Row = TypeVar("Row", bound=NetBoxRecord)


class RackRow(NetBoxRecord):
    """A rack of `racks.yaml`, keyed as NetBox's bulk import is."""

    name: Title
    width: Literal[10, 19, 21, 23] = 19
    u_height: Annotated[int, Field(strict=True, ge=1, le=100)] = 42
    starting_unit: Annotated[int, Field(strict=True, ge=1, le=1000)] = 1
    desc_units: Annotated[bool, Field(strict=True)] = False
    outer_width: Length | None = None
    outer_height: Length | None = None
    outer_depth: Length | None = None
    outer_unit: Literal["mm", "in"] | None = None
    mounting_depth: Length | None = None
    weight: Annotated[float, Field(strict=True, ge=0, le=10_000_000)] | None = None
    weight_unit: WeightUnit | None = None
    description: Annotated[str, Field(max_length=500), AfterValidator(one_line)] = ""
    comments: str = ""

    @model_validator(mode="after")
    def _measured(self) -> "RackRow":
        if self.outer_unit is None and (self.outer_width or self.outer_height or self.outer_depth):
            raise Wrong("its outer sizes have no unit", "mm, in", "write outer_unit: mm")
        if self.weight is not None and self.weight_unit is None:
            raise Wrong("weight has no unit", "kg, g, lb, oz", "write weight_unit: kg")
        return self


class DeviceRow(NetBoxRecord):
    """A device of `devices.yaml`; without a place it stands in no unit."""

    name: Title
    manufacturer: Title
    device_type: Title
    rack: Title | None = None
    position: Annotated[float, Field(strict=True, ge=0.5, le=1000, multiple_of=0.5)] | None = None
    face: Literal["front", "rear", ""] = ""


@dataclass
class Found:
    """An elevation and what was left out of it, in words."""

    made: Elevation
    warnings: list[str] = field(default_factory=list[str])


def read_elevation(folder: Path, name: str | None) -> Found:
    """Read one rack of a folder.

    Args:
        folder: with `device-types/`, `racks.yaml` and `devices.yaml`.
        name: of the rack; may be left out where there is one.

    Raises:
        InputError: everything that is wrong with its files.
    """
    types = {(one.type.manufacturer, one.type.model): one for one in read_types(folder)}
    racks, rack_text = _rows(folder / "racks.yaml", RackRow)
    devices, text = _rows(folder / "devices.yaml", DeviceRow)
    index, rack = _chosen(racks, name, str(folder / "racks.yaml"))
    where = str(folder / "devices.yaml")
    found = Found(Elevation(name="", title="", rack=_NONE, kinds=(), stands=()))
    kinds: dict[str, Kind] = {}
    stands: list[Stand] = []
    problems: list[Problem] = []
    for i, one in enumerate(devices):
        if one.rack is not None and one.rack != rack.name:
            continue
        key = (one.manufacturer, one.device_type)
        if key not in types:
            what = f"no device type {one.device_type!r} of {one.manufacturer!r} is in device-types"
            near = did_you_mean(one.device_type, [model for _, model in types])
            problems.append(Problem(where, what, f"[{i}].device_type", nearest=near))
        elif one.position is None or types[key].type.u_height == 0:
            found.warnings.append(f"{one.name} takes no unit and is left out")
        else:
            kind = kind_of(types[key], where)
            kinds[kind.slug] = kind
            stands.append(_stand(one, kind, rack))
    if problems:
        raise placed(problems, text)
    try:
        cabinet = _cabinet(rack, f"[{index}].comments", str(folder / "racks.yaml"))
    except InputError as error:
        raise placed(error.problems, rack_text) from None
    found.made = Elevation(
        name=rack.name,
        title=rack.description,
        rack=cabinet,
        **ordered(kinds.values(), stands),
    )
    return found


_NONE = Cabinet(id="", name="", width_in=19, height_u=1)


def kind_of(read: Read, where: str) -> Kind:
    """Return a device type as what may stand in a rack.

    Args:
        read: the type.
        where: file named in an error.

    Raises:
        InputError: our line in its comment is not as we wrote it.
    """
    found, draw = read.type, draw_of(read.type)
    said = read_mark(found.comments, f"{where} ({read.file})", "comments")
    return Kind(
        slug=slug(found.slug) if found.slug else read.id,
        maker=found.manufacturer,
        model=found.model,
        height_u=found.u_height,
        full_depth=found.is_full_depth,
        weight_g=found.weight_g,
        typical_w=draw.typical_w,
        max_w=draw.max_w,
        bays=len(found.device_bays),
        ours=said.get("item", {}),
        device=said.get("device", ""),
    )


def _stand(one: DeviceRow, kind: Kind, rack: RackRow) -> Stand:
    """Return where a device stands, counted from 1 at the bottom however the rack is numbered."""
    at_u = (one.position or 1.0) - rack.starting_unit + 1
    if rack.desc_units:
        at_u = rack.u_height - at_u - kind.height_u + 2
    return Stand(name=one.name, kind=kind.slug, at_u=at_u, face=one.face or "front")


def _cabinet(rack: RackRow, key: str, where: str) -> Cabinet:
    per = MM_PER[rack.outer_unit or "mm"]
    weight_g = grams(rack.weight, rack.weight_unit) if rack.weight and rack.weight_unit else None
    known = cabinet_mark(rack.comments, where, key)

    def mm(value: float | None) -> float | None:
        return None if value is None else round(value * per, 2)

    return Cabinet(
        id=known.get("rack", ""),
        name=known.get("name", rack.name),
        width_in=rack.width,
        height_u=rack.u_height,
        depth_mm=rack.mounting_depth,
        outer_w_mm=mm(rack.outer_width),
        outer_d_mm=mm(rack.outer_depth),
        outer_h_mm=mm(rack.outer_height),
        weight_g=weight_g,
    )


def _rows(path: Path, row: type[Row]) -> tuple[list[Row], str]:
    """Read a list of records."""
    where = str(path)
    text = read_text(path, where, "YAML in UTF-8")
    data = parse_yaml(text, where)
    if not isinstance(data, list):
        raise InputError(Problem(where, "holds no list", allowed="a list of tables"))
    rows: list[Row] = []
    problems: list[Problem] = []
    listed: Sequence[Any] = data
    for index, one in enumerate(listed):
        if not isinstance(one, dict):
            problems.append(Problem(where, "is not a table", f"[{index}]"))
            continue
        known = {key: value for key, value in one.items() if value is not None}
        try:
            rows.append(parse(row, known, where, "", (index,)))
        except InputError as error:
            problems += error.problems
    if problems:
        raise placed(problems, text)
    return rows, text


def _chosen(racks: Sequence[RackRow], name: str | None, where: str) -> tuple[int, RackRow]:
    names = [one.name for one in racks]
    if name is None and len(racks) == 1:
        return 0, racks[0]
    if name in names:
        return names.index(name), racks[names.index(name)]
    if name is None:
        what = f"holds {len(racks)} racks"
        raise InputError(Problem(where, what, allowed=", ".join(names), nearest="name one: --name"))
    what = f"no rack {name!r} is in {where}"
    raise InputError(Problem("--name", what, nearest=did_you_mean(name, names)))
