"""How warm boards in rows get: behind fans, or upright in still air.

What is stated as a temperature is the cautious end: all boards take the air as warm as it leaves,
and the processor sheds its heat as in still air. The other end gives the boards half the rise
and counts what moving air does for them. The truth lies between.
"""

from dataclasses import dataclass, field

from catalog.models import Fan
from packing.airflow.air import Air, air_at, rise_k
from packing.airflow.board_heat import BoardHeat
from packing.airflow.channel import Channels
from packing.airflow.fan import curve_of, noise_dba
from packing.airflow.natural import crowding_k, wall_rise_k
from packing.airflow.rows import Filling
from packing.airflow.working import Working, working
from packing.job import Job

ROOM_C = 25.0
LOSS = 2.5  # dynamic heads at entrance, exit and vents (docs/air.md §4)
MARGIN_K = 5.0  # kept below the temperature where a processor slows down
_PLATES_NUSSELT = 7.54  # laminar between two plates of one temperature, over the hydraulic diameter
_RADIATION_W_PER_M2_K = 5.5  # 4 eps sigma T^3 of a board among things at 25 to 60 °C, eps 0.9


@dataclass(frozen=True, slots=True)
class Room:
    """Where the module stands: air that comes in (°C), dynamic heads lost, kelvin to spare."""

    inlet_c: float = ROOM_C
    loss: float = LOSS
    margin_k: float = MARGIN_K


@dataclass(frozen=True)
class Case:
    """One kind of board in one cavity, and what cools it.

    Args:
        job: board, cavity and rows.
        heat: of one board.
        fan: in a wall behind the boards; `None`: still air.
        room: what comes in, and how warm is too warm.
        most_fans: at most so many; as many as the wall takes if not given.
    """

    job: Job
    heat: BoardHeat
    fan: Fan | None = None
    room: Room = field(default_factory=Room)
    most_fans: int | None = None

    @property
    def fans_that_go(self) -> int:
        """How many fans the wall takes side by side and over each other, at most those allowed."""
        if self.fan is None:
            return 0
        cavity = self.job.cavity
        size = self.fan.size_mm
        room = int(cavity.width_mm // size) * int((cavity.height_mm + cavity.floor_mm) // size)
        return room if self.most_fans is None else min(room, self.most_fans)

    @property
    def limit_c(self) -> float:
        """Return what the processor may reach."""
        return self.heat.throttle_c - self.room.margin_k


@dataclass(frozen=True, slots=True)
class Cooled:
    """An arrangement with its air.

    Args:
        rows: the boards in a cross-section.
        count: boards in all rows.
        fan: which one; empty in still air.
        fans: so many of them running.
        work: their point of work; `None` in still air.
        rise_k: of the warmest stream.
        soc_c: of the warmest processor, cautious end.
        soc_least_c: the other end.
        noise_dba: of all fans, at full speed; `None` if the catalogue does not know it.
    """

    rows: Filling
    count: int
    fan: str
    fans: int
    work: Working | None
    rise_k: float
    soc_c: float
    soc_least_c: float
    noise_dba: float | None


def cooled(rows: Filling, case: Case, fans: int) -> Cooled:
    """Return how warm boards in rows get with so many fans; with none, in still air.

    Raises:
        ValueError: still air is asked for boards that do not stand in one layer on edge.
    """
    if case.fan is None or fans == 0:
        return _still(rows, case)
    air, groups = air_at(case.room.inlet_c), rows.channels(case.job)
    work = work_of(rows, case.fan, case, fans)
    heat = case.heat.power_w * case.job.rows_that_go
    streams = zip(groups, work.flows_m3h, strict=True)
    warmest = max(rise_k(heat * group.count, flow, air) for group, flow in streams)
    helped = max(_left_when_moving(case, group, air) for group in groups)
    one = case.fan.noise_dba
    return Cooled(
        rows=rows,
        count=rows.count * case.job.rows_that_go,
        fan=case.fan.id,
        fans=fans,
        work=work,
        rise_k=warmest,
        soc_c=case.room.inlet_c + warmest + case.heat.soc_rise_k,
        soc_least_c=case.room.inlet_c + warmest / 2 + case.heat.soc_rise_k * helped,
        noise_dba=None if one is None else noise_dba(one, fans),
    )


def work_of(rows: Filling, fan: Fan, case: Case, fans: int) -> Working:
    """Return where so many fans work against boards in rows, without what that does to the boards.

    Args:
        rows: the boards.
        fan: which.
        case: board, cavity and room.
        fans: so many, one at least.
    """
    air, groups = air_at(case.room.inlet_c), rows.channels(case.job)
    return working(curve_of(fan), fans, groups, air, case.room.loss)


def _still(rows: Filling, case: Case) -> Cooled:
    if rows.edge != 1 or rows.flat:
        raise ValueError("air rises between boards in one layer on edge only")
    (group,) = rows.channels(case.job)
    tall, flux = group.width_mm * 1e-3, _flux(case)
    crowd = crowding_k(group.gap_mm * 1e-3, tall, flux, case.room.inlet_c)
    alone = case.room.inlet_c + case.heat.soc_rise_k
    deep = case.job.rows_that_go
    return Cooled(rows, rows.count * deep, "", 0, None, crowd, alone + crowd, alone, 0.0)


def _flux(case: Case) -> float:
    """Heat through each of a board's two faces, W/m²."""
    face = case.job.section.width_mm * case.job.length_mm * 1e-6
    return case.heat.power_w / 2 / face


def _left_when_moving(case: Case, group: Channels, air: Air) -> float:
    """Share of a processor's resistance that is left where laminar air moves in a channel."""
    tall, flux = case.job.section.width_mm * 1e-3, _flux(case)
    alone = flux / wall_rise_k(10 * tall, tall, flux, case.room.inlet_c) + _RADIATION_W_PER_M2_K
    moving = _PLATES_NUSSELT * air.conductivity / (group.diameter_mm * 1e-3)
    return min(1.0, alone / moving)
