"""The finished part as an exact B-rep, perforations included, for STEP."""

from typing import TYPE_CHECKING

from mounts.geometry.flat import polygon
from mounts.part import Part

if TYPE_CHECKING:
    from cadquery import Shape


def exact(part: Part) -> "Shape":
    """Return the part's body with every perforation, as one exact solid.

    Raises:
        ValueError: a hole does not lie whole in a flat face at both its ends.
    """
    from mounts.geometry.pierce import Bore, pierced  # noqa: PLC0415 - loads the CAD kernel

    bores = [
        Bore(p.plane, polygon(p.cell).moved(*center), p.start_mm, p.end_mm)
        for p in part.perforations
        for center in p.centers
    ]
    return pierced(part.body.shape, bores)
