"""The densest frame that can be printed: what is not said of its sleds is chosen, and why.

`packing.bays` counts; here stand the figures it counts with, which are those of the sleds
themselves, and the way back from its layout to the spec of a frame.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from pydantic import create_model

from catalog.models import Fact
from catalog.problems import InputError, Problem
from mounts.parts.frame_bays import ABREAST, BaySpec, bay_mm, fields_of, wall_mm
from mounts.parts.frame_spec import (
    CABLES_MM,
    FAN_WALL_MM,
    PLENUM_MM,
    SPINE_MM,
    SPINES_MM,
    FrameSpec,
)
from mounts.parts.sled_problems import SKIN_LEAST_MM
from mounts.parts.sled_spec import SledSpec
from packing.bays import Bays, Box, Form, Stock, most_in

MOST_LAYERS = 40  # as many as a sled may be told
EVER_SO_WIDE_MM = 1e5


@dataclass(frozen=True)
class Wanted:
    """A kind of board, and how many of it.

    Args:
        fields: of its sled, as far as they are given: the board and what belongs to it.
        least: how many must go in.
        most: how many there are; `None`: as many as go in.
    """

    fields: dict[str, Any]
    least: int = 0
    most: int | None = None

    @property
    def name(self) -> str:
        """The board's id, with its HAT's."""
        hat = self.fields.get("hat")
        return self.fields["device"].id + (f"-{hat.id}" if hat else "")


@dataclass(frozen=True)
class Densest:
    """A printable layout.

    Args:
        bays: who stands how, and that no more go in.
        sleds: of each kind the sled of each of its forms.
        common: fields that all sleds of the frame share, its skin among them.
    """

    bays: Bays
    sleds: tuple[tuple[SledSpec, ...], ...]
    common: dict[str, Any]

    def frame_fields(self) -> dict[str, Any]:
        """Return the fields of the frame that holds just this layout."""
        first = next(lot for lot in self.bays.lots if lot.kind == 0)
        lots = [first, *(lot for lot in self.bays.lots if lot is not first)]
        every = [(self.sleds[lot.kind][lot.form], lot.count) for lot in lots]
        rows = self.bays.box.rows
        shown = [(_as_high_as_filled(sled, count, rows), count) for sled, count in every]
        (own, count), *others = shown
        guests = [BaySpec(**_of_bay(sled), count=number) for sled, number in others]
        skin = {"skin_mm": self.common["skin_mm"]} if "skin_mm" in self.common else {}
        return {**_of_bay(own), **skin, "count": count, "beside": tuple(guests)}


def _of_bay(sled: SledSpec) -> dict[str, Any]:
    return {k: v for k, v in fields_of(sled).items() if k in BaySpec.model_fields}


def _as_high_as_filled(sled: SledSpec, count: int, rows: int) -> SledSpec:
    """Return a sled of no more layers than its boards fill."""
    if sled.layers <= 2:
        return sled
    per_row = math.ceil(count / rows)
    columns = math.ceil(per_row / sled.layers)
    fields = fields_of(sled)
    fields["layers"] = max(2, math.ceil(per_row / columns))
    return SledSpec(**fields)


def densest(frame: dict[str, Any], kinds: Sequence[Wanted]) -> Densest | None:
    """Return the printable layout of most boards in one frame, or in two alike.

    Of equal ones that with the thickest floor and roof, then the narrowest. What it lacks for one
    board more is of the thinnest.

    Args:
        frame: fields of a frame, as far as they are given: standard and height, rows and fan.
        kinds: the boards.
    """
    *thicker, thinnest = _skins(frame, kinds)
    best = _with_skin(frame, kinds, thinnest)  # all that goes in with any goes in with this one
    if best is None:
        return None
    tried = (_with_skin(frame, kinds, skin) for skin in thicker)
    alike = (one for one in tried if one is not None and one.bays.count == best.bays.count)
    found = next(alike, best)
    return replace(found, bays=replace(found.bays, short_mm=best.bays.short_mm))


def _skins(frame: dict[str, Any], kinds: Sequence[Wanted]) -> list[float | None]:
    """Return how thick floor and roof may be: as the walls, or so thin that one more layer fits."""
    if frame.get("skin_mm") is not None:
        return [frame["skin_mm"]]
    shell = float(frame.get("shell_mm", SledSpec.model_fields["shell_mm"].default))
    thin: set[float] = {SKIN_LEAST_MM}
    for sled in _tried(frame, kinds):
        room = sled.outside_mm
        need = [sled.slide_mm + n * sled.pitch_mm for n in range(1, MOST_LAYERS + 1)]
        thin |= {math.floor(50 * (room - each)) / 100 for each in need}
    return [None, *sorted((t for t in thin if SKIN_LEAST_MM <= t < shell), reverse=True)]


def _tried(frame: dict[str, Any], kinds: Sequence[Wanted]) -> Iterator[SledSpec]:
    """Yield sleds of two layers with the thinnest floor, to know their pitch."""
    thin = {**_common(frame), "skin_mm": SKIN_LEAST_MM}
    for kind in kinds:
        for latch in _given(kind, "latch", ("front", "side")):
            sled = _sled(thin, kind, {"pose": "flat", "layers": 2, "latch": latch})
            if sled is not None:
                yield sled


def _common(frame: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a frame that all its sleds share."""
    own = {*SledSpec.model_fields} - {*BaySpec.model_fields, "box_mm"}
    return {key: value for key, value in frame.items() if key in own}


def _with_skin(
    frame: dict[str, Any],
    kinds: Sequence[Wanted],
    skin_mm: float | None,
    wide_mm: float | None = None,
) -> Densest | None:
    """Return the densest frame of one thickness of floor, of any other width if that is given."""
    common = _common(frame) | ({} if skin_mm is None else {"skin_mm": skin_mm})
    sleds = [_forms(common, frame, kind) for kind in kinds]
    stocks = [
        Stock(kind.name, tuple(map(_form, own)), kind.least, kind.most)
        for kind, own in zip(kinds, sleds, strict=True)
    ]
    any_sled = next((one for own in sleds for one in own), None)
    if any_sled is None:
        return None
    width = any_sled.standard.body_max_mm - 2 * any_sled.shell_mm if wide_mm is None else wide_mm
    high = max(one.outside_mm for own in sleds for one in own) - 2 * any_sled.flat_mm
    box = Box(width, high, any_sled.slide_mm, frame.get("rows", 1), ABREAST)
    bays = most_in(box, stocks)
    if bays is None or not bays.count:
        return None
    return Densest(bays, tuple(map(tuple, sleds)), common)


def _forms(common: dict[str, Any], frame: dict[str, Any], kind: Wanted) -> list[SledSpec]:
    """Return the sled of every way in which a board can stand."""
    found: list[SledSpec | None] = []
    for pose in _given(kind, "pose", ("on-edge", "flat")):
        if pose == "on-edge":
            found.append(_sled(common, kind, {"pose": pose, "latch": "side", "layers": 1}))
            continue
        for latch in _given(kind, "latch", ("front", "side")):
            for layers in _given(kind, "layers", (1, None)):
                wish = {"pose": pose, "latch": latch, "layers": layers}
                found.append(
                    _pile(common, kind, wish) if layers is None else _sled(common, kind, wish)
                )
    return [one for one in found if one is not None and _deep_enough(frame, one)]


def _given(kind: Wanted, key: str, choices: tuple[Any, ...]) -> tuple[Any, ...]:
    return (kind.fields[key],) if kind.fields.get(key) is not None else choices


def _sled(common: dict[str, Any], kind: Wanted, wish: dict[str, Any]) -> SledSpec | None:
    """Return a sled, or nothing if it cannot be had, or not as it is given."""
    if any(kind.fields.get(key) not in (None, value) for key, value in wish.items()):
        return None
    try:
        return SledSpec(**{**common, **kind.fields, **wish})
    except InputError:
        return None


def _pile(common: dict[str, Any], kind: Wanted, wish: dict[str, Any]) -> SledSpec | None:
    """Return a sled of as many layers as go in, two at least."""
    two = _sled(common, kind, {**wish, "layers": 2})
    if two is None:
        return None
    layers = int((two.inside_mm - two.slide_mm + 1e-9) // two.pitch_mm)
    return _sled(common, kind, {**wish, "layers": min(MOST_LAYERS, layers)})


def _form(sled: SledSpec) -> Form:
    flat = sled.pose == "flat"
    return Form(
        sled.pose,
        bay_mm(sled),
        sled.pitch_mm if flat else sled.outside_mm - 2 * sled.flat_mm,
        sled.depth_mm,
        sled.layers,
        wall_mm([sled]) if flat else 0.0,
    )


def _deep_enough(frame: dict[str, Any], sled: SledSpec) -> bool:
    """Say whether two rows of a sled go into the rack, cables between them; one always does."""
    between, fan = frame.get("between_mm"), frame.get("fan")
    if frame.get("rows", 1) == 1 or between is None:
        return True
    reach = sled.depth_mm + (PLENUM_MM + FAN_WALL_MM + fan.thickness_mm if fan else 0.0)
    return 2 * reach + CABLES_MM <= between + 1e-9


def is_open(frame: dict[str, Any]) -> bool:
    """Say whether a frame leaves open how its sleds stand.

    A frame of one kind does not; one that is asked for `count = "max"`, and one of several kinds of
    which one does not say its pose, does.

    Args:
        frame: fields of a frame, as far as they are given.
    """
    if frame.get("opening") == "labstack":
        return False
    beside: tuple[Any, ...] = frame.get("beside", ())
    others = [one for one in beside if isinstance(one, BaySpec)]
    said = "pose" in frame and all("pose" in one.model_fields_set for one in others)
    return frame.get("count") == "max" or bool(others and not said)


@cache
def draft() -> type[Fact]:
    """Return a record of a frame's fields, each held to its own range but not to the others."""
    known = FrameSpec.model_fields
    fields: dict[str, Any] = {name: (info.annotation, info) for name, info in known.items()}
    return create_model("FrameDraft", __base__=Fact, **fields)


def settled(frame: dict[str, Any], *, why: bool = True) -> dict[str, Any]:
    """Return the fields of a frame with all chosen that is not said of how its sleds stand.

    Args:
        frame: fields of a frame, each as `Draft` takes it.
        why: whether a refusal says what hinders, which takes a while.

    Raises:
        InputError: not all that must go in does.
    """
    kinds = _wanted(frame)
    found = densest(frame, kinds)
    if found is None:
        raise InputError(*(_no_room(frame, kinds) if why else (_short(frame, kinds),)))
    free = {k: v for k, v in frame.items() if k not in {"pose", "layers", "latch", "skin_mm"}}
    return {**_no_spine(frame, found), **free, **found.frame_fields()}


def _no_spine(frame: dict[str, Any], found: Densest) -> dict[str, Any]:
    """Leave out the spines of two rows in a rack that has no room for them, only for the sleds."""
    between, lots = frame.get("between_mm"), found.bays.lots
    if frame.get("rows", 1) == 1 or between is None:
        return {}
    deepest = max(found.sleds[lot.kind][lot.form].depth_mm for lot in lots)
    return {"spine": False} if 2 * (deepest + PLENUM_MM + SPINE_MM) + SPINES_MM > between else {}


def most_in_frame(frame: dict[str, Any]) -> Densest | None:
    """Return the layout of as many as go in of the kinds that are asked for; none of them must.

    Args:
        frame: as `settled` takes it.
    """
    return densest(frame, [Wanted(kind.fields, 0, kind.most) for kind in _wanted(frame)])


def _wanted(frame: dict[str, Any]) -> list[Wanted]:
    """Return what must go in: the frame's own boards, or as many of them as fit, and the others."""
    own = {k: v for k, v in frame.items() if k in BaySpec.model_fields and k != "count"}
    count = frame.get("count")
    kinds = [Wanted(own, count, count) if isinstance(count, int) else Wanted(own, 1, None)]
    for one in frame.get("beside", ()):
        known = {k: getattr(one, k) for k in one.model_fields_set if k != "count"}
        kinds.append(Wanted(known, one.count, one.count))
    return kinds


def _no_room(frame: dict[str, Any], kinds: Sequence[Wanted]) -> tuple[Problem, ...]:
    """Return what to say of boards that do not all go in: how many do, or what hinders one."""
    for number, kind in enumerate(kinds):
        if not any(_forms(_common(frame), frame, kind)):
            return tuple(_of_kind(number, problem) for problem in _refused(frame, kind))
    short = _short(frame, kinds)
    what = f"{short.what}{_too_narrow(frame, kinds)}"
    some = densest(frame, [Wanted(kind.fields, 0, kind.least) for kind in kinds])
    allowed = f"{some.bays.count} of them" if some else "none of them"
    return (replace(short, what=what, allowed=allowed),)


def _short(frame: dict[str, Any], kinds: Sequence[Wanted]) -> Problem:
    """Return what to say of boards that do not all go in."""
    named = " and ".join(f"{kind.least} × {kind.name}" for kind in kinds)
    height = f"{frame['height_u']:g}U of {frame['standard'].id}"
    what = f"{height} has no room for {named}, however they stand"
    return Problem("frame", what, "height")


def _of_kind(number: int, problem: Problem) -> Problem:
    """Return a problem of a sled as one of the frame: which height would do depends on all."""
    if problem.key == "height":
        return replace(problem, nearest="")
    return replace(problem, key="beside", nearest="leave it out") if number else problem


def _refused(frame: dict[str, Any], kind: Wanted) -> tuple[Problem, ...]:
    """Return what is said of a board that cannot stand in any way."""
    try:
        SledSpec(**{**_common(frame), **kind.fields})
    except InputError as error:
        return error.problems
    what = f"two rows of {kind.name} are deeper than this rack"
    return (Problem("frame", what, "rows", nearest="one row, or a deeper rack"),)


def _too_narrow(frame: dict[str, Any], kinds: Sequence[Wanted]) -> str:
    """Say by how much a frame is too narrow, if only its width is short."""
    just = [Wanted(kind.fields, kind.least, kind.least) for kind in kinds]
    every = [_with_skin(frame, just, skin, EVER_SO_WIDE_MM) for skin in _skins(frame, kinds)]
    widths = [one.bays.width_mm for one in every if one is not None]
    own = _with_skin(frame, [Wanted(kind.fields) for kind in kinds], None)
    if not widths or own is None:
        return ""
    return f": they lack {min(widths) - own.bays.box.width_mm:.1f} mm of width"
