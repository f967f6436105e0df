"""A front panel with cut-outs: keystone jacks, fans, free openings, vents in the rest."""

import math

from mounts import panel as plate
from mounts.geometry.flat import Point, circle, rectangle
from mounts.geometry.sheet import Sheet, joined
from mounts.geometry.vents import HexGrid, Perforation
from mounts.panel_layout import CutPanelSpec
from mounts.part import Hardware, Part, part

FAN_HOLE_MM = 4.3  # where the catalogue is silent; all fans that it knows have 4.3
FAN_WEB_MM = 1.8  # between a fan's opening and its screw holes
RIB_MM = (2.4, 5.0)  # width, depth
RIB_FROM_EDGE_MM = 2.0


@part("panel", CutPanelSpec, takes="nothing")
def panel(spec: CutPanelSpec) -> Part:
    r"""A front panel with cut-outs: keystone jacks, fans, free openings; vents in the rest.

    +--+--------------------------------+--+     side view of a jack's seat, front at the left
    |= | [ ] [ ] [ ] [ ]     .--.  .--. | =|      ||  ______        latch goes up
    |= | [ ] [ ] [ ] [ ]     '--'  '--' | =|      |        |
    +--+--------------------------------+--+         jack    <-- pushed in from behind
                                                  ||_      _
        |<-- between posts, body_max -->|         |||______||     anchor, under it the wall
    """
    return Part(
        name=spec.title,
        family="panel",
        body=joined([_plate(spec), *_seats(spec), *_ribs(spec)]),
        up="+y",
        perforations=(*_grilles(spec), *(_vents(spec) if spec.vents else ())),
        hardware=(plate.rack_screws(spec), *_hardware(spec)),
        panel=plate.claim(spec),
        notes=_notes(spec),
    )


def _notes(spec: CutPanelSpec) -> tuple[str, ...]:
    if not spec.jacks:
        return ()
    found = ["keystone seats follow printed seats in use, no maker's drawing: try one row first"]
    if spec.slim:
        found.append("in half a U a jack's latch may stand out of the panel's height by 0.5 mm")
    return tuple(found)


def _hardware(spec: CutPanelSpec) -> tuple[Hardware, ...]:
    found: list[Hardware] = []
    if spec.jacks:
        found.append(Hardware("keystone jack", spec.jacks, "snaps in from behind", kind="jack"))
    if spec.fan:
        found.append(Hardware(f"{spec.fan.id} fan", spec.fan_count, "behind the panel", kind="fan"))
        long = math.ceil(spec.panel_mm + 7)
        what, count = f"fan screw 5 x {long}, self-tapping", 4 * spec.fan_count
        found.append(Hardware(what, count, "fan to panel", kind="screw", length_mm=long))
    return tuple(found)


def _plate(spec: CutPanelSpec) -> Sheet:
    cuts = [cut.loop(spec.middle_mm) for cut in spec.cutouts]
    cuts += [row.window() for row in spec.jack_rows()]
    for x, z in spec.fan_middles():
        cuts += [circle((x + dx, z + dz), _fan_hole(spec)) for dx, dz in _fan_corners(spec)]
        if spec.grille == "open":
            cuts.append(circle((x, z), _fan_opening(spec)))
    return plate.sheet(spec, tuple(cuts))


def _seats(spec: CutPanelSpec) -> list[Sheet]:
    return [sheet for row in spec.jack_rows() for sheet in row.sheets()]


def _rib_levels(spec: CutPanelSpec) -> tuple[tuple[float, float], ...]:
    """Return low and high z of the two ribs behind, or nothing where a cut-out is in their way."""
    inset = RIB_FROM_EDGE_MM + RIB_MM[0]
    low, high = spec.bottom_mm + inset, spec.top_mm - inset
    for _, z0, _, z1 in spec.boxes():
        if z0 < low + 0.5 or z1 > high - 0.5:
            return ()
    return ((low - RIB_MM[0], low), (high, high + RIB_MM[0]))


def _ribs(spec: CutPanelSpec) -> list[Sheet]:
    half, end = spec.standard.body_max_mm / 2, spec.panel_mm + RIB_MM[1]
    return [
        Sheet("xz", rectangle((-half, low), (half, high), 1.0), spec.panel_mm - 0.5, end)
        for low, high in _rib_levels(spec)
    ]


def _fan_hole(spec: CutPanelSpec) -> float:
    return (spec.fan.hole_d_mm if spec.fan else None) or FAN_HOLE_MM


def _fan_corners(spec: CutPanelSpec) -> list[Point]:
    half = spec.fan.hole_pitch_mm / 2 if spec.fan else 0.0
    return [(dx * half, dz * half) for dx in (-1, 1) for dz in (-1, 1)]


def _fan_opening(spec: CutPanelSpec) -> float:
    """Diameter of the opening: the fan's own, but clear of its screws."""
    size, pitch = (spec.fan.size_mm, spec.fan.hole_pitch_mm) if spec.fan else (0.0, 0.0)
    return min(size - 3.0, pitch * math.sqrt(2) - _fan_hole(spec) - 2 * FAN_WEB_MM)


def _grilles(spec: CutPanelSpec) -> tuple[Perforation, ...]:
    middles = spec.fan_middles()
    if not middles or spec.grille == "open":
        return ()
    span, opening = (0.0, spec.panel_mm), _fan_opening(spec)
    if spec.grille == "hexagons":
        grid = HexGrid(flats_mm=6.0 if opening < 60 else 9.0, web_mm=1.6, margin_mm=0.0)
        return tuple(
            hole for at in middles for hole in grid.through("xz", span, circle(at, opening))
        )
    return tuple(
        Perforation("xz", *span, cell, middles, needed=True) for cell in _ring_cells(opening / 2)
    )


def _ring_cells(radius: float) -> list[tuple[Point, ...]]:
    """Return the openings between rings and four spokes, round the fan's middle."""
    count = max(2, round(radius * 0.75 / 8))
    step = radius * 0.75 / count  # the inner quarter is the hub, where no air moves
    cells: list[tuple[Point, ...]] = []
    for ring in range(count):
        outer, inner = radius - ring * step, radius - (ring + 1) * step + 1.8
        for spoke in range(4):
            cells.append(_sector(inner, outer, 45.0 + 90.0 * spoke))
    return cells


def _sector(inner: float, outer: float, start_deg: float) -> tuple[Point, ...]:
    def arc(radius: float) -> list[Point]:
        skip = math.degrees(math.asin(1.4 / radius))  # half a spoke of 2.8
        angles = [start_deg + skip + (90 - 2 * skip) * k / 12 for k in range(13)]
        return [
            (radius * math.cos(math.radians(t)), radius * math.sin(math.radians(t))) for t in angles
        ]

    return (*arc(outer), *reversed(arc(inner)))


def _vents(spec: CutPanelSpec) -> tuple[Perforation, ...]:
    half = spec.standard.body_max_mm / 2
    levels = _rib_levels(spec)
    low, high = (levels[0][1], levels[1][0]) if levels else (spec.bottom_mm, spec.top_mm)
    clear = [rectangle((b[0], b[1]), (b[2], b[3])) for b in spec.boxes()]
    region = rectangle((-half, low), (half, high))
    return spec.grid.through("xz", (0.0, spec.panel_mm), region, clear)
