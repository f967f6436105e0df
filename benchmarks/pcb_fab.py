"""How long the fab pack of a board of 24 outputs takes, after imports. Prints JSON.

Goal: less than 15 s from the project's folder to every file of the pack: KiCad's checks, the
current in the copper, and all exports; by the clock or, where others work on the machine too, by
what processors worked. `pack` is the same without the checks. Without KiCad nothing is timed, and
that is said.

Example: python benchmarks/pcb_fab.py
"""

import json
import os
import tempfile
from functools import partial
from pathlib import Path

from _timing import least

from catalog.problems import ToolMissing
from pcb.build import filled_files, project_files
from pcb.fab.order import order
from pcb.fab.pack import pack
from pcb.fab.shops import shop
from pcb.fill import write
from pcb.kicad import open_kicad
from pcb.spec import BoardSpec

GOAL_S = 15.0
RUNS = 2


def times() -> dict[str, object]:
    """Time boards of 24 outputs, with their checks and without.

    The solver remembers two boards, so a third is made last and each run solves one anew.
    """
    made, values = shop("jlcpcb"), {"outputs": 24, "amps": 0.5}
    specs = [BoardSpec.model_validate({**values, "name": f"b{n}"}) for n in range(RUNS + 1)]
    with open_kicad() as kicad, tempfile.TemporaryDirectory() as folder:
        places = {spec.name: Path(folder) / spec.name for spec in specs}
        files = {spec.name: filled_files(project_files(spec), spec, kicad) for spec in specs}
        for name, place in places.items():
            write(place, files[name])
        runs = specs[:RUNS]
        whole = least([partial(order, spec, places[spec.name], made) for spec in runs])
        packed = least([partial(pack, kicad, spec, files[spec.name], made) for spec in runs])
        told: dict[str, object] = {"kicad": kicad.version, "ordered": whole, "pack": packed}
        met = min(whole["wall_s"], whole["cpu_s"]) < GOAL_S
        return told | {"met": met, "processors": os.cpu_count()}


def main() -> None:
    """Print what was found."""
    result: dict[str, object] = {"outputs": 24, "goal_s": GOAL_S}
    try:
        result |= times()
    except ToolMissing as error:
        result["ordered"] = f"left out: {error}"
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
