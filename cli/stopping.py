"""Asked to end, a command ends what it called as well: the slicer, KiCad, its helper processes."""

import contextlib
import signal
import threading
from collections.abc import Generator
from types import FrameType

ASKS = ("SIGTERM", "SIGHUP")  # by another program, and by a terminal that was closed


class Ended(BaseException):
    """A signal asked the program to end; no error, so that nothing but `finally` stops it.

    Args:
        number: of the signal.
    """

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.code = 128 + number  # as shells count it


@contextlib.contextmanager
def ending_in_order() -> Generator[None]:
    """Let a signal that asks for the end be an exception, as ^C is: whoever waits cleans up.

    Asked a second time the program ends at once.
    """
    if threading.current_thread() is not threading.main_thread():  # only that one takes signals
        yield
        return
    asks = [getattr(signal, name) for name in ASKS if hasattr(signal, name)]
    # What the parent had ignored stays so: `nohup` means it.
    before = {ask: signal.getsignal(ask) for ask in asks}
    taken = [ask for ask, old in before.items() if old == signal.SIG_DFL]

    def ended(number: int, _: FrameType | None) -> None:
        for ask in taken:
            signal.signal(ask, signal.SIG_DFL)
        raise Ended(number)

    for ask in taken:
        signal.signal(ask, ended)
    try:
        yield
    finally:
        for ask in taken:
            signal.signal(ask, signal.SIG_DFL)
