"""How many of a rack's own boards would fit per unit: the packing solver asked for the report."""

from dataclasses import dataclass, replace
from typing import Any

from catalog.load import Catalog
from catalog.models import Board, Rack
from catalog.origin import folder_digest
from catalog.problems import InputError
from mounts.cooled import Cooling, densest_cool
from mounts.order import Order, spec_for
from mounts.parts.frame_spec import FrameSpec
from packing.airflow.board_heat import board_heat
from packing.airflow.cooling import Room
from packing.cavity import rack_cavity
from packing.envelope import Envelope, envelope_of
from packing.explain import Question, row_on_edge, ways_to_row
from packing.solve import best_fit
from rack.crew import Crew, plain
from rack.devices import find
from rack.forms import plain_kind
from rack.plan import Plan
from rack.workers import Later

HEIGHTS_U = (1.0, 2.0, 3.0, 4.0)
FIT = plain_kind("fit")
ALONE = Crew(Later)
FAN = "40x20"
SINK_K_PER_W = 4.0  # processor over the air with a heat sink: a figure to aim at, no product's


def fit_rows(plan: Plan, catalog: Catalog, hands: Crew = ALONE) -> list[dict[str, Any]]:
    """Return the best fit of every board of the plan in 1 to 4 U, bare and touching, one row deep.

    It is the geometric best, before walls and air, and beside it what a frame holds with walls,
    play and latches, bare too: the distance between the two is what printing costs.
    """
    tallest = max(one.height_u for one in plan.cabinets)
    place = _Place(plan.rack, _opening_mm(plan, catalog), tallest)
    own = [folder_digest(layer.root) for layer in catalog.layers if layer.own]
    found: list[dict[str, Any]] = []
    for board in _boards(plan, catalog):
        watts = max((i.peak_w or 0.0 for i in plan.spec.items if i.device == board.id), default=0.0)
        of = {"board": plain(board), "watts": watts, "rack": plain(plan.rack), "facts": own}
        of |= {"opening": place.opening_mm, "height": place.height_u}
        found += hands.here(FIT, of, board.id, _rows, place, board, watts, catalog)
    return found


@dataclass(frozen=True)
class _Place:
    """Where boards would stand."""

    rack: Rack
    opening_mm: float
    height_u: float


def _rows(place: _Place, board: Board, watts: float, catalog: Catalog) -> list[dict[str, Any]]:
    """Return one board's rows."""
    envelope = _envelope(board, catalog).outline()
    found: list[dict[str, Any]] = []
    for height in HEIGHTS_U:
        if height > place.height_u:
            continue
        result = best_fit(envelope, rack_cavity(place.opening_mm, height))
        found.append(
            {
                "board": board.id,
                "height_u": height,
                "pose": result.pose,
                "count": result.count,
                "upper_bound": result.upper_bound,
                **_printed(place, board.id, height, catalog),
                "cool": _cool(place, (board, watts), height, catalog),
                "per_u": result.per_u,
                "binding": result.binding_text,
                "buys_one_more": result.buys_one_more,
            }
        )
    return found


def fit_notes(plan: Plan, catalog: Catalog) -> list[str]:
    """Return for every board of the plan why a row on edge does not stand in 1U, if it does not.

    Of boards that the plan has several of also what puts as many as such a row into 1U.
    """
    cavity = rack_cavity(_opening_mm(plan, catalog), 1.0)
    found: list[str] = []
    for board in _boards(plan, catalog):
        question = Question(_envelope(board, catalog), cavity)
        found += row_on_edge(question)
        many = sum(mount.count for mount in plan.mounts if mount.device == board.id)
        ways = ways_to_row(question) if many > 1 else []
        found += ["\n".join(ways)] if ways else []
    return found


def _boards(plan: Plan, catalog: Catalog) -> list[Board]:
    others = {other.device for m in plan.mounts for other in m.others}
    names = sorted({m.device for m in plan.mounts if m.device} | others)
    devices = [find(catalog, name) for name in names]
    return [device for device in devices if isinstance(device, Board)]


def _opening_mm(plan: Plan, catalog: Catalog) -> float:
    standard = catalog.standard(plan.rack.standard or plan.rack.id)
    return plan.rack.opening_mm or standard.opening_mm


def _envelope(board: Board, catalog: Catalog) -> Envelope:
    form = catalog.form_factor(board.form_factor) if board.form_factor else None
    return envelope_of(board, None, form)


def _printed(place: _Place, board: str, height_u: float, catalog: Catalog) -> dict[str, Any]:
    """Return how many of a board the densest frame of a height holds, and how they stand."""
    order = Order("frame", place.rack.id, board, height_u, options={"count": "max"})
    try:
        spec = spec_for(order, catalog)
    except InputError:
        return {"printed": 0, "printed_as": ""}
    assert isinstance(spec, FrameSpec)
    return {"printed": spec.holds, "printed_as": spec.words}


def _cool(place: _Place, drawing: tuple[Board, float], height_u: float, catalog: Catalog) -> str:
    """Return how many boards of a printed frame stay cool behind fans, and how warm they get.

    Where one board alone is too warm as it is, a heat sink is taken and named.
    """
    board, watts = drawing
    try:
        heat = board_heat(board, watts or None)
    except InputError:
        return "power not known"
    room, fan = Room(), catalog.fan(FAN)
    bare = room.inlet_c + heat.soc_rise_k <= heat.throttle_c - room.margin_k
    heat = heat if bare else replace(heat, soc_k_per_w=SINK_K_PER_W)
    order = Order("frame", place.rack.id, board.id, height_u)
    found = densest_cool(order, catalog, Cooling(heat, fan, room))
    at = f"at {heat.power_w:g} W" + ("" if bare else f" with heat sinks of {SINK_K_PER_W:g} K/W")
    if found is None:
        return f"none {at}"
    air = found.cooled
    reached = f"processor {air.soc_least_c:.0f} to {air.soc_c:.0f} °C"
    return f"{air.count} {at} behind {air.fans} × {air.fan}: {reached}"
