"""Items that carry a power board of the same file: the board's own measures, told to its mount.

A holder takes them as settings of its own; a tray takes the board as a device that no file holds.
"""

from collections.abc import Iterable, Sequence

from catalog.models import Board
from catalog.problems import InputError, Problem, did_you_mean
from pcb.device import device
from pcb.interface import Interface, holder_fields, interface
from pcb.spec import read_spec
from rack.gather import Gathering
from rack.spec import Item, PowerBoard


def with_boards(
    items: Sequence[Item], boards: Sequence[PowerBoard], where: str, found: Gathering
) -> list[Item]:
    """Return the items, each holder that names a power board with the measures of that board.

    Args:
        items: as written.
        boards: the power boards of the same file.
        where: file named in errors.
        found: takes the problems; what is wrong with a board itself is said elsewhere.
    """
    known = {board.name: board for board in boards}
    done: list[Item] = []
    for index, item in enumerate(items):
        key = f"item[{index}]"
        held = item.power_board is not None and item.mount == "holder"
        filled = found.tried(_with_board, item, known, where, key) if held else item
        done.append(filled or item)
    return done


def _with_board(item: Item, known: dict[str, PowerBoard], where: str, key: str) -> Item:
    """Return an item with its board's measures.

    Raises:
        InputError: no such board, or a measure that the board knows itself.
    """
    board = known.get(item.power_board or "")
    if board is None:
        raise InputError(no_board(item.power_board or "", known, where, key))
    made = _made(board)
    if made is None:
        return item  # told with the board
    fields = holder_fields(made)
    twice = sorted(fields.keys() & item.settings.keys())
    if twice:
        what = f"{board.name} says itself what it measures"
        told = (Problem(where, what, f"{key}.set.{one}", nearest="leave it out") for one in twice)
        raise InputError(*told)
    return item.model_copy(update={"settings": {**fields, **item.settings}})


def board_devices(items: Iterable[Item], boards: Iterable[PowerBoard]) -> dict[str, Board | None]:
    """Return every power board by name, those that trays carry as devices.

    `None` for a board that nothing lies on a tray of, or that is wrong itself, which is said with
    the board.
    """
    wanted = {item.power_board for item in items if item.mount == "tray"}
    return {board.name: _device(board) if board.name in wanted else None for board in boards}


def no_board(name: str, known: Iterable[str], where: str, key: str) -> Problem:
    """Return what to say of a power board that is not there."""
    what = f"there is no [[power_board]] called {name!r}"
    return Problem(where, what, f"{key}.power_board", nearest=did_you_mean(name, known))


def _device(board: PowerBoard) -> Board | None:
    made = _made(board)
    if made is None:
        return None
    record = device(made)
    record.pop("version")
    return Board.model_validate(record)


def _made(board: PowerBoard) -> Interface | None:
    try:
        return interface(read_spec(board.board))
    except InputError:
        return None
