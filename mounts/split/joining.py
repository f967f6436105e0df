"""How the pieces of a part are put together, in words, and the glue that some joints want."""

from collections.abc import Mapping, Sequence
from typing import Any

from mounts.part import Hardware
from mounts.split.joints import DOVETAIL
from mounts.split.seam import BOLTED, HINGED

GLUED = "to be glued"  # ends the name of every joint that is
WAYS = {"x": "sideways", "y": "from front to rear", "z": "from above"}


def is_glued(joints: Sequence[str]) -> bool:
    """Say whether any of a seam's joints wants glue."""
    return any(one.endswith(GLUED) for one in joints)


def glue(seams: Sequence[Sequence[str]], material: str) -> tuple[Hardware, ...]:
    """Return the glue to buy for a part in pieces; nothing where no joint wants any.

    Args:
        seams: the joints of each seam, by name.
        material: what is glued.
    """
    if not any(is_glued(joints) for joints in seams):
        return ()
    what = f"glue that holds {material.upper()}: two-part epoxy, or cyanoacrylate gel"
    return (Hardware(what, 1, "in the laps between the pieces of a part", kind="glue"),)


def joining(seam: Mapping[str, Any]) -> str:
    """Return what is done at a seam.

    Args:
        seam: its record.
    """
    joints = seam["joints"]
    where = f"at {seam['square_to']} = {seam['at_mm']:g} mm"
    does = [f"glue the {one.partition(',')[0]}s" for one in joints if one.endswith(GLUED)]
    slides = DOVETAIL in joints or bool(does)
    if slides:
        does.append(f"push the pieces into each other {WAYS[seam['slides_along']]}")
    if HINGED in joints:
        does.append("push the printed pin, or a rod of 5 mm, through the hinge")
    if BOLTED in joints:
        does.append("lay filament into each pair of lugs, then bolt them")
    return (
        f"{where}: {', '.join(does)}" if does else f"{where}: hold the halves flush and glue them"
    )
