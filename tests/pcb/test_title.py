"""The board's name stands free of every hole, on both sides, whatever it is called."""

from math import hypot

import pytest

from pcb.board.footprints import M3_D_MM
from pcb.board.layout import Text
from pcb.board.place import lay_out
from pcb.board.silk import LETTER
from pcb.model import circuit
from pcb.spec import read_spec


@pytest.mark.parametrize("count", range(1, 25))
def test_the_title_is_free_of_holes(count: int) -> None:
    kinds = ("barrel-5.5x2.1", "screw", "wire")
    for name, extra in (
        ("p", []),
        ("power-12v", ["eps-8"]),
        ("the-board-of-the-lowest-shelf-12v", []),
    ):
        values = {"outputs": count, "connector": kinds[count % 3], "amps": 1, "name": name}
        spec = read_spec({**values, "extra_inputs": extra if count > 1 else []})
        layout = lay_out(circuit(spec))
        titles = [text for text in layout.texts if text.text == f"{name} rev A"]
        assert {text.layer for text in titles} == {"F.SilkS", "B.SilkS"}
        holes = [put for put in layout.parts if put.footprint.board_only]
        for title in titles:
            left, top, right, low = box(title)
            assert 0 < left < right < layout.size[0]
            for hole in holes:
                x = max(left - hole.x, 0, hole.x - right)
                y = max(top - hole.y, 0, hole.y - low)
                assert hypot(x, y) > M3_D_MM / 2 + 0.15


def box(text: Text) -> tuple[float, float, float, float]:
    """By the mean width of a letter, as the board's print is sized."""
    half, high = len(text.text) * LETTER * text.size / 2, text.size / 2
    return text.x - half, text.y - high, text.x + half, text.y + high
