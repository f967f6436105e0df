"""A vented shelf for an eight-port switch: body, mesh, STL, 3MF and STEP, seconds as JSON.

.venv/bin/python benchmarks/shelf.py
"""

import json
import statistics
import time
from collections.abc import Callable
from typing import Any

import cadquery  # noqa: F401 - imported before the clock starts
import manifold3d  # noqa: F401 - as above
import shapely  # noqa: F401 - as above

from catalog.load import load_catalog
from mounts.exact import exact
from mounts.files.step import step_text
from mounts.files.stl import stl_bytes
from mounts.files.threemf import threemf_bytes
from mounts.mesh import mesh_of
from mounts.order import Order, spec_for
from mounts.recipe import recipe_of
from mounts.registry import PARTS

ROUNDS = 7
VENT_MM = 6.5  # over 200 hexagons; the default of 8 gives 149


def clocked(work: Callable[[], Any]) -> tuple[float, Any]:
    """Return how long some work took, s, and what it gave."""
    start = time.perf_counter()
    found = work()
    return time.perf_counter() - start, found


def main() -> None:
    """Print the medians of several rounds after a warm-up."""
    wanted = Order("shelf", "10in", "netgear-gs308", 1.0, options={"vent_mm": VENT_MM})
    catalog = load_catalog()
    spec = spec_for(wanted, catalog)
    made_on = catalog.printer("bambu-a1"), catalog.material("petg")
    times: dict[str, list[float]] = {"body": [], "mesh": [], "stl": [], "3mf": []}
    for _ in range(ROUNDS + 1):
        body_s, part = clocked(lambda: PARTS["shelf"].build(spec))
        mesh_s, mesh = clocked(lambda part=part: mesh_of(part))
        stl_s, _ = clocked(lambda mesh=mesh: stl_bytes(mesh))
        recipe = recipe_of(part, spec, *made_on)
        tmf_s, _ = clocked(lambda mesh=mesh, r=recipe: threemf_bytes([("shelf", mesh)], r))
        for key, value in zip(times, (body_s, mesh_s, stl_s, tmf_s), strict=True):
            times[key].append(value)
    medians = {f"{key}_s": round(statistics.median(v[1:]), 4) for key, v in times.items()}
    step_s, _ = clocked(lambda: step_text(exact(part), part.name))
    record = {
        **medians,
        "sum_s": round(sum(medians.values()), 4),
        "goal_s": 0.25,
        "step_s": round(step_s, 3),
        "hexagons": sum(len(p.centers) for p in part.perforations),
        "triangles": len(mesh.triangles),
    }
    print(json.dumps(record, indent=2))


if __name__ == "__main__":
    main()
