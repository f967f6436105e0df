"""Power boards and their nodes: each output in order to the next node that the board feeds."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from catalog.load import Catalog
from catalog.models import Board
from catalog.problems import Problem
from pcb.rails import inlets, outputs
from pcb.spec import BoardSpec
from rack.boards import BoardPlan
from rack.devices import find, others_on
from rack.energy.loads import Load
from rack.energy.supplies import is_of, known_names, names_of
from rack.gather import Gathering
from rack.items import labels
from rack.spec import Item, RackSpec


@dataclass(frozen=True)
class Lead:
    """One output of a power board: its plug, volts and fuse, and the node on it, if any."""

    board: str
    output: int
    inlet: str
    volts: int
    fuse_a: float
    connector: str
    node: str | None

    def as_dict(self) -> dict[str, Any]:
        """Return the fields by name, for JSON."""
        return dict(vars(self))


def node_names(label: str, count: int) -> list[str]:
    """Return what each of several equal devices is called: the name, numbered if need be."""
    return [label] if count == 1 else [f"{label} {n}" for n in range(1, count + 1)]


def nodes_of(loads: Sequence[Load], name: str) -> list[str]:
    """Return every device behind a name that `feeds` may say, by itself."""
    return [
        node for load in loads if is_of(load, name) for node in node_names(load.label, load.count)
    ]


def plan_leads(
    spec: RackSpec, loads: Sequence[Load], boards: Sequence[BoardPlan], catalog: Catalog, where: str
) -> tuple[Lead, ...]:
    """Return every output of every power board, in order, with the node that it feeds.

    Where the file does not say, the boards in the rack take the outputs in order: those that have
    no PoE, no ATX plug of their own and no power board that names them.

    Args:
        spec: the rack as written, every item counted.
        loads: what its things draw, each under its name.
        boards: its power boards.
        catalog: facts.
        where: file named in errors.

    Raises:
        InputError: a name that nothing has, a thing fed twice, more nodes than outputs; all at
            once.
    """
    behind = {
        label: item.poe
        for label, item in zip(labels(spec.items), spec.items, strict=True)
        if item.poe is not None
    }
    named = _named(spec, loads, behind, where)
    free = [node for node in _unsaid(spec, loads, catalog) if node not in named]
    found: list[Lead] = []
    for wish, plan in zip(spec.power_boards, boards, strict=True):
        mine = [node for name in wish.feeds for node in nodes_of(loads, name)]
        if not wish.feeds:
            mine, free = free[: wish.outputs], free[wish.outputs :]
        found += _leads(plan.spec, mine)
    return tuple(found)


def _named(
    spec: RackSpec, loads: Sequence[Load], behind: Mapping[str, str], where: str
) -> set[str]:
    """Return the nodes that a power board names.

    Raises:
        InputError: as `plan_leads` has it.
    """
    found, known = Gathering(), names_of(loads)
    taken: dict[str, str] = {}
    for index, wish in enumerate(spec.power_boards):
        key = f"power_board[{index}].feeds"
        wrong = known_names(wish.feeds, known, (where, key), behind)
        for name in wish.feeds:
            if taken.get(name, wish.name) != wish.name:
                what = f"{name} is fed by {taken[name]} already"
                wrong.append(Problem(where, what, key, nearest=f"take {name} out of one"))
            taken.setdefault(name, wish.name)
        many = sum(len(nodes_of(loads, name)) for name in wish.feeds)
        if many > wish.outputs and not wrong:
            what = f"{wish.name} has {wish.outputs} outputs, and that is {many} nodes"
            near = f"outputs = {many}" if many <= 24 else "name fewer, or add a second board"
            most = f"up to {wish.outputs} nodes"
            wrong.append(Problem(where, what, key, allowed=most, nearest=near))
        found.problems += wrong
    found.done()
    return {node for name in taken for node in nodes_of(loads, name)}


def _unsaid(spec: RackSpec, loads: Sequence[Load], catalog: Catalog) -> Iterable[str]:
    """Yield the nodes that a power board feeds where nobody says: boards with a plug for it."""
    by_label = {load.label: load for load in loads}
    for label, item in zip(labels(spec.items), spec.items, strict=True):
        if item.poe is not None:
            continue
        for name, device in _devices(label, item):
            if name in by_label and _takes_a_lead(device, catalog):
                yield from node_names(name, by_label[name].count)


def _devices(label: str, item: Item) -> list[tuple[str, str]]:
    own = [(label, item.device)] if item.device else []
    return [*own, *((f"{label}: {one.device}", one.device) for one in others_on(item))]


def _takes_a_lead(name: str, catalog: Catalog) -> bool:
    device = find(catalog, name)
    if not isinstance(device, Board):
        return False
    plug = device.power.connector if device.power else None
    return not (plug or "").startswith("ATX")


def _leads(spec: BoardSpec, nodes: Sequence[str]) -> list[Lead]:
    plugs = {rail: plug.ref for plug in reversed(inlets(spec)) for rail in plug.rails.values()}
    waiting = iter(nodes)
    return [
        Lead(
            board=spec.title,
            output=one.index,
            inlet=plugs[one.rail],
            volts=one.volts,
            fuse_a=one.fuse_a,
            connector=one.connector,
            node=next(waiting, None),
        )
        for one in outputs(spec)
    ]
