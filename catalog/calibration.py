"""How one printer's prints come out: measured on a printed coupon, heeded by every part.

A part is drawn with the play and the hole sizes of its calibration. What the printer does to any
shape, shrink and the spread of its first layer, is put right in the printed mesh alone: a STEP
stays as the finished part is meant to be. Without a calibration the figures are those of a printer
in good order.
"""

from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from catalog.base import Fact, Id
from catalog.problems import InputError, Problem
from catalog.validate import Wrong, of_version, parse, read_versioned
from catalog.versions import CALIBRATION

VERSION = CALIBRATION.newest
UNNAMED = "uncalibrated"
ASKED = ("name", "printer")  # what a file must say; a part's own record need not

Pct = Annotated[float, Field(strict=True, ge=-1.0, le=3.0, description="%")]


def _one_each(listed: "tuple[Shrink, ...]") -> "tuple[Shrink, ...]":
    names = [one.material for one in listed]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        msg = f"{twice[0]} is listed twice"
        raise Wrong(msg, nearest="leave one of the two out")
    return listed


class Shrink(Fact):
    """How much smaller a filament's prints are than they were drawn, once cold."""

    material: Id
    xy_pct: Pct = Field(default=0.0, description="Along the bed (%).")
    z_pct: Pct = Field(default=0.0, description="Upwards (%).")


class Calibration(Fact):
    """What a printer's coupon measured. Plays are those left between two parts, on each side."""

    version: Annotated[
        int, BeforeValidator(of_version(CALIBRATION)), Field(ge=1, le=CALIBRATION.newest)
    ] = VERSION
    name: str = Field(default=UNNAMED, pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=40)
    printer: Id | None = None
    slide_mm: float = Field(
        default=0.3,
        strict=True,
        ge=0.05,
        le=0.6,
        description="Play of what slides: sleds in a frame (mm).",
    )
    press_mm: float = Field(
        default=0.15,
        strict=True,
        ge=0.02,
        le=0.4,
        description="Play of what is pressed in and stays: nuts, jacks, pieces (mm).",
    )
    hole_mm: float = Field(
        default=0.0, strict=True, ge=-0.2, le=0.6, description="Added to a hole's diameter (mm)."
    )
    screw_mm: float = Field(
        default=0.0,
        strict=True,
        ge=-0.3,
        le=0.4,
        description="Added to a self-tapping screw's core hole besides (mm).",
    )
    foot_mm: float = Field(
        default=0.0,
        strict=True,
        ge=0,
        le=0.3,
        description="Spread of the first layer, each side (mm).",
    )
    first_layer_mm: float = Field(
        default=0.0,
        strict=True,
        ge=-0.15,
        le=0.2,
        description="Lost in height by the first layer (mm).",
    )
    shrink: Annotated[tuple[Shrink, ...], AfterValidator(_one_each)] = Field(
        default=(), max_length=40
    )

    @model_validator(mode="after")
    def _named(self) -> "Calibration":
        if self.name == UNNAMED and self != type(self).model_construct():
            msg = f"a calibration is not called {UNNAMED!r}"
            raise Wrong(msg, nearest="give it another name")
        return self

    @property
    def measured(self) -> bool:
        """Whether it comes from a coupon."""
        return self.name != UNNAMED

    def shrink_of(self, material: str) -> Shrink:
        """Return how a filament shrinks.

        Raises:
            InputError: there are readings, but none of this one.
        """
        found = next((one for one in self.shrink if one.material == material), None)
        if found is not None or not self.measured:
            return found or Shrink(material=material)
        known = ", ".join(one.material for one in self.shrink) or "none"
        what = f"{self.name} holds no readings of {material}"
        near = f"print a coupon in {material} and run `rackpress calibrate --add-to` with this file"
        raise InputError(Problem("calibration", what, "shrink", None, known, near))


UNCALIBRATED = Calibration()


def read_calibration(path: Path, where: str) -> Calibration:
    """Read a calibration that `rackpress calibrate` wrote.

    Args:
        path: the file.
        where: how to name it in an error.

    Raises:
        InputError: unreadable, of a newer version, or a figure that no printer has.
    """
    data, text = read_versioned(path, where, CALIBRATION)
    missing = [key for key in ASKED if key not in data]
    problems = [
        Problem(where, f"{key} is missing", key, nearest="let `rackpress calibrate` write the file")
        for key in missing
    ]
    try:
        found = parse(Calibration, data, where, text)
    except InputError as error:
        raise InputError(*problems, *error.problems) from None
    if data.get("name") == UNNAMED:
        what = f"a calibration is not called {UNNAMED!r}"
        problems.append(Problem(where, what, "name", nearest="give it another name"))
    if problems:
        raise InputError(*problems)
    return found


def check_made_for(calibration: Calibration, printer: str, material: str, where: str) -> None:
    """Refuse figures of another printer or of another filament.

    Args:
        calibration: what is to be heeded.
        printer: the printer the parts are for.
        material: what they are printed in.
        where: option or file named in errors.

    Raises:
        InputError: one problem for each.
    """
    problems: list[Problem] = []
    if calibration.printer is not None and calibration.printer != printer:
        what = f"{calibration.name} was measured on {calibration.printer}, this is for {printer}"
        near = f"printer {calibration.printer}, or a coupon from {printer}"
        problems.append(Problem(where, what, "printer", None, calibration.printer, near))
    try:
        calibration.shrink_of(material)
    except InputError as error:
        told = error.problems[0]
        problems.append(Problem(where, told.what, "material", None, told.allowed, told.nearest))
    if problems:
        raise InputError(*problems)


def calibration_text(calibration: Calibration) -> str:
    """Return a calibration as the TOML that `read_calibration` reads."""
    lines = [
        "# What a coupon printed on this printer measured; read by --calibration, and by",
        '# calibration = "…" in a rack.toml. Plays are on each side, between two parts.',
        f"version = {calibration.version}",
        f'name = "{calibration.name}"',
    ]
    if calibration.printer is not None:
        lines.append(f'printer = "{calibration.printer}"')
    for key, info in Calibration.model_fields.items():
        if key.endswith("_mm"):
            lines.append(f"{key} = {getattr(calibration, key)!r}  # {info.description}")
    for one in calibration.shrink:
        lines += ["", "[[shrink]]", f'material = "{one.material}"']
        lines += [f"xy_pct = {one.xy_pct!r}", f"z_pct = {one.z_pct!r}"]
    return "\n".join(lines) + "\n"
