"""What a board gives off and how warm its processor gets over the air around it."""

from dataclasses import dataclass

from catalog.models import Board
from catalog.problems import InputError, Problem

# A bare Pi 4B: 38.5 K over 27.3 °C after ten minutes of sysbench on four threads, at about 5 W
# (pi-plates; docs/air.md §5). Boards without a figure of their own are taken as alike.
BARE_K_PER_W = 7.7
USUAL_THROTTLE_C = 80.0


@dataclass(frozen=True, slots=True)
class BoardHeat:
    """A board as a source of heat.

    Args:
        power_w: all of it becomes heat.
        soc_k_per_w: processor over the air around the board, for each watt of the board.
        throttle_c: where the processor starts to slow down.
        assumed: what is not known of this board and was taken from another, in words.
    """

    power_w: float
    soc_k_per_w: float
    throttle_c: float
    assumed: tuple[str, ...] = ()

    @property
    def soc_rise_k(self) -> float:
        """Processor over the air around it, K."""
        return self.power_w * self.soc_k_per_w


def board_heat(
    board: Board, power_w: float | None = None, soc_k_per_w: float | None = None
) -> BoardHeat:
    """Return what is known of a board's heat.

    Args:
        board: of the catalogue.
        power_w: instead of the catalogue's highest figure.
        soc_k_per_w: instead of the catalogue's, such as with a heat sink.

    Raises:
        InputError: the catalogue has no figure for its power and none is given.
    """
    power = board.power
    known = power and (power.max_w or power.typical_w)
    watts = known if power_w is None else power_w
    if watts is None:
        what = f"the power of {board.id} is not known"
        raise InputError(Problem("--watts", what, nearest="measure it and give --watts"))
    assumed: list[str] = []
    resistance = board.thermal.soc_k_per_w if soc_k_per_w is None else soc_k_per_w
    if resistance is None:
        resistance = BARE_K_PER_W
        assumed.append(f"processor {BARE_K_PER_W:g} K/W over the air, as measured on a bare Pi 4B")
    throttle = board.thermal.throttle_c
    if throttle is None:
        throttle = USUAL_THROTTLE_C
        assumed.append(f"slows down from {USUAL_THROTTLE_C:g} °C, as a Pi does")
    return BoardHeat(watts, resistance, throttle, tuple(assumed))
