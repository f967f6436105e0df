"""Makes foils of a board: what enters and leaves each net where, by the budget's graph.

The copper of a rail lies between contacts and fuses, that of an output between fuse and connector,
that of GND between connectors and contacts. Contacts and leads are links of the foil, since the
copper decides how they share the current; what follows in one line is counted by the budget.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from catalog.base import Fact
from pcb.board.board import BOARD_MM
from pcb.budget.copper import HOT, PER_KELVIN, THIN
from pcb.budget.graph import Edge, Network, networks
from pcb.copper.foil import Contact, Foil, Link, barrel_ohm, foil_mm, square_ohm
from pcb.copper.read import Hole, NetCopper
from pcb.managed.sense_wiring import SHUNT
from pcb.managed.wiring import switched_net
from pcb.model import fused_net
from pcb.parts import part_type
from pcb.rails import Output, outputs
from pcb.spec import BoardSpec

SOLDERED_OHM = 1e-6  # of a surface pad under its part: a contact and a point need a resistance
HOT_K = round((HOT - 1) / PER_KELVIN)


class Corner(Fact):
    """What copper may be like: thickness against its name, plating of holes, warmth.

    `poor` takes contacts and leads as the budget's worst case has them.
    """

    name: str
    thick: float
    wall_mm: float
    over_20_k: float
    poor: bool = False


# A fab's copper may be a quarter thinner than its name: a measured ladder of four tracks had 0.391
# mOhm a square where 1 oz has 0.493, so it may be as much thicker. Walls of holes: 25 µm are
# ordered, 18 µm may be had (IPC-6012 class 2: least 18 µm, mean 20 µm). Warm copper: 60 °C.
NAMED = Corner(name="as named", thick=1.0, wall_mm=0.025, over_20_k=0)
POOR = Corner(name="poor", thick=1 / THIN, wall_mm=0.018, over_20_k=HOT_K, poor=True)
CORNERS = (
    NAMED,
    Corner(name="thin copper", thick=1 / THIN, wall_mm=0.025, over_20_k=0),
    Corner(name="thick copper", thick=THIN, wall_mm=0.025, over_20_k=0),
    Corner(name="thin plating", thick=1.0, wall_mm=0.018, over_20_k=0),
    Corner(name="hot", thick=1.0, wall_mm=0.025, over_20_k=HOT_K),
    POOR,
)


@dataclass(frozen=True)
class Way:
    """One net: its copper, and where current enters and leaves.

    `pins` are the outputs' pins, by output; `sign` is 1 where they bring current into the copper
    and -1 where they draw it. `base` are the pins where the copper begins, seen from the supply;
    `source` is at 0 V. `edges` are leads and contacts.
    """

    net: str
    copper: NetCopper
    oz: float
    pins: Mapping[int, str]
    sign: int
    base: tuple[str, ...]
    source: str
    edges: tuple[Edge, ...] = ()

    @cached_property
    def areas(self) -> tuple[Any, Any]:
        """The copper of both layers."""
        return self.copper.areas()

    def foil(self, corner: Corner) -> Foil:
        """Return the foil at a corner."""
        ends = {end for edge in self.edges for end in edge.ends}
        contacts, links = _holes(self.copper, corner, ends | {*self.pins.values(), self.source})
        links += [Link(edge.ends, edge.ohms[corner.poor]) for edge in self.edges]
        ohm = square_ohm(foil_mm(self.oz) * corner.thick, corner.over_20_k)
        return Foil(self.areas, (ohm, ohm), tuple(contacts), tuple(links))

    def amps(self, drawn: Mapping[int, float]) -> dict[str, float]:
        """Return what enters the copper at each pin, A, where outputs draw what is given."""
        return {pin: self.sign * drawn[index] for index, pin in self.pins.items()}


def hole_name(hole: Hole) -> str:
    """Return the name of a hole: of its pin, or of a via by its place."""
    return f"{hole.ref}.{hole.pad}" if hole.ref else "via at {:g}, {:g}".format(*hole.place)


def via_names(copper: NetCopper) -> dict[tuple[str, str], Hole]:
    """Return the vias of a net by the ends of their links."""
    return {
        (_end(number, hole, 0), _end(number, hole, 1)): hole
        for number, hole in enumerate(copper.holes)
        if not hole.ref
    }


def _end(number: int, hole: Hole, layer: int) -> str:
    return f"{hole_name(hole)} #{number} layer {layer}"


def _holes(
    copper: NetCopper, corner: Corner, used: Collection[str]
) -> tuple[list[Contact], list[Link]]:
    """Return a contact for each hole on each layer, and the walls between them.

    A pad on the surface counts where current enters through it (`used`); else it is mere copper.

    A part's pin is soldered in: current enters the wall in its middle. That leaves out the pin and
    the solder, which carry as well.
    """
    contacts: list[Contact] = []
    links: list[Link] = []
    for number, hole in enumerate(copper.holes):
        if hole.drill_mm is None and hole_name(hole) not in used:
            continue
        ends = [_end(number, hole, layer) for layer in hole.layers]
        contacts += [
            Contact(end, layer, hole.area) for end, layer in zip(ends, hole.layers, strict=True)
        ]
        if hole.drill_mm is None:
            links += [Link((hole_name(hole), end), SOLDERED_OHM) for end in ends]
            continue
        wall = barrel_ohm(hole.drill_mm, corner.wall_mm, BOARD_MM, corner.over_20_k)
        if hole.ref:
            links += [Link((hole_name(hole), end), wall / 2) for end in ends]
        else:
            links.append(Link((ends[0], ends[1]), wall))
    return contacts, links


def ways(spec: BoardSpec, nets: Mapping[str, NetCopper]) -> tuple[Way, ...]:
    """Return every net that carries power: rails, outputs, and GND last.

    Raises:
        KeyError: the board has no such net.
    """
    fed, oz = outputs(spec), spec.copper_oz
    *rails, ground = networks(spec)
    found: list[Way] = []
    for network in rails:
        pins = {one.index: f"F{one.index}.1" for one in fed if one.rail == network.name}
        found.append(_inlet_way(network, nets[network.name], oz, pins, -1))
    for one in fed:
        found += _output_ways(spec, nets, one)
    pins = {one.index: f"J{one.index}.{_minus(one)}" for one in fed}
    return (*found, _inlet_way(ground, nets["GND"], oz, pins, 1))


def output_nets(spec: BoardSpec, index: int) -> tuple[str, ...]:
    """Return the nets of an output behind its fuse, in the order in which current meets them."""
    if spec.level != "managed":
        return (f"OUT{index}",)
    nets = (fused_net(spec, index), switched_net(spec, index), f"OUT{index}")
    return tuple(dict.fromkeys(nets))


def _output_ways(spec: BoardSpec, nets: Mapping[str, NetCopper], one: Output) -> Iterator[Way]:
    """Yield what lies between fuse and connector; switch and shunt part it."""
    index, oz = one.index, spec.copper_oz
    fuse, plug, out = f"F{index}.2", f"J{index}.1", f"OUT{index}"
    if spec.level != "managed":
        yield Way(out, nets[out], oz, {index: plug}, -1, (fuse,), fuse)
        return
    switch = {name: tuple(_leads_of(f"Q{index}", name)) for name in ("S", "D")}
    fused = fused_net(spec, index)
    into, onward = switch["S"], switch["D"]
    source, drain = into[0].ends[1], onward[0].ends[1]
    yield Way(fused, nets[fused], oz, {index: source}, -1, (fuse,), fuse, into)
    pads = tuple(edge.ends[0] for edge in onward)
    if not spec.sensing:
        yield Way(out, nets[out], oz, {index: plug}, -1, pads, drain, onward)
        return
    before, shunt = switched_net(spec, index), f"R{SHUNT + index}"
    yield Way(before, nets[before], oz, {index: f"{shunt}.1"}, -1, pads, drain, onward)
    behind = f"{shunt}.2"
    yield Way(out, nets[out], oz, {index: plug}, -1, (behind,), behind)


def _leads_of(ref: str, name: str) -> Iterator[Edge]:
    """Yield the leads of a switch that are joined inside it, from their pads on."""
    for pad, called in part_type("p-fet").pins:
        if called == name:
            ends = (f"{ref}.{pad}", f"{ref} {name}")
            yield Edge(
                f"{ref} lead {pad}", "switch", ends, (SOLDERED_OHM, SOLDERED_OHM), None, "", ()
            )


def _inlet_way(
    network: Network, copper: NetCopper, oz: float, pins: Mapping[int, str], sign: int
) -> Way:
    edges = tuple(_inlets(network))
    base = tuple(edge.ends[1] for edge in edges if edge.kind == "contact")
    return Way(network.name, copper, oz, pins, sign, base, network.source, edges)


def _inlets(network: Network) -> Iterator[Edge]:
    """Yield leads and contacts, each contact from its lead to its own pin on the board."""
    for edge in network.edges:
        if edge.kind == "lead":
            yield edge
        elif edge.kind == "contact":
            ref, _, pad = edge.name.split()
            yield replace(edge, ends=(edge.ends[0], f"{ref}.{pad}"))


def _minus(one: Output) -> str:
    """Return the pad through which an output's current returns."""
    return next(pad for pad, name in part_type(one.connector).pins if name == "-")


def series_ohm(network: Network, index: int, *, poor: bool) -> float:
    """Return the resistance of all that an output's current meets and that is no copper, Ohm.

    From the fuse's pin to the node's plug, or from there to the connector's pin of GND.
    """
    into = {edge.ends[1]: edge for edge in network.edges if edge.kind not in ("lead", "contact")}
    first, place, total = (f"F{index} in", f"J{index} GND pour"), network.taps[index], 0.0
    while place not in first:
        edge = into[place]
        place = edge.ends[0]
        total += 0.0 if edge.kind == "copper" else edge.ohms[poor]
    return total
