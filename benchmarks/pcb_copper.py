"""How exact the copper solver is, how fast, and in how much memory. Prints JSON.

Convergence: three sheets whose resistance is known, on cells that become smaller; `error` is the
share by which the result is off, `order` how fast that falls. Speed: a board of 160 x 75 mm, both
layers full of copper and joined by 40 vias, on cells of 0.125 mm (goal: less than 3 s and 1 GB).
`--plot FILE` draws the convergence as PNG or SVG.

Example: python benchmarks/pcb_copper.py --plot convergence.png
"""

import argparse
import json
import math
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from shapely.geometry import Point, Polygon, box

from pcb.copper.field import field
from pcb.copper.foil import Contact, Foil, Link, barrel_ohm, foil_mm, square_ohm

GOAL_S, GOAL_MB = 3.0, 1000
CELLS = (1 / 2, 1 / 4, 1 / 8, 1 / 16, 1 / 32)


def ohms(area: Any, one: Any, other: Any, cell: float) -> float:
    """Return the resistance of a sheet of 1 Ohm a square between two contacts, Ohm."""
    foil = Foil((area,), (1.0,), (Contact("in", 0, one), Contact("out", 0, other)))
    return field(foil, {"in": 1.0}, "out", cell).volt("in")


def disc(x: float, radius: float) -> Any:
    """Return a circle's area as a polygon of 512 corners."""
    swollen = radius * math.sqrt(2 * math.pi / 512 / math.sin(2 * math.pi / 512))
    return Point(x, 0).buffer(swollen, quad_segs=128)


def annulus(x: float, cell: float) -> float:
    """Return the resistance from a disc of 1 mm to a circle of 9 mm round (0, 0)."""
    outside = Polygon(disc(0, 15).exterior, [disc(0, 9).exterior])
    return ohms(disc(0, 12), disc(x, 1), outside, cell)


def corner(cell: float) -> float:
    """Return how many squares the corner of two arms of 1 mm counts for."""
    area = Polygon([(0, 0), (4, 0), (4, 1), (1, 1), (1, 4), (0, 4)])
    return ohms(area, box(3, -1, 5, 2), box(-1, 3, 2, 5), cell) - 4


CASES: dict[str, tuple[Callable[[float], float], float]] = {
    "annulus": (lambda cell: annulus(0, cell), math.log(9) / 2 / math.pi),
    "eccentric discs": (lambda cell: annulus(5, cell), math.acosh(57 / 18) / 2 / math.pi),
    "corner": (corner, 0.5586),
}


def convergence() -> dict[str, Any]:
    """Return for each case its errors by cell, and the order between the last two."""
    found: dict[str, Any] = {}
    for name, (resistance, exact) in CASES.items():
        errors = {f"{cell:g}": abs(resistance(cell) / exact - 1) for cell in CELLS}
        *_, before, last = errors.values()
        found[name] = {
            "exact_ohm": round(exact, 6),
            "error": {cell: round(error, 7) for cell, error in errors.items()},
            "order": round(math.log2(before / last), 2),
        }
    found["annulus"]["error at b/16"] = round(abs(annulus(0, 9 / 16) / CASES["annulus"][1] - 1), 5)
    return found


def full_board() -> Foil:
    """Return two full layers of 160 x 75 mm, 1 oz, and 40 vias of 0.5 mm."""
    spots = [(20 * i + 9.3, 15 * j + 7.1) for i in range(8) for j in range(5)]
    contacts = tuple(
        Contact(f"{n}/{layer}", layer, Point(spot).buffer(0.25))
        for n, spot in enumerate(spots)
        for layer in (0, 1)
    )
    wall = barrel_ohm(0.5, 0.018, 1.6)
    links = tuple(Link((f"{n}/0", f"{n}/1"), wall) for n in range(len(spots)))
    sheet = box(0, 0, 160, 75)
    return Foil((sheet, sheet), (square_ohm(foil_mm(1)),) * 2, contacts, links)


def speed() -> dict[str, Any]:
    """Return how long the full board takes, by the clock and by the processor."""
    foil = full_board()
    field(foil, {"39/0": 5.0}, "0/0", 1.0)  # imports
    start, worked = time.perf_counter(), time.process_time()
    found = field(foil, {"39/0": 5.0, "20/1": -2.0}, "0/0", 0.125)
    wall, cpu = time.perf_counter() - start, time.process_time() - worked
    units = 1024 if sys.platform != "darwin" else 1024**2  # that of Linux is kB
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / units
    return {
        "unknowns": found.system.size,
        "steps": found.steps,
        "wall_s": round(wall, 2),
        "cpu_s": round(cpu, 2),
        "goal_s": GOAL_S,
        "peak_mb": round(peak),
        "goal_mb": GOAL_MB,
        "met": wall < GOAL_S and peak < GOAL_MB,
        "met_by_cpu": cpu < GOAL_S and peak < GOAL_MB,  # the same on a busy machine
        "energy_gap": abs((found.copper_w + found.links_w) / found.put_in_w - 1),
    }


def plot(found: dict[str, Any], path: Path) -> None:
    """Draw the errors over the cell's size."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - slow to import

    figure = Figure(figsize=(7, 5), layout="constrained")
    axes = figure.add_subplot()
    for (name, case), style in zip(found.items(), ("o-", "s--", "^:"), strict=True):
        cells = [float(cell) for cell in case["error"]]
        axes.loglog(cells, [100 * e for e in case["error"].values()], style, label=name)
    axes.loglog(CELLS, [8 * cell**2 for cell in CELLS], color="0.6", label="square of the cell")
    axes.set(xlabel="cell, mm", ylabel="error, %", title="Error of the copper solver")
    axes.grid(visible=True, which="both", alpha=0.3)
    axes.legend()
    figure.savefig(path, metadata={"Software": None} if path.suffix == ".png" else {"Date": None})


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plot", type=Path, metavar="FILE", help="draw the convergence")
    given = parser.parse_args()
    found = {"board": speed(), "convergence": convergence()}
    if given.plot:
        plot(found["convergence"], given.plot)
    print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
