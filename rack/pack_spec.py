"""`[pack]` of a rack.toml: what is wished of the places, beyond that everything has one.

Racks, goal and costs are for `rackpress pack`; a plan is of the file's cabinets, and keeps free
what things take of which no mount is made.
"""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from catalog.base import Fact, Grams, Watts
from catalog.validate import Wrong
from rack.texts import Height, LengthMm, Name

Named = Annotated[str, Field(min_length=1, max_length=60)]
Several = Annotated[tuple[Named, ...], Field(min_length=2, max_length=40)]
Pair = Annotated[tuple[Named, ...], Field(min_length=2, max_length=2)]
Units = Annotated[float, Field(strict=True, ge=0, le=60, multiple_of=0.5)]
Unit = Annotated[float, Field(strict=True, ge=1, le=60, multiple_of=0.5)]
Whole = Annotated[int, Field(strict=True, ge=0, le=1_000_000)]
Goal = Literal["most", "fewest-u", "fewest-racks", "least-cost"]


class Near(Fact):
    """Things that stand together: the first with each of the others."""

    items: Several = Field(description="The first is near each of the others.")
    within_u: Units = Field(0, description="At most so many units between them.")
    same_rack: bool = Field(
        False, strict=True, description="In one rack will do, however far apart."
    )


class Far(Fact):
    """Things that stand apart, each from every other."""

    items: Several = Field(description="Each is far from every other.")
    by_u: Annotated[float, Field(strict=True, ge=0.5, le=60, multiple_of=0.5)] = Field(
        1, description="At least so many units between them."
    )
    other_rack: bool = Field(False, strict=True, description="In different racks.")


class Stand(Fact):
    """Where a thing stands, as far as it is said."""

    item: Named = Field(description="The name of a thing.")
    at_u: Unit | None = Field(None, description="Lowest unit it takes.")
    face: Literal["front", "rear"] | None = Field(None, description="Which posts it hangs on.")
    rack: Named | None = Field(None, description="Name of a rack, such as rack 2 of several.")


class OwnThing(Fact):
    """A thing of which no mount is made here: bought with ears, or on a shelf of its own."""

    name: Name
    device: Named | None = Field(
        None,
        description="Of the catalogue's `racked`: says what is left out here. `rackpress import` "
        "writes such tables.",
    )
    count: Annotated[int, Field(strict=True, ge=1, le=40)] = Field(1, description="How many.")
    height: Height | None = Field(None, description="What it takes of a rack.")
    width: LengthMm | None = Field(
        None, description="Narrow things may stand side by side; all of it if left out."
    )
    depth: LengthMm | None = Field(None, description="From the posts it hangs on.")
    full_depth: bool | None = Field(None, strict=True, description="It takes both faces.")
    power_w: Watts | None = Field(None, description="W at its peak.")
    heat_w: Watts | None = Field(None, description="W that it warms the rack with.")
    weight_g: Grams | None = Field(None, description="Of one.")
    counts: Whole = Field(1, description="What it counts where the most is wanted.")
    cost: Whole = Field(0, description="What it costs, for the goal least-cost.")
    optional: bool = Field(False, strict=True, description="It may stay out, as a candidate may.")

    @model_validator(mode="after")
    def _high(self) -> "OwnThing":
        if self.height is None and self.device is None:
            raise Wrong("a thing needs a height", "such as 1U", 'write height = "1U", or a device')
        return self


class OwnRack(Fact):
    """Racks that may be filled, as wide as that of the file."""

    name: Name
    count: Annotated[int, Field(strict=True, ge=1, le=20)] = Field(1, description="How many.")
    height: Height | None = Field(None, description="That of the file if left out.")
    cost: Whole = Field(1, description="What one costs, for the goal least-cost.")


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
    near: tuple[Near, ...] = Field((), max_length=40, description="What stands together.")
    far: tuple[Far, ...] = Field((), max_length=40, description="What stands apart.")
    stand: tuple[Stand, ...] = Field((), max_length=200, description="Where a thing stands.")
    cables: tuple[Pair, ...] = Field(
        (), max_length=200, description="Pairs of things: their cables are kept short."
    )
    goal: Goal = Field("most", description="What is best; for `rackpress pack`.")
    counts: dict[Named, Whole] = Field(
        {},
        max_length=200,
        description="What items and candidates count where the most is wanted: their devices, "
        "if nothing is said. A switch may count 0, a board of four nodes 4.",
    )
    least: Whole | None = Field(
        None, description="What is in counts so much at least; for `rackpress pack`."
    )
    racks: tuple[OwnRack, ...] = Field(
        (),
        alias="rack",
        max_length=20,
        description="For `pack`, instead of the file's own.",
    )
    rear: bool = Field(False, strict=True, description="Things may hang at the rear too.")
    depth: LengthMm | None = Field(
        None, description="Clear depth of a rack; what the catalogue has if left out."
    )
    cable_gap: LengthMm = Field(0.0, description="Between what hangs at the front and at the rear.")
    side_gap: LengthMm = Field(0.0, description="Between things side by side.")
    costs: dict[Named, Whole] = Field(
        {}, max_length=200, description="Of items and candidates by name, for least-cost."
    )
    things: tuple[OwnThing, ...] = Field(
        (), alias="thing", max_length=60, description="What no mount is made for here."
    )
