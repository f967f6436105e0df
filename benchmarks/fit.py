"""How much processor time a fit takes: one board, every pose, 1 to 6U, both racks; prints JSON.

python benchmarks/fit.py
"""

import json
import time
from dataclasses import replace
from statistics import median

from catalog.load import load_catalog
from packing.bound import upper_bound
from packing.cavity import rack_cavity
from packing.envelope import envelope_of
from packing.solve import best_fits

ROUNDS = 7


def main() -> None:
    """Time the counts, the bounds and the advice together, after import."""
    envelope = envelope_of(load_catalog().board("raspberry-pi-4b"))
    spaces = [rack_cavity(opening, n) for opening in (450.0, 222.25) for n in range(1, 7)]
    for name, air in (("touching", 0.0), ("4 mm of air", 4.0)):
        cavities = [replace(space, air_gap_mm=air, edge_gap_mm=air / 3) for space in spaces]
        seconds: list[float] = []
        for _ in range(ROUNDS):
            upper_bound.cache_clear()
            start = time.process_time()
            found = [best_fits(envelope, cavity) for cavity in cavities]
            seconds.append(time.process_time() - start)
        record = {
            "name": f"fit: raspberry-pi-4b, every pose, 1 to 6U, both racks, {name}",
            "seconds": round(min(seconds), 4),
            "median_seconds": round(median(seconds), 4),
            "results": sum(map(len, found)),
            "proven_best": sum(each[0].gap == 0 for each in found),
        }
        print(json.dumps(record))


if __name__ == "__main__":
    main()
