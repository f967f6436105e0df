"""A text that describes no rack is refused as it is, before a reader takes minutes over it.

Each limit is a hundred times what the longest file here has, so that no honest file meets one.
"""

import re

from catalog.problems import Problem

MOST_CHARACTERS = 1_000_000  # the longest file here has 12 000
MOST_MARKS = 20_000  # keys, values and tables; the longest file here has 900
FACTS_MARKS = 60_000  # of a catalogue file: the import of all public device types makes 32 000
DEEPEST = 40  # lists and tables in one another; the deepest file here has 4
MOST_TEXT = 20_000  # characters of one text; the longest here has 500
MOST_DIGITS = 40  # of one number; 64 bits take 20
# Strings and comments, an unfinished one to its end: nothing is looked at twice.
_QUOTED = re.compile(
    r'"""(?:\\[\s\S]?|[^\\])*?(?:"""+|\Z)'
    r"|'''[\s\S]*?(?:'''+|\Z)"
    r'|"(?:\\.|[^"\\\n])*"?'
    r"|'[^'\n]*'?"
    r"|#[^\n]*"
)
_DIGITS = re.compile(rf"(?<![\w-])(?:0[xob])?[0-9A-Fa-f_]{{{MOST_DIGITS + 1},}}")
_BRACKETS = re.compile(r"[\[\]{}]")
_DOTTED = re.compile(r'[\w.\-" \t]+')


def too_much(text: str, where: str, most: int = MOST_MARKS) -> Problem | None:
    """Return what is wrong with a TOML text that no reader should be given; `None` if nothing.

    Args:
        text: the file's content.
        where: how to name it.
        most: keys, values and tables that it may have.
    """
    if len(text) > MOST_CHARACTERS:
        what = f"is too big ({len(text)} characters)"
        return Problem(where, what, allowed=f"up to {MOST_CHARACTERS}", nearest="split it")
    for one in _QUOTED.finditer(text):
        long = one.end() - one.start()
        if long > MOST_TEXT and one[0][0] != "#":
            line = text.count("\n", 0, one.start()) + 1
            what = f"a text of {long} characters: {one[0][:20]}…"
            return Problem(where, what, "", line, f"up to {MOST_TEXT}")
    bare = _QUOTED.sub('"', text)
    marks = sum(map(bare.count, "[{=,"))
    if _deep(bare):
        what = "the lists or tables are nested too deeply"
        return Problem(where, what, allowed=f"up to {DEEPEST} in one another")
    if marks > most:
        what = f"describes too much: {marks} keys, values and tables"
        return Problem(where, what, allowed=f"up to {most}", nearest="split it")
    number = _DIGITS.search(bare)
    if number is not None:
        what = f"a number of {len(number[0])} digits: {number[0][:20]}…"
        return Problem(where, what, allowed=f"up to {MOST_DIGITS} digits")
    return None


def _deep(bare: str) -> bool:
    """Return whether brackets or dotted keys go deeper than `DEEPEST`."""
    depth = 0
    for mark in _BRACKETS.finditer(bare):
        depth += 1 if mark[0] in "[{" else -1
        if depth > DEEPEST:
            return True
    return any(one.count(".") > DEEPEST for one in _DOTTED.findall(bare))
