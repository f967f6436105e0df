"""The one place that knows KiCad's programs. Everything else works without them.

Two things KiCad leaves to the caller are seen to here. It wants a HOME and writes its first-run
settings there, so it gets a private one. And version 9 gives the places of ERC findings in
hundredths of what it says, so they are not passed on.
"""

import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from catalog.problems import CheckFailed, ToolMissing

OLDEST = 9
SECONDS = 120
PLACES = (
    "/Applications/KiCad/KiCad.app/Contents/MacOS/kicad-cli",
    "C:/Program Files/KiCad/9.0/bin/kicad-cli.exe",
)  # where the installers of the two systems without a search path put it
_VIOLATIONS = 5  # kicad-cli's exit code for "done, and something was found"


@dataclass(frozen=True)
class Violation:
    """One finding of KiCad's electrical rules check."""

    kind: str
    severity: str
    text: str

    def __str__(self) -> str:
        return f"{self.severity}: {self.text} [{self.kind}]"


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
            Violation(one["type"], one["severity"], _told(one))
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

    def _run(self, arguments: list[str]) -> int:
        done = _call([self.program, *arguments], self.home)
        if done.returncode not in (0, _VIOLATIONS):
            said = (done.stderr.strip() or done.stdout.strip()).splitlines()
            raise CheckFailed(
                f"kicad-cli {' '.join(arguments[:3])} failed with code {done.returncode}: "
                + (said[-1] if said else "it said nothing")
            )
        return done.returncode


def _told(violation: dict[str, object]) -> str:
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
        return subprocess.run(  # noqa: S603 - our own arguments, no shell
            command,
            env={**os.environ, **private},
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=SECONDS,
            check=False,
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
