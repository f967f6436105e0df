"""A layout of Rackula as its file says it: `.rackula.yaml`, or the one in a `.Rackula.zip`."""

import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, model_validator

from catalog.problems import InputError, Problem
from catalog.tables import Airflow
from catalog.validate import MAX_BYTES, Wrong, parse, read_text
from neighbours.netbox_types import Component, NetBoxRecord, PowerPort, Text, Title
from neighbours.yaml_text import parse_yaml, placed
from rack.texts import one_line

NEWEST = 2  # format: 2.0 brings measured widths, which are left to the side file of sizes


class Slot(NetBoxRecord):
    """A cell of a carrier."""

    id: Title


class LayoutType(NetBoxRecord):
    """A device type; see `docs/reference/SCHEMA.md` of Rackula."""

    slug: Title
    manufacturer: Annotated[Text, AfterValidator(one_line)] = ""
    model: Annotated[Text, AfterValidator(one_line)] = ""
    u_height: Annotated[float, Field(strict=True, ge=0.5, le=50, multiple_of=0.5)]
    is_full_depth: Annotated[bool, Field(strict=True)] = True
    weight: Annotated[float, Field(strict=True, gt=0, le=100_000)] | None = None
    weight_unit: Literal["kg", "lb"] | None = None
    airflow: Airflow | None = None
    part_number: Annotated[Text, AfterValidator(one_line)] = ""
    category: Title = "other"
    power_ports: tuple[PowerPort, ...] = ()
    power_outlets: tuple[Component, ...] = ()
    device_bays: tuple[Component, ...] = ()
    slots: tuple[Slot, ...] = ()
    custom_fields: dict[str, Any] = Field({}, max_length=1000)

    @model_validator(mode="after")
    def _weighed(self) -> "LayoutType":
        if self.weight is not None and self.weight_unit is None:
            raise Wrong("weight has no unit", "kg, lb", "write weight_unit: kg")
        return self

    @property
    def own(self) -> dict[str, Any]:
        """What we once wrote into it."""
        said = self.custom_fields.get("rackpress")
        return {str(key): value for key, value in said.items()} if isinstance(said, dict) else {}


class Placed(NetBoxRecord):
    """A device in a rack, or in a cell of a carrier that is."""

    id: Title
    device_type: Title
    name: Annotated[Text, AfterValidator(one_line)] = ""
    position: Annotated[float, Field(strict=True, ge=0, le=1000)]
    face: Literal["front", "rear", "both"]
    container_id: str = ""
    slot_id: str = ""


class LayoutRack(NetBoxRecord):
    """A rack. However its units are numbered on the screen, places count from the bottom."""

    name: Title
    height: Annotated[int, Field(strict=True, ge=1, le=100)]
    width: Literal[10, 19, 21, 23]
    depth_mm: Annotated[float, Field(strict=True, gt=0, le=100_000)] | None = None
    base_weight: Annotated[float, Field(strict=True, ge=0, le=100_000)] | None = None
    notes: str = ""
    devices: Annotated[tuple[Placed, ...], Field(max_length=2000)] = ()


class Metadata(NetBoxRecord):
    """Of a layout, what is read here."""

    schema_version: Annotated[Text, Field(pattern=r"^\s*\d+\.\d+\s*$")] = "1.0"
    description: Annotated[Text, AfterValidator(one_line)] = ""


class Layout(NetBoxRecord):
    """A whole file."""

    version: Any = None
    name: Title
    metadata: Metadata = Metadata()
    rack: LayoutRack | None = None
    racks: Annotated[tuple[LayoutRack, ...], Field(max_length=500)] = ()
    device_types: Annotated[tuple[LayoutType, ...], Field(max_length=5000)]

    @property
    def every(self) -> tuple[LayoutRack, ...]:
        """Its racks; old files have one."""
        return self.racks or ((self.rack,) if self.rack else ())


def read_layout(path: Path) -> tuple[Layout, dict[str, Any], str]:
    """Read a layout; return it with all that its file says and the file's text.

    Args:
        path: the file.

    Raises:
        InputError: everything that is wrong with the file.
    """
    where = str(path)
    text = _text(path)
    data = parse_yaml(text, where, core=True)
    if not isinstance(data, dict):
        raise InputError(Problem(where, "is no layout of Rackula", allowed="keys with values"))
    try:
        _readable(data, where)
        return parse(Layout, _without_none(data), where), data, text
    except InputError as error:
        raise placed(error.problems, text) from None


def _text(path: Path) -> str:
    """Return the YAML of a file, or of the first such file in an archive."""
    where = str(path)
    if not (path.is_file() and zipfile.is_zipfile(path)):  # a device has no end to look at
        return read_text(path, where, "YAML in UTF-8")
    try:
        with zipfile.ZipFile(path) as archive:
            names = sorted(n for n in archive.namelist() if n.endswith((".yaml", ".yml")))
            if not names:
                raise InputError(Problem(where, "holds no layout", allowed="one .yaml file"))
            with archive.open(names[0]) as inside:
                raw = inside.read(MAX_BYTES + 1)  # no more, whatever it says it holds
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError) as error:
        raise InputError(Problem(where, f"cannot be unpacked: {error}")) from None
    if len(raw) > MAX_BYTES:
        raise InputError(Problem(where, f"{names[0]} in it is too big", allowed="up to 5 MB"))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(Problem(where, f"{names[0]} in it is not UTF-8 text")) from None


def _readable(data: Mapping[str, Any], where: str) -> None:
    """Refuse a newer format before its keys are looked at."""
    meta: Any = data.get("metadata")
    said = meta.get("schema_version") if isinstance(meta, dict) else None
    major = re.match(r"\s*(\d{1,9})", str(said or ""))
    if major and int(major[1]) > NEWEST:
        what = f"format {said} is newer than this program, which reads up to {NEWEST}"
        near = "get a newer Rackpress, or save it from an older Rackula"
        raise InputError(Problem(where, what, "metadata.schema_version", None, "1.0 to 2.x", near))


def _without_none(data: Any) -> Any:
    """Leave out what is empty: an empty key says nothing."""
    if isinstance(data, dict):
        return {str(k): _without_none(v) for k, v in data.items() if v is not None}
    return [_without_none(one) for one in data] if isinstance(data, list) else data
