"""`rackpress pcb review`: every check of a board anew, and all of it on one page."""

from pathlib import Path

import click

from catalog.problems import InputError, Problem
from cli.common import Exit, give, json_option, reports_errors, say

_FOLDER = click.Path(file_okay=False, path_type=Path)
_FILE = click.Path(dir_okay=False, path_type=Path)
MARK = 'content="rackpress pcb review"'  # in every page of ours


@click.command(
    short_help="Check a board and show all of it on one page.",
    epilog="Example:\n\n  rackpress pcb review power",
)
@click.argument("folder", metavar="DIR", type=_FOLDER)
@click.option("--name", help="Which board, if DIR holds several.")
@click.option("-o", "--output", "target", type=_FILE,
              help="File to write.  [default: DIR/NAME.review.html]")  # fmt: skip
@json_option
@reports_errors
def review(folder: Path, name: str | None, target: Path | None, as_json: bool) -> None:
    """Check the board in DIR and write the review of it: one page that needs nothing else.

    Picture, budget, current in the copper, every check with its result, and every limit with its
    source. What cannot be proved without KiCad is said on the page; exit code 1 says that a check
    failed.
    """
    from catalog.files import write_all  # noqa: PLC0415 - help stays quick
    from pcb.project import find_record, read_record  # noqa: PLC0415 - as above
    from pcb.review import REVIEW  # noqa: PLC0415 - as above
    from pcb.review import review as reviewed  # noqa: PLC0415 - as above

    spec, _ = read_record(find_record(folder, name))
    path = target or folder / f"{spec.title}{REVIEW}"
    _keep(path)
    page, checks = reviewed(spec, folder)
    write_all(path.parent, {path.name: page.encode()})
    failed = [one for one in checks if one.state == "failed"]
    for one in checks:
        if one.state != "passed":
            say(f"{one.state}: {one.name}: {one.told}")
    result = {"name": spec.title, "file": str(path), "passed": not failed,
              "checks": [vars(one) for one in checks]}  # fmt: skip
    give(result, str(path), as_json)
    if failed:
        for line in (f"{one.name}: {text}" for one in failed for text in one.findings):
            click.echo(f"error: {line}", err=True)
        click.get_current_context().exit(Exit.CHECK_FAILED)


def _keep(path: Path) -> None:
    """Refuse to replace a file that is no review."""
    if path.is_file() and MARK not in path.read_text(encoding="utf-8", errors="replace"):
        what = "is there already, and is no review of a board"
        raise InputError(Problem(str(path), what, nearest="name another file"))
