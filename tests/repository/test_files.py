"""What git holds: no machine, server or registry is named, and nothing has grown too long."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

# Written so that no pattern matches itself.
FORBIDDEN = {
    "a path of one machine": r"(?<![\w.$)}<])/(?:work|root|home|Users|mnt/[a-z])/\w",
    "a package index": r"(?i)index[-_ ]ur[l]|find[-_]link[s]|trusted[-_]hos[t]|/simpl[e]/",
    "a registry": r"(?i)registr[y]=|artifact[-_]registr[y]|\bresolved\"?\s*[:=]\s*\"?http",
    "a server of packages": r"https?://(?:deb|apt|registry|packages|index|mirrors?|py\w\w)\.",
    "a sources line with a server": r"\bdeb\s+(?:\[[^]]*\]\s*)?https?://(?!\w+\.invalid)",
    "a folder outside the repository": r"\.\./share[d]\b",
    "a token": r"(?i)(?:gh[pousr]_|xox[abp]-)[0-9a-z]{16}|BEGIN [A-Z ]*PRIVATE KE[Y]",
}
# path: the one finding that is meant.
MEANT = {".ci/run": "a folder outside the repository"}

# What each pattern must find, in pieces so that this file stays clean of it.
SEEDS = {
    "a path of one machine": ["see /" + "work/main", "p = '/" + "home/me'", "file:///" + "root/a"],
    "a package index": ["--index" + "-url x", "extra-index" + "-url=", "http://a.b/simple" + "/"],
    "a registry": ["registry" + "=x", '"resolved": ' + '"https://a"'],
    "a server of packages": ["http:/" + "/deb.a.b/c", "https:/" + "/packages.a.b"],
    "a sources line with a server": ["de" + "b http://a.b/c d", "de" + "b [x=y] https://a.b c"],
    "a folder outside the repository": ["../" + "shared/data"],
    "a token": ["ghp" + "_" + "a1" * 10, "-----BEGIN RSA PRIVATE" + " KEY-----"],
}
FINE = [
    "deb http://example.invalid/debian bookworm main",
    "https://example.org/home/page",
    "outputs/work/a.stl",
    "./home/x",
    "the problem is resolved: see the report",
    "apt install libgl1",
]

MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 60
# path, or path::function: why it may be longer.
LONGER: dict[str, str] = {
    "pcb/host/rackpress_power.py": "one file, copied to a host as it is",
}


def breaches(text: str) -> Iterator[tuple[str, int]]:
    """Yield what is forbidden in a text, with its line."""
    for what, pattern in FORBIDDEN.items():
        for match in re.finditer(pattern, text):
            yield what, text.count("\n", 0, match.start()) + 1


def test_no_file_names_a_machine_or_a_server(texts: dict[str, str]) -> None:
    assert {"pyproject.toml", "constraints.txt", "Makefile", ".ci/run"} <= set(texts)
    found = [
        f"{name}:{line}: {what}"
        for name, text in texts.items()
        for what, line in breaches(text)
        if MEANT.get(name) != what
    ]
    assert found == []


def test_the_patterns_find_what_they_should_and_nothing_else() -> None:
    assert set(SEEDS) == set(FORBIDDEN)
    for what, seeds in SEEDS.items():
        for seed in seeds:
            assert what in {found for found, _ in breaches(seed)}, seed
    assert [text for text in FINE if list(breaches(text))] == []


def test_no_lock_file_and_no_requirements_beside_the_constraints(files: list[str]) -> None:
    names = {Path(name).name.lower() for name in files}
    locks = {name for name in names if name.endswith(".lock") or "-lock." in name}
    assert locks == set()
    assert {name for name in names if name.startswith("requirements")} == set()


def too_long(name: str, tree: ast.Module, lines: int) -> Iterator[str]:
    """Yield what is longer than the house allows."""
    if lines > MAX_FILE_LINES:
        yield name
    for node in ast.walk(tree):
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            continue
        if (node.end_lineno or node.lineno) - node.lineno >= MAX_FUNCTION_LINES:
            yield f"{name}::{node.name}"


def test_no_file_or_function_is_too_long(
    texts: dict[str, str], python_files: dict[str, ast.Module]
) -> None:
    long = {
        item
        for name, tree in python_files.items()
        for item in too_long(name, tree, texts[name].count("\n"))
    }
    assert long - set(LONGER) == set()
    assert set(LONGER) - long == set(), "no longer too long: take it off the list"


def test_a_long_file_and_a_long_function_are_found() -> None:
    body = "".join(f"    a = {n}\n" for n in range(MAX_FUNCTION_LINES))
    tree = ast.parse(f"def f():\n{body}\ndef g():\n    pass\n")
    assert list(too_long("x.py", tree, MAX_FILE_LINES + 1)) == ["x.py", "x.py::f"]
    tree = ast.parse(f"def f():\n{body[: body.rindex('    a')]}")
    assert list(too_long("x.py", tree, MAX_FILE_LINES)) == []


def test_built_files_are_ignored_and_the_readme_of_outputs_is_kept(files: list[str]) -> None:
    assert [name for name in files if name.startswith("outputs/")] == ["outputs/README.md"]


def test_the_files_are_the_same_without_git(files: list[str], walked_files: list[str]) -> None:
    assert files == walked_files


def test_the_changelog_begins_with_this_version(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    changelog = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## (.+)$", changelog, re.MULTILINE)
    assert headings[0].split(" — ")[0] == project["version"]


def test_the_licence_is_mit_everywhere(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["license"] == "MIT"
    assert (root / "LICENSE").read_text(encoding="utf-8").startswith("MIT License\n")


def test_every_dependency_is_accounted_for(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"], "hatchling"]
    names = {re.split(r"[\[><=]", line)[0] for line in wanted}
    guide = (root / "CONTRIBUTING.md").read_text(encoding="utf-8")
    chapter = guide.split("\n## Dependencies\n")[1].split("\n## ")[0]
    explained = set(re.findall(r"^- \*\*([\w-]+)\*\*", chapter, re.MULTILINE))
    assert explained == names
