"""`fleet.toml`: thousands of nodes of few kinds, the rows they stand in, and the cabinets."""

from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field

from catalog.base import Fact
from catalog.problems import InputError, Problem, did_you_mean
from catalog.validate import of_version, parse, read_versioned
from catalog.versions import FLEET
from packing.fleet.question import Fleet, Kind, Module, Node
from packing.fleet.rows import Board, row_modules
from rack.gather import located
from rack.spec import Height, LengthMm, Name, Note, Watts

VERSION = FLEET.newest
Whole = Annotated[int, Field(strict=True, ge=0, le=1_000_000_000)]


class NodeKind(Fact):
    """A kind of node that stands in rows on edge, or in modules that are named below."""

    name: Name
    count: Whole = Field(description="How many there are to be.")
    power_w: Watts = Field(0.0, description="W of one at its peak.")
    pitch: LengthMm | None = Field(
        None, description="From one to the next in a row, air included: mm, or 24mm."
    )
    height: Height | None = Field(None, description="Of its row, such as 2U.")


class ModuleKind(Fact):
    """A module of your own: what it holds, or what it is there for."""

    name: Name
    height: Height
    holds: dict[Name, Whole] = Field({}, max_length=200, description="Nodes by their names.")
    power_w: Watts = Field(0.0, description="W of its own.")
    ports: Whole = Field(0, description="Switch ports that it gives; each node then takes one.")
    cost: Whole = 0


class CabinetKind(Fact):
    """A cabinet, of which there may be any number."""

    name: Name
    height: Height
    power_w: Watts | None = Field(None, description="W that all in it may draw.")
    cost: Annotated[int, Field(strict=True, ge=1, le=1_000_000_000)] = 1


class FleetSpec(Fact):
    """Nodes, modules and cabinets; what all of it costs is to be least."""

    version: Annotated[int, BeforeValidator(of_version(FLEET)), Field(ge=1, le=FLEET.newest)] = (
        FLEET.newest
    )
    name: Name
    width: LengthMm = Field(450.0, description="Of a row; 450 mm is between the posts of 19in.")
    row_cost: Whole = Field(0, description="Of each row.")
    nodes: tuple[NodeKind, ...] = Field(alias="node", min_length=1, max_length=60)
    modules: tuple[ModuleKind, ...] = Field((), alias="module", max_length=60)
    cabinets: tuple[CabinetKind, ...] = Field(alias="cabinet", min_length=1, max_length=20)
    note: Note = Field("", max_length=2000)


def read_fleet(path: Path) -> tuple[FleetSpec, Fleet]:
    """Read a `fleet.toml` and return it, as written and as a question.

    Raises:
        InputError: everything that is wrong, each with file, line, key and nearest fix.
    """
    where = str(path)
    data, text = read_versioned(path, where, FLEET)
    try:
        spec = parse(FleetSpec, data, where, text)
        return spec, _fleet(spec, where)
    except InputError as error:
        raise located(error.problems, data, text) from None


def _fleet(spec: FleetSpec, where: str) -> Fleet:
    problems = [*_named_twice(spec, where), *_unknown(spec, where), *_homeless(spec, where)]
    if problems:
        raise InputError(*problems)
    boards = [
        Board(node.name, node.pitch, node.height)
        for node in spec.nodes
        if node.pitch is not None and node.height is not None
    ]
    own = [
        Module(m.name, m.height, dict(m.holds), m.power_w, m.ports, m.cost) for m in spec.modules
    ]
    return Fleet(
        tuple(Node(node.name, node.count, node.power_w) for node in spec.nodes),
        (*row_modules(boards, spec.width, spec.row_cost), *own),
        tuple(Kind(c.name, c.height, c.power_w, c.cost) for c in spec.cabinets),
    )


def _named_twice(spec: FleetSpec, where: str) -> list[Problem]:
    found: list[Problem] = []
    # Rows carry the names of their nodes, so modules must not.
    nodes, modules = [n.name for n in spec.nodes], [m.name for m in spec.modules]
    names = [("node", i, name, nodes[:i]) for i, name in enumerate(nodes)]
    names += [("module", i, name, [*nodes, *modules[:i]]) for i, name in enumerate(modules)]
    cabinets = [c.name for c in spec.cabinets]
    names += [("cabinet", i, name, cabinets[:i]) for i, name in enumerate(cabinets)]
    for table, index, name, before in names:
        if name in before:
            key = f"{table}[{index}].name"
            near = f'name = "{name[:38]}-2"'
            found.append(Problem(where, f"{name!r} is taken already", key, nearest=near))
    return found


def _unknown(spec: FleetSpec, where: str) -> list[Problem]:
    names = [node.name for node in spec.nodes]
    return [
        Problem(
            where,
            f"no node is called {name!r}",
            f"module[{index}].holds.{name}",
            nearest=did_you_mean(name, names),
        )
        for index, module in enumerate(spec.modules)
        for name in module.holds
        if name not in names
    ]


def _homeless(spec: FleetSpec, where: str) -> list[Problem]:
    """Find nodes that no row and no module holds, and rows that are too narrow for one."""
    held = {name for module in spec.modules for name, many in module.holds.items() if many}
    found: list[Problem] = []
    for index, node in enumerate(spec.nodes):
        key = f"node[{index}]"
        if (node.pitch is None) != (node.height is None):
            lacking = "height" if node.height is None else "pitch"
            what = f"a row needs both pitch and height, and {lacking} is missing"
            found.append(Problem(where, what, key, nearest=f"add {lacking}, or leave both out"))
        elif node.pitch is not None and not 0 < node.pitch <= spec.width:
            what = f"{node.pitch:g} mm does not go into a row of {spec.width:g} mm"
            allowed = f"over 0 to {spec.width:g} mm"
            found.append(Problem(where, what, f"{key}.pitch", allowed=allowed))
        elif node.pitch is None and node.name not in held:
            near = 'add pitch = "24mm" and height = "2U"'
            found.append(Problem(where, "no row and no module holds it", key, nearest=near))
    return found
