"""The parts a power board is made of, with ratings, sources and how far to trust them.

The rows live in `pcb/data`: `parts.toml`, `inputs.toml` for what comes in, `managed.toml` and
`sensing.toml`. This module reads and checks them once.
"""

import functools
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal, get_args

from pydantic import Field, model_validator

from catalog.base import Confidence, Fact, Source, Sourced
from pcb.order_code import code

TABLES = tuple(
    Path(__file__).parent / "data" / f"{name}.toml"
    for name in ("parts", "inputs", "managed", "sensing")
)

OutputKind = Literal["barrel-5.5x2.1", "screw", "wire", "jst-vh", "mini-fit"]
OUTPUT_KINDS: tuple[OutputKind, ...] = get_args(OutputKind)
InputKind = Literal["atx-24", "atx-20", "eps-8", "p4", "pcie-6", "pcie-8", "atx12vo", "screw"]
INPUT_KINDS: tuple[InputKind, ...] = get_args(InputKind)
ExtraKind = Literal["eps-8", "p4", "pcie-6", "pcie-8"]  # plugs that bring 12 V and nothing else
EXTRA_KINDS: tuple[ExtraKind, ...] = get_args(ExtraKind)
ContactKind = Literal["any", "hcs"]
StarterKind = Literal["jumper", "switch"]  # what joins PS_ON# to GND
STARTER_KINDS: tuple[StarterKind, ...] = get_args(StarterKind)
CONTACT_KINDS: tuple[ContactKind, ...] = get_args(ContactKind)


class PartType(Sourced):
    """One kind of part.

    `pins` are (pad name, pin name) in the connector's own order; `rated_per` says what the ampere
    rating counts: one contact, one output or the whole part. `{code}` in `mpn` is a resistance;
    `numbers` has order numbers by value.
    """

    symbol: str
    value: str
    description: str
    footprint: str = Field(pattern=r"^[^:]+:[^:]+$")
    maker: str
    mpn: str
    numbers: dict[str, str] = Field(default_factory=dict)
    alternates: tuple[str, ...] = ()
    rated_a: float | None = Field(None, gt=0)
    rated_v: float | None = Field(None, gt=0)
    rated_w: float | None = Field(None, gt=0)
    rated_per: Literal["contact", "output", "part"]
    in_bom: bool = True
    pins: tuple[tuple[str, str], ...]

    def number(self, value: str) -> str:
        """Return the order number of a part of some value; empty if none is known."""
        return self.numbers.get(value) or self.mpn.format(code=code(value))


class Fuses(Fact):
    """The fuses that are sold, and the share of its rating that one carries for ever at 60 °C."""

    sizes_a: tuple[float, ...]
    steady_share: float = Field(gt=0, le=1)
    sources: tuple[str, ...]
    confidence: Confidence
    note: str = ""


class InputType(Sourced):
    """A power inlet: its header and lead, what one contact carries, what the cable may give."""

    part: str
    empty: tuple[str, ...] = ()
    cap_w: float | None = Field(None, gt=0)
    lead_m: float = Field(ge=0)
    lead_awg: int
    low_share: float = Field(0.05, ge=0, lt=1)
    held_at: Literal["plug", "supply"] = "plug"
    amps_any_plug: float = Field(gt=0)
    amps_hcs: float = Field(gt=0)

    def contacts(self, volts: int) -> int:
        """Return how many contacts feed a rail; both of a screw terminal's carry any rail."""
        return self._count(f"+{volts}V") or self._count("+")

    @property
    def returns(self) -> int:
        """How many contacts take the current back."""
        return self._count("COM") or self._count("-")

    @property
    def starts(self) -> bool:
        """Whether it has the contact that starts a supply."""
        return bool(self._count("PS_ON#"))

    def contact_a(self, plug: ContactKind) -> float:
        """Return what one contact carries, A."""
        return self.amps_hcs if plug == "hcs" else self.amps_any_plug

    def limit_a(self, volts: int, plug: ContactKind) -> float:
        """Return what all contacts of a rail carry, or what the cable may give if less, A."""
        whole = self.contacts(volts) * self.contact_a(plug)
        return whole if self.cap_w is None else min(whole, self.cap_w / volts)

    def _count(self, name: str) -> int:
        pins = part_type(self.part).pins
        return sum(called == name and pad not in self.empty for pad, called in pins)


class Tables(Fact):
    """Everything in the tables. Every source that a row cites is listed."""

    part: tuple[PartType, ...]
    fuses: Fuses
    input: tuple[InputType, ...]
    source: tuple[Source, ...]

    @model_validator(mode="after")
    def _cited_sources_exist(self) -> "Tables":
        cited = [row.sources for row in (*self.part, *self.input, self.fuses)]
        check_cited(cited, self.source)
        return self


def check_cited(cited: Iterable[Iterable[str]], listed: Iterable[Source]) -> None:
    """Hold the sources that rows cite against those that are listed.

    Raises:
        ValueError: a cited one is not listed.
    """
    missing = sorted({name for one in cited for name in one} - {source.id for source in listed})
    if missing:
        what = f"sources cited but not listed: {', '.join(missing)}"
        raise ValueError(what)


@functools.cache
def tables() -> Tables:
    """Read the tables, once: lists of the same name are joined."""
    joined: dict[str, Any] = {}
    for table in TABLES:
        for key, rows in tomllib.loads(table.read_text(encoding="utf-8")).items():
            joined[key] = [*joined.get(key, ()), *rows] if isinstance(rows, list) else rows
    return Tables.model_validate(joined)


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
