"""Parts in pieces, as a report has them: a step each, and every file to click."""

import re

from tests.rack.built import Example
from tests.rack.page import Page


def assert_joined(example: Example) -> None:
    """Hold the steps and the links of every part in pieces."""
    data = example.json("report.json")
    cut = {one["name"]: one for one in data["parts"] if one.get("pieces")}
    assert bool(cut) == (example.name == "pi-19in")
    joins = [step for step in data["steps"] if step["part"]]
    assert [step["part"] for step in joins] == list(cut)
    for step in joins:
        part = cut[step["part"]]
        assert step["title"].startswith(
            f"Join {part['name']} from its {len(part['pieces'])} pieces"
        )
        assert len([line for line in step["does"] if line.startswith("at ")]) == len(part["seams"])
    text = (example.folder / "index.html").read_text(encoding="utf-8")
    (section,) = re.findall(r'<section id="print">.*?</section>', text, re.DOTALL)
    linked = {link["href"] for link in Page(section).all("a")}
    for part in cut.values():
        for piece in part["pieces"]:
            assert {f"parts/{piece['name']}.{kind}" for kind in ("stl", "3mf", "step")} <= linked
