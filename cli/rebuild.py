"""`rackpress rebuild`: a file of ours made again from the recipe in it."""

from pathlib import Path

import click

from cli.common import Exit, give, json_option, reports_errors, say


@click.command(
    "rebuild",
    epilog="""Examples:

\b
  rackpress rebuild parts/shelf-netgear-gs308-10in-1u.3mf
  rackpress rebuild someone-sent-me-this.step -o again

Exit code 1 means that the bytes differ: another version of Rackpress wrote the file, or someone
changed it.""",
)
@click.argument("file", metavar="FILE")
@click.option(
    "-o", "--output", metavar="DIR", help="Folder to write it to; only compare if left out."
)
@json_option
@reports_errors
def command(file: str, output: str | None, as_json: bool) -> None:
    """Make FILE, a 3MF or STEP that Rackpress wrote, again from the recipe it carries.

    The recipe holds every figure that went into it: no catalogue and no rack.toml is needed.
    """
    from catalog.files import write_all  # noqa: PLC0415 - heavy
    from mounts.rebuild import rebuild  # noqa: PLC0415 - heavy

    found = rebuild(Path(file))
    written = [] if output is None else write_all(Path(output), {found.name: found.data})
    record = {"file": file, "name": found.name, "same": found.same, "tool": found.tool}
    give({**record, "files": [str(path) for path in written]}, found.sentence(), as_json)
    for path in written:
        say(f"wrote {path}")
    if not found.same:
        raise SystemExit(Exit.CHECK_FAILED)
