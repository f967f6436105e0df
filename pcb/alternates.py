"""What may take the place of a bought part, and what is bought to be put into one.

The rows live in `pcb/data/alternates.toml`; this module reads and checks them once.
"""

import functools
import tomllib
from pathlib import Path

from pydantic import model_validator

from catalog.base import Confidence, Fact, Source
from pcb.order_code import code
from pcb.parts import check_cited

TABLE = Path(__file__).parent / "data" / "alternates.toml"
UNCONFIRMED = "unconfirmed"


class Alternate(Fact):
    """An order number that fits the same pads; `{code}` in it is a resistor's value."""

    part: str
    maker: str
    mpn: str
    sources: tuple[str, ...]
    confidence: Confidence
    note: str = ""

    def told(self, value: str) -> str:
        """Return maker and number for a value, and whether that is unconfirmed."""
        named = f"{self.maker} {self.mpn.format(code=code(value))}"
        return f"{named} ({UNCONFIRMED})" if recalled(self.sources) else named


class Single(Fact):
    """A part that nothing else is known for, and why."""

    part: str
    why: str


class Loose(Fact):
    """What is put into a part and not soldered: its number by the part's value, or `any`."""

    part: str
    description: str
    maker: str
    mpn: dict[str, str]
    alternates: tuple[str, ...] = ()
    sources: tuple[str, ...]
    confidence: Confidence
    note: str = ""

    def number(self, value: str) -> str:
        """Return the order number for a part's value; empty if none is known."""
        return self.mpn.get(value, self.mpn.get("any", ""))


class Alternates(Fact):
    """The whole table. Every source that a row cites is listed."""

    alternate: tuple[Alternate, ...]
    single: tuple[Single, ...]
    loose: tuple[Loose, ...]
    source: tuple[Source, ...]

    @model_validator(mode="after")
    def _cited_sources_exist(self) -> "Alternates":
        check_cited([row.sources for row in (*self.alternate, *self.loose)], self.source)
        return self


@functools.cache
def alternates() -> Alternates:
    """Read `alternates.toml`, once."""
    return Alternates.model_validate(tomllib.loads(TABLE.read_text(encoding="utf-8")))


@functools.cache
def recalled(sources: tuple[str, ...]) -> bool:
    """Whether a row of this table rests on memory alone or in part."""
    kinds = {source.id: source.kind for source in alternates().source}
    return any(kinds[cited] == "recall" for cited in sources)


def others(part_id: str, value: str) -> list[str]:
    """Return what may take a part's place, in words; or why nothing else is known."""
    found = [row.told(value) for row in alternates().alternate if row.part == part_id]
    return found or [f"none: {row.why}" for row in alternates().single if row.part == part_id]


def loose(part_id: str) -> Loose | None:
    """Return what is put into a part, if anything is."""
    return next((row for row in alternates().loose if row.part == part_id), None)
