"""The nightly run asks every family for something, and hides nothing that it finds."""

import json
from pathlib import Path

import pytest

from catalog.load import load_catalog
from mounts.order import devices_of
from mounts.registry import PARTS
from mounts.verify.findings import Finding, Report
from tests.scripts import script

ROOT = Path(__file__).parent.parent.parent


def test_every_family_is_asked_with_every_device_that_it_takes() -> None:
    night, catalog = script("nightly"), load_catalog()
    assert set(night.VARIANTS) <= set(PARTS)
    for family in PARTS:
        carried = devices_of(family, catalog)
        known = PARTS[family].spec.model_fields
        assert carried
        assert ("device" in known) == (len(carried) > 1)
    few = night.orders(catalog, night.Wish(family="tray", device="raspberry-pi-4b"))
    assert {(o.rack, o.height_u) for o in few} == {
        (rack, height) for rack in night.RACKS for height in (None, 2.0)
    }


def test_what_is_found_and_what_breaks_is_printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    night = script("nightly")
    finding = Finding("wall.thin", (0.0, 0.0, 0.0), "0.1 mm", "0.8 mm", "make it thicker")
    answers = iter([Report("one", (finding,), (), ()), Report("two", (), (), ())])

    def judged(*_: object) -> Report:
        return next(answers)

    monkeypatch.setattr(night, "verify", judged)
    few = night.Wish(family="coupon", rack="10in")
    assert night.run(load_catalog(), few)["by_rule"] == {}, "a coupon's thin walls are meant"
    blanks = night.Wish(family="blank", rack="10in")
    monkeypatch.setattr(night, "VARIANTS", {"blank": ({},)})
    answers = iter([Report("one", (finding,), (), ()), Report("two", (), (), ())])
    summary = night.run(load_catalog(), blanks)
    # Of five heights one is found thin, one is clean, and the rest meet an iterator at its end.
    assert summary["by_rule"] == {"blank crash": 3, "blank wall.thin": 1}
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["order"]["part"] for line in lines] == ["blank"] * 4
