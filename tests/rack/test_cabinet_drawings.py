"""Cabinets are drawn to scale, from both sides, each by itself and all in a row."""

import xml.etree.ElementTree as ET

import pytest

from catalog.rack_units import U_MM
from rack.elevation import elevation_svg, front_svg
from rack.rear import behind_svg, rear_svg
from tests.rack.two_cabinets import NODES, ROUTER, SWITCH, plan

SVG = "{http://www.w3.org/2000/svg}"
WIDE_MM = 254.0  # a panel of 10 inches


def _boxes(drawing: ET.Element) -> dict[str, tuple[float, float, float, float, str]]:
    """Return left, top, width, height and fill of each module, the one drawn last."""
    found: dict[str, tuple[float, float, float, float, str]] = {}
    for group in drawing.findall(f"{SVG}g"):
        a = group.findall(f"{SVG}rect")[0].attrib
        label = (group.findtext(f"{SVG}title") or "").partition(":")[0]
        size = (float(a[key]) for key in ("x", "y", "width", "height"))
        found[label] = (*size, a["fill"])  # type: ignore[assignment]
    return found


def test_each_cabinet_is_drawn_to_scale_on_one_floor_from_both_sides() -> None:
    whole = plan(SWITCH, {**ROUTER, "face": "rear", "at_u": 3}, {**NODES, "cabinet": "side"})
    seen = {}
    for face, svg in (("front", elevation_svg(whole, WIDE_MM)), ("rear", rear_svg(whole, WIDE_MM))):
        drawing = ET.fromstring(svg)  # noqa: S314 - ours
        seen[face] = _boxes(drawing)
        openings = [
            r.attrib for r in drawing.findall(f"{SVG}rect") if r.attrib["fill"] == "#1d252c"
        ]
        tall = sorted(float(a["height"]) for a in openings)
        assert tall == pytest.approx([4 * U_MM, 12 * U_MM], abs=0.06)
        floors = [float(a["y"]) + float(a["height"]) for a in openings]
        assert floors[0] == pytest.approx(floors[1], abs=0.11)
        assert {float(a["width"]) for a in openings} == {WIDE_MM}
    assert seen["front"].keys() == seen["rear"].keys() == {"switch", "router", "nodes"}
    at_front = {label for label, box in seen["front"].items() if box[4] != "#4a5661"}
    at_rear = {label for label, box in seen["rear"].items() if box[4] != "#4a5661"}
    assert (at_front, at_rear) == ({"switch", "nodes"}, {"router"})
    assert seen["front"]["switch"][0] < seen["front"]["nodes"][0]
    assert seen["rear"]["switch"][0] > seen["rear"]["nodes"][0], "from behind, right is left"
    for one in whole.cabinets:
        alone = [ET.fromstring(draw(one, WIDE_MM)) for draw in (front_svg, behind_svg)]  # noqa: S314
        for drawing in alone:
            assert _boxes(drawing).keys() == {m.label for m in one.modules}


def test_room_kept_at_the_rear_is_drawn_there_as_seen_from_behind() -> None:
    thing = {"name": "brick", "height": "1U", "width": 70, "depth": 100}
    stand = {"item": "brick", "face": "rear", "rack": "side"}
    whole = plan(SWITCH, pack={"thing": [thing], "stand": [stand], "side_gap": 2})
    (kept,) = whole.kept
    assert (kept.cabinet, kept.face) == ("side", "rear")
    assert "brick" not in front_svg(whole.cabinets[1], WIDE_MM)
    drawing = ET.fromstring(behind_svg(whole.cabinets[1], WIDE_MM))  # noqa: S314 - ours
    (x, _, wide, _, _) = _boxes(drawing)["brick"]
    scale = WIDE_MM / 222.25
    right = 22.0 + WIDE_MM - kept.x_mm * scale  # left from the front is right from behind
    assert (x + wide, wide) == pytest.approx((right, 70 * scale), abs=0.11)


def test_half_a_unit_has_one_slot_at_each_side_where_its_part_has_it() -> None:
    blank = {"mount": "blank", "height": "0.5U"}
    whole = plan(SWITCH, {**blank, "at_u": 3}, {**blank, "at_u": 4.5})
    drawing = ET.fromstring(front_svg(whole.cabinets[0], WIDE_MM))  # noqa: S314 - ours
    halves: list[float] = []
    for group in drawing.findall(f"{SVG}g"):
        panel, *slots = (r.attrib for r in group.findall(f"{SVG}rect"))
        low = float(panel["y"]) + float(panel["height"])
        over = {round(low - float(a["y"]) - 3.5, 1) for a in slots if a.get("rx") == "3.5"}
        half = float(panel["height"]) < U_MM / 2
        assert len(over) == (1 if half else 2)
        if half:
            halves.extend(over)
    # 6.35 mm over the lower edge of a unit, 38.1 - 22.225 over its middle; a panel begins 0.395 up.
    lower, upper = sorted(halves)
    assert lower == pytest.approx(6.35 - 0.395, abs=0.06)
    assert upper == pytest.approx(15.875 - 0.395, abs=0.06)
