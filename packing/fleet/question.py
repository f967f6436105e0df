"""What a fleet is made of: nodes to be housed, modules that hold them, cabinets that hold those."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Node:
    """A kind of node: how many there are to be, and what one draws at its peak, W."""

    name: str
    count: int
    power_w: float = 0.0


@dataclass(frozen=True, slots=True)
class Module:
    """A kind of module: how many nodes of each kind fill it, by their names.

    Args:
        name: what to call it.
        height_u: a multiple of 0.5.
        holds: nodes in it; none for a switch, a UPS or a supply.
        power_w: what it draws itself.
        ports: switch ports it gives; each node takes one, if any module gives some.
        cost: a whole number.
    """

    name: str
    height_u: float
    holds: dict[str, int] = field(default_factory=dict[str, int])
    power_w: float = 0.0
    ports: int = 0
    cost: int = 0


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of cabinet, of which there may be any number.

    Args:
        name: what to call it.
        height_u: a multiple of 0.5.
        power_w: what all in it may draw; `None`: any.
        cost: a whole number over 0.
    """

    name: str
    height_u: float
    power_w: float | None = None
    cost: int = 1


@dataclass(frozen=True)
class Fleet:
    """Nodes, the modules and cabinets there are; the cost of cabinets and modules is to be least.

    With one kind of cabinet of cost 1 and modules that cost nothing, that is the fewest cabinets.

    Raises:
        ValueError: a kind of node that no module holds, an unknown one, names twice, a free
            cabinet, or heights off the grid.
    """

    nodes: tuple[Node, ...]
    modules: tuple[Module, ...]
    cabinets: tuple[Kind, ...]

    def __post_init__(self) -> None:
        mistakes = [*_names(self), *_figures(self)]
        if mistakes:
            raise ValueError("; ".join(mistakes))

    def power_w(self, module: Module) -> float:
        """Return what a full module draws, W."""
        each = {node.name: node.power_w for node in self.nodes}
        return module.power_w + sum(each[name] * many for name, many in module.holds.items())

    @property
    def counts_ports(self) -> bool:
        """Whether nodes need ports: some module gives them."""
        return any(module.ports for module in self.modules)


def _names(fleet: Fleet) -> list[str]:
    found: list[str] = []
    for what, rows in (("nodes", fleet.nodes), ("modules", fleet.modules)):
        if len({row.name for row in rows}) < len(rows):
            found.append(f"two {what} share a name")
    known = {node.name for node in fleet.nodes}
    held = {name for module in fleet.modules for name, many in module.holds.items() if many}
    found += [f"no module holds {name}" for name in sorted(known - held)]
    found += [f"a module holds {name}, of which there is none" for name in sorted(held - known)]
    return found


def _figures(fleet: Fleet) -> list[str]:
    found = [
        f"{row.name}: {row.height_u:g}U is no positive multiple of 0.5U"
        for row in (*fleet.modules, *fleet.cabinets)
        if row.height_u <= 0 or (row.height_u * 2) % 1
    ]
    if not fleet.cabinets or any(kind.cost <= 0 for kind in fleet.cabinets):
        found.append("there must be a cabinet, and each must cost something")
    return found
