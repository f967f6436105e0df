"""The budget of a board as plain data: A, W, V, and `use` as a share of 1."""

from catalog.base import Fact
from pcb.budget.assess import Assessment, Load, assess, use
from pcb.budget.cure import Cure, cures
from pcb.budget.graph import Edge
from pcb.budget.ratings import node_v, ratings, unconfirmed
from pcb.budget.words import problems, warnings
from pcb.parts import part_type
from pcb.rails import inlets, outputs, rails
from pcb.spec import BoardSpec

KINDS = (
    "lead",
    "contact",
    "copper",
    "ground",
    "via",
    "holder",
    "fuse",
    "switch",
    "shunt",
    "jack",
    "cable",
    "plug",
)  # fmt: skip - in the order in which the current meets them


class CaseSums(Fact):
    """One load case: what is drawn, the lowest volts at a plug, and the fullest part.

    `switches_w` is the heat in all switches of a managed board.
    """

    amps_a: float
    watts_w: float
    lowest_v: float
    limit: str
    use: float
    switches_w: float = 0.0


class RailRow(Fact):
    """A rail: which outputs hang on it, which plugs feed it, and what these can give it."""

    rail: str
    volts: int
    first: int
    last: int
    plugs: tuple[str, ...]
    contacts: int
    typical_a: float
    worst_a: float
    limit_a: float


class NodeRow(Fact):
    """An output: its fuse, currents and volts at its plug in both cases, volts it needs."""

    output: int
    rail: str
    fuse_a: float
    typical_a: float
    worst_a: float
    typical_v: float
    worst_v: float
    least_v: float


class PartRow(Fact):
    """A part of the way: what flows and what it carries; without a rating others set the limit."""

    name: str
    kind: str
    typical_a: float
    worst_a: float
    rating_a: float | None
    use: float
    typical_mohm: float
    worst_mohm: float
    why: str
    sources: tuple[str, ...]
    unconfirmed: bool


class Budget(Fact):
    """The whole budget.

    `fits`: nothing is overloaded in the worst case, and the nodes have their volts in the typical
    one. `robust`: they have them in the worst case too. `cures` is empty for a robust board.
    """

    outputs: int
    typical: CaseSums
    worst: CaseSums
    fuses_a: float
    fits: bool
    robust: bool
    problems: tuple[str, ...]
    cures: tuple[Cure, ...]
    warnings: tuple[str, ...]
    rails: tuple[RailRow, ...]
    nodes: tuple[NodeRow, ...]
    parts: tuple[PartRow, ...]
    unconfirmed: tuple[str, ...]

    @property
    def verdict(self) -> tuple[str, ...]:
        """What does not fit and what would, in sentences; nothing if all fits."""
        if self.fits:
            return ()
        works = ", or ".join(cure.text for cure in self.cures)
        return (*self.problems, f"works: {works}" if works else "works: two boards")

    @property
    def short(self) -> "Budget":
        """The same without its longest list, for records that are kept."""
        return self.model_copy(update={"parts": ()})


def budget(spec: BoardSpec) -> Budget:
    """Return the budget of a board, with what cures it if it does not fit."""
    made = assess(spec)
    found = () if made.robust else cures(spec, refused=not made.fits)
    parts = tuple(_part(made, edge) for edge in made.edges)
    return Budget(
        outputs=spec.outputs,
        typical=_case(made, made.typical),
        worst=_case(made, made.worst),
        fuses_a=round(sum(one.fuse_a for one in outputs(spec)), 3),
        fits=made.fits,
        robust=made.robust,
        problems=problems(made),
        cures=found,
        warnings=warnings(made),
        rails=tuple(_rail(made, rail) for rail in rails(spec)),
        nodes=_nodes(made),
        parts=tuple(sorted(parts, key=lambda row: KINDS.index(row.kind))),
        unconfirmed=_unconfirmed(parts, spec),
    )


def _case(made: Assessment, case: Load) -> CaseSums:
    worst, fullest = case is made.worst, made.fullest(case)
    drawn = [(one.amps if worst else one.typical_a, one.volts) for one in outputs(made.spec)]
    return CaseSums(
        amps_a=round(sum(amps for amps, _ in drawn), 3),
        watts_w=round(sum(amps * volts for amps, volts in drawn), 2),
        lowest_v=round(min(case.volts.values()), 3),
        limit=fullest.name,
        use=round(use(fullest, case), 4),
        switches_w=round(
            sum(
                case.amps[edge.name] ** 2 * edge.ohms[worst]
                for edge in made.edges
                if edge.kind == "switch"
            ),
            3,
        ),
    )


def _rail(made: Assessment, rail: str) -> RailRow:
    spec = made.spec
    fed = [one for one in outputs(spec) if one.rail == rail]
    volts = fed[0].volts
    plugs = [plug for plug in inlets(spec) if plug.rails.get(volts) == rail]
    return RailRow(
        rail=rail,
        volts=volts,
        first=fed[0].index,
        last=fed[-1].index,
        plugs=tuple(f"{plug.ref} {part_type(plug.type.part).value}" for plug in plugs),
        contacts=sum(plug.type.contacts(volts) for plug in plugs),
        typical_a=round(sum(one.typical_a for one in fed), 3),
        worst_a=round(sum(one.amps for one in fed), 3),
        limit_a=round(made.limit_a(rail), 3),
    )


def _nodes(made: Assessment) -> tuple[NodeRow, ...]:
    return tuple(
        NodeRow(
            output=one.index,
            rail=one.rail,
            fuse_a=one.fuse_a,
            typical_a=one.typical_a,
            worst_a=one.amps,
            typical_v=round(made.typical.volts[one.index], 3),
            worst_v=round(made.worst.volts[one.index], 3),
            least_v=node_v(one.volts),
        )
        for one in outputs(made.spec)
    )


def _part(made: Assessment, edge: Edge) -> PartRow:
    return PartRow(
        name=edge.name,
        kind=edge.kind,
        typical_a=round(abs(made.typical.amps[edge.name]), 4),
        worst_a=round(abs(made.worst.amps[edge.name]), 4),
        rating_a=None if edge.rating_a is None else round(edge.rating_a, 3),
        use=round(use(edge, made.worst), 4),
        typical_mohm=round(edge.ohms[0] * 1000, 4),
        worst_mohm=round(edge.ohms[1] * 1000, 4),
        why=edge.why,
        sources=edge.sources,
        unconfirmed=unconfirmed(edge.sources),
    )


def _unconfirmed(parts: tuple[PartRow, ...], spec: BoardSpec) -> tuple[str, ...]:
    """Return what of this budget rests on memory, one line for each kind."""
    found = [
        f"{row.kind}: {row.why}" for row in parts if row.unconfirmed and row.rating_a is not None
    ]
    found += [
        f"least volts of a node: {rail.node_v:g} V at {rail.volts} V"
        for rail in ratings().rail
        if unconfirmed(rail.sources) and rail.volts in {one.volts for one in outputs(spec)}
    ]
    found.append("resistance of contacts, clips, fuses, jacks and plugs")
    return tuple(dict.fromkeys(found))
