"""The way of the current as one graph: from the supply to the plug at each node, and back.

    supply ─ lead ─ contacts ─ throat (both layers, vias) ─ bar ─ finger ─ fuse ─ (switch) ─ pour
                  └ contacts ─ throat (strip, one layer)  ─┘    (5 V of a 24-pin inlet only)
        ─ (shunt) ─ jack ─ cable ─ plug | node | plug ─ cable ─ jack ─ GND ─ contacts ─ lead

Loads are currents, so the way there and the way back are two networks that know of each other by
their currents only. Every edge has a resistance (good, poor), a rating and a source.
"""

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pcb.budget import copper
from pcb.budget.ratings import joint, ratings
from pcb.budget.routes import (
    FINGER_MM,
    FUSED_MM,
    GND_MM,
    OUT_MM,
    SENSED_MM,
    SWITCHED_MM,
    Routes,
    routes,
)
from pcb.managed.sense_wiring import SHUNT
from pcb.managed.sensing import HEAT_SHARE, shunt_id, shunt_mohm
from pcb.parts import part_type, tables
from pcb.rails import Inlet, Output, inlets, outputs, rails
from pcb.spec import BoardSpec

if TYPE_CHECKING:
    from pcb.board.throats import Throat

Ohms = tuple[float, float]  # good, poor
Given = tuple[float | None, str, tuple[str, ...]]  # A, why, sources
SUPPLY = "supply"
SHORTEST_M = 0.001  # a cable shorter than this is none
INSIDE_OHM = (1e-6, 1e-6)  # what wires counted one by one have in common: next to nothing
AS_CONTACTS: Given = (None, "as its contacts", ("RECALL_LEAD",))
SHUNT_POOR = 1.03  # 1 % when new, and what warmth and years add (our own figure)
COPPER_SOURCES, WIRE_SOURCES = ("IPC_2221",), ("ASTM_B258",)


@dataclass(frozen=True)
class Edge:
    """One piece of the way. `rating_a` is None where something else sets the limit."""

    name: str
    kind: str
    ends: tuple[str, str]
    ohms: Ohms
    rating_a: float | None
    why: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Network:
    """Edges from the supply outwards; which output hangs on which end; where each lead ends."""

    name: str
    edges: tuple[Edge, ...]
    taps: dict[int, str]
    leads: dict[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])

    @property
    def source(self) -> str:
        """The end at the supply."""
        return f"{SUPPLY} {self.name}"


def networks(spec: BoardSpec) -> tuple[Network, ...]:
    """Return a network for each rail, and the last for GND."""
    ways = routes(spec)
    found = [_rail(spec, ways, rail) for rail in rails(spec)]
    return (*found, _ground(spec, ways))


def _rail(spec: BoardSpec, ways: Routes, rail: str) -> Network:
    edges: list[Edge] = []
    fed = [one for one in outputs(spec) if one.rail == rail]
    volts = fed[0].volts
    places: list[tuple[float, str]] = [
        (ways.columns[one.index], f"F{one.index} bar") for one in fed
    ]
    leads: dict[str, tuple[str, ...]] = {}
    for plug in inlets(spec):
        if rail in plug.rails.values():
            given = _given(spec, plug, volts)
            throats = ways.throats[plug.ref, rail]
            groups = [[pad for pad in one.pads if pad not in plug.type.empty] for one in throats]
            inlet = list(_inlet(spec, plug, rail, groups, given))
            edges += inlet
            leads[plug.ref] = _lead_ends(inlet)
            for throat, pads in zip(throats, groups, strict=True):
                head = _head(plug.ref, rail, pads if len(throats) > 1 else ())
                edges += _throat(spec, head, throat)
                places.append((throat.x, f"{head} bar"))
    edges += _bar(spec, rail, sorted(places), ways.bar_mm)
    for one in fed:
        edges += _output(spec, one)
    return Network(rail, tuple(edges), {one.index: f"node {one.index}" for one in fed}, leads)


def _ground(spec: BoardSpec, ways: Routes) -> Network:
    edges: list[Edge] = []
    places: list[tuple[float, str]] = [
        (x, f"J{index} GND pour") for index, x in ways.columns.items()
    ]
    leads: dict[str, tuple[str, ...]] = {}
    for plug in inlets(spec):
        inlet = list(_inlet(spec, plug, "GND", [_pads(plug, ("COM", "-"))], AS_CONTACTS))
        edges += inlet
        leads[plug.ref] = _lead_ends(inlet)
        xs = [x for (ref, _), x in ways.inlets.items() if ref == plug.ref]
        places.append((sum(xs) / len(xs) if xs else 0.0, f"{plug.ref} GND"))
    edges += _bar(spec, "GND", sorted(places), GND_MM)
    for one in outputs(spec):
        edges += _leads(spec, one, f"J{one.index} GND pour", "GND")
    taps = {one.index: f"node {one.index}" for one in outputs(spec)}
    return Network("GND", tuple(edges), taps, leads)


def _head(ref: str, net: str, pads: Sequence[str]) -> str:
    """Return the name of where contacts end: those of a net, or some of them."""
    return f"{ref} {net} at {' '.join(pads)}" if pads else f"{ref} {net}"


def _given(spec: BoardSpec, plug: Inlet, volts: int) -> Given:
    """Return what the supply gives through a plug, where that is less than the contacts carry."""
    kind = plug.type
    if kind.cap_w is not None:
        return kind.cap_w / volts, f"made for {kind.cap_w:g} W", kind.sources
    if volts == 5 and kind.held_at == "plug":
        usual = ratings().supply_5v
        if spec.supply_5v_a is not None:
            return spec.supply_5v_a, "the supply's label", ()
        return usual.rated_a, "5 V of a usual supply", usual.sources
    return AS_CONTACTS


def _pads(plug: Inlet, names: tuple[str, ...]) -> list[str]:
    pins = part_type(plug.type.part).pins
    return [pad for pad, name in pins if name in names and pad not in plug.type.empty]


def _inlet(
    spec: BoardSpec, plug: Inlet, net: str, groups: list[list[str]], given: Given
) -> Iterator[Edge]:
    """Lead and contacts: one edge for all wires, one for each contact.

    Contacts in several groups, each with a throat of its own, do not share evenly: then each has a
    wire of its own too.
    """
    lead, kind = f"{plug.ref} {net} lead", plug.type
    cap_a, why, sources = given
    wire = _both(lambda worst: copper.wire_ohm(kind.lead_awg, kind.lead_m, worst))
    count, alike = sum(map(len, groups)), len(groups) == 1
    ohms = (wire[0] / count, wire[1] / count) if alike else INSIDE_OHM
    yield Edge(lead, "lead", (f"{SUPPLY} {net}", lead), ohms, cap_a, why, sources)
    mated = joint("screw-in" if kind.part == "screw-in" else "contact")
    plugs = "HCS plug" if spec.contacts == "hcs" else "any plug"
    rating = kind.contact_a(spec.contacts)
    for pads in groups:
        head = _head(plug.ref, net, () if alike else pads)
        for pad in pads:
            start = lead
            if not alike:
                start, (none, why, sources) = f"{plug.ref} wire {pad}", AS_CONTACTS
                yield Edge(start, "lead", (lead, start), wire, none, why, sources)
            yield Edge(
                f"{plug.ref} contact {pad}", "contact", (start, head), _ohms(mated.id), rating,
                f"{rating:g} A a contact, {plugs}", kind.sources,
            )  # fmt: skip


def _lead_ends(inlet: list[Edge]) -> tuple[str, ...]:
    """Return where the wires of an inlet end: at its contacts."""
    return tuple(dict.fromkeys(edge.ends[0] for edge in inlet if edge.kind == "contact"))


def _throat(spec: BoardSpec, head: str, throat: "Throat") -> Iterator[Edge]:
    """From the contacts to the bar: on both layers, of which the lower comes up through vias."""
    wide, below = throat.width_mm, f"{head} below"
    ohms = _strip(spec, throat.squares * wide, wide)
    rating, why = copper.strip_a(wide, spec.copper_oz), f"{wide:.3g} mm, {spec.copper_oz} oz"
    layers = (("top", f"{head} bar"), ("bottom", below)) if throat.vias else (("", f"{head} bar"),)
    for layer, end in layers:
        name = f"{head} throat {layer}".rstrip()
        yield Edge(name, "copper", (head, end), ohms, rating, why, COPPER_SOURCES)
    if throat.vias:
        ohms = _both(lambda worst: copper.via_ohm(worst) / throat.vias)
        rating, why = throat.vias * copper.via_a(), f"{throat.vias} vias of 0.5 mm"
        yield Edge(f"{head} vias", "via", (below, f"{head} bar"), ohms, rating, why, COPPER_SOURCES)


def _bar(spec: BoardSpec, net: str, places: list[tuple[float, str]], wide: float) -> Iterator[Edge]:
    """The bar from place to place; places that coincide are a hair apart."""
    kind = "ground" if net == "GND" else "copper"
    rating, why = copper.strip_a(wide, spec.copper_oz), f"{wide:g} mm, {spec.copper_oz} oz"
    for number, ((x, left), (end, right)) in enumerate(itertools.pairwise(places), start=1):
        ohms = _strip(spec, max(end - x, 0.01), wide)
        yield Edge(f"{net} bar {number}", kind, (left, right), ohms, rating, why, COPPER_SOURCES)


def _output(spec: BoardSpec, one: Output) -> Iterator[Edge]:
    """From the bar through the fuse to the node."""
    index, oz = one.index, spec.copper_oz
    bar, held, blown, out = f"F{index} bar", f"F{index} in", f"F{index} out", f"OUT{index}"
    finger = copper.strip_a(FINGER_MM[0], oz)
    yield Edge(
        f"F{index} finger", "copper", (bar, held), _strip(spec, FINGER_MM[1], FINGER_MM[0]), finger,
        f"{FINGER_MM[0]:g} mm, {oz} oz", COPPER_SOURCES,
    )  # fmt: skip
    holder, fuses = part_type("fuse"), tables().fuses
    yield Edge(
        f"F{index} holder", "holder", (held, f"F{index} clip"), _ohms("holder"), holder.rated_a,
        f"{holder.maker} {holder.mpn}", holder.sources,
    )  # fmt: skip
    table = ratings().fuse_mohm
    cold = table.mohm[one.fuse_a] / 1000
    rating = one.fuse_a * fuses.steady_share
    yield Edge(
        f"F{index}", "fuse", (f"F{index} clip", blown), (cold, cold * table.hot), rating,
        f"{fuses.steady_share * 100:g} % of {one.fuse_a:g} A for ever", fuses.sources,
    )  # fmt: skip
    wide, long = OUT_MM
    if spec.level == "managed":
        yield from _switch(spec, one, blown)
        blown, (wide, long) = f"Q{index} out", SWITCHED_MM
    if spec.sensing:
        yield from _shunt(spec, one, blown)
        blown = f"R{SHUNT + index} out"
    yield Edge(
        f"{out} pour", "copper", (blown, out), _strip(spec, long, wide), copper.strip_a(wide, oz),
        f"{wide:g} mm, {oz} oz", COPPER_SOURCES,
    )  # fmt: skip
    yield from _leads(spec, one, out, "+")


def _switch(spec: BoardSpec, one: Output, blown: str) -> Iterator[Edge]:
    """The pour behind the fuse, and the P-FET."""
    index, (wide, long), switch = one.index, FUSED_MM, joint(f"switch-{one.volts}")
    source, part = f"Q{index} in", part_type("p-fet")
    yield Edge(
        f"FUS{index} pour", "copper", (blown, source), _strip(spec, long, wide),
        copper.strip_a(wide, spec.copper_oz), f"{wide:g} mm, {spec.copper_oz} oz", COPPER_SOURCES,
    )  # fmt: skip
    yield Edge(
        f"Q{index}", "switch", (source, f"Q{index} out"), _ohms(switch.id), switch.rated_a,
        f"{part.maker} {part.mpn}", switch.sources,
    )  # fmt: skip


def _shunt(spec: BoardSpec, one: Output, drain: str) -> Iterator[Edge]:
    """The pour behind the switch, and the shunt."""
    (wide, long), ref, mohm = SENSED_MM, f"R{SHUNT + one.index}", shunt_mohm(one)
    part, start = part_type(shunt_id(mohm)), f"{ref} in"
    yield Edge(
        f"SNS{one.index} pour", "copper", (drain, start), _strip(spec, long, wide),
        copper.strip_a(wide, spec.copper_oz), f"{wide:g} mm, {spec.copper_oz} oz", COPPER_SOURCES,
    )  # fmt: skip
    ohms = mohm / 1000, mohm / 1000 * SHUNT_POOR
    carried = (HEAT_SHARE * (part.rated_w or 0.0) / ohms[0]) ** 0.5
    why = f"{mohm:g} mOhm, half of {part.rated_w:g} W"
    yield Edge(ref, "shunt", (start, f"{ref} out"), ohms, carried, why, part.sources)


def _leads(spec: BoardSpec, one: Output, start: str, pole: str) -> Iterator[Edge]:
    """One pole from the board to the node: connector, cable, plug."""
    index, kind, awg, wire = one.index, part_type(one.connector), spec.cable_awg, ratings().wire
    plug = next((row for row in ratings().joint if row.id == f"plug-{one.connector}"), None)
    # each piece: name, kind, resistance, rating, why, sources
    pieces: list[tuple[str, str, Ohms, float | None, str, tuple[str, ...]]] = [
        (
            f"J{index} {pole}", "jack", _ohms(one.connector), kind.rated_a,
            f"{kind.maker} {kind.mpn}".strip() or "wire holes", kind.sources,
        )
    ]  # fmt: skip
    if spec.cable_m >= SHORTEST_M:
        ohms = _both(lambda worst: copper.wire_ohm(awg, spec.cable_m, worst))
        why, sources = f"{awg} AWG, {spec.cable_m:g} m", (*WIRE_SOURCES, *wire.sources)
        pieces.append((f"cable {index} {pole}", "cable", ohms, wire.rated_a[awg], why, sources))
    if plug:
        why = "plug on the cable"
        ohms = _ohms(plug.id)
        pieces.append((f"plug {index} {pole}", "plug", ohms, plug.rated_a, why, plug.sources))
    nodes = [start, *(f"{name} end" for name, *_ in pieces[:-1]), f"node {index}"]
    for (name, sort, ohms, rating, why, sources), ends in zip(
        pieces, itertools.pairwise(nodes), strict=True
    ):
        yield Edge(name, sort, ends, ohms, rating, why, sources)


def _ohms(joint_id: str) -> Ohms:
    row = joint(joint_id)
    return row.mohm / 1000, row.mohm_worst / 1000


def _strip(spec: BoardSpec, long: float, wide: float) -> Ohms:
    return _both(lambda worst: copper.strip_ohm(long, wide, spec.copper_oz, worst))


def _both(ohm: Callable[[bool], float]) -> Ohms:
    return ohm(False), ohm(True)
