"""`rack.toml` as a frozen record: what a person writes, checked when it is read."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from catalog.base import Fact
from catalog.units import height_u, length_mm
from catalog.validate import Wrong, parse, read_toml, reads

VERSION = 1

Name = Annotated[
    str,
    Field(
        pattern=r"^[a-z0-9][a-z0-9-]*$",
        max_length=40,
        description="Lower-case letters, digits and hyphens.",
    ),
]
Height = Annotated[
    float, BeforeValidator(reads(height_u)), Field(description="Such as 1U or 1.5U.")
]
LengthMm = Annotated[
    float, BeforeValidator(reads(length_mm)), Field(description="mm, or text such as 4mm or 0.5in.")
]
Watts = Annotated[float, Field(ge=0, le=20_000, description="W")]


class Item(Fact):
    """Something in the rack: a device on a mount of ours, or a blank."""

    name: Name | None = Field(None, description="What to call it; the device's id if left out.")
    device: str | None = Field(None, description="Board or box of the catalogue.")
    mount: Literal["auto", "blank", "shelf", "tray", "frame"] = Field(
        "auto", description="A box takes a shelf, one board a tray, several a frame."
    )
    at_u: float | None = Field(
        None,
        ge=1,
        le=60,
        multiple_of=0.5,
        description="Lowest rack unit it takes, counted from 1 at the bottom; placed if left out.",
    )
    height: Height | None = Field(None, description="The smallest that works if left out.")
    count: int = Field(1, ge=1, le=64, description="Boards in the frame.")
    hat: str | None = None
    pose: Literal["flat", "on-edge"] | None = None
    front: Literal["x-", "x+", "y-", "y+"] | None = None
    fixing: Literal["self-tap", "insert"] | None = None
    air_gap: LengthMm | None = Field(None, description="Free over the tallest part of a sled.")
    plug_room: LengthMm | None = Field(None, description="Beside the side ports of a sled.")
    idle_w: Watts | None = Field(None, description="Of one device, if you measured it.")
    typical_w: Watts | None = Field(None, description="Of one device, if you measured it.")
    peak_w: Watts | None = Field(None, description="Of one device, if you measured it.")
    note: str = Field("", max_length=500)

    @model_validator(mode="after")
    def _whole(self) -> "Item":
        if self.device is None and self.mount != "blank":
            msg = "an item needs a device"
            near = "mount = 'blank' closes an empty slot"
            raise Wrong(msg, "an id from `rackpress catalog list`", near)
        if self.mount == "blank" and self.device is not None:
            msg = "a blank carries no device"
            raise Wrong(msg, nearest="leave out device, or mount")
        if self.count > 1 and self.mount in {"blank", "shelf", "tray"}:
            msg = f"a {self.mount} carries one device, not {self.count}"
            raise Wrong(msg, nearest="use mount = 'frame' for several boards, or one item each")
        return self

    @property
    def label(self) -> str:
        """What to call it."""
        return self.name or self.device or self.mount


class Outside(Fact):
    """Something that draws power but has no place in this rack."""

    name: str = Field(max_length=80)
    count: int = Field(1, ge=1, le=1000)
    idle_w: Watts | None = None
    typical_w: Watts | None = None
    peak_w: Watts | None = None
    note: str = Field("", max_length=500)


class PowerBoard(Fact):
    """A power board for the nodes."""

    name: Name = "power-board"
    outputs: int = Field(ge=1, le=24)
    volts: Literal[12, 5] = 12
    amps: float = Field(gt=0, le=20, description="A for each output.")
    connector: Literal["barrel-5.5x2.1", "screw", "wire"] = "barrel-5.5x2.1"


class RackSpec(Fact):
    """A whole rack."""

    version: Literal[1] = Field(description="Version of this file's format.")
    name: Name = Field(description="Names the folder of the results.")
    title: str = Field("", max_length=120)
    rack: str = Field(description="10in, 10in-250, 19in or a rack of the catalogue.")
    height: Height | None = Field(None, description="In U; what the rack has if left out.")
    printer: str = "bambu-a1"
    material: str = "petg"
    fill: Literal["open", "blank", "vented"] = Field("open", description="What closes empty slots.")
    items: tuple[Item, ...] = Field((), alias="item", max_length=200)
    outside: tuple[Outside, ...] = Field((), max_length=200)
    power_boards: tuple[PowerBoard, ...] = Field((), alias="power_board", max_length=20)
    candidates: tuple[str, ...] = Field(
        (), max_length=50, description="Devices of which you wonder whether they would fit."
    )
    note: str = Field("", max_length=2000)


def read_rack(path: Path) -> tuple[RackSpec, str]:
    """Read a `rack.toml` and return it with its text.

    Args:
        path: the file.

    Raises:
        InputError: anything wrong with it, all problems at once, each with its line.
    """
    data, text = read_toml(path, str(path))
    return parse(RackSpec, data, str(path), text), text
