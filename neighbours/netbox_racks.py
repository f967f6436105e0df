"""Reads what stands where from NetBox: a folder with device types, `racks.yaml`, `devices.yaml`."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, Field, model_validator

from catalog.problems import InputError, Problem, did_you_mean
from catalog.validate import Wrong, parse, read_text
from neighbours.elevation import (
    Cabinet,
    Elevation,
    Kind,
    Stand,
    as_marked,
    cabinet_mark,
    ordered,
    read_mark,
)
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
    """Read the racks of a folder, or one of them.

    Args:
        folder: with `device-types/`, `racks.yaml` and `devices.yaml`.
        name: of a rack; all if left out.

    Raises:
        InputError: everything that is wrong with its files.
    """
    types = {(one.type.manufacturer, one.type.model): one for one in read_types(folder)}
    where = str(folder / "racks.yaml")
    racks, rack_text = _rows(folder / "racks.yaml", RackRow)
    chosen = chosen_racks([one.name for one in racks], name, where)
    try:
        cabinets = [_cabinet(racks[i], f"[{i}].comments", where, len(chosen)) for i in chosen]
    except InputError as error:
        raise placed(error.problems, rack_text) from None
    labels = [one.label for one, _ in cabinets]
    known = {racks[i].name: (racks[i], label) for i, label in zip(chosen, labels, strict=True)}
    found = _Standing(types, known, str(folder / "devices.yaml"))
    devices, text = _rows(folder / "devices.yaml", DeviceRow)
    try:
        found.run(devices)
    except InputError as error:
        raise placed(error.problems, text) from None
    first = cabinets[0]
    made = Elevation(
        name=first[1] or racks[chosen[0]].name,
        title=racks[chosen[0]].description,
        racks=tuple(cabinet for cabinet, _ in cabinets),
        **ordered(found.kinds.values(), found.stands),
    )
    return Found(made, found.warnings)


def chosen_racks(names: Sequence[str], name: str | None, where: str) -> list[int]:
    """Return which racks are meant, by their index: all of them, or the one of that name.

    Args:
        names: of all.
        name: of the one that is asked for, if any.
        where: file named in errors.

    Raises:
        InputError: there are none, there is none of that name, or a name is there twice.
    """
    if not names:
        raise InputError(Problem(where, "holds no rack"))
    if name is None:
        twice = sorted({one for one in names if names.count(one) > 1})
        if twice:
            raise InputError(Problem(where, f"two racks are called {twice[0]!r}"))
        return [*range(len(names))]
    if name not in names:
        what = f"no rack {name!r} is in {where}"
        raise InputError(Problem("--name", what, nearest=did_you_mean(name, names)))
    return [names.index(name)]


@dataclass
class _Standing:
    """What stands in the racks, gathered from the devices."""

    types: dict[tuple[str, str], Read]
    racks: dict[str, tuple[RackRow, str]]
    where: str
    kinds: dict[str, Kind] = field(default_factory=dict[str, Kind])
    stands: list[Stand] = field(default_factory=list[Stand])
    warnings: list[str] = field(default_factory=list[str])

    def run(self, devices: Sequence[DeviceRow]) -> None:
        """Look at each.

        Raises:
            InputError: one problem for each device whose type is not there.
        """
        problems: list[Problem] = []
        for index, one in enumerate(devices):
            if one.rack is not None and one.rack not in self.racks:
                continue
            key = (one.manufacturer, one.device_type)
            if key not in self.types:
                what = f"no device type {one.device_type!r} of {one.manufacturer!r} is there"
                near = did_you_mean(one.device_type, [model for _, model in self.types])
                at = f"[{index}].device_type"
                problems.append(Problem(self.where, what, at, nearest=near))
            elif one.rack is None or one.position is None or not self.types[key].type.u_height:
                self.warnings.append(f"{one.name} takes no unit and is left out")
            else:
                kind = kind_of(self.types[key], self.where)
                self.kinds[kind.slug] = kind
                self.stands.append(_stand(one, kind, *self.racks[one.rack]))
        if problems:
            raise InputError(*problems)


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
        airflow=found.airflow,
        part_number=found.part_number,
        bays=len(found.device_bays),
        ours=said.get("item", {}),
        device=said.get("device", ""),
    )


def _stand(one: DeviceRow, kind: Kind, rack: RackRow, label: str) -> Stand:
    """Return where a device stands, counted from the bottom however its rack is numbered."""
    at_u = (one.position or 1.0) - rack.starting_unit + 1
    if rack.desc_units:
        at_u = rack.u_height - at_u - kind.height_u + 2
    face = one.face or "front"
    return Stand(name=one.name, kind=kind.slug, at_u=at_u, face=face, cabinet=label)


def _cabinet(rack: RackRow, key: str, where: str, many: int) -> tuple[Cabinet, str]:
    """Return a rack, and what the file that it is one of several of is called."""
    per = MM_PER[rack.outer_unit or "mm"]
    weight_g = grams(rack.weight, rack.weight_unit) if rack.weight and rack.weight_unit else None
    known = cabinet_mark(rack.comments, where, key)

    def mm(value: float | None) -> float | None:
        return None if value is None else round(value * per, 2)

    made = Cabinet(
        id="",
        name=rack.name,
        width_in=rack.width,
        height_u=rack.u_height,
        depth_mm=rack.mounting_depth,
        outer_w_mm=mm(rack.outer_width),
        outer_d_mm=mm(rack.outer_depth),
        outer_h_mm=mm(rack.outer_height),
        weight_g=weight_g,
    )
    return as_marked(made, known, many)


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
