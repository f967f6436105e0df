"""How the rack goes together, step by step: only what applies to it, each with its counts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from catalog.calibration import UNCALIBRATED
from mounts.pieces import pieces
from mounts.split.joining import joining
from rack.boards import BoardPlan
from rack.filled import Filled
from rack.items import labels
from rack.mounted import Mounted
from rack.parts import Print
from rack.plan import Plan

AT_POSTS = "rack screw"
EARLY = ("insert",)  # goes in before anything else is in the way
JOINS = ("glue",)  # said where the pieces are joined
LATE = ("fan",)  # goes on last
PLAY = 0.05  # 12 V and 5 V of a supply may be off by 5 % (ATX12V Power Supply Design Guide, 1.3)


@dataclass(frozen=True)
class Step:
    """One step: what is done, in order, and the mount or printed part whose pictures show it."""

    title: str
    does: tuple[str, ...]
    mount: str | None = None
    part: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return the fields by name, for JSON."""
        return {**asdict(self), "does": list(self.does)}


@dataclass(frozen=True)
class Needed:
    """A part of one mount: its record, and how many that mount takes."""

    record: Mapping[str, Any]
    count: int

    def hardware(self) -> Iterator[tuple[Mapping[str, Any], int]]:
        """Yield what is bought for it, and how many of each."""
        for one in self.record["hardware"]:
            yield one, one["count"] * self.count


def build_steps(
    plan: Plan, prints: Sequence[Print], plates: Mapping[str, Any], wiring: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Return the steps as plain data.

    Args:
        plan: the rack.
        prints: every part that was made.
        plates: their plates, with grams and minutes.
        wiring: the plan's wiring, as plain data.
    """
    own = {mount.label: _needed(mount, prints) for mount in plan.mounts}
    laid = dict(zip(labels(plan.spec.items), plan.spec.items, strict=True))
    boards = {label: item.power_board or "" for label, item in laid.items()}
    upwards = [m for one in plan.cabinets for m in reversed(one.modules)]  # uppermost come first
    found = [
        _print(plan, prints, plates),
        *map(_join, prints),
        _inserts(prints),
        *(
            _mount(mount, own[mount.label], mount.holds or boards.get(mount.label, ""))
            for mount in [*upwards, *plan.beside]
        ),
        *(_hang(one, own) for one in plan.cabinets),
        *(_board(board, wiring) for board in plan.boards),
        _cables(wiring),
        _start(plan),
    ]
    return [step.as_dict() for step in found if step is not None and step.does]


def _needed(mount: Mounted, prints: Sequence[Print]) -> list[Needed]:
    return [
        Needed(one.record, piece.count)
        for piece in pieces(mount.spec)
        for one in prints
        if one.spec == piece.spec
    ]


def _print(plan: Plan, prints: Sequence[Print], plates: Mapping[str, Any]) -> Step | None:
    if not prints:
        return None
    does: list[str] = []
    if plan.calibration == UNCALIBRATED:
        does.append(
            "Print and measure a coupon before the rest: rackpress mount coupon, then "
            f"rackpress calibrate --printer {plan.spec.printer} --material {plan.spec.material}"
        )
    many, whole = len(plates["plates"]), sum(one.count for one in prints)
    grams, hours = plates["print"]["filament_g"], plates["print"]["minutes"] / 60
    does.append(
        f"Print {_many(many, 'plate')}: {grams:.0f} g of {plan.spec.material}, {hours:.1f} h"
    )
    listed = ", ".join(_times(one.count, one.record["name"]) for one in prints)
    does.append(f"Count {_many(whole, 'part')}: {listed}")
    return Step("Print and check", tuple(does))


def _join(one: Print) -> Step | None:
    """Return how a part is put together that its bed is too small for."""
    if not one.record.get("pieces"):
        return None
    name, cut = one.record["name"], len(one.record["pieces"])
    each = " each" if one.count > 1 else ""
    does = [
        f"Have ready: {_screwed(bought, bought['count'] * one.count)}"
        for bought in one.record["hardware"]
        if bought["kind"] in JOINS
    ]
    does += [joining(seam) for seam in one.record["seams"]]
    return Step(f"Join {name} from its {cut} pieces{each}", tuple(does), part=name)


def _inserts(prints: Sequence[Print]) -> Step | None:
    does = [
        f"{_screwed(bought, bought['count'] * one.count)}, into {one.record['name']}"
        for one in prints
        for bought in one.record["hardware"]
        if bought["kind"] in EARLY
    ]
    return Step("Set the heat-set inserts", tuple(does)) if does else None


def _mount(mount: Mounted, needed: Sequence[Needed], holds: str) -> Step | None:
    """Return how one mount is put together: device, screws, fans; nothing for a bare panel."""
    bought = [row for one in needed for row in one.hardware()]
    mine = [row for row in bought if row[0]["kind"] not in (AT_POSTS, *EARLY, *JOINS)]
    does = [f"Take {', '.join(_times(one.count, one.record['name']) for one in needed)}"]
    if holds:
        does.append(f"Put in {holds}")
    does += [_screwed(one, many) for one, many in mine if one["kind"] not in LATE]
    does += [_screwed(one, many) for one, many in mine if one["kind"] in LATE]
    if not holds and not mine:
        return None
    return Step(f"Put {mount.label} together", tuple(does), mount.label if mount.device else None)


def _hang(one: Filled, own: Mapping[str, Sequence[Needed]]) -> Step | None:
    """Return how one cabinet is filled."""
    does = [
        f"Unit {module.at_u:g}{', rear posts' if module.face == 'rear' else ''}: {module.label}; "
        + "; ".join(
            _screwed(bought, many)
            for needed in own[module.label]
            for bought, many in needed.hardware()
            if bought["kind"] == AT_POSTS
        )
        for module in reversed(one.modules)
    ]
    into = f" of {one.name}" if one.name else ""
    return Step(f"Hang the modules{into}, from the bottom up", tuple(does)) if does else None


def _board(board: BoardPlan, wiring: Mapping[str, Any]) -> Step:
    """Return how a power board is tried before a node hangs on it."""
    spec, told = board.spec, board.as_dict()
    fuses: dict[float, int] = {}
    for one in told["nodes"]:
        fuses[one["fuse_a"]] = fuses.get(one["fuse_a"], 0) + 1
    plugs = list(dict.fromkeys(plug for rail in told["rails"] for plug in rail["plugs"]))
    supply = next((one["supply"] for one in wiring["nodes"] if one["power"] == spec.title), None)
    starts = "with the jumper" if spec.ps_on == "jumper" else "with the slide switch"
    volts = sorted({one["volts"] for one in wiring["outputs"] if one["board"] == spec.title})
    least = {one["output"]: one["least_v"] for one in told["nodes"]}
    does = [
        f"Fuses: {', '.join(f'{many} of {amps:g} A' for amps, many in sorted(fuses.items()))}",
        f"Plug {' and '.join(plugs)} into {supply or 'the supply'}; no node is connected yet",
        f"Start the supply {starts} and measure all {spec.outputs} outputs:",
    ]
    for level in volts:
        mine = [o for o in wiring["outputs"] if o["board"] == spec.title and o["volts"] == level]
        lowest = max(level * (1 - PLAY), *(least[one["output"]] for one in mine))
        span = f"OUT{mine[0]['output']}" + (f" to OUT{mine[-1]['output']}" if len(mine) > 1 else "")
        does.append(
            f"{span}: between {lowest:.2f} and {level * (1 + PLAY):.2f} V, plus in its place"
        )
    does.append("Switch off, and pull the mains plug")
    return Step(f"Try {spec.title} without nodes", tuple(does))


def _cables(wiring: Mapping[str, Any]) -> Step | None:
    does: list[str] = []
    for board in dict.fromkeys(one["board"] for one in wiring["outputs"]):
        ends = [
            f"OUT{one['output']} to {one['node']}"
            for one in wiring["outputs"]
            if one["board"] == board and one["node"]
        ]
        if ends:
            does.append(f"{board}, {_many(len(ends), 'lead')}: {', '.join(ends)}")
    for switch in dict.fromkeys(one["switch"] for one in wiring["ports"]):
        ends = [
            f"port {one['port']} to {one['node']}"
            for one in wiring["ports"]
            if one["switch"] == switch
        ]
        does.append(f"{switch}, {_many(len(ends), 'network cable')}: {', '.join(ends)}")
        hub = next(one for one in wiring["switches"] if one["switch"] == switch)
        if hub["way_out"]:
            does.append(f"{switch}: a port is left for the way out, to your router")
    for one in wiring["feeds"]:
        if one["kind"] == "ups":
            does.append(f"Into {one['name']}: {', '.join(one['feeds'])}")
    return Step("Connect everything", tuple(does)) if does else None


def _start(plan: Plan) -> Step | None:
    start = plan.energy.start.as_dict()
    if not start["nodes"]:
        return None
    many = _many(start["nodes"], "device")
    more = ", and what nobody knows" if start["unknown"] else ""
    if start["gap_s"] > 0:
        does = [
            f"Start {many} one after the other, {start['gap_s']:g} s apart: "
            f"{start['takes_s']:g} s in all, up to {start['staggered_w']:g} W{more}"
        ]
    else:
        does = [f"Start {many}: up to {start['at_once_w']:g} W{more}"]
    fans = sum(one.count for one in plan.climate.fans)
    does += [f"See that {_many(fans, 'fan')} turn{'s' if fans == 1 else ''}"] if fans else []
    for board in plan.boards:
        nodes = [one for one in board.as_dict()["nodes"] if one["worst_v"] is not None]
        if nodes:
            weak = min(nodes, key=lambda one: one["worst_v"] - one["least_v"])
            does.append(
                f"Under load, measure OUT{weak['output']} of {board.spec.title} at its node, the "
                f"weakest: {weak['least_v']:.2f} V or more"
            )
    return Step("Start it for the first time", tuple(does))


def _screwed(one: Mapping[str, Any], many: int) -> str:
    return f"{_times(many, one['what'])} ({one['use']})"


def _times(many: int, what: str) -> str:
    return f"{many} × {what}"


def _many(many: int, noun: str) -> str:
    return f"{many} {noun}{'' if many == 1 else 's'}"
