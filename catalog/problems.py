"""What can be wrong with an input, said so that a person can mend it.

RackpressError
├── InputError     exit 2: the input is wrong; carries every problem found at once
├── CheckFailed    exit 1: the input was fine, a result is not
└── ToolMissing    exit 3: a program this needs is not installed
"""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

NEAR = 0.65  # of difflib: a letter wrong in a word of four; `front` is not near `count`


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, where, and what would be right.

    Args:
        where: the file, or the option such as `--height`.
        what: what is wrong, as a phrase without a full stop.
        key: dotted path inside the file, `""` for the whole of it.
        line: line in the file, counted from 1.
        allowed: what would be allowed.
        nearest: the smallest change that works.
    """

    where: str
    what: str
    key: str = ""
    line: int | None = None
    allowed: str = ""
    nearest: str = ""

    def __str__(self) -> str:
        place = self.where if self.line is None else f"{self.where}:{self.line}"
        text = f"{place}: {self.key}: {self.what}" if self.key else f"{place}: {self.what}"
        if self.allowed:
            text += f"; allowed: {self.allowed}"
        if self.nearest:
            text += f"\n  hint: {self.nearest}"
        return text

    def as_dict(self) -> dict[str, str | int | None]:
        """Return the fields by name, for `--json`."""
        return {
            "where": self.where,
            "line": self.line,
            "key": self.key,
            "what": self.what,
            "allowed": self.allowed,
            "nearest": self.nearest,
        }


class RackpressError(Exception):
    """Base of every error that Rackpress raises on purpose."""


class InputError(RackpressError):
    """The input is wrong. Holds all problems found, not the first only."""

    def __init__(self, *problems: Problem) -> None:
        if not problems:
            raise ValueError("an InputError needs at least one problem")
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))


class CheckFailed(RackpressError):  # noqa: N818 - named for what it says, not for being one
    """A check on a result failed although the input was fine."""


class ToolMissing(RackpressError):  # noqa: N818 - as above
    """A program or system library that this work needs is not installed."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return `did you mean 'x'?`, or the choices if nothing is near.

    Args:
        word: what was written.
        known: every name that would be right.
    """
    names = sorted(known)
    near = difflib.get_close_matches(word, names, n=1, cutoff=NEAR)
    if near:
        return f"did you mean {near[0]!r}?"
    inside = [name for name in names if word and word in name]
    listed = inside or names
    shown = ", ".join(listed[:12]) + (f", … ({len(listed)} in all)" if len(listed) > 12 else "")
    return f"choose from {shown}" if shown else "there is nothing to choose from"
