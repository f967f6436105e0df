"""Told to stop while the slicer works, a command ends the slicer and all that it started."""

import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
SECONDS = 60.0  # no time is measured: longer than any machine needs
# Deaf to everything that can be ignored, with a child of its own, and never done.
DEAF = """#!/bin/sh
trap '' TERM INT HUP
sleep 600 &
echo $$ $! $PWD > {said}.part && mv {said}.part {said}
while true; do wait; done
"""
# ^C is ignored in what a shell without job control runs, and a closed terminal under nohup;
# Python then never hears of them.
PROGRAM = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)
from cli.main import main
main()
"""
BLANK = ("mount", "blank", "--rack", "10in", "--height", "0.5U", "--format", "stl", "--slice")


def alive(process: int) -> bool:
    """Whether a process runs; one that has ended and waits to be counted does not."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{process}/stat")
    return not state.is_file() or state.read_text().rpartition(")")[2].split()[0] != "Z"


def until(true: Callable[[], bool], what: str) -> None:
    """Wait for something, given as a function."""
    end = time.monotonic() + SECONDS
    while not true():
        assert time.monotonic() < end, what
        time.sleep(0.05)


def deaf(folder: Path) -> tuple[list[str], dict[str, str], Path]:
    """Return a command whose slicer never ends, its environment, and where that says who it is."""
    program, said = folder / "deaf-slicer", folder / "said"
    program.write_text(DEAF.format(said=said))
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    command = [sys.executable, "-c", PROGRAM, *BLANK, "-o", str(folder / "parts")]
    own = {"RACKPRESS_PRUSA_SLICER": str(program), "PYTHONPATH": str(ROOT)}
    return command, {**os.environ, **own}, said


@pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")
@pytest.mark.parametrize(
    ("sent", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130), (signal.SIGHUP, 129)]
)
def test_no_slicer_outlives_the_command(sent: signal.Signals, code: int, tmp_path: Path) -> None:
    command, own, said = deaf(tmp_path)
    with subprocess.Popen(command, env=own, stderr=subprocess.PIPE, encoding="utf-8") as running:
        until(lambda: said.exists() or running.poll() is not None, "the slicer was never called")
        *processes, folder = said.read_text().split()
        slicer, child = map(int, processes)
        assert alive(slicer)
        assert alive(child)
        running.send_signal(sent)
        try:
            _, talk = running.communicate(timeout=SECONDS)
        finally:
            left = [one for one in (slicer, child) if alive(one)]
            for one in left:
                os.kill(one, signal.SIGKILL)
    assert running.returncode == code
    assert talk.splitlines()[-1] == "stopped; nothing was changed"
    assert left == []
    assert not Path(folder).exists()
    assert not (tmp_path / "parts").exists()


@pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")
def test_no_slicer_outlives_a_command_that_is_killed(tmp_path: Path) -> None:
    """SIGKILL leaves the command no time to end anything."""
    command, own, said = deaf(tmp_path)
    with subprocess.Popen(command, env=own, stderr=subprocess.DEVNULL) as running:
        until(lambda: said.exists() or running.poll() is not None, "the slicer was never called")
        slicer, child = map(int, said.read_text().split()[:2])
        running.kill()
    try:
        until(lambda: not alive(slicer) and not alive(child), "the slicer outlived the command")
    finally:
        for one in (slicer, child):
            if alive(one):
                os.kill(one, signal.SIGKILL)
