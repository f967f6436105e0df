"""How long the densest printable frame takes to find: every board, and mixes; prints JSON.

python benchmarks/printable.py
"""

import json
import time

from catalog.load import Catalog, load_catalog
from catalog.problems import InputError
from mounts.order import Order, spec_for

RACKS = ("10in", "19in")
HEIGHTS_U = (1.0, 2.0, 3.0, 4.0, 5.0, 6.0)
MIX = [
    {"device": "raspberry-pi-5", "count": 3},
    {"device": "pine64-rockpro64", "count": 2},
    {"device": "raspberry-pi-zero-2w", "count": 4},
]


def main() -> None:
    """Time the choice of how sleds stand, after import; nothing is drawn."""
    catalog = load_catalog()
    every = [Order("frame", r, b, h, options={"count": "max"}) for b in sorted(catalog.boards)
             for r in RACKS for h in HEIGHTS_U]  # fmt: skip
    mixed = [Order("frame", r, "raspberry-pi-4b", h, options={"count": "max", "beside": MIX})
             for r in RACKS for h in HEIGHTS_U]  # fmt: skip
    asked("printable: every board, both racks, 1 to 6U", every, catalog)
    asked("printable: four kinds in a frame, both racks, 1 to 6U", mixed, catalog)


def asked(name: str, orders: list[Order], catalog: Catalog) -> None:
    """Print how long all orders take, and how many boards go in."""
    held, refused, start = 0, 0, time.perf_counter()
    for order in orders:
        try:
            held += int(getattr(spec_for(order, catalog), "holds"))  # noqa: B009 - of frames
        except InputError:
            refused += 1
    seconds = time.perf_counter() - start
    record = {"name": name, "seconds": round(seconds, 2), "frames": len(orders) - refused}
    print(json.dumps({**record, "refused": refused, "boards": held}))


if __name__ == "__main__":
    main()
