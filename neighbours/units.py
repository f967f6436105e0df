"""Weights and names as others write them."""

import hashlib
import re
import unicodedata
from typing import Literal

WeightUnit = Literal["kg", "g", "lb", "oz"]
# g; the international pound of 1959 is 0.45359237 kg, an ounce a sixteenth of it
GRAMS: dict[WeightUnit, float] = {"kg": 1000.0, "g": 1.0, "lb": 453.59237, "oz": 28.349523125}
LONGEST = 60  # letters of an id in the catalogue


def grams(value: float, unit: WeightUnit) -> float:
    """Return a weight in g, to a hundredth: what NetBox keeps."""
    return round(value * GRAMS[unit], 2)


def slug(text: str, longest: int = LONGEST) -> str:
    """Return a text as small letters, digits and single hyphens, never empty.

    A plus sign tells devices apart and becomes a word. What is too long is cut and ends in the
    beginning of its digest, so that two long names stay two.

    Args:
        text: any name.
        longest: letters there is room for.
    """
    plain = unicodedata.normalize("NFKD", text.replace("+", "-plus-")).encode("ascii", "ignore")
    made = re.sub(r"[^a-z0-9]+", "-", plain.decode().lower()).strip("-")
    if made and len(made) <= longest:
        return made
    mark = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:6]
    return f"{made[: longest - 7].rstrip('-')}-{mark}".strip("-")


def distinct(name: str, taken: set[str], longest: int = LONGEST) -> str:
    """Return a name that is not taken, numbered if need be, and take it.

    Args:
        name: a slug.
        taken: names in use; the new one is added.
        longest: letters there is room for.
    """
    made, number = name, 1
    while made in taken:
        number += 1
        tail = f"-{number}"
        made = name[: longest - len(tail)].rstrip("-") + tail
    taken.add(made)
    return made
