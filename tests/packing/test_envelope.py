"""Envelopes: every figure is a fact of the catalogue or is named as assumed."""

import pytest

from catalog.load import load_catalog
from catalog.models import Board, FormFactor, Hat, Port
from catalog.problems import InputError
from packing.envelope import Envelope, envelope_of

PLAIN = {
    "id": "plain",
    "name": "Plain",
    "manufacturer": "test",
    "category": "sbc",
    "sources": {},
    "confidence": {},
    "board": {"x_mm": 85, "y_mm": 56, "thickness_mm": 1.4},
}
USB = Port(name="USB", side="x+", z0_mm=0.0, height_mm=16.25, overhang_mm=2.11)
JACK = Port(name="jack", side="y-", z0_mm=-1.0, height_mm=6.0, overhang_mm=2.0)
CARD = Port(name="card", side="x-", z0_mm=-4.15, height_mm=2.5, overhang_mm=-1.0)


def board(**facts: object) -> Board:
    return Board.model_validate(PLAIN | facts)


def hat(**facts: object) -> Hat:
    plain = {"id": "hat", "name": "Hat", "sources": (), "confidence": "high", "spacer_mm": 11}
    return Hat.model_validate(plain | facts)


def test_the_pi_4_of_the_catalogue():
    pi = load_catalog().board("raspberry-pi-4b")
    envelope = envelope_of(pi)
    # USB openings reach 16.25, the card slot's opening 4.15 - 1.4 below the PCB (NopSCADlib).
    assert (envelope.above_mm, envelope.below_mm, envelope.total_mm) == (16.25, 2.75, 20.4)
    assert (envelope.length_with_connectors_mm, envelope.width_with_connectors_mm) == (87.11, 58.0)
    assert envelope.overhang_mm == {"x+": 2.11, "y-": 2.0}
    assert envelope.assumed == ()
    assert pi.case_allowance_below_pcb_mm is not None
    assert envelope.below_mm < pi.case_allowance_below_pcb_mm


@pytest.mark.parametrize(
    ("facts", "above", "below"),
    [
        ({"height_above_pcb_mm": 16.15, "deepest_modelled_below_pcb_mm": 2.2}, 16.15, 2.5),
        ({"tallest_connector_mm": 17, "deepest_modelled_below_pcb_mm": 5}, 17, 5.3),
        ({"heatsink_top_above_pcb_mm": 21, "deepest_modelled_below_pcb_mm": -1}, 21, 0),
    ],
)
def test_the_tallest_part_and_the_deepest_pin_decide(facts, above, below):
    found = envelope_of(board(**facts, case_allowance_below_pcb_mm=9))
    assert (found.above_mm, found.below_mm, found.assumed) == (above, below, ())


def test_ports_reach_above_below_and_over_the_edges():
    facts = {"height_above_pcb_mm": 16.15, "deepest_modelled_below_pcb_mm": 2.2}
    found = envelope_of(board(**facts, ports=(USB, JACK, CARD)))
    assert (found.above_mm, found.below_mm) == (16.25, 2.75)
    assert (found.above_by, found.below_by) == ("opening of USB", "opening of card")
    assert found.overhang_mm == {"x+": 2.11, "y-": 2.0}
    assert found.outline().width_with_connectors_mm == 56


def test_unknown_heights_are_assumed_and_said():
    found = envelope_of(board())
    assert (found.above_mm, found.below_mm) == (20.0, 2.5)
    assert len(found.assumed) == 2


def test_an_unknown_height_is_the_most_that_the_form_allows():
    form = FormFactor(
        id="mini-itx",
        sources=(),
        confidence="high",
        x_mm=170,
        y_mm=170,
        max_component_height_mm=44,
        holes=(),
    )
    found = envelope_of(board(), form_factor=form)
    assert found.above_mm == 44
    assert any("mini-itx" in assumption for assumption in found.assumed)


def test_a_declared_envelope_is_never_undercut():
    declared = {"envelope_mm": (103, 90.5, 34.77), "envelope_with_connectors_mm": None}
    found = envelope_of(
        board(**declared, height_above_pcb_mm=30, deepest_modelled_below_pcb_mm=0.7)
    )
    assert found.total_mm == pytest.approx(34.77)
    assert (found.length_with_connectors_mm, found.width_with_connectors_mm) == (103, 90.5)
    assert len(found.assumed) == 3  # the height, and an edge for each of both overhangs


@pytest.mark.parametrize(
    ("facts", "above", "guesses"),
    [
        ({"stack_height_mm": 22}, 22, 0),
        ({"stack_height_mm": 22, "confidence": "low"}, 22, 1),
        ({"top_of_pcb_mm": 17.65}, 17.65 + 8.5, 1),
        ({"spacer_mm": 16, "thickness_mm": 1.65}, 16 + 1.65 + 8.5, 1),
        ({"stack_height_mm": 9}, 16.15, 0),  # lower than the board's own tallest part
    ],
)
def test_a_hat_raises_the_board(facts, above, guesses):
    known = {"height_above_pcb_mm": 16.15, "deepest_modelled_below_pcb_mm": 2.2}
    found = envelope_of(board(**known), hat(**facts))
    assert found.above_mm == pytest.approx(above)
    assert len(found.assumed) == guesses


def test_a_hat_wider_than_its_board_counts():
    known = {"height_above_pcb_mm": 16.15, "deepest_modelled_below_pcb_mm": 2.2}
    found = envelope_of(board(**known), hat(stack_height_mm=22, x_mm=65, y_mm=56.5))
    assert found.width_with_connectors_mm == 56.5
    assert found.length_with_connectors_mm == 85


def test_every_board_of_the_catalogue_has_an_envelope_that_holds_its_facts():
    catalog = load_catalog()
    for pi in catalog.boards.values():
        form = None if pi.form_factor is None else catalog.form_factor(pi.form_factor)
        found = envelope_of(pi, form_factor=form)
        known = (pi.height_above_pcb_mm, pi.tallest_connector_mm, pi.heatsink_top_above_pcb_mm)
        assert found.above_mm >= max((mm for mm in known if mm is not None), default=0)
        declared = pi.envelope_with_connectors_mm or (0, 0)
        assert found.length_with_connectors_mm >= declared[0] - 1e-6
        assert found.width_with_connectors_mm >= declared[1] - 1e-6
        if all(mm is None for mm in known):
            assert found.assumed


@pytest.mark.parametrize("total", [1.4, 8.0, 20.0, 25.0])
def test_a_given_total_is_kept(total):
    found = envelope_of(load_catalog().board("raspberry-pi-4b")).with_total(total)
    assert found.total_mm == pytest.approx(total)
    assert found.thickness_mm == 1.4
    assert min(found.above_mm, found.below_mm) >= 0


def test_a_total_thinner_than_the_pcb_is_refused():
    bare = Envelope(length_mm=85, width_mm=56, thickness_mm=1.4, above_mm=0, below_mm=0)
    assert bare.with_total(3).above_mm == pytest.approx(1.6)
    with pytest.raises(InputError, match=r"smallest value that works is 1\.4 mm"):
        bare.with_total(1.3)
