"""The most boards that stay cool: gap, arrangement and number of fans are results."""

from dataclasses import dataclass

from packing.airflow.cooling import Case, Cooled, cooled, work_of
from packing.airflow.rows import Filling, Rows, rows_that_fit

LEAST_CHANNEL_MM = 0.1  # closer boards touch, as far as air can tell


@dataclass(frozen=True, slots=True)
class AirResult:
    """What air allows.

    Args:
        case: what was asked.
        best: the most boards that stay under the limit, or `None`.
        fit: boards that the space alone takes in whole rows.
        reason: what stops the next board, in words.
    """

    case: Case
    best: Cooled | None
    fit: int
    reason: str

    @property
    def count(self) -> int:
        """Boards in all rows."""
        return self.best.count if self.best else 0


def most_cooled(case: Case) -> AirResult:
    """Return the arrangement of most boards whose processors stay under the limit.

    Every filling with whole rows is tried, those of most boards first. Of the fans that
    hold the limit the fewest are taken; fans that are choked do not count as holding it.
    """
    deep = case.job.rows_that_go
    every = rows_that_fit(case.job) if deep else []
    fit = every[0].count * deep if every else 0
    if case.room.inlet_c + case.heat.soc_rise_k > case.limit_c:
        return AirResult(case, None, fit, _too_hot_alone(case))
    tried = [rows for rows in every if _breathes(rows, case)]
    for rows in tried:
        found = fewest_fans(rows, case)
        if found is not None:
            return AirResult(case, found, fit, _why_not_more(case, found, fit))
    return AirResult(case, None, fit, _why_none(case, every, tried))


def fewest_fans(rows: Filling, case: Case) -> Cooled | None:
    """Return the rows with the fewest fans, not choked, that hold the limit; `None` if none do.

    More fans never warm a board and always throttle each other, so both are found by halving.
    """
    if case.fan is None:
        alone = cooled(rows, case, 0)
        return alone if alone.soc_c <= case.limit_c else None
    most = most_unchoked(rows, case)
    if most == 0 or cooled(rows, case, most).soc_c > case.limit_c:
        return None
    low, high = 0, most
    while high - low > 1:
        middle = (low + high) // 2
        if cooled(rows, case, middle).soc_c <= case.limit_c:
            high = middle
        else:
            low = middle
    return cooled(rows, case, high)


def most_unchoked(rows: Filling, case: Case) -> int:
    """Return how many fans the rows' channels can feed."""
    if case.fan is None:
        return 0
    low, high = 0, case.fans_that_go + 1
    while high - low > 1:
        middle = (low + high) // 2
        if work_of(rows, case.fan, case, middle).choked:
            high = middle
        else:
            low = middle
    return low


def breathing(case: Case) -> list[Rows]:
    """Return the fillings that air gets through, those of most boards first."""
    return [rows for rows in rows_that_fit(case.job) if _breathes(rows, case)]


def _breathes(rows: Rows, case: Case) -> bool:
    """Tell whether air gets between the faces, and rises there if nothing blows it."""
    upright = rows.edge == 1 and not rows.flat
    return min(rows.gaps_mm(case.job)) >= LEAST_CHANNEL_MM and (case.fan is not None or upright)


def _too_hot_alone(case: Case) -> str:
    heat, room = case.heat, case.room
    reached = room.inlet_c + heat.soc_rise_k
    allowed = max(0.0, (case.limit_c - room.inlet_c) / heat.power_w)
    return (
        f"one board alone reaches {reached:.0f} °C at {heat.power_w:g} W and "
        f"{heat.soc_k_per_w:g} K/W, {case.limit_c:g} is allowed: "
        f"it needs a heat sink of {allowed:.1f} K/W at most"
    )


def _why_not_more(case: Case, found: Cooled, fit: int) -> str:
    if found.count >= fit:
        return "space: no more go in"
    left = case.limit_c - found.soc_c
    by = "still air" if case.fan is None else f"{case.fans_that_go} fans at most"
    return f"air: {left:.1f} K left under {case.limit_c:g} °C with {by}"


def _why_none(case: Case, every: list[Rows], tried: list[Rows]) -> str:
    if not every:
        return "space: not one goes in"
    if not tried:
        return "without a fan air rises between boards in one layer on edge only; none stands here"
    if case.fan is not None and case.fans_that_go == 0:
        return f"no fan of {case.fan.size_mm:g} mm goes behind a module so low"
    return f"air: even {tried[-1].count} boards get warmer than {case.limit_c:g} °C"
