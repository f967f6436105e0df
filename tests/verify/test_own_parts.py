"""Our own parts pass, as made and as a whole rack; what is known to be wrong is named here."""

from dataclasses import replace

import pytest

from catalog.load import load_catalog
from mounts.order import Order, companions, spec_for
from mounts.registry import PARTS
from mounts.verify.run import GROUPS, verify
from mounts.verify.subject import subject_of
from tests.verify.bodies import limits, subject
from tests.verify.faults import one_slot, shelf_out, thin_wall, window

EDGE = {"pose": "on-edge"}
ORDERS = {
    "blank of 3.5U": Order("blank", "10in", height_u=3.5),
    "shelf": Order("shelf", "10in", "netgear-gs308"),
    "tray with a HAT": Order("tray", "10in", "raspberry-pi-4b", hat="rpi-poe-hat"),
    "tray for a large board": Order("tray", "10in", "turing-pi-2"),
    "tray in a rack of 250": Order("tray", "10in-250", "raspberry-pi-4b"),
    "frame on edge": Order("frame", "10in", "raspberry-pi-4b", options=EDGE),
    "frame flat": Order("frame", "10in", "raspberry-pi-4b"),
    "frame with fans": Order("frame", "10in", "raspberry-pi-4b", options={**EDGE, "fan": "80x25"}),
    "ports of many heights": Order("frame", "10in", "odroid-xu4", options={**EDGE, "count": 2}),
    "plugs larger than their ports": Order(
        "frame", "10in", "pine64-rockpro64", options={"layers": 2, "count": 2}
    ),
    "two layers in 1U": Order(
        "frame", "10in", "raspberry-pi-4b", 1.0, options={"layers": 2, "skin_mm": 0.83}
    ),
    "module for LabStack's bracket": Order(
        "frame", "10in", "raspberry-pi-4b", options={**EDGE, "opening": "labstack", "shell_mm": 1.6}
    ),
    "frame in layers": Order("frame", "10in", "raspberry-pi-4b", 2.0, options={"layers": 4}),
}


@pytest.mark.parametrize("name", ORDERS)
def test_part_of_ours_passes(name: str) -> None:
    order = ORDERS[name]
    spec = spec_for(order, load_catalog())
    for family, one in [(order.part, spec), *companions(spec)]:
        report = verify(subject_of(PARTS[family].build(one), one), limits())
        assert [str(f) for f in report.findings] == []


def test_every_group_is_said_to_be_checked() -> None:
    assert verify(subject("sled"), limits()).checked == tuple(
        name for name in GROUPS if name != "panel"
    )
    assert set(verify(subject("frame"), limits()).checked) == set(GROUPS)
    idle = {"the sled's way out", "device, plugs and cables"}
    assert set(verify(subject("blank"), limits()).checked) == set(GROUPS) - idle


def test_a_finer_nozzle_allows_a_thinner_wall() -> None:
    fin = thin_wall(0.6)
    assert "wall.thin" in verify(fin, limits()).rules()
    assert "wall.thin" not in verify(fin, replace(limits(), nozzle_mm=0.25)).rules()


def test_a_wall_is_measured_to_a_fiftieth() -> None:
    for thick in (0.3, 0.5, 0.7):
        (finding,) = (
            f for f in verify(thin_wall(thick), limits()).findings if f.rule == "wall.thin"
        )
        assert float(finding.measured.split()[0]) == pytest.approx(thick, abs=0.02)


def test_a_bridge_is_measured_to_a_tenth() -> None:
    for wide in (22.0, 25.0, 40.0):
        (finding,) = verify(window(wide), limits()).findings
        assert finding.rule == "overhang.bridge"
        assert float(finding.measured.split()[3]) == pytest.approx(wide, abs=0.1)


def test_the_place_of_a_finding_is_where_the_fault_is() -> None:
    (slot,) = verify(one_slot(0, 1.5), limits()).findings
    assert slot.place_mm == pytest.approx((118.2625, 0, 5.955 + 1.5), abs=0.02)
    (thin,) = verify(thin_wall(0.6), limits()).findings
    assert 0 <= thin.place_mm[0] <= 0.6
    assert 4 <= thin.place_mm[1] <= 30
    assert 8 <= thin.place_mm[2] <= 36
    (hang,) = verify(shelf_out(6), limits()).findings
    assert -20 <= hang.place_mm[0] <= 20
    assert -6 <= hang.place_mm[1] <= 0
    assert hang.place_mm[2] == pytest.approx(20, abs=0.01)


def test_what_is_taken_for_granted_is_said_and_what_nobody_knows_is_not_passed() -> None:
    """Of a case only the size is known: its whole faces must be open, and that is said."""
    shelf = verify(subject("shelf"), limits())
    assert any("front and rear are taken to hold them" in note for note in shelf.notes)
    assert "device, plugs and cables" in shelf.checked
    lying = Order("holder", "10in", "netgear-gs308", options={"on": "depth"})
    spec = spec_for(lying, load_catalog())
    report = verify(subject_of(PARTS["holder"].build(spec), spec), limits())
    assert any("stand in the holders" in text for text in report.skipped)
    assert "device, plugs and cables" not in report.checked
