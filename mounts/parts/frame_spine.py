r"""The spine: a plate behind the sleds that bears a wide frame, and the walls that hang on it.

Nothing before the boards can bear a frame across a rack: there the sleds go in and out. Behind them
a plate as high as the box is a beam, floor and roof go on to it as its flanges, and upright walls
between the bays carry both. It is printed flat, and screwed to bosses at the ends of the walls.

    from the rear                         from above, panel below
    +o-----o-----o-----o+                 ============o========== spine
    |  \  /|\    |    / |                 |     |     |     |   |
    |   \/ | \   |   /  | cables and      |     |     |     |   | walls
    |   /\ |  \  |  /   | air pass        |.....|.....|.....|...| rear end of the grooves
    |  /  \|   \ | /    |                 |     |     |     |   |
    +o-----o-----o-----o+                 ======================= panel
"""

import math
from itertools import pairwise

from mounts.geometry.flat import ROOF_DEG, Loop, Point, circle, polygon, rectangle
from mounts.geometry.sheet import Sheet, joined
from mounts.geometry.vents import HexGrid, Perforation
from mounts.hardware import screws
from mounts.part import Part
from mounts.parts.fan_wall import BORE_MM, BOSS_MM, OVERLAP_MM, PASS_MM
from mounts.parts.frame_spec import SPINE_MM, FrameSpec

PROUD_MM = 0.6  # bosses stand out of what they end, so that a spine is clamped to them alone
INTO_MM = 8.0  # how far a screw's hole goes into its boss
BAR_MM = 6.0  # of the spine, between two openings
POST_MM = 11.0  # of the spine, behind a wall: a screw's head and what is left round it
LEAST_OPENING_MM = 12.0
WEB_MM, SPINED_WEB_MM = 2.0, 3.0
EVERY_MM = 70.0  # from one post to the next, about
SCREW = ("M3", 10)


def tail(spec: FrameSpec) -> list[Sheet]:
    """Return what a frame gains behind its box: floor, roof and walls, and bosses at their end."""
    if not spec.spined:
        return []
    low, high, half = spec.low_mm, spec.high_mm, spec.outer_mm
    inside = (spec.inside_low_mm, spec.inside_high_mm)
    bays = tuple(
        rectangle((a, inside[0]), (b, inside[1])) for (_, a), (b, _) in pairwise(spec.walls_mm)
    )
    box = Sheet(
        "xz",
        rectangle((-half, low), (half, high), 2.0),
        spec.end_mm - OVERLAP_MM,
        spec.back_mm - PROUD_MM,
        bays,
    )
    bosses = [sheet for at in posts_mm(spec) for up in (-1, 1) for sheet in _boss(spec, at, up)]
    return [box, *bosses]


def bores(spec: FrameSpec) -> tuple[Sheet, ...]:
    """Return the core holes of the screws, from the rear through bosses and what they grow from."""
    if not spec.spined:
        return ()
    core = BORE_MM + spec.calibration.screw_mm + spec.calibration.hole_mm
    start, end = spec.back_mm - INTO_MM, spec.back_mm + 1.0
    return tuple(Sheet("xz", circle(at, core), start, end) for at in screw_places(spec))


def spine(spec: FrameSpec) -> Part:
    """Return the plate: posts behind the walls, bars between them, the rest open."""
    half, low, high = spec.outer_mm, spec.low_mm, spec.high_mm
    places = screw_places(spec)
    holes = tuple(circle(at, PASS_MM) for at in places)
    plate = Sheet("xz", rectangle((-half, low), (half, high), 2.0), *_thick(spec), holes)
    return Part(
        name=spec.title,
        family="frame",
        body=joined([plate]),
        up="+y",
        perforations=_openings(spec),
        hardware=(screws(SCREW, len(places), "spine to frame", "pan-head screw for plastics"),),
        notes=("put it on last: the sleds' cables pass through its openings",),
    )


def screw_places(spec: FrameSpec) -> list[Point]:
    """Return where its screws are, (x, z): at both ends of each wall's rear edge."""
    inset = BOSS_MM / 2
    levels = spec.low_mm + inset, spec.high_mm - inset
    return [(x, z) for x in posts_mm(spec) for z in levels]


def posts_mm(spec: FrameSpec) -> list[float]:
    """Return where the spine has posts, x: behind each wall, and between them if they are far."""
    walls = spec.walls_mm
    at = [
        walls[0][0] + BOSS_MM / 2,
        *((a + b) / 2 for a, b in walls[1:-1]),
        walls[-1][1] - BOSS_MM / 2,
    ]
    found = [at[0]]
    for left, right in pairwise(at):
        many = max(1, round((right - left) / EVERY_MM))
        found += [left + (right - left) * k / many for k in range(1, many + 1)]
    return found


def grid(spec: FrameSpec) -> HexGrid:
    """Return the vents of a frame: floor and roof that are flanges of a beam have wider webs."""
    return HexGrid(spec.vent_mm, SPINED_WEB_MM if spec.spined or spec.fan_bears else WEB_MM, WEB_MM)


def tail_vents(spec: FrameSpec) -> tuple[Perforation, ...]:
    """Return openings in what goes on behind the box: clear of bosses."""
    if not spec.spined:
        return ()
    start, end = spec.end_mm, spec.back_mm - PROUD_MM
    low, high = spec.low_mm, spec.high_mm
    boss = BOSS_MM + 1.0
    found: list[Perforation] = []
    floors = (low, spec.inside_low_mm), (spec.inside_high_mm, high)
    clear = [
        rectangle((x - boss / 2 - 1.0, end - 2 * boss), (x + boss / 2 + 1.0, end + 1.0))
        for x in posts_mm(spec)
    ]
    for (_, a), (b, _) in pairwise(spec.walls_mm):
        for slab in floors:
            found += grid(spec).through("xy", slab, rectangle((a, start), (b, end)), clear)
    corners = [rectangle((end - 2 * boss, z), (end + 1.0, z + boss)) for z in (low, high - boss)]
    inside = rectangle((start, spec.inside_low_mm), (end, spec.inside_high_mm))
    for wall in spec.walls_mm:
        found += grid(spec).through("yz", wall, inside, corners)
    return tuple(found)


def _thick(spec: FrameSpec) -> tuple[float, float]:
    return spec.back_mm, spec.back_mm + SPINE_MM


def _boss(spec: FrameSpec, x: float, up: int) -> list[Sheet]:
    """A boss in a corner of floor or roof, proud of them, and the slopes that it grows from."""
    half, sunk = BOSS_MM / 2, OVERLAP_MM
    edge = spec.high_mm if up > 0 else spec.low_mm
    z = sorted((edge, edge - up * BOSS_MM))
    start = spec.back_mm - INTO_MM
    found = [Sheet("xz", rectangle((x - half, z[0]), (x + half, z[1])), start, spec.back_mm)]
    wall = next((one for one in spec.walls_mm if one[0] < x + half and one[1] > x - half), None)
    if wall is None:  # it stands on the floor, or hangs from the roof
        inner = edge - up * (spec.flat_mm - sunk)
        return [*found, Sheet("yz", _slope(inner, edge - up * BOSS_MM, start), x - half, x + half)]
    sides = (wall[0] + sunk, x - half), (wall[1] - sunk, x + half)
    return found + [
        Sheet("xy", _turned(_slope(root, tip, start)), z[0], z[1])
        for root, tip in sides
        if not wall[0] <= tip <= wall[1]
    ]


def _slope(root: float, tip: float, start: float) -> Loop:
    """Return what a boss grows from, (y, outwards): as steep as prints in the air."""
    rise = abs(tip - root) * math.tan(math.radians(ROOF_DEG))
    top = start + OVERLAP_MM
    return polygon([(start - rise, root), (start, tip), (top, tip), (top, root)])


def _turned(loop: Loop) -> Loop:
    return Loop(tuple((x, y) for y, x in loop.points), loop.radii)


def _openings(spec: FrameSpec) -> tuple[Perforation, ...]:
    """Return two triangles on each side of every bar, between the posts."""
    low, high = spec.low_mm + BAR_MM, spec.high_mm - BAR_MM
    tall = high - low
    found: list[Perforation] = []
    for k, (left, right) in enumerate(pairwise(posts_mm(spec))):
        a, wide = left + POST_MM / 2, right - left - POST_MM
        if wide < LEAST_OPENING_MM or tall < LEAST_OPENING_MM:
            continue
        found += [
            Perforation("xz", *_thick(spec), cell, ((0.0, 0.0),))
            for cell in _triangles((a, low), (wide, tall), falling=k % 2 == 1)
        ]
    return tuple(found)


def _triangles(corner: Point, size: Point, *, falling: bool) -> list[tuple[Point, ...]]:
    """Return what a diagonal bar leaves open of a rectangle."""
    (x, z), (wide, tall) = corner, size
    slant = BAR_MM * math.hypot(wide, tall)
    cut_x, cut_z = slant / tall / 2, slant / wide / 2
    over = [(0.0, cut_z), (wide - cut_x, tall), (0.0, tall)]
    under = [(cut_x, 0.0), (wide, 0.0), (wide, tall - cut_z)]
    if falling:
        over, under = ([(wide - px, pz) for px, pz in reversed(one)] for one in (over, under))
    return [tuple((x + px, z + pz) for px, pz in one) for one in (over, under)]
