"""What `rackpress pack` does with its files: read, answered here or by a cluster, told in order."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from catalog.problems import CheckFailed, RackpressError
from cli.common import Exit, Told, code_of, complain, problems_of, say

if TYPE_CHECKING:
    from packing.site import FleetAnswer, RackAnswer
    from rack.sites import Site

    Read = Site | RackpressError
    Answered = RackAnswer | FleetAnswer | RackpressError


def read_all(paths: Sequence[Path], read: Callable[[Path], "Site"]) -> "list[Read]":
    """Return each file as a question, or what is wrong with it."""
    found: list[Read] = []
    for path in paths:
        try:
            found.append(read(path))
        except RackpressError as error:
            found.append(error)
    return found


def answered(
    paths: Sequence[Path], sites: "Sequence[Read]", address: str | None
) -> "list[Answered | None]":
    """Return the answer to each file that could be read, and say which is done.

    Args:
        paths: the files.
        sites: what was read of them.
        address: of a Dask scheduler; `None`: all is done here, in order.

    Raises:
        RackpressError: the cluster does not work; see `rack.cluster.answers`.
    """
    from packing.site import answer  # noqa: PLC0415 - heavy

    asked = {n: site.asked for n, site in enumerate(sites) if not isinstance(site, Exception)}
    numbers, done = [*asked], list[int]()

    def told(which: int) -> None:
        done.append(which)
        if len(paths) > 1:
            say(f"{len(done)} of {len(asked)}: {paths[numbers[which]]}")

    found: list[Answered | None] = [None] * len(sites)
    if address is not None and asked:
        from rack.cluster import answers  # noqa: PLC0415 - heavy

        for number, one in zip(numbers, answers(address, [*asked.values()], told), strict=True):
            died = isinstance(one, RackpressError)
            found[number] = CheckFailed(f"{paths[number]}: {one}") if died else one
    else:
        for which, number in enumerate(numbers):
            found[number] = answer(asked[number])
            told(which)
    return found


def site_told(site: "Read", found: "Answered | None") -> Told:
    """Return what is told of one file."""
    from cli.fleet_text import fleet_told  # noqa: PLC0415 - heavy
    from cli.pack_text import pack_told  # noqa: PLC0415 - heavy
    from packing.site import FleetAnswer, RackAnswer  # noqa: PLC0415 - heavy
    from rack.pack import Case, Packed  # noqa: PLC0415 - heavy
    from rack.sites import FleetCase  # noqa: PLC0415 - heavy

    error = site if isinstance(site, RackpressError) else found
    if isinstance(error, RackpressError):
        code = code_of(error)
        words = "wrong input" if code is Exit.WRONG_INPUT else "failed"
        record = {"problems": problems_of(error)}
        return Told(record, f"{words}: see what is said of it", code, error=error)
    if isinstance(site, Case):
        assert isinstance(found, RackAnswer), "a rack's question has a rack's answer"
        return pack_told(Packed(site, found))
    assert isinstance(site, FleetCase), "else it is a fleet"
    assert isinstance(found, FleetAnswer), "a fleet's question has a fleet's answer"
    return fleet_told(site.spec, found)


def all_told(paths: Sequence[Path], told: Sequence[Told]) -> Told:
    """Return what is told of several files together; what is wrong with each goes to stderr."""
    for path, one in zip(paths, told, strict=True):
        if one.error is not None:
            complain(one.error)
        if one.talk:
            say(f"{path}: {one.talk}")
    pairs = list(zip(paths, told, strict=True))
    records: list[dict[str, Any]] = [
        {"file": str(path), "exit": int(one.code), **one.record} for path, one in pairs
    ]
    blocks = [f"{path}\n{one.text}".rstrip() for path, one in pairs]
    code = max((one.code for one in told), default=Exit.FINE)
    return Told({"sites": records}, "\n\n".join(blocks), code)
