"""The shape of every fact: frozen records, unit in each name, unknown keys refused."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Side = Literal["x-", "x+", "y-", "y+", "top", "interior", "front"]
Edge = Literal["x-", "x+", "y-", "y+"]
Confidence = Literal["high", "medium-high", "medium", "low", "none"]

Length = Annotated[float, Field(gt=0, le=3000, description="mm")]
Offset = Annotated[float, Field(ge=-3000, le=3000, description="mm")]
Watts = Annotated[float, Field(ge=0, le=20_000, description="W")]
Volts = Annotated[float, Field(gt=0, le=500, description="V")]
Celsius = Annotated[float, Field(ge=-60, le=200, description="°C")]
Grams = Annotated[float, Field(gt=0, le=1_000_000, description="g")]
Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9.+-]*$", max_length=60)]


class Fact(BaseModel):
    """Base of all records: frozen, finite numbers only, no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Sourced(Fact):
    """A table entry with its sources (keys of `sources.toml`) and how far to trust it."""

    id: Id
    sources: tuple[str, ...]
    confidence: Confidence
    note: str = ""


class Source(Fact):
    """Where facts come from."""

    id: str
    title: str
    where: str
    kind: str


class Outline(Fact):
    """A PCB seen from the component side: x right, y up, origin at its lower left corner."""

    x_mm: Length
    y_mm: Length
    thickness_mm: Length = 1.6
    corner_radius_mm: float = Field(0.0, ge=0, le=100)


class Hole(Fact):
    """A hole in a PCB, board frame. Only `mount` holes carry the board."""

    x_mm: Offset
    y_mm: Offset
    d_mm: Length
    use: Literal["mount", "heatsink", "hat", "module", "pcie", "m2", "other"] = "mount"


class Port(Fact):
    """A connector at a board's edge.

    `center_mm` runs along the edge (y for x sides, x for y sides); `z0_mm` is the lower edge of its
    opening above the PCB's top face; `overhang_mm` is how far the body stands out over the edge.
    """

    name: str
    side: Side
    center_mm: Offset | None = None
    center_xy_mm: tuple[float, float] | None = None
    width_mm: Length | None = None
    height_mm: Length | None = None
    z0_mm: Offset | None = None
    overhang_mm: Offset | None = None
    mounted: Literal["top", "bottom"] = "top"
    center_alt_smf_mm: float | None = None
    center_alt_recalled_mm: float | None = None
    note: str = ""


class Power(Fact):
    """What a device draws. `None` is unknown, never zero."""

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
    """Temperature limits of a device."""

    throttle_c: Celsius | None = None
    soft_limit_c: Celsius | None = None
    hard_limit_c: Celsius | None = None
    load_soc_c: Celsius | None = None
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
    kind: Literal["board", "box", "blade"]
    name: str
    manufacturer: str
    category: str
    weight_g: Grams | None = None
    power: Power | None = None
    thermal: Thermal = Thermal()
    sources: dict[str, tuple[str, ...]]
    confidence: dict[str, Confidence]
    flags: tuple[str, ...] = ()


class Board(Device):
    """A bare PCB with holes and ports."""

    kind: Literal["board"] = "board"
    board: Outline
    holes: tuple[Hole, ...] = ()
    hole_screw: str | None = None
    ports: tuple[Port, ...] = ()
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
    """A cased device."""

    kind: Literal["box"] = "box"
    case: Size


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

    kind: Literal["blade"] = "blade"
    slot: Slot
    ports: tuple[Port, ...] = ()
    heatsink_mm: tuple[Length, Length, Length] | None = None
    fan_unit_mm: tuple[Length, Length, Length] | None = None
    fan_unit_fan: str = ""


class RackStandard(Sourced):
    """How panels fasten to posts. Every width is between the two sides of a rack.

    `body_max_mm` is the widest part that passes between the posts of racks as they are sold; it is
    smaller than `opening_mm` because posts bend, are painted and are set up by hand.
    """

    name: str
    panel_width_mm: Length
    opening_mm: Length
    body_max_mm: Length
    hole_pitch_mm: Length
    post_width_mm: Length


class Rack(Sourced):
    """A rack as sold, or a generic one of some standard."""

    name: str
    standard: Id | None = None
    height_u: float | None = Field(None, gt=0, le=60)
    outer_w_mm: Length | None = None
    outer_d_mm: Length | None = None
    outer_h_mm: Length | None = None
    outer_h_with_feet_mm: Length | None = None
    opening_mm: Length | None = None
    opening_height_mm: Length | None = None
    hole_pitch_mm: Length | None = None
    post_width_mm: Length | None = None
    clear_depth_mm: Length | None = None
    first_hole_below_top_mm: Length | None = None
    max_unit_width_mm: Length | None = None
    max_unit_depth_mm: Length | None = None
    hole_step_mm: Length | None = None
    thread: str = ""
    weight_g: Grams | None = None


class Hat(Sourced):
    """A board stacked on another by its pin header. Heights are above the lower PCB's top face."""

    name: str
    x_mm: Length | None = None
    y_mm: Length | None = None
    thickness_mm: Length | None = None
    spacer_mm: Length
    spacer_min_mm: Length | None = None
    top_of_pcb_mm: Length | None = None
    stack_height_mm: Length | None = None
    fan_mm: Length | None = None
    overhead_w: Watts | None = None
    output: str = ""
    input_v: tuple[Volts, Volts] | None = None


class FormFactor(Sourced):
    """A motherboard outline with its holes."""

    x_mm: Length
    y_mm: Length
    max_component_height_mm: Length
    holes: tuple[Hole, ...]


class Connector(Sourced):
    """The opening a connector needs in a face plate; `z0_mm` above the PCB's top face."""

    name: str
    width_mm: Length
    height_mm: Length
    z0_mm: Offset


class Plug(Sourced):
    """The overmould of a plug, as large as is met in practice."""

    name: str
    width_mm: Length
    height_mm: Length


class Psu(Sourced):
    """A power supply's case."""

    width_mm: Length
    depth_mm: Length
    height_mm: Length
    watts_w: Watts | None = None
    watts_12v_w: Watts | None = None
    volts_v: tuple[Volts, ...] = ()
    amps_12v_a: float | None = Field(None, gt=0)
    amps_24v_a: float | None = Field(None, gt=0)
    efficiency: float | None = Field(None, gt=0, lt=1)
    ambient_c: tuple[Celsius, Celsius] | None = None
    fan: bool | None = None
    screw: str = ""
    bottom_holes_mm: tuple[Length, Length] | None = None
    bottom_holes_centred: bool | None = None
    bottom_screw: str = ""
    side_holes_pitch_mm: Length | None = None
    side_holes_z_mm: Length | None = None
    side_screw: str = ""
    rear_holes_mm: tuple[tuple[float, float], ...] = ()
    holes_text: str = ""
    terminal_pitch_mm: Length | None = None
    terminal_depth_mm: Length | None = None


class Drive(Sourced):
    """A disk and its screw holes, measured from the connector end."""

    width_mm: Length
    depth_mm: Length
    depth_max_mm: Length | None = None
    heights_mm: tuple[Length, ...]
    bottom_holes_mm: tuple[Length, ...] = ()
    bottom_holes_alt_mm: tuple[Length, ...] = ()
    bottom_hole_pitch_mm: Length | None = None
    side_holes_mm: tuple[Length, ...] = ()
    side_hole_z_mm: Length | None = None
    screw: str = ""
    idle_w: Watts | None = None
    max_w: Watts | None = None
    spinup_w: Watts | None = None


class Fan(Sourced):
    """An axial fan. `static_pa` is the pressure at no flow, `flow_m3h` the flow at no pressure."""

    size_mm: Length
    thickness_mm: Length
    hole_pitch_mm: Length
    hole_d_mm: Length | None = None
    model: str = ""
    flow_m3h: float | None = Field(None, gt=0)
    flow_cfm: float | None = Field(None, gt=0)
    static_mmh2o: float | None = Field(None, gt=0)
    noise_dba: float | None = Field(None, gt=0)
    power_w: Watts | None = None
    speed_rpm: float | None = Field(None, gt=0)


class Printer(Sourced):
    """A printer's build volume, mm."""

    bed_x_mm: Length
    bed_y_mm: Length
    bed_z_mm: Length
    bed_per_nozzle_mm: tuple[Length, Length] | None = None


class Material(Sourced):
    """A filament. Ranges run over brands; strengths are of printed specimens."""

    density_g_cm3: float = Field(gt=0)
    e_gpa: tuple[float, float]
    uts_xy_mpa: tuple[float, float]
    uts_z_mpa: tuple[float, float]
    tg_c: tuple[Celsius, Celsius]
    hdt_045_c: Celsius
    cost_per_kg: float = Field(gt=0)
    shrink_pct: float = Field(ge=0)


class Insert(Sourced):
    """A heat-set threaded insert and the hole it wants."""

    brand: str
    thread: str
    length_mm: Length
    outer_d_mm: Length
    hole_d_mm: Length
    min_boss_d_mm: Length | None = None
    min_wall_mm: Length | None = None
    min_material_mm: Length | None = None


class Screw(Sourced):
    """Hole sizes for a thread: clearance in three fits, and the core for tapping plastic."""

    thread: str
    close_mm: Length
    normal_mm: Length
    loose_mm: Length
    tap_soft_mm: Length | None = None
    major_mm: Length | None = None
