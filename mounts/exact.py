"""The finished part as an exact B-rep, perforations included, for STEP."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from mounts.geometry.flat import polygon
from mounts.geometry.sheet import Sheet
from mounts.geometry.vents import Perforation
from mounts.part import Part

if TYPE_CHECKING:
    from cadquery import Shape


def exact(part: Part) -> "Shape":
    """Return the part's body with every perforation, as one exact solid.

    Raises:
        ValueError: a hole that nothing runs over does not lie whole in a flat face at both ends.
    """
    from mounts.geometry.brep import cut_apart  # noqa: PLC0415 - loads the CAD kernel
    from mounts.geometry.pierce import Bore, pierced  # noqa: PLC0415 - loads the CAD kernel

    bridged = list(_sheets(one for one in part.perforations if one.bridged))
    body = cut_apart(part.body.shape, bridged) if bridged else part.body.shape
    clear = _sheets(one for one in part.perforations if not one.bridged)
    return pierced(body, [Bore(s.plane, s.outline, s.start_mm, s.end_mm) for s in clear])


def _sheets(groups: Iterable[Perforation]) -> Iterator[Sheet]:
    """Yield each hole as what is taken away for it."""
    for group in groups:
        for center in group.centers:
            outline = polygon(group.cell).moved(*center)
            yield Sheet(group.plane, outline, group.start_mm, group.end_mm)
