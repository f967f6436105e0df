"""What a part carries and what holds it: the load case of each family, in the part's own frame."""

from collections.abc import Iterable
from dataclasses import replace

from catalog.models import Board, Box, Drive, Fact, Psu
from catalog.rack_units import hole_heights_mm
from mounts import labstack
from mounts.assembly import device_blocks
from mounts.board import Block, Seat
from mounts.geometry.sheet import Body
from mounts.panel import PanelSpec
from mounts.part import Part
from mounts.parts.adapter import AdapterSpec
from mounts.parts.drives import DrivesSpec
from mounts.parts.ears import EarsSpec
from mounts.parts.fan_wall import borne
from mounts.parts.frame_bays import span_mm
from mounts.parts.frame_spec import FrameSpec
from mounts.parts.frame_spine import spine
from mounts.parts.holder import HolderSpec
from mounts.parts.psu import PsuSpec
from mounts.parts.rear_spec import LEG_MM, RearSpec
from mounts.parts.sled_spec import SledSpec
from mounts.parts.stack_spec import StackSpec
from mounts.parts.tray_spec import TraySpec
from mounts.parts.wall import WallSpec
from mounts.strength import hung
from mounts.strength.loads import BOLT_MM, FAR_MM, WASHER_MM, Case, Held, Load, Rail, Tie
from mounts.weight import BOX_KG_L, SLED_G, on_posts, weight_of

Span = tuple[float, float]
FLANGE_WASHER_MM = 3.5  # half of an M3's washer (ISO 7089, 7 mm)
SCREWED_MM = 3.5  # half of what a pan head of M3 or #6-32 and the case clamp
STIFF = "what is screwed down is stiff: its metal case, held by four screws"
FOOT_SHARE = 0.2  # of a device's width and depth: a foot, screw or standoff in each corner
POST_MM = 3.0  # half of a post: a screw of 2.5 mm with its wall
ON_MM = 0.3  # grid lines stand so near to the faces of a wall
BOX_DEEP_MM = 200.0  # a box in ears, where nobody says: half of it behind its middle


def case_of(spec: Fact) -> Case | None:  # noqa: PLR0911 - one line for each family
    """Return the load case of a part, or nothing for one that carries nothing.

    Args:
        spec: what the part is made from.
    """
    match spec:
        case PsuSpec(facing="rear"):
            return None
        case DrivesSpec(piece="shelf") | PsuSpec(piece="shelf", held=True):
            held = (*_screws(spec), *_rear(spec))
            return Case((), held, (*spec.assumed, STIFF), _ties(spec))
        case RearSpec(piece="shelf"):
            return _case(_carried(spec), (*_screws(spec), *_rear(spec)))
        case RearSpec():
            return _bracket(spec)
        case TraySpec():
            loads = tuple(load for one in spec.carried for load in _posts(one.seat))
            return Case(loads, _screws(spec), spec.assumed)
        case FrameSpec(piece="frame"):
            return _frame(spec)
        case FrameSpec():
            return None
        case SledSpec():
            return _sled(spec)
        case EarsSpec():
            return _ear(spec)
        case _:
            return _elsewhere(spec)


def _elsewhere(spec: Fact) -> Case | None:
    """Return the case of what is no shelf, tray or frame in a rack."""
    match spec:
        case WallSpec():
            return hung.wall(spec)
        case HolderSpec():
            return hung.holder(spec)
        case StackSpec():
            return hung.stack(spec)
        case AdapterSpec():
            return hung.adapter(spec, _screws(spec))
        case _:
            return None


def assembled(part: Part, spec: Fact) -> Part:
    """Return a part with what is screwed to it and bears it: a frame with its spine, or its fans'.

    Args:
        part: what is judged.
        spec: what it was made from.
    """
    if not (isinstance(spec, FrameSpec) and spec.piece == "frame"):
        return part
    if spec.fan_bears:
        return borne(part, spec)
    if not spec.spined:
        return part
    own = spine(spec)
    body = Body((*part.body.sheets, *own.body.sheets), part.body.cuts)
    return replace(part, body=body, perforations=(*part.perforations, *own.perforations))


def _case(pairs: Iterable[tuple[Block, Box | Board | Psu | Drive]], held: tuple[Held, ...]) -> Case:
    loads: list[Load] = []
    said: list[str] = []
    for block, device in pairs:
        grams, text = weight_of(device)
        loads += [Load(foot, grams / 4) for foot in _feet(block)]
        said += [text] if text else []
    return Case(tuple(loads), held, tuple(dict.fromkeys(said)))


def _ties(spec: DrivesSpec | PsuSpec) -> tuple[Tie, ...]:
    """Return the devices by their screws: of a disk the outermost four."""
    r, found = SCREWED_MM, list[Tie]()
    for block, device in _carried(spec):
        x0, x1 = block.low[0], block.high[0]
        if isinstance(spec, PsuSpec) and spec.rear_holes:
            thick = spec.panel_mm
            places = [Block((x - r, 0, z - r), (x + r, thick, z + r)) for x, z in spec.rear_holes]
        else:
            at = spec.bottom_holes if isinstance(spec, PsuSpec) else spec.screws
            own = [(x, y) for x, y in at if x0 < x < x1]
            ends = {min(y for _, y in own), max(y for _, y in own)}
            top = spec.floor_top_mm
            places = [
                Block((x - r, y - r, top - spec.floor_mm), (x + r, y + r, top))
                for x, y in own
                if y in ends
            ]
        found.append(Tie(tuple(places), block, weight_of(device)[0]))
    return tuple(found)


def _feet(block: Block) -> list[Block]:
    """Return the four corners of a device: it is stiff, and stands on feet, screws or standoffs."""
    (x0, y0, z), (x1, y1, top) = block.low, block.high
    dx, dy = FOOT_SHARE * (x1 - x0), FOOT_SHARE * (y1 - y0)
    return [Block((x, y, z), (x + dx, y + dy, top)) for x in (x0, x1 - dx) for y in (y0, y1 - dy)]


def _posts(seat: Seat) -> list[Load]:
    """Return a board's weight on what it stands on."""
    r, z = POST_MM, seat.under_mm
    return [
        Load(Block((x - r, y - r, z), (x + r, y + r, z + 1.0)), grams)
        for (x, y), grams in on_posts(seat)
    ]


def _carried(spec: RearSpec) -> list[tuple[Block, Box | Psu | Drive]]:
    return list(zip(device_blocks(spec), spec.held_devices, strict=True))


def _screws(spec: PanelSpec) -> tuple[Held, ...]:
    """The washers of the outermost screw of each corner."""
    heights = hole_heights_mm(spec.height_u, spec.start)
    x, r = spec.standard.hole_pitch_mm / 2, WASHER_MM
    return tuple(
        Held(Block((side * x - r, -FAR_MM, z - r), (side * x + r, FAR_MM, z + r)))
        for side in (-1, 1)
        for z in sorted({min(heights), max(heights)})
    )


def _flange(spec: FrameSpec) -> tuple[Held, ...]:
    """The washers of the four screws that hold a module in LabStack's bracket."""
    middle, r = (spec.bottom_mm + spec.top_mm) / 2, FLANGE_WASHER_MM
    return tuple(
        Held(Block((x - r, -FAR_MM, z - r), (x + r, spec.panel_mm, z + r)))
        for x, z in labstack.screws((0.0, middle))
    )


def _rear(spec: RearSpec) -> tuple[Held, ...]:
    """The brackets' bolts: they may slide along their slots, but not down."""
    r = BOLT_MM
    return tuple(
        Held(Block((-FAR_MM, y - r, z - r), (FAR_MM, y + r, z + r)), "xz")
        for y, z in (spec.bolts if spec.braced else ())
    )


def rear_share(spec: RearSpec) -> float:
    """Return the share of a shelf's weight on the rear posts: a beam on two supports."""
    total = moment = 0.0
    for block, device in _carried(spec):
        grams, _ = weight_of(device)
        total += grams
        moment += grams * (block.low[1] + block.high[1]) / 2
    middle = sum(y for y, _ in spec.bolts) / len(spec.bolts)
    return min(1.0, moment / (total * middle))


def _bracket(spec: RearSpec) -> Case:
    side = 1 if spec.piece == "right-bracket" else -1
    grams = spec.load_g * rear_share(spec) / 2
    x, w, r = side * spec.standard.hole_pitch_mm / 2, WASHER_MM, BOLT_MM
    end = spec.posts_mm
    held = [
        Held(Block((x - w, end - LEG_MM - 1, z - w), (x + w, end + 1, z + w)))
        for z in spec.bracket_holes_mm
    ]
    # Bolted flat to the shelf's wall the leg can neither tip nor turn, only go down with it.
    held += [
        Held(Block((-FAR_MM, y - r, z - r), (FAR_MM, y + r, z + r)), "xy") for y, z in spec.bolts
    ]
    loads = tuple(
        Load(
            Block((-FAR_MM, y - r, z - r), (FAR_MM, y + r, z + r)),
            grams / len(spec.bolts),
            below=False,
        )
        for y, z in spec.bolts
    )
    return Case(loads, tuple(held), spec.assumed)


def _frame(spec: FrameSpec) -> Case:
    """Flat sleds lie in the walls beside them, those on edge on their floor."""
    spans = [span_mm(group) for group in spec.groups]
    low, high = spec.inside_z_mm
    ends = [-spec.outer_mm, *(x for span in spans for x in span), spec.outer_mm]
    walls = list(zip(ends[::2], ends[1::2], strict=True))
    on_wall, on_floor = [0.0] * len(walls), [0.0] * len(spans)
    for one in (stand for stand in spec.stands if stand.row == 0):
        grams = weight_of(one.bay.sled.device)[0] + SLED_G
        group = next(k for k, group in enumerate(spec.groups) if one.bay in group)
        if one.bay.turned:
            on_floor[group] += grams
        else:
            on_wall[group] += grams / 2
            on_wall[group + 1] += grams / 2
    y = spec.panel_mm, spec.guide_mm
    loads = [
        Load(Block((a, front, low), (b, rear, high)), grams * share)
        for (a, b), grams, group in zip(spans, on_floor, spec.groups, strict=True)
        for (front, rear), share in _front_and_rear(y, group[0].sled)
    ]
    loads += [
        Load(Block((a - ON_MM, y[0], low), (b + ON_MM, y[1], high)), grams, below=False)
        for (a, b), grams in zip(walls, on_wall, strict=True)
    ]
    loads = [one for one in loads if one.grams > 0]
    held = _screws(spec) if spec.opening == "rack" else _flange(spec)
    case = Case(tuple(loads), held, spec.assumed)
    return case if not spec.barred else replace(case, rails=(_rail(spec, walls),))


def _rail(spec: FrameSpec, walls: list[tuple[float, float]]) -> Rail:
    """The steel bar behind the sleds, as if it had no play."""
    steel = spec.steel
    (y0, y1), half = steel.y_mm, steel.high_mm / 2
    low, high = steel.middle_mm - half, steel.middle_mm + half
    slots = tuple(Block((a, y0, low), (b, y1, high)) for a, b in walls)
    return Rail(slots, steel.bending_nmm2, steel.yields_nmm)


def _front_and_rear(
    grooves_mm: Span, sled: SledSpec
) -> tuple[tuple[Span, float], tuple[Span, float]]:
    """Return the front and the rear half of the grooves, and their shares of a sled's weight.

    Its middle is the board's. If that lies far back the rear half bears all, and the roof of the
    groove holds the sled down in front.
    """
    start, end = grooves_mm
    middle = (start + end) / 2
    board = sled.seat.edge_mm + sled.seat.deep_mm / 2
    rear = min(1.0, max(0.0, (board - (start + middle) / 2) / ((end - start) / 2)))
    return ((start, middle), 1.0 - rear), ((middle, end), rear)


def _sled(spec: SledSpec) -> Case:
    """A sled held along both its edges; on edge it carries its board in its own plane, stiffer."""
    text = weight_of(spec.device)[1]
    low, high = -spec.plate_across_mm / 2, spec.plate_across_mm / 2
    held = tuple(Held(Block((x - 3, 0.0, -FAR_MM), (x + 3, FAR_MM, FAR_MM))) for x in (low, high))
    return Case(tuple(_posts(spec.seat)), held, (text,) if text else ())


def _ear(spec: EarsSpec) -> Case:
    """Half a box: its weight on the screws, and the couple of its middle far behind them."""
    side = 1 if spec.side == "right" else -1
    size_l = spec.box_mm * BOX_DEEP_MM * (spec.top_mm - spec.bottom_mm) / 1e6
    grams = size_l * BOX_KG_L * 1000
    x, w, r = side * spec.standard.hole_pitch_mm / 2, WASHER_MM, BOLT_MM
    heights = hole_heights_mm(spec.height_u, spec.start)
    held = tuple(
        Held(Block((x - w, -FAR_MM, z - w), (x + w, spec.panel_mm + 0.1, z + w)))
        for z in sorted({min(heights), max(heights)})
    )
    middle = sum(y for y, _ in spec.holes) / len(spec.holes)
    spread = sum((y - middle) ** 2 for y, _ in spec.holes)
    lever = BOX_DEEP_MM / 2 - middle
    loads = tuple(
        Load(
            Block((-FAR_MM, y - r, z - r), (FAR_MM, y + r, z + r)),
            grams / 2 * (1 / len(spec.holes) + (lever * (y - middle) / spread if spread else 0.0)),
            below=False,
        )
        for y, z in spec.holes
    )
    said = f"a box of {grams / 1000:.1f} kg between two ears, {BOX_DEEP_MM:g} mm deep"
    return Case(loads, held, (said,))
