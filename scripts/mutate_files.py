"""Breaks rack.toml and catalogue files in seeded ways: each is refused with its place, or is right.

What is accepted must pass the checks of the plan; a sample of it is built. Anything else, such as
a traceback or a mistake told without file and line, is a fault and is written to `--keep DIR`.

    .venv/bin/python scripts/mutate_files.py --count 10000
"""

import argparse
import contextlib
import io
import json
import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from catalog.load import DATA, load_catalog
from catalog.problems import CheckFailed, InputError
from rack.build import Target, build
from rack.parts import Way
from rack.read import plan_file

ROOT = Path(__file__).parent.parent
ODD = [
    "0", "-1", "1e308", "-0.0", "nan", "inf", "true", '""', '"\\u0000"', '"\\u202e"', "[]", "{}",
    '"1/0"', '"9999999999U"', '"0.0000001mm"', '"-1U"', "99999999999999999999", "0x" + "f" * 30,
    '"' + "x" * 300 + '"', '"../../etc"', '"10in"', '"19in"', '"3U"', "1979-05-27", "'''\n'''",
    "[[1, [2]], {a = 1}]", '"NaN U"', '"∞U"', '"３U"', "0.1", "1_000", "2", "64", "65", '"None"',
]  # fmt: skip
KEYS = ["name", "device", "count", "height", "mount", "at", "version", "é", "__class__", "id", "x"]
Mutation = Callable[[str, random.Random], str]


def _line(text: str, dice: random.Random) -> tuple[list[str], int]:
    lines = text.split("\n")
    return lines, dice.randrange(len(lines))


def other_value(text: str, dice: random.Random) -> str:
    """Put an odd value behind an equals sign."""
    lines, at = _line(text, dice)
    head, sign, _ = lines[at].partition("=")
    lines[at] = f"{head}= {dice.choice(ODD)}" if sign else lines[at]
    return "\n".join(lines)


def other_key(text: str, dice: random.Random) -> str:
    """Rename a key."""
    lines, at = _line(text, dice)
    _, sign, tail = lines[at].partition("=")
    lines[at] = f"{dice.choice(KEYS)} ={tail}" if sign else lines[at]
    return "\n".join(lines)


def without_line(text: str, dice: random.Random) -> str:
    """Leave a line out."""
    lines, at = _line(text, dice)
    return "\n".join(lines[:at] + lines[at + 1 :])


def twice(text: str, dice: random.Random) -> str:
    """Write a line, or a stretch of them, twice."""
    lines, at = _line(text, dice)
    end = at + dice.randrange(1, 8)
    return "\n".join(lines[:end] + lines[at:])


def swapped(text: str, dice: random.Random) -> str:
    """Exchange two lines."""
    lines, at = _line(text, dice)
    other = dice.randrange(len(lines))
    lines[at], lines[other] = lines[other], lines[at]
    return "\n".join(lines)


def other_digit(text: str, dice: random.Random) -> str:
    """Change one figure of a number."""
    places = [match.start() for match in re.finditer(r"\d", text)]
    if not places:
        return text
    at = dice.choice(places)
    return text[:at] + dice.choice("0123456789.-e") + text[at + 1 :]


def other_letters(text: str, dice: random.Random) -> str:
    """Change, drop or add a few characters anywhere."""
    for _ in range(dice.randrange(1, 4)):
        at = dice.randrange(len(text) + 1)
        new = dice.choice(["", '"', "[", "]", "=", "\n", "#", "é", "\u202e", "\x7f", "\x01", "a"])
        text = text[:at] + new + text[at + dice.randrange(2) :]
    return text


def cut_short(text: str, dice: random.Random) -> str:
    """End the file early."""
    return text[: dice.randrange(len(text) + 1)]


def mixed(text: str, dice: random.Random) -> str:
    """Put the value of one key behind another."""
    lines, at = _line(text, dice)
    values = [line.partition("=")[2] for line in lines if "=" in line]
    head, sign, _ = lines[at].partition("=")
    lines[at] = f"{head}={dice.choice(values)}" if sign and values else lines[at]
    return "\n".join(lines)


MUTATIONS: tuple[Mutation, ...] = (
    other_value, other_value, other_value, mixed, mixed, other_digit, other_digit,
    other_key, without_line, twice, swapped, other_letters, cut_short,
)  # fmt: skip


@dataclass(frozen=True)
class Source:
    """A file to break: a rack, or one of the catalogue's with its place there."""

    name: str
    text: str
    rack: bool


def sources() -> list[Source]:
    """Return the files that are broken: as often a rack as one of the catalogue's."""
    racks = [
        Source(path.name, path.read_text(encoding="utf-8"), rack=True)
        for path in sorted((ROOT / "examples").glob("*.toml"))
    ]
    facts = [
        Source(path.relative_to(DATA).as_posix(), path.read_text(encoding="utf-8"), rack=False)
        for path in sorted(DATA.rglob("*.toml"))
    ]
    return racks * max(1, len(facts) // len(racks)) + facts


def broken(count: int, seed: int) -> Iterator[tuple[Source, str]]:
    """Yield so many broken files, the same for a seed on every machine."""
    dice = random.Random(seed)  # noqa: S311 - no secret
    every = sources()
    for _ in range(count):
        source = dice.choice(every)
        text = source.text
        for _ in range(dice.choice([1, 1, 1, 2, 3])):
            text = dice.choice(MUTATIONS)(text, dice)
        yield source, text


USES_ALL = """\
version = 1
name = "probe"
rack = "10in"
height = "8U"
"""


def outcome(source: Source, text: str, folder: Path, *, made: bool) -> str:
    """Say what becomes of a broken file: `refused`, `planned`, `built`.

    Args:
        source: what was broken.
        text: its new content.
        folder: to work in.
        made: build what is accepted, without files of pictures.

    Raises:
        Exception: whatever it should not have raised.
    """
    rack, facts = folder / "rack.toml", folder / "facts"
    if source.rack:
        rack.write_text(text, encoding="utf-8")
    else:
        (facts / source.name).parent.mkdir(parents=True, exist_ok=True)
        (facts / source.name).write_text(text, encoding="utf-8")
        rack.write_text(USES_ALL + _item(source.name), encoding="utf-8")
    try:
        catalog = load_catalog(None if source.rack else facts)
        plan = plan_file(rack, catalog)
        json.dumps(plan.as_dict(), allow_nan=False)
        if not made:
            return "planned"
        build(plan, catalog, Target(folder / "out"), lambda _: None, Way(pictures=False))
    except InputError as error:
        _located(error)
        return "refused"
    except CheckFailed:
        return "check failed"
    return "built"


def _item(name: str) -> str:
    kind, _, stem = name.removesuffix(".toml").partition("/")
    return f'\n[[item]]\ndevice = "{stem}"\n' if kind in ("boards", "boxes") else ""


def _located(error: InputError) -> None:
    """Hold every problem to naming its file, and its line where it is in the middle of one."""
    for problem in error.problems:
        assert problem.where, problem
        assert problem.what, problem
        assert "\n" not in problem.what, problem
        if problem.key and problem.where.endswith("rack.toml"):
            assert problem.line, problem


def tried(count: int, seed: int, every: int, keep: Path | None) -> tuple[Counter[str], list[str]]:
    """Break so many files and return how often each thing became of them, and the faults.

    Args:
        count: how many.
        seed: which.
        every: of so many that are accepted one is built; 0 builds none.
        keep: where files go that show a fault.
    """
    counts, faults, accepted = Counter[str](), list[str](), 0
    for number, (source, text) in enumerate(broken(count, seed)):
        with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stderr(io.StringIO()):
            try:
                told = outcome(source, text, Path(folder), made=False)
                accepted += told == "planned"
                if told == "planned" and every and accepted % every == 0:
                    told = outcome(source, text, Path(folder), made=True)
            except Exception as error:
                told = "fault"
                faults.append(f"{number} {source.name}: {type(error).__name__}: {str(error)[:200]}")
                if keep is not None:
                    keep.mkdir(parents=True, exist_ok=True)
                    (keep / f"{number}-{Path(source.name).name}").write_text(text, encoding="utf-8")
        counts[told] += 1
    return counts, faults


def main() -> None:
    """Run from the command line; exit code 1 if there is a fault."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--count", type=int, default=10_000)
    reader.add_argument("--seed", type=int, default=10)
    reader.add_argument("--build-every", type=int, default=0, metavar="N")
    reader.add_argument("--keep", type=Path)
    wish = reader.parse_args()
    counts, faults = tried(wish.count, wish.seed, wish.build_every, wish.keep)
    print(json.dumps({"files": wish.count, "became": dict(counts), "faults": faults}, indent=2))
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
