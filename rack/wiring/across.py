"""Cables between cabinets: what is assumed of their ways."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from rack.items import labels
from rack.mounted import Module, Mounted
from rack.spec import RackSpec
from rack.wiring.leads import Lead
from rack.wiring.network import Link
from rack.wiring.row import Row, inside_m
from rack.wiring.rows import is_node_of


def across(
    spec: RackSpec,
    mounts: Sequence[Mounted],
    wires: tuple[Sequence[Lead], Sequence[Link], Sequence[str]],
    row: Row,
) -> Iterable[str]:
    """Yield what is assumed of wires that leave a cabinet, and what must reach from one to another.

    Args:
        spec: the rack as written.
        mounts: all that is made, in the rack and beside it.
        wires: the power boards' outputs, the network's cables, and the items that are supplies.
        row: the cabinets.
    """
    hung = {m.label: m for m in mounts if isinstance(m, Module)}
    leads, cables, psus = wires
    yield from _gaps(cables, hung, row)
    names = zip(labels(spec.items), spec.items, strict=True)
    carried = {item.power_board: label for label, item in names if item.power_board}
    for board in spec.power_boards:
        if board.name in carried:
            yield from _from_afar(board.name, hung.get(carried[board.name]), hung, psus, row)
            continue
        nodes = [lead.node for lead in leads if lead.board == board.name and lead.node]
        inside = [
            module.cabinet
            for module in hung.values()
            if any(is_node_of(node, module.label) for node in nodes)
        ]
        if len(set(inside)) > 1:
            told = " and ".join(dict.fromkeys(inside))
            yield (
                f"{board.name}: its nodes stand in {told}, and no item carries it: its leads are "
                f"taken as {board.cable_m:g} m"
            )


def _from_afar(
    board: str, lies: Module | None, hung: Mapping[str, Module], psus: Sequence[str], row: Row
) -> Iterable[str]:
    """Say how far a power board's supply is, if none hangs in its cabinet at the same posts."""
    near = [hung[name] for name in psus if name in hung]
    if lies is None or not near:
        return
    if any((one.cabinet, one.face) == (lies.cabinet, lies.face) for one in near):
        return
    ways = [(inside_m(one, lies, row) or 0.0, one.label) for one in near]
    way_m, name = min(ways)
    yield f"{board}: it is {way_m:.2f} m from {name} to it: see that the supply's cables reach"


def _gaps(cables: Sequence[Link], hung: Mapping[str, Module], row: Row) -> Iterable[str]:
    """Say between which cabinets no gap is taken to be, if a cable goes there."""
    order = list(row.cabinets.values())
    crossed: set[str] = set()
    for link in cables:
        ends = [hung[label] for label in (link.switch, link.end) if label in hung]
        at = sorted(order.index(row.cabinets[one.cabinet]) for one in ends)
        crossed |= {one.name for one in order[at[0] + 1 : at[-1] + 1]} if at else set()
    for left, one in pairwise(order):
        if one.name in crossed and not one.gap_known:
            yield (
                f"{one.name} is taken to stand right beside {left.name}, and cables go between: "
                "give it a gap if it does not"
            )
