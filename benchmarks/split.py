"""A 19-inch 4U frame into pieces for its bed, with their meshes: seconds as JSON.

`split_s` is what the clock says, `cpu_s` what the processor was kept for: less on a busy machine.

.venv/bin/python benchmarks/split.py
"""

import json
import time

import cadquery  # noqa: F401 - imported before the clock starts
import manifold3d  # noqa: F401 - as above
import scipy.spatial  # noqa: F401 - as above
import shapely  # noqa: F401 - as above

from catalog.load import load_catalog
from mounts.mesh import mesh_of
from mounts.order import Order, spec_for
from mounts.registry import PARTS
from mounts.split.pieces import split
from mounts.verify.limits import Limits


def main() -> None:
    """Print how long the first run takes."""
    facts = load_catalog()
    wanted = Order("frame", "19in", "raspberry-pi-4b", 4.0, options={"pose": "on-edge"})
    spec = spec_for(wanted, facts)
    limits = Limits(facts.printer("bambu-a1"), facts.material("petg"), ())
    start, kept = time.perf_counter(), time.process_time()
    found = split(PARTS["frame"].build(spec), limits, spec)
    meshes = [mesh_of(piece) for piece in found.pieces]
    record = {
        "split_s": round(time.perf_counter() - start, 3),
        "cpu_s": round(time.process_time() - kept, 3),
        "goal_s": 2.0,
        "pieces": len(meshes),
        "why_not": found.why,
    }
    print(json.dumps(record, indent=2))


if __name__ == "__main__":
    main()
