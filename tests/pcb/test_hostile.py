"""A board's files that somebody broke are told as what they are; no traceback."""

from pathlib import Path

import pytest

from catalog.problems import CheckFailed, InputError
from pcb.copper.solved import solve_board
from pcb.project import BOARD_BYTES, read_board, read_record
from pcb.spec import BoardSpec

SPEC = BoardSpec(outputs=4, amps=2)
DEEP = "[" * 4_000_000


def device(folder: Path) -> Path:
    file = folder / "endless"
    file.symlink_to("/dev/zero")
    return file


@pytest.mark.parametrize(
    ("text", "what"),
    [("", "JSON"), (DEEP, "JSON"), ("[]", "no record"), ('{"spec": 1}', "no record")],
)
def test_a_record_that_is_none_is_refused(tmp_path: Path, text: str, what: str) -> None:
    file = tmp_path / "x.board.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=what):
        read_record(file)


def test_what_has_no_end_is_neither_a_record_nor_a_board(tmp_path: Path) -> None:
    endless = device(tmp_path)
    with pytest.raises(InputError, match="too big"):
        read_record(endless)
    with pytest.raises(InputError, match=f"{BOARD_BYTES // 1_000_000} MB"):
        read_board(endless)


@pytest.mark.parametrize("text", ["", "hello", "(kicad_pcb (filled_polygon", "(" * 100_000, ")"])
def test_a_board_that_is_not_whole_is_no_board(text: str) -> None:
    with pytest.raises(CheckFailed, match="cannot be read"):
        solve_board(SPEC, text)
