"""Load cases of wall mounts, holders, stacks and adapters.

Where gravity pulls is said in the part's own frame: a wall mount lies on its back there.
"""

from mounts.board import Block
from mounts.parts.adapter import AdapterSpec
from mounts.parts.holder import WASHER_D_MM, HolderSpec
from mounts.parts.stack import BOSS_MM, shelf_screws
from mounts.parts.stack_spec import BRACKET_MM, StackSpec
from mounts.parts.wall import CORNER_MM, HEAD_MM, WallSpec
from mounts.strength.loads import BOLT_MM, FAR_MM, WASHER_MM, Case, Held, Load, Tie
from mounts.weight import BOARD_G_CM2, BOX_KG_L, weight_of

ON_MM = 0.01  # of a face
LEAN_MM = 5.0  # of an edge that is pressed to what it lies on
SCREW_MM = 3.0  # half of what a fan's screw presses on: M3, pan head (ISO 7045)
GEAR_DEEP_MM = 200.0  # of gear in an adapter, where nobody says: half of it behind its middle
# Read from memory, for parts of a few grams: fans of 40 x 10 to 80 x 25 weigh 0.6 to 1.1 g/cm³,
# and half of a finned heat sink is aluminium of 2.7 g/cm³.
FAN_G_CM3, SINK_G_CM3 = 1.1, 1.4


def wall(spec: WallSpec) -> Case:
    """A box on two ledges; four screws hold the plate, and its lower edge leans on the wall."""
    grams, text = weight_of(spec.device)
    r, low = HEAD_MM / 2, -spec.clearance_mm - spec.wall_mm
    held = [
        Held(Block((x - r, y - r, -FAR_MM), (x + r, y + r, spec.plate_mm))) for x, y in spec.screws
    ]
    held.append(Held(Block((-FAR_MM, -FAR_MM, -ON_MM), (FAR_MM, low + LEAN_MM, ON_MM)), "z"))
    y, long = -spec.clearance_mm, CORNER_MM * spec.device.case.width_mm
    z = spec.lean_mm, spec.lean_mm + spec.device.case.height_mm
    ends = [(-spec.inner_mm, long - spec.inner_mm), (spec.inner_mm - long, spec.inner_mm)]
    loads = [
        Load(Block((a, y - ON_MM, z[0]), (b, y + ON_MM, z[1])), grams / 2, below=False)
        for a, b in ends
    ]
    return Case(tuple(loads), tuple(held), (text,) if text else (), down="-y")


def holder(spec: HolderSpec) -> Case:
    """Half of what stands lies in the channel's side, as if the plate below were upright.

    With the plate lying it is pressed to it, which bends nothing.
    """
    if spec.device is not None:
        grams, text = weight_of(spec.device)
    else:
        grams = spec.width_mm * spec.height_mm * BOARD_G_CM2 / 100
        text = f"{spec.name} taken to weigh {grams / 1000:.2f} kg by its size"
    said = (text, "its plate taken to stand upright") if text else ("its plate stands upright",)
    r = WASHER_D_MM[spec.screw] / 2
    held = [
        Held(Block((spec.bolt_x_mm - r, y - r, -ON_MM), (spec.bolt_x_mm + r, y + r, spec.foot_mm)))
        for y in (-spec.bolt_y_mm, spec.bolt_y_mm)
    ]
    edge = LEAN_MM - spec.foot_y_mm
    held.append(Held(Block((-FAR_MM, -FAR_MM, -ON_MM), (FAR_MM, edge, ON_MM)), "z"))
    y, x = -spec.inner_mm, (-spec.clearance_mm, spec.grip_mm)
    side = Block((x[0], y - ON_MM, spec.stand_mm), (x[1], y + ON_MM, spec.stand_mm + spec.high_mm))
    return Case((Load(side, grams / 2, below=False),), tuple(held), said, down="-y")


def stack(spec: StackSpec) -> Case | None:
    """All boards stand on the base, which its four bolts alone hold; a fan hangs in its bracket."""
    board, text = weight_of(spec.device)
    fan = spec.fan.size_mm**2 * spec.fan.thickness_mm / 1000 * FAN_G_CM3 if spec.fan else 0.0
    x, y, high = spec.sink_mm or (0.0, 0.0, 0.0)
    each = board + fan + x * y * high / 1000 * SINK_G_CM3
    said, holes = ((text,) if text else ()), spec.board_holes
    match spec.piece:
        case "plate":
            z, r = (spec.boss_top_mm - ON_MM, spec.boss_top_mm + ON_MM), BOSS_MM / 2
            share = spec.count * each / len(holes)
            loads = [Load(_round(at, r, z), share, below=False) for at in holes]
            held = [
                Held(_round(at, BOLT_MM, (-FAR_MM, spec.floor_mm))) for at in shelf_screws(spec)
            ]
        case "fan-bracket" if spec.fan is not None:
            (cx, cy), half = spec.cooled_at, spec.fan.hole_pitch_mm / 2
            corners = [(cx + sx * half, cy + sy * half) for sx in (-1, 1) for sy in (-1, 1)]
            every = -FAR_MM, FAR_MM
            loads = [Load(_round(at, SCREW_MM, every), fan / 4, below=False) for at in corners]
            held = [Held(_round(at, spec.pillar_mm / 2, every)) for at in holes]
        case "spacer":
            low, high = _spacer_mm(spec)
            top, foot = (high - ON_MM, high + ON_MM), (low - ON_MM, low + ON_MM)
            share, r = spec.count * each / len(holes), spec.pillar_mm / 2
            loads = [Load(_round(holes[0], r, top), share, below=False)]
            held = [Held(_round(holes[0], r, foot))]
        case _:
            return None
    return Case(tuple(loads), tuple(held), said)


def _spacer_mm(spec: StackSpec) -> tuple[float, float]:
    """Return where a printed spacer begins and ends, z."""
    on_board = spec.under_mm(0) + spec.device.board.thickness_mm
    low, long = {
        "foot": (spec.boss_top_mm, spec.foot_mm),
        "board": (on_board, spec.over_mm),
        "bracket": (on_board + spec.over_mm + BRACKET_MM, spec.upper_mm),
    }[spec.spacer_on]
    return low, low + long


def _round(at: tuple[float, float], r: float, z: tuple[float, float]) -> Block:
    x, y = at
    return Block((x - r, y - r, z[0]), (x + r, y + r, z[1]))


def adapter(spec: AdapterSpec, held: tuple[Held, ...]) -> Case:
    """Stiff gear on its own panel's screws, its middle far behind them; each half bears half.

    Args:
        spec: the adapter.
        held: by the screws of the 19-inch rack.
    """
    low, high = spec.bottom_mm, spec.top_mm
    wide, r = spec.gear.opening_mm / 2, WASHER_MM
    grams = 2 * wide * GEAR_DEEP_MM * (high - low) / 1e6 * BOX_KG_L * 1000
    said = f"gear of {grams / 1000:.1f} kg, {GEAR_DEEP_MM:g} mm deep"
    where = [Block((x - r, -FAR_MM, z - r), (x + r, spec.panel_mm, z + r)) for x, z in spec.holes]
    middle = sum(x for x, _ in spec.holes) / len(spec.holes)
    if not spec.whole:  # the other half holds the gear as this one does: it does not turn
        wide, grams = 1.0, grams / 2
    device = Block((middle - wide, 0.0, low), (middle + wide, GEAR_DEEP_MM, high))
    return Case((), held, (said,), (Tie(tuple(where), device, grams),))
