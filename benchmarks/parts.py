"""Every sample: body, mesh, STL and 3MF, seconds after import; and a STEP file of 1 000 holes.

.venv/bin/python benchmarks/parts.py
"""

import json
import time
from collections.abc import Callable
from typing import Any

import cadquery  # noqa: F401 - imported before the clock starts
import manifold3d  # noqa: F401 - as above
import shapely  # noqa: F401 - as above

from catalog.load import Catalog, load_catalog
from catalog.models import Material, Printer
from mounts.exact import exact
from mounts.files.step import step_text
from mounts.files.stl import stl_bytes
from mounts.files.threemf import threemf_bytes
from mounts.mesh import mesh_of
from mounts.order import Order, spec_for
from mounts.recipe import recipe_of
from mounts.registry import PARTS
from mounts.samples import SAMPLES

ROUNDS = 5
PART_GOAL_S, STEP_GOAL_S = 0.3, 3.0
VENTED = Order("blank", "19in", height_u=4.0, options={"vents": True, "vent_mm": 6.0})


def clocked(work: Callable[[], Any]) -> tuple[float, Any]:
    """Return how long some work took, s, and what it gave."""
    start = time.perf_counter()
    found = work()
    return time.perf_counter() - start, found


def printable(family: str, spec: Any, made_on: tuple[Printer, Material]) -> None:
    """Make a part's files for a slicer."""
    part = PARTS[family].build(spec)
    mesh = mesh_of(part)
    stl_bytes(mesh)
    threemf_bytes([(part.name, mesh)], recipe_of(part, spec, *made_on))


def part_s(order: Order, catalog: Catalog) -> float:
    """Return the quickest of several rounds, s: what else the machine does only slows one down."""
    spec = spec_for(order, catalog)
    made_on = catalog.printer("bambu-a1"), catalog.material("petg")
    times = [clocked(lambda: printable(order.part, spec, made_on))[0] for _ in range(ROUNDS + 1)]
    return round(min(times), 3)


def main() -> None:
    """Print all figures and what they should be."""
    catalog = load_catalog()
    parts = {sample.name: part_s(sample.order, catalog) for sample in SAMPLES}
    spec = spec_for(VENTED, catalog)
    part = PARTS[VENTED.part].build(spec)
    step_s = min(clocked(lambda: step_text(exact(part), part.name))[0] for _ in range(3))
    slowest = max(parts, key=lambda name: parts[name])
    record = {
        "parts_s": parts,
        "slowest": slowest,
        "slowest_s": parts[slowest],
        "part_goal_s": PART_GOAL_S,
        "step_holes": sum(len(p.centers) for p in part.perforations),
        "step_s": round(step_s, 2),
        "step_goal_s": STEP_GOAL_S,
    }
    print(json.dumps(record, indent=2))


if __name__ == "__main__":
    main()
