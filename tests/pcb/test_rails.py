"""Laws of what hangs on what: every plug of the supply, one or several, in any mixture of rails."""

from itertools import product

import pytest
from hypothesis import given

from catalog.problems import InputError
from pcb.model import circuit
from pcb.parts import INPUT_KINDS, input_type, part_type
from pcb.rails import inlets, outputs, rails, shares
from pcb.spec import BoardSpec, read_spec
from tests.pcb.boards import boards

# (12 V, 5 V, returns) of each plug. 24-pin: ATX12V 2.0; a 20-pin plug leaves 11, 12, 23 and 24
# empty; P4 and PCIe: Intel 336521, tables 5-5 and 5-8, with sense contacts not counted as returns.
CONTACTS = {
    "atx-24": (2, 5, 8),
    "atx-20": (1, 4, 7),
    "eps-8": (4, 0, 4),
    "p4": (2, 0, 2),
    "pcie-6": (3, 0, 2),
    "pcie-8": (3, 0, 3),
    "atx12vo": (3, 0, 3),
    "screw": (1, 1, 1),
}


@pytest.mark.parametrize("kind", INPUT_KINDS)
def test_contacts_are_those_of_the_standard(kind: str) -> None:
    plug = input_type(kind)
    assert (plug.contacts(12), plug.contacts(5), plug.returns) == CONTACTS[kind]


@given(boards())
def test_twelve_volts_of_two_plugs_meet_only_on_a_supply_of_one_rail(spec: BoardSpec) -> None:
    board = circuit(spec)
    refs = {plug.ref for plug in inlets(spec)}
    for net, pins in board.nets.items():
        meeting = {ref for ref, _ in pins} & refs
        if net == "GND":
            assert meeting == refs
        elif len(meeting) > 1:
            assert spec.single_rail
            assert net == "+12V"


@given(boards())
def test_every_contact_of_a_rail_that_is_used_is_on_it(spec: BoardSpec) -> None:
    board = circuit(spec)
    for plug in inlets(spec):
        for pad, name in part_type(plug.type.part).pins:
            net = board.net_of(plug.ref, pad)
            if name in ("COM", "-"):
                assert net == "GND"
            elif name in ("+12V", "+5V"):
                used = spec.outputs_12v if name == "+12V" else spec.outputs - spec.outputs_12v
                assert net.startswith(name if used else "unconnected-")
                assert net.startswith("unconnected-") or net in rails(spec)
            elif name == "+":
                assert net == spec.rail
            elif name.startswith(("SENSE", "NC", "-12V", "+3.3V")):
                assert net == f"unconnected-({plug.ref}-{name}-Pad{pad})"


@given(boards())
def test_every_output_has_its_rail_and_every_plug_feeds_one(spec: BoardSpec) -> None:
    board, drawn = circuit(spec), outputs(spec)
    assert [one.index for one in drawn] == list(range(1, spec.outputs + 1))
    assert sum(one.volts == 5 for one in drawn) == (
        spec.outputs if spec.volts == 5 else spec.outputs_5v
    )
    for one in drawn:
        assert board.net_of(f"F{one.index}", "1") == one.rail
        assert one.rail.startswith(f"+{one.volts}V")
        assert board.part(f"J{one.index}").type_id == one.connector
    order = [one.rail for one in drawn]
    assert [rail for i, rail in enumerate(order) if i == 0 or order[i - 1] != rail] == list(
        rails(spec)
    )  # side by side on the board, so that no pour has to leap over another
    assert {rail for plug in inlets(spec) for rail in plug.rails.values()} == set(rails(spec))


@given(boards())
def test_jumper_or_switch_is_there_exactly_when_the_plug_can_start_a_supply(
    spec: BoardSpec,
) -> None:
    refs = {part.ref for part in circuit(spec).parts} & {"JP1", "SW1"}
    starts = spec.input in ("atx-24", "atx-20", "atx12vo")
    assert refs == ({"SW1" if spec.ps_on == "switch" else "JP1"} if starts else set())


@pytest.mark.parametrize("kind", ["any", "hcs"])
@pytest.mark.parametrize("count", range(2, 13))
def test_no_other_sharing_leaves_the_fullest_plug_emptier(count: int, kind: str) -> None:
    """Against every way there is to hand the outputs out."""
    for extra in (("eps-8",), ("p4", "pcie-6"), ("pcie-8", "eps-8"), ("p4",), ("pcie-6",)):
        if len(extra) >= count:
            continue
        spec = read_spec({"outputs": count, "extra_inputs": extra, "contacts": kind})
        limits = [input_type(one).limit_a(12, spec.contacts) for one in ("atx-24", *extra)]
        ways = (
            way for way in product(range(1, count + 1), repeat=len(limits)) if sum(way) == count
        )
        best = min(max(n / limit for n, limit in zip(way, limits, strict=True)) for way in ways)
        found = max(n / limit for n, limit in zip(shares(spec), limits, strict=True))
        assert found == pytest.approx(best)


@pytest.mark.parametrize(
    ("values", "option", "works"),
    [
        ({"volts": 5, "outputs_5v": 1}, "outputs_5v", {"outputs_5v": 0}),
        ({"outputs_5v": 4}, "outputs_5v", {"outputs_5v": 3}),
        ({"input": "eps-8", "outputs_5v": 1}, "input", {"input": "atx-24"}),
        ({"input": "screw", "outputs_5v": 1}, "input", {"input": "atx-24"}),
        ({"input": "p4", "volts": 5}, "input", {"input": "atx-24"}),
        ({"volts": 5, "extra_inputs": ["p4"]}, "extra_inputs", {"extra_inputs": []}),
        ({"outputs": 2, "extra_inputs": ["p4"] * 2}, "extra_inputs", {"extra_inputs": ["p4"]}),
        ({"typical_amps": 4}, "typical_amps", {"typical_amps": 3}),
        ({"outputs_5v": 1, "typical_amps_5v": 4}, "typical_amps_5v", {"typical_amps_5v": 3}),
        ({"extra_inputs": "p4,epss"}, "extra_inputs", {"extra_inputs": "p4,eps-8"}),
        ({"extra_inputs": ["p4"] * 4}, "extra_inputs", {"extra_inputs": ["p4"] * 3}),
        ({"extra_inputs": 8}, "extra_inputs", {"extra_inputs": ["eps-8"]}),
        ({"cable_awg": 17}, "cable_awg", {"cable_awg": 16}),
        ({"cable_m": 7}, "cable_m", {"cable_m": 5}),
        ({"copper_oz": 3}, "copper_oz", {"copper_oz": 2}),
        ({"contacts": "hsc"}, "contacts", {"contacts": "hcs"}),
    ],
)
def test_what_does_not_go_together_is_named_with_what_works(
    values: dict[str, object], option: str, works: dict[str, object]
) -> None:
    whole = {"outputs": 4, **values}
    with pytest.raises(InputError) as caught:
        read_spec(whole)
    (problem,) = caught.value.problems
    assert problem.where == f"--{option.replace('_', '-')}"
    assert problem.nearest
    assert problem.allowed
    ((key, value),) = works.items()
    assert read_spec({**whole, key: value})
