"""What processes need is loaded ahead where that will pay, and nothing outlives the command."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from catalog.cache import Cache
from rack.folder import MANIFEST
from rack.unchanged import Request, is_new, remember
from rack.workers import PRELOAD

ROOT = Path(__file__).parents[2]
linux = pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="asks /proc")
# Says of itself and of all it started who they are, and whether the server was asked for.
PROGRAM = """
import sys
from multiprocessing import forkserver
from cli.main import main
begun = []
real = forkserver.ensure_running
forkserver.ensure_running = lambda: (begun.append(1), real())
try:
    main(sys.argv[1:])
finally:
    print("server" if begun else "no server", file=sys.stderr)
"""
RACK = """\
version = 1
name = "small"
rack = "10in"
height = "1U"

[[item]]
device = "netgear-gs305"
"""


@pytest.fixture
def temporary() -> Iterator[Path]:
    """A folder whose path is short enough for the server's socket."""
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        yield Path(folder)


def run(
    folder: Path, temporary: Path, *words: str, mark: str = ""
) -> "subprocess.CompletedProcess[str]":
    own = {"RACKPRESS_CACHE": str(folder / "cache"), "TMPDIR": str(temporary), "MARK": mark}
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, "build", "rack.toml", "--no-pictures", *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **own},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def marked(mark: str) -> list[str]:
    """Return the processes that carry a mark in their environment, those that ended aside."""
    found: list[str] = []
    for each in Path("/proc").iterdir():
        if not each.name.isdecimal():
            continue
        try:
            state = (each / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
            if f"MARK={mark}".encode() in (each / "environ").read_bytes() and state != "Z":
                found.append(each.name)
        except OSError:
            continue
    return found


@linux
def test_a_refused_file_leaves_no_process_and_no_file(tmp_path: Path, temporary: Path) -> None:
    text = RACK.replace("netgear-gs305", "netgear-gs30")
    (tmp_path / "rack.toml").write_text(text, encoding="utf-8")
    mark = f"refused-{os.getpid()}-{tmp_path.name}"
    refused = run(tmp_path, temporary, "--jobs", "2", mark=mark)
    assert refused.returncode == 2, refused.stderr
    assert refused.stderr.splitlines()[-1] == "server"  # it was loading when the file was refused
    assert marked(mark) == []
    assert list(temporary.iterdir()) == []


@linux
def test_the_server_starts_ahead_for_a_file_that_was_never_built_alone(
    tmp_path: Path, temporary: Path
) -> None:
    (tmp_path / "rack.toml").write_text(RACK, encoding="utf-8")
    mark = f"built-{os.getpid()}-{tmp_path.name}"
    said: list[str] = []
    for words in (["2"], ["2"], ["1", "--no-cache"]):
        (tmp_path / "outputs" / "small" / "bom.csv").unlink(missing_ok=True)
        done = run(tmp_path, temporary, "--jobs", *words, mark=mark)
        assert done.returncode == 0, done.stderr
        said.append(done.stderr.splitlines()[-1])
        assert marked(mark) == []
    assert said == ["server", "no server", "no server"]
    assert list(temporary.iterdir()) == []


def test_a_long_path_to_temporary_files_is_no_hindrance(tmp_path: Path) -> None:
    """No socket has room for it: the processes are begun one by one."""
    (tmp_path / "rack.toml").write_text(RACK, encoding="utf-8")
    deep = tmp_path / ("long" * 25)
    deep.mkdir()
    done = run(tmp_path, deep, "--jobs", "2")
    assert (done.returncode, done.stderr.splitlines()[-1]) == (0, "no server"), done.stderr
    assert list(deep.iterdir()) == []


def test_a_file_is_new_until_a_build_of_it_is_noted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.toml").write_text(RACK, encoding="utf-8")
    Path("out").mkdir()
    (Path("out") / MANIFEST).write_text("{}", encoding="utf-8")
    cache = Cache(tmp_path / "cache")
    first, other = Request(Path("a.toml"), None, {}), Request(Path("b.toml"), None, {})
    assert is_new(first, None)
    assert is_new(first, cache)
    remember(first, {}, Path("out"), {"text": ""}, cache)
    Path("a.toml").write_text(RACK.replace("small", "changed"), encoding="utf-8")
    assert not is_new(first, cache)  # what is in it does not matter
    assert is_new(other, cache)


def test_all_that_is_loaded_ahead_is_there() -> None:
    """The server passes over a module that it cannot find, and says nothing."""
    code = f"import importlib\nfor name in {PRELOAD!r}: importlib.import_module(name)"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
