"""Help is quick: it loads nothing heavy. Every help has an example, every command has --json."""

import json
import subprocess
import sys
from typing import Any

import pytest

from cli.main import COMMANDS

HEAVY = {
    "cadquery",
    "OCP",
    "vtk",
    "vtkmodules",
    "manifold3d",
    "shapely",
    "ortools",
    "skip",
    "lib3mf",
    *("numpy", "scipy", "pandas", "matplotlib", "casadi", "ezdxf", "numba", "trame"),
}

# Walks one command and all below it as `rackpress … --help` does, in a fresh interpreter.
WALK = """
import json, sys
import click
from click.testing import CliRunner
from cli.main import main

def walk(command, words):
    result = CliRunner().invoke(main, [*words, "--help"])
    options = sorted(o for p in command.params if isinstance(p, click.Option) for o in p.opts)
    group = isinstance(command, click.Group)
    yield {
        "words": words, "code": result.exit_code, "help": result.output, "epilog": command.epilog,
        "options": options, "group": group, "failure": repr(result.exception),
    }
    if group and command is not main:
        context = click.Context(command)
        for name in command.list_commands(context):
            yield from walk(command.get_command(context, name), [*words, name])

words = sys.argv[1:]
command = main
for word in words:
    command = main.get_command(click.Context(main), word)
found = list(walk(command, words))
print(json.dumps({"commands": found, "modules": sorted({m.split(".")[0] for m in sys.modules})}))
"""


def walked(*words: str) -> dict[str, Any]:
    """Return the commands below some words, and the modules that their help loaded."""
    process = subprocess.run(
        [sys.executable, "-c", WALK, *words], capture_output=True, encoding="utf-8", check=False
    )
    assert process.returncode == 0, process.stderr.strip().splitlines()[-1]
    report: dict[str, Any] = json.loads(process.stdout)
    return report


@pytest.fixture(scope="module", params=sorted(COMMANDS))
def report(request: pytest.FixtureRequest) -> dict[str, Any]:
    """The help of one command and of all below it."""
    return walked(request.param)


def test_help_works_everywhere(report: dict[str, Any]) -> None:
    for command in report["commands"]:
        assert command["code"] == 0, command
        assert command["help"].startswith("Usage: ")


def test_help_loads_nothing_heavy(report: dict[str, Any]) -> None:
    assert set(report["modules"]) & HEAVY == set()


def test_every_help_shows_an_example(report: dict[str, Any]) -> None:
    bare = [
        " ".join(command["words"])
        for command in report["commands"]
        if f"rackpress {' '.join(command['words'])}" not in (command["epilog"] or "")
        or "Example" not in command["help"]
    ]
    assert bare == []


def test_every_command_gives_json(report: dict[str, Any]) -> None:
    leaves = [command for command in report["commands"] if not command["group"]]
    assert [" ".join(c["words"]) for c in leaves if "--json" not in c["options"]] == []


def test_the_root_help_loads_no_command_and_names_them_all() -> None:
    report = walked()
    root = report["commands"][0]
    assert "rackpress build" in root["epilog"]
    assert [name for name in COMMANDS if name not in root["help"]] == []
    loaded = set(report["modules"])
    assert (
        loaded & (HEAVY | {"pydantic", "packing", "mounts", "pcb", "rack", "neighbours"}) == set()
    )
