"""Devices: bare boards, cased boxes, and blades of a maker's own enclosure."""

from typing import Literal

from pydantic import Field

from catalog.base import (
    Celsius,
    Confidence,
    Fact,
    Grams,
    Id,
    Length,
    Number,
    Offset,
    Positive,
    Volts,
    Watts,
)

Side = Literal["x-", "x+", "y-", "y+", "top", "interior", "front"]
Edge = Literal["x-", "x+", "y-", "y+"]
Kind = Literal["board", "box", "blade"]
Category = Literal[
    "sbc",
    "carrier",
    "cluster",
    "blade",
    "enclosure",
    "mini_pc",
    "nas",
    "ups",
    "switch",
    "router",
    "other",
]
Topic = Literal["geometry", "case", "power", "weight", "network"]
Trust = Literal["board", "pcb", "holes", "ports", "case", "slot", "power", "weight"]


class Outline(Fact):
    """A PCB seen from the component side: x right, y up, origin at its lower left corner."""

    x_mm: Length
    y_mm: Length
    thickness_mm: Length = 1.6
    corner_radius_mm: Number = Field(default=0.0, ge=0, le=100)


class Hole(Fact):
    """A hole in a PCB, board frame. Only `mount` holes carry the board."""

    x_mm: Offset
    y_mm: Offset
    d_mm: Length
    use: Literal["mount", "heatsink", "hat", "module", "pcie", "m2", "other"] = "mount"


class Port(Fact):
    """A connector at a board's edge.

    `center_mm` runs along the edge (y for x sides, x for y sides); width and height are of the
    opening in a face plate, small clearance included, not of the shell and not of the plug;
    `z0_mm` is the opening's lower edge above the PCB's top face (negative: below);
    `overhang_mm` is how far the body stands out over the edge (negative: recessed).
    Side `interior` has no outer face; `front` is the face of a blade.
    """

    name: str
    side: Side
    center_mm: Offset | None = None
    center_xy_mm: tuple[Number, Number] | None = None
    width_mm: Length | None = None
    height_mm: Length | None = None
    z0_mm: Offset | None = None
    overhang_mm: Offset | None = None
    mounted: Literal["top", "bottom"] = "top"
    center_alt_smf_mm: Number | None = None
    center_alt_recalled_mm: Number | None = None
    note: str = ""


class Block(Fact):
    """A part on a board's top face as a box: its extent along x and y, its top above the PCB.

    Connectors reach over the edge.
    """

    name: str
    x_mm: tuple[Offset, Offset]
    y_mm: tuple[Offset, Offset]
    top_mm: Length


class Power(Fact):
    """What a device draws. `None` is unknown, never zero; `note` says how sources disagree."""

    connector: str | None = None
    volts_v: Volts | None = None
    volts_range_v: tuple[Volts, Volts] | None = None
    volts_candidates_v: tuple[Volts, ...] = ()
    idle_w: Watts | None = None
    typical_w: Watts | None = None
    max_w: Watts | None = None
    psu_w: Watts | None = None
    psu_text: str = ""
    note: str = ""


class Thermal(Fact):
    """Temperature limits of a device, and its processor over the air for each watt it draws."""

    throttle_c: Celsius | None = None
    soft_limit_c: Celsius | None = None
    hard_limit_c: Celsius | None = None
    load_soc_c: Celsius | None = None
    soc_k_per_w: Positive | None = None
    ambient_min_c: Celsius | None = None
    ambient_max_c: Celsius | None = None
    ambient_source: str = ""
    sources: tuple[str, ...] = ()


class Size(Fact):
    """Outer size, width along the rack's front."""

    width_mm: Length
    depth_mm: Length
    height_mm: Length


class Device(Fact):
    """Anything racked. `kind` says which of the three records a file holds."""

    id: Id
    kind: Kind
    name: str
    manufacturer: str
    category: Category
    aliases: tuple[Id, ...] = ()
    weight_g: Grams | None = None
    power: Power | None = None
    thermal: Thermal = Thermal()
    sources: dict[Topic, tuple[str, ...]]
    confidence: dict[Trust, Confidence]
    flags: tuple[str, ...] = ()

    @property
    def all_sources(self) -> tuple[str, ...]:
        """Every source the record rests on, sorted, each once."""
        named = {source for topic in self.sources.values() for source in topic}
        return tuple(sorted(named | set(self.thermal.sources)))


class Board(Device):
    """A bare PCB with holes and ports.

    `height_above_pcb_mm` is the tallest part above the PCB's top face without a HAT, a fitted GPIO
    plug included; `tallest_connector_mm` the tallest connector at an edge. The physical depth
    below the board is `deepest_modelled_below_pcb_mm` plus about 0.3 mm;
    `case_allowance_below_pcb_mm` is the room a source's cases leave there, not an envelope.
    `blocks` are all parts that stand higher than `between_blocks_mm` above the top face.
    """

    kind: Literal["board"] = "board"  # pyright: ignore[reportIncompatibleVariableOverride] - frozen
    board: Outline
    holes: tuple[Hole, ...] = ()
    hole_screw: str | None = None
    ports: tuple[Port, ...] = ()
    blocks: tuple[Block, ...] = ()
    between_blocks_mm: Length | None = None
    height_above_pcb_mm: Length | None = None
    tallest_connector_mm: Length | None = None
    heatsink_top_above_pcb_mm: Length | None = None
    case_allowance_below_pcb_mm: Length | None = None
    deepest_modelled_below_pcb_mm: Offset | None = None
    envelope_with_connectors_mm: tuple[Length, Length] | None = None
    envelope_mm: tuple[Length, Length, Length] | None = None
    case: Size | None = None
    form_factor: Id | None = None
    geometry_origin: str = ""
    geometry_status: str = ""
    hole_screw_note: str = ""


class Box(Device):
    """A cased device; `network_ports` are all that a network cable or an SFP module goes into."""

    kind: Literal["box"] = "box"  # pyright: ignore[reportIncompatibleVariableOverride] - frozen
    case: Size
    network_ports: int | None = Field(default=None, strict=True, ge=1, le=256)


class Slot(Fact):
    """The slot of a blade enclosure."""

    pitch_mm: Length
    inner_height_mm: Length
    enclosure_height_mm: Length
    depth_body_mm: Length
    depth_with_latches_mm: Length
    pitch_note: str = ""


class Blade(Device):
    """A board made for its maker's own enclosure; it takes a slot there, not a mount of ours."""

    kind: Literal["blade"] = "blade"  # pyright: ignore[reportIncompatibleVariableOverride] - frozen
    slot: Slot
    ports: tuple[Port, ...] = ()
    heatsink_mm: tuple[Length, Length, Length] | None = None
    fan_unit_mm: tuple[Length, Length, Length] | None = None
    fan_unit_fan: str = ""
