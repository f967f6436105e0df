"""Everything that is not a device: racks, fans, supplies, printers, materials, fasteners."""

from typing import Annotated, Literal

from pydantic import Field

from catalog.base import (
    Amps,
    Celsius,
    Confidence,
    Fact,
    Flag,
    Grams,
    Id,
    Length,
    Number,
    Offset,
    Positive,
    Sourced,
    Volts,
    Watts,
)
from catalog.devices import Board, Hole, Outline

# the ways air goes through a device, in NetBox's words
Airflow = Literal[
    "front-to-rear",
    "rear-to-front",
    "left-to-right",
    "right-to-left",
    "side-to-rear",
    "rear-to-side",
    "bottom-to-top",
    "top-to-bottom",
    "passive",
    "mixed",
]
BigWatts = Annotated[float, Field(strict=True, ge=0, le=200_000, description="W")]
PA_PER_MMH2O = 9.80665  # conventional millimetre of water, ISO 80000-4


class RackStandard(Sourced):
    """How panels fasten to posts. Every width is between the two sides of a rack.

    `body_max_mm` is the widest part that passes between the posts of racks as they are sold; it is
    smaller than `opening_mm` because posts bend, are painted and are set up by hand.
    The fields with a default are what is quoted or sold, not what Rackpress draws.
    """

    name: str
    panel_width_mm: Length
    opening_mm: Length
    body_max_mm: Length
    hole_pitch_mm: Length
    post_width_mm: Length
    opening_nominal_mm: Length | None = None
    body_safe_mm: Length | None = None
    hole_pitch_quoted_mm: Length | None = None
    hole_pitch_band_mm: tuple[Length, Length] | None = None
    u_mm: Length | None = None
    hole_offsets_in_u_mm: tuple[Length, ...] = ()
    hole_gaps_mm: tuple[Length, ...] = ()
    panel_height_formula: str = ""
    panel_height_1u_mm: Length | None = None
    panel_height_half_u_mm: Length | None = None
    cage_nut_square_mm: Length | None = None
    round_hole_d_mm: Length | None = None
    slot_width_mm: Length | None = None
    slot_length_mm: Length | None = None
    slot_arc_centres_from_edge_mm: tuple[Length, Length] | None = None
    slot_vertical_pitch_mm: Length | None = None
    slot_vertical_pitch_eia_mm: Length | None = None
    tray_outer_width_mm: Length | None = None
    tray_inner_width_mm: Length | None = None
    tray_depth_mm: Length | None = None
    steel_thickness_mm: Length | None = None


class IncompleteStandard(Sourced):
    """A standard of which too little is known to make anything for it."""

    name: str
    panel_width_mm: Length | None = None
    usable_mm: Length | None = None
    post_width_mm: Length | None = None


class Rack(Sourced):
    """A rack as sold, or a generic one of some standard. `None` is unknown or unlimited.

    `thread` is that of its screws; `posts` says what they go into.
    """

    name: str
    standard: Id | None = None
    system: str = ""
    height_u: Number | None = Field(default=None, gt=0, le=60)
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
    thread: Literal["", "M4", "M5", "M6", "#10-32", "#12-24"] = ""
    posts: Literal["tapped", "cage nuts", "inserts"] | None = None
    weight_g: Grams | None = None


class Racked(Sourced):
    """A device with ears of its own: it takes units of a rack, and no mount of ours.

    `full_depth` says that nothing stands behind it. `depth_mm` is from the posts it hangs on.
    """

    name: str
    manufacturer: str
    part_number: str = ""
    height_u: Annotated[float, Field(strict=True, ge=0.5, le=60, multiple_of=0.5)]
    full_depth: Flag
    depth_mm: Length | None = None
    airflow: Airflow | None = None
    weight_g: Grams | None = None
    typical_w: BigWatts | None = None
    max_w: BigWatts | None = None


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
    """A motherboard outline with its holes, in the frame of a board; its I/O edge is `y-`.

    `shield_x_mm` is the left end of the I/O shield's window, seen from the component side.
    """

    x_mm: Length
    y_mm: Length
    max_component_height_mm: Length
    holes: tuple[Hole, ...]
    shield_x_mm: Offset | None = None

    def board(self) -> Board:
        """Return any board of this form: its outline and holes; of its ports nothing is known."""
        return Board(
            id=self.id,
            name=f"any {self.id} board",
            manufacturer="any",
            category="other",
            board=Outline(x_mm=self.x_mm, y_mm=self.y_mm),
            holes=self.holes,
            hole_screw="M3",
            hole_screw_note="or #6-32",
            form_factor=self.id,
            sources={"geometry": self.sources},
            confidence={"holes": self.confidence},
        )


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


class Poe(Sourced):
    """What a switch of that id gives by Power over Ethernet: one port, and all together.

    `in_max`: what the switch draws at most is given with all of it.
    """

    ports: int = Field(strict=True, ge=1, le=96)
    port_w: Watts
    budget_w: Watts
    in_max: Flag = False


class Price(Sourced):
    """What a pack of something costs, by its kind in the parts list, and thread or words in it.

    One without sources is yours, and taken as known. `date` is when it was read: 2026-11 or so.
    """

    sources: tuple[str, ...] = ("OWN",)
    confidence: Confidence = "high"
    kind: str = Field(min_length=1, max_length=40)
    thread: str = ""
    words: str = Field(default="", max_length=80)
    pack: int = Field(default=1, strict=True, ge=1, le=10_000)
    price: Number = Field(ge=0, le=1_000_000)
    currency: str = Field(default="USD", min_length=1, max_length=8)
    date: str = Field(default="", pattern=r"^(\d{4}(-\d{2}(-\d{2})?)?)?$")


class Psu(Sourced):
    """A power supply's case and rating.

    `bottom_holes_mm` are the pitches along width and depth; `rear_holes_mm` count from the middle
    of the rear face; `side_holes_z_mm` from the bottom.
    """

    width_mm: Length
    depth_mm: Length
    height_mm: Length
    watts_w: Watts | None = None
    watts_12v_w: Watts | None = None
    volts_v: tuple[Volts, ...] = ()
    amps_12v_a: Amps | None = None
    amps_24v_a: Amps | None = None
    efficiency: Number | None = Field(default=None, gt=0, lt=1)
    ambient_c: tuple[Celsius, Celsius] | None = None
    fan: Flag | None = None
    screw: str = ""
    bottom_holes_mm: tuple[Length, Length] | None = None
    bottom_holes_centred: Flag | None = None
    bottom_screw: str = ""
    side_holes_pitch_mm: Length | None = None
    side_holes_z_mm: Length | None = None
    side_screw: str = ""
    rear_holes_mm: tuple[tuple[Number, Number], ...] = ()
    rear_holes_text: str = ""
    holes_text: str = ""
    terminal_pitch_mm: Length | None = None
    terminal_depth_mm: Length | None = None


class Efficiency(Sourced):
    """The least efficiency that a level of certification asks for, at shares of the rated load."""

    level: str
    mains: str
    points: tuple[tuple[Number, Number], ...] = Field(min_length=2)


class RuntimePoint(Fact):
    """How long a supply lasts at one load, given in VA or in W.

    `by`: manual = the maker's table; firmware = the device's own estimate; recalled = unconfirmed.
    """

    load_va: Positive | None = None
    load_w: Positive | None = None
    minutes: Positive
    by: Literal["manual", "firmware", "measured", "recalled"]


class RuntimeFit(Fact):
    """`minutes = exp(ln_c) * (load_va + p0_va) ** -k`; `p0_va` is the inverter's own draw."""

    k: Positive
    p0_va: Number = Field(ge=0)
    ln_c: Number
    error_pct: Positive


class Ups(Sourced):
    """An uninterruptible supply: output, battery, and how long it lasts."""

    name: str
    device: Id | None = None
    output_va: Positive | None = None
    output_w: Watts | None = None
    va_per_w: Positive | None = None
    battery_v: Volts | None = None
    battery_ah: Positive | None = None
    delivered_wh: Positive | None = None
    runtime: tuple[RuntimePoint, ...] = ()
    fit: RuntimeFit | None = None


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
    """An axial fan: pressure at no flow, flow at no pressure."""

    size_mm: Length
    thickness_mm: Length
    hole_pitch_mm: Length
    hole_d_mm: Length | None = None
    model: str = ""
    flow_m3h: Positive | None = None
    flow_cfm: Positive | None = None
    static_mmh2o: Positive | None = None
    noise_dba: Positive | None = None
    power_w: Watts | None = None
    speed_rpm: Positive | None = None

    @property
    def static_pa(self) -> float | None:
        """Pressure at no flow, Pa; `None` when unknown."""
        return None if self.static_mmh2o is None else self.static_mmh2o * PA_PER_MMH2O


class Printer(Sourced):
    """A printer's build volume, mm.

    `bed_per_nozzle_mm` is what one of two nozzles reaches, `excluded_mm` the width and depth of a
    front left corner that nothing may lie on.
    """

    bed_x_mm: Length
    bed_y_mm: Length
    bed_z_mm: Length
    bed_per_nozzle_mm: tuple[Length, Length] | None = None
    excluded_mm: tuple[Length, Length] | None = None


class Material(Sourced):
    """A filament. Ranges run over brands; strengths are of printed specimens."""

    density_g_cm3: Positive
    e_gpa: tuple[Positive, Positive]
    uts_xy_mpa: tuple[Positive, Positive]
    uts_z_mpa: tuple[Positive, Positive]
    tg_c: tuple[Celsius, Celsius]
    hdt_045_c: Celsius
    cost_per_kg: Positive
    shrink_pct: Number = Field(ge=0, lt=20)


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
