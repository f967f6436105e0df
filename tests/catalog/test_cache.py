"""What is kept comes back as it was or not at all; what is damaged, full or off never fails."""

import errno
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from catalog.cache import Cache, key_of, open_cache
from catalog.origin import code_digest, tree
from catalog.problems import InputError

BLOBS = st.dictionaries(st.text(max_size=8), st.binary(max_size=200), max_size=4)
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda one: st.lists(one, max_size=3) | st.dictionaries(st.text(max_size=3), one, max_size=3),
    max_leaves=6,
)
KEY = key_of("a test")


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


@given(blobs=BLOBS)
def test_what_is_kept_comes_back(blobs: dict[str, bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        _comes_back(Cache(Path(folder)), blobs)


def _comes_back(cache: Cache, blobs: dict[str, bytes]) -> None:
    assert cache.get(KEY) is None
    cache.keep(KEY, blobs)
    found = cache.get(KEY)
    assert found == blobs
    assert list(found or {}) == list(blobs)
    assert [path.parent.parent.name for path in files(cache.folder)] == ["v1"]


def tagged(value: Any) -> Any:
    """Return data with the type of each value, so that 1, 1.0 and true differ."""
    if isinstance(value, dict):
        return sorted((key, tagged(one)) for key, one in value.items())
    if isinstance(value, list):
        return tuple(map(tagged, value))
    return type(value).__name__, repr(value)


@given(one=PLAIN, other=PLAIN)
@example(one={"a": 1, "b": [True]}, other={"b": [True], "a": 1})
@example(one=[1], other=[1.0])
def test_keys_differ_as_what_they_are_made_of(one: object, other: object) -> None:
    assert (key_of("k", one) == key_of("k", other)) == (tagged(one) == tagged(other))
    assert key_of("k", one) != key_of("l", one)
    assert key_of("k", one) != key_of("k", one, None)


def test_every_damage_is_found_and_the_entry_goes(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.keep(KEY, {"a": b"0123", "b": b""})
    whole = cache.path(KEY).read_bytes()
    wrong = [whole[:n] for n in range(len(whole))]
    wrong += [whole[:n] + bytes([whole[n] ^ 1]) + whole[n + 1 :] for n in range(len(whole))]
    for data in [*wrong, whole + b"\0"]:
        cache.path(KEY).write_bytes(data)
        assert cache.get(KEY) is None
        assert not cache.path(KEY).exists()


def test_what_was_not_used_for_longest_goes_first(tmp_path: Path) -> None:
    cache = Cache(tmp_path, most_bytes=3_500)
    keys = [key_of("a test", n) for n in range(4)]
    for n, key in enumerate(keys):
        cache.keep(key, {"a": bytes(1_000)})
        os.utime(cache.path(key), ns=(n, n))
    assert cache.get(keys[0]) is not None  # used: the newest now
    cache.trim()
    assert [cache.get(key) is not None for key in keys] == [True, False, True, True]
    assert cache.clear() == 3
    assert cache.clear() == 0
    assert files(tmp_path) == []


def test_a_full_disk_keeps_nothing_and_fails_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, data: bytes) -> int:
        with path.open("wb") as file:
            file.write(data[: len(data) // 2])
        raise OSError(errno.ENOSPC, "No space left on device")

    cache = Cache(tmp_path)
    monkeypatch.setattr(Path, "write_bytes", full)
    cache.keep(KEY, {"a": b"x" * 100})
    assert cache.get(KEY) is None
    assert files(tmp_path) == []


def test_a_folder_that_cannot_be_is_no_cache(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    cache = Cache(tmp_path / "file" / "cache")
    cache.keep(KEY, {"a": b""})
    cache.trim()
    assert cache.get(KEY) is None
    assert cache.clear() == 0


@pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")
def test_what_a_killed_writer_left_is_swept(tmp_path: Path) -> None:
    program = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from catalog.cache import Cache, key_of\n"
        "Path.write_bytes = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        "Cache(Path(sys.argv[1])).keep(key_of('k'), {'a': b'x'})"
    )
    killed = subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert len(list((tmp_path / "v1").glob(".new-*"))) == 1
    Cache(tmp_path).trim()
    assert list((tmp_path / "v1").glob(".new-*")) == []


def test_the_environment_says_where_how_much_and_whether(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RACKPRESS_CACHE", "off")
    assert open_cache() is None
    monkeypatch.setenv("RACKPRESS_CACHE", "/somewhere")
    monkeypatch.setenv("RACKPRESS_CACHE_MB", "7")
    assert open_cache() == Cache(Path("/somewhere"), 7_000_000)
    for wrong in ("x", "-1", "1.5", "9" * 10, "٣"):
        monkeypatch.setenv("RACKPRESS_CACHE_MB", wrong)
        with pytest.raises(InputError, match="RACKPRESS_CACHE_MB"):
            open_cache()
    monkeypatch.delenv("RACKPRESS_CACHE_MB")
    monkeypatch.delenv("RACKPRESS_CACHE")
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", "/xdg")
    assert open_cache() == Cache(Path("/xdg/rackpress"))
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setenv("HOME", "/somebody")
    assert open_cache() == Cache(Path("/somebody/.cache/rackpress"))


def test_the_code_digest_covers_names_and_bytes_of_every_source_and_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("catalog.origin.HOME", tmp_path)

    def digest() -> str:
        code_digest.cache_clear()
        return code_digest(("room",))

    room = tmp_path / "room" / "data"
    room.mkdir(parents=True)
    (room / "a.py").write_text("1")
    seen = [digest()]
    (room / "a.py").write_text("2")
    seen.append(digest())
    (room / "b.toml").write_text("")
    seen.append(digest())
    (room / "b.toml").rename(room / "c.toml")
    seen.append(digest())
    (room / "a.py").rename(room.parent / "a.py")
    seen.append(digest())
    assert len(set(seen)) == 5
    (room / "__pycache__").mkdir()
    (room / "__pycache__" / "a.pyc").write_text("compiled")
    assert digest() == seen[-1]
    code_digest.cache_clear()
    assert [name for name, _ in tree(tmp_path / "room")] == ["a.py", "data/c.toml"]
