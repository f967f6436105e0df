"""`[[cabinet]]` of a rack.toml: one of several that a file fills together."""

from typing import Annotated

from pydantic import Field

from catalog.base import Fact
from rack.texts import Height, LengthMm, Name


class CabinetSpec(Fact):
    """A cabinet. All of a file have the same posts; they stand in a row, on one floor."""

    name: Name
    height: Height | None = Field(None, description="In U; the file's, or what its rack has.")
    rack: Annotated[str, Field(min_length=1, max_length=60)] | None = Field(
        None, description="A rack with the same posts as the file's; the file's if left out."
    )
    depth: LengthMm | None = Field(
        None,
        description="Clear depth, which front and rear share; what the catalogue has if left out.",
    )
    gap: LengthMm | None = Field(
        None, description="Between it and the cabinet to its left; none if left out, which is said."
    )
