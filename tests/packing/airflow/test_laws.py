"""Laws of air: what can never happen, whatever the boards, the fans and the room."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.models import Fan
from packing.airflow.air import air_at, rise_k
from packing.airflow.board_heat import BoardHeat
from packing.airflow.channel import Channels, driven_m3h, lost_pa
from packing.airflow.cooling import Case, Room, cooled
from packing.airflow.fan import Curve, noise_dba
from packing.airflow.most import AirResult, most_cooled
from packing.airflow.pareto import pareto
from packing.airflow.rows import Rows, rows_that_fit
from packing.airflow.working import working
from packing.bound import upper_bound
from packing.cavity import Cavity, rack_cavity
from packing.job import Job
from packing.pattern import Section

FAN = Fan(
    id="f",
    sources=("OWN",),
    confidence="high",
    size_mm=40,
    thickness_mm=20,
    hole_pitch_mm=32,
    flow_m3h=9.4,
    static_mmh2o=2.26,
    noise_dba=14.9,
)
AIR = air_at(25.0)
WATTS = st.floats(0.5, 20)
few = settings(max_examples=25)  # each looks for the best of some hundred layouts


@st.composite
def channels(draw: st.DrawFn) -> Channels:
    gap = draw(st.floats(0.5, 40))
    return Channels(
        draw(st.integers(1, 30)), gap, draw(st.floats(20, 120)), draw(st.floats(40, 300))
    )


@st.composite
def cases(draw: st.DrawFn) -> Case:
    section = Section(draw(st.floats(40, 80)), draw(st.floats(12, 30)))
    cavity = rack_cavity(
        draw(st.sampled_from([222.0, 450.0])), draw(st.sampled_from([1, 1.5, 2, 3]))
    )
    cavity = replace(cavity, air_gap_mm=draw(st.floats(0, 6)))
    heat = BoardHeat(draw(WATTS), draw(st.floats(1, 6)), 80.0)
    fan = draw(st.sampled_from([FAN, None]))
    return Case(Job(section, draw(st.floats(60, 120)), cavity, draw(st.integers(1, 2))), heat, fan)


def count(case: Case) -> int:
    return most_cooled(case).count


def with_cavity(case: Case, **changed: float) -> Case:
    return replace(case, job=case.job.with_cavity(**changed))


@given(channel=channels(), pressure=st.floats(0.01, 100), loss=st.floats(0, 5))
def test_stream_and_pressure_are_each_others_inverse(
    channel: Channels, pressure: float, loss: float
) -> None:
    flow = driven_m3h(channel, pressure, AIR, loss)
    assert lost_pa(channel, flow, AIR, loss) == pytest.approx(pressure, rel=1e-6)


@given(groups=st.lists(channels(), min_size=1, max_size=3), fans=st.integers(1, 20))
def test_fans_and_channels_agree_at_the_point_of_work(groups: list[Channels], fans: int) -> None:
    curve = Curve(((0.0, 22.2), (4.0, 15.0), (9.4, 0.0)), measured=True)
    work = working(curve, fans, groups, AIR, 2.5)
    assert work.flow_m3h == pytest.approx(fans * curve.flow_m3h(work.pressure_pa), rel=1e-6)
    for group, flow in zip(groups, work.flows_m3h, strict=True):
        assert lost_pa(group, flow, AIR, 2.5) == pytest.approx(work.pressure_pa, rel=1e-6)


@given(groups=st.lists(channels(), min_size=1, max_size=3), fans=st.integers(1, 20))
def test_more_fans_never_move_less_and_gain_less_each_time(
    groups: list[Channels], fans: int
) -> None:
    curve = Curve(((0.0, 22.2), (9.4, 0.0)), measured=False)
    flows = [working(curve, n, groups, AIR, 2.5).flow_m3h for n in (fans, fans + 1, fans + 2)]
    first, second = flows[1] - flows[0], flows[2] - flows[1]
    assert first >= -1e-6
    assert second <= first + 1e-6


@few
@given(case=cases(), fans=st.integers(1, 8))
def test_more_fans_never_warm_a_board(case: Case, fans: int) -> None:
    for rows in rows_that_fit(case.job)[:3]:
        if min(rows.gaps_mm(case.job)) > 0.1:
            blown = replace(case, fan=FAN)
            few, many = cooled(rows, blown, fans), cooled(rows, blown, fans + 1)
            assert many.soc_c <= few.soc_c + 1e-6
            assert many.soc_least_c <= many.soc_c


@few
@given(case=cases(), more=st.floats(0.01, 10))
def test_more_watts_never_more_nodes(case: Case, more: float) -> None:
    hotter = replace(case, heat=replace(case.heat, power_w=case.heat.power_w + more))
    assert count(hotter) <= count(case)


@few
@given(case=cases(), more=st.floats(0.01, 5))
def test_a_larger_gap_never_more_nodes(case: Case, more: float) -> None:
    assert count(with_cavity(case, air_gap_mm=case.job.cavity.air_gap_mm + more)) <= count(case)


@few
@given(case=cases(), less=st.floats(0.1, 60))
def test_a_narrower_rack_or_a_thicker_wall_never_more_nodes(case: Case, less: float) -> None:
    width = case.job.cavity.width_mm
    assert count(with_cavity(case, width_mm=width - less)) <= count(case)


@few
@given(case=cases(), warmer=st.floats(0.1, 30))
def test_a_warmer_room_never_more_nodes(case: Case, warmer: float) -> None:
    hot = replace(case, room=Room(inlet_c=case.room.inlet_c + warmer))
    assert count(hot) <= count(case)


@few
@given(case=cases())
def test_what_is_found_holds_its_limit_and_its_bound(case: Case) -> None:
    result: AirResult = most_cooled(case)
    bound = upper_bound(case.job.section, case.job.cavity) * case.job.rows_that_go
    assert result.count <= result.fit <= bound
    assert result.reason
    if result.best is None:
        return
    assert result.best.soc_c <= case.limit_c
    assert result.best.work is None or not result.best.work.choked
    again = cooled(result.best.rows, case, result.best.fans)
    assert again == result.best
    if result.best.fans > 1:  # one fan fewer does not do
        assert cooled(result.best.rows, case, result.best.fans - 1).soc_c > case.limit_c


@few
@given(case=cases())
def test_heat_that_goes_in_comes_out_with_the_streams(case: Case) -> None:
    blown = replace(case, fan=FAN)
    found = most_cooled(blown).best
    if found is None or found.work is None:
        return
    groups = found.rows.channels(case.job)
    per_board = case.heat.power_w * case.job.rows_that_go
    carried = sum(
        rise_k(per_board * group.count, flow, AIR) * flow * AIR.heat_per_m3 / 3600
        for group, flow in zip(groups, found.work.flows_m3h, strict=True)
    )
    assert carried == pytest.approx(case.heat.power_w * found.count)


def test_of_the_front_none_beats_another() -> None:
    job = Job(Section(56.0, 20.0), 85.0, rack_cavity(222.0, 2))
    wide = FAN.model_copy(update={"id": "wide", "size_mm": 80, "flow_m3h": 55.5, "noise_dba": 17.7})
    front = pareto(Case(job, BoardHeat(9.0, 4.0, 80.0)), [FAN, wide])
    assert len({choice.fan for choice in front}) > 1
    for one in front:
        for other in front:
            better = (
                other.count >= one.count,
                other.soc_c <= one.soc_c,
                (other.noise_dba or 0) <= (one.noise_dba or 0),
            )
            assert one is other or not all(better)
    assert max(choice.count for choice in front) == max(
        most_cooled(Case(job, BoardHeat(9.0, 4.0, 80.0), fan)).count for fan in (FAN, wide, None)
    )


def test_two_equal_fans_are_three_decibels_louder_than_one() -> None:
    assert noise_dba(20.0, 2) == pytest.approx(23.0, abs=0.02)
    assert noise_dba(20.0, 10) == pytest.approx(30.0)


def test_every_filling_lies_in_its_cavity_with_its_gaps() -> None:
    job = Job(Section(56.0, 20.0), 85.0, Cavity(width_mm=450, height_mm=200, air_gap_mm=3))
    for rows in rows_that_fit(job):
        assert rows.per_edge * 20 + max(0, rows.per_edge - 1) * 3 <= 450
        assert rows.per_flat * 56 <= 450
        assert rows.edge * 56 + rows.flat * 20 + max(0, rows.flat - 1) * 3 <= 200
    assert Rows(1, 18, 1, 7).count == 25
