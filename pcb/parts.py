"""The parts a power board is made of, with ratings, sources and how far to trust them.

The rows live in `pcb/data/parts.toml`; this module reads and checks them once.
"""

import functools
import tomllib
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from catalog.base import Confidence, Fact, Source, Sourced

TABLE = Path(__file__).parent / "data" / "parts.toml"

OutputKind = Literal["barrel-5.5x2.1", "screw", "wire"]
OUTPUT_KINDS: tuple[OutputKind, ...] = ("barrel-5.5x2.1", "screw", "wire")


class PartType(Sourced):
    """One kind of part.

    `pins` are (pad name, pin name) in the connector's own order; `rated_per` says what the ampere
    rating counts: one contact, one output or the whole part.
    """

    symbol: str
    value: str
    description: str
    footprint: str = Field(pattern=r"^[^:]+:[^:]+$")
    maker: str
    mpn: str
    rated_a: float | None = Field(None, gt=0)
    rated_v: float | None = Field(None, gt=0)
    rated_w: float | None = Field(None, gt=0)
    rated_per: Literal["contact", "output", "part"]
    in_bom: bool = True
    pins: tuple[tuple[str, str], ...]


class Fuses(Fact):
    """The fuses that are sold, and the share of its rating that one carries for ever at 60 °C."""

    sizes_a: tuple[float, ...]
    steady_share: float = Field(gt=0, le=1)
    sources: tuple[str, ...]
    confidence: Confidence
    note: str = ""


class InputType(Sourced):
    """A power inlet: contacts that feed a rail (by volts), contacts that return, ampere each."""

    contacts: dict[int, int]
    returns: int = Field(gt=0)
    amps_any_plug: float = Field(gt=0)
    amps_hcs: float = Field(gt=0)


class Tables(Fact):
    """Everything in `parts.toml`. Every source that a row cites is listed."""

    part: tuple[PartType, ...]
    fuses: Fuses
    input: tuple[InputType, ...]
    source: tuple[Source, ...]

    @model_validator(mode="after")
    def _cited_sources_exist(self) -> "Tables":
        listed = {source.id for source in self.source}
        rows = (*self.part, *self.input, self.fuses)
        missing = sorted({cited for row in rows for cited in row.sources} - listed)
        if missing:
            what = f"sources cited but not listed: {', '.join(missing)}"
            raise ValueError(what)
        return self


@functools.cache
def tables() -> Tables:
    """Read `parts.toml`, once."""
    return Tables.model_validate(tomllib.loads(TABLE.read_text(encoding="utf-8")))


@functools.cache
def part_type(part_id: str) -> PartType:
    """Return one kind of part.

    Raises:
        KeyError: there is no such row.
    """
    return {part.id: part for part in tables().part}[part_id]


@functools.cache
def input_type(input_id: str) -> InputType:
    """Return one kind of power inlet.

    Raises:
        KeyError: there is no such row.
    """
    return {row.id: row for row in tables().input}[input_id]


def largest_fuse_a(connector: OutputKind) -> float:
    """Return the largest fuse that still protects an output's connector, A."""
    rated = part_type(connector).rated_a or 0.0
    holder = part_type("fuse").rated_a or 0.0
    return max(size for size in tables().fuses.sizes_a if size <= min(rated, holder))


def largest_amps(connector: OutputKind) -> float:
    """Return the steady current that one output can be made for, A."""
    return round(largest_fuse_a(connector) * tables().fuses.steady_share, 3)


def fuse_a(amps: float, connector: OutputKind) -> float:
    """Return the smallest fuse that carries `amps` for ever, A.

    Args:
        amps: steady current of one output, A; at most `largest_amps(connector)`.
        connector: what the output ends in.

    Raises:
        ValueError: no fuse carries that current and still protects the connector.
    """
    share = tables().fuses.steady_share
    for size in tables().fuses.sizes_a:
        if size * share >= amps - 1e-9 and size <= largest_fuse_a(connector):
            return size
    what = f"{amps:g} A is above {largest_amps(connector):g} A"
    raise ValueError(what)
