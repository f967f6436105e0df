"""import-linter really holds the direction of imports: every upward import is caught."""

import subprocess
import sys
from pathlib import Path

import pytest

# What each room may import, as CONTRIBUTING.md draws it; written apart from the contract.
MAY_IMPORT = {
    "catalog": set[str](),
    "packing": {"catalog"},
    "mounts": {"catalog", "packing"},
    "pcb": {"catalog"},
    "rack": {"catalog", "packing", "mounts", "pcb"},
    "neighbours": {"catalog", "packing", "mounts", "pcb", "rack"},
    "cli": {"catalog", "packing", "mounts", "pcb", "rack", "neighbours"},
}
PAIRS = {(a, b) for a in MAY_IMPORT for b in MAY_IMPORT if a != b}
FORBIDDEN = {(a, b) for a, b in PAIRS if b not in MAY_IMPORT[a]}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter on the packages of a folder."""
    program = Path(sys.executable).parent / "lint-imports"
    return subprocess.run(
        [program, "--no-cache", "--no-logo"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def house(tmp_path: Path, root: Path) -> Path:
    """Empty rooms under our contract."""
    (tmp_path / "pyproject.toml").write_bytes((root / "pyproject.toml").read_bytes())
    for room in MAY_IMPORT:
        (tmp_path / room).mkdir()
        (tmp_path / room / "__init__.py").touch()
    return tmp_path


def seed(house: Path, pairs: set[tuple[str, str]]) -> None:
    """Write one module per pair (a, b), in a, that imports b."""
    for source, target in sorted(pairs):
        (house / source / f"to_{target}.py").write_text(f"import {target}\n", encoding="utf-8")


def test_every_import_against_the_direction_is_caught(house: Path) -> None:
    seed(house, FORBIDDEN)
    process = lint(house)
    assert process.returncode == 1
    missed = {(a, b) for a, b in FORBIDDEN if f"{a}.to_{b} -> {b} " not in process.stdout}
    assert missed == set()


def test_every_import_with_the_direction_is_allowed(house: Path) -> None:
    seed(house, PAIRS - FORBIDDEN)
    process = lint(house)
    assert process.returncode == 0, process.stdout


def test_a_detour_is_caught_too(house: Path) -> None:
    (house / "pcb" / "way.py").write_text("import catalog.way\n", encoding="utf-8")
    (house / "catalog" / "way.py").write_text("import mounts\n", encoding="utf-8")
    process = lint(house)
    assert process.returncode == 1
    assert "the power board knows the catalogue only BROKEN" in process.stdout


def test_the_contract_holds(root: Path) -> None:
    process = lint(root)
    assert process.returncode == 0, process.stdout
