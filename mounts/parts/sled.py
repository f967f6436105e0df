"""A sled: one board on a plate that slides into a frame, pulled from the front."""

import math

from mounts.carrier import Carrier, carrier, plate
from mounts.geometry.flat import ROOF_DEG, Loop, opened, polygon_r, rectangle
from mounts.geometry.sheet import Body, Sheet, joined
from mounts.geometry.vents import HexGrid, Perforation
from mounts.part import Part, part
from mounts.parts.latch import (
    BUMP_MM,
    BUMP_Y_MM,
    FACE_MM,
    LATCH_MM,
    PAD_GAP_MM,
    PAD_MM,
    PULL_MM,
    SLIT_MM,
    TAB_MM,
    sill_mm,
)
from mounts.parts.ring import windows
from mounts.parts.sled_clip import clip_cuts, clip_face, clip_plate, clip_sheets, gate_mm, mirrored
from mounts.parts.sled_sides import GROOVE_MM
from mounts.parts.sled_spec import SledSpec

OPEN_WEB_MM = 1.6  # less of the front plate over or beside a port is left out
PRONG_MM = 5.0  # a front plate's end thinner than this beside an open port would break off


@part("sled", SledSpec, takes="board")
def sled(spec: SledSpec) -> Part:
    """A sled for any board, flat or on edge: press the tab, pull, and it comes.

    top view
      ___________________________
     |/  spring                  |   catch: engages a slot of the frame
    <|_____________              |
    tab          slit  o     o   |
     |  front plate              |
    [==] pull          o     o   |
     |___________________________|

    Where the board's holes allow it the plate is a ring of bars, open under the board: what is
    below the PCB sinks into the plate's thickness, which saves plastic and pitch.
    """
    held = carrier(spec, spec.seat, spec.plate_mm)
    outline = _plate(spec) if spec.latch == "side" else clip_plate(spec)
    if spec.sunk:
        holes = (*held.holes, *windows(spec))
        plates = (Sheet("xy", outline, 0.0, spec.plate_mm, holes),)
    else:
        plates = plate(spec, spec.seat, outline, (0.0, spec.plate_mm))
    sheets = [
        *plates,
        _face(spec) if spec.latch == "side" else _face_beside_clip(spec),
        *held.sheets,
    ]
    if spec.latch == "side":
        body = joined(sheets)
    else:
        body = Body((*sheets, *clip_sheets(spec)), clip_cuts(spec))
    return Part(
        name=spec.title,
        family="sled",
        body=body,
        up="+z",
        perforations=_vents(spec, held) if spec.vents else (),
        hardware=held.hardware,
        notes=(*held.notes, *_side_note(spec), *_clip_note(spec)),
    )


def _side_note(spec: SledSpec) -> tuple[str, ...]:
    names = [p.name for s in ("left", "right") for _, p in spec.seat.ports(s)]
    if spec.pose == "on-edge" or not names or spec.plug_room_mm >= 20:
        return ()
    listed = ", ".join(sorted(set(names)))
    return (f"side ports are not reachable in the frame ({listed}): power by header or PoE",)


def _clip_note(spec: SledSpec) -> tuple[str, ...]:
    if spec.latch == "side":
        return ()
    side = "right" if spec.clip_hand > 0 else "left"
    return (f"to take it out, press the clip at the {side} towards the pull tab, and pull",)


def _plate(spec: SledSpec) -> Loop:
    """The plate with its spring, catch, press tab and pull tab as one outline."""
    left, right = -spec.plate_across_mm / 2, spec.plate_across_mm / 2
    inner, y0 = left + LATCH_MM, -FACE_MM
    tip, b = y0 - TAB_MM, BUMP_Y_MM
    _, root = spec.spring_mm
    pull = inner + SLIT_MM[1] + 6.0
    return polygon_r(
        [
            (right, spec.depth_mm, 2.0),
            (left, spec.depth_mm, 2.0),
            (left, b + 5.0, 0.0),
            (left - BUMP_MM, b + 1.5, 0.4),
            (left - BUMP_MM, b, 0.4),
            (left, b - 1.0, 0.0),
            (left, y0 - PAD_GAP_MM, 0.5),
            (left - PAD_MM, y0 - PAD_GAP_MM - 1.5, 0.5),
            (left - PAD_MM, tip, 1.5),
            (inner + 1.0, tip, 1.5),
            (inner + 1.0, y0 - PAD_GAP_MM - 1.5, 0.5),
            (inner, y0 - PAD_GAP_MM, 0.5),
            (inner, root, 0.7),
            (inner + SLIT_MM[0], root, 0.7),
            (inner + SLIT_MM[1], y0, 0.0),
            (pull, y0, 2.0),
            (pull, tip, 5.0),
            (pull + PULL_MM, tip, 5.0),
            (pull + PULL_MM, y0, 2.0),
            (right, y0, 0.0),
        ]
    )


def _face(spec: SledSpec) -> Sheet:
    half = spec.face_across_mm / 2
    left, top = -half, spec.face_tall_mm
    gate = -spec.plate_across_mm / 2 + LATCH_MM + SLIT_MM[1]
    over = spec.plate_mm + 0.6  # the spring passes beside the front plate, under a steep roof
    roof = over + (gate + half) * math.tan(math.radians(ROOF_DEG))
    outline = polygon_r(
        [
            (gate, 0.0, 0.0),
            (half, 0.0, 0.0),
            (half, top, 1.5),
            (left, top, 1.5),
            (left, min(roof, top - 2.0), 0.0),
            (gate, over, 0.0),
        ]
    )
    edge, inside = opened(outline, spec.openings(), _web_mm(spec))
    return Sheet("xz", edge, -FACE_MM, 0.0, inside, 0.5)


def _web_mm(spec: SledSpec) -> float:
    """Return what is left at least beside a port: not more than the plate, which backs it below."""
    return min(OPEN_WEB_MM, spec.plate_mm)


def _face_beside_clip(spec: SledSpec) -> Sheet:
    """The front plate beside a clip; a port too near its end is left open towards the clip."""
    gate, top = gate_mm(spec), spec.face_tall_mm
    loops, whole = [mirrored(one, spec.clip_hand) for one in spec.openings()], True
    for index, loop in enumerate(loops):
        (x0, *_, x1), (z0, *_, z1) = (sorted(axis) for axis in zip(*loop.points, strict=True))
        no_roof = z1 > top - OPEN_WEB_MM and x1 > gate - PRONG_MM
        if no_roof or x1 > gate - OPEN_WEB_MM:
            loops[index], whole = rectangle((x0, z0), (gate + 1.0, top + 1.0)), False
    edge, inside = opened(clip_face(spec, whole), loops, _web_mm(spec))
    holes = tuple(mirrored(loop, spec.clip_hand) for loop in inside)
    return Sheet("xz", mirrored(edge, spec.clip_hand), -FACE_MM, 0.0, holes, 0.5)


def _vents(spec: SledSpec, held: Carrier) -> tuple[Perforation, ...]:
    half = spec.plate_across_mm / 2
    spring = half - LATCH_MM - SLIT_MM[1]
    found = () if spec.sunk else _plate_vents(spec, held)
    # The gate's own margin keeps the hexagons off the spring.
    face = rectangle((-spring, spec.plate_mm + 0.6), (half, spec.face_tall_mm))
    if spec.latch == "front":
        beside = rectangle((-half, sill_mm(spec.plate_mm)), (gate_mm(spec), spec.face_tall_mm))
        face = mirrored(beside, spec.clip_hand)
    closed = [*spec.openings(), *_against_face(held)]
    return (*found, *HexGrid().through("xz", (-FACE_MM, 0.0), face, closed))


def _plate_vents(spec: SledSpec, held: Carrier) -> tuple[Perforation, ...]:
    half, (inner, root) = spec.plate_across_mm / 2, spec.spring_mm
    plate = rectangle((-half + GROOVE_MM, 0.0), (half - GROOVE_MM, spec.depth_mm))
    spring = rectangle((-half - 1, -1), (inner + SLIT_MM[1], root + 1))
    grid = HexGrid(spec.vent_mm, 2.0, 2.5)
    closed = [spring] if spec.latch == "side" else []
    return grid.through("xy", (0.0, spec.plate_mm), plate, [*closed, *held.footprints])


def _against_face(held: Carrier) -> list[Loop]:
    """Return what stands against the front plate from behind, as seen from the front, (x, z)."""
    found: list[Loop] = []
    for sheet in held.sheets:
        across, deep = zip(*sheet.outline.points, strict=True)
        if min(deep) <= 0.0:
            found.append(rectangle((min(across), sheet.start_mm), (max(across), sheet.end_mm)))
    return found
