"""What cures an overload, tried again from the start; and the two stories it must tell."""

from fractions import Fraction
from typing import Any

import pytest

from pcb.budget import Budget, Cure, budget
from pcb.budget.cure import cured, cures
from pcb.parts import INPUT_KINDS, input_type
from pcb.spec import BoardSpec, read_spec

OVERLOADED: list[dict[str, Any]] = [
    {"outputs": 7, "amps": 3},
    {"outputs": 7, "amps": 5, "typical_amps": 0.583},
    {"outputs": 7, "amps": 5, "extra_inputs": ["eps-8"]},
    {"outputs": 5, "amps": 3, "input": "atx-20"},
    {"outputs": 15, "volts": 5, "amps": 1.8, "connector": "screw"},
    {"outputs": 10, "volts": 5, "amps": 3, "connector": "screw"},
    {"outputs": 12, "outputs_5v": 8, "amps": 2, "amps_5v": 3},
    {"outputs": 9, "amps": 3, "input": "pcie-8"},
    {"outputs": 4, "amps": 5, "input": "screw", "connector": "screw"},
    {"outputs": 24, "amps": 5},
]


@pytest.fixture(scope="module", params=OVERLOADED, ids=lambda v: "-".join(map(str, v.values())))
def refused(request: pytest.FixtureRequest) -> tuple[BoardSpec, Budget]:
    spec = read_spec(request.param)
    return spec, budget(spec)


def test_what_is_named_as_working_works(refused: tuple[BoardSpec, Budget]) -> None:
    spec, found = refused
    assert not found.fits
    assert found.problems
    assert found.cures
    for cure in found.cures:
        again = budget(cured(spec, cure))
        assert again.fits
        assert again.robust == cure.robust
        assert (again.worst.limit, again.worst.use) == (cure.limit, cure.use)
        assert again.worst.lowest_v == cure.lowest_v
        assert cure.use <= 1


def test_the_smallest_change_comes_first_and_none_contains_another(
    refused: tuple[BoardSpec, Budget],
) -> None:
    _, found = refused
    assert [c.price for c in found.cures] == sorted(c.price for c in found.cures)
    for one in found.cures:
        others = [other for other in found.cures if other is not one]
        assert not any(other.changes.items() <= one.changes.items() for other in others)


def test_half_of_a_change_does_not_do(refused: tuple[BoardSpec, Budget]) -> None:
    """No cure holds a change that could be left out, nor a plug more than it takes."""
    spec, found = refused
    for cure in found.cures:
        for smaller in less_of(spec, cure):
            again = budget(read_spec({**spec.model_dump(), **smaller}))
            assert not (again.robust if cure.robust else again.fits)


def less_of(spec: BoardSpec, cure: Cure) -> list[dict[str, Any]]:
    """Return a cure's changes with one of them taken away or made smaller."""
    found: list[dict[str, Any]] = []
    for key, value in cure.changes.items():
        if key in ("copper_oz", "cable_awg", "contacts"):
            found.append({k: v for k, v in cure.changes.items() if k != key})
        elif key == "extra_inputs" and len(value) > len(spec.extra_inputs):
            found.append({**cure.changes, key: value[:-1]})
        elif key == "outputs" and "outputs_5v" not in cure.changes:
            found.append({**cure.changes, key: value + 1})
        elif key in ("amps", "amps_5v") and "volts" not in cure.changes:
            found.append({**cure.changes, key: round(value + 0.05, 2)})
    return found


def test_a_robust_board_needs_no_cure() -> None:
    found = budget(read_spec({"outputs": 4, "amps": 2}))
    assert found.robust
    assert found.cures == found.problems == found.verdict == ()


def test_a_board_that_only_just_fits_is_told_what_is_better_but_not_refused() -> None:
    """Two nodes at 5 V, 3 A: no part is overloaded, but a low supply leaves too few volts."""
    found = budget(read_spec({"outputs": 2, "volts": 5, "amps": 3, "connector": "screw"}))
    assert found.fits
    assert not found.robust
    assert found.verdict == ()
    assert any("too few volts" in text and "4.63" in text for text in found.warnings)
    assert all(cure.robust for cure in found.cures)
    assert "module" in found.cures[0].text


# ---- seven RockPro64 (S4): about 7 W each as measured, 3 to 5 A each by the wiki, with disks


def seven(**values: Any) -> BoardSpec:
    return read_spec({"outputs": 7, "volts": 12, "typical_amps": 7 / 12, **values})


def test_seven_nodes_as_they_are_used_are_no_load() -> None:
    typical = budget(seven(amps=3)).typical
    assert typical.amps_a == pytest.approx(float(Fraction(49, 12)), abs=1e-3)
    assert 4 < typical.amps_a < 4.2
    assert typical.use < 0.4
    measured = budget(seven(amps=0.6))
    assert measured.fits
    assert measured.robust


@pytest.mark.parametrize(("amps", "whole"), [(3, 21), (5, 35)])
def test_seven_nodes_with_disks_are_refused_for_two_contacts(amps: float, whole: float) -> None:
    found = budget(seven(amps=amps))
    assert not found.fits
    assert found.worst.amps_a == whole
    assert found.worst.limit.startswith("J100 contact")
    assert found.worst.use == pytest.approx(whole / 2 / 6, rel=1e-3)
    assert f"7 outputs x {amps:g} A = {whole:g} A at +12V" in found.problems[0]
    assert "2 contacts x 6 A = 12 A" in found.problems[0]


def test_one_more_plug_cures_three_amps_and_two_five() -> None:
    three, five = budget(seven(amps=3)).cures[0], budget(seven(amps=5)).cures[0]
    assert three.changes == {"extra_inputs": ["eps-8"]}
    board = cured(seven(amps=3), three)
    given = [input_type(kind).limit_a(12, "any") for kind in (board.input, *board.extra_inputs)]
    assert given == [12, 24]
    assert len(five.changes["extra_inputs"]) == 2
    assert cured(seven(amps=5), five).cable_awg < 18  # for the volts


# ---- fifteen Raspberry Pi 4B (S2): 9 W each at 5 V


def test_fifteen_pis_at_five_volts_are_refused_and_twelve_with_a_module_works() -> None:
    spec = read_spec({"outputs": 15, "volts": 5, "amps": 1.8, "connector": "screw"})
    found = budget(spec)
    assert not found.fits
    assert found.worst.amps_a == 27
    first = found.cures[0]
    assert first.robust
    assert first.changes["volts"] == 12
    assert "module" in first.text
    watts = 15 * first.changes["amps"] * 12
    assert 15 * 9 / 0.9 < watts < 15 * 9 / 0.9 * 1.2  # what 90 % and a low supply make of 9 W
    assert budget(cured(spec, first)).worst.lowest_v > 10.8


def test_beyond_the_five_contacts_no_label_helps() -> None:
    spec = read_spec(
        {"outputs": 15, "volts": 5, "amps": 2.1, "connector": "screw", "supply_5v_a": 40}
    )
    found = budget(spec)
    assert "5 contacts x 6 A = 30 A" in found.problems[0]
    even = 15 * 2.1 / 5 / 6  # two of the five are nearer to the board, so they carry more
    assert even < found.worst.use < 1.25 * even


def test_a_plug_of_the_standard_gives_no_more_than_the_standard_says() -> None:
    """PCIe: 75 and 150 W, though three contacts carry 216."""
    for kind, watts in (("pcie-6", 75), ("pcie-8", 150)):
        most = watts / 12
        assert input_type(kind).limit_a(12, "hcs") == pytest.approx(most)
        fine = read_spec({"outputs": 5, "amps": most / 5 - 0.001, "input": kind, "contacts": "hcs"})
        over = read_spec({"outputs": 5, "amps": most / 5 + 0.001, "input": kind, "contacts": "hcs"})
        assert budget(fine).fits
        assert not budget(over).fits
        assert f"made for {watts} W" in budget(over).problems[0]


@pytest.mark.parametrize("kind", [kind for kind in INPUT_KINDS if kind != "screw"])
def test_the_limit_of_every_plug_is_where_its_contacts_end(kind: str) -> None:
    """A hair less fits, a hair more does not; beside a screw's one pad copper ends first."""
    most = input_type(kind).limit_a(12, "any")
    for more, fits in ((-0.01, True), (0.01, False)):
        spec = read_spec({"outputs": 8, "amps": (most + more) / 8, "input": kind})
        assert budget(spec).fits == fits


def test_twelve_and_five_volts_in_one_plug_are_warned_of() -> None:
    mixed = {"outputs": 4, "outputs_5v": 2, "amps": 1, "amps_5v": 1}
    same = budget(read_spec({**mixed, "connector_5v": "barrel-5.5x2.1"}))
    assert any("same plug" in text for text in same.warnings)
    assert not any("same plug" in text for text in budget(read_spec(mixed)).warnings)


def test_what_is_not_confirmed_is_named() -> None:
    found = budget(read_spec({"outputs": 2, "amps": 1}))
    marked = {row.kind for row in found.parts if row.unconfirmed}
    assert {"holder", "fuse", "cable", "plug"} <= marked
    assert "contact" not in marked
    assert any(text.startswith("least volts") for text in found.unconfirmed)


def test_cures_of_a_board_that_nothing_cures_are_fewer_or_less() -> None:
    spec = read_spec({"outputs": 24, "amps": 5})
    changed = {key for cure in cures(spec, refused=True) for key in cure.changes}
    assert changed == {"outputs", "amps"}
