"""Checks: a figure past its limit never passes; what is not known is never told as passed."""

import copy
from dataclasses import replace
from typing import Any

import pytest

from catalog.load import load_catalog
from catalog.validate import parse
from mounts.verify.findings import Finding, Report
from pcb.prove import Proved
from rack.board_made import said_of
from rack.checks.boards import KICAD, board_checks
from rack.checks.check import Check
from rack.checks.climate import climate_checks
from rack.checks.cost import cost_checks
from rack.checks.parts import fit_checks, part_checks
from rack.checks.place import place_checks, weight_checks
from rack.checks.power import power_checks
from rack.checks.wires import wire_checks
from rack.plan import Plan, make_plan
from rack.report.checks import checks_html, counted
from rack.spec import RackSpec
from tests.rack.page import Page

FACTS = load_catalog()
RACK: dict[str, Any] = {
    "version": 1,
    "name": "held",
    "rack": "deskpi-rackmate-t1",
    "room": {"most_dba": 60.0},
    "item": [
        {"name": "switch", "device": "netgear-gs308p", "idle_w": 3.0, "typical_w": 4.0},
        {"name": "fed", "device": "raspberry-pi-4b", "hat": "rpi-poe-hat", "poe": "switch"},
        {"name": "pis", "device": "raspberry-pi-4b", "mount": "stack", "count": 3},
    ],
    "supply": [{"name": "brick", "watts": 60, "level": "80plus-gold-230v-eu", "feeds": ["pis"]}],
    "power_board": [
        {
            "name": "board",
            "outputs": 3,
            "amps": 4.5,
            "typical_amps": 1.0,
            "connector": "screw",
            "extra_inputs": ["eps-8"],
        }
    ],
    "ups": {"battery_wh": 84, "output_w": 330},
}
RACK["item"][0]["peak_w"] = 6.0
RACK["item"][2]["soc_k_per_w"] = 4.0
BORNE = {"carries_kg": 1.0, "fails_at_kg": 9.0, "deflection_mm": 0.1, "later_mm": 0.2}
RIGHT = Report("p", (), ("bed", "wall"), (), (), BORNE)
TOTAL: dict[str, Any] = {
    "cost": 100.0,
    "currency": "EUR",
    "others": {},
    "unpriced": [],
    "unsure": False,
    "since": "",
}


def plan(**said: Any) -> Plan:
    """Return the plan of the rack above."""
    return make_plan(parse(RackSpec, {**RACK, **said}, "rack.toml"), FACTS, "rack.toml")


PLAN = plan()
TOLD = {
    "plan": PLAN.as_dict(),
    "weight": PLAN.weight.as_dict(),
    "fit": [{"board": "b", "height_u": 1.0, "count": 6, "upper_bound": 6}],
    "parts": [{"name": "p", "fits_bed": True, "bed": "10 x 10 x 10 mm, fits"}],
    "total": TOTAL,
}
Facts = dict[str, Any]


def every(facts: Facts, report: Report = RIGHT, most: float | None = 150.0) -> list[Check]:
    """Return all checks of some facts, with KiCad missing."""
    proofs = {"board": said_of(Proved({}, None, None, "KiCad 9 is not installed"))}
    return [
        *place_checks(PLAN, FACTS),
        *fit_checks(facts),
        *part_checks(facts, {"p": report}, FACTS),
        *wire_checks(facts, FACTS),
        *power_checks(facts, FACTS),
        *climate_checks(PLAN),
        *weight_checks(facts),
        *board_checks(facts, proofs),
        *cost_checks(facts, most),
    ]


def asked(checks: list[Check], about: str, words: str) -> Check:
    """Return the one check about something whose question has these words."""
    (found,) = [one for one in checks if one.about == about and words in one.asked]
    return found


def test_each_has_a_question_a_figure_and_a_source() -> None:
    checks = every(TOLD)
    assert len({(one.group, one.about, one.asked) for one in checks}) == len(checks) > 20
    for one in checks:
        assert one.asked.endswith("?")
        assert one.figure
        assert one.source or one.result == "not checked"


def test_without_kicad_nothing_of_the_board_is_told_as_proved() -> None:
    checks = every(TOLD)
    for words in (*KICAD.values(), "Does its copper carry it?"):
        assert asked(checks, "board", words).result == "not checked"


def wrong(facts: Facts, path: str, value: object) -> Facts:
    """Return the facts with one figure changed."""
    made = copy.deepcopy(facts)
    at: Any = made
    *steps, last = path.split("/")
    for step in steps:
        at = at[int(step) if isinstance(at, list) else step]
    at[last] = value
    return made


@pytest.mark.parametrize(
    ("about", "words", "path", "value"),
    [
        ("b", "proven", "fit/0/upper_bound", 7),
        ("p", "fit the printer", "parts/0/fits_bed", False),
        ("switch", "a port", "plan/wiring/portless", ["pis 3"]),
        ("switch", "a port", "plan/wiring/switches/0/ports", None),
        ("brick", "strong enough", "plan/energy/supplies/0/peak/load_w", 61.0),
        ("brick", "strong enough", "plan/energy/supplies/0/rated_w", None),
        ("brick", "known, typical", "plan/energy/supplies/0/typical/efficiency", None),
        ("switch", "ports enough", "plan/energy/poe/0/ports_used", 5),
        ("switch", "all ports together", "plan/energy/poe/0/peak_w", 53.5),
        ("fed", "one port", "plan/energy/poe/0/devices/0/port_peak_w", 15.5),
        ("fed", "one port", "plan/energy/poe/0/devices/0/port_peak_w", None),
        ("devices", "every draw", "plan/power/unknown_peak_w", ["fed"]),
        ("battery", "hold, typical", "plan/energy/ups/loads/typical/unknown", ["fed"]),
        ("board", "contacts of +12V carry", "plan/power_boards/0/rails/0/worst_a", 12.1),
        ("board", "fullest part carry it, at most", "plan/power_boards/0/worst/use", 1.01),
        ("board", "volts, at most", "plan/power_boards/0/nodes/0/worst_v", 10.7),
        ("all parts", "what it may", "total/cost", 150.5),
        ("all parts", "what it may", "total/others", {"USD": 1.0}),
        ("all parts", "every price", "total/unpriced", ["a rod"]),
        ("all parts", "every price", "total/unsure", True),
        ("the rack", "stand", "weight/tips_deg", 14.9),
        ("the rack", "stand", "weight/tips_deg", None),
    ],
)
def test_a_figure_past_its_limit_does_not_pass(
    about: str, words: str, path: str, value: object
) -> None:
    base = wrong(TOLD, "weight/tips_deg", 30.0)
    assert asked(every(base), about, words).result == "passed"
    found = asked(every(wrong(base, path, value)), about, words)
    assert found.result != "passed"


def test_what_a_part_does_wrong_is_failed_with_rule_and_cure() -> None:
    thin = Finding("wall.thin", (0.0, 0.0, 0.0), "0.3 mm", "0.8 mm", "thicker")
    failed = asked(every(TOLD, replace(RIGHT, findings=(thin,))), "p", "be printed")
    assert failed.result == "failed"
    assert failed.figure == "wall.thin: 0.3 mm, allowed 0.8 mm"
    weak = replace(RIGHT, read={**RIGHT.read, "fails_at_kg": 2.9})
    assert asked(every(TOLD, weak), "p", "bear its load").result == "failed"
    left = replace(RIGHT, skipped=("panel: no plate was found",))
    assert "not asked: panel" in asked(every(TOLD, left), "p", "be printed").figure


def test_the_main_plug_alone_is_judged_at_both_loads() -> None:
    """Two contacts carry 12 A: three nodes at 1 A are carried, at 4.5 A they are not."""
    told = asked(every(TOLD), "board", "further plugs")
    assert told.result == "passed"
    assert told.limit == "12 A"
    assert "3 A most of the time are carried" in told.figure
    assert "13.5 A at most are refused" in told.figure
    assert "Works: " in told.figure


CLIMATE: list[tuple[dict[str, Any], str]] = [
    ({"soc_k_per_w": 4.0}, "passed"),
    ({"soc_k_per_w": 9.0}, "look"),
    ({}, "not checked"),
    ({"soc_k_per_w": 4.0, "peak_w": 30.0, "typical_w": 5.0}, "look"),
]


@pytest.mark.parametrize(("said", "result"), CLIMATE)
def test_heat_is_passed_only_where_all_of_it_is_known(said: dict[str, Any], result: str) -> None:
    item = {**RACK["item"][2], "set": {"fan": "40x10", "sink_mm": [15, 15, 10]}}
    del item["soc_k_per_w"]
    made = plan(item=[*RACK["item"][:2], {**item, **said}])
    assert asked(list(climate_checks(made)), "pis", "stay cool").result == result


@pytest.mark.parametrize("all_right", [False, True])
def test_the_page_tells_every_check_and_opens_what_is_not_passed(all_right: bool) -> None:
    checks = [one.as_dict() for one in every(TOLD)]
    checks = [one for one in checks if one["result"] == "passed" or not all_right]
    text = checks_html(checks)
    page = Page(text)
    assert page.open == []
    assert page.text[0] == counted(checks)
    for one in checks:
        assert all(one[key] in page.text for key in ("about", "asked", "figure") if one[key])
    assert (" open>" in text) == (not all_right)
    many = [int(part.split()[0]) for part in counted(checks).split(", ")]
    assert sum(many) == len(checks)
