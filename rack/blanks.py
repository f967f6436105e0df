"""Blanks: what closes the units at the front that nothing takes."""

from collections.abc import Sequence
from itertools import count

from mounts.order import Order, spec_for
from rack.cabinets import Cabinet
from rack.filled import taken
from rack.items import Setting
from rack.mounted import Module
from rack.packed import Kept
from rack.place import gaps
from rack.spec import RackSpec

TALLEST_BLANK_U = 4.0


def blanks(
    spec: RackSpec,
    setting: Setting,
    cabinets: Sequence[Cabinet],
    held: tuple[Sequence[Module], Sequence[Kept]],
) -> list[Module]:
    """Return the blanks of every cabinet; none where the file leaves them open.

    Args:
        spec: the rack as written.
        setting: what all items share.
        cabinets: those of the file.
        held: modules, and room that is kept free.
    """
    if spec.fill == "open":
        return []
    found: list[Module] = []
    labels = {m.label for m in held[0]}
    names = (name for n in count(1) if (name := f"blank-{n}") not in labels)
    for one in cabinets:
        mine = [m for m in held[0] if m.cabinet == one.name]
        kept = [k for k in held[1] if k.cabinet == one.name]
        for start, length in gaps(taken(mine, kept), one.height_u):
            at, left = start, length
            while left > 0:
                tall = min(left, TALLEST_BLANK_U)
                found.append(_blank(next(names), one.name, (at, tall), spec, setting))
                at, left = at + tall, left - tall
    return found


def _blank(
    name: str, cabinet: str, at: tuple[float, float], spec: RackSpec, setting: Setting
) -> Module:
    start, tall = at
    options = {
        "vents": spec.fill == "vented",
        "start": "upper" if start % 1 else "lower",
        "calibration": setting.calibration,
    }
    made = spec_for(Order("blank", spec.rack, height_u=tall, options=options), setting.catalog)
    return Module(
        label=name,
        device=None,
        family="blank",
        at_u=start,
        height_u=tall,
        count=1,
        spec=made,
        cabinet=cabinet,
    )
