"""Every sample in both racks on six beds: whole, in pieces, or why not; one JSON line each.

.venv/bin/python scripts/split_beds.py [SAMPLE ...] > beds.jsonl
"""

import json
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from catalog.load import Catalog, load_catalog
from catalog.models import Fact
from catalog.problems import InputError
from mounts.bed import bed_fit, lying
from mounts.mesh import mesh_of
from mounts.order import Order, spec_for
from mounts.part import Part
from mounts.registry import PARTS
from mounts.samples import SAMPLES
from mounts.split.pieces import split
from mounts.verify.limits import Limits

BEDS = ("generic-150", "bambu-a1-mini", "generic-220", "prusa-mk3s", "bambu-p1-x1", "prusa-xl")


def parts(facts: Catalog, names: list[str]) -> Iterator[tuple[str, str, Fact, Part]]:
    """Yield the samples asked for, all if none is, in each rack that takes them."""
    for sample in SAMPLES:
        racks = ("10in", "19in") if "standard" in _keys(sample.order) else ("10in",)
        for rack in racks:
            if names and sample.name not in names:
                continue
            try:
                spec = spec_for(replace(sample.order, rack=rack), facts)
            except InputError as error:
                print(f"{sample.name} {rack}: {error}", file=sys.stderr)
                continue
            yield sample.name, rack, spec, PARTS[sample.order.part].build(spec)


def _keys(order: Order) -> set[str]:
    return set(PARTS[order.part].spec.model_fields)


def on_bed(part: Part, spec: Fact, limits: Limits) -> dict[str, Any]:
    """Return what comes of a part on a bed."""
    start = time.perf_counter()
    fit = bed_fit(lying(mesh_of(part), part.up), limits.printer)
    if fit.fits:
        return {"pieces": 1}
    found = split(part, limits, spec)
    took = round(time.perf_counter() - start, 2)
    if not found.pieces:
        return {"pieces": 0, "why": found.why, "seconds": took}
    joints = sorted({name for seam in found.seams for name in seam.joints})
    kept = round(100 * min(seam.kept for seam in found.seams))
    return {"pieces": len(found.pieces), "joints": joints, "kept_pct": kept, "seconds": took}


def main() -> None:
    """Print a line for every sample, rack and bed."""
    facts = load_catalog()
    for name, rack, spec, part in parts(facts, sys.argv[1:]):
        for bed in BEDS:
            limits = Limits(facts.printer(bed), facts.material("petg"), ())
            record = {"sample": name, "rack": rack, "bed": bed, **on_bed(part, spec, limits)}
            print(json.dumps(record), flush=True)


if __name__ == "__main__":
    main()
