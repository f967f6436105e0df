"""A device type as NetBox's and Nautobot's libraries have it: the part of it that a rack needs.

NetBox's `schema/devicetype.json` names every key; Nautobot's library leaves out `slug`. What is
not read here is not lost: an import keeps each type whole beside the catalogue that it writes.
"""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from catalog.problems import InputError
from catalog.tables import Airflow
from catalog.validate import Wrong, parse
from neighbours.units import WeightUnit, grams, slug
from neighbours.yaml_text import placed
from rack.texts import one_line


def _text(value: Any) -> Any:
    """Take a whole number for the text it was meant to be: `model: 3850`."""
    return str(value) if type(value) is int else value


Text = Annotated[str, BeforeValidator(_text), Field(max_length=200)]
Name = Annotated[str, BeforeValidator(_text), Field(min_length=1, max_length=200)]
Title = Annotated[
    str, BeforeValidator(_text), Field(min_length=1, max_length=100), AfterValidator(one_line)
]
Draw = Annotated[float, Field(strict=True, ge=0, le=1_000_000)]


# Ports and bays that the catalogue has no place for; those for power say what a device draws.
PLACES = (
    "console-ports",
    "console-server-ports",
    "device-bays",
    "front-ports",
    "interfaces",
    "inventory-items",
    "module-bays",
    "power-outlets",
    "rear-ports",
)


class NetBoxRecord(BaseModel):
    """Frozen; other keys are left to the text they came from."""

    model_config = ConfigDict(frozen=True, extra="ignore", allow_inf_nan=False, defer_build=True)


class Component(NetBoxRecord):
    """A port, a bay, an outlet: all of them have a name."""

    name: Name
    type: Text = ""


class PowerPort(Component):
    """Where power goes in. `maximum_draw` and `allocated_draw` in W."""

    maximum_draw: Draw | None = None
    allocated_draw: Draw | None = None


Components = Annotated[tuple[Component, ...], Field(max_length=10_000)]


class DeviceType(NetBoxRecord):
    """One device type. `u_height` 0 takes no unit: access points, blades, rails along a post."""

    manufacturer: Title
    model: Title
    slug: Annotated[str, Field(pattern=r"^[-a-zA-Z0-9_]+$", max_length=100)] | None = None
    part_number: Annotated[Text, AfterValidator(one_line)] = ""
    u_height: Annotated[float, Field(strict=True, ge=0, le=100, multiple_of=0.5)] = 1.0
    is_full_depth: Annotated[bool, Field(strict=True)] = True
    airflow: Airflow | None = None
    weight: Annotated[float, Field(strict=True, ge=0, le=10_000_000)] | None = None
    weight_unit: WeightUnit | None = None
    subdevice_role: Literal["parent", "child"] | None = None
    comments: str = ""
    power_ports: Annotated[tuple[PowerPort, ...], Field(max_length=1000)] = Field(
        (), alias="power-ports"
    )
    power_outlets: Components = Field((), alias="power-outlets")
    interfaces: Components = ()
    console_ports: Components = Field((), alias="console-ports")
    console_server_ports: Components = Field((), alias="console-server-ports")
    front_ports: Components = Field((), alias="front-ports")
    rear_ports: Components = Field((), alias="rear-ports")
    module_bays: Components = Field((), alias="module-bays")
    device_bays: Components = Field((), alias="device-bays")
    inventory_items: Components = Field((), alias="inventory-items")

    @model_validator(mode="after")
    def _weighed(self) -> "DeviceType":
        if self.weight is not None and self.weight_unit is None:
            raise Wrong("weight has no unit", "kg, g, lb, oz", "write weight_unit: kg")
        return self

    @property
    def weight_g(self) -> float | None:
        """Its weight in g; a weight of 0 says nothing."""
        if not self.weight or self.weight_unit is None:
            return None
        return grams(self.weight, self.weight_unit) or None

    @property
    def own_id(self) -> str:
        """What to call it in our catalogue: NetBox's slug, or maker and model."""
        return slug(self.slug or f"{self.manufacturer} {self.model}")

    @property
    def places(self) -> dict[str, int]:
        """How many of each kind of port and bay it has, by NetBox's word; none is left out."""
        counts = {name: len(getattr(self, name.replace("-", "_"))) for name in PLACES}
        return {name: count for name, count in counts.items() if count}


def device_type(data: dict[str, Any], where: str, text: str) -> DeviceType:
    """Return a device type from what its file says; keys with `_` for `-` are taken too.

    Args:
        data: the content.
        where: how to name the file in an error.
        text: the file's text, to find lines in.

    Raises:
        InputError: everything that is wrong with what is read here, each with its line.
    """
    known = {info.alias for info in DeviceType.model_fields.values() if info.alias}
    dashed = {str(key).replace("_", "-"): key for key in data}
    renamed = {dashed[name]: name for name in known if name in dashed}
    data = {renamed.get(key, key): value for key, value in data.items() if value is not None}
    try:
        return parse(DeviceType, data, where)
    except InputError as error:
        raise placed(error.problems, text) from None
