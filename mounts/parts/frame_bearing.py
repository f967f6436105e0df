"""What bears a frame across a rack: its own floor, a steel bar or a spine, and how far it sags."""

import math
from typing import TYPE_CHECKING, Any

from catalog.problems import InputError
from mounts.parts import fan_bosses
from mounts.parts.frame_bays import bay_mm, bulkhead_mm, columns, span_mm, wide_mm
from mounts.parts.frame_problems import no_bar
from mounts.sag import FACTOR, MOST_MM
from mounts.sag_frame import LEAST_STRIP_MM, WANTED_MM, Barred, Row, Strip, frame_sag_mm

if TYPE_CHECKING:
    from mounts.parts.frame_spec import FrameSpec

# Between two walls among sleds on edge, about: a floor that spans so much hardly sags. Without a
# strip of panel under its front it sags four times as far between walls of 120 mm as of 80.
APART_MM, BARE_APART_MM = 120.0, 80.0
SPINED_MM = 0.43  # of a row on edge that bears itself: bricks have 0.54 mm at a quick 0.436
# Such a floor and its roof bend in their own plane too, where the box tips about what bears it:
# bands across them have no vents.
BAND_MM, VENTED_MM = 8.0, 40.0
WHOLE = 0.87  # what is left of the sag without vents, or with bands: bricks of two frames
BANDED_MM = 0.58  # of a row on its spine: bricks have 0.28 mm at a quick 0.56, and 0.50 at 0.60


def sag_mm(spec: "FrameSpec") -> float:
    """Return how far one frame sags in its middle, about, mm: see `mounts.sag_frame`."""
    if spec.barred:
        return _with_bar(spec).sag_mm(spec.closed)
    if not (spec.fan_bears or spec.spined):
        return bare_mm(spec)
    stiffened = closed(spec) if spec.fan_bears else _bands_help(spec)
    return _vented_sag_mm(spec) * (WHOLE if stiffened else 1.0)


def _vented_sag_mm(spec: "FrameSpec") -> float:
    """Return how far it sags on its spine or its wall of fans, vents everywhere, mm."""
    if spec.fan_bears:
        return _row(spec, spec.top_mm - spec.bottom_mm).fan_wall_sag_mm()
    return _row(spec, spec.outside_mm).spine_sag_mm()


def _bands_help(spec: "FrameSpec") -> bool:
    """Return whether bands are there for the sag alone: on a spine, and far without them."""
    return spec.spined and not bare_floor(spec) and _vented_sag_mm(spec) > BANDED_MM


def bare_mm(spec: "FrameSpec") -> float:
    """Return the same without a bar or a spine, mm."""
    kg, wide = spec.load_g / 1000, _wide_mm(spec)
    if spec.strip_mm:
        strip, bays = spec.strip_mm, sum(columns(one, each) for one, each in spec.row)
        return Strip(wide, spec.depth_mm, spec.outside_mm, strip, bays).sag_mm(kg)
    bears = "channel" if spec.all_turned else "plates"
    return frame_sag_mm(kg, wide, bears, spec.flat_mm, spec.low_mm - spec.bottom_mm)


def closed(spec: "FrameSpec") -> bool:
    """Return whether floor and roof have no vents: where what bears it would not do with them.

    The air of fans goes from the panel to the rear: vents in floor and roof are no loss to it.
    """
    if not spec.vents:
        return True
    if spec.barred:
        return _with_bar(spec).sag_mm(closed=False) > MOST_MM / FACTOR
    return spec.fan_bears and not spec.all_turned and _vented_sag_mm(spec) > WANTED_MM


def barred(spec: "FrameSpec") -> bool:
    """Return whether a steel bar bears it: as asked for, or where it sags and can have one."""
    if spec.bar is not None:
        return spec.bar
    return bare_mm(spec) > MOST_MM and no_bar(spec) is None


def spined(spec: "FrameSpec") -> bool:
    """Return whether a plate behind sleds on edge bears it: as asked for, or if it sags without."""
    if spec.fan is not None or spec.opening != "rack" or not spec.all_turned:
        return False
    return bare_mm(spec) > SPINED_MM if spec.spine is None else spec.spine


def fan_bears(spec: "FrameSpec") -> bool:
    """Return whether the wall of fans bears it: where it sags without, and bosses have room."""
    if spec.fan is None or spec.opening != "rack":
        return False
    return bare_mm(spec) > MOST_MM and fan_bosses.tall_mm(spec) <= fan_bosses.TALLEST_MM


def bulkheads(spec: "FrameSpec") -> int:
    """Return how many walls stand among sleds on edge: as what bears it wants, if there is room."""
    if not spec.all_turned or spec.beside or not (spec.spined or spec.fan_bears):
        return 0
    own, count = spec.kinds[0], spec.sleds
    spare = spec.room_mm - 2 * spec.shell_mm - wide_mm(spec.row)
    wanted = math.ceil(count * bay_mm(own) / (BARE_APART_MM if bare_floor(spec) else APART_MM)) - 1
    return max(0, min(wanted, count - 1, int((spare + 1e-9) // bulkhead_mm(own))))


def usual(spec: "FrameSpec") -> int:
    """Return how many sleds of the first kind a frame has if nobody says.

    As many as there is room for; or one fewer in each row, where only then walls between them bear
    a floor that has no strip of panel under its front.
    """
    fewer = spec.most - spec.rows
    if spec.beside or spec.opening != "rack" or fewer < spec.rows or not bare_floor(spec):
        return spec.most
    if _counted(spec, spec.most).sag_mm <= WANTED_MM:
        return spec.most
    try:
        borne = _counted(spec, fewer).sag_mm <= WANTED_MM
    except InputError:  # such as too narrow for its fans
        return spec.most
    return fewer if borne else spec.most


def _counted(spec: "FrameSpec", count: int) -> "FrameSpec":
    fields: dict[str, Any] = {key: getattr(spec, key) for key in type(spec).model_fields}
    fields["count"] = count
    return type(spec)(**fields)


def bare_floor(spec: "FrameSpec") -> bool:
    """Return whether no strip of panel bears the front of a floor under sleds on edge."""
    return spec.all_turned and spec.low_mm - spec.bottom_mm < LEAST_STRIP_MM


def banded(spec: "FrameSpec") -> bool:
    """Return whether bands across floor and roof have no vents."""
    return _bands_help(spec) or (bare_floor(spec) and (spec.spined or spec.fan_bears))


def vented_mm(spec: "FrameSpec", end_mm: float) -> list[tuple[float, float]]:
    """Return from where to where floor and roof may have vents, y.

    Args:
        spec: the frame.
        end_mm: where floor or roof ends, or what stands under it begins.
    """
    start = spec.panel_mm
    if not banded(spec):
        return [(start, end_mm)]
    start += BAND_MM
    count = max(1, math.ceil((end_mm - start) / VENTED_MM))
    pitch = (end_mm - start + BAND_MM) / count
    return [(start + k * pitch, start + (k + 1) * pitch - BAND_MM) for k in range(count)]


def _row(spec: "FrameSpec", high_mm: float) -> Row:
    rooms = [span_mm(group) for group in spec.groups]
    widest = max(b - a for a, b in rooms)
    bare = bare_floor(spec)
    return Row(spec.load_g / 1000, _wide_mm(spec), high_mm, len(rooms), widest, bare)


def _wide_mm(spec: "FrameSpec") -> float:
    """Return the width of its box without walls among sleds on edge, which follow from it."""
    return wide_mm(spec.row) + 2 * spec.shell_mm


def _with_bar(spec: "FrameSpec") -> Barred:
    wide, high, deep = 2 * spec.outer_mm, spec.outside_mm, spec.end_mm
    stiff = spec.steel.bending_nmm2
    return Barred(spec.load_g / 1000, wide, high, deep, spec.flat_mm, stiff)
