"""Writes a set of files so that nobody ever sees half of it, and nothing of the user's is lost."""

import hashlib
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from catalog.problems import InputError, Problem


def digest(content: bytes) -> str:
    """Return the sha256 of a file's content."""
    return hashlib.sha256(content).hexdigest()


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


def write_all(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Write every file, whole or not at all, and return the paths by name.

    A new folder appears complete; in an old one each file is replaced in one step after all have
    been written beside it.

    Raises:
        InputError: the folder cannot be written.
    """
    names = sorted(files)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        fresh = not folder.exists()
        with tempfile.TemporaryDirectory(dir=folder.parent if fresh else folder) as made:
            stage = Path(made) / "stage"
            stage.mkdir()
            for name in names:
                (stage / name).write_bytes(files[name])
            if fresh:
                stage.rename(folder)
            else:
                for name in names:
                    os.replace(stage / name, folder / name)  # noqa: PTH105 - overwrites on Windows too
    except OSError as error:
        what = f"{folder} cannot be written: {error.strerror or error}"
        raise InputError(Problem("--output", what, nearest="name a folder of your own")) from error
    return [folder / name for name in names]
