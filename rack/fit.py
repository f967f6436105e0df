"""How many of a rack's own boards would fit per unit: the packing solver asked for the report."""

from typing import Any

from catalog.load import Catalog
from catalog.models import Board
from catalog.problems import InputError
from mounts.order import Order, spec_for
from mounts.parts.frame_spec import FrameSpec
from packing.cavity import rack_cavity
from packing.envelope import envelope_of
from packing.solve import best_fit
from rack.devices import find
from rack.plan import Plan

HEIGHTS_U = (1.0, 2.0, 3.0, 4.0)


def fit_rows(plan: Plan, catalog: Catalog) -> list[dict[str, Any]]:
    """Return the best fit of every board of the plan in 1 to 4 U, bare and touching, one row deep.

    It is the geometric best, before walls and air, and beside it what a frame holds with walls,
    play and latches, bare too: the distance between the two is what printing costs.
    """
    standard = catalog.standard(plan.rack.standard or plan.rack.id)
    opening = plan.rack.opening_mm or standard.opening_mm
    found: list[dict[str, Any]] = []
    others = {other.device for m in plan.mounts for other in m.others}
    for name in sorted({m.device for m in plan.mounts if m.device} | others):
        device = find(catalog, name)
        if not isinstance(device, Board):
            continue
        form = catalog.form_factor(device.form_factor) if device.form_factor else None
        envelope = envelope_of(device, None, form).outline()
        for height in HEIGHTS_U:
            if height > plan.height_u:
                continue
            result = best_fit(envelope, rack_cavity(opening, height))
            found.append(
                {
                    "board": name,
                    "height_u": height,
                    "pose": result.pose,
                    "count": result.count,
                    "upper_bound": result.upper_bound,
                    **_printed(plan, name, height, catalog),
                    "per_u": result.per_u,
                    "binding": result.binding_text,
                    "buys_one_more": result.buys_one_more,
                }
            )
    return found


def _printed(plan: Plan, board: str, height_u: float, catalog: Catalog) -> dict[str, Any]:
    """Return how many of a board the densest frame of a height holds, and how they stand."""
    order = Order("frame", plan.rack.id, board, height_u, options={"count": "max"})
    try:
        spec = spec_for(order, catalog)
    except InputError:
        return {"printed": 0, "printed_as": ""}
    assert isinstance(spec, FrameSpec)
    return {"printed": spec.holds, "printed_as": spec.words}
