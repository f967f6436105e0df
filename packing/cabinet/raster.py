"""Where narrow things may begin: at sums of widths, for all can be pushed to the left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packing.cabinet.grid import taken, there

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

    from packing.cabinet.question import Question, Thing

MOST = 2000  # more positions than that are no help


def starts(asked: Question, thing: Thing) -> cp_model.Domain:
    """Return the places, tenths of a millimetre from the left post, where a thing may begin.

    Args:
        asked: the question; widths of its things add up.
        thing: one of it, narrower than its cabinet.
    """
    from ortools.sat.python import cp_model  # noqa: PLC0415 - takes a second to import

    gaps = {c.side_gap_mm for c in asked.cabinets}
    gap = max(gaps)
    room = max(there(c.width_mm + c.side_gap_mm) for c in asked.cabinets)
    last = max(
        0, room - taken((thing.width_mm or 0.0) + min(c.side_gap_mm for c in asked.cabinets))
    )
    if len({c.side_gap_mm for c in asked.cabinets}) > 1:  # sums differ from one to the next
        return cp_model.Domain(0, last)
    sums = {0}
    for other in asked.things:
        if other.width_mm is not None and other.name != thing.name:
            wide = taken(other.width_mm + gap)
            sums |= {s + wide for s in sums if s + wide <= last}
        if len(sums) > MOST:
            return cp_model.Domain(0, last)
    return cp_model.Domain.from_values(sorted(sums))
