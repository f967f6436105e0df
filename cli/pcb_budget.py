"""`rackpress pcb budget`: currents, volts at every plug, the limiting part, and what cures it."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli.common import Exit, give, json_option, reports_errors
from cli.pcb_copper import columns, copper_text
from cli.pcb_options import as_options, board_options, written

if TYPE_CHECKING:
    from pcb.budget import Budget, Cure, PartRow
    from pcb.copper.record import CopperReport
    from pcb.spec import BoardSpec

MARK = "?"


@click.command(
    short_help="Follow the current to every node: does it fit?",
    epilog="Example:\n\n\b\n  rackpress pcb budget --outputs 7 --amps 3 --typical-amps 0.6 "
    "--extra-inputs eps-8",
)
@click.argument(
    "folder", metavar="[DIR]", required=False, type=click.Path(file_okay=False, path_type=Path)
)
@board_options
@click.option("--name", help="Which board, if DIR holds several.")
@click.option("--copper", is_flag=True, help="Solve the current in its copper too.")
@json_option
@reports_errors
def budget(
    folder: Path | None, name: str | None, copper: bool, as_json: bool, **given: Any
) -> None:
    """Follow the current from the supply to every node: does it fit, and what if not?

    Of the board in DIR, or of one that the options describe; with both, of that board with these
    changes. Exit code 1 says that it does not fit. With --copper the current in the copper of both
    layers is solved: of the filled board in DIR, else of the pours that the board would have.
    """
    from pcb.budget import budget as sums  # noqa: PLC0415 - help stays quick
    from pcb.project import find_record, read_record  # noqa: PLC0415 - as above
    from pcb.spec import read_spec  # noqa: PLC0415 - as above

    values = written(given)
    if folder is not None:
        made, _ = read_record(find_record(folder, name))
        values = {**made.model_dump(), **values}
    spec = read_spec(values)
    found = sums(spec)
    record = found.model_dump(mode="json")
    for cure, row in zip(found.cures, record["cures"], strict=True):
        row["options"] = as_options(cure.changes)
    result = {"name": spec.title, "spec": spec.model_dump(mode="json"), **record}
    lines = _text(spec.title, found)
    solved = _copper(spec, folder) if copper else None
    if solved is not None:
        result["copper"] = solved.model_dump(mode="json")
        lines += ["", *copper_text(solved)]
    give(result, "\n".join(lines), as_json)
    if not found.fits or (solved is not None and solved.problems):
        click.get_current_context().exit(Exit.CHECK_FAILED)


def _copper(spec: "BoardSpec", folder: Path | None) -> "CopperReport":
    """Solve the copper of a board as it lies in a folder, or as it would be made."""
    from pcb.copper.solved import solve_board, solve_pours  # noqa: PLC0415 - help stays quick
    from pcb.fill import is_filled  # noqa: PLC0415 - as above
    from pcb.project import read_board, read_record  # noqa: PLC0415 - as above

    if folder is not None:
        board = folder / f"{spec.title}.kicad_pcb"
        record = folder / f"{spec.title}.board.json"
        made = record.is_file() and read_record(record)[0] == spec and board.is_file()
        text = read_board(board) if made else ""
        if is_filled(text):
            return solve_board(spec, text).report
    return solve_pours(spec).report


def verdict(found: "Budget") -> list[str]:
    """Return the lines that say whether a board fits and what works if it does not."""
    word = "better" if found.fits else "works"
    cures = [f"{word}: {_cure(cure)}" for cure in found.cures]
    if found.fits:
        full = f"{found.worst.limit} is the fullest part, {found.worst.use * 100:.0f} %"
        return [f"fits: {full}", *cures]
    lines = [f"refused: {text}" for text in found.problems]
    return [*lines, *(cures or ["works: two boards"])]


def _cure(cure: "Cure") -> str:
    volts = f"{cure.lowest_v:.2f} V or more"
    if not cure.robust:
        volts = f"only just, {cure.lowest_v:.2f} V where supply and parts are poor"
    full = f"{cure.limit} {cure.use * 100:.0f} %"
    return f"{cure.text} ({as_options(cure.changes)}): {volts}, {full}"


def _shunts(found: "Budget") -> list[tuple[str, str, str]]:
    """Return the heat in all shunts of a board that measures."""
    rows = [row for row in found.parts if row.kind == "shunt"]
    typical, worst = (
        sum(amps**2 * mohm / 1000 for amps, mohm in pairs)
        for pairs in (
            [(row.typical_a, row.typical_mohm) for row in rows],
            [(row.worst_a, row.worst_mohm) for row in rows],
        )
    )
    return [("heat in shunts", f"{typical:.2g} W", f"{worst:.2g} W")] if rows else []


def _text(title: str, found: "Budget") -> list[str]:
    typical, worst = found.typical, found.worst
    lines = [f"{title}: {found.outputs} output{'s' if found.outputs > 1 else ''}", ""]
    heat = [("heat in switches", f"{typical.switches_w:.2g} W", f"{worst.switches_w:.2g} W")]
    lines += columns(
        [
            ("", "typical", "worst"),
            ("drawn", f"{typical.amps_a:.4g} A", f"{worst.amps_a:.4g} A"),
            ("", f"{typical.watts_w:.4g} W", f"{worst.watts_w:.4g} W"),
            ("lowest at a plug", f"{typical.lowest_v:.2f} V", f"{worst.lowest_v:.2f} V"),
            ("fullest part", f"{typical.use * 100:.0f} %", f"{worst.use * 100:.0f} %"),
            *(heat if worst.switches_w else []),
            *_shunts(found),
        ]
    )
    lines += ["", f"fuses let {found.fuses_a:g} A through in all", ""]
    lines += columns(
        [("rail", "outputs", "typical", "worst", "carries", "fed by")]
        + [
            (row.rail, f"{row.first}-{row.last}", f"{row.typical_a:.4g} A", f"{row.worst_a:.4g} A",
             f"{row.limit_a:.4g} A", ", ".join(row.plugs))
            for row in found.rails
        ]
    )  # fmt: skip
    lines += ["", *columns([("fullest of its kind", "typical", "worst", "made for", "", "why")]
                            + [_part(row) for row in _fullest(found)])]  # fmt: skip
    lines += ["", *columns([("output", "rail", "fuse", "typical", "worst", "needs")]
        + [
            (f"{row.output}", row.rail, f"{row.fuse_a:g} A", f"{row.typical_v:.2f} V",
             f"{row.worst_v:.2f} V", f"{row.least_v:g} V")
            for row in found.nodes
        ])]  # fmt: skip
    lines += ["", f"{MARK} not confirmed, read the maker's data sheet:"]
    lines += [f"  {text}" for text in found.unconfirmed]
    lines += ["", *(f"beware: {text}" for text in found.warnings), *verdict(found)]
    return lines


def _fullest(found: "Budget") -> "list[PartRow]":
    """Return of each kind of part the one that is nearest to what it is made for."""
    kinds = dict.fromkeys(row.kind for row in found.parts if row.rating_a is not None)
    return [
        max((row for row in found.parts if row.kind == kind), key=lambda row: row.use)
        for kind in kinds
    ]


def _part(row: "PartRow") -> tuple[str, ...]:
    rating = "" if row.rating_a is None else f"{row.rating_a:.3g} A"
    mark = MARK if row.unconfirmed else " "
    return (
        row.name, f"{row.typical_a:.3g} A", f"{row.worst_a:.3g} A", f"{rating} {mark}",
        f"{row.use * 100:.0f} %", row.why,
    )  # fmt: skip
