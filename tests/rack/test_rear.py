"""The rear of a rack: what its rear posts hold, to scale; drawings as PNG show the same."""

import io
import xml.etree.ElementTree as ET
from typing import Any

import matplotlib.image
import numpy as np
import pytest

from catalog.load import Catalog
from catalog.rack_units import U_MM, panel_height_mm
from catalog.validate import parse
from mounts.parts.rear_spec import RearSpec
from rack.elevation import elevation_svg
from rack.plan import Plan, make_plan
from rack.raster import drawing_png
from rack.rear import at_rear, rear_svg
from rack.spec import RackSpec

SVG = "{http://www.w3.org/2000/svg}"
WIDE_MM = 482.6  # EIA-310: a panel of 19 inches
ITEMS = [
    {"name": "nas", "device": "qnap-ts-453d"},
    {
        "name": "pis",
        "device": "raspberry-pi-4b",
        "count": 12,
        "height": "1U",
        "set": {"rows": 2},
    },
    {"name": "one", "device": "raspberry-pi-4b"},
]


@pytest.fixture(scope="module")
def plan(catalog: Catalog) -> Plan:
    """A box on brackets, two rows back to back, and a tray that hangs at the front alone."""
    head = {"version": 1, "name": "behind", "rack": "19in", "height": "8U"}
    return make_plan(parse(RackSpec, {**head, "item": ITEMS}, "rack.toml"), catalog, "rack.toml")


def rects(group: ET.Element) -> list[tuple[float, float, float, float]]:
    """Return left, top, width and height of each rectangle of a group."""
    return [
        (float(a["x"]), float(a["y"]), float(a["width"]), float(a["height"]))
        for a in (one.attrib for one in group.findall(f"{SVG}rect"))
    ]


def test_what_the_rear_posts_hold_is_told(plan: Plan) -> None:
    held = [(one["label"], one["by"]) for one in at_rear(plan)]
    assert sorted(held) == [("nas", "two brackets"), ("pis", "a second frame")]
    spoken = ET.fromstring(rear_svg(plan, WIDE_MM)).attrib["aria-label"]  # noqa: S314 - ours
    assert "nas by two brackets" in spoken
    assert "one" not in spoken.split("posts: ")[1].split("; ")


def test_the_rear_is_to_scale_and_stands_where_the_front_does(plan: Plan) -> None:
    drawing = ET.fromstring(rear_svg(plan, WIDE_MM))  # noqa: S314 - ours
    (left, top, wide, tall) = rects(drawing)[1]
    assert (wide, tall) == pytest.approx((WIDE_MM, 8 * U_MM), abs=0.06)
    groups = dict(zip((m.label for m in plan.modules), drawing.findall(f"{SVG}g"), strict=True))
    for module in plan.modules:
        x, y, over, high = rects(groups[module.label])[0]
        assert (x, over) == pytest.approx((left, wide), abs=0.06)
        assert high == pytest.approx(panel_height_mm(module.height_u), abs=0.01)
        middle = top + tall - (module.at_u - 1 + module.height_u / 2) * U_MM
        assert y + high / 2 == pytest.approx(middle, abs=0.06)
    whole, *brackets = rects(groups["nas"])
    (spec,) = (m.spec for m in plan.modules if isinstance(m.spec, RearSpec))
    assert len(brackets) == 2
    (x0, y0, w0, h0), (x1, y1, w1, h1) = brackets
    assert x0 - left == pytest.approx(left + wide - x1 - w1, abs=0.06), "the same on both sides"
    assert (y0, w0, h0) == (y1, w1, h1)
    assert y0 + h0 == pytest.approx(whole[1] + whole[3], abs=0.02), "both begin where it does"
    assert x1 - x0 - w0 == pytest.approx(2 * spec.outer_mm, abs=0.2), "the box is between them"
    assert len(rects(groups["one"])) == 1


@pytest.mark.parametrize("draw", [elevation_svg, rear_svg])
def test_a_png_shows_the_rectangles_of_its_drawing(plan: Plan, draw: Any) -> None:
    svg = draw(plan, WIDE_MM)
    png = drawing_png(svg)
    assert png == drawing_png(svg)
    seen = (np.asarray(matplotlib.image.imread(io.BytesIO(png)))[:, :, :3] * 255).round()
    drawing = ET.fromstring(svg)  # noqa: S314 - ours
    _, _, wide, high = (float(v) for v in drawing.attrib["viewBox"].split())
    assert seen.shape[:2] == pytest.approx((2 * high, 2 * wide), abs=1.01)
    for group in drawing.findall(f"{SVG}g"):
        x, y, over, tall = rects(group)[0]
        fill = group.findall(f"{SVG}rect")[0].attrib["fill"]
        for across in (0.4, 0.6):  # between text and brackets, near its upper edge
            pixel = seen[round(2 * y + min(8, tall)), round(2 * (x + across * over))]
            told = "".join(f"{int(v):02x}" for v in pixel)
            assert f"#{told}" == fill
