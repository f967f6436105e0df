"""Reads a YAML text that a stranger wrote, and writes ours; says where in it something is wrong.

Only plain data comes in: no tags of any program's own, no text over 5 MB, nothing nested deeper
than `DEEPEST`, and no more than `MOST` values once every alias is written out, so a few lines
cannot stand for a million. A key that stands twice in one table is refused, where YAML lets the
last win; a date stays the text it is.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from catalog.problems import InputError, Problem
from catalog.toml_lines import TomlPath
from catalog.validate import read_text
from rack.gather import path_of

DEEPEST = 40  # levels; a layout has ten
MOST = 200_000  # values; the largest public device type has 2 000, a big layout 100 000
# What YAML 1.2 calls a number or a truth value, and 1.1 does not differ in: `on` is a word there.
_CORE = {
    "tag:yaml.org,2002:bool": re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"),
    "tag:yaml.org,2002:int": re.compile(r"^[-+]?[0-9]+$"),
    "tag:yaml.org,2002:float": re.compile(
        r"^[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*|[0-9]+(?=[eE]))(?:[eE][-+]?[0-9]+)?$"
    ),
    "tag:yaml.org,2002:null": re.compile(r"^(?:~|null|Null|NULL|)$"),
}
# As 1.1 has it, but no infinity and no sixtieths: `1e5` is a word there, and so is `08`.
_OLD_FLOAT = re.compile(r"^[-+]?(?:[0-9][0-9_]*\.[0-9_]*|\.[0-9][0-9_]*)(?:[eE][-+][0-9]+)?$")
_OCTAL = re.compile(r"^[-+]?0o[0-7]+$")  # 1.2's own
_STARTS = {
    "tag:yaml.org,2002:bool": "tTfF",
    "tag:yaml.org,2002:int": "-+0123456789",
    "tag:yaml.org,2002:float": "-+0123456789.",
    "tag:yaml.org,2002:null": ["~", "n", "N", ""],
}


def read_yaml(path: Path, *, core: bool = False) -> tuple[dict[str, Any], str]:
    """Read a YAML file that holds one table; return it and its text.

    Args:
        path: the file; an error names it as given.
        core: words and numbers as YAML 1.2 has them, else as 1.1, where `yes` is true.

    Raises:
        InputError: unreadable, not YAML, not one table, or beyond what is read here.
    """
    text = read_text(path, str(path), "YAML in UTF-8")
    data = parse_yaml(text, str(path), core=core)
    if not isinstance(data, dict):
        what = f"holds {'nothing' if data is None else 'no table'}"
        raise InputError(Problem(str(path), what, allowed="keys with values"))
    return data, text


def parse_yaml(text: str, where: str, *, core: bool = False) -> Any:
    """Return what a YAML text says, as plain data.

    Args:
        text: one document.
        where: how to name it in an error.
        core: see `read_yaml`.

    Raises:
        InputError: not YAML, several documents, or beyond what is read here.
    """
    import yaml  # noqa: PLC0415 - only who has a neighbour's file needs it

    try:
        _measured(text, where)
        return yaml.load(text, Loader=_loader(core))  # noqa: S506 - a safe loader, made stricter
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = f"not read as YAML: {error.problem or error.context}"
        raise InputError(Problem(where, what, "", mark.line + 1 if mark else None)) from None
    except yaml.YAMLError as error:  # such as a control character
        what = f"not read as YAML: {str(error).splitlines()[0]}"
        raise InputError(Problem(where, what)) from None
    except ValueError as error:  # a number of 5 000 digits
        raise InputError(Problem(where, f"not read as YAML: {error}")) from None


def _measured(text: str, where: str) -> None:
    """Refuse a text that is nested too deeply or stands for too much, before anything is built."""
    import yaml  # noqa: PLC0415 - as above

    sizes: dict[str, int] = {}  # values that each anchor stands for, once it is closed
    open_at: list[tuple[str | None, int]] = []  # anchor of each open list or table, values before
    total = 0
    for event in yaml.parse(text, Loader=_base()):
        anchor: str | None = getattr(event, "anchor", None)
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent):
            total += sizes.get(anchor or "", MOST + 1)  # an unknown or open one is endless
        elif isinstance(event, yaml.ScalarEvent):
            total += 1
            if anchor:
                sizes[anchor] = 1
        elif isinstance(event, yaml.CollectionStartEvent):
            open_at.append((anchor, total))
            total += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            name, before = open_at.pop()
            if name:
                sizes[name] = total - before
        if len(open_at) > DEEPEST:
            what = "the lists or tables are nested too deeply"
            raise InputError(Problem(where, what, "", line, f"{DEEPEST} levels"))
        if total > MOST:
            what = "stands for too many values"
            raise InputError(Problem(where, what, "", line, f"{MOST} values, aliases written out"))


def _base() -> Any:
    import yaml  # noqa: PLC0415 - as above

    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml is ten times as quick


@cache
def _loader(core: bool) -> Any:
    """Return a loader of plain data that refuses a key which stands twice."""
    import yaml  # noqa: PLC0415 - as above

    class Plain(_base()):  # type: ignore[misc]
        def construct_mapping(self, node: Any, deep: bool = False) -> Any:
            made = super().construct_mapping(node, deep)
            if len(made) < len(node.value):
                seen: set[Any] = set()
                for key, _ in node.value:
                    if (key.tag, key.value) in seen:
                        problem = f"the key {key.value!r} stands twice"
                        raise yaml.constructor.ConstructorError(None, None, problem, key.start_mark)
                    seen.add((key.tag, key.value) if isinstance(key.value, str) else id(key))
            return made

    kept = () if core else ("bool", "int", "null", "merge")
    words = {f"tag:yaml.org,2002:{name}" for name in kept}
    Plain.yaml_implicit_resolvers = {
        start: [(tag, pattern) for tag, pattern in resolvers if tag in words]
        for start, resolvers in Plain.yaml_implicit_resolvers.items()
    }
    added = _CORE if core else {"tag:yaml.org,2002:float": _OLD_FLOAT}
    for tag, pattern in added.items():
        Plain.add_implicit_resolver(tag, pattern, list(_STARTS[tag]))
    plain = {f"tag:yaml.org,2002:{name}" for name in ("bool", "int", "null", "float", "str")}
    plain |= {"tag:yaml.org,2002:map", "tag:yaml.org,2002:seq", None}
    Plain.yaml_constructors = {t: c for t, c in Plain.yaml_constructors.items() if t in plain}
    if core:  # 010 is ten
        Plain.add_constructor("tag:yaml.org,2002:int", _decimal)
    return Plain


def _decimal(loader: Any, node: Any) -> int:
    return int(loader.construct_scalar(node))


def write_yaml(data: Mapping[str, Any] | list[Any], head: str = "") -> str:
    """Return data as YAML text, keys in the order given; read the same by YAML 1.1 and 1.2.

    Args:
        data: plain data.
        head: comment above it, each line begun with `# `.
    """
    import yaml  # noqa: PLC0415 - as above

    body: str = yaml.dump(
        data,
        Dumper=_dumper(),
        sort_keys=False,
        allow_unicode=True,
        default_flow_style=False,
        width=100,
    )
    return f"{head}---\n{body}"


@cache
def _dumper() -> Any:
    import yaml  # noqa: PLC0415 - as above

    class Plain(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
        def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - PyYAML's signature
            return True

    Plain.add_representer(str, _word)

    return Plain


def _word(dumper: Any, text: str) -> Any:
    """Put into quotes what one of the two versions would read as a number: `08`, `1e3`, `0o7`."""
    loose = any(pattern.match(text) for pattern in (*_CORE.values(), _OCTAL))
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="'" if loose else None)


def placed(problems: Iterable[Problem], text: str) -> InputError:
    """Return problems of one YAML text with their lines, in its order, to be raised.

    Args:
        problems: what is wrong; `key` is the way to it.
        text: the file's text.
    """
    lines = key_lines(text)
    found: list[Problem] = []
    for problem in dict.fromkeys(problems):
        path = path_of(problem.key)
        near = next((lines[path[:n]] for n in range(len(path), 0, -1) if path[:n] in lines), None)
        found.append(replace(problem, line=problem.line or near))
    return InputError(*sorted(found, key=lambda p: (p.line or 0, p.key)))


def key_lines(text: str) -> dict[TomlPath, int]:
    """Return the line of every key and list entry of a YAML text that was read, counted from 1."""
    import yaml  # noqa: PLC0415 - as above

    lines: dict[TomlPath, int] = {}
    waiting: list[tuple[TomlPath, Any]] = [((), yaml.compose(text, Loader=_base()))]
    seen: set[int] = set()  # what an alias stands for has its lines where it is written
    while waiting:
        at, node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                lines[(*at, str(key.value))] = key.start_mark.line + 1
                waiting.append(((*at, str(key.value)), value))
        elif isinstance(node, yaml.SequenceNode):
            for index, value in enumerate(node.value):
                lines[(*at, index)] = value.start_mark.line + 1
                waiting.append(((*at, index), value))
    return lines
