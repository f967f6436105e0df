"""S2: the densest Pi 4B that can be printed and stay cool at 9 W, computed again another way."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mounts.cooled import CoolFrame, Cooling, densest_cool, filling
from mounts.order import Order, spec_for
from mounts.parts.frame_spec import FrameSpec
from packing.airflow.air import air_at
from packing.airflow.board_heat import board_heat
from packing.airflow.channel import Channels, lost_pa
from packing.airflow.cooling import LOSS, Room
from packing.airflow.working import CHOKED_SHARE
from packing.cavity import rack_cavity
from packing.solve import best_fit
from tests.mounts.kit import PI, catalog

NINE_W = (1.0, 2.0, 4.0)  # the heights of S2
SINK = 4.0  # K/W
few = settings(max_examples=6)


def order(height_u: float, rack: str = "19in") -> Order:
    return Order("frame", rack, PI, height_u)


def cooling(watts: float = 9.0, sink: float = SINK, fan: str = "40x20") -> Cooling:
    heat = board_heat(catalog().board(PI), watts, sink)
    return Cooling(heat, catalog().fan(fan), Room())


def cool(height_u: float) -> CoolFrame:
    found = densest_cool(order(height_u), catalog(), cooling())
    assert found is not None
    return found


def count(height_u: float, asked: Cooling) -> int:
    found = densest_cool(order(height_u), catalog(), asked)
    return 0 if found is None else found.spec.holds


@pytest.mark.parametrize("height_u", NINE_W)
def test_what_is_said_of_nine_watts_is_what_the_stream_carries(height_u: float) -> None:
    """Fans on their straight line and channels under Shah's friction meet at the stream told."""
    found = cool(height_u)
    air, work = air_at(25.0), found.cooled.work
    assert work is not None
    (gap,) = filling(found.spec).gaps_mm(None)  # type: ignore[arg-type]
    spec = found.spec
    channels = Channels(spec.holds, gap, spec.kinds[0].board_across_mm, spec.kinds[0].depth_mm)
    fan = catalog().fan("40x20")
    assert fan.static_pa is not None
    assert fan.flow_m3h is not None
    flow = work.flow_m3h
    free = found.cooled.fans * fan.flow_m3h
    assert fan.static_pa * (1 - flow / free) == pytest.approx(
        lost_pa(channels, flow, air, LOSS), rel=1e-3
    )
    assert flow / free >= CHOKED_SHARE
    rise = 9.0 * spec.holds / (flow / 3600 * air.heat_per_m3)
    assert found.cooled.soc_c == pytest.approx(25.0 + rise + 9.0 * SINK, abs=0.1)
    assert found.cooled.soc_least_c < found.cooled.soc_c <= 75.0
    assert found.cooled.fans <= len(spec.fan_middles)


@pytest.mark.parametrize("height_u", NINE_W)
def test_the_order_makes_the_frame_and_no_frame_is_denser_than_boards_that_touch(
    height_u: float,
) -> None:
    found = cool(height_u)
    again = spec_for(found.order, catalog())
    assert isinstance(again, FrameSpec)
    assert again.holds == found.spec.holds
    touching = best_fit(found.spec.envelope, rack_cavity(450.0, height_u))
    assert 0 < found.spec.holds < touching.upper_bound


def test_two_units_hold_more_than_one_and_four_more_than_twice_two() -> None:
    one, two, four = (cool(height).spec.holds for height in NINE_W)
    assert one == 7  # two layers have 0.5 mm of air between them, one has 18
    assert two > 2 * one
    assert four > 2 * two


def test_a_bare_pi_is_too_hot_whatever_its_frame() -> None:
    """25 °C + 9 W × 7.7 K/W = 94 °C."""
    assert count(2.0, cooling(sink=7.7)) == 0


@few
@given(watts=st.floats(3.0, 11.0), more=st.floats(0.5, 4.0), height=st.sampled_from(NINE_W))
def test_more_watts_or_a_warmer_room_never_more_boards(
    watts: float, more: float, height: float
) -> None:
    asked = cooling(watts)
    now = count(height, asked)
    assert count(height, cooling(watts + more)) <= now
    assert count(height, replace(asked, room=Room(inlet_c=25.0 + more))) <= now


@few
@given(fans=st.integers(1, 12), height=st.sampled_from(NINE_W))
def test_more_fans_never_fewer_boards(fans: int, height: float) -> None:
    asked = replace(cooling(), most_fans=fans)
    assert count(height, asked) <= count(height, replace(asked, most_fans=fans + 1))
