"""The repository as its own tests see it: files and syntax trees."""

import ast
import os
import shutil
import subprocess
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("catalog", "packing", "mounts", "pcb", "rack", "neighbours", "cli")


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository's folder."""
    return ROOT


def listed_by_git() -> list[str]:
    """Return every file that git has or would take, sorted."""
    # safe.directory: a checkout made by another user, as containers have it, is still ours.
    git = ["git", "-c", "safe.directory=*", "-C", str(ROOT), "ls-files", "-z"]
    listed = subprocess.run(
        [*git, "--cached", "--others", "--exclude-standard"], capture_output=True, check=True
    )
    names = {name for name in listed.stdout.decode().split("\0") if name}
    return sorted(name for name in names if (ROOT / name).is_file())


def listed_by_walking() -> list[str]:
    """Return the same without git: all but what .gitignore names, sorted."""
    lines = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    named = [line for line in lines if "/" not in line]  # a folder, a file or a link of that name
    folders = [".git/", *(line for line in lines if line.endswith("/")), *(f"{n}/" for n in named)]
    names: list[str] = []
    for folder, below, files in os.walk(ROOT):
        below[:] = [b for b in below if not any(fnmatch(b + "/", f) for f in folders)]
        names += [(Path(folder) / file).relative_to(ROOT).as_posix() for file in files]
    ours = (n for n in names if not n.startswith("outputs/") or n == "outputs/README.md")
    return sorted(name for name in ours if name not in {".git", *named})  # both may be links


@pytest.fixture(scope="session")
def files() -> list[str]:
    """Every file of the repository, as a sorted list of paths below the root."""
    with_git = shutil.which("git") is not None and (ROOT / ".git").exists()
    return listed_by_git() if with_git else listed_by_walking()


@pytest.fixture(scope="session")
def walked_files() -> list[str]:
    """The same, found as on a machine without git."""
    return listed_by_walking()


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
    """The Python files of the rooms."""
    return {name: tree for name, tree in python_files.items() if name.split("/")[0] in ROOMS}
