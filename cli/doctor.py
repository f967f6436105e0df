"""`rackpress doctor`: what Rackpress needs of this machine, and how to get what is missing."""

from typing import TYPE_CHECKING

import click

from cli.common import Exit, give, json_option, printable, reports_errors

if TYPE_CHECKING:
    from catalog.doctor import Finding

MARKS = {"fine": "ok", "missing": "--", "wrong": "!!"}


@click.command(
    "doctor",
    epilog="""Examples:

\b
  rackpress doctor
  rackpress doctor --json

Exit code 3 means that something is missing or does not work; what only those want who change
Rackpress itself (finite elements, a browser) does not count.""",
)
@json_option
@reports_errors
def command(as_json: bool) -> None:
    """Look at Python, the CAD kernel, KiCad, the slicer, OpenGL, fonts, disks and the cache.

    Says of each what is there, what it is for, and how to get or mend it. Works even if CadQuery
    does not.
    """
    from catalog.doctor import FINE, examine  # noqa: PLC0415 - only here

    found = examine()
    wanting = [one.name for one in found if one.state != FINE and not one.own]
    record = {"fine": not wanting, "wanting": wanting, "found": [one.as_dict() for one in found]}
    give(record, "\n".join(line for one in found for line in _lines(one)), as_json)
    if wanting:
        raise SystemExit(Exit.TOOL_MISSING)


def _lines(one: "Finding") -> list[str]:
    lines = [f"{MARKS[one.state]}  {one.name}: {printable(one.found)}", f"    for: {one.purpose}"]
    if one.state != "fine":
        lines.append(f"    get: {one.get}")
    return lines
