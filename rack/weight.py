"""What a rack weighs, where its centre of gravity lies, when it tips and what its posts carry."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import atan2, degrees
from typing import Any

from catalog.load import Catalog
from catalog.models import Blade, Rack
from catalog.rack_units import HOLES_IN_U_MM, U_MM
from mounts.parts.rear_spec import RearSpec
from mounts.weight import weight_of
from rack.devices import find
from rack.mounted import Module, Mounted

G = 9.81  # m/s²
LEAST_TIP_DEG = 15.0  # below that a pulled cable or a pet will do: a rule of thumb


@dataclass(frozen=True)
class Laden:
    """A module with what it carries: grams, how far its middle stands behind the posts, screws.

    Args:
        label: of the module.
        grams: devices and print; what is assumed is in `assumed`.
        height_u: of the module.
        behind_mm: from the front posts to its centre of gravity.
        lever_mm: to it from the panel that it hangs on.
        at_mm: height of its centre above the lowest unit's lower edge.
        braced: it rests on the rear posts too.
        assumed: whose weight was taken by size, in words.
    """

    label: str
    grams: float
    height_u: float
    behind_mm: float
    at_mm: float
    braced: bool
    assumed: tuple[str, ...]
    lever_mm: float

    @property
    def kg_per_u(self) -> float:
        """How much each of its units carries, kg."""
        return self.grams / 1000 / self.height_u

    @property
    def screw_n(self) -> float:
        """What each of its two upper screws is pulled out of the post by, N; 0 if braced.

        It hangs on them and leans on the panel's lower edge: its weight times its lever behind
        the panel, over the height between the two.
        """
        if self.braced:
            return 0.0
        lever = max(U_MM / 2, self.height_u * U_MM - HOLES_IN_U_MM[0])
        return self.grams / 1000 * G * self.lever_mm / lever / 2

    def as_dict(self) -> dict[str, Any]:
        """Return the fields by name, rounded as they are told."""
        return {
            "label": self.label,
            "kg": round(self.grams / 1000, 2),
            "kg_per_u": round(self.kg_per_u, 2),
            "behind_mm": round(self.behind_mm, 1),
            "screw_n": round(self.screw_n, 1),
            "braced": self.braced,
            "assumed": list(self.assumed),
        }


@dataclass(frozen=True)
class WeightPlan:
    """The whole rack's weight. Heights count from the floor, depths from the front posts' face.

    Args:
        rack_g: of the rack itself; `None` if the catalogue does not know.
        modules: each with what it carries, from the top.
        with_prints: whether the printed parts are in it.
        centre_mm: (depth, height) of the centre of gravity; `None` for an empty rack.
        tips_deg: by how much it may lean forward, backward or sideways before it falls; `None`
            where weight or feet of the rack are not known.
    """

    rack_g: float | None
    modules: tuple[Laden, ...]
    with_prints: bool
    centre_mm: tuple[float, float] | None
    tips_deg: float | None

    @property
    def grams(self) -> float:
        """All that is known, g."""
        return (self.rack_g or 0.0) + sum(one.grams for one in self.modules)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What there is to look at."""
        if self.tips_deg is not None and self.tips_deg < LEAST_TIP_DEG:
            return (f"it tips at {self.tips_deg:.0f}°: put heavy things low, or screw it down",)
        return ()

    def as_dict(self) -> dict[str, Any]:
        """Return the fields by name, rounded as they are told."""
        centre = self.centre_mm
        return {
            "kg": round(self.grams / 1000, 2),
            "rack_kg": None if self.rack_g is None else round(self.rack_g / 1000, 2),
            "with_prints": self.with_prints,
            "modules": [one.as_dict() for one in self.modules],
            "centre_mm": None if centre is None else [round(v, 1) for v in centre],
            "tips_deg": None if self.tips_deg is None else round(self.tips_deg, 1),
            "warnings": list(self.warnings),
        }


def plan_weight(
    modules: Sequence[Module],
    rack: Rack,
    catalog: Catalog,
    prints_g: Mapping[str, float] | None = None,
) -> WeightPlan:
    """Weigh a rack: one cabinet.

    Args:
        modules: all that hangs in it, from the top.
        rack: as sold; what hangs at its rear hangs its clear depth behind the front.
        catalog: facts.
        prints_g: weight of the printed parts by module, g; left out before they are made.
    """
    grams_of, deep_mm = prints_g or {}, rack.clear_depth_mm or 0.0
    laden = tuple(_laden(m, catalog, grams_of.get(m.label, 0.0), deep_mm) for m in modules)
    floor = floor_mm(rack)
    bodies = [(one.grams, one.behind_mm, floor + one.at_mm) for one in laden]
    if rack.weight_g and rack.outer_d_mm and _tall_mm(rack):
        bodies.append((rack.weight_g, rack.outer_d_mm / 2, _tall_mm(rack) / 2))
    grams = sum(weight for weight, _, _ in bodies)
    if grams == 0:
        return WeightPlan(rack.weight_g, laden, prints_g is not None, None, None)
    deep = sum(weight * behind for weight, behind, _ in bodies) / grams
    high = sum(weight * at for weight, _, at in bodies) / grams
    tips = _tips_deg(rack, deep, high)
    return WeightPlan(rack.weight_g, laden, prints_g is not None, (deep, high), tips)


def all_together(plans: Sequence[WeightPlan]) -> WeightPlan:
    """Return several cabinets as one: what they weigh, and when the first of them tips.

    Args:
        plans: each by itself; a sole one is returned as it is.
    """
    if len(plans) == 1:
        return plans[0]
    racks = [one.rack_g for one in plans if one.rack_g is not None]
    tips = [one.tips_deg for one in plans if one.tips_deg is not None]
    return WeightPlan(
        rack_g=sum(racks) if len(racks) == len(plans) else None,
        modules=tuple(laden for one in plans for laden in one.modules),
        with_prints=plans[0].with_prints,
        centre_mm=None,
        tips_deg=min(tips) if len(tips) == len(plans) else None,
    )


def _laden(module: Module, catalog: Catalog, print_g: float, deep_mm: float) -> Laden:
    weights = [(print_g, "")] if print_g else []
    for name, many in _carried(module):
        device = find(catalog, name)
        if isinstance(device, Blade):
            continue
        grams, assumed = weight_of(device)  # pyright: ignore[reportArgumentType] - blades are out
        weights.append((many * grams, assumed))
    grams, lever = sum(weight for weight, _ in weights), module.depth_mm / 2
    return Laden(
        label=module.label,
        grams=grams,
        height_u=module.height_u,
        behind_mm=lever if module.face == "front" else deep_mm - lever,
        at_mm=(module.at_u - 1 + module.height_u / 2) * U_MM,
        braced=isinstance(module.spec, RearSpec) and module.spec.braced,
        assumed=tuple(dict.fromkeys(text for _, text in weights if text)),
        lever_mm=lever,
    )


def _carried(mount: Mounted) -> list[tuple[str, int]]:
    own = [(mount.device, mount.count)] if mount.device else []
    return own + [(other.device, other.count) for other in mount.others]


def _tall_mm(rack: Rack) -> float:
    return rack.outer_h_with_feet_mm or rack.outer_h_mm or 0.0


def floor_mm(rack: Rack) -> float:
    """Return how high the lowest unit's lower edge stands over the floor, mm; 0 if unknown."""
    if rack.outer_h_mm is None or rack.opening_height_mm is None:
        return 0.0
    feet = _tall_mm(rack) - rack.outer_h_mm
    return feet + (rack.outer_h_mm - rack.opening_height_mm) / 2


def _tips_deg(rack: Rack, deep_mm: float, high_mm: float) -> float | None:
    """Return the least angle at which the centre of gravity stands over an edge of the rack."""
    if rack.weight_g is None or rack.outer_d_mm is None or rack.outer_w_mm is None or high_mm <= 0:
        return None
    edges = (deep_mm, rack.outer_d_mm - deep_mm, rack.outer_w_mm / 2)
    return degrees(atan2(min(edges), high_mm))
