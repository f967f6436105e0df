"""House rules that no linter knows, read from the syntax tree; each is tried on a seeded breach."""

import ast
import sys
from collections.abc import Callable, Iterator

import pytest

ROOMS = ("catalog", "packing", "mounts", "pcb", "rack", "neighbours", "cli")

HEAVY = {
    "cadquery",
    "vtk",
    "vtkmodules",
    "OCP",
    "manifold3d",
    "shapely",
    "ortools",
    "skip",
    "lib3mf",
    *("casadi", "distributed", "ezdxf", "matplotlib", "numba", "pandas", "scipy"),
}

# What rooms may import besides the standard library and each other: the run-time dependencies of
# pyproject.toml, and what they bring: pydantic its core, CadQuery the kernel, the renderer, scipy.
RUN_TIME = {
    "cadquery",
    "click",
    "manifold3d",
    "matplotlib",
    "numpy",
    "ortools",
    "pydantic",
    "rectpack",
    "shapely",
    "skip",
    "tomlkit",
    "yaml",
    *("OCP", "pydantic_core", "scipy", "vtkmodules"),
    "distributed",  # of the extra "dask": whoever imports it says how to get it
}

# 1 U, and the hole pitches of 19 and of 10 inches: catalog.rack_units and the rack tables own them.
RACK_NUMBERS = {44.45, 465.12, 236.525}

# A boolean of two shapes costs more with every turn of a loop: draw flat and extrude once.
BOOLEANS = {"fuse", "cut", "intersect", "union", "cutThruAll", "split_by_plane"}
SHAPE_NAMES = {"body", "manifold", "part", "result", "shape", "solid"}
LOOPS = (ast.For, ast.While, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)

# What differs from run to run. Same input, same bytes: names come from content (uuid5).
CLOCKS_AND_DICE = {"uuid1", "uuid4", "now", "utcnow", "today", "urandom", "getpid", "token_hex"}
WRITING_ROOMS = ("catalog", "packing", "mounts", "pcb", "rack", "neighbours")


def called(node: ast.AST) -> str:
    """Return the last name of what a call calls, or nothing."""
    if not isinstance(node, ast.Call):
        return ""
    function = node.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def line_of(node: ast.AST) -> int:
    """Return where a node begins; a whole module has no line."""
    return getattr(node, "lineno", 0)


def mentions(node: ast.AST) -> set[str]:
    """Return every name and attribute in a tree."""
    names = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
    return names | {n.attr for n in ast.walk(node) if isinstance(n, ast.Attribute)}


def fluent_chains(tree: ast.Module) -> Iterator[int]:
    """Find `Workplane`, whose stack is hidden state, and `cutThruAll`, slow and fragile."""
    for node in ast.walk(tree):
        if isinstance(node, (ast.Name, ast.Attribute)) and mentions(node) & {
            "Workplane",
            "cutThruAll",
        }:
            yield line_of(node)


def repeated_booleans(tree: ast.Module) -> Iterator[int]:
    """Find booleans of shapes inside loops and comprehensions, and folded by `reduce`."""
    for node in ast.walk(tree):
        if called(node) == "reduce" and mentions(node) & (BOOLEANS | {"add", "sub", "and_"}):
            yield line_of(node)
        if not isinstance(node, LOOPS):
            continue
        for inner in ast.walk(node):
            if called(inner) in BOOLEANS:
                yield line_of(inner)
            if (
                isinstance(inner, ast.AugAssign)
                and isinstance(inner.op, (ast.Add, ast.Sub, ast.BitAnd, ast.BitXor))
                and isinstance(inner.target, ast.Name)
                and inner.target.id in SHAPE_NAMES
            ):
                yield line_of(inner)


def run_at_import(tree: ast.Module) -> Iterator[ast.stmt]:
    """Yield the statements that importing a module runs: no function bodies, no TYPE_CHECKING."""
    waiting: list[ast.stmt] = list(tree.body)
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            continue
        if isinstance(node, ast.If) and "TYPE_CHECKING" in mentions(node.test):
            waiting.extend(node.orelse)
            continue
        waiting.extend(child for child in ast.iter_child_nodes(node) if isinstance(child, ast.stmt))


def heavy_imports(tree: ast.Module) -> Iterator[int]:
    """Find imports of heavy packages that run when the module is imported."""
    for node in run_at_import(tree):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names = [node.module or ""]
        if any(name.split(".")[0] in HEAVY for name in names):
            yield line_of(node)


def undeclared_imports(tree: ast.Module) -> Iterator[int]:
    """Find imports, at any depth, of what `make demo` does not install."""
    known = RUN_TIME | set(ROOMS) | set(sys.stdlib_module_names)
    for node in ast.walk(tree):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names = [node.module or ""]
        if any(name.split(".")[0] not in known for name in names):
            yield line_of(node)


def bare_rack_numbers(tree: ast.Module) -> Iterator[int]:
    """Find rack dimensions written as numbers."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and node.value in RACK_NUMBERS:
            yield line_of(node)


def clocks_and_dice(tree: ast.Module) -> Iterator[int]:
    """Find calls whose result differs from run to run."""
    for node in ast.walk(tree):
        if called(node) in CLOCKS_AND_DICE:
            yield line_of(node)
        if isinstance(node, ast.Attribute) and ast.unparse(node) == "time.time":
            yield line_of(node)
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            names = {alias.name for alias in node.names} | {getattr(node, "module", "")}
            if names & {"random", "secrets", "uuid4", "uuid1"}:
                yield line_of(node)


Finder = Callable[[ast.Module], Iterator[int]]
# rule: (finder, the rooms it holds in)
RULES: dict[str, tuple[Finder, tuple[str, ...]]] = {
    "fluent chains": (fluent_chains, ("mounts", "rack", "neighbours", "cli")),
    "repeated booleans": (repeated_booleans, ("mounts",)),
    "heavy imports": (heavy_imports, ROOMS),
    "undeclared imports": (undeclared_imports, ROOMS),
    "bare rack numbers": (
        bare_rack_numbers,
        ("packing", "mounts", "pcb", "rack", "neighbours", "cli"),
    ),
    "clocks and dice": (clocks_and_dice, WRITING_ROOMS),
}
BREACHES: dict[str, list[str]] = {
    "fluent chains": [
        "import cadquery as cq\nw = cq.Workplane()",
        "w.cutThruAll()",
        "Workplane('XY')",
    ],
    "repeated booleans": [
        "for h in holes:\n    body = body.cut(h)",
        "while True:\n    cq.fuse(a, b)",
        "for h in holes:\n    body -= h",
        "parts = [a.intersect(b) for b in all]",
        "reduce(operator.add, solids)",
        "for a in b:\n    if a:\n        shape = union(shape, a)",
    ],
    "heavy imports": [
        "import cadquery",
        "from OCP.TopoDS import TopoDS_Shape",
        "import manifold3d as m",
        "try:\n    import vtk\nexcept ImportError:\n    pass",
        "class A:\n    import shapely",
        "if True:\n    from ortools.sat.python import cp_model",
        "if TYPE_CHECKING:\n    pass\nelse:\n    import skip",
    ],
    "undeclared imports": [
        "import lib3mf",
        "def f():\n    import pytest",
        "import os, hypothesis.strategies",
    ],
    "bare rack numbers": ["H = 2 * 44.45 - 0.79", "f(x=-465.12)", "A = (236.525, 1)"],
    "clocks and dice": [
        "import uuid\nA = uuid.uuid4()",
        "from uuid import uuid4 as u",
        "import time\nA = time.time()",
        "A = datetime.now(UTC)",
        "import random",
        "A = os.urandom(4)",
    ],
}
FINE: dict[str, list[str]] = {
    "fluent chains": ["from cadquery.func import box\nA = box(1, 1, 1)"],
    "repeated booleans": [
        "body = body.cut(holes)",
        "for h in holes:\n    count += 1\n    rings.append(h)",
        "a = reduce(max, sizes)",
    ],
    "heavy imports": [
        "def f():\n    import cadquery",
        "if TYPE_CHECKING:\n    from cadquery import Shape",
        "import numpy",
        "from . import skip",
    ],
    "undeclared imports": ["import json\nimport vtkmodules.util", "from mounts.part import Part"],
    "bare rack numbers": ["A = 44.0", "A = '44.45'"],
    "clocks and dice": ["A = uuid5(NAMESPACE, 'a')", "A = time.perf_counter()", "A = self.today"],
}


@pytest.mark.parametrize("rule", sorted(RULES))
def test_house_rule_holds(room_files: dict[str, ast.Module], rule: str) -> None:
    finder, rooms = RULES[rule]
    checked = {name: tree for name, tree in room_files.items() if name.split("/")[0] in rooms}
    assert {name.split("/")[0] for name in checked} == set(rooms)
    broken = [f"{name}:{line}" for name, tree in checked.items() for line in sorted(finder(tree))]
    assert broken == []


@pytest.mark.parametrize("rule", sorted(RULES))
def test_every_breach_is_found_and_nothing_else(rule: str) -> None:
    finder, _ = RULES[rule]
    missed = [text for text in BREACHES[rule] if not list(finder(ast.parse(text)))]
    false_alarms = [text for text in FINE[rule] if list(finder(ast.parse(text)))]
    assert (missed, false_alarms) == ([], [])
