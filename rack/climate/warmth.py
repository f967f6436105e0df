"""How warm the boards of one mount get, idle to peak, and how fast its fans must turn for that.

Told is a range. Its upper end is cautious: boards take the air as warm as it leaves, the processor
sheds its heat as in still air. Where nobody knows how the air moves there is only a lower end:
what the board reaches alone in the open.
"""

from dataclasses import dataclass, replace
from typing import Any

from catalog.models import Board, Fan
from mounts.cooled import Cooling, case_of, filling
from mounts.parts.frame_spec import FrameSpec
from packing.airflow.board_heat import BoardHeat
from packing.airflow.cooling import Cooled, Room, cooled
from rack.climate.fans import Blowers, slowed, slower_dba
from rack.figures import rounded
from rack.mounted import Mounted

SPEEDS = tuple(n / 20 for n in range(4, 21))  # 20 to 100 %: below that small fans stand still


@dataclass(frozen=True)
class Warmth:
    """Boards of one kind on one mount at one load.

    Args:
        label: of the mount.
        board: its id.
        count: how many.
        watts_w: of one.
        rise_k: of the warmest air on its way through; `None`: nobody knows.
        soc_least_c: the least a processor reaches; `None`: nobody knows.
        soc_most_c: the most; `None`: nobody knows.
        limit_c: where it slows down.
        speed: share of the fans' full speed that holds the limit less the margin; `None` without
            fans, or where full speed does not.
        noise_dba: of the fans at that speed.
        choked: the fans get too little through.
        notes: what was assumed.
    """

    label: str
    board: str
    count: int
    watts_w: float
    rise_k: float | None
    soc_least_c: float | None
    soc_most_c: float | None
    limit_c: float
    speed: float | None = None
    noise_dba: float | None = None
    choked: bool = False
    notes: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return the fields by name, rounded as they are told."""
        return {
            "label": self.label,
            "board": self.board,
            "count": self.count,
            "watts_w": round(self.watts_w, 2),
            "rise_k": rounded(self.rise_k),
            "soc_least_c": rounded(self.soc_least_c),
            "soc_most_c": rounded(self.soc_most_c),
            "limit_c": self.limit_c,
            "speed": self.speed,
            "noise_dba": rounded(self.noise_dba),
            "choked": self.choked,
            "notes": list(self.notes),
        }


def alone(mount: Mounted, board: Board, heat: BoardHeat, room: Room) -> Warmth:
    """Return what is known of boards whose air nobody knows: the least they reach.

    Args:
        mount: what carries them.
        board: which.
        heat: of one.
        room: the air that comes in.
    """
    return Warmth(
        label=mount.label,
        board=board.id,
        count=mount.count,
        watts_w=heat.power_w,
        rise_k=None,
        soc_least_c=room.inlet_c + heat.soc_rise_k,
        soc_most_c=None,
        limit_c=heat.throttle_c,
        notes=heat.assumed,
    )


def unknown(mount: Mounted, board: Board, heat: BoardHeat, room: Room, why: str) -> Warmth:
    """Return boards of which nobody knows how warm they get.

    Args:
        mount: what carries them.
        board: which.
        heat: of one.
        room: the air that comes in.
        why: what is not known.
    """
    return replace(alone(mount, board, heat, room), soc_least_c=None, notes=(why,))


def in_its_air(mount: Mounted, board: Board, heat: BoardHeat, room: Room) -> Warmth:
    """Return how warm boards get whose figure was measured as they stand.

    Args:
        mount: what carries them.
        board: which.
        heat: of one, with the measured figure.
        room: the air that comes in.
    """
    found = alone(mount, board, heat, room)
    return replace(found, soc_most_c=found.soc_least_c)


def behind_fans(
    blowers: Blowers, spec: FrameSpec, board: Board, heat: BoardHeat, room: Room
) -> Warmth:
    """Return how warm a frame's boards get before its own fans, at the slowest speed that does.

    Args:
        blowers: its fans.
        spec: the frame.
        board: which it holds.
        heat: of one.
        room: what comes in, and how much is to spare.

    Raises:
        InputError: flow or pressure of the fan are not known.
    """
    limit = heat.throttle_c - room.margin_k
    for speed in SPEEDS:
        found = _at(spec, blowers.fan, heat, room, speed)
        if found.soc_c <= limit:
            break
    else:
        speed, found = 1.0, _at(spec, blowers.fan, heat, room, 1.0)
    holds = found.soc_c <= limit
    one = blowers.noise_dba
    return Warmth(
        label=blowers.label,
        board=board.id,
        count=spec.holds,
        watts_w=heat.power_w,
        rise_k=found.rise_k,
        soc_least_c=found.soc_least_c,
        soc_most_c=found.soc_c,
        limit_c=heat.throttle_c,
        speed=speed if holds else None,
        noise_dba=None if one is None else slower_dba(one, speed),
        choked=found.work is not None and found.work.choked,
        notes=heat.assumed,
    )


def _at(spec: FrameSpec, fan: Fan, heat: BoardHeat, room: Room, speed: float) -> Cooled:
    slow = slowed(fan, speed)
    case = case_of(spec, Cooling(heat, slow, room))
    return cooled(filling(spec), replace(case, fan=slow), case.fans_that_go)
