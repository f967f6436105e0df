"""The space a board needs: PCB, parts above and below, connectors over the edges, HAT.

              overhang x-                         overhang x+
                 ->|  |<------ length ------->|  |<-
                      +=======================+      ^ above (tallest part)
                   +--|          PCB          |--+   | thickness       total
                      +=======================+      v below (pins, card slot)

Board frame: x to the right, y up, seen from the component side. `width_mm` runs along y.
"""

from collections.abc import Iterable
from typing import NamedTuple, get_args

from pydantic import Field

from catalog.models import Board, Edge, Fact, FormFactor, Hat, Port
from catalog.problems import InputError, Problem

# The catalogue models pins; solder stands about this much below them (an estimate).
SOLDER_BELOW_PINS_MM = 0.3
# Not facts: used where the catalogue is silent, and always named in `Envelope.assumed`.
ASSUMED_ABOVE_MM = 20.0
ASSUMED_BELOW_MM = 2.5  # underside of a Pi in docs/fit.md §1.3, unconfirmed there
ASSUMED_HAT_PCB_MM = 1.6
ASSUMED_HAT_PARTS_MM = 8.5  # a 2.54 mm pin header with its plastic

EDGES: tuple[Edge, ...] = get_args(Edge)


class Envelope(Fact):
    """Space a board needs, mm. `assumed` says in words which figures are not facts."""

    length_mm: float = Field(gt=0, description="PCB along the board's x, mm")
    width_mm: float = Field(gt=0, description="PCB along the board's y, mm")
    thickness_mm: float = Field(gt=0, description="PCB, mm")
    above_mm: float = Field(ge=0, description="above the PCB's top face, mm")
    below_mm: float = Field(ge=0, description="below the PCB's bottom face, mm")
    overhang_mm: dict[Edge, float] = Field(default_factory=dict[Edge, float])
    above_by: str = ""
    below_by: str = ""
    assumed: tuple[str, ...] = ()

    @property
    def total_mm(self) -> float:
        """Height from the lowest pin to the top of the tallest part, mm."""
        return self.above_mm + self.thickness_mm + self.below_mm

    @property
    def length_with_connectors_mm(self) -> float:
        """Extent along x with what stands over both edges, mm."""
        return self.length_mm + self.over("x-") + self.over("x+")

    @property
    def width_with_connectors_mm(self) -> float:
        """Extent along y with what stands over both edges, mm."""
        return self.width_mm + self.over("y-") + self.over("y+")

    def over(self, edge: Edge) -> float:
        """Return how far anything stands over an edge, mm, never negative."""
        return self.overhang_mm.get(edge, 0.0)

    def outline(self) -> "Envelope":
        """Return the same board without what stands over its edges, as published counts take it."""
        return self.model_copy(update={"overhang_mm": {}})

    def with_total(self, total_mm: float) -> "Envelope":
        """Return the envelope scaled above and below the PCB to another total height.

        Args:
            total_mm: height from lowest pin to tallest part, mm.

        Raises:
            InputError: thinner than the PCB.
        """
        if total_mm < self.thickness_mm:
            what = f"{total_mm:g} mm is thinner than the PCB itself"
            near = f"the smallest value that works is {self.thickness_mm:g} mm"
            raise InputError(Problem("--thickness", what, nearest=near))
        parts = self.above_mm + self.below_mm
        above = (total_mm - self.thickness_mm) * (self.above_mm / parts if parts else 1.0)
        below = total_mm - self.thickness_mm - above
        given = f"total of {total_mm:g} mm as given"
        changed = {"above_mm": above, "below_mm": below, "above_by": given, "below_by": given}
        return self.model_copy(update=changed)


class _Reach(NamedTuple):
    """A height with the reason for it, so that the greatest one can be explained."""

    mm: float
    by: str


def envelope_of(
    board: Board, hat: Hat | None = None, form_factor: FormFactor | None = None
) -> Envelope:
    """Return the space a board needs, from the catalogue's physical figures.

    The case allowance below a board is room that cases leave, not part of the board: it is never
    used. Port heights are those of face plate openings, a little larger than the connector.

    Args:
        board: the board.
        hat: what is stacked on it.
        form_factor: used for a board of that form whose own height is not known.
    """
    assumed: list[str] = []
    below = _below(board, assumed)
    above = _above(board, hat, form_factor, assumed)
    above = _at_least_declared(board, above, below, assumed)
    return Envelope(
        length_mm=board.board.x_mm,
        width_mm=board.board.y_mm,
        thickness_mm=board.board.thickness_mm,
        above_mm=round(above.mm, 4),
        below_mm=round(below.mm, 4),
        above_by=above.by,
        below_by=below.by,
        overhang_mm=_overhang(board, hat, assumed),
        assumed=tuple(assumed),
    )


def _below(board: Board, assumed: list[str]) -> _Reach:
    reaches = [_Reach(0.0, "nothing below the PCB")]
    if board.deepest_modelled_below_pcb_mm is not None:
        deepest = board.deepest_modelled_below_pcb_mm + SOLDER_BELOW_PINS_MM
        reaches.append(_Reach(deepest, "deepest pin and its solder"))
    else:
        assumed.append(f"{ASSUMED_BELOW_MM:g} mm below the PCB: its pins are not measured")
        reaches.append(_Reach(ASSUMED_BELOW_MM, "assumed"))
    thickness = board.board.thickness_mm
    for port in board.ports:
        if port.z0_mm is not None:
            reaches.append(_Reach(-port.z0_mm - thickness, f"opening of {port.name}"))
    return _tallest(reaches)


def _above(
    board: Board, hat: Hat | None, form_factor: FormFactor | None, assumed: list[str]
) -> _Reach:
    named = (
        (board.height_above_pcb_mm, "tallest part"),
        (board.tallest_connector_mm, "tallest connector"),
        (board.heatsink_top_above_pcb_mm, "heat sink"),
    )
    own = [_Reach(mm, by) for mm, by in named if mm is not None]
    ports = [_Reach(_top(port), f"opening of {port.name}") for port in board.ports]
    stack = [] if hat is None else [_hat_top(hat, assumed)]
    if not own and board.envelope_mm is None:
        own = [_assumed_above(form_factor, assumed)]
    return _tallest([_Reach(0.0, "flat"), *own, *ports, *stack])


def _top(port: Port) -> float:
    return (port.z0_mm or 0.0) + (port.height_mm or 0.0)


def _assumed_above(form_factor: FormFactor | None, assumed: list[str]) -> _Reach:
    if form_factor is None:
        assumed.append(f"{ASSUMED_ABOVE_MM:g} mm above the PCB: no height is known for this board")
        return _Reach(ASSUMED_ABOVE_MM, "assumed")
    most = form_factor.max_component_height_mm
    assumed.append(f"{most:g} mm above the PCB: the most that {form_factor.id} allows")
    return _Reach(most, f"most that {form_factor.id} allows")


def _hat_top(hat: Hat, assumed: list[str]) -> _Reach:
    if hat.stack_height_mm is not None:
        if hat.confidence in ("low", "medium", "none"):
            assumed.append(f"{hat.stack_height_mm:g} mm to the top of {hat.id}: an estimate")
        return _Reach(hat.stack_height_mm, hat.name)
    pcb_top = hat.top_of_pcb_mm or hat.spacer_mm + (hat.thickness_mm or ASSUMED_HAT_PCB_MM)
    parts = f"{ASSUMED_HAT_PARTS_MM:g} mm of parts on {hat.id}: their height is not known"
    assumed.append(parts)
    return _Reach(pcb_top + ASSUMED_HAT_PARTS_MM, hat.name)


def _at_least_declared(board: Board, above: _Reach, below: _Reach, assumed: list[str]) -> _Reach:
    """Raise `above` so that the total is not below the whole envelope a maker declares."""
    if board.envelope_mm is None:
        return above
    rest = board.envelope_mm[2] - board.board.thickness_mm - below.mm
    if rest <= above.mm:
        return above
    assumed.append(
        f"{rest:.4g} mm above the PCB: the whole {board.envelope_mm[2]:g} mm envelope less the rest"
    )
    return _Reach(rest, "declared envelope")


def _overhang(board: Board, hat: Hat | None, assumed: list[str]) -> dict[Edge, float]:
    over = dict.fromkeys(EDGES, 0.0)
    for port in board.ports:
        if port.side in over and port.overhang_mm is not None:
            over[port.side] = max(over[port.side], port.overhang_mm)
    size = (board.board.x_mm, board.board.y_mm)
    declared = board.envelope_with_connectors_mm or (board.envelope_mm or size)[:2]
    sides: tuple[tuple[Edge, Edge, float], ...] = (
        ("x-", "x+", declared[0] - size[0]),
        ("y-", "y+", declared[1] - size[1]),
    )
    for low, high, beyond in sides:
        rest = round(beyond - over[low] - over[high], 4)
        if rest > 0:
            assumed.append(f"{rest:g} mm over edge {high}: declared without saying at which edge")
            over[high] += rest
    if hat is not None:
        _add_hat_overhang(board, hat, over, assumed)
    return {edge: mm for edge, mm in over.items() if mm > 0}


def _add_hat_overhang(board: Board, hat: Hat, over: dict[Edge, float], assumed: list[str]) -> None:
    pairs: tuple[tuple[Edge, float], ...] = (
        ("x+", (hat.x_mm or 0.0) - board.board.x_mm),
        ("y+", (hat.y_mm or 0.0) - board.board.y_mm),
    )
    for edge, beyond in pairs:
        if beyond > over[edge]:
            assumed.append(f"{beyond:g} mm over edge {edge}: {hat.id} is that much larger")
            over[edge] = beyond


def _tallest(reaches: Iterable[_Reach]) -> _Reach:
    return max(reaches, key=lambda reach: reach.mm)
