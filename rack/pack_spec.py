"""`[pack]` of a rack.toml: what is wished of the places, beyond that everything has one."""

from typing import Annotated

from pydantic import Field

from catalog.base import Fact, Grams, Watts

Named = Annotated[str, Field(min_length=1, max_length=60)]
Several = Annotated[tuple[Named, ...], Field(min_length=2, max_length=40)]
Pair = Annotated[tuple[Named, ...], Field(min_length=2, max_length=2)]
Units = Annotated[float, Field(strict=True, ge=0, le=60, multiple_of=0.5)]


class Near(Fact):
    """Things that stand together: the first with each of the others."""

    items: Several
    within_u: Units = Field(0, description="At most so many units between them.")


class Far(Fact):
    """Things that stand apart, each from every other."""

    items: Several
    by_u: Annotated[float, Field(strict=True, ge=0.5, le=60, multiple_of=0.5)] = Field(
        1, description="At least so many units between them."
    )


class Pack(Fact):
    """Wishes for places. Names are those of items, or of candidates where `pack` chooses them."""

    power_w: Watts | None = Field(None, description="All peak draws of one rack together.")
    heat_w: Watts | None = Field(
        None, description="All typical draws of one rack together: what warms it."
    )
    weight_g: Grams | None = Field(None, description="All devices of one rack together.")
    heavy_g: Grams | None = Field(
        None, description="What weighs so much stands below all that is lighter."
    )
    near: tuple[Near, ...] = Field((), max_length=40)
    far: tuple[Far, ...] = Field((), max_length=40)
    cables: tuple[Pair, ...] = Field(
        (), max_length=200, description="Pairs of things: their cables are kept short."
    )
