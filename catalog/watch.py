"""A group of processes that ends with this one, even if this one is killed and can end nothing."""

import contextlib
import os
import signal
import subprocess
from collections.abc import Generator

# A pipe that nobody holds open any more ends: then the shell kills its group, itself too.
UNTIL_THE_PIPE_ENDS = "read -r _; kill -s KILL 0"


@contextlib.contextmanager
def group_of_its_own() -> Generator[int | None]:
    """Yield a process group for another program; whatever is in it is killed at the end.

    A shell leads the group and waits for the end of a pipe that this process alone holds open.
    Where there is no shell, as on Windows, there is no group either.
    """
    heard, held = os.pipe()
    try:
        leader = subprocess.Popen(  # noqa: S603 - a text of our own
            ["/bin/sh", "-c", UNTIL_THE_PIPE_ENDS],
            stdin=heard,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            process_group=0,
        )
    except (OSError, ValueError):  # no shell; no groups
        leader = None
    finally:
        os.close(heard)
    try:
        yield None if leader is None else leader.pid
    finally:
        if leader is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(leader.pid, signal.SIGKILL)
            leader.wait()
        os.close(held)
