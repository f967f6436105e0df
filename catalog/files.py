"""Writing files so that nobody ever sees half of a set."""

import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from catalog.problems import CheckFailed, InputError, Problem


def write_all(folder: Path, files: Mapping[str, bytes], option: str = "--output") -> list[Path]:
    """Write every file, whole or not at all, and return the paths by name.

    A new folder appears complete; in an old one each file is replaced in one step after all have
    been written beside it.

    Args:
        folder: where the files go; made if need be.
        files: content by name relative to the folder.
        option: what the error names.

    Raises:
        InputError: the folder cannot be written, or a link in it leads out of it.
        CheckFailed: a name leads out of the folder.
    """
    names = sorted(files)
    inside(files)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        fresh = not folder.exists()
        with tempfile.TemporaryDirectory(dir=folder.parent if fresh else folder) as made:
            stage = Path(made) / "stage"
            stage.mkdir()
            for name in names:
                (stage / name).parent.mkdir(parents=True, exist_ok=True)
                (stage / name).write_bytes(files[name])
            if fresh:
                stage.rename(folder)
            else:
                for name in names:
                    _check_links(folder, name, option)
                for name in names:
                    (folder / name).parent.mkdir(parents=True, exist_ok=True)
                    os.replace(stage / name, folder / name)  # noqa: PTH105 - overwrites on Windows too
    except OSError as error:
        what = f"{folder} cannot be written: {error.strerror or error}"
        raise InputError(Problem(option, what, nearest="name a folder of your own")) from error
    return [folder / name for name in names]


def write_one(path: Path, data: bytes) -> None:
    """Write a file whole, or leave what was there: it is replaced in one step; a link's goal is.

    Args:
        path: the file; its folder is there.
        data: what goes into it.

    Raises:
        OSError: it cannot be written.
    """
    real = path.resolve()
    with tempfile.TemporaryDirectory(dir=real.parent) as made:
        whole = Path(made) / "whole"
        whole.write_bytes(data)
        os.replace(whole, real)  # noqa: PTH105 - overwrites on Windows too


def inside(names: Iterable[str]) -> None:
    """Refuse names of files that are no plain paths below a folder.

    Names are made from titles that are checked where they are read; this is the second lock.

    Raises:
        CheckFailed: a name is absolute, goes up, or holds what no file's name may.
    """
    for name in names:
        parts = name.split("/")
        odd = any(c < " " or c in '\\:*?"<>|' for c in name)
        if odd or any(part in ("", ".", "..") for part in parts):
            what = f"{name!r} is not the name of a file inside the folder of results"
            raise CheckFailed(what)


def _check_links(folder: Path, name: str, option: str) -> None:
    """Refuse to write through a link that leads out of the folder."""
    parent, home = (folder / name).parent.resolve(), folder.resolve()
    if parent != home and home not in parent.parents:
        what = f"{(folder / name).parent} is a link that leads out of {folder}"
        raise InputError(Problem(option, what, nearest="name a folder of your own"))
