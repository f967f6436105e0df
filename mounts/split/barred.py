"""Parts on a steel bar, such as frames of flat sleds: what it bears of seams, and seams of its own.

The bar goes through all walls and is glued in each, in every piece. It bends with the plastic round
it, so each bears by its stiffness: E I of the bar counts as that of so much more plastic.

Where floor and roof are too thin to be joined, a wall between two bays is cut in its middle. The
halves are glued face to face, and the bar alone is counted on: the glue only keeps the box from
tipping about the bar. That is little: a load q by length whose middle lies d before the bar pulls
at floor and roof by q d / h, for h between them, and bends each in its own plane by q d l² / 8 h in
the middle. A frame of fourteen boards has q = 0.022 N/mm, d = 50 mm, l = 450 mm and h = 43 mm:
650 N mm, or 0.4 MPa if no more than the edges of floor and roof were glued, 0.83 mm thick and
107 mm deep. Epoxy bears 10 MPa between printed faces that were sanded (unconfirmed; data sheets say
15 to 25 on plastics).

    floor and roof, from the front
    =======+ +=======
           | |          half a wall on each piece, glue between
    [=================]  bar
           | |
    =======+ +=======
"""

from typing import TYPE_CHECKING

from catalog.models import Fact, Material
from mounts.split.seam import Seam, Site
from mounts.split.section import modulus, section, steel_modulus
from mounts.strength.case import case_of

if TYPE_CHECKING:
    from mounts.strength.loads import Rail

GLUED = "halves of a wall, to be glued"
HOW = (
    "lay the pieces on their faces, push the steel bar through all of them, and glue the halves of "
    "the walls with epoxy, clear of the slots; the bar alone is counted on"
)
ALONG = 0  # axis of the bar
BESIDE_MM = 10.0  # from a wall's middle into the bay, clear of grooves: what is weakest


def bar_of(spec: Fact | None) -> "Rail | None":
    """Return the bar that goes through all of a part, if one does."""
    case = None if spec is None else case_of(spec)
    return case.rails[0] if case is not None and case.rails else None


def wall_middles_mm(bar: "Rail") -> list[float]:
    """Return the middles of the walls that it goes through but the outermost, x."""
    return [(wall.low[ALONG] + wall.high[ALONG]) / 2 for wall in bar.where[1:-1]]


def as_plastic_mm4(bar: "Rail | None", material: Material) -> float:
    """Return the second moment of area that plastic as stiff as the bar has, mm⁴.

    The stiffest that the plastic is, new and at room temperature: warm and after years the bar
    bears more of a seam.
    """
    return 0.0 if bar is None else bar.bending_nmm2 / (1000.0 * material.e_gpa[1])


def glued(site: Site, at_mm: float) -> Seam:
    """Return the seam in the middle of a wall, for those that a bar goes through.

    Args:
        site: what is cut.
        at_mm: the wall's middle.
    """
    way = site.bed.way(ALONG)
    beside = section(site.solid, way, at_mm + BESIDE_MM)
    low, high = site.bounds[way.across]
    path = ((at_mm, low - 8.0), (at_mm, high + 8.0))
    bar, whole = steel_modulus(beside, site.steel_mm4), modulus(beside)
    return Seam(way, at_mm, path, (GLUED,), bar / (bar + whole))
