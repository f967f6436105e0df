"""The repository as its own tests see it: files and syntax trees."""

import ast
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("catalog", "packing", "mounts", "pcb", "rack", "cli")


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository's folder."""
    return ROOT


@pytest.fixture(scope="session")
def files() -> list[str]:
    """Every file that git has or would take, as a sorted list of paths below the root."""
    # safe.directory: a checkout made by another user, as containers have it, is still ours.
    git = ["git", "-c", "safe.directory=*", "-C", str(ROOT), "ls-files", "-z"]
    listed = subprocess.run(
        [*git, "--cached", "--others", "--exclude-standard"], capture_output=True, check=True
    )
    names = {name for name in listed.stdout.decode().split("\0") if name}
    return sorted(name for name in names if (ROOT / name).is_file())


@pytest.fixture(scope="session")
def texts(files: list[str]) -> dict[str, str]:
    """Path: text of every file that is text."""
    blobs = {name: (ROOT / name).read_bytes() for name in files}
    return {name: blob.decode() for name, blob in blobs.items() if b"\0" not in blob[:8192]}


@pytest.fixture(scope="session")
def python_files(texts: dict[str, str]) -> dict[str, ast.Module]:
    """Path: syntax tree of every Python file."""
    return {name: ast.parse(text) for name, text in texts.items() if name.endswith(".py")}


@pytest.fixture(scope="session")
def room_files(python_files: dict[str, ast.Module]) -> dict[str, ast.Module]:
    """The Python files of the six rooms."""
    return {name: tree for name, tree in python_files.items() if name.split("/")[0] in ROOMS}
