"""`rack.toml` as a frozen record: what a person writes, checked when it is read."""

import math
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from catalog.base import Fact
from catalog.problems import InputError
from catalog.validate import Wrong, of_version, parse, read_versioned
from catalog.versions import RACK
from pcb.parts import ContactKind, ExtraKind, InputKind, OutputKind, StarterKind
from rack.cabinet_spec import CabinetSpec
from rack.climate.spec import RoomSpec
from rack.energy.spec import Backup, Energy, Supply
from rack.gather import located
from rack.pack_spec import Pack
from rack.texts import Height, LengthMm, Line, Name, Note, one_line

VERSION = RACK.newest
Mount = Literal[
    "auto",
    "blank",
    "shelf",
    "tray",
    "frame",
    "panel",
    "psu",
    "drives",
    "ups",
    "nas",
    "ears",
    "adapter",
    "cable",
    "stack",
    "holder",
    "wall",
    "coupon",
]
MOUNTS: tuple[Mount, ...] = get_args(Mount)[1:]
BARE: frozenset[Mount] = frozenset({"blank", "panel", "adapter", "cable", "coupon"})  # no device
MAYBE: frozenset[Mount] = frozenset({"ears", "holder"})  # with a device, or made to measures
# What takes several devices.
MANY: frozenset[Mount] = frozenset({"auto", "shelf", "tray", "frame", "stack", "drives"})


def a(noun: str) -> str:
    """Return a noun with its article, as it is spoken."""
    return noun if noun in {"drives", "ears"} else f"{'an' if noun[0] in 'aeio' else 'a'} {noun}"


# strict: neither the text "85" nor the word true is a number
Watts = Annotated[float, Field(strict=True, ge=0, le=20_000, description="W")]
Amps = Annotated[float, Field(strict=True, gt=0, le=20)]
Count = Annotated[int, Field(strict=True, ge=1)]


MOST = 64  # devices on one mount, but for a frame's "max"


def _number(value: object) -> object:
    """Take `"max"` as it is; all else is a number from 1 to 64."""
    return _counted(value, "in a frame")


def _times(value: object) -> object:
    """Take `"max"` as it is; all else is a number from 1 to 64."""
    return _counted(value, "in a rack")


def _counted(value: object, where: str) -> object:
    if value == "max" or (type(value) is int and 1 <= value <= MOST):
        return value
    near = 'write a number, or "max" in quotes'
    if isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value):
        near = f"the nearest value that works is {round(min(max(value, 1), MOST))}"
    msg = f"{value!r:.40} is no such number"
    raise Wrong(msg, f'1 to {MOST}, or "max" {where}', near)


Many = Annotated[Annotated[int, Field(ge=1, le=MOST)] | Literal["max"], BeforeValidator(_number)]
Times = Annotated[
    Annotated[int, Field(strict=True, ge=1, le=MOST)] | Literal["max"], BeforeValidator(_times)
]
Id = Annotated[str, Field(min_length=1, max_length=60)]
FilePath = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(one_line)]


class Item(Fact):
    """Something in the rack or beside it: a device on a mount of ours, a panel, or a blank."""

    name: Name | None = Field(None, description="What to call it; the device's id if left out.")
    device: Id | None = Field(None, description="Board, box, supply or disk of the catalogue.")
    mount: Mount = Field(
        "auto",
        description="Left out: a box takes a shelf, over 2 kg a heavy one, one board a tray, "
        "several a frame. A stack, a holder, a wall mount and a coupon stand beside the rack.",
    )
    at_u: float | None = Field(
        None,
        strict=True,
        ge=1,
        le=60,
        multiple_of=0.5,
        description="Lowest rack unit it takes, counted from 1 at the bottom; placed if left out.",
    )
    cabinet: Name | None = Field(
        None, description="The [[cabinet]] it stands in; the first one with room if left out."
    )
    face: Literal["front", "rear"] | None = Field(
        None, description="The posts it hangs on: those at the front if left out."
    )
    height: Height | None = Field(None, description="The smallest that works if left out.")
    count: Many = Field(
        1,
        description="Boards in a frame, stack or tray, boxes on a shelf, or disks; "
        'in a frame "max": as many as fit, standing as they fit best.',
    )
    times: Times = Field(
        1,
        description="So many of this mount, each with a name of its own: NAME-1 and so on; "
        '"max": as many as find room in all cabinets.',
    )
    power_board: Name | None = Field(
        None,
        description="A power board of this file that a tray or a holder carries; its measures are "
        "known.",
    )
    hat: Id | None = Field(None, description="HAT stacked on each board.")
    pose: Literal["flat", "on-edge"] | None = Field(
        None,
        description="How a sled stands: flat if left out, but as it fits best where a frame has "
        'boards beside or count = "max".',
    )
    front: Literal["x-", "x+", "y-", "y+"] | None = Field(
        None, description="Board edge that faces the front; the one with most ports if left out."
    )
    fixing: Literal["self-tap", "insert"] | None = Field(
        None, description="How a board is screwed down."
    )
    air_gap: LengthMm | None = Field(None, description="Free over the tallest part of a sled.")
    plug_room: LengthMm | None = Field(None, description="Beside the side ports of a sled.")
    poe: Name | None = Field(
        None, description="The item of a switch that feeds each device by PoE."
    )
    idle_w: Watts | None = Field(
        None, description="Of one device, if you measured it: goes before the catalogue's."
    )
    typical_w: Watts | None = Field(
        None, description="Of one device, if you measured it: goes before the catalogue's."
    )
    peak_w: Watts | None = Field(
        None, description="Of one device, if you measured it: goes before the catalogue's."
    )
    settings: dict[str, Any] = Field(
        {}, alias="set", max_length=40, description="Any further field of the mount's own."
    )
    soc_k_per_w: Annotated[float, Field(strict=True, gt=0, le=50)] | None = Field(
        None,
        description="Processor over the air for each W of a board, with its heat sink and its own "
        "fan; the catalogue's or a bare Pi 4B's if left out.",
    )
    note: Note = Field("", max_length=500, description="Printed with it.")

    @model_validator(mode="after")
    def _whole(self) -> "Item":
        bare = self.device is None and self.power_board is None
        if bare and self.mount not in BARE | MAYBE:
            msg = "an item needs a device"
            near = "mount = 'blank' closes an empty slot"
            raise Wrong(msg, "an id from `rackpress catalog list`", near)
        if self.power_board is not None:
            if self.mount not in ("holder", "tray") or self.device is not None:
                msg = "power_board is for a tray or a holder without a device"
                raise Wrong(msg, nearest="mount = 'tray' lays it flat, 'holder' stands it upright")
            if self.count != 1:
                msg = f"{a(self.mount)} carries one power board, not {self.count}"
                raise Wrong(msg, nearest="write one [[item]] for each")
        if self.mount in BARE and self.device is not None:
            msg = f"{a(self.mount)} carries no device"
            raise Wrong(msg, nearest="leave out device, or mount")
        if self.count == "max":
            if self.mount not in {"auto", "frame"}:
                msg = "only a frame counts by itself how many fit"
                raise Wrong(msg, "a number", "write how many, or mount = 'frame'")
        elif self.count > 1 and self.mount not in MANY:
            msg = f"{a(self.mount)} carries one device, not {self.count}"
            if self.mount in BARE:
                msg = f"count is of devices, and {a(self.mount)} carries none"
            raise Wrong(msg, nearest="write one [[item]] for each")
        return self

    @model_validator(mode="after")
    def _several_times(self) -> "Item":
        if self.times != 1 and (self.at_u is not None or self.power_board is not None):
            one, many = ("at_u", "unit") if self.at_u is not None else ("power_board", "board")
            msg = f"times is of several mounts, and there is one such {many}"
            raise Wrong(msg, nearest=f"leave out {one}, or times")
        return self

    @property
    def several(self) -> bool:
        """Whether it is more than one device, or may be."""
        return self.count == "max" or self.count > 1

    @property
    def number(self) -> int:
        """How many devices: `rack.most` has counted where it is `"max"`."""
        assert self.count != "max", "the plan counts what the file leaves open"
        return self.count


class Outside(Fact):
    """Something that draws power but has no place in this rack."""

    name: Line = Field(min_length=1, max_length=80, description="What to call it.")
    count: Count = Field(1, le=1000, description="How many of it.")
    idle_w: Watts | None = Field(None, description="Of one.")
    typical_w: Watts | None = Field(None, description="Of one.")
    peak_w: Watts | None = Field(None, description="Of one.")
    note: Note = Field("", max_length=500, description="Printed with it.")


class PowerBoard(Fact):
    """A power board for the nodes; its connector sets the largest current."""

    name: Name = "power-board"
    outputs: Count = Field(le=24, description="How many nodes it feeds.")
    volts: Literal[12, 5] = Field(12, description="V")
    amps: Amps = Field(description="The most that one output draws for long, A.")
    typical_amps: Amps | None = Field(
        None, description="What it draws most of the time, A; amps if left out."
    )
    connector: OutputKind = Field("barrel-5.5x2.1", description="What an output ends in.")
    outputs_5v: int = Field(
        0, strict=True, ge=0, le=23, description="How many of the outputs give 5 V, the last ones."
    )
    connector_5v: OutputKind = Field("screw", description="What those end in.")
    amps_5v: Amps = Field(3.0, description="The most that one of those draws, A.")
    typical_amps_5v: Amps | None = Field(None, description="What one draws most of the time, A.")
    input: InputKind = Field("atx-24", description="The plug of the supply.")
    extra_inputs: tuple[ExtraKind, ...] = Field(
        (), max_length=3, description="Further plugs of the supply, 12 V each."
    )
    single_rail: bool = Field(
        False, strict=True, description="The supply has one 12 V rail: plugs may be joined."
    )
    supply_5v_a: float | None = Field(
        None, strict=True, ge=1, le=100, description="What the supply's label says of 5 V, A."
    )
    contacts: ContactKind = Field("any", description="hcs: plugs with HCS contacts on 18 AWG.")
    copper_oz: Literal[1, 2] = Field(1, description="Copper of each layer, oz.")
    cable_awg: Literal[14, 16, 18, 20, 22, 24] = Field(18, description="Wire to a node, AWG.")
    cable_m: float = Field(0.5, strict=True, ge=0, le=5, description="Length of that wire, m.")
    ps_on: StarterKind = Field("jumper", description="What starts the supply: jumper or switch.")
    level: Literal["simple", "managed"] = Field(
        "simple", description="managed: a host switches the outputs."
    )
    sensing: bool = Field(
        False, strict=True, description="And measures them: volts and ampere, up to 12 outputs."
    )
    address: int = Field(
        0x24, strict=True, ge=0, le=0x7F, description="I2C address of its first expander."
    )
    sensor_address: int = Field(
        0x40, strict=True, ge=0, le=0x7F, description="I2C address of its first sensor."
    )
    bus: Name = Field(
        "i2c-1", description="The I2C bus it hangs on: boards of one bus share no address."
    )
    feeds: tuple[Annotated[Line, Field(min_length=1, max_length=80)], ...] = Field(
        (),
        max_length=24,
        description="Names of items and outside things, in the order of the outputs; the boards of "
        "the rack if left out.",
    )

    @property
    def board(self) -> dict[str, Any]:
        """What the board itself is made from, by the names of `pcb.spec`."""
        return self.model_dump(exclude={"feeds", "bus"})


class RackSpec(Fact):
    """A whole rack."""

    version: Annotated[int, Field(ge=1, le=RACK.newest), BeforeValidator(of_version(RACK))] = Field(
        VERSION, description="Version of this file's format; 1 if left out."
    )
    name: Name = Field(description="Names the folder of the results.")
    title: Line = Field("", max_length=120, description="Heads the report.")
    rack: Id = Field(description="10in, 10in-250, 19in or a rack of the catalogue.")
    height: Height | None = Field(None, description="In U; what the rack has if left out.")
    printer: Id = Field("bambu-a1", description="A printer of the catalogue: its bed is filled.")
    material: Id = Field("petg", description="A filament of the catalogue: all is printed in it.")
    calibration: FilePath | None = Field(
        None,
        description="File of `rackpress calibrate`, seen from this one: how the printer prints.",
    )
    fill: Literal["open", "blank", "vented"] = Field("open", description="What closes empty slots.")
    cabinets: tuple[CabinetSpec, ...] = Field(
        (),
        alias="cabinet",
        max_length=20,
        description="Cabinets, as they stand from left to right; one of that height if left out.",
    )
    items: tuple[Item, ...] = Field(
        (), alias="item", max_length=200, description="What is in the rack or beside it on a mount."
    )
    outside: tuple[Outside, ...] = Field(
        (), max_length=200, description="What draws power and has no place in this rack."
    )
    power_boards: tuple[PowerBoard, ...] = Field(
        (), alias="power_board", max_length=20, description="Boards that pass a supply's power on."
    )
    candidates: tuple[Id, ...] = Field(
        (), max_length=50, description="Devices of which you wonder whether they would fit."
    )
    supplies: tuple[Supply, ...] = Field(
        (), alias="supply", max_length=40, description="Between the mains and some of the things."
    )
    ups: Backup | None = Field(None, description="What holds the rack when the mains fail.")
    energy: Energy | None = Field(None, description="Price of electricity, start of the nodes.")
    room: RoomSpec = Field(RoomSpec(), description="The air that comes in, and the limits.")
    pack: Pack | None = Field(None, description="Wishes for the places of things without at_u.")
    most_cost: Annotated[float, Field(strict=True, ge=0, le=1_000_000)] | None = Field(
        None, description="What all but the devices may cost together, in the prices' currency."
    )
    note: Note = Field("", max_length=2000, description="Printed with the rack.")


def read_rack(path: Path) -> tuple[RackSpec, str]:
    """Read a `rack.toml` and return it with its text.

    Args:
        path: the file.

    Raises:
        InputError: anything wrong with its form, all problems at once, each with its line;
            `rack.plan.plan_file` also finds what does not fit.
    """
    data, text = read_versioned(path, str(path), RACK)
    try:
        return parse(RackSpec, data, str(path), text), text
    except InputError as error:
        raise located(error.problems, data, text) from None
