"""Public rectangle-knapsack instances: value, bound and seconds beside plain CP-SAT; prints JSON.

RACKPRESS_DATA=... python benchmarks/packing/knapsack.py
python benchmarks/packing/knapsack.py --data DIR --limit 10 --instances gcut1 cgcut3

A record for each instance, then one with the totals. Both get the same instance in the same
process, one after the other; plain CP-SAT is the model that its manual suggests, with `--workers`
workers and `--limit` seconds; ours has one. On a busy machine `cpu_seconds` are the better measure:
with `--by-cpu` the limit is on what each worker computes, as long as that takes.

Which published values are used: only the column of best-known values without turning. Those *with*
turning are not optima (CP-SAT finds 1980 for instance `3`, published is 1940), and those for boxes
in space do not belong to the profits stored beside them. A value of ours over a published one is
said (`over_best_known`), and `wrong` has the words of an independent check.
"""

import argparse
import csv
import json
import os
import resource
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packing.rectangles.check import violations
from packing.rectangles.question import Piece, Sheet
from packing.rectangles.solve import fill

EFFORT = 120.0


def known(folder: Path) -> dict[str, int]:
    """Return the best values known, without turning, by instance."""
    with (folder / "best_known.csv").open(encoding="utf-8") as text:
        return {row["instance"]: int(row["best_known_oriented"]) for row in csv.DictReader(text)}


def read(folder: Path, name: str) -> Sheet:
    """Return an instance; a piece without a profit is worth its area, and there is one of it."""
    with (folder / f"{name}_bins.csv").open(encoding="utf-8") as text:
        (sheet,) = csv.DictReader(text)
    pieces: list[Piece] = []
    with (folder / f"{name}_items.csv").open(encoding="utf-8") as text:
        for row in csv.DictReader(text):
            wide, high = int(row["WIDTH"]), int(row["HEIGHT"])
            value = int(row.get("PROFIT") or wide * high)
            pieces.append(Piece(wide, high, value, int(row.get("COPIES") or 1)))
    return Sheet(int(sheet["WIDTH"]), int(sheet["HEIGHT"]), tuple(pieces))


@dataclass(frozen=True)
class Plain:
    """How long plain CP-SAT may take: seconds, of the clock or of each worker, and workers."""

    limit_s: float
    workers: int
    by_cpu: bool = False


def plain(sheet: Sheet, given: Plain) -> tuple[int, int]:
    """Return value and bound of one CP-SAT model: optional intervals, and two sums that help."""
    from ortools.sat.python import cp_model  # noqa: PLC0415 - heavy

    model = cp_model.CpModel()
    extents: tuple[list[Any], list[Any]] = ([], [])
    there: list[tuple[Piece, Any]] = []
    for piece in sheet.pieces:
        if piece.wide > sheet.wide or piece.high > sheet.high:
            continue
        for copy in range(piece.copies):
            inside = model.new_bool_var("")
            if copy:  # copies are taken in their order
                model.add_implication(inside, there[-1][1])
            for axis, (size, room) in enumerate(
                ((piece.wide, sheet.wide), (piece.high, sheet.high))
            ):
                at = model.new_int_var(0, room - size, "")
                extent = model.new_optional_fixed_size_interval_var(at, size, inside, "")
                extents[axis].append(extent)
            there.append((piece, inside))
    model.add_no_overlap_2d(*extents)
    model.add_cumulative(extents[0], [piece.high for piece, _ in there], sheet.high)
    model.add_cumulative(extents[1], [piece.wide for piece, _ in there], sheet.wide)
    model.add(sum(p.wide * p.high * inside for p, inside in there) <= sheet.wide * sheet.high)
    model.maximize(sum(piece.value * inside for piece, inside in there))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = given.workers
    solver.parameters.random_seed = 1
    if given.by_cpu:
        over = threading.Event()
        until = time.process_time() + given.limit_s * given.workers
        threading.Thread(target=_watch, args=(solver, over, until), daemon=True).start()
        solver.solve(model)
        over.set()
    else:
        solver.parameters.max_time_in_seconds = given.limit_s
        solver.solve(model)
    return round(solver.objective_value), round(solver.best_objective_bound)


def _watch(solver: Any, over: threading.Event, until: float) -> None:
    """Stop a solver once the processor has worked for so long."""
    while not over.wait(0.05):
        if time.process_time() > until:
            solver.stop_search()
            return


def both(sheet: Sheet, given: Plain) -> dict[str, Any]:
    """Ask both the same question."""
    start, work = time.perf_counter(), time.process_time()
    answer = fill(sheet, EFFORT)
    ours = {
        "value": answer.value,
        "bound": answer.bound,
        "seconds": round(time.perf_counter() - start, 3),
        "cpu_seconds": round(time.process_time() - work, 3),
        "proof": answer.proof,
        "wrong": violations(sheet, answer.spots),
    }
    start, work = time.perf_counter(), time.process_time()
    value, bound = plain(sheet, given)
    plainly = {
        "value": value,
        "bound": bound,
        "seconds": round(time.perf_counter() - start, 3),
        "cpu_seconds": round(time.process_time() - work, 3),
    }
    return {"ours": ours, "plain": plainly}


def totals(records: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return who proved what, and how long it took where plain CP-SAT proves too."""

    def proved(who: str) -> list[str]:
        return [r["name"] for r in records if r[who]["value"] == r[who]["bound"]]

    plainly, ours = proved("plain"), proved("ours")
    shared = [r for r in records if r["name"] in plainly]
    return {
        "name": "total",
        "instances": len(records),
        "proved": len(ours),
        "proved_by_plain": len(plainly),
        "not_proved_though_plain_does": sorted(set(plainly) - set(ours)),
        "proved_though_plain_does_not": sorted(set(ours) - set(plainly)),
        "where_plain_proves": {
            f"{who}_{unit}": round(sum(r[who][unit] for r in shared), 2)
            for who in ("ours", "plain")
            for unit in ("seconds", "cpu_seconds")
        },
        "below_best_known": [r["name"] for r in records if r["ours"]["value"] < r["best_known"]],
        "over_best_known": [r["name"] for r in records if r["ours"]["value"] > r["best_known"]],
        "wrong": [r["name"] for r in records if r["ours"]["wrong"]],
        "load_average": os.getloadavg()[1],
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def main() -> None:
    """Ask every instance of both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="folder of public data; else RACKPRESS_DATA")
    parser.add_argument("--limit", type=float, default=40.0, help="seconds for plain CP-SAT")
    parser.add_argument("--workers", type=int, default=2, help="of plain CP-SAT; ours has one")
    parser.add_argument("--by-cpu", action="store_true", help="the limit is on work, not the clock")
    parser.add_argument("--instances", nargs="*", help="only these")
    asked = parser.parse_args()
    folder = (asked.data or Path(os.environ["RACKPRESS_DATA"])) / "knapsack2d"
    best = known(folder)
    first = read(folder, "cgcut1")
    both(first, Plain(1.0, asked.workers))  # imports the solvers
    given = Plain(asked.limit, asked.workers, asked.by_cpu)
    records: list[dict[str, Any]] = []
    for name in asked.instances or sorted(best):
        record = {"name": name, "best_known": best[name]}
        records.append(record | both(read(folder, name), given))
        print(json.dumps(records[-1]), flush=True)
    print(json.dumps(totals(records)), flush=True)


if __name__ == "__main__":
    main()
