"""The same load case by other programs: the exact body, meshed by gmsh, solved by CalculiX.

Nothing of `mounts.strength` but the load case is used, so that the two can hold each other.
"""

import subprocess
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mounts.exact import exact
from mounts.files.step import step_text
from mounts.part import Part
from mounts.strength.case import Case, Tie
from mounts.strength.material import Design

GRAVITY_N_KG = 9.81
Nodes = NDArray[np.float64]


def lowest_mm(part: Part, case: Case, design: Design, folder: Path, size_mm: float) -> float:
    """Return how far the lowest loaded node sinks, mm.

    Args:
        part: its exact body is meshed with tetrahedra of ten nodes.
        case: what it carries and what holds it.
        design: its stiffness.
        folder: for the programs' files.
        size_mm: largest edge of a tetrahedron.
    """
    mesh = _meshed(part, folder, size_mm)
    nodes = _nodes(mesh)
    axis, sign = "xyz".index(case.down[1]), 1 if case.down[0] == "+" else -1
    loads = np.zeros(len(nodes))
    for load in case.loads:
        under = _under(nodes, load.where.low, load.where.high, load.below)
        loads[under] += sign * load.grams / 1000 * GRAVITY_N_KG / under.sum()
    held = [
        f"{i + 1}, {'xyz'.index(axis) + 1}\n"
        for one in case.held
        for axis in one.axes
        for i in np.flatnonzero(_inside(nodes, one.where.low, one.where.high))
    ]
    forces = [f"{i + 1}, {axis + 1}, {loads[i]:.9g}\n" for i in np.flatnonzero(loads)]
    text = [
        "*INCLUDE, INPUT=mesh.inp\n",
        "*MATERIAL, NAME=M\n*ELASTIC, TYPE=ENGINEERING CONSTANTS\n",
        _constants(design, part),
        "*SOLID SECTION, ELSET=ALL, MATERIAL=M\n",
        *_stiff(case, nodes),
        "*BOUNDARY\n",
        *held,
        "*STEP\n*STATIC\n*CLOAD\n",
        *forces,
        *(
            f"{len(nodes) + 2 * k + 1}, 3, {-tie.grams / 1000 * GRAVITY_N_KG:.9g}\n"
            for k, tie in enumerate(case.ties)
        ),
        "*NODE PRINT, NSET=ALLN\nU\n*END STEP\n",
    ]
    (folder / "run.inp").write_text("".join(text), encoding="utf-8")
    subprocess.run(["ccx", "run"], cwd=folder, check=True, capture_output=True, timeout=300)
    rows = [
        line.split()
        for line in (folder / "run.dat").read_text(encoding="utf-8").splitlines()
        if line[:1] == " " and line.split()[0].isdigit()
    ]
    sunk = {int(row[0]): sign * float(row[1 + axis]) for row in rows}
    found = [sunk[int(i) + 1] for i in np.flatnonzero(loads)]
    return max([*found, *_corners(case, nodes, sunk)])


def _screwed(tie: Tie, nodes: Nodes) -> NDArray[np.int64]:
    """Return the nodes that a device is screwed to."""
    near = [_inside(nodes, one.low, one.high) for one in tie.where]
    return np.flatnonzero(np.any(near, axis=0))


def _stiff(case: Case, nodes: Nodes) -> list[str]:
    """Devices as rigid bodies, each with a node for its shift and one for its turn."""
    lines: list[str] = []
    for k, tie in enumerate(case.ties):
        first, middle = len(nodes) + 2 * k + 1, ", ".join(f"{v:.9g}" for v in tie.middle)
        lines.append(f"*NODE\n{first}, {middle}\n{first + 1}, {middle}\n*NSET, NSET=T{k}\n")
        lines += [f"{i + 1},\n" for i in _screwed(tie, nodes)]
        lines.append(f"*RIGID BODY, NSET=T{k}, REF NODE={first}, ROT NODE={first + 1}\n")
    return lines


def _corners(case: Case, nodes: Nodes, sunk: dict[int, float]) -> list[float]:
    """Return how far the devices' corners sink: a plane through what their screws do."""
    found: list[float] = []
    for tie in case.ties:
        own = _screwed(tie, nodes)
        table = np.column_stack([nodes[own], np.ones(len(own))])
        down = np.array([sunk[int(i) + 1] for i in own])
        plane = np.linalg.lstsq(table, down, rcond=None)[0]
        (x0, y0, z), (x1, y1, _) = tie.device.low, tie.device.high
        found += [float(plane @ (x, y, z, 1.0)) for x in (x0, x1) for y in (y0, y1)]
    return found


def _constants(design: Design, part: Part) -> str:
    soft = np.linalg.inv(design.elastic(part.up))
    e = [1 / soft[k, k] for k in range(3)]
    nu = [-soft[0, 1] * e[0], -soft[0, 2] * e[0], -soft[1, 2] * e[1]]
    g = [1 / soft[5, 5], 1 / soft[4, 4], 1 / soft[3, 3]]
    values = [f"{v:.9g}" for v in (*e, *nu, *g)]
    return ", ".join(values[:8]) + ",\n" + values[8] + "\n"


def _meshed(part: Part, folder: Path, size_mm: float) -> list[str]:
    """Mesh the body; keep nodes and tetrahedra, and name them all."""
    (folder / "part.step").write_text(step_text(exact(part), part.name), encoding="utf-8")
    options = ["-3", "-order", "2", "-clmax", f"{size_mm}", "-v", "1"]
    options += ["-setnumber", "Mesh.SecondOrderLinear", "1"]  # no edge so bent that it folds over
    command = ["gmsh", "part.step", *options, "-format", "inp", "-o", "raw.inp"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=300)
    kept: list[str] = []
    keep = False
    for line in (folder / "raw.inp").read_text(encoding="utf-8").splitlines():
        head = line.upper().replace(" ", "")
        if head.startswith("*"):
            solids = "TYPE=C3D10" in head
            keep = solids or head.startswith("*NODE")
            name = "*ELEMENT, TYPE=C3D10, ELSET=ALL" if solids else "*NODE, NSET=ALLN"
            kept += [name] if keep else []
        elif keep:
            kept.append(line)
    (folder / "mesh.inp").write_text("\n".join(kept) + "\n", encoding="utf-8")
    return kept


def _nodes(mesh: list[str]) -> Nodes:
    """Return the nodes by number, from 1, (n, 3) mm."""
    found: list[list[float]] = []
    for line in mesh[1:]:
        if line.startswith("*"):
            break
        found.append([float(v) for v in line.split(",")])
    table = np.asarray(found)
    assert (table[:, 0] == np.arange(1, len(table) + 1)).all()
    return table[:, 1:4]


def _inside(nodes: Nodes, low: tuple[float, ...], high: tuple[float, ...]) -> NDArray[np.bool_]:
    return np.all((nodes >= np.asarray(low) - 1e-6) & (nodes <= np.asarray(high) + 1e-6), axis=1)


def _under(
    nodes: Nodes, low: tuple[float, ...], high: tuple[float, ...], below: bool
) -> NDArray[np.bool_]:
    """Return the highest nodes under a foot, or all inside of a bolt's box."""
    if not below:
        return _inside(nodes, low, high)
    under = _inside(nodes, (*low[:2], -1e4), (*high[:2], low[2] + 1.0))
    level = under & (np.abs(nodes[:, 2] - low[2]) < 0.05)
    return level if level.any() else under & (nodes[:, 2] > nodes[under, 2].max() - 0.05)
