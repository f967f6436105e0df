"""What all facts share: frozen records, unit in each name, unknown keys refused."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Confidence = Literal["high", "medium-high", "medium", "medium-low", "low", "none"]

# strict: the text "85" and the word true are not numbers, whatever pydantic would make of them
Number = Annotated[float, Field(strict=True)]
Length = Annotated[float, Field(strict=True, gt=0, le=3000, description="mm")]
Offset = Annotated[float, Field(strict=True, ge=-3000, le=3000, description="mm")]
Watts = Annotated[float, Field(strict=True, ge=0, le=20_000, description="W")]
Volts = Annotated[float, Field(strict=True, gt=0, le=500, description="V")]
Amps = Annotated[float, Field(strict=True, gt=0, le=1000, description="A")]
Celsius = Annotated[float, Field(strict=True, ge=-60, le=200, description="°C")]
Grams = Annotated[float, Field(strict=True, gt=0, le=1_000_000, description="g")]
Positive = Annotated[float, Field(strict=True, gt=0)]
Flag = Annotated[bool, Field(strict=True)]
ID_WORDS = "small letters, digits, '-', '.' and '+'"
Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9.+-]*$", max_length=60, description=ID_WORDS)]


class Fact(BaseModel):
    """Base of all records: frozen, finite numbers only, no unknown keys."""

    # defer_build: a command builds the validators of the few records it reads, not of all thirty
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, defer_build=True)


class Sourced(Fact):
    """A table entry with its sources (keys of `sources.toml`) and how far to trust it.

    Confidence: high = a maker's drawing, or two independent sources agree, or proved in a printed
    case; medium = one good source; low = estimated or recalled; none = missing.
    """

    id: Id
    sources: tuple[str, ...]
    confidence: Confidence
    note: str = ""


class Source(Fact):
    """Where facts come from."""

    id: str = Field(pattern=r"^[A-Z0-9][A-Z0-9_]*$", max_length=30)
    title: str
    where: str
    kind: str
