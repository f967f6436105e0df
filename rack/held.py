"""Items that hold a power board of the same file: the board's own measures, told to its mount."""

from collections.abc import Sequence

from catalog.problems import InputError, Problem, did_you_mean
from pcb.interface import holder_fields, interface
from pcb.spec import read_spec
from rack.gather import Gathering
from rack.spec import Item, PowerBoard


def with_boards(
    items: Sequence[Item], boards: Sequence[PowerBoard], where: str, found: Gathering
) -> list[Item]:
    """Return the items, each that names a power board with the measures of that board.

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
        filled = found.tried(_with_board, item, known, where, key) if item.power_board else item
        done.append(filled or item)
    return done


def _with_board(item: Item, known: dict[str, PowerBoard], where: str, key: str) -> Item:
    """Return an item with its board's measures.

    Raises:
        InputError: no such board, or a measure that the board knows itself.
    """
    board = known.get(item.power_board or "")
    if board is None:
        what = f"there is no [[power_board]] called {item.power_board!r}"
        near = did_you_mean(item.power_board or "", known)
        raise InputError(Problem(where, what, f"{key}.power_board", nearest=near))
    try:
        fields = holder_fields(interface(read_spec(board.model_dump())))
    except InputError:
        return item  # told with the board
    twice = sorted(fields.keys() & item.settings.keys())
    if twice:
        what = f"{board.name} says itself what it measures"
        told = (Problem(where, what, f"{key}.set.{one}", nearest="leave it out") for one in twice)
        raise InputError(*told)
    return item.model_copy(update={"settings": {**fields, **item.settings}})
