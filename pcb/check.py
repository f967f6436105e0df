"""Asks KiCad whether a schematic on disk is sound, and the circuit that its record describes."""

from dataclasses import dataclass
from pathlib import Path

from pcb.kicad import Violation, open_kicad
from pcb.model import circuit
from pcb.netlist import differences, netlist, read_netlist
from pcb.spec import BoardSpec


@dataclass(frozen=True)
class Report:
    """What KiCad found: rule violations, and how its netlist differs from ours."""

    kicad: str
    violations: tuple[Violation, ...]
    differences: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether nothing at all was found."""
        return not self.violations and not self.differences


def check(spec: BoardSpec, folder: Path) -> Report:
    """Run KiCad's rules check and compare its netlist with the one we write.

    Raises:
        ToolMissing: KiCad 9 is not installed.
        CheckFailed: KiCad cannot load the schematic.
    """
    drawn = folder / f"{spec.title}.kicad_sch"
    with open_kicad() as kicad:
        found = tuple(kicad.erc(drawn))
        theirs = read_netlist(kicad.netlist(drawn))
        version = kicad.version
    ours = read_netlist(netlist(circuit(spec)))
    return Report(version, found, tuple(differences(ours, theirs)))
