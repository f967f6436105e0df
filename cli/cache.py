"""`rackpress cache`: what is kept from one run to the next, and how to be rid of it."""

import click

from catalog.cache import ENV, LIMIT_ENV, OFF, open_cache
from cli.common import give, json_option, reports_errors


@click.group(
    "cache",
    epilog="""Examples:

\b
  rackpress cache info
  rackpress cache clear""",
)
def command() -> None:
    """Results kept from earlier builds: parts, views, boards, plates, whole builds.

    Each is found by all that it was made from: its spec, this program's own code and facts, the
    versions of the libraries and of the programs asked. So it never gives what a build without it
    would not; it only takes room, and what was not used for longest goes first.

    RACKPRESS_CACHE names another folder, or is "off"; RACKPRESS_CACHE_MB is how much it may take.
    """


@command.command("info", epilog="Example:\n\n  rackpress cache info --json")
@json_option
@reports_errors
def info(as_json: bool) -> None:
    """Say where the cache is, how much is in it, and how much may be."""
    cache = open_cache()
    if cache is None:
        off = {"folder": None, "entries": 0, "bytes": 0, "most_bytes": 0}
        give(off, f"no cache: {ENV}={OFF}, or there is no home for it", as_json)
        return
    sizes = [stat.st_size for _, stat in cache.files()]
    record = {"folder": str(cache.folder), "entries": len(sizes), "bytes": sum(sizes)}
    used, most = sum(sizes) / 1e6, cache.most_bytes / 1e6
    text = f"{cache.folder}: {len(sizes)} results, {used:.1f} of {most:g} MB ({LIMIT_ENV})"
    give({**record, "most_bytes": cache.most_bytes}, text, as_json)


@command.command("clear", epilog="Example:\n\n  rackpress cache clear")
@json_option
@reports_errors
def clear(as_json: bool) -> None:
    """Remove all that is kept; the next build makes it anew."""
    cache = open_cache()
    count = cache.clear() if cache is not None else 0
    gone = f"{count} result{'' if count == 1 else 's'} removed"
    give({"folder": None if cache is None else str(cache.folder), "removed": count}, gone, as_json)
