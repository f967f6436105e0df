"""Several processes for what is slow: solids, meshes, pictures. One process does as well.

Results never depend on how many there are: each job stands alone and is asked for in order.
"""

import contextlib
import multiprocessing as mp
import os
import signal
import tempfile
import threading
from collections.abc import Callable, Generator
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import forkserver
from pathlib import Path
from typing import Any, Generic, ParamSpec, Protocol, TypeVar

from catalog.problems import CheckFailed
from catalog.staging import scratch

P = ParamSpec("P")
T = TypeVar("T")
R_co = TypeVar("R_co", covariant=True)

MOST = 8  # each takes some 300 MB; no rack has enough parts for more to pay
# Loaded once, before the server forks: what every job needs and is slow to load.
PRELOAD = [
    "cadquery",
    "cadquery.func",
    "manifold3d",
    "scipy.sparse.csgraph",
    "shapely.geometry",
    "rack.parts",
]
# The server is spoken to by a socket: its path takes 33 bytes more than the folder's, of the 104
# that BSD and macOS have for it (Linux: 108; man 7 unix), one of them for the end.
MOST_PATH = 104 - 1 - 33
DIED = (
    "a helper process ended without a word (killed, or short of memory?); nothing was written; "
    "try once more with --jobs 1"
)


class Promise(Protocol[R_co]):
    """A result that is there now or later."""

    def result(self) -> R_co:
        """Wait for it and return it, or raise what went wrong."""
        ...


class Later(Generic[T]):
    """Work that is done in this process once its result is asked for."""

    def __init__(self, work: Callable[..., T], *args: Any) -> None:
        self.work, self.args = work, args

    def result(self) -> T:
        """Do the work."""
        return self.work(*self.args)


class Handed(Generic[T]):
    """Work that is being handed to a process of its own."""

    def __init__(self, handed: "Future[Future[T]]") -> None:
        self.handed = handed

    def result(self) -> T:
        """Wait for it and return it, or raise what went wrong."""
        return self.handed.result().result()


Submit = Callable[..., Promise[Any]]


def usable() -> int:
    """Return how many processes this machine lets run at once."""
    own = getattr(os, "sched_getaffinity", None)
    return min(MOST, len(own(0)) if own else os.cpu_count() or 1)


@contextlib.contextmanager
def workers(jobs: int) -> Generator[Submit]:
    """Yield a function that takes work and its arguments and returns a promise.

    Args:
        jobs: processes; with one, all is done here.

    Raises:
        CheckFailed: a process died.
    """
    if jobs <= 1:
        with _own_place():
            yield Later
        return
    before = set(mp.active_children())
    with _own_place() as place:
        pool = ProcessPoolExecutor(jobs, mp.get_context(_kind()), _begin, (str(place),))
        # Handing over waits until the server has loaded all; this process has other things to do.
        hand = ThreadPoolExecutor(1, initializer=_serve)

        def submit(work: Callable[..., Any], *args: Any) -> Handed[Any]:
            return Handed(hand.submit(pool.submit, work, *args))

        try:
            yield submit
            hand.shutdown()
            pool.shutdown()
        except BrokenProcessPool:
            raise CheckFailed(DIED) from None
        finally:  # after an error or ^C nobody waits for what is not wanted any more
            hand.shutdown(cancel_futures=True)
            pool.shutdown(wait=False, cancel_futures=True)
            for child in set(mp.active_children()) - before:
                child.terminate()
                child.join()


@contextlib.contextmanager
def warmed(jobs: int) -> Generator[None]:
    """Have what processes need loaded from now on, while this one reads and plans.

    Args:
        jobs: processes that may be asked for; with one, nothing is loaded.
    """
    if jobs <= 1:
        yield
        return
    with _own_place():
        _serve()
        try:
            yield
        finally:  # it may be loading still, and whoever waits for our output would wait for it
            _end_server()


def _kind() -> str:
    """Return how processes are begun: each by itself where no server can be had."""
    there = "forkserver" in mp.get_all_start_methods()
    return "forkserver" if there and len(os.fsencode(scratch())) <= MOST_PATH else "spawn"


def _serve() -> None:
    """Start the server that processes are forked from; there is one, however often it is asked."""
    if _kind() != "forkserver":
        return
    forkserver.set_forkserver_preload(PRELOAD)
    # ^C is heeded here alone, also while the server loads and does not know how to ignore it yet.
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)


def _end_server() -> None:
    """End the server at once, whatever it does; the library has no public way."""
    server: Any = vars(forkserver)["_forkserver"]
    if server._forkserver_pid is not None:
        os.kill(server._forkserver_pid, signal.SIGKILL)
        server._stop()


@contextlib.contextmanager
def _own_place() -> Generator[Path]:
    """Have temporary files in a folder of this process's, swept by the next one after a kill."""
    before, place = tempfile.tempdir, scratch()
    tempfile.tempdir = str(place)
    try:
        with tempfile.TemporaryDirectory() as own:
            yield Path(own)
    finally:
        tempfile.tempdir = before


def _begin(scratch: str) -> None:
    """Set a process up: ^C is the parent's to heed, its files go when the parent's do."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    tempfile.tempdir = scratch
    parent = mp.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.join,), daemon=True).start()


def _end_with(wait_for_parent: Callable[[], None]) -> None:
    wait_for_parent()
    os._exit(1)
