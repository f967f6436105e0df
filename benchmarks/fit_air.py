"""Processor time of every board of the catalogue with air: both racks, 1 to 6U; prints JSON.

python benchmarks/fit_air.py
"""

import json
import resource
import time

from catalog.load import Catalog, load_catalog
from catalog.models import Board
from packing.airflow.board_heat import board_heat
from packing.airflow.cooling import Case
from packing.airflow.most import most_cooled
from packing.cavity import rack_cavity
from packing.envelope import Envelope, envelope_of
from packing.job import job_of
from packing.solve import best_fits

UNKNOWN_W = 5.0


def main() -> None:
    """Time counting alone, then with a wall of 40 mm fans, after import."""
    catalog = load_catalog()
    fan = catalog.fan("40x20")
    cavities = [rack_cavity(opening, n) for opening in (450.0, 222.25) for n in range(1, 7)]
    boards = [(board, _envelope(catalog, board)) for board in catalog.boards.values()]
    start = time.process_time()
    fits = sum(
        best_fits(envelope, cavity)[0].count for _, envelope in boards for cavity in cavities
    )
    _tell("fit: every board, both racks, 1 to 6U", start, {"boards": fits})
    start = time.process_time()
    cool = 0
    for board, envelope in boards:
        known = board.power and (board.power.max_w or board.power.typical_w)
        heat = board_heat(board, known or UNKNOWN_W, 4.0)
        cool += sum(
            most_cooled(Case(job_of(envelope, cavity), heat, fan)).count for cavity in cavities
        )
    _tell("fit with air: every board, both racks, 1 to 6U", start, {"boards": cool})


def _envelope(catalog: Catalog, board: Board) -> Envelope:
    form = None if board.form_factor is None else catalog.form_factor(board.form_factor)
    return envelope_of(board, None, form)


def _tell(name: str, start: float, figures: dict[str, int]) -> None:
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    seconds = round(time.process_time() - start, 2)
    print(json.dumps({"name": name, "seconds": seconds, **figures, "peak_mb": round(peak_mb)}))


if __name__ == "__main__":
    main()
