"""The samples of every family in PrusaSlicer, with and without supports, and the estimate's fit.

.venv/bin/python benchmarks/slicer.py [NAME ...]

Prints one JSON record a part as it comes, then how far `mounts.estimate` is off at the worst, and
the factors that would fit best. Takes some minutes for all of them.
"""

import json
import sys
import time
from typing import Any

import numpy as np
from scipy.optimize import minimize

from catalog.load import load_catalog
from catalog.problems import ToolMissing
from mounts.bed import lying
from mounts.estimate import LAYER_S, estimate, measures
from mounts.mesh import mesh_of
from mounts.order import Order, spec_for
from mounts.profile import PROFILE
from mounts.registry import PARTS
from mounts.samples import SAMPLES
from mounts.slicer import find_slicer, slice_mesh

CATALOG = load_catalog()
PRINTER, MATERIAL = CATALOG.printer("bambu-a1"), CATALOG.material("petg")
MORE = {  # larger or more pierced than the samples
    "psu-flex": Order("psu", "10in", "flex-atx"),
    "psu-lrs-350": Order("psu", "10in", "meanwell-lrs-350"),
    "shelf-4.5u": Order("shelf", "10in", "qnap-ts-464", 4.5),
    "nas-19in": Order("nas", "19in", "qnap-ts-464"),
    "shelf-19in": Order("shelf", "19in", "netgear-gs308"),
    "tray-19in": Order("tray", "19in", "pine64-rockpro64"),
}
ORDERS = {**{sample.name: sample.order for sample in SAMPLES}, **MORE}


def measured(name: str) -> dict[str, Any]:
    """Return what slicer and estimate say of a part."""
    order = ORDERS[name]
    part = PARTS[order.part].build(spec_for(order, CATALOG))
    mesh = lying(mesh_of(part), part.up)
    start = time.perf_counter()
    bare = slice_mesh(mesh, PRINTER, MATERIAL)
    held = slice_mesh(mesh, PRINTER, MATERIAL, supports=True)
    took_s = time.perf_counter() - start
    about, m = estimate(mesh, MATERIAL), measures(mesh)
    return {
        "name": name,
        "filament_cm3": bare.filament_cm3,
        "minutes": round(bare.minutes),
        "supports_add_pct": round(100 * (held.filament_cm3 / bare.filament_cm3 - 1), 2),
        "filament_off_pct": round(100 * (about.filament_cm3 / bare.filament_cm3 - 1), 1),
        "minutes_off_pct": round(100 * (about.minutes / bare.minutes - 1), 1),
        "volume_cm3": round(m.volume_cm3, 3),
        "side_cm2": round(m.side_cm2, 2),
        "flat_cm2": round(m.flat_cm2, 2),
        "height_mm": round(m.height_mm, 2),
        "sliced_in_s": round(took_s, 1),
    }


def fit(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the factors whose worst relative errors are about the least there can be."""
    keys = ("filament_cm3", "minutes", "volume_cm3", "side_cm2", "flat_cm2", "height_mm")
    columns = [np.array([row[key] for row in rows], dtype=float) for key in keys]
    plastic, minutes, volume, side, flat, height = columns

    def filled(f: Any) -> Any:
        shell = np.minimum(volume, (side * f[0] + flat * f[1]) / 10)
        return f[2] * (shell + PROFILE.infill * (volume - shell))

    shell = _least(lambda f: filled(f) / plastic - 1, [1.5, 0.5, 0.9])
    least = height / PROFILE.layer_mm * LAYER_S / 60

    def paced(f: Any) -> Any:
        return np.maximum(f[0] * filled(shell) + f[1] * side + f[2] * flat, least)

    pace = _least(lambda f: paced(f) / minutes - 1, [2.0, 0.6, 0.5])
    return {
        "side_mm, flat_mm, dense": [round(float(v), 3) for v in shell],
        "min_per_cm3, min_per_side_cm2, min_per_flat_cm2": [round(float(v), 3) for v in pace],
        "filament_worst_pct": round(100 * float(np.abs(filled(shell) / plastic - 1).max()), 1),
        "minutes_worst_pct": round(100 * float(np.abs(paced(pace) / minutes - 1).max()), 1),
    }


def _least(errors: Any, start: list[float]) -> Any:
    """Return the factors of the least errors; the tenth power makes the worst of them count."""
    found = minimize(
        lambda f: float((np.abs(errors(f)) ** 10).sum() ** 0.1),
        start,
        method="Nelder-Mead",
        options={"maxiter": 5000},
    )
    return found.x


def main() -> None:
    """Slice what is named, or everything."""
    try:
        find_slicer()
    except ToolMissing as missing:
        print(json.dumps({"skipped": str(missing)}))
        return
    rows: list[dict[str, Any]] = []
    for name in sys.argv[1:] or ORDERS:
        rows.append(measured(name))
        print(json.dumps(rows[-1]), flush=True)
    worst = {
        key: max(abs(row[key]) for row in rows)
        for key in ("supports_add_pct", "filament_off_pct", "minutes_off_pct")
    }
    print(json.dumps({"worst": worst, "best_fit": fit(rows)}, indent=2))


if __name__ == "__main__":
    main()
