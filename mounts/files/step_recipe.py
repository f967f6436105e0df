"""The recipe in a STEP file's header: a list of strings after a word that says what they are."""

import json
import re
from collections.abc import Mapping
from typing import Any

MARK = "rackpress:recipe"
_STRING = r"'(?:[^']|'')*'"
_DESCRIPTION = re.compile(
    rf"FILE_DESCRIPTION\(\((\s*{_STRING}(?:\s*,\s*{_STRING})*\s*)\)", re.DOTALL
)
# A description is a list of strings of at most 256 characters (ISO 10303-21, 9.2.2): a piece of
# this length fits even if every character of it has to be doubled.
PIECE = 120
HEADER_BYTES = 2_000_000  # a recipe is some kilobytes; a header longer than this is none of ours


def with_recipe(text: str, recipe: Mapping[str, Any]) -> str:
    """Return a STEP file's text with a recipe as its description, as JSON in pieces after `MARK`.

    Raises:
        ValueError: the file has no description to put it into.
    """
    note = json.dumps(recipe, sort_keys=True)  # ASCII: a STEP string takes no other letters
    pieces = [MARK, *(note[at : at + PIECE] for at in range(0, len(note), PIECE))]
    strings = (piece.replace("\\", "\\\\").replace("'", "''") for piece in pieces)
    said = "FILE_DESCRIPTION((" + ",\n".join(f"'{one}'" for one in strings) + ")"
    text, times = _DESCRIPTION.subn(lambda _: said, text, count=1)
    if times != 1:
        raise ValueError("the STEP header has no FILE_DESCRIPTION")
    return text


def step_recipe(text: str) -> str | None:
    """Return the recipe in a STEP file's header as JSON text, or nothing if it carries none."""
    found = _DESCRIPTION.search(text[:HEADER_BYTES].partition("ENDSEC;")[0])
    if found is None:
        return None
    strings = [one[1:-1].replace("''", "'") for one in re.findall(_STRING, found[1], re.DOTALL)]
    if strings[0] != MARK:
        return None
    return "".join(strings[1:]).replace("\\\\", "\\")
