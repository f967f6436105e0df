"""From what a calliper reads on a printed coupon to the calibration of its printer.

Each figure follows from two readings at most, by the arithmetic in `calibration_from`; what no
printer makes is refused before it gets there, for it is a slip of the hand or of the pen.
"""

from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from catalog.base import Fact, Id
from catalog.calibration import Calibration, Shrink
from catalog.problems import InputError, Problem
from catalog.validate import of_version, parse, read_versioned
from catalog.versions import READINGS
from mounts.calibrate.questions import BARS, BY_KEY, LARGE_MM, SMALL_MM, TALL, tall_read
from mounts.parts.coupon import BARS_MM, CORE_MM, CORES_MM, SIZE_MM, SLIDES_MM

VERSION = READINGS.newest
HOLES_APART_MM = 0.25  # both holes lose the same, give or take what a calliper does
POST_OFF_MM = 0.8  # two posts, each a line's error wider at most
AXES_APART_PCT = 0.6
SWAPPED_MM = 0.05
FOOT_MOST_MM = 0.3
BITES_MM = (-0.3, 0.4)  # what a printed core hole may differ from the catalogue's
DIGITS = 3  # of mm and of per cent


Dots = Annotated[int, Field(strict=True)]
Mm = Annotated[float, Field(strict=True)]


class Bars(Fact):
    """What was read between the posts of one coupon: enough to know a filament's shrink."""

    version: Annotated[int, BeforeValidator(of_version(READINGS)), Field(ge=1, le=READINGS.newest)]
    printer: Id
    material: Id
    bar_x_outer_mm: Mm
    bar_x_inner_mm: Mm
    bar_y_outer_mm: Mm
    bar_y_inner_mm: Mm
    tall_drawn_mm: Mm | None = None  # a tall print without a calibration: its height as drawn,
    tall_read_mm: Mm | None = None  # and as it came out


class Readings(Bars):
    """What was read off one coupon, printed with one filament."""

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=40)
    slide_groove: Dots
    press_groove: Dots
    hole_small_mm: Mm
    hole_large_mm: Mm
    core_hole: Dots
    tower_foot_mm: Mm
    tower_top_mm: Mm
    tower_height_mm: Mm


def read_readings(path: Path, where: str) -> Readings:
    """Read a file of readings.

    Raises:
        InputError: unreadable, or not all that is asked for, all problems at once.
    """
    data, text = read_versioned(path, where, READINGS)
    return parse(Readings, data, where, text)


def read_bars(path: Path, where: str) -> Bars:
    """Read a file with the readings of the posts alone.

    Raises:
        InputError: unreadable, or not all that is asked for, all problems at once.
    """
    data, text = read_versioned(path, where, READINGS)
    return parse(Bars, data, where, text)


def check(readings: Readings, where: str) -> None:
    """Refuse what cannot have been read off a coupon.

    Raises:
        InputError: every such reading, with what would be believable.
    """
    values = readings.model_dump()
    problems = [
        Problem(where, wrong, key, None, one.believable, one.near)
        for key, one in BY_KEY.items()
        if (wrong := one.refuse(values[key]))
    ]
    if not problems:
        problems = _contradictions(values, where)
    if problems:
        raise InputError(*problems)


def _contradictions(values: dict[str, Any], where: str) -> list[Problem]:
    """Return readings that are believable each, but not together."""
    found: list[Problem] = []
    if values["press_groove"] > values["slide_groove"]:
        what = f"pressed into groove {values['press_groove']}, yet it slides in a tighter one"
        near = f"press_groove = {values['slide_groove']} or less"
        allowed = f"1 to {values['slide_groove']}"
        found.append(Problem(where, what, "press_groove", None, allowed, near))
    lost = SMALL_MM - values["hole_small_mm"], LARGE_MM - values["hole_large_mm"]
    if abs(lost[0] - lost[1]) > HOLES_APART_MM + 1e-9:
        what = f"the small hole lost {lost[0]:.2f} mm, the large one {lost[1]:.2f}"
        allowed = f"{HOLES_APART_MM:g} mm apart at most"
        found.append(Problem(where, what, "hole_large_mm", None, allowed, "measure both again"))
    bite = CORES_MM[values["core_hole"] - 1] - CORE_MM - sum(lost) / 2
    if not found and not BITES_MM[0] <= bite <= BITES_MM[1]:
        what = f"that hole is {CORE_MM + bite:.2f} mm wide once printed: no M3 cuts a thread there"
        allowed = " to ".join(f"{CORE_MM + off:g}" for off in BITES_MM) + " mm"
        near = "try the screw in all of them again"
        found.append(Problem(where, what, "core_hole", None, allowed, near))
    tall = _tall_problems(values, where, first_layer_mm(values["tower_height_mm"]))
    return [*found, *_tower(values, where), *_bar_contradictions(values, where), *tall]


def _tower(values: dict[str, Any], where: str) -> list[Problem]:
    foot, top = values["tower_foot_mm"], values["tower_top_mm"]
    if top - SWAPPED_MM - 1e-9 <= foot <= top + 2 * FOOT_MOST_MM + 1e-9:
        return []
    allowed = f"{top:g} to {top + 2 * FOOT_MOST_MM:g} mm"
    what = "the tower is narrower at its foot than near its top"
    near = f"swap them: tower_foot_mm = {top:g}"
    if foot > top:
        what = f"the tower's foot spreads by {(foot - top) / 2:.2f} mm on each side"
        near = "raise the nozzle over the bed, then print another coupon"
    return [Problem(where, what, "tower_foot_mm", None, allowed, near)]


def _bar_contradictions(values: dict[str, Any], where: str) -> list[Problem]:
    found: list[Problem] = []
    for axis, (outer, inner) in BARS_MM.items():
        wide = values[f"bar_{axis}_outer_mm"] - values[f"bar_{axis}_inner_mm"]
        if abs(wide - (outer - inner)) > POST_OFF_MM:
            what = (
                f"the two posts would be {wide:.2f} mm thick together, drawn as {outer - inner:g}"
            )
            allowed = f"{outer - inner - POST_OFF_MM:g} to {outer - inner + POST_OFF_MM:g} mm"
            key = f"bar_{axis}_inner_mm"
            found.append(
                Problem(where, what, key, None, allowed, "measure outside and inside again")
            )
    x, y = (_shrink_pct(values, axis) for axis in BARS_MM)
    if not found and abs(x - y) > AXES_APART_PCT:
        what = f"x shrinks by {x:.2f} %, y by {y:.2f} %: that is no filament's doing"
        near = "mend the printer's steps per mm or its belts first, then print another coupon"
        allowed = f"{AXES_APART_PCT:g} % apart at most"
        found.append(Problem(where, what, "bar_y_outer_mm", None, allowed, near))
    return found


def _shrink_pct(values: dict[str, Any], axis: str) -> float:
    read = values[f"bar_{axis}_outer_mm"] + values[f"bar_{axis}_inner_mm"]
    return 100 * (1 - read / sum(BARS_MM[axis]))


def first_layer_mm(tower_height_mm: float) -> float:
    """Return what the first layer loses in height, from the tower's, mm."""
    return SIZE_MM[2] - tower_height_mm


def shrink_from(values: dict[str, Any], material: str, lost_mm: float = 0.0) -> Shrink:
    """Return how a filament shrinks, from the four readings of the posts and of a tall print.

    Args:
        values: the readings by key, mm.
        material: id of the filament.
        lost_mm: what the first layer loses in height.
    """
    keys = [one.key for one in BARS]
    drawn = sum(sum(pair) for pair in BARS_MM.values())
    share = sum(values[key] for key in keys) / drawn
    up = _up_pct(values, lost_mm)
    return Shrink(material=material, xy_pct=_rounded(100 * (1 - share)), z_pct=_rounded(up))


def _up_pct(values: dict[str, Any], lost_mm: float) -> float:
    """Return how a filament shrinks upwards, from a tall print if there was one, %."""
    drawn, read = values.get("tall_drawn_mm"), values.get("tall_read_mm")
    return 100 * (1 - (read + lost_mm) / drawn) if drawn and read else 0.0


def _tall_problems(values: dict[str, Any], where: str, lost_mm: float) -> list[Problem]:
    """Return what is wrong with the readings of a tall print."""
    keys = ("tall_drawn_mm", "tall_read_mm")
    there = [key for key in keys if values.get(key) is not None]
    if not there:
        return []
    if len(there) == 1:
        (missing,) = set(keys) - set(there)
        what = f"{there[0]} says nothing without {missing}"
        return [Problem(where, what, missing, nearest=f"add {missing}, or leave both out")]
    drawn, read = values["tall_drawn_mm"], values["tall_read_mm"]
    wrong = TALL.refuse(drawn)
    if wrong:
        return [Problem(where, wrong, TALL.key, None, TALL.believable, "leave both out")]
    one = tall_read(drawn, lost_mm)
    if one.refuse(read):
        up = _up_pct(values, lost_mm)
        what = f"the tall print shrinks by {up:.2f} % upwards: that is no filament's doing"
        return [Problem(where, what, one.key, None, one.believable, one.near)]
    return []


def calibration_from(readings: Readings, where: str = "readings") -> Calibration:
    """Return the calibration of a printer from its coupon.

    Args:
        readings: what was read off it.
        where: how to name them in an error.

    Raises:
        InputError: a reading that no printer makes, or two that cannot both be right.
    """
    check(readings, where)
    lost = first_layer_mm(readings.tower_height_mm)
    shrink = shrink_from(readings.model_dump(), readings.material, lost)
    left = 1 - shrink.xy_pct / 100  # prints are made larger by it, and their holes with them
    read = readings.hole_small_mm + readings.hole_large_mm
    hole = ((SMALL_MM + LARGE_MM) * left - read) / 2
    core = CORES_MM[readings.core_hole - 1] * left
    foot = max(0.0, readings.tower_foot_mm - readings.tower_top_mm) / 2
    figures = {
        "slide_mm": SLIDES_MM[readings.slide_groove - 1],
        "press_mm": SLIDES_MM[readings.press_groove - 1],
        "hole_mm": hole,
        "screw_mm": core - CORE_MM - hole,  # the hole's own growth is added to every core hole
        "foot_mm": foot,
        "first_layer_mm": lost,
    }
    data: dict[str, Any] = {key: _rounded(value) for key, value in figures.items()}
    data |= {"name": readings.name, "printer": readings.printer}
    data["shrink"] = (shrink,)
    return parse(Calibration, data, where)


def with_shrink(
    calibration: Calibration, values: dict[str, Any], material: str, where: str
) -> Calibration:
    """Return a calibration with the shrink of one more filament, or with a newer reading of it.

    Args:
        calibration: of the same printer.
        values: the four readings of the posts by key, mm.
        material: id of the filament.
        where: how to name the readings in an error.

    Raises:
        InputError: a reading that no printer makes, or two that cannot both be right.
    """
    problems = [
        Problem(where, wrong, one.key, None, one.believable, one.near)
        for one in BARS
        if (wrong := one.refuse(values[one.key]))
    ]
    lost = calibration.first_layer_mm
    problems = problems or [
        *_bar_contradictions(values, where),
        *_tall_problems(values, where, lost),
    ]
    if problems:
        raise InputError(*problems)
    others = [one for one in calibration.shrink if one.material != material]
    listed = sorted([*others, shrink_from(values, material, lost)], key=lambda one: one.material)
    return calibration.model_copy(update={"shrink": tuple(listed)})


def _rounded(value: float) -> float:
    return round(value, DIGITS) + 0.0  # and no -0.0
