"""Steps say only what applies: boards are tried before nodes hang on them, starts are as asked."""

import re
from typing import Any

from catalog.load import Catalog
from catalog.validate import parse
from rack.plan import make_plan
from rack.spec import RackSpec
from rack.steps import build_steps

NODES = [{"name": "node", "count": 4, "typical_w": 5, "peak_w": 10}]


def steps(catalog: Catalog, **tables: Any) -> dict[str, list[str]]:
    """Return the steps of a rack of which nothing is printed: what is done, by title."""
    head = {"version": 1, "name": "steps", "rack": "10in", "height": "4U", "outside": NODES}
    plan = make_plan(parse(RackSpec, {**head, **tables}, "rack.toml"), catalog, "rack.toml")
    found = build_steps(plan, [], {}, plan.as_dict()["wiring"])
    return {step["title"]: step["does"] for step in found}


def test_a_rack_without_boards_and_cables_is_only_started(catalog: Catalog) -> None:
    assert steps(catalog) == {"Start it for the first time": ["Start 4 devices: up to 40 W"]}


def test_a_start_one_after_the_other_is_as_long_as_it_takes(catalog: Catalog) -> None:
    """Three gaps of 7 s; the last at 10 W beside three that run at 5 W."""
    (line,) = steps(catalog, energy={"start_gap_s": 7})["Start it for the first time"]
    assert line == "Start 4 devices one after the other, 7 s apart: 21 s in all, up to 25 W"


def test_every_output_is_measured_before_a_node_hangs_on_it(catalog: Catalog) -> None:
    board = {"name": "p", "outputs": 5, "outputs_5v": 2, "amps": 1.0, "amps_5v": 1.0}
    found = steps(catalog, power_board=[{**board, "feeds": ["node"]}])
    titles = list(found)
    assert titles.index("Try p without nodes") < titles.index("Connect everything")
    tried = [line for line in found["Try p without nodes"] if line.startswith("OUT")]
    spans = [re.findall(r"OUT(\d+)", line) for line in tried]
    assert sorted(spans) == [["1", "3"], ["4", "5"]], "12 V come first, then 5 V"
    for line in tried:
        volts = 12 if line.startswith("OUT1") else 5
        low, high = map(float, re.findall(r"(\d+\.\d+)", line))
        assert volts * 0.95 <= low < volts < high <= volts * 1.05 + 1e-9
    (fuses,) = (line for line in found["Try p without nodes"] if line.startswith("Fuses"))
    assert sum(int(n) for n in re.findall(r"(\d+) of", fuses)) == 5
    assert found["Connect everything"][0].startswith("p, 4 leads: OUT1 to node 1, OUT2 to node 2")
