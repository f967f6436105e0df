"""Programs of others that some work asks: names, places, what for, and how to get them."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Tool:
    """A program of somebody else's.

    Args:
        name: what people call it.
        programs: what it is called on the search path, by preference.
        places: where installers put it on systems whose search path does not lead there.
        variable: of the environment, names the program where no search finds it.
        purpose: what it is needed for.
        without: what happens where it is missing.
        get: how to get it.
    """

    name: str
    programs: tuple[str, ...]
    purpose: str
    without: str
    get: str
    places: tuple[str, ...] = ()
    variable: str = ""

    def find(self) -> str | None:
        """Return the program: the variable's, then that of the search path, then a usual place."""
        named = os.environ.get(self.variable) if self.variable else None
        if named:
            return named
        on_path = (shutil.which(name) for name in self.programs)
        usual = (place for place in self.places if Path(place).is_file())
        return next((one for one in (*on_path, *usual) if one), None)


KICAD = Tool(
    "KiCad",
    ("kicad-cli",),
    "fills the pours of power boards and proves them: rules, connections, board against schematic",
    "boards are made, but not filled and not proved",
    "version 9 or newer: https://www.kicad.org/download/ (Debian: apt install kicad)",
    (
        "/Applications/KiCad/KiCad.app/Contents/MacOS/kicad-cli",
        "C:/Program Files/KiCad/9.0/bin/kicad-cli.exe",
    ),
    "RACKPRESS_KICAD_CLI",
)
PCBNEW = Tool(
    "KiCad's Python",
    (),
    "fills the pours: its module pcbnew does what kicad-cli cannot",
    "boards are made, but not filled and not proved",
    "it comes with KiCad; RACKPRESS_KICAD_PYTHON may name a Python that can import pcbnew",
    (
        "/Applications/KiCad/KiCad.app/Contents/Frameworks/Python.framework/Versions/Current/bin/"
        "python3",
        "C:/Program Files/KiCad/9.0/bin/python.exe",
        "/usr/bin/python3",
    ),
    "RACKPRESS_KICAD_PYTHON",
)
SLICER = Tool(
    "PrusaSlicer",
    ("prusa-slicer", "PrusaSlicer", "prusa-slicer-console"),
    "says grams and minutes of a print with --slice",
    "grams and minutes are estimates, and say so",
    "https://www.prusa3d.com/prusaslicer (Debian: apt install prusa-slicer)",
    (
        "/Applications/PrusaSlicer.app/Contents/MacOS/PrusaSlicer",
        "C:/Program Files/Prusa3D/PrusaSlicer/prusa-slicer-console.exe",
    ),
    "RACKPRESS_PRUSA_SLICER",
)
GMSH = Tool(
    "gmsh",
    ("gmsh",),
    "tests: meshes for finite elements",
    "tests of sag by finite elements are skipped",
    "https://gmsh.info (Debian: apt install gmsh)",
)
CALCULIX = Tool(
    "CalculiX",
    ("ccx",),
    "tests: finite elements that the quick figures of strength are held against",
    "tests of sag by finite elements are skipped",
    "https://www.calculix.de (Debian: apt install calculix-ccx)",
)
CHROMIUM = Tool(
    "Chromium",
    ("chromium", "chromium-browser", "google-chrome"),
    "tests: the report is opened in it",
    "tests of the report in a browser are skipped",
    "Debian: apt install chromium",
)
