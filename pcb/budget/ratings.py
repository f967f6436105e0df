"""The table of resistances, wires and volts that the budget counts with."""

import functools
import tomllib
from pathlib import Path

from pydantic import Field, model_validator

from catalog.base import Confidence, Fact, Source, Sourced
from pcb.parts import check_cited, tables

TABLE = Path(__file__).parents[1] / "data" / "ratings.toml"


class Cited(Fact):
    """A group of figures with its sources."""

    sources: tuple[str, ...]
    confidence: Confidence
    note: str = ""


class Joint(Sourced):
    """Something that two conductors meet in: resistance of one pole, mOhm, good and poor."""

    mohm: float = Field(gt=0)
    mohm_worst: float = Field(gt=0)
    rated_a: float | None = Field(default=None, gt=0)


class FuseOhm(Cited):
    """Resistance of fuses by size, mOhm cold, and what a loaded one has of that."""

    mohm: dict[float, float]
    hot: float = Field(ge=1)


class Wire(Cited):
    """What a wire carries by gauge, A."""

    rated_a: dict[int, float]


class Rail(Cited):
    """What a node needs at its plug."""

    volts: int
    node_v: float = Field(gt=0)


class Supply(Cited):
    """What a rail of a usual supply gives, A."""

    rated_a: float = Field(gt=0)


class Buck(Cited):
    """A module that makes 5 V of 12 V at the node."""

    efficiency: float = Field(gt=0, le=1)


class Ratings(Fact):
    """The whole table. Every source that a row cites is listed here or beside the parts."""

    joint: tuple[Joint, ...]
    fuse_mohm: FuseOhm
    wire: Wire
    rail: tuple[Rail, ...]
    supply_5v: Supply
    buck: Buck
    source: tuple[Source, ...]

    @model_validator(mode="after")
    def _cited_sources_exist(self) -> "Ratings":
        rows = (*self.joint, self.fuse_mohm, self.wire, *self.rail, self.supply_5v, self.buck)
        check_cited([row.sources for row in rows], (*self.source, *tables().source))
        return self


@functools.cache
def ratings() -> Ratings:
    """Read `ratings.toml`, once."""
    return Ratings.model_validate(tomllib.loads(TABLE.read_text(encoding="utf-8")))


@functools.cache
def joint(joint_id: str) -> Joint:
    """Return one kind of joint.

    Raises:
        KeyError: there is no such row.
    """
    return {row.id: row for row in ratings().joint}[joint_id]


@functools.cache
def node_v(volts: int) -> float:
    """Return how little a node on a rail still runs on, V."""
    return next(rail.node_v for rail in ratings().rail if rail.volts == volts)


@functools.cache
def unconfirmed(sources: tuple[str, ...]) -> bool:
    """Whether a figure rests on memory alone or in part."""
    kinds = {source.id: source.kind for source in (*ratings().source, *tables().source)}
    return any(kinds[cited] == "recall" for cited in sources)
