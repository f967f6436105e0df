"""Folders for what is not whole yet, and the one step that puts the whole in its place.

A stage is locked by the process that fills it. One that nobody holds any more was left by a process
that was killed, and is swept away by the next. Where the system has no such locks, as on Windows,
nothing is swept.
"""

import contextlib
import ctypes
import functools
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Generator
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None

OLD = "old"  # in a stage: what was in the place before, where two steps are needed
RANDOM = r"[a-z0-9_]{8}"  # what tempfile ends its names with
SCRATCH = "rackpress-run-"
AT_FDCWD, RENAME_EXCHANGE = -100, 2  # Linux: fcntl.h, fs.h
AFTER_ALL = -200  # below what multiprocessing gives to its own folder of sockets
RENAME_SWAP = 2  # macOS: sys/stdio.h


def locked(folder: Path, *, wait: bool = False) -> int | None:
    """Lock a folder against other processes and return what holds it, to be closed.

    Args:
        folder: what to lock; only those who ask heed it.
        wait: until another lets go, in place of saying that it is held.

    Returns:
        A file descriptor; `None` if another holds it, or if this system cannot lock it.
    """
    if fcntl is None:
        return None
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError:
        os.close(handle)
        return None
    except BaseException:  # ^C while waiting
        os.close(handle)
        raise
    return handle


@contextlib.contextmanager
def held(folder: Path) -> Generator[None]:
    """Let one process at a time do what changes a folder, as far as the system can lock it."""
    handle = locked(folder, wait=True)
    try:
        yield
    finally:
        if handle is not None:
            os.close(handle)


@contextlib.contextmanager
def stage(above: Path, prefix: str) -> Generator[Path]:
    """Yield a new folder that is gone afterwards; after a kill it is swept by the next one.

    One that still has what was in the place before is left to the next one too, which puts it back.

    Args:
        above: where it is made.
        prefix: its name begins so; the rest is random.

    Raises:
        OSError: it cannot be made there.
    """
    folder, handle = _new(above, prefix)
    try:
        yield folder
    finally:
        if not (folder / OLD).is_dir():
            shutil.rmtree(folder, ignore_errors=True)
        if handle is not None:
            os.close(handle)


def _new(above: Path, prefix: str) -> tuple[Path, int | None]:
    while True:
        folder = Path(tempfile.mkdtemp(prefix=prefix, dir=above))
        handle = locked(folder, wait=True)
        # Before it is locked another may take it for one left behind, and remove it.
        if handle is None:
            if folder.exists():
                return folder, None
        elif _is(folder, handle):
            return folder, handle
        else:
            os.close(handle)


def _is(folder: Path, handle: int) -> bool:
    try:
        return os.path.samestat(os.stat(folder), os.fstat(handle))  # noqa: PTH116 - as fstat
    except OSError:
        return False


def sweep(above: Path, prefix: str, place: Path | None = None) -> None:
    """Remove the stages that killed processes left in a folder.

    Args:
        above: where they lie.
        prefix: of their names.
        place: what they were for: if it is missing and one of them has what was there, that goes
            back first.
    """
    if fcntl is None:
        return
    name = re.compile(re.escape(prefix) + RANDOM)
    with contextlib.suppress(OSError):
        for path in sorted(above.iterdir()):
            if name.fullmatch(path.name) and path.is_dir() and not path.is_symlink():
                _sweep_one(path, place)


def _sweep_one(path: Path, place: Path | None) -> None:
    handle = locked(path)
    if handle is None:
        return
    try:
        if place is not None and not place.exists() and (path / OLD).is_dir():
            os.replace(path / OLD, place)  # noqa: PTH105 - one step
        shutil.rmtree(path, ignore_errors=True)
    finally:
        os.close(handle)


def put(new: Path, place: Path, old: Path) -> None:
    """Put a folder in another's place in one step, where the system can; else in two.

    Args:
        new: the whole; afterwards what was in the place, or gone.
        place: where it goes.
        old: what was there is kept here for the moment between two steps.

    Raises:
        OSError: it cannot be done; what was in the place is there still.
    """
    if not place.exists():
        os.replace(new, place)  # noqa: PTH105 - one step, on every system
        return
    if exchanged(new, place):
        return
    try:
        os.replace(place, old)  # noqa: PTH105 - as above
        os.replace(new, place)  # noqa: PTH105 - as above
        shutil.rmtree(old, ignore_errors=True)
    except BaseException:  # ^C between the two as well
        if old.exists() and not place.exists():
            os.replace(old, place)  # noqa: PTH105 - as above
        raise


def exchanged(one: Path, other: Path) -> bool:
    """Exchange two folders in one step and return whether it was done: not every system can."""
    first, second = os.fsencode(one), os.fsencode(other)
    try:
        library = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            return library.renamex_np(first, second, RENAME_SWAP) == 0
        return library.renameat2(AT_FDCWD, first, AT_FDCWD, second, RENAME_EXCHANGE) == 0
    except (AttributeError, OSError, TypeError):  # an older C library; Windows
        return False


@functools.cache
def scratch() -> Path:
    """Return this process's own folder for what is needed only while it runs.

    Raises:
        OSError: no place for temporary files.
    """
    from multiprocessing.util import Finalize  # noqa: PLC0415 - most runs have no other process

    above = Path(tempfile.gettempdir())
    sweep(above, SCRATCH)
    open_one = stage(above, SCRATCH)
    folder = open_one.__enter__()
    Finalize(None, open_one.__exit__, (None, None, None), exitpriority=AFTER_ALL)
    return folder
