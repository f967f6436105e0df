"""`rackpress pack --dask`: two worker processes, one killed, and the bytes of a plain run."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import cli.sites
import rack.cluster
from cli.main import main

ROOT = Path(__file__).parent.parent.parent
LONG_S = 120  # on a busy machine; nothing here waits that long on an idle one
RACK = """version = 1
name = "s{n}"
rack = "10in"
height = "{high}U"
[[item]]
name = "a"
mount = "blank"
height = "1U"
[[item]]
name = "b"
mount = "blank"
height = "2U"
at_u = 1
"""
FLEET = """version = 1
name = "farm"
[[node]]
name = "pi"
count = {count}
pitch = "24mm"
height = "2U"
[[cabinet]]
name = "tall"
height = "42U"
"""


def pack(*words: str) -> Result:
    return CliRunner().invoke(main, ["pack", *words], catch_exceptions=False)


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eight racks, two fleets, a rack in which all cannot be, and a file with two mistakes."""
    folder = tmp_path_factory.mktemp("sites")
    for n in range(8):
        text = RACK.format(n=n, high=4 + n)
        (folder / f"rack-{n}.toml").write_text(text, encoding="utf-8")
    (folder / "clash.toml").write_text(RACK.format(n=9, high=2), encoding="utf-8")
    (folder / "wrong.toml").write_text(RACK.format(n="A B", high=-1), encoding="utf-8")
    for count in (700, 7000):
        (folder / f"farm-{count}.toml").write_text(FLEET.format(count=count), encoding="utf-8")
    return folder


def spawned(folder: Path, *words: str) -> subprocess.Popen[bytes]:
    """Start a part of a cluster; it ends by itself should nobody end it."""
    program = [sys.executable, "-m", *words, "--host", "127.0.0.1", "--no-dashboard"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    paths = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(program, cwd=folder, env=paths, **quiet)  # type: ignore[call-overload]


@contextlib.contextmanager
def scheduler(folder: Path) -> Generator[tuple[subprocess.Popen[bytes], str]]:
    """Yield a scheduler and its address."""
    told = folder / "scheduler.json"
    words = ("--port", "0", "--scheduler-file", str(told), "--idle-timeout", "300s")
    process = spawned(folder, "distributed.cli.dask_scheduler", *words)
    try:
        until(lambda: process.poll() is not None or told.exists())
        assert process.poll() is None, "the scheduler ended"
        until(lambda: '"address"' in told.read_text(encoding="utf-8"))
        yield process, json.loads(told.read_text(encoding="utf-8"))["address"]
    finally:
        process.kill()
        process.wait()


def until(there: Callable[[], bool]) -> None:
    """Wait until something is so."""
    end = time.monotonic() + LONG_S
    while not there():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.05)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Generator[tuple[Any, list[Any]]]:
    """Yield a client of a local cluster, and the processes of its two workers."""
    import distributed  # noqa: PLC0415 - heavy

    folder = tmp_path_factory.mktemp("cluster")
    with scheduler(folder) as (_, address):
        words = (address, "--nthreads", "1", "--no-nanny", "--death-timeout", "60")
        workers = [spawned(folder, "distributed.cli.dask_worker", *words) for _ in range(2)]
        client = distributed.Client(address, timeout=LONG_S, set_as_default=False)
        try:
            client.wait_for_workers(2, timeout=LONG_S)
            yield client, workers
        finally:
            client.close()
            for worker in workers:
                worker.kill()
                worker.wait()


def test_a_cluster_gives_the_same_bytes_though_a_worker_is_killed(
    sites: Path, cluster: tuple[Any, list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One worker stands still with work in hand until the other has done a site; then it dies."""
    client, workers = cluster
    address = client.scheduler.address
    plain = pack(str(sites), "--json")
    addresses = dict(client.run(os.getpid))
    doomed, said = workers[0], list[str]()
    held = dict.fromkeys(addresses, 0)

    def say(text: str) -> None:
        said.append(text)
        if len(said) == 1:
            held.update({name: len(keys) for name, keys in client.processing().items()})
            doomed.kill()
            doomed.wait()

    with monkeypatch.context() as patch:
        patch.setattr(cli.sites, "say", say)
        doomed.send_signal(signal.SIGSTOP)
        shared = pack(str(sites), "--json", "--dask", address)
    assert [held[name] > 0 for name, pid in addresses.items() if pid == doomed.pid] == [True]
    assert len(client.nthreads()) == 1
    assert shared.stdout == plain.stdout
    assert (shared.exit_code, plain.exit_code) == (2, 2)
    told = {Path(s["file"]).stem: s for s in json.loads(shared.stdout)["sites"]}
    assert {name: s["exit"] for name, s in told.items() if s["exit"]} == {"clash": 1, "wrong": 2}
    assert [p["key"] for p in told["wrong"]["problems"]] == ["name", "height"]
    assert told["farm-7000"]["cabinets"] == -(-7000 // (18 * 21))  # 18 in a row, 21 rows of 2U
    assert all(f"{len(told) - 1}: " in line for line in said)
    words = pack(str(sites), "--dask", address)
    assert words.stdout == pack(str(sites)).stdout
    assert "wrong.toml:2: name" in words.stderr


def test_a_worker_of_another_version_is_not_believed(
    sites: Path, cluster: tuple[Any, list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rack.cluster, "versions", lambda: {"rackpress": "9.9"})
    address = cluster[0].scheduler.address
    result = pack(str(sites / "rack-0.toml"), "--dask", address)
    assert result.exit_code == 3
    assert "and not 9.9" in result.stderr
    assert result.stdout == ""


def test_a_site_of_which_workers_die_is_told_by_name(
    sites: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def deadly(asked: object) -> None:  # within a test, so that it is sent whole and not by name
        os._exit(1)

    monkeypatch.setattr(rack.cluster, "job", deadly)
    monkeypatch.setenv("DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES", "0")
    with scheduler(tmp_path) as (_, address):
        words = (address, "--nthreads", "1", "--no-nanny", "--death-timeout", "60")
        worker = spawned(tmp_path, "distributed.cli.dask_worker", *words)
        try:
            result = pack(str(sites / "rack-0.toml"), "--dask", address)
        finally:
            worker.kill()
            worker.wait()
    assert result.exit_code == 1
    assert "rack-0.toml: workers died of one site" in result.stderr
    assert result.stdout == ""


def test_a_cluster_without_workers_and_one_that_goes_are_given_up(
    sites: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rack.cluster, "LOOK_S", 0.1)
    monkeypatch.setattr(rack.cluster, "ALONE", 2)
    monkeypatch.setattr(rack.cluster, "CONNECT_S", 5.0)
    file = str(sites / "rack-0.toml")
    with scheduler(tmp_path) as (process, address):
        alone = pack(file, "--dask", address)
        looked = rack.cluster.workers_of

        def gone(client: object, address: str) -> int:
            process.kill()
            process.wait()
            return looked(client, address)

        monkeypatch.setattr(rack.cluster, "workers_of", gone)
        lost = pack(file, "--dask", address)
    assert (alone.exit_code, lost.exit_code) == (3, 3)
    assert "has no workers" in alone.stderr
    assert "has gone" in lost.stderr
    assert alone.stdout == lost.stdout == ""


@pytest.mark.parametrize(
    ("address", "code", "said"),
    [
        ("tcp://127.0.0.1:{closed}", 3, "no Dask scheduler answers"),
        ("127.0.0.1", 2, "a port is missing"),
        ("tcp://:8786", 2, "a host is missing"),
        ("127.0.0.1:x", 2, "tcp://HOST:PORT"),
    ],
)
def test_an_address_that_is_none_or_where_nobody_answers_is_told(
    sites: Path, address: str, code: int, said: str
) -> None:
    with socket.socket() as closed:  # bound and deaf: nobody answers there
        closed.bind(("127.0.0.1", 0))
        address = address.format(closed=closed.getsockname()[1])
        result = pack(str(sites / "rack-0.toml"), "--dask", address)
    assert result.exit_code == code, result.stderr
    assert said in result.stderr
    assert result.stdout == ""


def test_without_the_extra_it_says_how_to_get_it(
    sites: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    result = pack(str(sites / "rack-0.toml"), "--dask", "tcp://127.0.0.1:1")
    assert result.exit_code == 3
    assert "pip install 'rackpress[dask]'" in result.stderr


def test_a_folder_without_files_and_a_drawing_of_many_are_refused(
    sites: Path, tmp_path: Path
) -> None:
    assert "holds no file named *.toml" in pack(str(tmp_path)).stderr
    several = pack(str(sites), "--svg", str(tmp_path / "a.svg"))
    assert several.exit_code == 2
    assert "draws one rack" in several.stderr
    fleet = pack(str(sites / "farm-700.toml"), "--svg", str(tmp_path / "a.svg"))
    assert "a fleet has no elevation" in fleet.stderr
    assert not list(tmp_path.iterdir())
