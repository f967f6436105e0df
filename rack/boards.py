"""The power boards of a rack, with the budget of each: plain data, no drawing yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from catalog.problems import Problem
from pcb.budget import Budget, budget
from pcb.spec import BoardSpec, read_spec
from rack.board_bus import Addresses
from rack.gather import Gathering
from rack.spec import PowerBoard


@dataclass(frozen=True)
class BoardPlan:
    """A power board and whether it feeds its nodes; `alone`: without its further plugs, if any."""

    spec: BoardSpec
    sums: Budget
    alone: Budget | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return name, connector and budget as plain data."""
        own = {"name": self.spec.title, "connector": self.spec.connector}
        alone = None if self.alone is None else self.alone.short.model_dump(mode="json")
        return {**own, **self.sums.short.model_dump(mode="json"), "alone": alone}


def plan_boards(wishes: Sequence[PowerBoard], where: str) -> tuple[BoardPlan, ...]:
    """Return every power board with its budget.

    Args:
        wishes: the boards as written.
        where: file named in errors.

    Raises:
        InputError: two boards of one name, or a current that no output of that kind carries.
    """
    found = Gathering()
    boards: list[BoardPlan] = []
    first: dict[str, int] = {}
    taken = Addresses()
    for index, wish in enumerate(wishes):
        key = f"power_board[{index}]"
        if wish.name in first:
            what = f"power_board[{first[wish.name]}] is called {wish.name!r} already"
            near = f'name = "{wish.name[:38]}-{index + 1}"'
            found.problems.append(Problem(where, what, f"{key}.name", nearest=near))
        first.setdefault(wish.name, index)
        spec = found.tried(read_spec, wish.board, where, f"{key}.")
        if spec is not None:
            boards.append(BoardPlan(spec, budget(spec), _alone(spec)))
            found.problems += taken.problems(wish.bus, spec, where, key)
    found.done()
    return tuple(boards)


def _alone(spec: BoardSpec) -> Budget | None:
    """Return what the main plug alone would do; `None` if there is no other."""
    return budget(spec.model_copy(update={"extra_inputs": ()})) if spec.extra_inputs else None
