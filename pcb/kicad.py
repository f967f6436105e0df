"""The one place that knows KiCad's programs. Everything else works without them.

What KiCad leaves to the caller is seen to here. It wants a HOME and writes its first-run settings
there, so it gets a private one. Version 9 gives the places of ERC findings in hundredths of what it
says, so they are not passed on. Its command line cannot fill pours: the `pcbnew` module can, in a
Python process of its own. And a parity test that cannot run looks like one that found nothing, so
its count must be on the output.
"""

import functools
import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from catalog.problems import CheckFailed, ToolMissing
from catalog.tools import KICAD, PCBNEW
from catalog.watch import group_of_its_own

OLDEST = 9
SECONDS = 120
PLACES, PYTHONS = KICAD.places, PCBNEW.places
_FILL = """
import sys, pcbnew
board = pcbnew.LoadBoard(sys.argv[1])
if sys.argv[3] == "fill":
    pcbnew.ZONE_FILLER(board).Fill(board.Zones())
    board.BuildConnectivity()
pcbnew.SaveBoard(sys.argv[2], board, True)
"""
_VIOLATIONS = 5  # kicad-cli's exit code for "done, and something was found"


@dataclass(frozen=True)
class Violation:
    """One finding of a rules check of KiCad's."""

    kind: str
    severity: str
    text: str

    def __str__(self) -> str:
        return f"{self.severity}: {self.text} [{self.kind}]"


@dataclass(frozen=True)
class BoardFindings:
    """What KiCad's design rules check found: broken rules, open nets, other than the schematic."""

    violations: tuple[Violation, ...]
    unconnected: tuple[Violation, ...]
    parity: tuple[Violation, ...]


@dataclass(frozen=True)
class KiCad:
    """KiCad's command line program with a private home. Get one from `open_kicad`."""

    program: str
    version: str
    home: Path

    def erc(self, schematic: Path) -> list[Violation]:
        """Run the electrical rules check; nothing found means no error and no warning.

        Raises:
            CheckFailed: KiCad cannot load the schematic.
        """
        report = self.home / "erc.json"
        report.unlink(missing_ok=True)
        options = ["--format", "json", "--severity-all", "--exit-code-violations"]
        code = self._run(["sch", "erc", *options, "-o", str(report), str(schematic)])
        found = [
            _violation(one)
            for sheet in json.loads(report.read_text(encoding="utf-8"))["sheets"]
            for one in sheet["violations"]
        ]
        if bool(found) != (code == _VIOLATIONS):
            what = f"KiCad's report on {schematic} does not agree with its exit code {code}"
            raise CheckFailed(what)
        return found

    def netlist(self, schematic: Path) -> str:
        """Return the netlist that KiCad itself makes of a schematic.

        Raises:
            CheckFailed: KiCad cannot load the schematic.
        """
        out = self.home / "export.net"
        out.unlink(missing_ok=True)
        self._run(["sch", "export", "netlist", "-o", str(out), str(schematic)])
        return out.read_text(encoding="utf-8")

    def drawing(self, schematic: Path, folder: Path) -> Path:
        """Draw a schematic as SVG into a folder and return the file.

        Raises:
            CheckFailed: KiCad cannot load the schematic.
        """
        self._run(["sch", "export", "svg", "-o", str(folder), str(schematic)])
        return folder / f"{schematic.stem}.svg"

    def drc(self, board: Path) -> BoardFindings:
        """Run the design rules check of a board with filled pours, against its schematic too.

        Raises:
            CheckFailed: KiCad cannot load the board, or did not compare it with the schematic.
        """
        report = self.home / "drc.json"
        report.unlink(missing_ok=True)
        options = ["--format", "json", "--severity-all", "--schematic-parity"]
        done = self._done(["pcb", "drc", *options, "-o", str(report), str(board)])
        found = json.loads(report.read_text(encoding="utf-8"))
        parity = tuple(_violation(one) for one in found["schematic_parity"])
        if f"Found {len(parity)} schematic parity issues" not in done.stdout:
            said = (done.stderr.strip() or "it said nothing").splitlines()[-1]
            what = f"KiCad did not compare {board} with its schematic: {said}"
            raise CheckFailed(what)
        return BoardFindings(
            tuple(_violation(one) for one in found["violations"]),
            tuple(_violation(one) for one in found["unconnected_items"]),
            parity,
        )

    def filled(self, board: Path) -> str:
        """Return the text of a board with its pours filled, as KiCad saves it.

        Raises:
            ToolMissing: no Python here has KiCad's pcbnew module.
            CheckFailed: KiCad cannot load the board.
        """
        return self._through_pcbnew(board, "fill")

    def saved_again(self, board: Path) -> str:
        """Return the text of a board that KiCad loaded and saved, and did nothing else to.

        Raises:
            ToolMissing, CheckFailed: as `filled`.
        """
        return self._through_pcbnew(board, "keep")

    def picture(self, board: Path, out: Path, side: str = "top", wide: int = 1600) -> Path:
        """Draw a board as it looks from one side into a PNG file and return it.

        Raises:
            CheckFailed: KiCad cannot load the board.
        """
        size = ["--width", str(wide), "--height", str(wide * 5 // 8)]
        self._run(["pcb", "render", "--side", side, *size, "-o", str(out), str(board)])
        return out

    def step(self, board: Path, out: Path, *, parts: bool = False) -> Path:
        """Write a board as STEP solids and return the file: outline and holes, or its parts too.

        Raises:
            CheckFailed: KiCad cannot load the board.
        """
        bare = [] if parts else ["--board-only"]
        self._run(["pcb", "export", "step", *bare, "--force", "-o", str(out), str(board)])
        return out

    def apart(self, arguments: list[str]) -> None:
        """Run one export of kicad-cli's, in a home of its own, so that several may run at once.

        Args:
            arguments: the words after the program's name.

        Raises:
            CheckFailed: KiCad cannot load what it shall export.
        """
        with tempfile.TemporaryDirectory(prefix="apart-", dir=self.home) as own:
            replace(self, home=Path(own))._run(arguments)

    def _through_pcbnew(self, board: Path, way: str) -> str:
        out = self.home / "saved.kicad_pcb"
        out.unlink(missing_ok=True)
        python = _python_with_pcbnew(self.program, os.environ.get("RACKPRESS_KICAD_PYTHON"))
        done = _call([python, "-c", _FILL, str(board), str(out), way], self.home)
        if done.returncode or not out.is_file():
            said = (done.stderr.strip() or done.stdout.strip() or "it said nothing").splitlines()
            what = f"KiCad cannot fill the pours of {board}: {said[-1]}"
            raise CheckFailed(what)
        return out.read_text(encoding="utf-8")

    def _run(self, arguments: list[str]) -> int:
        return self._done(arguments).returncode

    def _done(self, arguments: list[str]) -> "subprocess.CompletedProcess[str]":
        done = _call([self.program, *arguments], self.home)
        if done.returncode not in (0, _VIOLATIONS):
            said = (done.stderr.strip() or done.stdout.strip()).splitlines()
            raise CheckFailed(
                f"kicad-cli {' '.join(arguments[:3])} failed with code {done.returncode}: "
                + (said[-1] if said else "it said nothing")
            )
        return done


@functools.cache
def _python_with_pcbnew(program: str, named: str | None) -> str:
    """Return a Python that can load KiCad's pcbnew module."""
    beside = Path(shutil.which(program) or program).resolve().parent
    places = [named] if named else [str(beside / "python3"), *PYTHONS]
    for place in places:
        if named is None and not Path(place).is_file():
            continue
        with tempfile.TemporaryDirectory(prefix="rackpress-kicad-") as home:
            if _call([place, "-c", "import pcbnew"], Path(home)).returncode == 0:
                return place
    what = (
        "no Python with KiCad's pcbnew module was found, which fills the pours "
        "(RACKPRESS_KICAD_PYTHON may name one)"
    )
    raise ToolMissing(what)


def _violation(one: dict[str, Any]) -> Violation:
    return Violation(one["type"], one["severity"], _told(one))


def _told(violation: dict[str, Any]) -> str:
    items = violation.get("items")
    about = [str(item["description"]) for item in items] if isinstance(items, list) else []
    return (
        ": ".join([str(violation["description"]), ", ".join(about)])
        if about
        else str(violation["description"])
    )


def _call(command: list[str], home: Path) -> "subprocess.CompletedProcess[str]":
    private = {"HOME": str(home), "KICAD_CONFIG_HOME": str(home / "config"), "LC_ALL": "C.UTF-8"}
    try:
        with group_of_its_own() as group:
            return subprocess.run(  # noqa: S603 - our own arguments, no shell
                command,
                env={**os.environ, **private},
                capture_output=True,
                text=True,
                encoding="utf-8",
                errors="replace",
                timeout=SECONDS,
                check=False,
                process_group=group,
            )
    except subprocess.TimeoutExpired as error:
        what = f"{' '.join(command[:4])} took longer than {SECONDS} s"
        raise CheckFailed(what) from error
    except OSError as error:
        what = f"{command[0]} cannot be run: {error.strerror or error}"
        raise ToolMissing(what) from error


@contextmanager
def open_kicad() -> Generator[KiCad]:
    """Give KiCad's command line program, with a home that lives as long as the block.

    `RACKPRESS_KICAD_CLI` names the program if it is not on the search path.

    Raises:
        ToolMissing: KiCad is not there, or older than version 9.
    """
    named = os.environ.get("RACKPRESS_KICAD_CLI")
    program = named or shutil.which("kicad-cli")
    program = program or next((place for place in PLACES if Path(place).is_file()), None)
    if program is None:
        what = (
            f"kicad-cli is not on the search path; this needs KiCad {OLDEST} or newer "
            "(RACKPRESS_KICAD_CLI may name the program)"
        )
        raise ToolMissing(what)
    with tempfile.TemporaryDirectory(prefix="rackpress-kicad-") as folder:
        home = Path(folder)
        said = _call([program, "version"], home).stdout.strip()
        found = re.match(r"(\d+)\.", said)
        if found is None or int(found[1]) < OLDEST:
            told = f"version {said}" if said else "no version"
            what = f"{program} has {told}; this needs KiCad {OLDEST} or newer"
            raise ToolMissing(what)
        yield KiCad(program, said, home)
