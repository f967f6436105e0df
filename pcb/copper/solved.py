"""Solves the copper of a board: every net that carries power, at every corner.

The poor corner is what a board is judged by. It is solved on cells that become smaller until the
error is small; the other corners are solved on wider cells, and told by how they differ there from
the poor one.
"""

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from catalog.problems import CheckFailed
from pcb.board.comb import comb, flows
from pcb.board.place import lay_out
from pcb.budget.assess import assess, plug_volts
from pcb.budget.copper import strip_a, via_a
from pcb.budget.graph import networks
from pcb.budget.ratings import node_v
from pcb.copper.cuts import Cut, cuts
from pcb.copper.field import Field, Refined, field, refined
from pcb.copper.poured import OWN, poured
from pcb.copper.read import LAYERS, NetCopper, read_copper
from pcb.copper.record import KICAD, CopperReport, CornerRow, NeckRow, NetRow, OutputRow, ViaRow
from pcb.copper.solve import OpenCircuitError
from pcb.copper.ways import (
    CORNERS,
    NAMED,
    POOR,
    Corner,
    Way,
    output_nets,
    series_ohm,
    via_names,
    ways,
)
from pcb.model import circuit
from pcb.rails import Output, inlets, outputs
from pcb.sexpr import parse
from pcb.spec import BoardSpec

QUICK = 60_000  # unknowns of a net at the corners beside the poor one
ALIKE = 1e-9


class OpenCircuit(CheckFailed):
    """Raised when the copper does not lead from the supply to a node and back."""


@dataclass(frozen=True)
class Solved:
    """A board's report, and the field of each net that it was read from."""

    report: CopperReport
    fields: Mapping[str, Field]


@dataclass(frozen=True)
class _Net:
    """A net and its fields: the poor corner in full, all corners on wide cells, the usual load."""

    way: Way
    poor: Refined
    corners: Mapping[str, Field]
    usual: Field
    usual_share: float

    def drop(self, found: Field, index: int) -> float:
        """Return what the copper costs an output, V: over the nearest contact of the inlet."""
        start = min(abs(found.volt(pin)) for pin in self.way.base)
        return abs(found.volt(self.way.pins[index])) - start

    def least(self, name: str, index: int) -> float:
        """Return what the copper costs an output at a corner, V."""
        own, poor = self.corners[name], self.corners[POOR.name]
        return self.drop(self.poor.fine, index) * self.drop(own, index) / self.drop(poor, index)

    def down(self, pin: str, *, worst: bool) -> float:
        """Return how far a place is from the supply, V: at the poor corner, or as it is usual."""
        fine = abs(self.poor.fine.volt(pin))
        wide = abs(self.corners[POOR.name].volt(pin))
        return fine if worst else fine * abs(self.usual.volt(pin)) * self.usual_share / wide

    def heat_w(self, corner: Corner) -> float:
        """Return the heat in its copper at a corner, W."""
        own, poor = (self.corners[name].copper_w for name in (corner.name, POOR.name))
        return self.poor.fine.copper_w * own / poor


def solve_board(spec: BoardSpec, text: str) -> Solved:
    """Solve the copper of a `.kicad_pcb` file whose pours are filled.

    Raises:
        OpenCircuit: current cannot flow from the supply to a node and back.
        CheckFailed: the text is no whole board.
    """
    return _solve_board(spec.model_dump_json(), text)


def solve_pours(spec: BoardSpec) -> Solved:
    """Solve the copper of a board that is only a spec yet: our own pours, not filled by KiCad."""
    return _solve_pours(spec.model_dump_json())


@functools.lru_cache(maxsize=2)  # a board that was made is checked next
def _solve_board(spec: str, text: str) -> Solved:
    try:
        tree = parse(text)
    except ValueError as error:
        what = f"the board's file cannot be read: {error}"
        raise CheckFailed(what) from error
    return solve_copper(BoardSpec.model_validate_json(spec), read_copper(tree))


@functools.lru_cache(maxsize=2)
def _solve_pours(spec: str) -> Solved:
    made = circuit(BoardSpec.model_validate_json(spec))
    return solve_copper(made.spec, poured(made, lay_out(made)), OWN)


def solve_copper(spec: BoardSpec, nets: Mapping[str, NetCopper], pours: str = KICAD) -> Solved:
    """Solve the copper of a board.

    Args:
        spec: what the board is for: its currents, and what is no copper.
        nets: its copper.
        pours: who made the pours; told in the report.

    Raises:
        OpenCircuit: current cannot flow from the supply to a node and back.
    """
    shares = _shares(spec)
    drawn = {one.index: one.amps * shares.get(one.rail, 1.0) for one in outputs(spec)}
    usual = {one.index: min(one.typical_a, drawn[one.index]) for one in outputs(spec)}
    try:
        found = [_solved(way, drawn, usual) for way in ways(spec, nets)]
    except OpenCircuitError as error:
        what = f"{spec.title}: copper does not join {error.args[0]} with the supply"
        raise OpenCircuit(what) from error
    except KeyError as error:
        what = f"{spec.title}: there is no copper of {error.args[0]} on the board"
        raise OpenCircuit(what) from error
    sums = assess(spec)
    report = CopperReport(
        pours=pours,
        outputs=_outputs(spec, found, drawn),
        necks=_necks(spec, {net.way.net: net for net in found}),
        vias=tuple(row for net in found if (row := _via(net)) is not None),
        nets=tuple(_row(net) for net in found),
        corners=tuple(_corner(spec, found, corner) for corner in CORNERS),
        shares={rail: round(share, 4) for rail, share in shares.items()},
        refused=tuple(one.index for one in sums.starved(sums.typical)),
    )
    return Solved(report, {net.way.net: net.poor.fine for net in found})


def _shares(spec: BoardSpec) -> dict[str, float]:
    """Return the rails whose contacts give less than is asked, and what share they give."""
    made, found = comb(spec), {}
    for rail in dict.fromkeys(one.rail for one in outputs(spec)):
        asked = sum(one.amps for one in outputs(spec) if one.rail == rail)
        given = sum(amps for _, amps, _ in flows(made, rail) if amps > 0)
        if given < asked * (1 - 1e-9):
            found[rail] = given / asked
    return found


def _solved(way: Way, drawn: Mapping[int, float], usual: Mapping[int, float]) -> _Net:
    amps = way.amps(drawn)
    poor = refined(way.foil(POOR), amps, way.source, way.base)
    quick = poor.quick(QUICK)
    cell = quick.grid.cell_mm
    corners = {
        one.name: quick if one is POOR else field(way.foil(one), amps, way.source, cell)
        for one in CORNERS
    }
    shares = {usual[index] / drawn[index] for index in way.pins}
    if max(shares) - min(shares) < ALIKE:
        return _Net(way, poor, corners, corners[NAMED.name], max(shares))
    return _Net(way, poor, corners, field(way.foil(NAMED), way.amps(usual), way.source, cell), 1.0)


def _outputs(
    spec: BoardSpec, found: Sequence[_Net], drawn: Mapping[int, float]
) -> tuple[OutputRow, ...]:
    nets = {net.way.net: net for net in found}
    usual, worst = (_volts(spec, nets, drawn, worst=case) for case in (False, True))
    rows: list[OutputRow] = []
    for one in outputs(spec):
        way = _way(spec, nets, one)
        parts = [1000 * net.drop(net.poor.fine, one.index) for net in way]
        rows.append(
            OutputRow(
                output=one.index,
                rail=one.rail,
                amps=round(drawn[one.index], 3),
                rail_mv=round(parts[0], 2),
                out_mv=round(sum(parts[1:-1]), 2),
                ground_mv=round(parts[-1], 2),
                board_mv=round(sum(parts), 2),
                named_mv=round(1000 * sum(net.least(NAMED.name, one.index) for net in way), 2),
                typical_v=round(usual[one.index], 3),
                full_v=round(worst[one.index] + _low_v(spec, one), 3),
                worst_v=round(worst[one.index], 3),
                least_v=node_v(one.volts),
            )
        )
    return tuple(rows)


def _way(spec: BoardSpec, nets: Mapping[str, _Net], one: Output) -> list[_Net]:
    """Return the nets that an output's current passes, GND last."""
    return [nets[name] for name in (one.rail, *output_nets(spec, one.index), "GND")]


def _low_v(spec: BoardSpec, one: Output) -> float:
    """Return how much lower than its name the supply may be, V; the budget's worst case has it."""
    return one.volts * max(
        plug.type.low_share for plug in inlets(spec) if one.rail in plug.rails.values()
    )


def _volts(
    spec: BoardSpec, nets: Mapping[str, _Net], drawn: Mapping[int, float], *, worst: bool
) -> dict[int, float]:
    """Return the volts at each node's plug: solved copper, and the budget's parts beside it."""
    made = networks(spec)
    drop: dict[str, dict[str, float]] = {}
    for network in made:
        net = nets[network.name]
        ends = drop.setdefault(network.name, {})
        for edge in net.way.edges:
            if edge.kind == "lead":
                ends[edge.ends[1]] = net.down(edge.ends[1], worst=worst)
        for index, end in network.taps.items():
            one = outputs(spec)[index - 1]
            amps = drawn[index] if worst else min(one.typical_a, drawn[index])
            ends[end] = net.down(net.way.pins[index], worst=worst)
            ends[end] += amps * series_ohm(network, index, poor=worst)
            if network.name != "GND":
                for name in output_nets(spec, index):
                    pin = nets[name].way.pins[index]
                    ends[end] += nets[name].down(pin, worst=worst)
    return plug_volts(spec, made, drop, worst=worst)


def _necks(spec: BoardSpec, nets: Mapping[str, _Net]) -> tuple[NeckRow, ...]:
    found: list[NeckRow] = []
    for cut in cuts(comb(spec)):
        net = nets[cut.net]
        passing = net.poor.fine.crossing(cut.start, cut.end)
        for layer, (amps, area) in enumerate(zip(passing, net.way.areas, strict=True)):
            found += _neck(cut, LAYERS[layer], float(amps), (area, spec.copper_oz))
    return tuple(found)


LEAST_A = 0.01  # less than this is no current to look at


def _neck(cut: Cut, layer: str, amps: float, copper: tuple[Any, float]) -> list[NeckRow]:
    from shapely.geometry import LineString  # noqa: PLC0415 - slow to import

    wide = float(LineString([cut.start, cut.end]).intersection(copper[0]).length)
    if amps < LEAST_A or not wide:
        return []
    return [
        NeckRow(
            place=cut.place,
            net=cut.net,
            layer=layer,
            amps=round(amps, 3),
            copper_mm=round(wide, 3),
            amps_per_mm=round(amps / wide, 3),
            carries_a=round(strip_a(wide, copper[1]), 3),
            x_mm=round((cut.start[0] + cut.end[0]) / 2, 2),
            y_mm=round((cut.start[1] + cut.end[1]) / 2, 2),
        )
    ]


def _via(net: _Net) -> ViaRow | None:
    """Return the via of a net that carries most."""
    amps = net.poor.fine.link_amps()
    named = via_names(net.way.copper)
    if not named:
        return None
    ends = max(named, key=lambda one: (round(abs(amps[one]), 6), one))
    x, y = named[ends].place
    return ViaRow(
        net=net.way.net, x_mm=x, y_mm=y, amps=round(abs(amps[ends]), 3), carries_a=round(via_a(), 3)
    )


def _row(net: _Net) -> NetRow:
    import numpy as np  # noqa: PLC0415 - slow to import

    found, grid = net.poor.fine, net.poor.fine.grid
    dense = found.density()
    _, row, column = np.unravel_index(int(np.nanargmax(dense)), dense.shape)
    return NetRow(
        net=net.way.net,
        cell_mm=grid.cell_mm,
        error_mv=round(1000 * net.poor.error_v, 4),
        error=round(net.poor.error, 5),
        copper_w=round(found.copper_w, 5),
        energy_gap=round(abs((found.copper_w + found.links_w) / found.put_in_w - 1), 9),
        densest_a_mm=round(float(np.nanmax(dense)), 2),
        x_mm=round(grid.left_mm + (int(column) + 0.5) * grid.cell_mm, 1),
        y_mm=round(grid.low_mm + (int(row) + 0.5) * grid.cell_mm, 1),
    )


def _corner(spec: BoardSpec, found: Sequence[_Net], corner: Corner) -> CornerRow:
    nets = {net.way.net: net for net in found}

    def lost(one: Output) -> float:
        return sum(net.least(corner.name, one.index) for net in _way(spec, nets, one))

    return CornerRow(
        corner=corner.name,
        thick=round(corner.thick, 3),
        wall_mm=corner.wall_mm,
        over_20_k=corner.over_20_k,
        drop_mv=round(1000 * max(map(lost, outputs(spec))), 2),
        heat_w=round(sum(net.heat_w(corner) for net in found), 4),
    )
