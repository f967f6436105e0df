"""The shops, what each promises, and whether a board asks for more than that."""

import functools
import itertools
import math
import tomllib
from collections.abc import Iterator
from pathlib import Path

from pydantic import Field, model_validator

from catalog.base import Confidence, Fact, Source
from catalog.problems import InputError, Problem, did_you_mean
from pcb.board.board import VIA_DRILL, VIA_MM
from pcb.board.comb import EDGE
from pcb.board.layout import Layout
from pcb.board.rules import GROUND_GAP
from pcb.parts import check_cited

CONTACT_GAP = 0.3  # the least clearance of a project: pcb.project
TABLE = Path(__file__).parents[1] / "data" / "fabs.toml"


class Limits(Fact):
    """The least that a shop makes for one thickness of copper, mm."""

    track_mm: float = Field(gt=0)
    space_mm: float = Field(gt=0)
    via_drill_mm: float = Field(gt=0)
    via_mm: float = Field(gt=0)
    ring_mm: float = Field(gt=0)
    edge_mm: float = Field(gt=0)
    hole_gap_mm: float = Field(gt=0)
    text_mm: float = Field(gt=0)
    line_mm: float = Field(gt=0)


class Shop(Fact):
    """A shop: largest board, smallest and largest drill, limits by oz, what its form asks."""

    id: str
    name: str
    largest_mm: tuple[float, float]
    drill_mm: tuple[float, float]
    order: tuple[str, ...]
    copper: dict[int, Limits]
    sources: tuple[str, ...]
    confidence: Confidence
    note: str = ""


class Shops(Fact):
    """The whole table."""

    fab: tuple[Shop, ...]
    source: tuple[Source, ...]

    @model_validator(mode="after")
    def _cited_sources_exist(self) -> "Shops":
        check_cited([shop.sources for shop in self.fab], self.source)
        return self


@functools.cache
def shops() -> Shops:
    """Read `fabs.toml`, once."""
    return Shops.model_validate(tomllib.loads(TABLE.read_text(encoding="utf-8")))


def shop(shop_id: str) -> Shop:
    """Return a shop by its id.

    Raises:
        InputError: there is no such shop.
    """
    known = {one.id: one for one in shops().fab}
    if shop_id not in known:
        what, allowed = f"there is no shop {shop_id!r}", ", ".join(known)
        raise InputError(Problem("--fab", what, "", None, allowed, did_you_mean(shop_id, known)))
    return known[shop_id]


def shortfalls(made: Shop, layout: Layout, copper_oz: int) -> list[str]:
    """Return what a board asks that a shop does not promise, one sentence each."""
    limits = made.copper[copper_oz]
    found = [
        f"{made.name} makes {name} of {least:g} mm or more, the board has {has:g}"
        for name, has, least in asked(layout, limits)
        if has < least - 1e-9
    ]
    size, most = sorted(layout.size), sorted(made.largest_mm)
    if size[0] > most[0] or size[1] > most[1]:
        found.append(f"{made.name} makes {most[1]:g} x {most[0]:g} mm, the board is larger")
    for drill in sorted({hole[2] for hole in drills(layout)}):
        if not made.drill_mm[0] <= drill <= made.drill_mm[1]:
            found.append(f"{made.name} drills {made.drill_mm[0]:g} to {made.drill_mm[1]:g} mm, "
                         f"the board has {drill:g}")  # fmt: skip
    return found


def gap_mm(layout: Layout) -> float:
    """Return the least gap of copper: of pours, or between contacts of a part of the surface."""
    return CONTACT_GAP if any(put.footprint.on_surface for put in layout.parts) else GROUND_GAP


def finest_mm(layout: Layout) -> float:
    """Return the narrowest track or gap of a board, mm."""
    return min(gap_mm(layout), *(one.width for one in layout.tracks), GROUND_GAP)


def asked(layout: Layout, limits: Limits) -> Iterator[tuple[str, float, float]]:
    """Yield what a board asks for: its name, what the board has, the least that is made; mm."""
    yield "tracks", min((one.width for one in layout.tracks), default=1.0), limits.track_mm
    yield "gaps of copper", gap_mm(layout), limits.space_mm
    yield "vias", VIA_MM, limits.via_mm
    yield "drills of vias", VIA_DRILL, limits.via_drill_mm
    yield "rings", _least_ring(layout), limits.ring_mm
    yield "copper to the edge", EDGE, limits.edge_mm
    yield "gaps between holes", _least_gap(layout), limits.hole_gap_mm
    yield "text", min((one.size for one in layout.texts), default=1.0), limits.text_mm
    lines = (one.width for one in layout.lines if not one.filled)
    yield "printed lines", min(lines, default=0.15), limits.line_mm


def drills(layout: Layout) -> list[tuple[float, float, float, float, bool]]:
    """Return every hole: x, y, width, height, plated; a round one is as wide as it is high."""
    found = [(via.x, via.y, VIA_DRILL, VIA_DRILL, True) for via in layout.vias]
    for put in layout.parts:
        for pad in put.footprint.pads:
            if pad.drill is not None:
                wide, high = pad.drill if isinstance(pad.drill, tuple) else (pad.drill, pad.drill)
                x, y = round(put.x + pad.x, 4), round(put.y + pad.y, 4)
                found.append((x, y, wide, high, pad.plated))
    return sorted(found)


def _least_ring(layout: Layout) -> float:
    rings = [(VIA_MM - VIA_DRILL) / 2]
    for put in layout.parts:
        for pad in put.footprint.pads:
            if pad.drill is not None and pad.plated:
                wide, high = pad.drill if isinstance(pad.drill, tuple) else (pad.drill, pad.drill)
                rings.append(min(pad.size[0] - wide, pad.size[1] - high) / 2)
    return round(min(rings), 4)


def _least_gap(layout: Layout) -> float:
    """Return the least wall between two holes, mm; a slot counts as the circle round it."""
    holes = [(x, y, max(wide, high) / 2) for x, y, wide, high, _ in drills(layout)]
    near = (
        math.dist(a[:2], b[:2]) - a[2] - b[2]
        for a, b in itertools.combinations(holes, 2)
        if abs(a[0] - b[0]) < 8
    )
    return round(min(near, default=99.0), 4)
