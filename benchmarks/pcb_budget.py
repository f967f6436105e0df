"""How long a board's budget alone takes, after imports. Prints JSON.

Three loads of 1, 7 and 24 outputs: one that fits, and so is worked out once; one that is refused,
and so is worked out anew for every cure that is tried; and one of 5 V, whose cures are boards of
another voltage. Goal: a budget that fits in less than 0.1 s, one with its cures in less than 1 s:
with it all else of a board is to take less than a second.

Example: python benchmarks/pcb_budget.py
"""

import json

from _timing import best

from pcb.budget import budget
from pcb.spec import BoardSpec, read_spec

GOAL_FITS_S, GOAL_CURED_S = 0.1, 1.0
RUNS = 5
LOADS = {
    "fits": {"amps": 0.5, "typical_amps": 0.3},
    "refused": {"amps": 5, "typical_amps": 0.6},
    "refused_5v": {"volts": 5, "amps": 5, "connector": "screw"},
}


def measure(spec: BoardSpec) -> dict[str, object]:
    """Return how long one budget takes, and what it says."""
    made = budget(spec)
    return {"cpu_s": best(lambda: budget(spec), RUNS), "fits": made.fits, "cures": len(made.cures)}


def main() -> None:
    """Time every load of every count."""
    result = {
        load: {
            str(outputs): measure(read_spec({"outputs": outputs, **values}))
            for outputs in (1, 7, 24)
        }
        for load, values in LOADS.items()
    }
    rows = [row for counts in result.values() for row in counts.values()]
    met = all(
        float(str(row["cpu_s"])) < (GOAL_CURED_S if row["cures"] else GOAL_FITS_S) for row in rows
    )
    goals = {"goal_fits_s": GOAL_FITS_S, "goal_cured_s": GOAL_CURED_S}
    print(json.dumps({"loads": result, **goals, "met": met}, indent=2))


if __name__ == "__main__":
    main()
