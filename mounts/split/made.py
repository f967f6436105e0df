"""A part's files on a printer: whole where it fits the bed, in pieces where it does not."""

from collections.abc import Collection
from dataclasses import replace

from mounts.export import FORMATS, Format, Made, make, picture
from mounts.files.picture import PART_COLOR, Actor, Color
from mounts.hardware import merged
from mounts.printing import together
from mounts.recipe import Recipe
from mounts.split.barred import GLUED, HOW
from mounts.split.joining import glue
from mounts.split.load import AIR_C, fails_at_kg
from mounts.split.lugs import DOWELS
from mounts.split.pieces import Split, split
from mounts.split.seam import BOLTED
from mounts.strength.case import case_of
from mounts.strength.material import YEARS
from mounts.verify.limits import Limits

STRENGTH = "joined it has {} % of the whole's strength against sagging at its weakest seam"
BREAKS = (
    f"its weakest seam gives way at {{:.1f}} kg, {{}} in air of {AIR_C:g} °C after {YEARS:g} years"
)

OTHER_COLOR: Color = (0.96, 0.72, 0.36)


def make_fitting(of: Recipe, formats: Collection[Format] = FORMATS) -> Made:
    """Return a part's files: its own if it fits the bed, else those of its pieces.

    A part in pieces keeps its STEP and its picture, the pieces in place; STL and 3MF are the
    pieces' alone. A part that can be cut nowhere stays whole, and its record says why.

    Args:
        of: what to write, and what it was made from.
        formats: which files to make.

    Raises:
        ToolMissing: a picture is wanted and the system cannot draw one.
    """
    plain: list[Format] = [one for one in formats if one != "png"]
    whole = make(of, plain)
    if not whole.fit.fits:
        found = split(of.part, Limits(of.printer, of.material, ()), of.spec)
        if found.pieces:
            whole = _in_pieces(whole, found, of, plain)
        else:
            bed = f"{whole.record['bed']}; it stays whole: {found.why}"
            whole = replace(whole, record={**whole.record, "bed": bed})
    if "png" not in formats:
        return whole
    png = picture(actors(whole))
    return replace(whole, files={**whole.files, f"{of.part.name}.png": png})


def actors(made: Made) -> list[Actor]:
    """Return what to show of a part in place: its pieces in two colours by turns, or itself."""
    if not made.pieces:
        return [Actor(made.mesh)]
    colors = PART_COLOR, OTHER_COLOR
    return [Actor(one.mesh, colors[k % 2]) for k, one in enumerate(made.pieces)]


def _in_pieces(whole: Made, found: Split, of: Recipe, formats: Collection[Format]) -> Made:
    pieces = tuple(make(replace(of, part=one), formats) for one in found.pieces)
    files = {name: data for name, data in whole.files.items() if name.endswith(".step")}
    files |= {name: data for one in pieces for name, data in one.files.items()}
    size = whole.record["bed"].partition(" mm,")[0]
    kept = min(round(100 * one.upright_kept) for one in found.seams)
    fails = [fails_at_kg(one, of.part, of.spec, of.material) for one in found.seams]
    seams = [
        {**row, **({} if kg is None else {"fails_at_kg": round(kg, 1)})}
        for row, kg in zip(found.record(), fails, strict=True)
    ]
    glued = glue([one.joints for one in found.seams], of.material.id)
    weakest = min((kg for kg in fails if kg is not None), default=None)
    record = {
        **whole.record,
        "bed": f"{size} mm, in {len(pieces)} pieces that fit {of.printer.id}",
        "print": together([one.record["print"] for one in pieces]),
        "pieces": [one.record for one in pieces],
        "seams": seams,
        "hardware": [one.as_dict() for one in merged((*found.whole.hardware, *glued))],
        "notes": [
            *whole.record["notes"],
            *_strength(kept, weakest, of),
            *([DOWELS] if any(BOLTED in one.joints for one in found.seams) else []),
            *([HOW] if any(GLUED in one.joints for one in found.seams) else []),
        ],
    }
    return replace(whole, files=files, record=record, pieces=pieces)


def _strength(kept: int, weakest: float | None, of: Recipe) -> list[str]:
    """Return what is said of the strength that the joined part has left."""
    if case_of(of.spec) is None:
        return [f"it carries no weight; its seams keep {kept} % of the whole's strength"]
    breaks = [] if weakest is None else [BREAKS.format(weakest, of.material.id)]
    return [STRENGTH.format(kept), *breaks]
