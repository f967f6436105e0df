"""Writing files so that nobody ever sees half of a set."""

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from catalog.problems import InputError, Problem


def write_all(folder: Path, files: Mapping[str, bytes], option: str = "--output") -> list[Path]:
    """Write every file, whole or not at all, and return the paths by name.

    A new folder appears complete; in an old one each file is replaced in one step after all have
    been written beside it.

    Args:
        folder: where the files go; made if need be.
        files: content by name relative to the folder.
        option: what the error names.

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
                (stage / name).parent.mkdir(parents=True, exist_ok=True)
                (stage / name).write_bytes(files[name])
            if fresh:
                stage.rename(folder)
            else:
                for name in names:
                    (folder / name).parent.mkdir(parents=True, exist_ok=True)
                    os.replace(stage / name, folder / name)  # noqa: PTH105 - overwrites on Windows too
    except OSError as error:
        what = f"{folder} cannot be written: {error.strerror or error}"
        raise InputError(Problem(option, what, nearest="name a folder of your own")) from error
    return [folder / name for name in names]
