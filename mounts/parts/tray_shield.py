"""A tray whose panel takes I/O shields: a floor between two walls, boards on bought standoffs."""

from mounts import panel
from mounts.board import Block
from mounts.geometry.flat import Loop, circle, rectangle
from mounts.geometry.sheet import Sheet, joined
from mounts.geometry.vents import Perforation
from mounts.part import Hardware, Part
from mounts.parts.deck import Deck, upright_bore
from mounts.parts.tray_gaps import SHIELD_KEEP_MM
from mounts.parts.tray_ribs import FRONT_LESS_MM, REAR_RISE_MM, SHIELD_WALL_MM, sag_notes
from mounts.parts.tray_spec import (
    SHIELD_RIM_MM,
    STANDOFF_MM,
    TraySpec,
)

SCREW_MM = 4.0  # passes M3 and #6-32 (3.5 mm); heads are 5.5 mm and more
STANDOFF_WIDE_MM = 5.5  # M3, across flats
FOOT_MM = 11.0  # kept solid round a standoff: 5.5 across flats and its screw's washer


def shield_tray(spec: TraySpec) -> Part:
    """Return the tray, printed panel down; see `tray`."""
    deck = _deck(spec)
    holes = tuple(upright_bore(at, SCREW_MM) for at in _screws(spec))
    return Part(
        name=spec.title,
        family="tray",
        body=joined([*_front(spec), *deck.sheets(holes)]),
        up="+y",
        perforations=_vents(spec, deck) if spec.vents else (),
        hardware=(panel.rack_screws(spec), *_fasteners(spec)),
        panel=panel.claim(spec),
        notes=_notes(spec),
    )


def standoff_blocks(spec: TraySpec) -> tuple[Block, ...]:
    """Return the room of the bought standoffs, none where the posts are printed."""
    if not spec.shielded:
        return ()
    half, low = STANDOFF_WIDE_MM / 2, spec.floor_top_mm + 1e-3
    return tuple(
        Block((x - half, y - half, low), (x + half, y + half, spec.floor_top_mm + STANDOFF_MM))
        for x, y in _screws(spec)
    )


def _deck(spec: TraySpec) -> Deck:
    top, rear = spec.top_mm - FRONT_LESS_MM, spec.floor_top_mm + REAR_RISE_MM
    inner = spec.half_rear_mm - SHIELD_WALL_MM
    low, thick = spec.floor_low_mm, spec.floor_mm
    beams = tuple(one for one in spec.ribs.beams if one is not None)
    return Deck(spec, inner, SHIELD_WALL_MM, low, thick, spec.depth_mm, top, rear, beams=beams)


def _front(spec: TraySpec) -> list[Sheet]:
    """The panel, thin as sheet round the windows: there a shield's edges clip in from behind."""
    windows = _windows(spec)
    edge, slots = panel.outline(spec), panel.slots(spec)
    broken = panel.BROKEN_EDGE_MM
    return [
        Sheet("xz", edge, 0.0, SHIELD_RIM_MM, (*slots, *windows), broken),
        Sheet("xz", edge, broken, spec.panel_mm, (*slots, *_kept(spec))),
    ]


def _windows(spec: TraySpec) -> tuple[Loop, ...]:
    return tuple(loop for one in spec.carried if (loop := one.shield) is not None)


def _kept(spec: TraySpec) -> tuple[Loop, ...]:
    """The windows with the strip round them that a shield's edge needs."""
    return tuple(_grown(loop, SHIELD_KEEP_MM) for loop in _windows(spec))


def _grown(window: Loop, by: float) -> Loop:
    xs, zs = [p[0] for p in window.points], [p[1] for p in window.points]
    return rectangle((min(xs) - by, min(zs) - by), (max(xs) + by, max(zs) + by), 1.0)


def _screws(spec: TraySpec) -> list[tuple[float, float]]:
    return [at for one in spec.carried for at, _ in one.seat.mount_holes()]


def _fasteners(spec: TraySpec) -> tuple[Hardware, ...]:
    count = len(_screws(spec))
    tall = f"{STANDOFF_MM:g} mm (1/4 in) high"
    return (
        Hardware(
            f"standoff, M3 or #6-32, thread at both ends, {tall}",
            count,
            "under the boards",
            kind="standoff",
        ),
        Hardware(
            "pan-head screw to match, 6 mm",
            2 * count,
            "floor and boards to standoffs",
            kind="screw",
            length_mm=6,
        ),
        Hardware("I/O shield, comes with the board", len(spec.carried), "clips into the panel"),
    )


def _notes(spec: TraySpec) -> tuple[str, ...]:
    found = [note for one in spec.row for note in one.envelope.assumed]
    for one in spec.row:
        if one.device.confidence.get("holes", "none") in {"low", "none"}:
            found.append(f"hole positions of {one.device.id} are not sure: check before printing")
    return tuple(dict.fromkeys([*found, *sag_notes(spec)]))


def _vents(spec: TraySpec, deck: Deck) -> tuple[Perforation, ...]:
    feet = tuple(circle(at, FOOT_MM) for at in _screws(spec))
    found = [*deck.floor_vents(deck.depth_mm, feet), *deck.ear_vents()]
    clear = [rectangle((-1, a - 1), (spec.panel_mm + deck.reach_mm, b + 1)) for a, b in deck.levels]
    clear.append(rectangle((-1, spec.bottom_mm - 1), (deck.depth_mm + 1, deck.top_mm)))
    over = max(z for window in _kept(spec) for _, z in window.points)
    bar = rectangle((-deck.inner_mm, over), (deck.inner_mm, spec.top_mm))
    found += spec.grid.through("xz", (0.0, spec.panel_mm), bar)
    wall = deck.wall(1)
    for side in (-1, 1):
        x = sorted((side * deck.inner_mm, side * deck.outer_mm))
        found += spec.grid.through("yz", (x[0], x[1]), wall.outline, clear)
    return tuple(found)
