"""From a board's folder to its fab pack: checked first, then exported."""

from pathlib import Path

from catalog.problems import CheckFailed
from pcb.check import check_with
from pcb.fab.pack import pack
from pcb.fab.shops import Shop
from pcb.kicad import open_kicad
from pcb.spec import BoardSpec


def order(spec: BoardSpec, folder: Path, shop: Shop) -> tuple[dict[str, bytes], str]:
    """Return the files of a fab pack by name, and what was checked, in a line.

    Raises:
        ToolMissing: KiCad 9 is not installed.
        CheckFailed: the board has a fault, or the shop does not make it.
    """
    with open_kicad() as kicad:
        report = check_with(kicad, spec, folder)
        if not report.passed:
            what = f"{spec.title} is not ordered with faults in it"
            raise CheckFailed("\n".join([what, *report.findings]))
        return pack(kicad, spec, project(folder), shop), report.told()


def project(folder: Path) -> dict[str, bytes]:
    """Return the files of a project that KiCad reads, by name."""
    wanted = (".kicad_pcb", ".kicad_sch", ".kicad_pro", ".kicad_dru", ".kicad_sym", ".kicad_mod")
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and (path.suffix in wanted or path.name.endswith("-lib-table"))
    }
