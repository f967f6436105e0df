"""How long a board's schematic and netlist take, after imports. Prints JSON.

Goal: seven outputs in less than 0.3 s. `skip_load_s` is what kicad-skip alone needs to read the
finished schematic; the ratio to it says how much is ours, whatever the machine.

Example: python benchmarks/pcb_netlist.py
"""

import json
import tempfile
import warnings
from pathlib import Path

from _timing import best

from pcb.budget import budget
from pcb.model import circuit
from pcb.sheet.draw import draw
from pcb.sheet.netlist import netlist
from pcb.sheet.schematic import schematic
from pcb.spec import BoardSpec

GOAL_S = 0.3
RUNS = 7


def make(spec: BoardSpec) -> tuple[str, str]:
    """Return schematic and netlist of a board."""
    board = circuit(spec)
    return schematic(board, draw(board, budget(spec))), netlist(board)


def load(path: Path) -> object:
    """Read a schematic with kicad-skip."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import skip  # noqa: PLC0415 - its import is no part of what is measured
    return skip.Schematic(str(path))


def measure(outputs: int) -> dict[str, float]:
    """Return the times of one board, s."""
    spec = BoardSpec.model_validate({"outputs": outputs})
    board = circuit(spec)
    made = best(lambda: make(spec), RUNS)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "board.kicad_sch"
        path.write_text(make(spec)[0], encoding="utf-8")
        loaded = best(lambda: load(path), RUNS)
    return {
        "schematic_and_netlist_s": made,
        "netlist_s": best(lambda: netlist(board), RUNS),
        "skip_load_s": loaded,
        "ratio_to_skip_load": round(made / loaded, 2),
    }


def main() -> None:
    """Time the smallest board, the example's and the largest."""
    result = {str(outputs): measure(outputs) for outputs in (1, 7, 24)}
    met = result["7"]["schematic_and_netlist_s"] < GOAL_S
    print(json.dumps({"outputs": result, "goal_s": GOAL_S, "met": met}, indent=2))


if __name__ == "__main__":
    main()
