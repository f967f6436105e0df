"""How long `rackpress pack` takes for each example, read and answered, after import; prints JSON.

python benchmarks/packing/homelab.py
"""

import json
import resource
import time
from pathlib import Path

from catalog.load import load_catalog
from packing.cabinet.check import violations
from packing.site import of_rack
from rack.pack import Wanted, read_case

EXAMPLES = Path(__file__).parents[2] / "examples"


def main() -> None:
    """Read and answer each."""
    catalog = load_catalog()
    files = sorted(EXAMPLES.glob("*.toml"))
    of_rack(read_case(files[0], catalog, Wanted()).asked)  # imports the solvers
    for path in files:
        start, work = time.perf_counter(), time.process_time()
        case = read_case(path, catalog, Wanted())
        answer = of_rack(case.asked).answer
        record = {
            "name": f"pack {path.name}",
            "value": answer.value,
            "bound": answer.bound,
            "seconds": round(time.perf_counter() - start, 3),
            "cpu_seconds": round(time.process_time() - work, 3),
            "wrong": violations(case.asked, answer.spots),
            "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        }
        print(json.dumps(record), flush=True)


if __name__ == "__main__":
    main()
