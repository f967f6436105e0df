"""Cables between cabinets: what is assumed of their ways."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from rack.mounted import Module, Mounted
from rack.spec import RackSpec
from rack.wiring.leads import Lead
from rack.wiring.network import Link
from rack.wiring.row import Row
from rack.wiring.rows import is_node_of


def across(
    spec: RackSpec,
    mounts: Sequence[Mounted],
    leads: Sequence[Lead],
    cables: Sequence[Link],
    row: Row,
) -> Iterable[str]:
    """Yield what is assumed of wires that leave a cabinet.

    Args:
        spec: the rack as written.
        mounts: all that is made, in the rack and beside it.
        leads: the power boards' outputs.
        cables: of the network.
        row: the cabinets.
    """
    hung = {m.label: m for m in mounts if isinstance(m, Module)}
    yield from _gaps(cables, hung, row)
    carried = {item.power_board for item in spec.items}
    for board in (one for one in spec.power_boards if one.name not in carried):
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
