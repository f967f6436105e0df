"""Let KiCad prove every power board: 1 to 24 outputs, each rail, each kind of output, managed too.

Too many for every commit: some hundred boards at a few seconds each. Exits with 1 if KiCad finds
anything with any of them, or copper is too narrow anywhere.

`--switched` proves only boards that a host switches, each with sensing and without where it can
have both, and prints a table: size, copper, findings of each kind, seconds of this machine.

Example: python scripts/nightly_boards.py --outputs 7
Example: python scripts/nightly_boards.py --switched 4 8 12 16 24
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path

from pcb.board.comb import comb
from pcb.build import filled_files, project_files
from pcb.check import Report, check_with
from pcb.fill import write
from pcb.kicad import KiCad, open_kicad
from pcb.parts import EXTRA_KINDS, INPUT_KINDS, OUTPUT_KINDS, input_type
from pcb.spec import MANAGED_OUTPUTS, MAX_OUTPUTS, BoardSpec, read_spec
from pcb.spec_bus import MOST_SENSED

HEADS = ("outputs", "rails", "sensed", "mm", "ERC", "netlist", "DRC", "open", "parity",
         "copper", "CPU s")  # fmt: skip


def main() -> int:
    """Prove all boards, or those of one count; 0 if no fault was found."""
    parser = argparse.ArgumentParser(description="Let KiCad prove every power board.")
    parser.add_argument("--outputs", type=int, help="Only boards of so many outputs.")
    parser.add_argument(
        "--switched", type=int, nargs="+", help="Only managed ones of these counts."
    )
    given = parser.parse_args()
    if given.switched:
        return table(given.switched)
    only = given.outputs
    counts = range(1, MAX_OUTPUTS + 1) if only is None else (only,)
    faults = done = 0
    with open_kicad() as kicad:
        for spec in boards(counts):
            found = prove(kicad, spec)
            done += 1
            faults += bool(found)
            for line in found:
                print(f"{told(spec)}: {line}", flush=True)
    print(f"{done} boards, {faults} with faults, KiCad {kicad.version}")
    return 1 if faults else 0


def boards(counts: range | tuple[int, ...]) -> Iterator[BoardSpec]:
    """Yield the boards: all rails and outputs for each count, and each inlet."""
    for count, connector in product(counts, OUTPUT_KINDS):
        ends = {"outputs": count, "connector": connector, "connector_5v": connector, "amps": 2}
        yield read_spec({**ends, "volts": 12})
        yield read_spec({**ends, "volts": 5})
        if count > 1:
            yield read_spec({**ends, "outputs_5v": count // 2, "amps_5v": 2})
        if count >= MANAGED_OUTPUTS:
            managed = {**ends, "level": "managed"}
            yield read_spec({**managed, "volts": 12})
            yield read_spec({**managed, "volts": 5})
            yield read_spec({**managed, "outputs_5v": count // 2, "amps_5v": 2})
            if count <= MOST_SENSED:
                yield read_spec({**managed, "sensing": True})
    yield from inlets(counts)


def inlets(counts: range | tuple[int, ...]) -> Iterator[BoardSpec]:
    """Yield the boards of each inlet that brings 12 V, alone and with others."""
    for count in counts:
        for kind in INPUT_KINDS:
            if input_type(kind).contacts(12):
                yield read_spec({"outputs": count, "input": kind})
            if input_type(kind).starts:
                yield read_spec({"outputs": count, "input": kind, "ps_on": "switch"})
        for kind, joined in product(EXTRA_KINDS, (True, False)):
            if count > 1:
                extra = {"extra_inputs": [kind], "single_rail": joined}
                yield read_spec({"outputs": count, "amps": 2, **extra})
                yield read_spec({"outputs": count, "amps": 2, "level": "managed", **extra})


def switched(counts: Iterable[int]) -> Iterator[BoardSpec]:
    """Yield managed boards: 12 V, 5 V and mixed, without sensing and, where it can be, with it."""
    for count, sensing in product(counts, (False, True)):
        if sensing and count > MOST_SENSED:
            continue
        managed = {"outputs": count, "amps": 2, "level": "managed", "sensing": sensing}
        yield read_spec({**managed, "volts": 12})
        yield read_spec({**managed, "volts": 5})
        yield read_spec({**managed, "outputs_5v": count // 2, "amps_5v": 2})


def table(counts: Iterable[int]) -> int:
    """Prove managed boards and print a row for each; 0 if no fault was found."""
    print(" | ".join(HEADS))
    faults = 0
    with open_kicad() as kicad:
        for spec in switched(counts):
            before, shape = os.times(), comb(spec)
            report = reported(kicad, spec)
            spent = sum(os.times()[:4]) - sum(before[:4])
            rails = "12 and 5 V" if spec.outputs_5v else f"{spec.volts} V"
            size, sensed = f"{shape.width:g} x {shape.height:g}", "yes" if spec.sensing else "no"
            found = report.counts().values()
            row = (spec.outputs, rails, sensed, size, *found, f"{spent:.0f}")
            print(" | ".join(map(str, row)), flush=True)
            faults += not report.passed
            for line in report.findings:
                print(f"  {line}", flush=True)
    return 1 if faults else 0


def prove(kicad: KiCad, spec: BoardSpec) -> tuple[str, ...]:
    """Return what is wrong with one board."""
    return reported(kicad, spec).findings


def reported(kicad: KiCad, spec: BoardSpec) -> Report:
    """Make a board, and return what KiCad and the copper solver say of it."""
    with tempfile.TemporaryDirectory(prefix="rackpress-nightly-") as made:
        write(Path(made), filled_files(project_files(spec), spec, kicad))
        return check_with(kicad, spec, Path(made))


def told(spec: BoardSpec) -> str:
    """Return what differs from the defaults."""
    return ", ".join(
        f"{key}={value}" for key, value in spec.model_dump(exclude_defaults=True).items()
    )


if __name__ == "__main__":
    sys.exit(main())
