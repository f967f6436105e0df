"""What a power board shall be: a frozen record, checked when it is made.

`pcb.spec_problems` says what is wrong with a value, `pcb.rails` what follows from a spec: which
output hangs on which inlet.
"""

import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

from catalog.problems import InputError, Problem
from pcb.parts import (
    ContactKind,
    ExtraKind,
    InputKind,
    OutputKind,
    StarterKind,
    input_type,
    largest_amps,
)
from pcb.spec_bus import EXPANDERS, SENSORS, bus_clash

MAX_OUTPUTS = 24  # what one A3 sheet and one board of 400 mm hold
MAX_EXTRA_INPUTS = 3  # what fits beside the first along the edge of that board
MANAGED_OUTPUTS = 2  # the fewest that a controller is worth, and stands between
STANDBY_INPUTS = ("atx-24", "atx-20")
MIN_A = 0.1  # less than this needs no board of its own
MAX_CABLE_M = 5.0
NAME = r"[A-Za-z0-9]([A-Za-z0-9_.-]{0,38}[A-Za-z0-9_-])?"


def _no_bool(value: object) -> object:
    if isinstance(value, bool):
        raise ValueError("a yes or no where a number is needed")
    return value


def _as_number(value: object) -> object:
    """Let `12`, `12.0` and `"12"` be the same choice."""
    if isinstance(value, str) and re.fullmatch(r"\d+", value.strip()):
        return int(value)
    return int(value) if isinstance(value, float) and value.is_integer() else _no_bool(value)


def _as_address(value: object) -> object:
    """Let `0x26`, `"0x26"` and 38 be the same address."""
    if isinstance(value, str) and re.fullmatch(r"0[xX][0-9a-fA-F]{1,2}", value.strip()):
        return int(value, 16)
    return _as_number(value)


def _as_list(value: object) -> object:
    """Let an option's `eps-8,p4` be a list."""
    return [word.strip() for word in value.split(",")] if isinstance(value, str) else value


Amps = Annotated[float, BeforeValidator(_no_bool)]
Address = Annotated[int, BeforeValidator(_as_address)]


class Clash(ValueError):  # noqa: N818 - reads as what it says: raise Clash("amps", "…")
    """Raised when values that are right one by one do not go together."""

    def __init__(self, key: str, what: str, allowed: str = "", nearest: str = "") -> None:
        self.key, self.what, self.allowed, self.nearest = key, what, allowed, nearest
        super().__init__(what)


class BoardSpec(BaseModel):
    """One power board. Every default is the one that needs no thought."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    outputs: Annotated[int, BeforeValidator(_no_bool)] = Field(
        ge=1, le=MAX_OUTPUTS, description="How many nodes it feeds."
    )
    volts: Annotated[Literal[12, 5], BeforeValidator(_as_number)] = Field(
        default=12, description="The rail that is passed on, V."
    )
    connector: OutputKind = Field(
        default="barrel-5.5x2.1", description="What every output ends in."
    )
    amps: Amps = Field(
        default=3.0, ge=MIN_A, description="The most that one output draws for long, A."
    )
    typical_amps: Amps | None = Field(
        default=None,
        gt=0,
        description="What one output draws most of the time, A; amps if left out.",
    )
    outputs_5v: Annotated[int, BeforeValidator(_no_bool)] = Field(
        default=0,
        ge=0,
        lt=MAX_OUTPUTS,
        description="How many of the outputs, the last ones, give 5 V.",
    )
    connector_5v: OutputKind = Field(default="screw", description="What those end in.")
    amps_5v: Amps = Field(default=3.0, ge=MIN_A, description="The most that one of those draws, A.")
    typical_amps_5v: Amps | None = Field(
        default=None, gt=0, description="What one of those draws most of the time, A."
    )
    level: Literal["simple", "managed"] = Field(
        default="simple",
        description="simple: no active parts. managed: every output can be switched.",
    )
    sensing: bool = Field(
        default=False, description="Measure volts and ampere of each output; with level managed."
    )
    address: Address = Field(
        default=EXPANDERS[0],
        description="I2C address of the first expander, 0x24 to 0x27; a second one has the next.",
    )
    sensor_address: Address = Field(
        default=SENSORS[0],
        description="I2C address of the first sensor, 0x40 to 0x43; others have the next.",
    )
    input: InputKind = Field(default="atx-24", description="Where the power comes in.")
    extra_inputs: Annotated[tuple[ExtraKind, ...], BeforeValidator(_as_list)] = Field(
        default=(),
        max_length=MAX_EXTRA_INPUTS,
        description="Further plugs of the supply, 12 V each.",
    )
    single_rail: bool = Field(
        default=False,
        description="The supply has one 12 V rail, so 12 V of several plugs may be joined.",
    )
    supply_5v_a: Amps | None = Field(
        default=None,
        ge=1,
        le=100,
        description="What the supply's label says of 5 V, A; 20 if left out.",
    )
    contacts: ContactKind = Field(
        default="any",
        description="hcs: the plugs have HCS contacts on 18 AWG, at most 40 °C around them.",
    )
    copper_oz: Annotated[Literal[1, 2], BeforeValidator(_as_number)] = Field(
        default=1, description="Copper of each layer, oz: 1 is 35 µm."
    )
    cable_awg: Annotated[Literal[14, 16, 18, 20, 22, 24], BeforeValidator(_as_number)] = Field(
        default=18, description="Wire from the board to a node, AWG."
    )
    cable_m: Annotated[float, BeforeValidator(_no_bool)] = Field(
        default=0.5, ge=0, le=MAX_CABLE_M, description="Length of that cable, m."
    )
    ps_on: StarterKind = Field(
        default="jumper",
        description="What starts the supply: a jumper on two pins, or a slide switch.",
    )
    name: str = Field(default="", pattern=rf"^({NAME})?$", description="Name of the files.")
    revision: str = Field(
        default="A", pattern=r"^[A-Za-z0-9.]{1,8}$", description="Printed on the board."
    )
    test_points: bool = Field(
        default=True, description="Probe pads on rails, GND, standby and PWR_OK."
    )

    @field_validator("amps", "amps_5v")
    @classmethod
    def _amps_fit_the_connector(cls, amps: float, info: ValidationInfo) -> float:
        key = "connector" if info.field_name == "amps" else "connector_5v"
        connector = info.data.get(key)
        if connector is not None and amps > largest_amps(connector):
            raise ValueError("above the connector")
        return amps

    @model_validator(mode="after")
    def _goes_together(self) -> "BoardSpec":
        clash = _outputs_clash(self) or _inputs_clash(self)
        if clash is not None:
            raise clash
        return self

    @property
    def title(self) -> str:
        """The board's name; made from outputs and volts if none was given."""
        main = f"power-{self.outputs - self.outputs_5v}x{self.volts}v"
        return self.name or (f"{main}-{self.outputs_5v}x5v" if self.outputs_5v else main)

    @property
    def rail(self) -> str:
        """The name of the main rail's net."""
        return f"+{self.volts}V"

    @property
    def outputs_12v(self) -> int:
        """How many outputs give 12 V."""
        return self.outputs - self.outputs_5v if self.volts == 12 else 0


def _outputs_clash(spec: BoardSpec) -> Clash | None:
    """Return what is wrong between the fields that speak of outputs."""
    if spec.outputs_5v and spec.volts == 5:
        what, near = "every output gives 5 V already", "leave it out, or take 12 for volts"
        return Clash("outputs_5v", what, "0", near)
    if spec.outputs_5v >= spec.outputs:
        what = f"{spec.outputs_5v} of {spec.outputs} at 5 V leaves none at 12 V"
        near = f"the largest value that works is {spec.outputs - 1}; or take 5 for volts"
        return Clash("outputs_5v", what, f"0 to {spec.outputs - 1}", near)
    for suffix in ("", "_5v"):
        typical, most = getattr(spec, f"typical_amps{suffix}"), getattr(spec, f"amps{suffix}")
        if typical is not None and typical > most:
            what = f"{typical:g} A is more than the most that one output draws, {most:g} A"
            near = f"the largest value that works is {most:g}"
            return Clash(f"typical_amps{suffix}", what, f"above 0, up to {most:g}", near)
    return None


def _inputs_clash(spec: BoardSpec) -> Clash | None:
    """Return what is wrong between outputs and the plugs that feed them."""
    wanted = {spec.volts, 5} if spec.outputs_5v else {spec.volts}
    plug = input_type(spec.input)
    missing = next((v for v in sorted(wanted) if not plug.contacts(v)), None)
    if missing is not None or (len(wanted) > 1 and spec.input == "screw"):
        what = f"{spec.input} brings " + ("one rail only" if missing is None else "no 5 V")
        able = ("atx-24", "atx-20") if len(wanted) > 1 else ("atx-24", "atx-20", "screw")
        return Clash("input", what, ", ".join(able), "use atx-24")
    managed = _managed_clash(spec)
    if managed is not None:
        return managed
    if spec.ps_on != "jumper" and not plug.starts:
        what = f"{spec.input} has no PS_ON#: there is nothing to switch"
        return Clash("ps_on", what, "jumper", "leave it out")
    if spec.extra_inputs and not spec.outputs_12v:
        what = f"{', '.join(spec.extra_inputs)} bring 12 V, and no output gives 12 V"
        return Clash("extra_inputs", what, "none", "leave it out")
    most = min(spec.outputs_12v - 1, MAX_EXTRA_INPUTS)
    if len(spec.extra_inputs) > max(most, 0) and not spec.single_rail:
        what = f"{1 + len(spec.extra_inputs)} plugs for {spec.outputs_12v} outputs at 12 V"
        near = f"the most that works is {most}" if most else "leave it out"
        return Clash("extra_inputs", what, f"up to {most}: one output or more for each plug", near)
    return None


def _managed_clash(spec: BoardSpec) -> Clash | None:
    """Return what is wrong with a board whose outputs shall be switched."""
    if spec.level != "managed":
        return _bus_clash(spec)
    if spec.input not in STANDBY_INPUTS:
        what = f"{spec.input} brings no 5 V standby, which the switches' controller runs on"
        return Clash("input", what, ", ".join(STANDBY_INPUTS), "use atx-24")
    if spec.outputs < MANAGED_OUTPUTS:
        what = "one output needs no controller: switch the supply itself"
        near = f"the smallest value that works is {MANAGED_OUTPUTS}"
        return Clash("outputs", what, f"{MANAGED_OUTPUTS} to {MAX_OUTPUTS}", near)
    return _bus_clash(spec)


def _bus_clash(spec: BoardSpec) -> Clash | None:
    """Return what is wrong with addresses and sensing."""
    wrong = bus_clash(spec)
    return None if wrong is None else Clash(*wrong)


def read_spec(values: Mapping[str, Any], file: str | None = None, prefix: str = "") -> BoardSpec:
    """Return the checked spec.

    Args:
        values: field names and what was written for them.
        file: the file they come from; without one the errors name options such as `--outputs`.
        prefix: put before the key in errors, such as `board.`.

    Raises:
        InputError: every wrong value at once, each with what would work.
    """
    try:
        return BoardSpec.model_validate(dict(values))
    except ValidationError as error:
        from pcb.spec_problems import explain  # noqa: PLC0415 - only when something is wrong

        problems: dict[str, Problem] = {}
        for one in error.errors():
            clash = one.get("ctx", {}).get("error")
            key = str(one["loc"][0]) if one["loc"] else ""
            if isinstance(clash, Clash):
                key, what, allowed, nearest = clash.key, clash.what, clash.allowed, clash.nearest
            else:
                what, allowed, nearest = explain(key, one["type"], values)
            where, shown = (
                (f"--{key.replace('_', '-')}", "") if file is None else (file, prefix + key)
            )
            problems.setdefault(key, Problem(where, what, shown, None, allowed, nearest))
        raise InputError(*problems.values()) from error
