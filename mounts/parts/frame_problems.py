"""Why a frame cannot be had as asked for, and what would do."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from catalog.problems import InputError, Problem
from mounts.hardware import LEAST_FAN_MM
from mounts.parts.bar import BAR_LEAST_MM
from mounts.parts.latch import CATCH_PLAY_MM, CATCH_Y_MM
from mounts.parts.sled_problems import TALLEST_U
from mounts.parts.sled_spec import SledSpec

if TYPE_CHECKING:
    from mounts.parts.frame_spec import FrameSpec


def sleds_of(kinds: Sequence[dict[str, Any]]) -> tuple[SledSpec, ...]:
    """Return the sled of each kind, as in a frame of its own.

    Args:
        kinds: their fields, those of the first kind first.

    Raises:
        InputError: what the sleds say. A height is the frame's: the tallest one is said.
    """
    found: list[SledSpec] = []
    problems: list[Problem] = []
    low: list[tuple[float, Problem]] = []
    for number, fields in enumerate(kinds):
        try:
            found.append(SledSpec(**fields))
        except InputError as error:
            for problem in error.problems:
                tall = _least_u(fields) if problem.key == "height" else None
                if tall is not None:
                    low.append((tall, replace(problem, nearest=f"use {tall:g}U")))
                else:
                    problems.append(_beside(problem) if number else problem)
    if low and not problems:
        problems = [max(low, key=lambda one: one[0])[1]]
    if problems:
        raise InputError(*problems)
    return tuple(found)


def _least_u(fields: dict[str, Any]) -> float | None:
    """Return the lowest frame that a sled goes into, U, if it goes into any."""
    height = fields["height_u"] + 0.5
    while height <= TALLEST_U:
        try:
            return SledSpec(**{**fields, "height_u": height}).height_u
        except InputError:
            height += 0.5
    return None


def _beside(problem: Problem) -> Problem:
    """Return a problem of a sled beside the first ones."""
    return replace(problem, key="beside", allowed="", nearest="leave it out")


def too_wide(spec: "FrameSpec") -> None:
    """Refuse a kind of which not one fits."""
    if spec.most >= 1:
        return
    room = f"{spec.room_mm:g} mm in {spec.standard.id}"
    if spec.beside:
        what = f"no {spec.name} {spec.pose} has room beside the other {len(spec.beside)} kinds"
        what = what.replace("1 kinds", "kind")
        raise InputError(
            Problem("frame", what, "beside", allowed=room, nearest="leave it out, or some of them")
        )
    what = f"{spec.name} {spec.pose} needs {spec.bay_mm:.1f} mm of width"
    near = "turn it: pose = 'on-edge'" if spec.pose == "flat" else "use a 19in rack"
    room = f"{spec.room_mm:g} mm in an opening of LabStack's" if spec.opening != "rack" else room
    raise InputError(Problem("frame", what, "device", allowed=room, nearest=near))


def module_fits(spec: "FrameSpec") -> None:
    """Refuse what a module for LabStack's bracket does not have."""
    if spec.opening != "labstack":
        return
    asked = {"rows": spec.rows > 1, "fan": spec.fan is not None, "beside": bool(spec.beside)}
    asked["piece"] = spec.piece != "frame"
    what = "a module for LabStack's bracket stands in front, of one kind, and has no wall of fans"
    for key in (key for key, there in asked.items() if there):
        raise InputError(Problem("frame", what, key, nearest=f"leave out {key}"))


def catch_fits(spec: "FrameSpec") -> None:
    """Refuse a panel that is too thick for the clips of any kind."""
    behind = CATCH_Y_MM - CATCH_PLAY_MM
    if spec.panel_mm > behind and any(sled.latch == "front" for sled in spec.kinds):
        what = f"a clip catches {behind:g} mm behind the panel's face"
        near = "panel_mm = 3, or latch = 'side'" if not spec.beside else "panel_mm = 3"
        room = f"a panel up to {behind:g} mm thick"
        raise InputError(Problem("frame", what, "panel_mm", allowed=room, nearest=near))


def rows_fit(spec: "FrameSpec") -> None:
    """Refuse two rows in a rack that is too shallow."""
    if spec.rows == 1 or spec.between_mm is None or spec.between_mm >= spec.least_between_mm:
        return
    what = f"two rows of {spec.name} need {spec.least_between_mm:.0f} mm from post to post"
    room = f"{spec.between_mm:g} mm in this rack"
    near = "one row, or a deeper rack"
    raise InputError(Problem("frame", what, "rows", allowed=room, nearest=near))


def spine_fits(spec: "FrameSpec") -> None:
    """Refuse a spine where something else closes the rear, or where nothing has to be borne."""
    if spec.piece == "spine" and not spec.spined and spec.spine is not True:
        what = "this frame bears itself: it has no spine"
        raise InputError(Problem("frame", what, "piece", nearest="spine = true, or piece=frame"))
    if not spec.spine or spec.spined:
        return
    why = "a wall of fans closes its rear" if spec.fan else "a bracket of LabStack's bears a module"
    what = f"{why}: there is no room for a spine"
    if not spec.all_turned:
        what = "a steel bar bears flat sleds, a spine those on edge"
    raise InputError(Problem("frame", what, "spine", nearest="leave out spine"))


def fans_fit(spec: "FrameSpec") -> None:
    """Refuse a fan wall without fans, and fans too large for it."""
    from mounts.parts.frame_spec import FAN_EDGE_MM, FAN_SIDE_MM  # noqa: PLC0415 - it imports this

    high = spec.top_mm - spec.bottom_mm - 2 * FAN_EDGE_MM
    most = min(high, 2 * (spec.outer_mm - FAN_SIDE_MM))
    if spec.fan is None:
        if spec.piece == "fan-wall" and most < LEAST_FAN_MM:
            what = f"a fan wall {most:.1f} mm wide and high has room for no fan"
            raise InputError(Problem("frame", what, "piece", nearest="piece=frame"))
        if spec.piece == "fan-wall":
            near = "name one, such as fan=40x10"
            raise InputError(Problem("frame", "a fan wall without fans", "fan", nearest=near))
        return
    if not spec.fan_middles:
        what = f"{spec.fan.id} is {spec.fan.size_mm:g} mm high and wide, too large for the wall"
        room = f"a fan up to {most:.1f} mm"
        near = "a smaller fan, more sleds or more U"
        raise InputError(Problem("frame", what, "fan", allowed=room, nearest=near))


def too_many(spec: "FrameSpec") -> None:
    """Refuse more sleds of the first kind than there is room for."""
    own = spec.counts[0][1]
    if own <= spec.most:
        return
    what = f"{own} sleds of {spec.bay_mm:.2f} mm do not fit side by side"
    if spec.beside:
        what = f"{own} sleds of {spec.name} do not fit beside the other kinds"
    near = f"the largest count that works is {spec.most}{spec.or_more()}"
    raise InputError(Problem("frame", what, "count", allowed=f"1 to {spec.most}", nearest=near))


def bar_fits(spec: "FrameSpec") -> None:
    """Refuse a bar that was asked for where there is no room."""
    problem = no_bar(spec) if spec.bar else None
    if problem is not None:
        raise InputError(problem)


def no_bar(spec: "FrameSpec") -> Problem | None:
    """Return why a frame can have no bar, or nothing."""
    from mounts.parts.frame_spec import CABLES_MM  # noqa: PLC0415 - it imports this

    out = "bar = false, or leave it out"
    if spec.opening != "rack" or spec.all_turned:
        what = "a bar goes through the walls between flat sleds in a rack"
        return Problem("frame", what, "bar", allowed="pose = 'flat' in a rack", nearest=out)
    if spec.fan is not None:
        what = "a duct of fans stands where a bar would be"
        return Problem("frame", what, "bar", allowed="a frame without fans", nearest=out)
    least = spec.steel.high_mm + 2 * BAR_LEAST_MM
    inside = spec.inside_high_mm - spec.inside_low_mm
    if inside < least:
        what = f"a bar 20 mm high wants {least:.2f} mm inside the frame"
        return Problem("frame", what, "bar", allowed=f"{inside:.2f} mm are there", nearest=out)
    deep = 2 * spec.steel.end_mm + CABLES_MM
    if spec.rows > 1 and spec.between_mm is not None and spec.between_mm < deep:
        what = f"two rows with bars need {deep:.0f} mm from post to post"
        room = f"{spec.between_mm:g} mm in this rack"
        return Problem("frame", what, "bar", allowed=room, nearest=out)
    return None
