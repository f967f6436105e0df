"""`rackpress migrate`: an old file in today's format."""

from pathlib import Path

import click

from cli.common import give, json_option, reports_errors, say


@click.command(
    "migrate",
    epilog="""Examples:

\b
  rackpress migrate my-rack.toml
  rackpress migrate my-rack.toml --write""",
)
@click.argument("file", metavar="FILE")
@click.option("--write", is_flag=True, help="Write FILE anew instead of printing it.")
@json_option
@reports_errors
def command(file: str, write: bool, as_json: bool) -> None:
    """Bring FILE to today's version, comments kept, and say what that changes.

    FILE is a rack.toml, a file of facts, a calibration, readings, a fleet.toml or a plan.json. Old
    files are read without this too; a newer one than this program is refused.
    """
    from catalog.files import write_all  # noqa: PLC0415 - only needed here
    from catalog.migrate import migrated  # noqa: PLC0415 - heavy

    path = Path(file)
    made = migrated(path)
    for words in made.words:
        say(f"{file}: {words}")
    if write and made.words:
        real = path.resolve()
        write_all(real.parent, {real.name: made.text.encode()}, "FILE")
    record = {
        "file": file,
        "kind": made.kind.name,
        "from": made.said,
        "to": made.kind.newest,
        "changes": list(made.words),
    }
    newest = f"{file} is a {made.kind.name} of version {made.kind.newest}"
    give(record, newest if write or not made.words else made.text.removesuffix("\n"), as_json)
