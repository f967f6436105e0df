"""Who makes what: results kept from before are taken, the rest is made by as many as there are.

A result goes through the same bytes whether it was made now, in another process, or long ago, so
that nothing can depend on which.
"""

import contextlib
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from catalog.cache import Cache, key_of
from catalog.origin import world
from rack.workers import Later, Promise, Submit, workers

T = TypeVar("T")
Blobs = Mapping[str, bytes]


def _always(_: Any) -> bool:
    return True


@dataclass(frozen=True)
class Kind(Generic[T]):
    """A sort of result.

    Args:
        name: what it is called; part of the key.
        pack: writes a result as bytes by name.
        unpack: reads it again.
        lasts: says whether a result is worth keeping: not if something was missing that may come.
    """

    name: str
    pack: Callable[[T], Blobs]
    unpack: Callable[[Blobs], T]
    lasts: Callable[[T], bool] = _always


@dataclass
class Crew:
    """Makes results, or finds them.

    Args:
        submit: takes work, gives a promise.
        cache: where results are kept; `None` keeps nothing.
        made: name of each result that was made, in the order they were asked for.
        found: name of each that was there.
    """

    submit: Submit
    cache: Cache | None = None
    made: list[str] = field(default_factory=list[str])
    found: list[str] = field(default_factory=list[str])

    def ask(
        self, kind: Kind[T], of: Any, name: str, work: Callable[..., T], *args: Any
    ) -> "Asked[T]":
        """Return the promise of a result.

        Args:
            kind: its sort.
            of: all that it depends on, as plain data.
            name: for the tally.
            work: makes it.
            args: of the work; `of` tells all of them.
        """
        return self._asked(self.submit, (kind, of, name), work, args)

    def here(self, kind: Kind[T], of: Any, name: str, work: Callable[..., T], *args: Any) -> T:
        """Return a result, made in this process if it is not there; arguments as of `ask`."""
        return self._asked(Later, (kind, of, name), work, args).result()

    def _asked(
        self,
        submit: Submit,
        what: tuple[Kind[T], Any, str],
        work: Callable[..., T],
        args: tuple[Any, ...],
    ) -> "Asked[T]":
        kind, of, name = what
        key = key_of(kind.name, world(), of) if self.cache else ""
        there = self.cache.get(key) if self.cache else None
        self.tally(f"{kind.name} {name}", there=there is not None)
        if there is not None:
            return Asked(Later(_same, there), kind, key, there=True)
        return Asked(submit(_made, kind, (self.cache, key), work, args), kind, key, there=False)

    def tally(self, name: str, *, there: bool) -> None:
        """Note whether a result was there."""
        (self.found if there else self.made).append(name)

    def told(self) -> str:
        """Say how many results were made, and how many were there from before."""
        if not self.found:
            return ""
        return f"{len(self.made)} results made, {len(self.found)} there from before"


@dataclass(frozen=True)
class Asked(Generic[T]):
    """A result that was asked for: `key` names what it is made from; `there`: it was kept."""

    promise: Promise[Blobs]
    kind: Kind[T]
    key: str
    there: bool

    def result(self) -> T:
        """Wait for it and return it, or raise what went wrong."""
        return self.kind.unpack(self.promise.result())


def _same(blobs: Blobs) -> Blobs:
    return blobs


def _made(
    kind: Kind[T], keep: tuple[Cache | None, str], work: Callable[..., T], args: tuple[Any, ...]
) -> Blobs:
    result = work(*args)
    blobs = kind.pack(result)
    cache, key = keep
    if cache is not None and kind.lasts(result):
        cache.keep(key, blobs)
    return blobs


@contextlib.contextmanager
def crew(jobs: int, cache: Cache | None = None) -> Generator[Crew]:
    """Yield a crew.

    Args:
        jobs: processes; with one, all is made in this one.
        cache: where results are kept.

    Raises:
        CheckFailed: a process died.
    """
    with workers(jobs) as submit:
        yield Crew(submit, cache)
    if cache is not None:
        cache.trim()


def plain(fact: BaseModel) -> dict[str, Any]:
    """Return a record as plain data, as a key wants it: all fields, and whose they are."""
    return {"": type(fact).__name__, **fact.model_dump(mode="json", by_alias=True)}
