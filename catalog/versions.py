"""The versions of every file that people keep, and the way from an old one to today's.

Each kind of file has one number, counted from 1. It moves only when a file of before would be read
wrongly or not at all; what is merely new leaves it. A file without a number is of version 1. An
older file is read through the steps to today's, one version at a time; a newer one is refused
before anything else in it is looked at, for what it means nobody here can know.
"""

import copy
from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass, field
from typing import Any

from catalog.problems import InputError, Problem

FIRST = 1  # of a file that does not say
MOST = 10**9  # more is no version but a mistake

Table = MutableMapping[str, Any]


@dataclass(frozen=True)
class Step:
    """The way from one version to the next.

    Args:
        words: what changes, for people.
        change: does it in place, on plain tables and on those of an editor alike; touches nothing
            but what it is about, so that a comment beside it stays.
    """

    words: str
    change: Callable[[Table], None]


@dataclass(frozen=True)
class Format:
    """One kind of file.

    Args:
        name: what to call it.
        steps: from version 1 to 2, from 2 to 3, and so on to today's.
        since: the first Rackpress that reads a version, where that is known.
    """

    name: str
    steps: tuple[Step, ...] = ()
    since: Mapping[int, str] = field(default_factory=dict[int, str])

    @property
    def newest(self) -> int:
        """The version that this program writes, and the last that it reads."""
        return FIRST + len(self.steps)


# How to add a version: append a step here, keep a file of the old version in tests/versions/old,
# and say in CHANGELOG.md what `rackpress migrate` does to it.
RACK = Format("rack.toml", since={1: "0.1.0"})
FACTS = Format("catalogue file", since={1: "0.1.0"})
CALIBRATION = Format("calibration", since={1: "0.1.0"})
READINGS = Format("readings of a coupon", since={1: "0.1.0"})
FLEET = Format("fleet.toml", since={1: "0.1.0"})
PLAN = Format("plan.json", since={1: "0.1.0"})
SIZES = Format("sizes.toml", since={1: "0.1.0"})
SIDE = Format("rackpress.json", since={1: "0.1.0"})
FORMATS = (RACK, FACTS, CALIBRATION, READINGS, FLEET, PLAN, SIZES, SIDE)


def version_of(data: Mapping[str, Any], known: Format, where: str, line: int | None = None) -> int:
    """Return the version that a file says it has, 1 if it says nothing.

    Args:
        data: its content.
        known: what kind of file it is.
        where: how to name it in an error.
        line: where its version stands, if known.

    Raises:
        InputError: no version at all, or a newer one than this program reads.
    """
    said = data.get("version", FIRST)
    newest = known.newest
    allowed = str(newest) if newest == FIRST else f"{FIRST} to {newest}"
    near = f"write version = {newest}"
    if type(said) is not int or not FIRST <= said <= MOST:
        what = f"{str(said)[:40]!r} is not a version of a {known.name}"
        raise InputError(Problem(where, what, "version", line, allowed, near))
    if said > newest:
        from importlib.metadata import version  # noqa: PLC0415 - only when something is wrong

        own = f"rackpress {version('rackpress')}"
        what = f"version {said} is newer than this program ({own}), which reads version {newest}"
        first = known.since.get(said)
        near = f"get Rackpress {first} or newer" if first else "get a newer Rackpress"
        raise InputError(Problem(where, what, "version", line, allowed, near))
    return said


def upgraded(data: Mapping[str, Any], known: Format, where: str, line: int | None = None) -> Any:
    """Return a file's content as of today's version, its version with it.

    Args:
        data: the content; it is left as it is.
        known: what kind of file it is.
        where: how to name it in an error.
        line: where its version stands, if known.

    Raises:
        InputError: see `version_of`.
    """
    said = version_of(data, known, where, line)
    made: dict[str, Any] = {**data, "version": known.newest}
    if said < known.newest:
        made = copy.deepcopy(made)
        for step in known.steps[said - FIRST :]:
            step.change(made)
    return made
