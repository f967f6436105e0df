"""`rackpress pcb`: make a power board, show its budget, let KiCad check it, order it."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from catalog.problems import CheckFailed
from cli.common import Exit, give, json_option, reports_errors, say
from cli.pcb_budget import budget as budget_command
from cli.pcb_budget import verdict
from cli.pcb_copper import copper_text
from cli.pcb_fab import fab as fab_command
from cli.pcb_host import host as host_command
from cli.pcb_options import board_options, written
from cli.pcb_review import review as review_command

if TYPE_CHECKING:
    from pcb.check import Report

_FOLDER = click.Path(file_okay=False, path_type=Path)


@click.group(epilog="Example:\n\n  rackpress pcb new --outputs 7 --amps 1.5 -o power")
def command() -> None:
    """Make a power board: schematic, board, netlist and the proof that KiCad finds no fault."""


command.add_command(budget_command)
command.add_command(fab_command)
command.add_command(host_command)
command.add_command(review_command)


@command.command(
    short_help="Write the KiCad project of a new power board.",
    epilog="Example:\n\n\b\n  rackpress pcb new --outputs 7 --volts 12 --amps 3 "
    "--extra-inputs eps-8 -o power",
)
@board_options
@click.option("--name", help="Name of the files.  [default: power-NxVv]")
@click.option("--revision", metavar="TEXT", help="Printed on the board.  [default: A]")
@click.option("--no-test-points", is_flag=True, help="Leave out the probe pads.")
@click.option("-o", "--output", "folder", type=_FOLDER, required=True, help="Folder to write into.")
@click.option("--overwrite", is_flag=True, help="Also replace files that were changed by hand.")
@click.option("--overload", is_flag=True, help="Make it even if it cannot feed its nodes.")
@json_option
@reports_errors
def new(
    folder: Path, overwrite: bool, overload: bool, no_test_points: bool, as_json: bool, **given: Any
) -> None:
    """Write schematic, board, netlist and review of a new power board, and pictures of its copper.

    With KiCad 9 the board's copper is filled and all of it checked; without, the files are written
    all the same and what is not proved is said. Either way the current in the copper is solved.
    NAME.review.html has all of it on one page. A board that cannot feed its nodes is refused, with
    what works; nothing is written then.
    """
    from pcb.budget import budget  # noqa: PLC0415 - help stays quick
    from pcb.build import write_project  # noqa: PLC0415 - as above
    from pcb.model import circuit  # noqa: PLC0415 - as above
    from pcb.prove import prove  # noqa: PLC0415 - as above
    from pcb.spec import read_spec  # noqa: PLC0415 - as above

    spec = read_spec({**written(given), "test_points": not no_test_points})
    circuit(spec)  # a level that cannot be made is said before a load that cannot be carried
    sums = budget(spec)
    if not (sums.fits or overload):
        hint = "--overload makes it all the same; `rackpress pcb budget` shows every part"
        raise CheckFailed("\n".join([f"{spec.title} cannot feed its nodes", *verdict(sums), hint]))
    proved = prove(spec, drawn=True)
    paths = write_project(spec, folder, overwrite=overwrite, files=proved.files)
    for warning in sums.verdict:
        say(f"warning: {warning}")
    for text in sums.warnings:
        say(f"note: {text}")
    say(f"note: {proved.told()}")
    result = {
        "name": spec.title,
        "spec": spec.model_dump(mode="json") | {"name": spec.title},
        "budget": sums.short.model_dump(mode="json"),
        "warnings": [*sums.verdict, *sums.warnings],
        "proved": None if proved.report is None else _found(spec.title, proved.report),
        "copper": None if proved.solved is None else proved.solved.report.model_dump(mode="json"),
        "files": [str(path) for path in paths],
    }
    shown = dict.fromkeys(folder / path.relative_to(folder).parts[0] for path in paths)
    give(result, "\n".join(map(str, shown)), as_json)
    if proved.findings:
        _failed(proved.findings)


@command.command(
    short_help="Write the netlist again, and print it.",
    epilog="Example:\n\n  rackpress pcb netlist power",
)
@click.argument("folder", metavar="DIR", type=_FOLDER)
@click.option("--name", help="Which board, if DIR holds several.")
@json_option
@reports_errors
def netlist(folder: Path, name: str | None, as_json: bool) -> None:
    """Write NAME.net again from the recorded parameters, and print it. KiCad is not needed."""
    from pcb.build import write_netlist  # noqa: PLC0415 - help stays quick
    from pcb.project import find_record, read_record  # noqa: PLC0415 - as above
    from pcb.sheet.netlist import read_netlist  # noqa: PLC0415 - as above

    spec, _ = read_record(find_record(folder, name))
    path, text = write_netlist(spec, folder)
    say(f"written: {path}")
    read = read_netlist(text)
    parts = {ref: vars(part) for ref, part in read.components.items()}
    nets = {net: [f"{ref}.{pad}" for ref, pad in sorted(pins)] for net, pins in read.nets.items()}
    give(
        {"name": spec.title, "file": str(path), "parts": parts, "nets": nets},
        text.rstrip(),
        as_json,
    )


@command.command(
    short_help="Let KiCad check it, solve its copper.",
    epilog="Example:\n\n  rackpress pcb check power",
)
@click.argument("folder", metavar="DIR", type=_FOLDER)
@click.option("--name", help="Which board, if DIR holds several.")
@json_option
@reports_errors
def check(folder: Path, name: str | None, as_json: bool) -> None:
    """Let KiCad 9 check schematic and board, and solve the current in the copper.

    The schematic against KiCad's rules and our netlist; the board against KiCad's rules and ours,
    for open connections and for parts and nets that are not the schematic's. The copper as it is in
    the file: volts at every plug, and ampere in every neck and via, against what they may be.
    """
    from pcb.check import check as run  # noqa: PLC0415 - help stays quick
    from pcb.project import find_record, read_record  # noqa: PLC0415 - as above

    spec, _ = read_record(find_record(folder, name))
    report = run(spec, folder)
    lines = [f"{spec.title}: {report.told()}"]
    lines += [] if report.copper is None else ["", *copper_text(report.copper)]
    give(_found(spec.title, report), "\n".join(lines), as_json)
    if not report.passed:
        _failed(report.findings)


def _found(name: str, report: "Report") -> dict[str, Any]:
    """Return a report as plain data."""
    board = report.board
    return {
        "name": name,
        "kicad": report.kicad,
        "passed": report.passed,
        "counts": report.counts(),
        "violations": [vars(one) for one in report.violations],
        "differences": list(report.differences),
        "board": [vars(one) for one in board.violations],
        "unconnected": [vars(one) for one in board.unconnected],
        "parity": [vars(one) for one in board.parity],
        "copper": None if report.copper is None else report.copper.model_dump(mode="json"),
    }


def _failed(findings: tuple[str, ...]) -> None:
    """Say every finding and leave with the code of a failed check."""
    for line in findings:
        click.echo(f"error: {line}", err=True)
    click.get_current_context().exit(Exit.CHECK_FAILED)
