"""Results kept from one run to the next, each found by a digest of all that it was made from.

An entry is one file: the digest of the rest, a list of what is in it, then the content. It appears
in one step, so that two processes may write the same one; it is checked when it is read, and one
that is damaged is as good as none. What was not used for longest goes first when room runs out.
Nothing here ever fails a command: without a cache all is made anew, and comes out the same.
"""

import contextlib
import hashlib
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from catalog.problems import InputError, Problem
from catalog.staging import stage, sweep

ENV = "RACKPRESS_CACHE"
LIMIT_ENV = "RACKPRESS_CACHE_MB"
OFF = "off"
LAYOUT = "v1"
MOST_MB = 2_000  # the four examples take 150
NEW = ".new-"
DIGEST_BYTES = 32


@dataclass(frozen=True)
class Cache:
    """Entries in a folder.

    Args:
        folder: where; made when the first entry is kept.
        most_bytes: what all entries together may take.
    """

    folder: Path
    most_bytes: int = MOST_MB * 1_000_000

    @property
    def entries(self) -> Path:
        """The folder of this layout's entries."""
        return self.folder / LAYOUT

    def path(self, key: str) -> Path:
        """Return the file of an entry."""
        return self.entries / key[:2] / key[2:]

    def get(self, key: str) -> dict[str, bytes] | None:
        """Return what was kept under a key, by name; `None` if there is nothing, or it is damaged.

        Args:
            key: hexadecimal, from `key_of`.
        """
        path = self.path(key)
        try:
            data = path.read_bytes()
        except OSError:
            return None
        found = _unpacked(data)
        with contextlib.suppress(OSError):
            if found is None:
                path.unlink()
            else:
                os.utime(path)  # used last of all
        return found

    def keep(self, key: str, content: Mapping[str, bytes]) -> None:
        """Keep a result; if it cannot be written it is not kept, and nothing is left of it.

        Args:
            key: hexadecimal, from `key_of`.
            content: the result, by name.
        """
        path = self.path(key)
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with stage(self.entries, NEW) as made:
                (made / "entry").write_bytes(_packed(content))
                os.replace(made / "entry", path)  # noqa: PTH105 - one step, on every system

    def files(self) -> Iterator[tuple[Path, os.stat_result]]:
        """Yield every entry's file."""
        with contextlib.suppress(OSError):
            for folder in sorted(self.entries.iterdir()):
                if not folder.name.startswith("."):
                    yield from _files_in(folder)

    def trim(self) -> None:
        """Remove what was not used for longest until the rest has room, and what a kill left."""
        sweep(self.entries, NEW)
        every = sorted(self.files(), key=lambda one: (one[1].st_mtime_ns, one[0].name))
        total = sum(size.st_size for _, size in every)
        for path, size in every:
            if total <= self.most_bytes:
                return
            with contextlib.suppress(OSError):
                path.unlink()
                total -= size.st_size

    def clear(self) -> int:
        """Remove every entry and return how many there were.

        Raises:
            InputError: the folder cannot be changed.
        """
        count = sum(1 for _ in self.files())
        if self.entries.exists():
            try:
                shutil.rmtree(self.entries)
            except OSError as error:
                what = f"{self.entries} cannot be removed: {error.strerror or error}"
                raise InputError(Problem(ENV, what)) from None
        return count


def open_cache() -> Cache | None:
    """Return the user's cache; `None` where there shall be none, or there is no place for it.

    `RACKPRESS_CACHE` names another folder, or is `off`; `RACKPRESS_CACHE_MB` is how large it gets.

    Raises:
        InputError: `RACKPRESS_CACHE_MB` is no number.
    """
    named = os.environ.get(ENV, "")
    if named == OFF:
        return None
    limit = os.environ.get(LIMIT_ENV) or str(MOST_MB)
    if not (limit.isascii() and limit.isdecimal() and len(limit) <= 9):
        what = f"{limit[:40]!r} is not a number of MB"
        raise InputError(Problem(LIMIT_ENV, what, allowed="0 and more", nearest=str(MOST_MB)))
    try:
        folder = Path(named).expanduser().absolute() if named else _usual()
    except (RuntimeError, OSError):  # no home
        return None
    return Cache(folder, int(limit) * 1_000_000)


def _usual() -> Path:
    """Return the place for caches on this system."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or tempfile.gettempdir()) / "rackpress" / "cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "rackpress"
    named = os.environ.get("XDG_CACHE_HOME", "")
    # Relative paths there count for nothing, says the XDG base directory specification.
    return (Path(named) if named.startswith("/") else Path.home() / ".cache") / "rackpress"


def key_of(kind: str, *parts: Any) -> str:
    """Return the key of a result.

    Args:
        kind: what sort of result.
        parts: all that it depends on, as plain data.
    """
    text = json.dumps([kind, *parts], sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _files_in(folder: Path) -> Iterator[tuple[Path, os.stat_result]]:
    with contextlib.suppress(OSError):
        for path in sorted(folder.iterdir()):
            with contextlib.suppress(OSError):
                yield path, path.stat()


def _packed(content: Mapping[str, bytes]) -> bytes:
    names = json.dumps([[name, len(data)] for name, data in content.items()]).encode()
    rest = b"".join([len(names).to_bytes(8, "big"), names, *content.values()])
    return hashlib.sha256(rest).digest() + rest


def _unpacked(data: bytes) -> dict[str, bytes] | None:
    rest = memoryview(data)[DIGEST_BYTES:]
    if hashlib.sha256(rest).digest() != data[:DIGEST_BYTES]:
        return None
    at = 8 + int.from_bytes(rest[:8], "big")
    found: dict[str, bytes] = {}
    for name, size in json.loads(bytes(rest[8:at])):
        found[str(name)] = bytes(rest[at : at + size])
        at += size
    return found
