"""How much processor time different boards in one module take, and how near the bound; prints JSON.

python benchmarks/mix.py
"""

import json
import resource
import time
from dataclasses import replace
from typing import NamedTuple

from catalog.load import Catalog, load_catalog
from packing.cavity import rack_cavity
from packing.envelope import Envelope, envelope_of
from packing.mixed.question import Kind, Mix
from packing.mixed.solve import solve

PI, FIVE, ZERO = "raspberry-pi-4b", "raspberry-pi-5", "raspberry-pi-zero-2w"
ROCK, C4 = "pine64-rockpro64", "odroid-c4"
TOUCHING, WALLS, AIR = (0.0, 0.0), (0.0, 1.4), (4.0, 1.4)


class Asked(NamedTuple):
    """Opening (mm), height (U), boards and how many (None: as many as go in), gaps (mm), rows."""

    opening_mm: float
    height_u: int
    boards: dict[str, int | None]
    gaps_mm: tuple[float, float]
    rows: int = 1


ASKED = (
    Asked(222.25, 1, {PI: None, ZERO: None}, TOUCHING),
    Asked(222.25, 2, {PI: None}, TOUCHING),
    Asked(222.25, 2, {PI: None, FIVE: None}, TOUCHING),
    Asked(222.25, 2, {PI: 8, ZERO: 8}, AIR),
    Asked(450.0, 1, {PI: 10, FIVE: 8}, WALLS),
    Asked(450.0, 1, {PI: 10, ROCK: 4}, WALLS, rows=2),
    Asked(450.0, 2, {PI: 20, FIVE: 20}, AIR),
    Asked(450.0, 2, {PI: None, ROCK: None}, TOUCHING),
    Asked(450.0, 2, {PI: 12, FIVE: 12, ROCK: 12}, WALLS),
    Asked(450.0, 3, {PI: 6, FIVE: 6, ROCK: 6, C4: 6, ZERO: 6}, AIR),
    Asked(450.0, 4, {PI: 64, ROCK: 10}, AIR),
)


def main() -> None:
    """Time every question once, after import."""
    catalog = load_catalog()
    solve(_mix(catalog, ASKED[1]))
    for asked in ASKED:
        mix = _mix(catalog, asked)
        start = time.process_time()
        found = solve(mix)
        many = ", ".join(f"{name} × {n or 'any'}" for name, n in asked.boards.items())
        rows = f", {asked.rows} rows" if asked.rows > 1 else ""
        record = {
            "name": f"mix: {asked.height_u}U of {asked.opening_mm:g} mm{rows}: {many}",
            "seconds": round(time.process_time() - start, 2),
            "boards": found.count,
            "bound": found.upper_bound,
        }
        print(json.dumps(record))
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"name": "mix: peak memory", "peak_mb": round(peak_mb)}))


def _mix(catalog: Catalog, asked: Asked) -> Mix:
    kinds = [Kind(name, _envelope(catalog, name), many) for name, many in asked.boards.items()]
    air, edge = asked.gaps_mm
    cavity = rack_cavity(asked.opening_mm, asked.height_u)
    return Mix(tuple(kinds), replace(cavity, air_gap_mm=air, edge_gap_mm=edge), asked.rows)


def _envelope(catalog: Catalog, name: str) -> Envelope:
    board = catalog.board(name)
    form = None if board.form_factor is None else catalog.form_factor(board.form_factor)
    return envelope_of(board, None, form)


if __name__ == "__main__":
    main()
