"""`[room]` of a rack.toml: the air that comes in, and how warm is too warm."""

from typing import Annotated

from pydantic import Field

from catalog.base import Fact


class RoomSpec(Fact):
    """Where the rack stands."""

    air_c: Annotated[float, Field(strict=True, ge=-20, le=60)] = Field(
        default=25.0, description="Air that comes in, °C."
    )
    margin_k: Annotated[float, Field(strict=True, ge=0, le=40)] = Field(
        default=5.0, description="Kept below what slows a processor down, K."
    )
    rise_k: Annotated[float, Field(strict=True, gt=0, le=40)] = Field(
        default=10.0, description="By how much the air may warm on its way through, K."
    )
    most_dba: Annotated[float, Field(strict=True, ge=10, le=90)] | None = Field(
        default=None, description="The loudest that all fans together may be, dB(A)."
    )
