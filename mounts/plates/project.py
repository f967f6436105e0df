"""A plate as a 3MF project: each part once as a named object, an item of the build for each copy.

An item carries its object to its place on the bed, whose front left corner is the origin, as
slicers have it. The recipe in the metadata holds every part's own and every place, so that a plate
is made again without asking what else was printed with it.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from catalog.models import Material, Printer
from catalog.problems import InputError, Problem
from mounts.files.threemf import Placing, threemf_bytes
from mounts.plates.body import Body, bodies
from mounts.plates.layout import Rect, Spot, bound, fits, lay_out
from mounts.recipe import TOOL, dumped, part_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from mounts.mesh import Mesh

SHARED = ("tool", "printer", "material", "calibration")  # said once for all parts of a plate
MOST_ITEMS = 2_000  # on one bed; a stranger's recipe may not ask for the memory of millions
KEYS = ("part", "at_mm", "turn_deg")  # of an item


@dataclass(frozen=True, eq=False)
class Wanted:
    """Something to print, how often, on what and in what."""

    body: Body
    count: int
    printer: Printer
    material: Material


@dataclass(frozen=True, eq=False)
class Plate:
    """What is printed at once.

    Args:
        number: from 1.
        printer: whose bed.
        material: what all is printed in.
        bodies: the things on it, each once.
        spots: where their copies lie.
    """

    number: int
    printer: Printer
    material: Material
    bodies: tuple[Body, ...]
    spots: tuple[Spot, ...]

    @property
    def name(self) -> str:
        """File stem."""
        return f"plate-{self.number}"

    def recipe(self) -> dict[str, Any]:
        """Return what a stranger needs to make the plate again."""
        named = {
            str(one.recipe["calibration"]) for one in self.bodies if "calibration" in one.recipe
        }
        return {
            "tool": TOOL,
            "name": self.name,
            **({"calibration": ", ".join(sorted(named))} if named else {}),
            "printer": dumped(self.printer),
            "material": dumped(self.material),
            "parts": [
                {key: value for key, value in one.recipe.items() if key not in SHARED}
                for one in self.bodies
            ],
            "items": [
                {"part": one.name, "at_mm": [one.x_mm, one.y_mm], "turn_deg": one.turn_deg}
                for one in self.spots
            ],
        }

    def threemf(self) -> bytes:
        """Return the plate as a 3MF project."""
        return project(self.bodies, self.spots, self.recipe())


@dataclass(frozen=True, eq=False)
class Plates:
    """All plates, how many there must be at least, and what is on none: its record says why."""

    plates: tuple[Plate, ...]
    least: int
    left_out: tuple[Wanted, ...]


def plates_of(wanted: Sequence[Wanted]) -> Plates:
    """Lay everything out on as few beds as can be found.

    What differs in printer or material lies on different plates. What fits its bed askew only, or
    only because it leaves out the corner of its own outline, lies there alone.

    Args:
        wanted: what to print; the names of the bodies differ.
    """
    able = [one for one in wanted if one.body.record["fits_bed"]]
    found: list[Plate] = []
    least = 0
    for key in dict.fromkeys((one.printer.id, one.material.id) for one in able):
        group = [one for one in able if (one.printer.id, one.material.id) == key]
        printer, material = group[0].printer, group[0].material
        rects = {one.body.name: _rect(one.body) for one in group}
        straight = [one for one in group if fits(rects[one.body.name], printer)]
        copies = [rects[one.body.name] for one in straight for _ in range(one.count)]
        beds = lay_out(copies, printer) if copies else []
        least += max(1, bound(copies, printer))
        askew = [one for one in group if one not in straight]
        beds += [[_alone(one.body, printer)] for one in askew for _ in range(one.count)]
        for spots in beds:
            held = {spot.name for spot in spots}
            own = tuple(one.body for one in group if one.body.name in held)
            found.append(Plate(len(found) + 1, printer, material, own, tuple(spots)))
    return Plates(tuple(found), least, tuple(one for one in wanted if one not in able))


def project(held: Sequence[Body], spots: Sequence[Spot], recipe: dict[str, Any]) -> bytes:
    """Return bodies at their places as a 3MF project.

    Args:
        held: the bodies, each once.
        spots: where each copy lies.
        recipe: what makes all of it again.
    """
    number = {one.name: k for k, one in enumerate(held)}
    items = [(number[at.name], placing(held[number[at.name]].mesh, at)) for at in spots]
    return threemf_bytes([(one.name, one.mesh) for one in held], recipe, items)


def placing(mesh: "Mesh", spot: Spot) -> Placing:
    """Return the transform that carries a lying mesh to its place: rows, then the shift, mm."""
    angle = math.radians(spot.turn_deg)
    c, s = round(math.cos(angle), 12), round(math.sin(angle), 12)
    x, y = mesh.vertices[:, 0], mesh.vertices[:, 1]
    across, along = c * x - s * y, s * x + c * y
    dx = spot.x_mm - float(across.min() + across.max()) / 2
    dy = spot.y_mm - float(along.min() + along.max()) / 2
    return c, s, 0.0, -s + 0.0, c, 0.0, 0.0, 0.0, 1.0, round(dx, 4), round(dy, 4), 0.0


def placed(held: Sequence[Body], spots: Sequence[Spot]) -> "list[NDArray[np.float64]]":
    """Return the corners of every copy where it lies on the bed, each (n, 3) mm."""
    import numpy as np  # noqa: PLC0415 - heavy

    known = {one.name: one.mesh for one in held}
    found: list[NDArray[np.float64]] = []
    for spot in spots:
        rows = np.array(placing(known[spot.name], spot)).reshape(4, 3)
        found.append(known[spot.name].vertices @ rows[:3] + rows[3])
    return found


def covered(
    held: Sequence[Body], spots: Sequence[Spot]
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return the front left and the rear right corner of all that lies on a bed, mm."""
    every = placed(held, spots)
    low = min(float(p[:, 0].min()) for p in every), min(float(p[:, 1].min()) for p in every)
    high = max(float(p[:, 0].max()) for p in every), max(float(p[:, 1].max()) for p in every)
    return low, high


def rebuilt(data: dict[str, Any], where: str) -> tuple[str, bytes]:
    """Return name and bytes of a plate made again from its recipe.

    Args:
        data: the recipe, which has items.
        where: how to name its file in an error.

    Raises:
        InputError: it does not hold.
    """
    listed: Any = data.get("parts")
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        raise InputError(Problem(where, "its recipe has no parts", "parts"))
    if len(data["items"]) > MOST_ITEMS:
        what = f"its recipe lists {len(data['items'])} items"
        raise InputError(Problem(where, what, "items", allowed=f"{MOST_ITEMS} at most"))
    name = data.get("name")
    if not isinstance(name, str) or not name.removeprefix("plate-").isdecimal():
        what = f"its recipe has no usable name: {name!r}"
        raise InputError(Problem(where, what, "name", allowed="plate-1, plate-2, …"))
    shared = {key: data[key] for key in SHARED if key in data}
    wholes: dict[str, dict[str, Body]] = {}
    held = [_body({**shared, **one}, wholes, where) for one in listed]
    known = {body.name for body in held}
    spots = [_spot(one, known, where) for one in data["items"]]
    return f"{name}.3mf", project(held, spots, {**data, "tool": TOOL})


def _body(data: dict[str, Any], wholes: dict[str, dict[str, Body]], where: str) -> Body:
    """Return a body made again; a part in pieces is cut once for all of them."""
    from mounts.split.made import make_fitting  # noqa: PLC0415 - loads the mesh kernel

    name, piece = str(data.get("name")), data.get("piece")
    whole = name.removesuffix(f"-{piece}") if piece else name
    if whole not in wholes:
        plain = {key: value for key, value in data.items() if key != "piece"}
        of = part_of({**plain, "name": whole}, where)
        wholes[whole] = {one.name: one for one in bodies(make_fitting(of, ()))}
    if name not in wholes[whole]:
        what = f"its recipe names no piece of {whole}: {name!r}"
        raise InputError(Problem(where, what, "piece", allowed=", ".join(wholes[whole])))
    return wholes[whole][name]


def _spot(data: Any, known: set[str], where: str) -> Spot:
    try:
        name, (x, y), turn = (data[key] for key in KEYS)
        spot = Spot(str(name), float(x), float(y), float(turn))
    except (TypeError, ValueError, KeyError, AttributeError):
        what = f"an item of its recipe is none: {str(data)[:60]}"
        raise InputError(Problem(where, what, "items", allowed=", ".join(KEYS))) from None
    if spot.name not in known or not all(map(math.isfinite, (spot.x_mm, spot.y_mm, spot.turn_deg))):
        what = f"an item of its recipe is none of its parts: {spot.name[:60]!r}"
        raise InputError(Problem(where, what, "items", allowed=", ".join(sorted(known))))
    return spot


def _rect(body: Body) -> Rect:
    low, high = body.mesh.bounds_mm()
    return Rect(body.name, high[0] - low[0], high[1] - low[1])


def _alone(body: Body, printer: Printer) -> Spot:
    """Return the place of what lies alone: in the middle, or far from a corner that stays free."""
    wide, deep = body.record["size_mm"][:2]
    x, y = printer.bed_x_mm / 2, printer.bed_y_mm / 2
    if printer.excluded_mm:
        x, y = printer.bed_x_mm - wide / 2, printer.bed_y_mm - deep / 2
    return Spot(body.name, round(x, 3), round(y, 3), float(body.record["turn_deg"]))
