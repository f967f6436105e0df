"""What a rack.toml says of electricity: `[[supply]]`, `[ups]` and `[energy]`."""

from typing import Annotated

from pydantic import Field, model_validator

from catalog.base import Fact, Positive
from catalog.validate import Wrong
from rack.texts import Line

Name = Annotated[Line, Field(min_length=1, max_length=80)]
Share = Annotated[float, Field(strict=True, ge=0.5, le=0.99)]


class Supply(Fact):
    """A supply between the mains and some devices; what none feeds has an adapter of its own."""

    name: Name = Field(description="What to call it.")
    psu: Name | None = Field(None, description="A supply of the catalogue: rating, efficiency.")
    watts: Positive | None = Field(None, description="What it is rated for, W.")
    level: Name | None = Field(
        None, description="Its 80 PLUS level, such as 80plus-gold-115v: wants watts or psu."
    )
    efficiency: Share | None = Field(
        None, description="Share of what it takes that it gives, if you know it: 0.9."
    )
    modules: Share | None = Field(
        None, description="The same of what regulates at each node: modules of 12 V to 5 V."
    )
    feeds: tuple[Name, ...] = Field(
        (), max_length=200, description="Names of items and outside things; all if left out."
    )

    @model_validator(mode="after")
    def _whole(self) -> "Supply":
        if self.level is not None and self.efficiency is not None:
            msg = "level and efficiency both say how much it loses"
            raise Wrong(msg, "one of the two", "leave out level if you measured it")
        if self.level is not None and self.watts is None and self.psu is None:
            msg = "a level counts in shares of the rated load, and that is not given"
            raise Wrong(msg, nearest="add watts, as the label says")
        return self


class Backup(Fact):
    """What holds the rack when the mains fail: a UPS of the catalogue, or a battery by its Wh."""

    model: Name | None = Field(None, description="A UPS of the catalogue.")
    battery_wh: Annotated[float, Field(strict=True, ge=5, le=100_000)] | None = Field(
        None, description="V times Ah of its battery, if the catalogue has not got it."
    )
    output_w: Positive | None = Field(None, description="The most it can feed, W.")
    feeds: tuple[Name, ...] = Field(
        (),
        max_length=200,
        description="Names of items, outside things and supplies; all if left out.",
    )

    @model_validator(mode="after")
    def _whole(self) -> "Backup":
        if self.model is None and self.battery_wh is None:
            msg = "a UPS is known by its model or by its battery"
            near = "add battery_wh: a battery of 12 V and 7 Ah holds 84"
            raise Wrong(msg, "model or battery_wh", near)
        if self.model is not None and (self.battery_wh is not None or self.output_w is not None):
            msg = "model says what its battery holds and what it can feed"
            raise Wrong(msg, nearest="leave out model, or battery_wh and output_w")
        return self


class Energy(Fact):
    """Price of electricity, and how nodes are started."""

    price_per_kwh: Annotated[float, Field(strict=True, ge=0, le=100)] | None = Field(
        default=None, description="What a kWh costs you; a year's cost is in that currency."
    )
    currency: Line = Field(default="", max_length=8, description="Shown behind costs.")
    start_gap_s: Annotated[float, Field(strict=True, ge=0, le=3600)] = Field(
        default=0, description="Seconds between the start of two nodes; 0 is all at once."
    )
