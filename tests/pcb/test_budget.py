"""The budget, worked out again with whole numbers, and what it says when the inlet is too small."""

from fractions import Fraction
from itertools import product

import pytest

from pcb.budget import budget
from pcb.parts import CONTACT_KINDS, OUTPUT_KINDS, OutputKind, tables
from pcb.spec import BoardSpec

# Contacts of the 24-pin plug (ATX12V 2.0) and their rating (Upgrading and Repairing PCs, 18.14;
# with HCS contacts it says 9 A, Intel 336521 says 6 to 8 A on 18 AWG: 8 A is the most to count on).
CONTACTS = {12: 2, 5: 5}
STANDARD_A, HCS_A, EPS_CONTACTS = 6, 8, 4


def boards(connector: OutputKind) -> list[BoardSpec]:
    every = product(range(1, 25), (12, 5), (0.5, 1.2, 1.5, 3.0, 5.0))
    return [BoardSpec(outputs=n, volts=v, connector=connector, amps=a) for n, v, a in every]


@pytest.mark.parametrize("connector", OUTPUT_KINDS)
def test_the_sums_are_right_and_a_warning_comes_exactly_when_they_do_not_fit(
    connector: OutputKind,
) -> None:
    for spec in boards(connector):
        check_sums(spec)


def check_sums(spec: BoardSpec) -> None:
    sums = budget(spec)
    steady = spec.outputs * Fraction(str(spec.amps))
    limit = CONTACTS[spec.volts] * STANDARD_A
    assert Fraction(str(sums.steady_a)) == steady
    assert Fraction(str(sums.steady_w)) == steady * spec.volts
    assert sums.limit_a == limit
    assert sums.limit_hcs_a == CONTACTS[spec.volts] * HCS_A
    assert sums.fits == (steady <= limit)
    assert sums.fits_with_hcs == (steady <= CONTACTS[spec.volts] * HCS_A)
    assert sums.worst_a >= sums.steady_a
    assert bool(sums.warnings) == (not sums.fits)


@pytest.mark.parametrize("connector", OUTPUT_KINDS)
def test_every_cure_that_is_named_does_cure(connector: OutputKind) -> None:
    overloaded = [spec for spec in boards(connector) if not budget(spec).fits]
    assert len(overloaded) > 50
    for spec in overloaded:
        check_cures(spec)


def check_cures(spec: BoardSpec) -> None:
    said = budget(spec).warnings[0]
    limit = CONTACTS[spec.volts] * STANDARD_A
    if "outputs at" in said or "output at" in said:
        fewer = int(said.split("at most ")[1].split()[0])
        assert budget(spec.model_copy(update={"outputs": fewer})).fits
        assert not budget(spec.model_copy(update={"outputs": fewer + 1})).fits
    each = float(said.split(" A on each of")[0].split()[-1])
    assert budget(spec.model_copy(update={"amps": each})).fits
    assert not budget(spec.model_copy(update={"amps": round(each + 0.01, 2)})).fits
    if "EPS" in said:
        added = float(said.split("(+")[-1].split(" A)")[0])
        assert added % (EPS_CONTACTS * STANDARD_A) == 0
        assert spec.volts == 12
        assert limit + added >= spec.outputs * spec.amps
        assert limit + added - EPS_CONTACTS * STANDARD_A < spec.outputs * spec.amps
    assert ("HCS" in said) == budget(spec).fits_with_hcs


def test_the_source_story_is_told_both_ways() -> None:
    """Seven RockPro64: 3 A a node is too much for two contacts, the measured 7 W is not."""
    wiki = budget(BoardSpec(outputs=7, volts=12, amps=3.0))
    assert (wiki.steady_a, wiki.limit_a, wiki.fits) == (21.0, 12.0, False)
    assert "at most 4 outputs at 3 A" in wiki.warnings[0]
    assert "EPS 8-pin (+24 A)" in wiki.warnings[0]
    measured = budget(BoardSpec(outputs=7, volts=12, amps=0.6))
    assert (measured.steady_a, measured.fits, measured.warnings) == (4.2, True, ())


def test_returns_are_never_the_first_to_be_overloaded() -> None:
    """This is why no warning speaks of them."""
    for inlet in tables().input:
        fed = [inlet.limit_a(volts, kind) for volts in (12, 5) for kind in CONTACT_KINDS]
        assert all(inlet.returns * inlet.contact_a("any") >= limit for limit in fed[::2])
        assert all(inlet.returns * inlet.contact_a("hcs") >= limit for limit in fed[1::2])


def test_every_rating_has_a_source_and_a_mark() -> None:
    listed = {source.id: source.kind for source in tables().source}
    for row in (*tables().part, *tables().input, tables().fuses):
        assert row.sources
        recalled = [cited for cited in row.sources if listed[cited] == "recall"]
        if recalled and len(recalled) == len(row.sources):
            assert row.confidence in ("low", "medium")
            assert "nconfirmed" in row.note
