"""Makes a project and lets KiCad fill and prove it; without KiCad it says what is not proved."""

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from catalog.problems import ToolMissing
from pcb.build import filled_files, project_files
from pcb.check import Report, check_with
from pcb.copper.picture import pictures
from pcb.copper.solved import Solved, solve_pours
from pcb.fill import write
from pcb.kicad import open_kicad
from pcb.project import RECORD, recorded_too
from pcb.spec import BoardSpec


@dataclass(frozen=True)
class Proved:
    """The files of a project; KiCad's report on them, or why there is none."""

    files: dict[str, bytes]
    report: Report | None
    solved: Solved | None
    missing: str = ""

    def told(self) -> str:
        """Return in one line what is proved, or what is not and why."""
        if self.report is not None:
            return self.report.told()
        copper = "" if self.solved is None else f"; {self.solved.report.told()}"
        return (
            "the board's pours are empty, and nothing is proved (rules, connections, board against "
            f"schematic): {self.missing}{copper}"
        )

    @property
    def findings(self) -> tuple[str, ...]:
        """Every finding in a line: KiCad's, and of the copper."""
        if self.report is not None:
            return self.report.findings
        return () if self.solved is None else self.solved.report.problems


def prove(spec: BoardSpec, *, drawn: bool = False) -> Proved:
    """Return the finished project of a board.

    Args:
        spec: the board.
        drawn: with pictures of drop and density in its copper.

    Raises:
        ToolMissing: a level that this release cannot make.
        CheckFailed: KiCad cannot load what we wrote.
    """
    files = project_files(spec)
    try:
        with open_kicad() as kicad, tempfile.TemporaryDirectory(prefix="rackpress-") as made:
            files = filled_files(files, spec, kicad)
            write(Path(made), files)
            report = check_with(kicad, spec, Path(made))
            found = Proved(files, report, report.solved)
    except ToolMissing as error:
        found = Proved(files, None, solve_pours(spec), str(error))
    if not drawn or found.solved is None:
        return found
    pictured, record = pictures(spec, found.solved), f"{spec.title}{RECORD}"
    again = recorded_too(files[record], pictured)
    return replace(found, files={**files, **pictured, record: again})
