"""What a part is, and the table of all parts.

A part is a function from a frozen spec to a `Part`. It is registered once with `@part`; command
line, schema, gallery and golden tests are loops over `PARTS`.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any, Literal, TypeVar, cast

from pydantic import Field

from catalog.calibration import UNCALIBRATED, Calibration
from catalog.models import Fact
from mounts.geometry.grown import grown_body, grown_bores
from mounts.geometry.sheet import Body, Sheet
from mounts.geometry.vents import Perforation

Takes = Literal["nothing", "box", "board", "psu", "drive"]
Up = Literal["+x", "-x", "+y", "-y", "+z", "-z"]
Room = tuple[tuple[float, float, float], tuple[float, float, float]]  # lowest and highest corner


Bought = Literal[
    "rack screw",
    "cage nut",
    "screw",
    "nut",
    "washer",
    "insert",
    "standoff",
    "rod",
    "tie",
    "strap",
    "fan",
    "jack",
    "glue",
    "other",
]


class PartSpec(Fact):
    """What every part is made from: its family's own fields, and how the printer prints."""

    calibration: Calibration = Field(
        default=UNCALIBRATED, description="Play, hole sizes and shrink, from `rackpress calibrate`."
    )


@dataclass(frozen=True)
class Hardware:
    """Something to buy for a part; `mounts.hardware` makes the usual ones.

    Args:
        what: as one would ask for it in a shop.
        count: how many.
        use: what it is for.
        kind: what it is.
        thread: such as `M3`; empty where there is none, or where the rack decides.
        length_mm: of a screw, standoff or insert.
        grip_mm: of a rack screw: what it passes before the post.
        alternatives: any one of these does, where the rack's make is not known.
    """

    what: str
    count: int
    use: str
    kind: Bought = "other"
    thread: str = ""
    length_mm: float | None = None
    grip_mm: float | None = None
    alternatives: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return what a buyer needs, by name."""
        found = {name: getattr(self, name) for name in ("kind", "what", "count", "use")}
        long = None if self.length_mm is None else float(self.length_mm)
        found |= {"thread": self.thread or None, "length_mm": long}
        return {**found, "alternatives": list(self.alternatives)}


@dataclass(frozen=True)
class PanelClaim:
    """What a part says of its front panel, so that a reader of the mesh can hold it to that.

    Args:
        height_u: height in rack units.
        width_mm: over both ears.
        hole_pitch_mm: between the slot centres of the two sides.
        hole_heights_mm: slot centres above the lowest U's lower edge.
        mid_mm: y of the plane at which the panel is measured.
    """

    height_u: float
    width_mm: float
    hole_pitch_mm: float
    hole_heights_mm: tuple[float, ...]
    mid_mm: float


@dataclass(frozen=True)
class Core:
    """A beam along x that is hollow, and is filled where a seam cuts it, so that a joint holds.

    Args:
        filled: the filling, from end to end of the beam.
        hole_mm: a hole through its floor, y and diameter: no room in a piece stays closed.
        floor_mm: lower and upper end of that hole, z.
    """

    filled: Sheet
    hole_mm: tuple[float, float]
    floor_mm: tuple[float, float]


@dataclass(frozen=True)
class Part:
    """One printable thing.

    Args:
        name: file stem, made from what it is and what it is for.
        family: the registered name of the function that made it.
        body: the solid without its perforations, mm.
        up: the direction of the body that is up on the printer's bed.
        perforations: repeated holes, cut last.
        hardware: what to buy for it.
        panel: its front panel, if it has one.
        notes: what a person should know: assumptions, limits.
        piece: which piece of a part cut for the bed it is; empty for a whole one.
        calibration: what it was drawn for, and its print is corrected by.
        spare: room that plastic may fill where the part is cut for a bed, so that a joint has
            something to hold: part of an opening, or of the space beside what it carries.
        cores: what is filled round a seam that cuts through it.
        turned: what is added to a piece that is printed from its other end.
    """

    name: str
    family: str
    body: Body
    up: Up
    perforations: tuple[Perforation, ...] = ()
    hardware: tuple[Hardware, ...] = ()
    panel: PanelClaim | None = None
    notes: tuple[str, ...] = ()
    piece: str = ""
    calibration: Calibration = UNCALIBRATED
    spare: tuple[Room, ...] = ()
    cores: tuple[Core, ...] = ()
    turned: tuple[Sheet, ...] = ()


@dataclass(frozen=True)
class Family:
    """A registered part: how to make it and the spec it takes."""

    name: str
    spec: type[PartSpec]
    build: Callable[[Any], Part]
    takes: Takes
    summary: str

    def title(self, spec: Fact) -> str:
        """Return the name of the part a spec makes, without making it."""
        return str(getattr(spec, "title"))  # noqa: B009 - every part spec has one


PARTS: dict[str, Family] = {}

Build = TypeVar("Build", bound=Callable[[Any], Part])


def part(name: str, spec: type[PartSpec], takes: Takes) -> Callable[[Build], Build]:
    """Register a part function under `name`; its holes are drawn as its spec's printer wants them.

    Args:
        name: what the command line calls it.
        spec: the frozen record it is made from.
        takes: the kind of device it carries.

    Raises:
        ValueError: the name is taken.
    """

    def keep(build: Build) -> Build:
        if name in PARTS:
            text = f"part {name!r} is already registered"
            raise ValueError(text)
        summary = (build.__doc__ or "").strip().splitlines()[0]

        @wraps(build)
        def for_its_printer(spec: Any) -> Part:
            return _calibrated(build(spec), spec.calibration)

        PARTS[name] = Family(name, spec, for_its_printer, takes, summary)
        return cast("Build", for_its_printer)

    return keep


def _calibrated(drawn: Part, calibration: Calibration) -> Part:
    """Return a part with its holes as they must be drawn to come out as they are meant to be."""
    own = replace(drawn, calibration=calibration)
    if not calibration.hole_mm:
        return own
    more = calibration.hole_mm
    bores = grown_bores(drawn.perforations, more)
    return replace(own, body=grown_body(drawn.body, more), perforations=bores)
