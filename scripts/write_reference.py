"""Writes docs/reference from the registry of parts, the schemas, and the commands' own help.

Nothing in those pages is written by hand, so they cannot go stale: a test makes them again and
compares.

    .venv/bin/python scripts/write_reference.py
"""

import inspect
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import click
from click.testing import CliRunner

from catalog.load import Catalog
from catalog.lookup import Table
from catalog.store import FOLDERS
from cli.common import Exit
from cli.main import main as rackpress
from mounts.panel import PanelSpec
from mounts.registry import PARTS, Family
from mounts.samples import command, of_family
from mounts.verify import load, strength
from mounts.verify.run import GROUPS
from pcb.board.comb import comb
from pcb.board.rules import CANARY
from pcb.board.rules import rules as rules_of_board
from pcb.spec import read_spec
from rack.schema import rack_schema
from rack.settings import in_rack, own_keys, schema_of_settings
from rack.spec import MOUNTS

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs" / "reference"
VERIFY = ROOT / "mounts" / "verify"
ANEW = "*Made by `scripts/write_reference.py`: change what it describes, not this page.*"
Schema = Mapping[str, Any]

# What the end of a name says of its unit.
UNITS = {
    "k_per_w": "K/W",
    "g_cm3": "g/cm³",
    "mmh2o": "mm of water",
    "per_kg": "per kg",
    "per_kwh": "per kWh",
    "dba": "dB(A)",
    "deg": "°",
    "pct": "%",
    "rpm": "rpm",
    "cfm": "cubic feet per minute",
    "m3h": "m³/h",
    "mpa": "MPa",
    "gpa": "GPa",
    "awg": "AWG",
    "wh": "Wh",
    "ah": "Ah",
    "va": "VA",
    "pa": "Pa",
    "oz": "oz",
    "mm": "mm",
    "kg": "kg",
    "g": "g",
    "w": "W",
    "a": "A",
    "v": "V",
    "u": "U",
    "k": "K",
    "c": "°C",
    "s": "s",
    "m": "m",
}
EXITS = {
    Exit.FINE: "fine",
    Exit.CHECK_FAILED: "a check failed: something was found, or does not fit",
    Exit.WRONG_INPUT: "wrong input: each mistake is named with its place and the nearest fix",
    Exit.TOOL_MISSING: "a program that this needs is not installed",
    Exit.STOPPED: "stopped by ^C; nothing was changed",
}
RULE = re.compile(
    r'"((?:file|solid|wall|overhang|bed|panel|access|device|sweep|strength)\.[a-z-]+)"'
)

PARTS_WORDS = """\
Each part is asked for by its name: `rackpress mount NAME`, or `mount = "NAME"` in an item of a
`rack.toml`. The settings of the tables go into `[item.set]`, or after `--set`. A length is a number
in mm, or text with a unit such as `"0.5in"`. An id is one of the catalogue. The pictures show
each with its device in place.
"""
RACK_WORDS = """\
A first line `#:schema rack.schema.json`, and that file from `rackpress schema`, has an editor
complete and check all of this. A key that is left out takes the value of the third column; where
that is empty, the key must be there.
"""
CATALOG_WORDS = """\
A device is a file of its own; all else stands in tables, `[[NAME]]` in the file that is named. A
folder of yours (`--catalog DIR`, `RACKPRESS_CATALOG`) is laid over ours. Every file begins with
`version = 1`. What nobody knows is left out, and never 0. A whole board, line by line:
[add-a-board.md](../howto/add-a-board.md)."""
BOARD_WORDS = """\
`rackpress pcb check` holds schematic and board to KiCad's own rules, and the board to these as
well, which its budget asks for; here of two outputs of 3 A at 12 V. Beside them parts and nets must
be those of the schematic, nothing may be open, and the solved copper must bring every plug its
volts.
"""


def pages() -> dict[str, str]:
    """Return every page by its file's name."""
    made = {
        "parts.md": parts_page(),
        "rack-toml.md": rack_page(),
        "catalog.md": catalog_page(),
        "cli.md": cli_page(),
        "checks.md": checks_page(),
    }
    return {name: text.rstrip() + "\n" for name, text in made.items()}


def parts_page() -> str:
    """Return all families: what they are, how they are asked for, what may be set."""
    common = schema_of_settings("tray")["properties"]
    shared = {name: common[name] for name in PanelSpec.model_fields if name in common}
    lines = ["# Parts", "", ANEW, "", *PARTS_WORDS.split("\n")]
    lines += ["## All with a panel", "", *table(shared, {})]
    for _, family in sorted(PARTS.items()):
        lines += ["", *_family(family, shared if in_rack(family.name) else {})]
    return "\n".join(lines)


def _family(family: Family, shared: Schema) -> Iterator[str]:
    first, _, drawing = inspect.cleandoc(family.build.__doc__ or "").partition("\n")
    yield from (f"## {family.name}", "", first, "")
    yield from (f"![{first}](../images/parts/{family.name}.png)", "")
    if drawing.strip():
        yield from ("```text", inspect.cleandoc(drawing).rstrip(), "```", "")
    samples = of_family(family.name)
    yield from ("```console", *(f"$ {command(one.order)}" for one in samples[:2]), "```", "")
    keys = ", ".join(f"`{key}`" for key in own_keys(family.name))
    yield f"Carries: {family.takes}." + (f" Heeds of an item: {keys}." if keys else "")
    if family.name not in MOUNTS:
        yield f'It comes with the part that needs it: `mount = "{family.name}"` is not known.'
    schema = schema_of_settings(family.name)
    known = schema["properties"]
    own = {key: node for key, node in known.items() if shared.get(key) != node}
    if own:
        yield from ("", *table(own, schema.get("$defs", {})))
    rest = [f"`{key}`" for key, node in shared.items() if known.get(key) == node]
    if rest:
        yield from ("", f"As all with a panel: {', '.join(rest)}.")


def rack_page() -> str:
    """Return every key of a `rack.toml`, table by table."""
    schema = rack_schema()
    found = [
        "# rack.toml",
        "",
        ANEW,
        "",
        *RACK_WORDS.split("\n"),
        "## At the top",
        "",
        *table(schema["properties"], schema["$defs"]),
    ]
    for path, node in _tables(schema, schema["$defs"], ""):
        found += ["", f"## {path}", "", *_said(node), *table(node["properties"], schema["$defs"])]
    found += ["", "What `[item.set]` may hold depends on the mount: [parts.md](parts.md)."]
    return "\n".join(found)


def _tables(node: Schema, defs: Schema, path: str) -> Iterator[tuple[str, Schema]]:
    """Yield the tables below one, each with the heading that a file gives it."""
    for key, value in node["properties"].items():
        name, many = _below(value)
        if name is None or "properties" not in defs[name]:
            continue
        at = f"{path}.{key}" if path else key
        yield (f"[[{at}]]" if many else f"[{at}]"), defs[name]
        yield from _tables(defs[name], defs, at)


def _below(value: Schema) -> tuple[str | None, bool]:
    """Return the definition that a key's value is, or is a list of."""
    for one in (value, *value.get("anyOf", ())):
        if "$ref" in one:
            return one["$ref"].rpartition("/")[2], False
        if "$ref" in one.get("items", {}):
            return one["items"]["$ref"].rpartition("/")[2], True
    return None, False


def catalog_page() -> str:
    """Return every kind of entry of the catalogue."""
    lines = [
        "# Files of the catalogue",
        "",
        ANEW,
        "",
        *CATALOG_WORDS.split("\n"),
    ]
    defs: dict[str, Any] = {}
    for folder, model in FOLDERS.items():
        schema = model.model_json_schema()
        defs |= schema.get("$defs", {})
        lines += ["", f"## {folder}/ID.toml", "", *_said(schema)]
        lines += table(schema["properties"], schema.get("$defs", {}))
    for entry in _tables_of_catalog():
        schema = entry.model.model_json_schema()
        defs |= schema.get("$defs", {})
        lines += ["", f"## {entry.file}: [[{entry.key}]]", "", *_said(schema)]
        lines += table(schema["properties"], schema.get("$defs", {}))
    lines += ["", "# Tables inside these"]
    for name, node in sorted(defs.items()):
        if "properties" in node:
            lines += ["", f"## {name}", "", *_said(node), *table(node["properties"], defs)]
    return "\n".join(lines)


def _tables_of_catalog() -> list[Table[Any]]:
    found = [one for base in Catalog.__mro__ for one in vars(base).values()]
    return sorted((one for one in found if isinstance(one, Table)), key=lambda t: (t.file, t.key))


def cli_page() -> str:
    """Return the help of every command, as it is shown."""
    lines = ["# Commands", "", ANEW]
    for path, found in commands(rackpress, ()):
        shown = CliRunner().invoke(rackpress, [*path, "--help"], terminal_width=80).output
        title = " ".join(("rackpress", *path))
        lines += ["", f"## {title}", "", "```text", shown.rstrip(), "```"]
        assert found.help, f"{title} has no help"
    return "\n".join(lines)


def commands(
    of: click.Command, path: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Yield a command and all below it, with the words that lead there."""
    yield path, of
    if isinstance(of, click.Group):
        context = click.Context(of)
        for name in of.list_commands(context):
            below = of.get_command(context, name)
            assert below is not None
            yield from commands(below, (*path, name))


def checks_page() -> str:
    """Return exit codes, and the rules of `rackpress verify`."""
    lines = ["# Checks", "", ANEW, "", "## Exit codes", "", "| code | meaning |", "|---|---|"]
    lines += [f"| {int(code)} | {text} |" for code, text in EXITS.items()]
    lines += ["", "## Rules of rackpress verify", ""]
    lines += ["A finding names its rule, the place, what was measured, what is allowed and a cure."]
    lines += ["", "| what is checked | question | rules |", "|---|---|---|"]
    every = sorted(set(RULE.findall("".join(map(_text, VERIFY.glob("*.py"))))))
    for words, module in _groups():
        said = (module.__doc__ or "").strip().partition("\n\n")[0].replace("\n", " ")
        kinds = {rule.partition(".")[0] for rule in RULE.findall(inspect.getsource(module))}
        rules = ", ".join(f"`{rule}`" for rule in every if rule.partition(".")[0] in kinds)
        lines.append(f"| {words} | {said} | {rules} |")
    lines += ["", "## Rules of a power board", "", *BOARD_WORDS.split("\n")]
    lines += ["| rule | holds |", "|---|---|"]
    asked = rules_of_board(comb(read_spec({"outputs": 2, "amps": 3})))
    found = re.findall(r'\(rule "([^"]+)".*?\(constraint ([^\n]+)\)\n', asked, re.DOTALL)
    lines += [f"| {name} | {cell(holds)} |" for name, holds in found if name != CANARY]
    return "\n".join(lines)


def _groups() -> Iterator[tuple[str, ModuleType]]:
    yield "the file", load
    for words, check in GROUPS.items():
        module = inspect.getmodule(check)
        assert module is not None
        yield words, module
    yield "strength", strength


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def table(properties: Schema, defs: Schema) -> list[str]:
    """Return the rows of a table of keys."""
    rows = ["| key | value | if left out | what |", "|---|---|---|---|"]
    for key, node in properties.items():
        value = cell(f"{kind(node, defs)}{_unit(key, node)}{_limits(node)}")
        said = cell(_sentence(node.get("description", "")))
        rows.append(f"| `{key}` | {value} | {cell(_default(node))} | {said} |")
    return rows


def kind(node: Schema, defs: Schema) -> str:
    """Return in words what a value is."""
    if "$ref" in node:
        name = node["$ref"].rpartition("/")[2]
        below = defs.get(name, {})
        return f"table {name}" if "properties" in below else kind(below, defs)
    if "enum" in node or "const" in node:
        choices = node.get("enum", [node.get("const")])
        return " or ".join(f"`{_toml(one)}`" for one in choices)
    if "anyOf" in node or "oneOf" in node:
        kinds = [kind(one, defs) for one in [*node.get("anyOf", []), *node.get("oneOf", [])]]
        return " or ".join(dict.fromkeys(one for one in kinds if one != "nothing"))
    if node.get("type") == "array":
        if "prefixItems" in node:
            return f"[{', '.join(kind(one, defs) for one in node['prefixItems'])}]"
        return f"list of {kind(node.get('items', {}), defs)}"
    names = {"string": "text", "object": "table", "null": "nothing", "boolean": "true or false"}
    names |= {"integer": "whole number", "number": "number"}
    return names.get(node.get("type", ""), "any value")


def _unit(key: str, node: Schema) -> str:
    numeric = re.search(r"'type': '(number|integer)'", str(node))
    unit = next((u for end, u in UNITS.items() if key == end or key.endswith(f"_{end}")), "")
    return f", {unit}" if unit and numeric else ""


def _limits(node: Schema) -> str:
    branches = [one for one in (node, *node.get("anyOf", ())) if "$ref" not in one]
    for one in branches:
        low, over = one.get("minimum"), one.get("exclusiveMinimum")
        high, under = one.get("maximum"), one.get("exclusiveMaximum")
        said = [f"from {low:g}"] if low is not None else []
        said += [f"over {over:g}"] if over is not None else []
        said += [f"to {high:g}"] if high is not None else []
        said += [f"under {under:g}"] if under is not None else []
        said += [f"in steps of {one['multipleOf']:g}"] if "multipleOf" in one else []
        said += (
            [f"at most {one['maxItems']}"] if "maxItems" in one and "minItems" not in one else []
        )
        if said:
            return f", {' '.join(said)}"
    return ""


def _default(node: Schema) -> str:
    value = node.get("default")
    if value is None or value in ("", [], {}):
        return "–" if "default" in node else ""
    return f"`{_toml(value)}`"


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    if isinstance(value, Mapping):
        inside = ", ".join(f"{key} = {_toml(one)}" for key, one in value.items() if one is not None)
        return f"{{ {inside} }}"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _said(node: Schema) -> list[str]:
    text = inspect.cleandoc(node.get("description", ""))
    return [text, ""] if text else []


def _sentence(text: str) -> str:
    return " ".join(text.split())


def cell(text: str) -> str:
    """Return a text that may stand in a cell."""
    return text.replace("|", "\\|")


def main() -> None:
    """Write every page."""
    FOLDER.mkdir(exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
