"""The densest frame that can be printed and whose boards stay cool behind a wall of fans.

    ___________   plate of the next sled
      air         gap: what is counted as a channel
    |##|___##|__  the tallest part
    ===========   PCB, pads, plate: counted as one solid slab

Only the gap over the tallest part is a channel: over lower parts and through the open plates more
air passes, so boards are cooler than is said.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from catalog.load import Catalog
from catalog.models import Fan
from catalog.problems import InputError
from mounts.order import Order, spec_for
from mounts.parts.frame_spec import FrameSpec
from mounts.parts.sled_spec import HEADROOM_MM, LAYER_HEADROOM_MM, SledSpec
from packing.airflow.board_heat import BoardHeat
from packing.airflow.channel import Channels
from packing.airflow.cooling import Case, Cooled, Room
from packing.airflow.most import LEAST_CHANNEL_MM, fewest_fans
from packing.airflow.rows import Given
from packing.cavity import Cavity
from packing.job import Job
from packing.pattern import Section

GAP_STEP_MM = 0.5
WIDEST_GAP_MM = 15.0


@dataclass(frozen=True)
class Cooling:
    """What a frame is asked to keep cool, and by what.

    Args:
        heat: of one board.
        fan: in a wall behind the sleds.
        room: what comes in, and how warm is too warm.
        most_fans: at most so many; as many as the wall takes if not given.
    """

    heat: BoardHeat
    fan: Fan
    room: Room
    most_fans: int | None = None


@dataclass(frozen=True)
class CoolFrame:
    """A frame, the order that makes it, and how warm its boards get."""

    order: Order
    spec: FrameSpec
    cooled: Cooled

    @property
    def air_gap_mm(self) -> float:
        """Air asked for between two boards, over what their sleds leave."""
        return float(self.order.options.get("air_gap_mm", 0.0))


def densest_cool(order: Order, catalog: Catalog, cooling: Cooling) -> CoolFrame | None:
    """Return the frame of most boards that stay under the limit; `None` if none does.

    Gaps are widened step by step: fewer boards go in, and more air. Of frames that hold equally
    many it is the one with the widest gap.

    Args:
        order: a frame for one kind of board, with its height; how many go in is counted here.
        catalog: facts.
        cooling: what is to be kept cool.
    """
    best: CoolFrame | None = None
    widest = LEAST_CHANNEL_MM
    for spec, asked in _frames(order, catalog, cooling.fan):
        if best is not None and spec.holds < best.spec.holds:
            break
        case = case_of(spec, cooling)
        rows = filling(spec)
        gap = min(rows.gaps_mm(case.job))
        if gap <= widest:  # a single layer has the air up to the roof, whatever is asked for
            continue
        found = fewest_fans(rows, case)
        if found is not None:
            best, widest = CoolFrame(asked, spec, found), gap
    return best


def _frames(order: Order, catalog: Catalog, fan: Fan) -> Iterator[tuple[FrameSpec, Order]]:
    for step in range(round(WIDEST_GAP_MM / GAP_STEP_MM) + 1):
        gap = {"air_gap_mm": step * GAP_STEP_MM} if step else {}
        options = {**order.options, "count": "max", **gap, "fan": fan.id}
        asked = replace(order, options=options)
        try:
            spec = spec_for(asked, catalog)
        except InputError:
            return  # no wider gap goes in either
        assert isinstance(spec, FrameSpec), "a frame is asked for"
        yield spec, asked


def filling(spec: FrameSpec) -> Given:
    """Return the boards of one cross-section of a frame, with the channels over them."""
    kinds = list(zip(spec.kinds, spec.counts, strict=True))
    groups = tuple(_channels(spec, sled, each) for sled, (each, _) in kinds)
    edge = int(any(sled.pose == "on-edge" for sled, _ in kinds))
    flat = max((sled.layers for sled, _ in kinds if sled.pose == "flat"), default=0)
    return Given(edge, flat, sum(each for _, (each, _) in kinds), spec.words, groups)


def _channels(spec: FrameSpec, sled: SledSpec, count: int) -> Channels:
    """Return the channels over so many boards, as long as all rows together."""
    layered = sled.layers > 1
    slab = sled.tall_mm - (LAYER_HEADROOM_MM if layered else HEADROOM_MM)
    alone = sled.pose == "flat" and not layered  # up to the roof
    gap = (sled.inside_mm - sled.slide_mm if alone else sled.pitch_mm) - slab
    return Channels(count, max(0.0, gap), sled.board_across_mm, sled.depth_mm * spec.rows)


def case_of(spec: FrameSpec, cooling: Cooling) -> Case:
    """Return what air is asked: the frame's boards before its own wall of fans.

    Args:
        spec: a frame with fans.
        cooling: what is to be kept cool, and by what.
    """
    envelope = spec.envelope
    section = Section(envelope.width_with_connectors_mm, envelope.total_mm)
    wall = Cavity(width_mm=2 * spec.outer_mm, height_mm=spec.top_mm - spec.bottom_mm)
    job = Job(section, envelope.length_with_connectors_mm, wall, spec.rows)
    fans = len(spec.fan_middles)
    most = fans if cooling.most_fans is None else min(fans, cooling.most_fans)
    return Case(job, cooling.heat, cooling.fan, cooling.room, most)
