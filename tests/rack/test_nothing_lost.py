"""A full disk, a lost right, a kill, two builds at once: the last whole result stays."""

import contextlib
import errno
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest

from catalog import staging
from catalog.problems import InputError
from rack.folder import MANIFEST, digests, may_replace, replace_folder

POSIX = pytest.mark.skipif(os.name != "posix", reason="locks and signals as POSIX has them")
ERRORS = (errno.ENOSPC, errno.EROFS, errno.EACCES)
# All that changes a disk on the way to a new folder.
CHANGES: tuple[tuple[Any, str], ...] = (
    (Path, "write_bytes"),
    (Path, "mkdir"),
    (os, "replace"),
    (os, "unlink"),
    (os, "rmdir"),
    (tempfile, "mkdtemp"),
)


def result(word: str) -> dict[str, bytes]:
    """A small whole result with a manifest, as a build leaves it."""
    files = {name: f"{word} {name}".encode() * 9 for name in ("plan.json", "parts/a.stl")}
    record = {"tool": "rackpress 0", "files": digests(files)}
    return {**files, MANIFEST: json.dumps(record).encode()}


def content(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


class Faults:
    """Lets changes of a disk fail: the one of a number, or that one and all after it."""

    def __init__(self, at: int, code: int, *, lasting: bool) -> None:
        self.at, self.code, self.lasting, self.count = at, code, lasting, 0

    def around(self, real: Callable[..., Any], name: str) -> Callable[..., Any]:
        """Return a function that fails when it is its turn; a write leaves half of it."""

        def change(*args: Any, **words: Any) -> Any:
            self.count += 1
            if self.count == self.at or (self.lasting and self.count > self.at):
                if name == "write_bytes":
                    real(args[0], args[1][: len(args[1]) // 2])
                raise OSError(self.code, os.strerror(self.code), str(args[:1]))
            return real(*args, **words)

        return change


@contextlib.contextmanager
def failing(faults: Faults, *only: str) -> Generator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for owner, name in CHANGES:
            if only and name not in only:
                continue
            patch.setattr(owner, name, faults.around(getattr(owner, name), name))
        yield


def unable(one: Path, other: Path) -> bool:
    """Exchange nothing, as a system that cannot."""
    return False


@POSIX
@pytest.mark.parametrize("able", [True, False])
@pytest.mark.parametrize("lasting", [True, False])
@pytest.mark.parametrize("code", ERRORS)
def test_whatever_change_of_the_disk_fails_a_whole_result_stays(
    code: int, lasting: bool, able: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not able:
        monkeypatch.setattr(staging, "exchanged", unable)
    old, new, place = result("old"), result("new"), tmp_path / "home" / "rack"
    at = 0
    while True:
        at += 1
        replace_folder(place, old)
        faults = Faults(at, code, lasting=lasting)
        said = ""
        try:
            with failing(faults):
                replace_folder(place, new)
        except InputError as error:
            said = str(error)
        if said:
            assert "--output" in said
            assert os.strerror(code) in said
            assert str(place) in said
        may_replace(place)  # as the next build begins; it puts back what lay between two steps
        assert content(place) == (old if said else new), (at, said)
        replace_folder(place, result("next"))
        assert content(place) == result("next")
        assert [path.name for path in place.parent.iterdir()] == ["rack"], at
        if faults.count < at:
            break
    assert at > 10


@POSIX
def test_what_cannot_go_back_into_its_place_waits_for_the_next_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No exchange, and after the old has left its place no rename works: it is not thrown away."""
    monkeypatch.setattr(staging, "exchanged", unable)
    place = tmp_path / "rack"
    replace_folder(place, result("old"))
    broken = Faults(2, errno.EACCES, lasting=True)
    with failing(broken, "replace"), pytest.raises(InputError, match="cannot be written"):
        replace_folder(place, result("new"))
    assert not place.exists()
    may_replace(place)
    assert content(place) == result("old")
    assert [path.name for path in tmp_path.iterdir()] == ["rack"]


# Forks at each line of what puts a folder in its place, and kills the child there.
KILLED = """
import os, signal, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from catalog import staging
from rack import folder
import test_nothing_lost as law

place, able = Path(sys.argv[2]), sys.argv[3] == "able"
if not able:
    staging.exchanged = law.unable
files = {one.__file__ for one in (staging, folder)}

def child(at):
    left = at
    def trace(frame, event, value):
        nonlocal left
        if frame.f_code.co_filename not in files:
            return None
        if event == "line":
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
        return trace
    sys.settrace(trace)
    folder.replace_folder(place, law.result("new"))
    os._exit(0)

seen, at = set(), 0
while True:
    at += 1
    folder.replace_folder(place, law.result("old"))
    pid = os.fork()
    if pid == 0:
        child(at)
    _, status = os.waitpid(pid, 0)
    if os.WIFEXITED(status):
        assert status == 0, status
        break
    if able:
        assert place.is_dir(), at
    folder.may_replace(place)
    found = law.content(place)
    assert found in (law.result("old"), law.result("new")), (at, sorted(found))
    seen.add(found["plan.json"].split()[0])
    folder.replace_folder(place, law.result("next"))
    assert law.content(place) == law.result("next"), at
    assert [path.name for path in place.parent.iterdir()] == [place.name], at
assert seen == {b"old", b"new"}, seen
print(at)
"""


@POSIX
@pytest.mark.parametrize("able", ["able", "unable"])
def test_a_kill_at_any_line_of_the_swap_leaves_the_old_or_the_new(
    able: str, tmp_path: Path
) -> None:
    words = [str(Path(__file__).parent), str(tmp_path / "home" / "rack"), able]
    run = subprocess.run(
        [sys.executable, "-c", KILLED, *words], capture_output=True, encoding="utf-8", check=False
    )
    assert run.returncode == 0, run.stderr[-2000:]
    assert int(run.stdout) > 100


# Replaces a folder again and again with a result of its own.
TURNS = 60
AGAIN = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from rack.folder import replace_folder
import test_nothing_lost as law
print("ready", flush=True)
sys.stdin.readline()
for _ in range(law.TURNS):
    replace_folder(Path(sys.argv[2]), law.result(sys.argv[3]))
"""


def seen(place: Path) -> dict[str, bytes] | None:
    """What a folder holds, if it is in its place from the first look to the last."""
    handle = os.open(place, os.O_RDONLY)  # held, so that its number is not given to another
    try:
        found: dict[str, bytes] = {}
        for name in result(""):
            with contextlib.suppress(FileNotFoundError):
                one = os.open(name, os.O_RDONLY, dir_fd=handle)
                with os.fdopen(one, "rb") as file:
                    found[name] = file.read()
        return found if os.path.samestat(os.fstat(handle), place.stat()) else None
    finally:
        os.close(handle)


@pytest.mark.skipif(sys.platform != "linux", reason="folders are exchanged in one step there")
def test_of_two_builds_at_once_the_folder_is_always_one_whole(tmp_path: Path) -> None:
    place = tmp_path / "home" / "rack"
    replace_folder(place, result("one"))
    command = [sys.executable, "-c", AGAIN, str(Path(__file__).parent), str(place)]
    both = [
        subprocess.Popen(
            [*command, word], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for word in ("one", "two")
    ]
    for one in both:
        assert one.stdout is not None
        assert one.stdin is not None
        one.stdout.readline()
        one.stdin.write(b"\n")
        one.stdin.flush()
    looks: list[dict[str, bytes]] = []
    while any(one.poll() is None for one in both):
        found = seen(place)
        if found is not None:
            looks.append(found)
    told = [one.communicate()[1].decode() for one in both]
    assert [one.returncode for one in both] == [0, 0], told
    assert looks
    for found in [*looks, content(place)]:
        assert found in (result("one"), result("two"))
    assert [path.name for path in place.parent.iterdir()] == ["rack"]


@POSIX
def test_nothing_is_made_where_there_is_no_right_to(tmp_path: Path) -> None:
    place = tmp_path / "a" / "b" / "rack"
    with failing(Faults(1, errno.EROFS, lasting=True)), pytest.raises(InputError) as told:
        may_replace(place)
    assert os.strerror(errno.EROFS) in str(told.value)
    assert list(tmp_path.iterdir()) == []
