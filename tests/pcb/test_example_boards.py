"""Golden netlists and digests of the examples' boards: figures that a reviewer can judge in a diff.

Each has a reason besides: the sums below are worked out from the example alone, and KiCad proves
what the same code draws (`test_board_kicad.py`).
"""

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from pytest_regressions.data_regression import DataRegressionFixture

from pcb.board.comb import comb
from pcb.board.place import lay_out
from pcb.model import Circuit, circuit
from pcb.sheet.netlist import natural
from pcb.spec import BoardSpec, read_spec

EXAMPLES = Path(__file__).parents[2] / "examples"
BOARDS = {
    f"{path.stem}-{place}": read_spec(table)
    for path in sorted(EXAMPLES.glob("*.toml"))
    for place, table in enumerate(tomllib.loads(path.read_text("utf-8")).get("power_board", []))
}


@pytest.fixture(params=sorted(BOARDS))
def spec(request: pytest.FixtureRequest) -> BoardSpec:
    """One board of an example."""
    return BOARDS[request.param]


def test_three_of_the_four_examples_have_a_board() -> None:
    assert [name.rpartition("-")[0] for name in sorted(BOARDS)] == [
        "pi-19in",
        "pico-10",
        "rockpro64-7",
    ]


def test_every_output_has_fuse_lamp_and_plug_and_every_inlet_its_contacts(spec: BoardSpec) -> None:
    made = circuit(spec)
    kinds = Counter(part.type_id for part in made.parts)
    assert kinds[spec.connector] == kinds["fuse"] == kinds["led"] == kinds["resistor"]
    assert kinds["fuse"] == spec.outputs
    assert kinds["eps-8"] == spec.extra_inputs.count("eps-8")
    # 12 V: two contacts of the 24-pin plug, four of each EPS plug, a fuse for each output.
    rails = [pins for net, pins in made.nets.items() if net.startswith("+12V")]
    plugs = sum(ref.startswith("J1") and len(ref) == 4 for pins in rails for ref, _ in pins)
    assert plugs == 2 + 4 * len(spec.extra_inputs)
    assert sum(ref.startswith("F") for pins in rails for ref, _ in pins) == spec.outputs


def test_seven_rockpro64_hang_on_two_plugs_that_carry_them() -> None:
    """12 A at two contacts, 24 A at four: two nodes of 3 A on the one, five on the other."""
    shape = comb(BOARDS["rockpro64-7-0"])
    fed = Counter(column.output.rail for column in shape.columns)
    assert fed == {"+12V": 2, "+12V_B": 5}
    assert fed["+12V"] * 3 <= 2 * 6
    assert fed["+12V_B"] * 3 <= 4 * 6
    assert shape.width <= 222.25  # the opening of a 10 inch rack


def test_the_board_is_as_it_was(spec: BoardSpec, data_regression: DataRegressionFixture) -> None:
    made = circuit(spec)
    data_regression.check({"netlist": netlist(made), "board": digest(made)})


def netlist(made: Circuit) -> dict[str, str]:
    """Return each net's pins in a line; single pins that go nowhere are left out."""
    joined = {net: pins for net, pins in made.nets.items() if len(pins) > 1}
    return {
        net: " ".join(sorted((f"{ref}.{pad}" for ref, pad in joined[net]), key=natural))
        for net in sorted(joined, key=natural)
    }


def digest(made: Circuit) -> dict[str, Any]:
    """Return size and places, mm, and how many of everything there are."""
    shape, layout = comb(made.spec), lay_out(made)
    return {
        "size_mm": list(layout.size),
        "bars": {bar.rail: [bar.left, bar.right, shape.bar_mm] for bar in shape.bars},
        "inlets": {head.section.plug.ref: [head.x, head.y] for head in shape.heads},
        "outputs": {f"J{c.output.index}": c.x for c in shape.columns},
        "holes": [[put.x, put.y] for put in layout.parts if put.ref.startswith("H")],
        "values": {part.ref: part.value for part in made.parts if part.ref[0] in "FR"},
        "parts": len(made.parts),
        "pours": len(layout.pours),
        "vias": len(layout.vias),
        "texts": len(layout.texts),
    }
