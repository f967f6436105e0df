"""The two commands: what they say on a machine that lacks something, and that they say it first."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

# A stand-in for an interpreter: a version, and whether it has what makes virtual environments.
PYTHON = """#!/bin/sh
case "$*" in
  --version) echo "Python {version}" ;;
  *ensurepip*) exit {no_venv} ;;
  *"version_info < "*) exit {old} ;;
  *version_info*) echo "{version}" ;;
  "-m venv --clear .venv") echo made >made ;;
esac
"""


@pytest.fixture
def checkout(tmp_path: Path, root: Path) -> Path:
    """A checkout with nothing but the set-up, in a folder with a space in its name."""
    folder = tmp_path / "my rack"
    (folder / "scripts").mkdir(parents=True)
    shutil.copy(root / "scripts" / "setup.sh", folder / "scripts")
    (folder / "bin").mkdir()
    for name in ("sh", "dirname"):
        (folder / "bin" / name).symlink_to(str(shutil.which(name)))
    return folder


def add_python(checkout: Path, name: str, version: str, *, old: int = 0, no_venv: int = 0) -> None:
    """Put a stand-in interpreter on the path."""
    program = checkout / "bin" / name
    program.write_text(PYTHON.format(version=version, old=old, no_venv=no_venv), encoding="utf-8")
    program.chmod(0o755)


def set_up(checkout: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the set-up with nothing on the path but the stand-ins."""
    return subprocess.run(
        [checkout / "scripts" / "setup.sh"],
        env={"PATH": str(checkout / "bin")} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_no_python_at_all(checkout: Path) -> None:
    process = set_up(checkout)
    assert process.returncode == 3
    assert "needs Python 3.11 or newer; found: none" in process.stderr
    assert "apt install python3.11 python3.11-venv" in process.stderr


def test_an_old_python_is_refused_with_its_version(checkout: Path) -> None:
    add_python(checkout, "python3", "3.9.2", old=1)
    process = set_up(checkout)
    assert process.returncode == 3
    assert "needs Python 3.11 or newer; found: Python 3.9.2" in process.stderr
    assert not (checkout / "made").exists()


def test_a_python_named_by_the_user_is_not_replaced_in_silence(checkout: Path) -> None:
    add_python(checkout, "python3.11", "3.11")
    add_python(checkout, "older", "3.10", old=1)
    process = set_up(checkout, PYTHON="older")
    assert process.returncode == 3
    assert "found: Python 3.10" in process.stderr


def test_a_missing_venv_names_its_package(checkout: Path) -> None:
    add_python(checkout, "python3", "3.12", no_venv=1)
    process = set_up(checkout)
    assert process.returncode == 3
    assert "apt install python3.12-venv (or python3-venv)" in process.stderr
    assert not (checkout / "made").exists()


def test_the_first_python_that_is_new_enough_is_taken(checkout: Path) -> None:
    add_python(checkout, "python3.11", "broken", old=1)
    add_python(checkout, "python3", "3.9", old=1)
    add_python(checkout, "python3.13", "3.13")
    process = set_up(checkout)
    assert "making .venv with Python 3.13" in process.stderr
    assert (checkout / "made").exists()


def make(root: Path, *args: str) -> str:
    """Run make as from a shell, not as a part of the make that runs these tests."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    process = subprocess.run(
        ["make", *args], cwd=root, env=environment, capture_output=True, text=True, check=True
    )
    return process.stdout


def recipe(root: Path, goal: str) -> str:
    """Return what make would run, were nothing set up."""
    return make(root, "--dry-run", "--always-make", goal)


def test_both_commands_set_up_first(root: Path) -> None:
    demo = recipe(root, "demo")
    assert demo.index("scripts/setup.sh\n") < demo.index("rackpress build examples/mini-rack.toml")
    assert demo.rstrip().endswith('echo "Look at outputs/mini-rack/index.html"')
    check = recipe(root, "check")
    for tool in ("ruff check .", "ruff format --check .", "pyright", "lint-imports --no-logo"):
        assert check.index("scripts/setup.sh dev\n") < check.index(f'"{tool}"')


def test_help_names_every_target(root: Path) -> None:
    text = (root / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", text, re.MULTILINE))
    assert targets == set(re.findall(r"^\.PHONY: (.+)$", text, re.MULTILINE)[0].split())
    assert set(re.findall(r"^  make (\w+)\t\S", make(root, "help"), re.MULTILINE)) == targets
    assert {"demo", "test", "check", "bench", "clean", "help"} <= targets
