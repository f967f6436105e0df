"""The configuration of ruff and pyright is in force: what it forbids is found.

A misspelt table in pyproject.toml switches a tool off without a word; these tests would speak.
"""

import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

BIN = Path(sys.executable).parent
LONG = "x" * 101
STATEMENTS = "\n".join(f"    print({n})" for n in range(60))
BRANCHES = "\n".join(f"    if a == {n}:\n        return {n}" for n in range(11))
# code of ruff: a module that breaks it, less its docstring.
BAD = {
    "A001": "list = 1\n",
    "ARG001": "def _f(a: int) -> int:\n    return 1\n",
    "B006": "def _f(a: list[int] = []) -> list[int]:\n    return a\n",
    "C901": f"def _f(a: int) -> int:\n{BRANCHES}\n    return -1\n",
    "D101": "class A:\n    pass\n",
    "D103": "def f() -> None:\n    pass\n",
    "D417": 'def f(a: int, b: int) -> int:\n    """D.\n\n    Args:\n        a: one\n    """\n',
    "E501": f'A = "{LONG}"\n',
    "E722": "try:\n    A = 1\nexcept:\n    A = 2\n",
    "F401": "import os\n",
    "I001": "import sys\nimport os\n",
    "PLC0415": "def _f() -> None:\n    import os\n\n    os.abort()\n",
    "PLR0913": "def _f(a: int, b: int, c: int, d: int, e: int, g: int) -> None:\n    pass\n",
    "PLR0915": f"def _f() -> None:\n{STATEMENTS}\n",
    "PTH123": 'A = open("a")\n',
    "RUF100": "A = 1  # noqa: E501\n",
    "S307": 'A = eval("1")\n',
    "TID251": "from cadquery import Workplane\n\nA = Workplane()\n",
    "UP006": "from typing import List\n\nA: List[int] = []\n",
}
GOOD = '''"""A good module."""


def double(length_mm: float) -> float:
    """Return twice a length, mm."""
    return 2 * length_mm
'''
# rule of pyright: a module that breaks it, and that only a strict pyright of ours would refuse.
UNTYPED = {
    "reportMissingParameterType": "def f(a):\n    return 1\n",
    "reportUnusedVariable": "def f() -> None:\n    a = 1\n",
    "reportPrivateUsage": "import argparse\n\nprint(argparse._VersionAction)\n",
    "reportUnnecessaryComparison": "def f(a: int) -> bool:\n    return a is None\n",
    "reportMissingTypeArgument": "def f(a: list) -> int:\n    return len(a)\n",
    "reportReturnType": "def f() -> int:\n    return 'a'\n",
    # added in 3.12: the language level that we promise is 3.11
    "reportAttributeAccessIssue": "import itertools\n\nprint(itertools.batched)\n",
}


def ruff_codes(root: Path, text: str) -> set[str]:
    """Return the codes that ruff reports for a module of the room `rack`."""
    command = [BIN / "ruff", "check", "--no-cache", "--output-format=json", "--no-fix"]
    process = subprocess.run(
        [*command, "--stdin-filename=rack/seeded.py", "-"],
        cwd=root,
        input=text,
        capture_output=True,
        text=True,
        check=False,
    )
    return {finding["code"] for finding in json.loads(process.stdout)}


@pytest.mark.parametrize("code", sorted(BAD))
def test_ruff_finds(root: Path, code: str) -> None:
    assert code in ruff_codes(root, f'"""M."""\n\n{BAD[code]}')


def test_ruff_lets_a_good_module_pass(root: Path) -> None:
    assert ruff_codes(root, GOOD) == set()


def test_ruff_formats_to_100_columns(root: Path) -> None:
    command = [BIN / "ruff", "format", "--check", "--stdin-filename=rack/seeded.py", "-"]

    def accepted(text: str) -> bool:
        process = subprocess.run(
            command, cwd=root, input=text, text=True, capture_output=True, check=False
        )
        return process.returncode == 0

    names = ", ".join(f'"{c * 7}"' for c in "abcdefgh")
    line = f"A = [{names}]"
    assert 88 < len(line) <= 100
    assert accepted(line + "\n")
    assert not accepted(line.replace("A =", "A  =") + "\n")


@pytest.fixture(scope="module")
def pyright_rules(tmp_path_factory: pytest.TempPathFactory, root: Path) -> dict[str, set[str]]:
    """File: the rules that pyright reports, for seeded modules under our configuration."""
    folder = tmp_path_factory.mktemp("typed")
    (folder / "pyproject.toml").write_bytes((root / "pyproject.toml").read_bytes())
    (folder / ".venv").symlink_to(sys.prefix)
    for room in ("catalog", "cli"):
        (folder / room).mkdir()
        (folder / room / "good.py").write_text(GOOD, encoding="utf-8")
    for rule, text in UNTYPED.items():
        (folder / "catalog" / f"{rule}.py").write_text(text, encoding="utf-8")
        (folder / "cli" / f"{rule}.py").write_text(text, encoding="utf-8")
    process = subprocess.run(
        [BIN / "pyright", "--outputjson", "--project", folder],
        capture_output=True,
        text=True,
        check=False,
    )
    report: dict[str, Any] = json.loads(process.stdout)
    rules: dict[str, set[str]] = {}
    for finding in report["generalDiagnostics"]:
        name = Path(finding["file"]).relative_to(folder).as_posix()
        rules.setdefault(name, set()).add(finding.get("rule", ""))
    return rules


@pytest.mark.parametrize("room", ["catalog", "cli"])
@pytest.mark.parametrize("rule", sorted(UNTYPED))
def test_pyright_finds(pyright_rules: dict[str, set[str]], room: str, rule: str) -> None:
    assert rule in pyright_rules.get(f"{room}/{rule}.py", set())


def test_pyright_lets_a_good_module_pass(pyright_rules: dict[str, set[str]]) -> None:
    assert {name for name in pyright_rules if name.endswith("/good.py")} == set()


def test_every_room_is_checked_built_and_ordered(root: Path) -> None:
    config = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    tool = config["tool"]
    rooms = {path.parent.name for path in root.glob("*/__init__.py")}
    assert rooms == set(tool["importlinter"]["root_packages"])
    assert rooms == set(tool["hatch"]["build"]["packages"])
    assert rooms == set(tool["ruff"]["lint"]["isort"]["known-first-party"])
    assert rooms <= set(tool["pyright"]["include"])
    layers = " | ".join(tool["importlinter"]["contracts"][0]["layers"])
    assert rooms == {name.strip() for name in layers.split("|")}


def test_every_room_says_that_it_is_typed(root: Path) -> None:
    for init in sorted(root.glob("*/__init__.py")):
        assert (init.parent / "py.typed").is_file(), init


def test_warnings_are_errors_in_tests(pytestconfig: pytest.Config) -> None:
    assert pytestconfig.getini("filterwarnings")[0] == "error"
    assert "--strict-markers" in pytestconfig.getini("addopts")


def test_hooks_come_from_this_repository_alone(root: Path) -> None:
    subprocess.run([BIN / "pre-commit", "validate-config"], cwd=root, check=True)
    lines = (root / ".pre-commit-config.yaml").read_text(encoding="utf-8").splitlines()
    assert {line.split("repo:")[1].strip() for line in lines if "repo:" in line} == {"local"}
