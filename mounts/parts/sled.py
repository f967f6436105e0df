"""A sled: one board on a plate that slides into a frame, pulled from the front."""

import math

from mounts.carrier import Carrier, carrier, plate
from mounts.geometry.flat import ROOF_DEG, Loop, opened, polygon_r, rectangle
from mounts.geometry.sheet import Sheet, joined
from mounts.geometry.vents import HexGrid, Perforation
from mounts.part import Part, part
from mounts.parts.ring import windows
from mounts.parts.sled_spec import (
    BUMP_MM,
    BUMP_Y_MM,
    FACE_MM,
    GROOVE_MM,
    LATCH_MM,
    PAD_GAP_MM,
    PAD_MM,
    PULL_MM,
    SLIT_MM,
    TAB_MM,
    SledSpec,
)


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
    if spec.sunk:
        holes = (*held.holes, *windows(spec))
        plates = (Sheet("xy", _plate(spec), 0.0, spec.plate_mm, holes),)
    else:
        plates = plate(spec, spec.seat, _plate(spec), (0.0, spec.plate_mm))
    sheets = [
        *plates,
        _face(spec),
        *held.sheets,
    ]
    return Part(
        name=spec.title,
        family="sled",
        body=joined(sheets),
        up="+z",
        perforations=_vents(spec, held) if spec.vents else (),
        hardware=held.hardware,
        notes=(*held.notes, *_side_note(spec)),
    )


def _side_note(spec: SledSpec) -> tuple[str, ...]:
    names = [p.name for s in ("left", "right") for _, p in spec.seat.ports(s)]
    if spec.pose == "on-edge" or not names or spec.plug_room_mm >= 20:
        return ()
    listed = ", ".join(sorted(set(names)))
    return (f"side ports are not reachable in the frame ({listed}): power by header or PoE",)


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
    edge, windows = opened(outline, spec.openings(), 1.6)
    return Sheet("xz", edge, -FACE_MM, 0.0, windows, 0.5)


def _vents(spec: SledSpec, held: Carrier) -> tuple[Perforation, ...]:
    half = spec.plate_across_mm / 2
    spring = half - LATCH_MM - SLIT_MM[1]
    found = () if spec.sunk else _plate_vents(spec, held)
    # The gate's own margin keeps the hexagons off the spring.
    face = rectangle((-spring, spec.plate_mm + 0.6), (half, spec.face_tall_mm))
    closed = [*spec.openings(), *_against_face(held)]
    return (*found, *HexGrid().through("xz", (-FACE_MM, 0.0), face, closed))


def _plate_vents(spec: SledSpec, held: Carrier) -> tuple[Perforation, ...]:
    half, (inner, root) = spec.plate_across_mm / 2, spec.spring_mm
    plate = rectangle((-half + GROOVE_MM, 0.0), (half - GROOVE_MM, spec.depth_mm))
    spring = rectangle((-half - 1, -1), (inner + SLIT_MM[1], root + 1))
    grid = HexGrid(spec.vent_mm, 2.0, 2.5)
    return grid.through("xy", (0.0, spec.plate_mm), plate, [spring, *held.footprints])


def _against_face(held: Carrier) -> list[Loop]:
    """Return what stands against the front plate from behind, as seen from the front, (x, z)."""
    found: list[Loop] = []
    for sheet in held.sheets:
        across, deep = zip(*sheet.outline.points, strict=True)
        if min(deep) <= 0.0:
            found.append(rectangle((min(across), sheet.start_mm), (max(across), sheet.end_mm)))
    return found
