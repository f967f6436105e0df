"""What a power board shall be: a frozen, checked record, and errors that say how to mend one."""

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
)

from catalog.problems import InputError, Problem, did_you_mean
from pcb.parts import OUTPUT_KINDS, OutputKind, largest_amps

MAX_OUTPUTS = 24  # what one A3 sheet and one board of 400 mm hold
MIN_A = 0.1  # less than this needs no board of its own
RAILS_V = (12, 5)
LEVELS = ("simple", "managed")
INPUTS = ("atx-24",)
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


class BoardSpec(BaseModel):
    """One power board. Every default is the one that needs no thought."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    outputs: Annotated[int, BeforeValidator(_no_bool)] = Field(
        ge=1, le=MAX_OUTPUTS, description="How many nodes it feeds."
    )
    volts: Annotated[Literal[12, 5], BeforeValidator(_as_number)] = Field(
        12, description="The rail that is passed on, V."
    )
    connector: OutputKind = Field("barrel-5.5x2.1", description="What every output ends in.")
    amps: Annotated[float, BeforeValidator(_no_bool)] = Field(
        3.0, ge=MIN_A, description="Steady current of one output, A."
    )
    level: Literal["simple", "managed"] = Field(
        "simple", description="simple: no active parts. managed: every output can be switched."
    )
    input: Literal["atx-24"] = Field("atx-24", description="Where the power comes in.")
    name: str = Field("", pattern=rf"^({NAME})?$", description="Name of the files.")
    revision: str = Field("A", pattern=r"^[A-Za-z0-9.]{1,8}$", description="Printed on the board.")
    test_points: bool = Field(True, description="Probe pads on rail, GND, 5VSB and PWR_OK.")

    @field_validator("amps")
    @classmethod
    def _amps_fit_the_connector(cls, amps: float, info: ValidationInfo) -> float:
        connector = info.data.get("connector")
        if connector is not None and amps > largest_amps(connector):
            raise ValueError("above the connector")
        return amps

    @property
    def title(self) -> str:
        """The board's name; made from outputs and volts if none was given."""
        return self.name or f"power-{self.outputs}x{self.volts}v"

    @property
    def rail(self) -> str:
        """The name of the rail's net."""
        return f"+{self.volts}V"


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
        problems: dict[str, Problem] = {}
        for one in error.errors():
            key = str(one["loc"][0]) if one["loc"] else ""
            what, allowed, nearest = _explain(key, one["type"], values)
            where, shown = (
                (f"--{key.replace('_', '-')}", "") if file is None else (file, prefix + key)
            )
            problems.setdefault(key, Problem(where, what, shown, None, allowed, nearest))
        raise InputError(*problems.values()) from error


def _explain(key: str, kind: str, values: Mapping[str, Any]) -> tuple[str, str, str]:
    """Return what is wrong, what is allowed and the nearest value that works."""
    given = values.get(key)
    if kind == "extra_forbidden":
        return f"no such setting: {key!r}", "", did_you_mean(key, BoardSpec.model_fields)
    if kind == "missing":
        return "is not given", _ALLOWED[key], f"the largest value that works is {MAX_OUTPUTS}"
    if key == "outputs":
        return _explain_number(given, "outputs", 1, MAX_OUTPUTS)
    if key == "amps":
        known = values.get("connector")
        connector: OutputKind = known if known in OUTPUT_KINDS else "barrel-5.5x2.1"
        return _explain_number(
            given, f"A on one {connector} output", MIN_A, largest_amps(connector)
        )
    return _explain_choice(key, given)


def _explain_choice(key: str, given: object) -> tuple[str, str, str]:
    if key == "volts":
        number = _number(given)
        near = min(RAILS_V, key=lambda rail: abs(rail - (12 if number is None else number)))
        return f"{given} is not a rail of this board", "12, 5", f"use {near}"
    choices = {"connector": OUTPUT_KINDS, "level": LEVELS, "input": INPUTS}.get(key)
    if choices is not None:
        return f"{given!r} is not known", ", ".join(choices), did_you_mean(str(given), choices)
    near = re.sub(r"^[^A-Za-z0-9]+|[^A-Za-z0-9_.-]|[.]$", "", str(given))
    near = near[: 8 if key == "revision" else 40]
    return f"{given!r} cannot be used here", _ALLOWED[key], f"use {near}" if near else ""


_ALLOWED = {
    "outputs": f"1 to {MAX_OUTPUTS}",
    "name": "up to 40 letters, digits, dots, dashes and underscores; first a letter or digit",
    "revision": "1 to 8 letters, digits and dots",
    "test_points": "true, false",
}


def _explain_number(given: object, unit: str, low: float, high: float) -> tuple[str, str, str]:
    allowed, value = f"{low:g} to {high:g}", _number(given)
    largest = f"the largest value that works is {high:g}"
    if value is None:
        return f"{given!r} is not a number", allowed, largest
    what = f"{value:.12g} {unit}"
    if value > high:
        return f"{what} is too much", allowed, largest
    if value < low:
        return f"{what} is too little", allowed, f"the smallest value that works is {low:g}"
    return f"{what} is not a whole number", allowed, f"use {round(value)}"


def _number(value: object) -> float | None:
    try:
        number = float(str(value))
    except ValueError:
        return None
    return number if abs(number) < 1e12 else None
