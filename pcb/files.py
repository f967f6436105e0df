"""Knows which files of a folder are ours, so that nothing of the user's is overwritten."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from catalog.problems import Problem


def digest(content: bytes) -> str:
    """Return the sha256 of a file's content."""
    return hashlib.sha256(content).hexdigest()


def changed_by_hand(path: Path) -> Problem:
    """Return what is said of a file that would be lost."""
    what = "was not written by Rackpress, or was changed since"
    return Problem(str(path), what, nearest="choose another folder, or lose it with --overwrite")


def foreign(folder: Path, files: Mapping[str, bytes], known: Mapping[str, str]) -> list[str]:
    """Return the files that somebody else wrote or changed and that would be overwritten.

    Args:
        folder: where they would go.
        files: new content by name.
        known: sha256 by name of what was written here last time.
    """
    found: list[str] = []
    for name, content in sorted(files.items()):
        path = folder / name
        if not path.is_file():
            continue
        there = path.read_bytes()
        if there != content and digest(there) != known.get(name):
            found.append(name)
    return found
