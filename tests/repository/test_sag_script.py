"""The list of sags asks about every part that carries something, and lets no silent one pass."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from catalog.load import load_catalog
from mounts.order import Order, spec_for
from mounts.registry import PARTS
from tests.scripts import script

ROOT = Path(__file__).parent.parent.parent


def test_every_family_is_asked_with_every_device_in_both_racks() -> None:
    sag, catalog = script("sag"), load_catalog()
    assert set(sag.VARIANTS) <= set(PARTS)
    asked = list(sag.orders(catalog, sag.Wish()))
    assert {one.part for one in asked} == set(PARTS)
    shelves = [one for one in asked if one.part == "shelf"]
    assert {(one.device, one.rack) for one in shelves} == {
        (box, rack) for box in catalog.boxes for rack in ("10in", "19in")
    }


def test_what_sags_must_say_what_would_hold_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sag, catalog = script("sag"), load_catalog()
    spec = spec_for(Order("shelf", "10in", "mikrotik-hex"), catalog)
    part = PARTS["shelf"].build(spec)
    real = sag.judge

    def softer(*given: Any) -> Any:
        return replace(real(*given), deflection_mm=0.6)

    fine = sag.judged(part, spec, sag.Wish(), catalog)
    assert fine["sag_mm"] <= 0.5
    assert not fine["wrong"]
    assert fine["in_pla_mm"] < fine["sag_mm"], "PLA is stiffer as long as it is cool"
    assert sag.judged(part, spec, sag.Wish(air_c=50.0), catalog)["in_pla_mm"] is None
    monkeypatch.setattr(sag, "judge", softer)
    assert sag.judged(part, spec, sag.Wish(), catalog)["wrong"]
    says = replace(part, notes=("sags by about 0.6 mm: rest it on rails",))
    assert not sag.judged(says, spec, sag.Wish(), catalog)["wrong"]
    only = sag.Wish(family="shelf", device="mikrotik-hex", rack="10in")
    assert sag.run(catalog, only)["wrong"] == 1
    assert json.loads(capsys.readouterr().out)["held_at"] == "front posts"
