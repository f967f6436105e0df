"""A cabinet with all that hangs in it, and what that makes of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from catalog.load import Catalog
from rack.cabinets import Cabinet
from rack.climate.plan import ClimatePlan
from rack.energy.loads import Load, totals
from rack.energy.supplies import is_of
from rack.mounted import Module
from rack.packed import Kept
from rack.place import Face, gaps
from rack.weight import WeightPlan, plan_weight


@dataclass(frozen=True, kw_only=True)
class Filled:
    """A cabinet, its modules from the top, the room that is kept in it, its warmth and weight.

    Args:
        cabinet: empty.
        modules: at both faces.
        kept: for things of which no mount is made.
        loads: what its devices draw.
        climate: of it alone.
        weight: of it alone.
    """

    cabinet: Cabinet
    modules: tuple[Module, ...]
    kept: tuple[Kept, ...]
    loads: tuple[Load, ...]
    climate: ClimatePlan
    weight: WeightPlan

    @property
    def name(self) -> str:
        """What it is called; empty where the file has only one and gives it no name."""
        return self.cabinet.name

    @property
    def height_u(self) -> float:
        """Of it, U."""
        return self.cabinet.height_u

    @property
    def free_u(self) -> float:
        """What is left at its front, U; blanks count as free."""
        held = [m for m in self.modules if m.family != "blank"]
        return sum(high for _, high in gaps(taken(held, self.kept), self.height_u))

    @property
    def warnings(self) -> tuple[str, ...]:
        """What there is to look at of its weight."""
        named = f"{self.name}: " if self.name else ""
        return tuple(f"{named}{text}" for text in self.weight.warnings)

    def as_dict(self) -> dict[str, Any]:
        """Return what is of this cabinet alone as plain data; its modules by name, from the top."""
        climate, weight = self.climate.as_dict(), self.weight.as_dict()
        return {
            "name": self.name,
            "rack": self.cabinet.rack.id,
            "height_u": self.height_u,
            "depth_mm": self.cabinet.depth_mm,
            "left_mm": round(self.cabinet.left_mm, 2),
            "wide_mm": round(self.cabinet.wide_mm, 2),
            "free_u": self.free_u,
            "modules": [m.label for m in self.modules],
            "power": totals(self.loads),
            "climate": {key: climate[key] for key in AIR},
            "weight": {key: value for key, value in weight.items() if key != "modules"},
        }


AIR = ("heat_w", "wanted_m3h", "wanted_cfm", "moved_m3h", "rise_k")


def taken(
    modules: Sequence[Module], kept: Sequence[Kept], face: Face = "front"
) -> list[tuple[float, float]]:
    """Return the units that are taken at a face of one cabinet, as (lowest unit, height).

    Args:
        modules: that hang in it.
        kept: room in it.
        face: which posts.
    """
    return [(one.at_u, one.height_u) for one in (*modules, *kept) if one.face == face or one.both]


def loads_in(modules: Sequence[Module], loads: Sequence[Load]) -> tuple[Load, ...]:
    """Return what the devices of some modules draw."""
    names = [m.label for m in modules]
    return tuple(load for load in loads if any(is_of(load, name) for name in names))


def fill(
    cabinets: Sequence[Cabinet],
    held: tuple[Sequence[Module], Sequence[Kept]],
    loads: Sequence[Load],
    climates: Mapping[str, ClimatePlan],
    catalog: Catalog,
) -> tuple[Filled, ...]:
    """Return every cabinet with what hangs in it, from the top; at one unit the front first.

    Args:
        cabinets: empty.
        held: modules and room that is kept, of all.
        loads: what all devices draw.
        climates: of each, by its name.
        catalog: facts.
    """
    found: list[Filled] = []
    for one in cabinets:
        mine = [m for m in held[0] if m.cabinet == one.name]
        mine.sort(key=lambda m: (-m.at_u, m.face))
        found.append(
            Filled(
                cabinet=one,
                modules=tuple(mine),
                kept=tuple(kept for kept in held[1] if kept.cabinet == one.name),
                loads=loads_in(mine, loads),
                climate=climates[one.name],
                weight=plan_weight(mine, one.rack, catalog),
            )
        )
    return tuple(found)
