"""Real devices into one cabinet: value, bound and seconds beside plain CP-SAT; prints JSON.

RACKPRESS_DATA=... python benchmarks/packing/cabinets.py

Devices are NetBox types of 0.5 to 4U with a power figure; of several supplies the largest counts,
for they are mostly redundant. Plain CP-SAT has the same question with places in one model.
"""

import json
import os
import random
import resource
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from packing.cabinet.check import violations
from packing.cabinet.question import BOTH, Cabinet, Question, Thing
from packing.cabinet.solve import arrange
from packing.cabinet.wishes import Cap

SIZES = ((20, 3000.0), (60, 8000.0), (100, 8000.0))
SEEDS = (1, 2, 3)
PLAIN_S = 10.0
WORTH: dict[str, Callable[[dict[str, Any]], int]] = {
    "devices": lambda _: 1,
    "half units": lambda device: round(2 * device["u_height"]),
    "ports": lambda device: len(device.get("interfaces") or ()),
}


def devices(folder: Path) -> list[dict[str, Any]]:
    """Return the device types that stand in units and say what they draw."""
    found: list[dict[str, Any]] = []
    for path in sorted((folder / "device-types").glob("*/*.y*ml")):
        with path.open(encoding="utf-8") as text:
            device = yaml.load(text, Loader=yaml.CSafeLoader)
        device["draws"] = [p.get("maximum_draw") or 0 for p in device.get("power-ports") or ()]
        if 0 < device.get("u_height", 0) <= 4 and any(device["draws"]):
            found.append(device)
    return found


def question(types: list[dict[str, Any]], worth: str, power_w: float) -> Question:
    """Return which of some devices go into 42U under a cap on power."""
    things = tuple(
        Thing(
            name=f"{number} {device['manufacturer']} {device['model']}",
            height_u=device["u_height"],
            full_depth=bool(device.get("is_full_depth", True)),
            faces=BOTH,
            step_u=1 if device["u_height"] % 1 == 0 else 0.5,
            power_w=max(device["draws"]),
            value=WORTH[worth](device),
            required=False,
        )
        for number, device in enumerate(types)
    )
    return Question(things, (Cabinet("42U", 42, 450.0),), (Cap("power", power_w),))


def plain(asked: Question) -> tuple[int, int, float]:
    """Return value, bound and seconds of one CP-SAT model: two lanes of intervals and a cap."""
    from ortools.sat.python import cp_model  # noqa: PLC0415 - heavy

    model = cp_model.CpModel()
    lanes: dict[str, list[cp_model.IntervalVar]] = {"front": [], "rear": []}
    there: list[cp_model.IntVar] = []
    for thing in asked.things:
        high = round(thing.height_u * 2)
        at = model.new_int_var(0, 84 - high, "")
        face = {name: model.new_bool_var("") for name in lanes}
        inside = model.new_bool_var("")
        model.add(sum(face.values()) == inside)
        for name, lane in lanes.items():
            literal = inside if thing.full_depth else face[name]
            lane.append(model.new_optional_fixed_size_interval_var(at, high, literal, ""))
        there.append(inside)
    for lane in lanes.values():
        model.add_no_overlap(lane)
    cap = asked.wishes[0]
    assert isinstance(cap, Cap)
    pairs = list(zip(asked.things, there, strict=True))
    model.add(sum(round(t.power_w or 0) * lit for t, lit in pairs) <= int(cap.most))
    model.maximize(sum(t.value * lit for t, lit in pairs))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 2
    solver.parameters.max_time_in_seconds = PLAIN_S
    start = time.perf_counter()
    solver.solve(model)
    seconds = time.perf_counter() - start
    return round(solver.objective_value), round(solver.best_objective_bound), seconds


def main() -> None:
    """Ask every question of both."""
    types = devices(Path(os.environ["RACKPRESS_DATA"]))
    arrange(question(types[:3], "devices", 1e6))  # imports the solvers
    for worth in WORTH:
        for number, power_w in SIZES:
            for seed in SEEDS:
                dice = random.Random(seed)  # noqa: S311 - the same each time
                asked = question(dice.sample(types, number), worth, power_w)
                start, work = time.perf_counter(), time.process_time()
                answer = arrange(asked)
                seconds, work = time.perf_counter() - start, time.process_time() - work
                value, bound, plainly = plain(asked)
                record = {
                    "name": f"most {worth} of {number} devices in 42U, seed {seed}",
                    "value": answer.value,
                    "bound": answer.bound,
                    "seconds": round(seconds, 3),
                    "cpu_seconds": round(work, 3),
                    "wrong": violations(asked, answer.spots),
                    "plain": {"value": value, "bound": bound, "seconds": round(plainly, 3)},
                    "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
                }
                print(json.dumps(record), flush=True)


if __name__ == "__main__":
    main()
