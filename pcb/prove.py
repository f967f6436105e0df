"""Makes a project and lets KiCad fill and prove it; without KiCad it says what is not proved."""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from catalog.problems import ToolMissing
from pcb.build import filled_files, project_files
from pcb.check import Report, check_with
from pcb.copper.picture import pictures
from pcb.copper.solved import Solved, solve_pours
from pcb.fill import write
from pcb.host.files import NO_NAMES
from pcb.kicad import open_kicad
from pcb.page.checks import Proof
from pcb.page.review import Subject, review_html
from pcb.project import RECORD, recorded_too
from pcb.review import REVIEW, drill_faults
from pcb.spec import BoardSpec


@dataclass(frozen=True)
class Proved:
    """The files of a project; KiCad's report on them, or why there is none.

    `drills` is how KiCad's drill files differ from the board, None if they were not made.
    """

    files: dict[str, bytes]
    report: Report | None
    solved: Solved | None
    missing: str = ""
    drills: tuple[str, ...] | None = None

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
        """Every finding in a line: KiCad's, of the copper, and of the drill files."""
        if self.report is not None:
            return (*self.report.findings, *(f"drill files: {one}" for one in self.drills or ()))
        return () if self.solved is None else self.solved.report.problems


def prove(spec: BoardSpec, *, drawn: bool = False, nodes: Mapping[int, str] = NO_NAMES) -> Proved:
    """Return the finished project of a board.

    Args:
        spec: the board.
        drawn: with pictures of drop and density in its copper, and a review of it all on one page.
        nodes: what hangs on its outputs, as in `project_files`.

    Raises:
        CheckFailed: KiCad cannot load what we wrote.
    """
    files = project_files(spec, nodes)
    try:
        with open_kicad() as kicad, tempfile.TemporaryDirectory(prefix="rackpress-") as made:
            files = filled_files(files, spec, kicad)
            write(Path(made), files)
            report = check_with(kicad, spec, Path(made))
            drills = drill_faults(kicad, spec, files) if drawn else None
            found = Proved(files, report, report.solved, drills=drills)
    except ToolMissing as error:
        found = Proved(files, None, solve_pours(spec), str(error))
    if not drawn:
        return found
    more = {} if found.solved is None else pictures(spec, found.solved)
    proof = Proof(found.report, found.solved, found.drills, found.missing)
    page = review_html(Subject.of(spec, proof, more, nodes))
    more = {**more, f"{spec.title}{REVIEW}": page.encode()}
    record = f"{spec.title}{RECORD}"
    return replace(found, files={**files, **more, record: recorded_too(files[record], more)})
