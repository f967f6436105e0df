"""A rack's warmth and noise: heat inside, air it wants, every board's temperature, all fans."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Any

from catalog.load import Catalog
from catalog.models import Board, Device
from mounts.parts.frame_spec import FrameSpec
from packing.airflow.air import air_at, flow_for_rise_m3h, rise_k
from packing.airflow.board_heat import board_heat
from packing.airflow.cooling import Room
from rack.climate.fans import PANEL_SHARE, Blowers, blowers_of, together_dba
from rack.climate.spec import RoomSpec
from rack.climate.warmth import Warmth, alone, behind_fans, in_its_air, unknown
from rack.devices import find
from rack.energy.loads import Load
from rack.energy.supplies import is_of
from rack.figures import rounded
from rack.mounted import Module, Mounted
from rack.spec import Item

LOADS = ("idle", "typical", "peak")
CURE_FAN = "120x25"  # what is proposed where the rack has no fans of its own
M3H_PER_CFM = 1.699  # 1 ft³/min


@dataclass(frozen=True)
class ClimatePlan:
    """What a rack gives off, and how warm and loud that makes it.

    Args:
        room: the air that comes in, and the limits.
        heat_w: what devices in the rack give off, at each load; unknown ones count nothing and are
            named in the plan's `power`.
        wanted_m3h: the stream that keeps the rise through the whole rack within the limit, at peak.
        moved_m3h: what the fans in panels move, at half their free flow; 0 without.
        boards: for each load, every mount with boards.
        fans: every group of fans.
        warm: what gets too warm, in words.
        stale: by how much the air warms, where that is too much.
        parts: where there are several cabinets, each by itself.
    """

    room: RoomSpec
    heat_w: dict[str, float]
    wanted_m3h: float
    moved_m3h: float
    boards: dict[str, tuple[Warmth, ...]]
    fans: tuple[Blowers, ...]
    warm: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()
    parts: tuple["ClimatePlan", ...] = ()

    @property
    def rise_k(self) -> float | None:
        """By how much the fans in panels let the air warm at peak, K; `None` without any.

        Of several cabinets the most.
        """
        if self.parts:
            return max((one.rise_k for one in self.parts if one.rise_k is not None), default=None)
        if self.moved_m3h == 0:
            return None
        return rise_k(self.heat_w["peak"], self.moved_m3h, air_at(self.room.air_c))

    @property
    def noise_dba(self) -> float | None:
        """All fans at full speed, as one, dB(A); `None` without a known one."""
        return together_dba(one.noise_dba for one in self.fans if one.noise_dba is not None)

    @property
    def quiet_dba(self) -> float | None:
        """All fans at the speeds that typical load asks for, others at full speed, dB(A)."""
        slow = {one.label: one.noise_dba for one in self.boards["typical"] if one.speed}
        levels = [slow.get(one.label, one.noise_dba) for one in self.fans]
        return together_dba(level for level in levels if level is not None)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What there is to look at."""
        quiet, most_dba = self.quiet_dba, self.room.most_dba
        loud: list[str] = []
        if quiet is not None and most_dba is not None and quiet > most_dba:
            told = f"the fans make {quiet:.0f} dB(A) together, more than {most_dba:g}"
            loud.append(f"{told}: larger ones, slower")
        return (*self.warm, *self.stale, *loud)

    def as_dict(self) -> dict[str, Any]:
        """Return the fields by name, rounded as they are told."""
        return {
            "room": self.room.model_dump(),
            "heat_w": {case: round(watts, 1) for case, watts in self.heat_w.items()},
            "wanted_m3h": round(self.wanted_m3h, 1),
            "wanted_cfm": round(self.wanted_m3h / M3H_PER_CFM, 1),
            "moved_m3h": round(self.moved_m3h, 1),
            "rise_k": rounded(self.rise_k),
            "boards": {case: [w.as_dict() for w in self.boards[case]] for case in LOADS},
            "fans": [one.as_dict() for one in self.fans],
            "noise_dba": rounded(self.noise_dba),
            "quiet_dba": rounded(self.quiet_dba),
            "unknown_noise": [one.label for one in self.fans if one.noise_dba is None],
            "warnings": list(self.warnings),
        }


def plan_climate(
    room: RoomSpec,
    mounts: Sequence[Mounted],
    items: Mapping[str, Item],
    loads: Sequence[Load],
    catalog: Catalog,
) -> ClimatePlan:
    """Say how warm and loud a rack gets.

    Args:
        room: the air that comes in, and the limits.
        mounts: all that is made, in the rack and beside it.
        items: by label, for what was measured of them.
        loads: what they draw: all of it becomes heat.
        catalog: facts.
    """
    fans = tuple(b for m in mounts if (b := blowers_of(m.label, m.spec, m.count)) is not None)
    inside = [
        load for m in mounts if isinstance(m, Module) for load in loads if is_of(load, m.label)
    ]
    heat = {case: sum(load.count * _watts(load, case) for load in inside) for case in LOADS}
    air = Room(inlet_c=room.air_c, margin_k=room.margin_k)
    by_label = {one.label: one for one in fans}
    asked = [_Asked(case, loads, items, by_label, air, catalog) for case in LOADS]
    boards = {
        one.case: tuple(warm for m in mounts if (warm := _warmth(m, one)) is not None)
        for one in asked
    }
    moved = sum(
        PANEL_SHARE * one.count * (one.fan.flow_m3h or 0.0)
        for one in fans
        if one.where == "in its panel"
    )
    wanted = flow_for_rise_m3h(heat["peak"], room.rise_k, air_at(room.air_c))
    plan = ClimatePlan(room, heat, wanted, moved, boards, fans)
    return replace(plan, warm=_too_warm_all(plan, mounts, catalog), stale=_stale(plan, catalog))


def together(named: Mapping[str, ClimatePlan]) -> ClimatePlan:
    """Return several cabinets, and what stands beside them, as one.

    Args:
        named: each by itself, all in one room; a sole one is returned as it is.
    """
    plans = [*named.values()]
    if len(plans) == 1:
        return plans[0]
    return ClimatePlan(
        room=plans[0].room,
        heat_w={case: sum(one.heat_w[case] for one in plans) for case in LOADS},
        wanted_m3h=sum(one.wanted_m3h for one in plans),
        moved_m3h=sum(one.moved_m3h for one in plans),
        boards={case: tuple(w for one in plans for w in one.boards[case]) for case in LOADS},
        fans=tuple(fan for one in plans for fan in one.fans),
        warm=tuple(text for one in plans for text in one.warm),
        stale=tuple(f"{name}: {text}" for name, one in named.items() for text in one.stale),
        parts=tuple(plans),
    )


def _watts(load: Load, case: str) -> float:
    """Return what one gives off; where its typical draw is not known, its peak."""
    own: float | None = getattr(load, f"{case}_w")
    return (load.peak_w if own is None and case == "typical" else own) or 0.0


@dataclass(frozen=True)
class _Asked:
    """What the warmth of every mount is asked with."""

    case: str
    loads: Sequence[Load]
    items: Mapping[str, Item]
    fans: Mapping[str, Blowers]
    room: Room
    catalog: Catalog


def _warmth(mount: Mounted, asked: _Asked) -> Warmth | None:
    """Return how warm a mount's boards get at one load; `None` without boards or a known draw."""
    device = find(asked.catalog, mount.device) if mount.device else None
    load = next((one for one in asked.loads if one.label == mount.label), None)
    watts = _watts(load, asked.case) if load else 0.0
    if not isinstance(device, Board) or device.category != "sbc" or watts == 0:
        return None
    item = asked.items.get(mount.label)
    own = item.soc_k_per_w if item else None
    heat, blowers = board_heat(device, watts, own), asked.fans.get(mount.label)
    if blowers is not None and isinstance(mount.spec, FrameSpec):
        if blowers.fan.flow_m3h is not None and blowers.fan.static_pa is not None:
            return behind_fans(blowers, mount.spec, device, heat, asked.room)
        return unknown(mount, device, heat, asked.room, "the curve of its fans is not known")
    if own is not None:  # measured as it stands, with its heat sink and fan
        return in_its_air(mount, device, heat, asked.room)
    hat = asked.catalog.hat(mount.hat) if mount.hat else None
    if blowers is not None or (hat is not None and hat.fan_mm is not None):
        why = "what its own fan does is not known: measure it and give soc_k_per_w"
        return unknown(mount, device, heat, asked.room, why)
    return alone(mount, device, heat, asked.room)


def _too_warm_all(
    plan: ClimatePlan, mounts: Sequence[Mounted], catalog: Catalog
) -> tuple[str, ...]:
    found = [text for warm in plan.boards["peak"] if (text := _too_warm(warm, plan.room))]
    around_c = plan.room.air_c + (plan.rise_k or 0.0)
    for mount in mounts:
        device = find(catalog, mount.device) if mount.device else None
        most = device.thermal.ambient_max_c if isinstance(device, Device) else None
        if most is not None and around_c > most:
            found.append(
                f"{mount.label}: {around_c:.0f} °C around it, and it is made for {most:g} °C"
            )
    return tuple(found)


def _stale(plan: ClimatePlan, catalog: Catalog) -> tuple[str, ...]:
    rise = plan.rise_k
    if rise is None or rise <= plan.room.rise_k:
        return ()
    return (
        f"the air warms by {rise:.0f} K on its way through, more than {plan.room.rise_k:g}: "
        f"{_more_fans(plan, catalog)}",
    )


def _too_warm(warm: Warmth, room: RoomSpec) -> str:
    """Say what is too warm and what helps; nothing where the figures are another board's."""
    if warm.notes or warm.soc_least_c is None:
        return ""
    if warm.soc_least_c > warm.limit_c:
        return (
            f"{warm.label}: slows down at {warm.watts_w:g} W: {warm.soc_least_c:.0f} °C even "
            f"in the open, and {warm.limit_c:g} °C is where it does: a heat sink or a fan"
        )
    if warm.choked:
        return f"{warm.label}: its fans get too little through: wider air_gap"
    if warm.soc_most_c is not None and warm.soc_most_c > warm.limit_c - room.margin_k:
        return (
            f"{warm.label}: up to {warm.soc_most_c:.0f} °C at {warm.watts_w:g} W, less than "
            f"{room.margin_k:g} K below {warm.limit_c:g} °C: a heat sink, a wider air_gap, "
            "or fewer boards"
        )
    return ""


def _more_fans(plan: ClimatePlan, catalog: Catalog) -> str:
    """Say how many of a usual fan would move what is wanted."""
    fan = catalog.fan(CURE_FAN)
    many = ceil(plan.wanted_m3h / (PANEL_SHARE * (fan.flow_m3h or 1.0)))
    return f"{plan.wanted_m3h:.0f} m³/h want {many} of {CURE_FAN}"
