"""Makes a project and lets KiCad fill and prove it; without KiCad it says what is not proved."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from catalog.problems import ToolMissing
from pcb.build import filled_files, project_files
from pcb.check import Report, check_with
from pcb.fill import write
from pcb.kicad import open_kicad
from pcb.spec import BoardSpec


@dataclass(frozen=True)
class Proved:
    """The files of a project; KiCad's report on them, or why there is none."""

    files: dict[str, bytes]
    report: Report | None
    missing: str = ""

    def told(self) -> str:
        """Return in one line what is proved, or what is not and why."""
        if self.report is not None:
            return self.report.told()
        return (
            "the board's pours are empty, and nothing is proved (rules, connections, board against "
            f"schematic): {self.missing}"
        )


def prove(spec: BoardSpec) -> Proved:
    """Return the finished project of a board.

    Raises:
        ToolMissing: a level that this release cannot make.
        CheckFailed: KiCad cannot load what we wrote.
    """
    files = project_files(spec)
    try:
        with open_kicad() as kicad, tempfile.TemporaryDirectory(prefix="rackpress-") as made:
            files = filled_files(files, spec, kicad)
            write(Path(made), files)
            return Proved(files, check_with(kicad, spec, Path(made)))
    except ToolMissing as error:
        return Proved(files, None, str(error))
