"""The folder of results: replaced as a whole, and only if nothing of the user's is in it."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from catalog.files import inside
from catalog.problems import InputError, Problem
from catalog.staging import OLD, held, put, stage, sweep

MANIFEST = "manifest.json"
OPTION = "--output"
# What file managers leave behind on their own; nobody misses it.
LITTER = {".DS_Store", "Thumbs.db", "desktop.ini", ".directory"}


def real(folder: Path) -> Path:
    """Return the folder that a path means, through links: the link stays, its target is replaced.

    Raises:
        InputError: links in a circle, or a path that no system takes.
    """
    try:
        return folder.resolve()
    except (OSError, RuntimeError, ValueError) as error:  # RuntimeError: a circle of links
        what = f"{str(folder)!r} is no path: {getattr(error, 'strerror', None) or error}"
        raise InputError(Problem(OPTION, what, nearest="name a new folder")) from None


def usual_folder(name: str) -> Path:
    """Return where the results of a rack go if nobody says where."""
    return Path("outputs") / name


def may_replace(folder: Path, *, overwrite: bool = False) -> None:
    """Refuse a folder that cannot be written, or that holds what a build of ours did not write.

    Args:
        folder: where the results go, without links; need not be there.
        overwrite: throw away what was added to an older build, or changed in it.

    Raises:
        InputError: it is a file, holds something else, or is not ours to write.
    """
    try:
        _check_place(folder)
        if not folder.exists():
            return
        listed = _listed(folder)
        foreign = sorted(_foreign(folder, listed) if listed is not None else _all(folder))
    except OSError as error:
        raise cannot(folder, error) from None
    if not foreign:
        return
    shown = ", ".join(foreign[:3]) + (f" and {len(foreign) - 3} more" if len(foreign) > 3 else "")
    if listed is None:
        what = f"{folder} holds files that no build of Rackpress wrote: {shown}"
        raise InputError(Problem(OPTION, what, nearest="name a new or an empty folder"))
    if not overwrite:
        what = f"{folder} holds files that were added or changed since its build: {shown}"
        near = "move them, name another folder, or lose them with --overwrite"
        raise InputError(Problem(OPTION, what, nearest=near))


def _check_place(folder: Path) -> None:
    """Refuse early what would fail after minutes of work."""
    near = "name a folder of your own, such as -o build/my-rack"
    there = next(one for one in (folder, *folder.parents) if one.exists())
    if not there.is_dir():
        what = f"{there} is a file, not a folder"
        raise InputError(Problem(OPTION, what, nearest=near))
    if folder == folder.parent or folder in (Path.cwd(), *Path.cwd().parents):
        what = f"{folder} is the folder you are in, or one above it; it would be replaced"
        raise InputError(Problem(OPTION, what, nearest=near))
    above = there if there != folder else folder.parent
    sweep(above, staged(folder), folder)
    with stage(above, staged(folder)):
        pass  # the rights say little: a disk may be read-only, root may do all


def _listed(folder: Path) -> dict[str, str] | None:
    """Return name -> sha256 of what an older build wrote; `None` if there was none."""
    try:
        record: Any = json.loads((folder / MANIFEST).read_bytes())
        if not str(record["tool"]).startswith("rackpress "):
            return None
        return {str(name): str(entry["sha256"]) for name, entry in record["files"].items()}
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError, AttributeError):  # not a manifest of ours
        return None


def as_built(folder: Path) -> bool:
    """Say whether a folder is, file by file, as a build of ours left it.

    Raises:
        OSError: it cannot be read.
    """
    listed = _listed(folder)
    if listed is None or any(_foreign(folder, listed)):
        return False
    return all((folder / name).is_file() for name in listed)


def _all(folder: Path) -> Iterable[str]:
    return (path.name for path in folder.iterdir() if path.name not in LITTER)


def _foreign(folder: Path, listed: Mapping[str, str]) -> Iterable[str]:
    """Yield every file that is not as a build of ours left it."""
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.name in LITTER or (path.is_dir() and not path.is_symlink()):
            continue
        if name == MANIFEST:
            continue
        same = name in listed and not path.is_symlink() and _digest(path) == listed[name]
        if not same:
            yield name


def digests(files: Mapping[str, bytes]) -> dict[str, dict[str, Any]]:
    """Return digest and size of files by name, as the manifest of a folder lists them."""
    return {
        name: {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
        for name, data in sorted(files.items())
    }


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def replace_folder(folder: Path, files: Mapping[str, bytes], *, overwrite: bool = False) -> None:
    """Write all files beside the folder, then put them in its place in one step.

    Of two that do so at once one waits for the other; what a killed one left is swept away.

    Args:
        folder: where they go, without links.
        files: content by name relative to the folder.
        overwrite: as of `may_replace`, which is asked once more: minutes have passed.

    Raises:
        InputError: the place cannot be written; what was there is there still.
        CheckFailed: a name leads out of the folder.
    """
    inside(files)
    prefix = staged(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with stage(folder.parent, prefix) as made:
            for name, data in sorted(files.items()):
                path = made / "new" / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
            with held(folder.parent):
                may_replace(folder, overwrite=overwrite)
                put(made / "new", folder, made / OLD)
            sweep(folder.parent, prefix)
    except OSError as error:
        raise cannot(folder, error) from error


def staged(folder: Path) -> str:
    """Return how the names of the folders begin in which a folder's new content is gathered."""
    return f".{folder.name[:100]}.rackpress-"


def cannot(folder: Path, error: OSError) -> InputError:
    """Return the error for a folder that cannot be written, to be raised by the caller."""
    what = f"{folder} cannot be written: {error.strerror or error}"
    near = "name a folder of your own, such as -o build/my-rack"
    return InputError(Problem(OPTION, what, nearest=near))
