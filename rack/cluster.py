"""Many sites over a Dask cluster: questions go out and answers come back, both plain data.

Files are read here, so that a worker needs no file, only Rackpress in the same version. A worker
that dies loses nothing: the scheduler gives what it had to another.
"""

import logging
import platform
import socket
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager, suppress
from importlib.metadata import version
from typing import Any, cast
from urllib.parse import urlsplit

from catalog.problems import CheckFailed, InputError, Problem, ToolMissing
from packing.cabinet.question import Question
from packing.fleet.question import Fleet
from packing.site import FleetAnswer, RackAnswer, answer

CONNECT_S = 10.0
LOOK_S = 2.0  # between two looks at whether there is anyone left to wait for
ALONE = 15  # such looks without a worker, and it is given up
SOLVERS = ("rackpress", "ortools", "scipy")  # another version may answer otherwise
LACKING = "`rackpress pack --dask` needs the package distributed, which is not installed"
ALLOWED = "tcp://HOST:PORT, as `dask scheduler` says when it starts"

Asked = Question | Fleet
Answered = RackAnswer | FleetAnswer | CheckFailed


def answers(address: str, asked: Sequence[Asked], told: Callable[[int], None]) -> list[Answered]:
    """Return the answer to each question, in order; `CheckFailed` where workers died of it.

    Args:
        address: of a Dask scheduler.
        asked: the questions.
        told: is called with the number of each that is done.

    Raises:
        InputError: that is no address.
        ToolMissing: no Dask, no scheduler, no worker, or one of another version.
    """
    with _client(address) as client:
        futures = [client.submit(job, one, pure=False) for one in asked]
        numbers = {future: number for number, future in enumerate(futures)}
        found: dict[int, Answered] = {}
        for future in _done(client, futures, address):
            number = numbers[future]
            found[number] = _result(future, address)
            told(number)
    return [found[number] for number in range(len(asked))]


def job(asked: Asked) -> tuple[dict[str, str], RackAnswer | FleetAnswer]:
    """Answer a question on a worker; return it with the versions of what answered."""
    return versions(), answer(asked)


def versions() -> dict[str, str]:
    """Return the version of each package that an answer depends on, and of Python."""
    return {"python": platform.python_version(), **{name: version(name) for name in SOLVERS}}


@contextmanager
def _client(address: str) -> Generator[Any]:
    try:
        import distributed  # noqa: PLC0415 - heavy, and an extra
    except ImportError:
        raise _missing(LACKING, "pip install 'rackpress[dask]'") from None
    _somebody_there(address)
    for name in ("distributed", "distributed.client"):  # what fails is told here
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        client = distributed.Client(address, timeout=CONNECT_S, set_as_default=False)
    except ValueError as error:
        raise _no_address(address, str(error)) from None
    except OSError as error:
        raise _silent(address, str(error)) from None
    try:
        with client.as_current():  # `wait` asks for that one
            yield client
    finally:
        with suppress(OSError, RuntimeError):  # whoever has gone cannot be taken leave of
            client.close(timeout=CONNECT_S)


def _somebody_there(address: str) -> None:
    """Knock: a name that nobody knows would keep Dask waiting for ever."""
    parts = urlsplit(address if "://" in address else f"tcp://{address}")
    try:
        host, port = parts.hostname, parts.port
    except ValueError as error:  # a port that is no number
        raise _no_address(address, str(error)) from None
    if not host or port is None:
        raise _no_address(address, "a port is missing" if host else "a host is missing")
    try:
        socket.create_connection((host, port), timeout=CONNECT_S).close()
    except OSError as error:
        raise _silent(address, error.strerror or str(error)) from None


def _no_address(address: str, what: str) -> InputError:
    return InputError(Problem("--dask", f"{address!r}: {what}", "", None, ALLOWED))


def _silent(address: str, why: str) -> ToolMissing:
    hint = "start one with `dask scheduler`, or leave out --dask"
    return _missing(f"no Dask scheduler answers at {address}: {why}", hint)


def _missing(what: str, hint: str) -> ToolMissing:
    return ToolMissing(f"{what}\n  hint: {hint}")


def _done(client: Any, futures: Sequence[Any], address: str) -> Generator[Any]:
    """Yield every future once it is done, as long as there is anybody to do it.

    Raises:
        ToolMissing: the scheduler has gone, or there have been no workers for long.
    """
    import distributed  # noqa: PLC0415 - heavy, and an extra

    wait: Any = distributed.wait  # typed as if it were always awaited
    waiting, alone = list(futures), 0
    while waiting:
        try:
            done = set(wait(waiting, timeout=LOOK_S, return_when="FIRST_COMPLETED").done)
        except TimeoutError:
            alone = 0 if workers_of(client, address) else alone + 1
            if alone >= ALONE:
                raise _alone(address) from None
            continue
        except Exception as error:  # what was asked for is cancelled: its scheduler has gone
            if any(future.cancelled() for future in waiting):
                raise _gone(address) from error
            raise
        yield from (future for future in waiting if future in done)
        waiting = [future for future in waiting if future not in done]


def workers_of(client: Any, address: str) -> int:
    """Return how many workers there are; `ToolMissing` if the scheduler has gone."""
    try:
        return len(client.nthreads())
    except (OSError, RuntimeError, ValueError) as error:
        raise _gone(address) from error


def _alone(address: str) -> ToolMissing:
    return _missing(f"{address} has no workers", f"start some: dask worker {address}")


def _gone(address: str) -> ToolMissing:
    return _missing(f"the Dask scheduler at {address} has gone", "start it, and try again")


def _result(future: Any, address: str) -> Answered:
    """Return what a worker answered, or that workers died of it.

    Raises:
        ToolMissing: it lacks Rackpress, or has another version of it.
    """
    from distributed import KilledWorker  # noqa: PLC0415 - heavy, and an extra

    try:
        theirs, found = cast("tuple[dict[str, str], RackAnswer]", future.result())
    except KilledWorker as error:
        what = "workers died of one site again and again (short of memory?)"
        last = error.last_worker.address
        return CheckFailed(f"{what}; the last was {last}")
    except ModuleNotFoundError as error:
        what = f"a worker of {address} lacks {error.name}"
        raise _missing(what, "install Rackpress where the workers run") from None
    ours = versions()
    other = [
        f"{name} {theirs.get(name)} and not {own}"
        for name, own in ours.items()
        if theirs.get(name) != own
    ]
    if other:
        what = f"a worker of {address} runs {', '.join(other)}: it may answer otherwise"
        raise _missing(what, "install the same versions everywhere")
    return found
