"""Laws of the budget's graph for any board, and the same numbers by a nodal matrix."""

import math
from collections import Counter, defaultdict

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pcb.budget.assess import Load, assess
from pcb.budget.graph import Edge, Network, networks
from pcb.budget.solve import drops
from pcb.parts import input_type, part_type
from pcb.rails import inlets, outputs
from pcb.spec import BoardSpec, read_spec
from tests.pcb.boards import boards

BOTH = (False, True)
few = settings(max_examples=15)  # each example is a whole board


def drawn(spec: BoardSpec, *, worst: bool) -> dict[int, float]:
    return {one.index: one.amps if worst else one.typical_a for one in outputs(spec)}


def case(spec: BoardSpec, *, worst: bool) -> Load:
    made = assess(spec)
    return made.worst if worst else made.typical


@few
@given(boards())
def test_at_every_node_what_comes_in_goes_out(spec: BoardSpec) -> None:
    """Kirchhoff: a tap draws its output's current, and no node keeps any."""
    for worst in BOTH:
        load, amps = case(spec, worst=worst), drawn(spec, worst=worst)
        for network in networks(spec):
            left: defaultdict[str, float] = defaultdict(float)
            for edge in network.edges:
                left[edge.ends[0]] -= load.amps[edge.name]
                left[edge.ends[1]] += load.amps[edge.name]
            for output, end in network.taps.items():
                left[end] -= amps[output]
            whole = sum(amps[output] for output in network.taps)
            assert left.pop(network.source) == pytest.approx(-whole)
            assert all(abs(rest) < 1e-6 for rest in left.values())


@few
@given(boards(), st.booleans())
def test_a_nodal_matrix_gives_the_same_volts(spec: BoardSpec, worst: bool) -> None:
    """G V = I, by numpy: none of our own steps is in it."""
    amps = drawn(spec, worst=worst)
    for network in networks(spec):
        expected, found = nodal(network, amps, worst=worst), drops(network, amps, worst)
        assert found.keys() == expected.keys()
        for node, volts in expected.items():
            assert found[node] == pytest.approx(volts, rel=1e-6, abs=1e-9)


def nodal(network: Network, amps: dict[int, float], *, worst: bool) -> dict[str, float]:
    names = sorted({end for edge in network.edges for end in edge.ends})
    at = {name: i for i, name in enumerate(names)}
    matrix, given_a = np.zeros((len(names), len(names))), np.zeros(len(names))
    for edge in network.edges:
        start, end = (at[name] for name in edge.ends)
        siemens = 1 / edge.ohms[worst]
        matrix[start, start] += siemens
        matrix[end, end] += siemens
        matrix[start, end] -= siemens
        matrix[end, start] -= siemens
    for output, name in network.taps.items():
        given_a[at[name]] += amps[output]
    source = at[network.source]
    matrix[source, :], matrix[source, source], given_a[source] = 0, 1, 0
    return dict(zip(names, np.linalg.solve(matrix, given_a).tolist(), strict=True))


@few
@given(boards())
def test_what_the_supply_gives_is_what_nodes_and_parts_take(spec: BoardSpec) -> None:
    """Energy: volts lost on the way times current is the heat of all parts, to the last."""
    for worst in BOTH:
        amps, load = drawn(spec, worst=worst), case(spec, worst=worst)
        heat = sum(
            edge.ohms[worst] * load.amps[edge.name] ** 2
            for network in networks(spec)
            for edge in network.edges
        )
        lost = sum(
            drop[end] * amps[output]
            for network in networks(spec)
            for drop in (drops(network, amps, worst),)
            for output, end in network.taps.items()
        )
        assert heat == pytest.approx(lost)
        assert heat > 0


@few
@given(boards(), st.floats(0.3, 0.999))
def test_more_amps_never_mean_more_volts(spec: BoardSpec, share: float) -> None:
    """As long as the fuses stay as they are: a larger fuse loses less."""
    less = {one.index: share * one.amps for one in outputs(spec)}
    full = {one.index: one.amps for one in outputs(spec)}
    for network in networks(spec):
        for worst in BOTH:
            high, low = drops(network, less, worst), drops(network, full, worst)
            for node in low:
                assert high[node] <= low[node] + 1e-12
                assert high[node] == pytest.approx(share * low[node])


@few
@given(boards(), st.data())
def test_one_node_that_draws_more_lifts_no_other(spec: BoardSpec, data: st.DataObject) -> None:
    full = {one.index: one.amps for one in outputs(spec)}
    greedy = data.draw(st.sampled_from(sorted(full)))
    more = {**full, greedy: full[greedy] + 1}
    for network in networks(spec):
        if greedy in network.taps:
            before, after = drops(network, full, True), drops(network, more, True)
            assert all(after[node] >= before[node] - 1e-12 for node in before)
            assert after[network.taps[greedy]] > before[network.taps[greedy]]


@few
@given(boards(cable_m=1.0), st.sampled_from([(24, 22), (22, 20), (20, 18), (18, 16), (16, 14)]))
def test_thicker_wire_never_costs_volts(spec: BoardSpec, wires: tuple[int, int]) -> None:
    thin, thick = (assess(spec.model_copy(update={"cable_awg": awg})).worst.volts for awg in wires)
    assert all(thick[index] > thin[index] for index in thin)


@few
@given(boards())
def test_a_shorter_cable_never_costs_volts(spec: BoardSpec) -> None:
    volts = assess(spec).worst.volts
    shorter = assess(spec.model_copy(update={"cable_m": spec.cable_m / 2})).worst.volts
    assert all(shorter[index] >= volts[index] - 1e-12 for index in volts)


@few
@given(boards())
def test_poor_parts_give_fewer_volts_and_never_more(spec: BoardSpec) -> None:
    made = assess(spec)
    for one in outputs(spec):
        assert made.worst.volts[one.index] < made.typical.volts[one.index] < one.volts
    for edge in made.edges:
        assert edge.ohms[1] >= edge.ohms[0] > 0


@few
@given(boards(single_rail=False))
def test_contacts_of_one_plug_share_its_load_and_return_all(spec: BoardSpec) -> None:
    """By hand: what a plug's outputs draw, over its contacts; 5 V comes from both of its rows."""
    load, made = assess(spec).worst, assess(spec)
    for plug in inlets(spec):
        for volts, rail in plug.rails.items():
            asked = sum(one.amps for one in outputs(spec) if one.rail == rail)
            pads = contacts(spec, plug.ref, (f"+{volts}V", "+"))
            assert len(pads) == plug.type.contacts(volts)
            amps = {pad: load.amps[f"{plug.ref} contact {pad}"] for pad in pads}
            assert sum(amps.values()) == pytest.approx(asked)
            if volts == 12 or len(pads) == 1:
                assert all(a == pytest.approx(asked / len(pads)) for a in amps.values())
            else:
                near = [amps.pop(pad) for pad in ("4", "6")]  # the others' strip is longer
                assert near[0] == pytest.approx(near[1], rel=1e-3)
                assert max(amps.values()) < near[0] < 2 * min(amps.values())
    back = [e for e in made.networks[-1].edges if e.kind == "contact"]
    assert len(back) == sum(plug.type.returns for plug in inlets(spec))
    whole = sum(one.amps for one in outputs(spec))
    assert sum(load.amps[edge.name] for edge in back) == pytest.approx(whole)


def contacts(spec: BoardSpec, ref: str, names: tuple[str, ...]) -> list[str]:
    plug = next(one for one in inlets(spec) if one.ref == ref)
    pins = part_type(plug.type.part).pins
    return [pad for pad, name in pins if name in names and pad not in plug.type.empty]


@few
@given(boards(extra_inputs=[]), st.booleans())
def test_the_supply_holds_its_volts_where_the_leads_end(spec: BoardSpec, worst: bool) -> None:
    """What leads cost is made good, by ATX supplies; of several wires by their mean."""
    plug, amps = inlets(spec)[0], drawn(spec, worst=worst)
    low = plug.type.low_share if worst else 0.0
    ground = next(network for network in networks(spec) if network.name == "GND")
    back = drops(ground, amps, worst)
    for network in networks(spec)[:-1]:
        there = drops(network, amps, worst)
        ends = {edge.ends[0] for edge in network.edges if edge.kind == "contact"}
        held = plug.type.held_at == "plug"
        least, most = (pick(there[end] for end in ends) if held else 0.0 for pick in (min, max))
        home = back[f"{plug.ref} GND lead"] if held else 0.0
        for output, node in network.taps.items():
            volts = next(one.volts for one in outputs(spec) if one.index == output) * (1 - low)
            found = case(spec, worst=worst).volts[output]
            lost = there[node] + back[node] - home
            assert volts - lost + least - 1e-9 <= found <= volts - lost + most + 1e-9


@few
@given(boards())
def test_at_its_limit_a_rail_fills_one_contact_or_lead_and_no_more(spec: BoardSpec) -> None:
    made = assess(spec)
    for network in made.networks[:-1]:
        fed = [one for one in outputs(spec) if one.rail == network.name]
        share = made.limit_a(network.name) / sum(one.amps for one in fed)
        drop = drops(network, {one.index: share * one.amps for one in fed}, True)
        uses = [
            abs(drop[edge.ends[1]] - drop[edge.ends[0]]) / edge.ohms[1] / edge.rating_a
            for edge in network.edges
            if edge.kind in ("contact", "lead") and edge.rating_a
        ]
        assert max(uses) == pytest.approx(1)


def test_joined_plugs_share_by_the_length_of_their_leads() -> None:
    """The shorter lead gives more: that a plug has twice the contacts does not make it even."""
    spec = read_spec({"outputs": 7, "amps": 5, "extra_inputs": ["eps-8"], "single_rail": True})
    load = assess(spec).worst
    mains, eps = load.amps["J100 contact 10"], load.amps["J101 contact 5"]
    assert input_type("atx-24").lead_m < input_type("eps-8").lead_m
    assert mains > eps
    assert 2 * mains + 4 * eps == pytest.approx(35)


@few
@given(boards())
def test_every_part_of_the_way_is_there_once_and_hangs_together(spec: BoardSpec) -> None:
    made = assess(spec)
    names = Counter(edge.name for edge in made.edges)
    assert max(names.values()) == 1
    for network in made.networks:
        reached, waiting = set[str](), [network.source]
        while waiting:
            node = waiting.pop()
            reached.add(node)
            ends = [edge.ends for edge in network.edges if node in edge.ends]
            waiting += [end for pair in ends for end in pair if end not in reached]
        assert reached == {end for edge in network.edges for end in edge.ends}
    for one in outputs(spec):
        kinds = {edge.kind for edge in way(made.networks, one.index, one.rail)}
        assert {"lead", "contact", "copper", "holder", "fuse", "jack"} <= kinds
        assert ("cable" in kinds) == (spec.cable_m >= 0.001)
        assert ("plug" in kinds) == (one.connector == "barrel-5.5x2.1")


def way(every: tuple[Network, ...], index: int, rail: str) -> list[Edge]:
    """Return the parts on one way from the supply to a node."""
    network = next(one for one in every if one.name == rail)
    came: dict[str, Edge | None] = {network.source: None}
    waiting = [network.source]
    for node in waiting:
        for edge in network.edges:
            other = edge.ends[edge.ends[0] == node]
            if node in edge.ends and other not in came:
                came[other] = edge
                waiting.append(other)
    found: list[Edge] = []
    node = network.taps[index]
    while (edge := came[node]) is not None:
        found.append(edge)
        node = edge.ends[edge.ends[0] == node]
    return found


def test_places_that_coincide_lose_no_current() -> None:
    """One output stands right under its inlet: a bar of a hundredth of a millimetre."""
    load = assess(read_spec({"outputs": 1, "amps": 3})).worst
    bars = [amps for name, amps in load.amps.items() if name.startswith("+12V bar")]
    assert bars
    assert all(math.isclose(abs(amps), 3, rel_tol=1e-9) for amps in bars)
