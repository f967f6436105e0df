"""Why a sled cannot be had as asked for, and what would do."""

import math
from typing import TYPE_CHECKING

from catalog.problems import InputError, Problem
from catalog.rack_units import panel_height_mm, smallest_height_u
from mounts import labstack
from mounts.carrier import TIE_GROOVE_MM
from mounts.parts.latch import clip_needs_mm

if TYPE_CHECKING:
    from mounts.parts.sled_spec import SledSpec

TALLEST_U = 12.0
SKIN_LEAST_MM = 0.8
TIED_MM = TIE_GROOVE_MM + 0.4  # two layers over the groove


def misfits(spec: "SledSpec") -> None:
    """Refuse fields that do not go together.

    Raises:
        InputError: layers of boards on edge, a clip on edge, a LabStack opening of another height,
            a box higher than what it goes into, a plate that a cable tie's groove would cut.
    """
    _no_such_box(spec)
    if not spec.screwed and spec.plate_mm < TIED_MM:
        what = f"{spec.name} is held by a cable tie, in a groove of {TIE_GROOVE_MM:g} mm"
        near = f"plate_mm = {TIED_MM:g}"
        limit = f"{TIED_MM:g} mm at least"
        raise InputError(Problem("sled", what, "plate_mm", allowed=limit, nearest=near))
    if spec.layers > 1 and spec.pose == "on-edge":
        what = "boards on edge stand in one row; only flat ones lie in layers"
        raise InputError(Problem("sled", what, "layers", allowed="1", nearest="lay them flat"))
    if spec.opening == "labstack" and spec.height_u != labstack.HEIGHT_U:
        what = f"an opening of LabStack's is {labstack.HEIGHT_U:g}U high"
        near = f"height {labstack.HEIGHT_U:g}U"
        raise InputError(Problem("sled", what, "height", nearest=near))
    if spec.latch == "front" and spec.pose == "on-edge":
        what = "a clip in front saves width beside flat boards; on edge the spring takes none"
        near = "latch = 'side'"
        raise InputError(Problem("sled", what, "latch", allowed="side", nearest=near))


def _no_such_box(spec: "SledSpec") -> None:
    if spec.box_mm is None:
        return
    if spec.pose == "flat" or spec.opening == "labstack":
        what = "only a frame of boards on edge may be lower than what it goes into"
        raise InputError(Problem("sled", what, "box_mm", nearest="leave it out"))
    most = panel_height_mm(spec.height_u)
    if spec.box_mm > most + 1e-9:
        what = f"a box of {spec.box_mm:g} mm does not go into {spec.height_u:g}U"
        room = f"up to {most:.2f} mm"
        raise InputError(Problem("sled", what, "box_mm", allowed=room, nearest="leave it out"))


def no_clip(spec: "SledSpec") -> Problem:
    """Return what to say of a sled that has no height for a clip."""
    needs = clip_needs_mm(spec.plate_mm)
    what = f"a clip reaches {needs:.1f} mm up, and there is not as much over a sled of {spec.name}"
    # Over one layer more U give more height; over several nothing does but air between them.
    key = "height" if spec.layers == 1 else "latch"
    return Problem("sled", what, key, nearest="latch = 'side'")


def too_low(spec: "SledSpec", needed_mm: float) -> Problem:
    """Return what to say of a sled that needs more height inside its frame than there is.

    Args:
        spec: the sled.
        needed_mm: height inside that it needs.
    """
    whole = needed_mm + 2 * spec.flat_mm
    if spec.opening == "labstack":
        what = f"{spec.name} {spec.pose} needs {whole:.2f} mm and does not fit the opening"
        room = f"{spec.outside_mm:.2f} mm in an opening of LabStack's"
        return Problem("sled", what, "opening", allowed=room, nearest="opening = 'rack'")
    room = f"{panel_height_mm(spec.height_u):.2f} mm in {spec.height_u:g}U"
    taller = smallest_height_u(whole)
    ways = [f"use {taller:g}U"] if taller <= TALLEST_U else []
    if spec.layers > 1:
        most = int((spec.inside_mm - spec.slide_mm + 1e-9) // spec.pitch_mm)
        what = f"{spec.layers} layers of {spec.name} need {whole:.2f} mm and do not fit"
        thin = math.floor(50 * (spec.outside_mm - needed_mm)) / 100
        ways += [f"skin_mm = {thin:g}"] if SKIN_LEAST_MM <= thin < spec.flat_mm else []
        ways += [f"{most} layer{'s' * (most > 1)}"] if most else []
        return Problem("sled", what, "height", allowed=room, nearest=", or ".join(ways))
    if spec.pose == "on-edge":
        ways.append("lay it flat")
    what = f"{spec.name} {spec.pose} needs {whole:.2f} mm and does not fit {spec.height_u:g}U"
    return Problem("sled", what, "height", allowed=room, nearest=", or ".join(ways))
