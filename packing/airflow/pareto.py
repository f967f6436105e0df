"""Boards against temperature against noise: what no other choice beats in all three."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from catalog.models import Fan
from packing.airflow.cooling import Case, Cooled, cooled
from packing.airflow.most import breathing, most_unchoked
from packing.airflow.rows import Rows


def pareto(case: Case, fans: Iterable[Fan]) -> tuple[Cooled, ...]:
    """Return every choice that no other beats or equals in boards, temperature and noise alike.

    Fans whose curve or noise the catalogue does not know are left out, as are choices that the
    limit of the case rules out. Those of most boards come first, of these the coolest.

    Args:
        case: board, cavity and room; its own fan is not looked at.
        fans: to choose from; still air is always tried.
    """
    known = [fan for fan in fans if fan.flow_m3h and fan.static_mmh2o and fan.noise_dba is not None]
    every = [choice for fan in (None, *known) for choice in _choices(replace(case, fan=fan))]
    every.sort(key=lambda choice: (-choice.count, choice.soc_c, choice.noise_dba, choice.fan))
    front: list[Cooled] = []
    for choice in every:
        if choice.soc_c <= case.limit_c and not any(_beats(other, choice) for other in front):
            front.append(choice)
    return tuple(front)


def _beats(one: Cooled, other: Cooled) -> bool:
    """Tell whether one is as good as the other in boards (known from the order), heat and noise."""
    return one.soc_c <= other.soc_c and (one.noise_dba or 0.0) <= (other.noise_dba or 0.0)


def _choices(case: Case) -> Iterator[Cooled]:
    for rows in _widest(case):
        if case.fan is None:
            yield cooled(rows, case, 0)
        else:
            most = most_unchoked(rows, case)
            yield from (cooled(rows, case, fans) for fans in range(1, most + 1))


def _widest(case: Case) -> list[Rows]:
    """Return for each number of boards the rows whose narrowest gap is widest."""
    best: dict[int, Rows] = {}
    for rows in breathing(case):
        held = best.get(rows.count)
        if held is None or min(rows.gaps_mm(case.job)) > min(held.gaps_mm(case.job)):
            best[rows.count] = rows
    return list(best.values())
