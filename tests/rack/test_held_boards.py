"""A holder of a power board of the same file: its measures, and what is wrong by name."""

from pathlib import Path

import pytest

from catalog.load import Catalog
from catalog.problems import InputError
from mounts.parts.holder import HolderSpec
from pcb.interface import interface
from pcb.spec import read_spec
from rack.plan import Plan
from rack.read import plan_file

RACK = """
version = 1
name = "held"
rack = "10in"
height = "2U"

[[item]]
name = "upright"
mount = "holder"
power_board = "power-12v"

[[power_board]]
name = "power-12v"
outputs = 5
amps = 1.5
"""


def planned(text: str, folder: Path, catalog: Catalog) -> Plan:
    path = folder / "rack.toml"
    path.write_text(text, encoding="utf-8")
    return plan_file(path, catalog)


def test_the_holder_is_made_to_the_board_as_it_is_laid_out(
    tmp_path: Path, catalog: Catalog
) -> None:
    (beside,) = planned(RACK, tmp_path, catalog).beside
    made = interface(read_spec({"outputs": 5, "amps": 1.5, "name": "power-12v"}))
    holder = beside.spec
    assert isinstance(holder, HolderSpec)
    assert (holder.width_mm, holder.height_mm) == made.size_mm
    assert holder.front_mm == made.above_mm
    assert holder.edge_mm == min(made.free_mm)
    more = planned(RACK.replace("outputs = 5", "outputs = 9"), tmp_path, catalog).beside[0].spec
    assert isinstance(more, HolderSpec)
    assert more.width_mm > holder.width_mm


@pytest.mark.parametrize(
    ("wrong", "key", "words"),
    [
        (RACK.replace('power_board = "power-12v"', 'power_board = "power-5v"'), "power_board",
         "did you mean 'power-12v'?"),
        (RACK.replace("[[power_board]]", "[item.set]\nwidth_mm = 90\n\n[[power_board]]", 1),
         "set.width_mm", "leave it out"),
        (RACK.replace('mount = "holder"', 'device = "raspberry-pi-4b"'), "item[0]", "holder"),
        (RACK.replace("amps = 1.5", "amps = 9"), "power_board[0].amps", "5.25"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_what_works(
    wrong: str, key: str, words: str, tmp_path: Path, catalog: Catalog
) -> None:
    with pytest.raises(InputError) as caught:
        planned(wrong, tmp_path, catalog)
    assert any(key in p.key and words in str(p) for p in caught.value.problems)
