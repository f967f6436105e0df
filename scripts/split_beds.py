"""Every sample in both racks on six beds: whole, in pieces that keep every law, or why not.

    .venv/bin/python scripts/split_beds.py [SAMPLE ...] [--rack 19in] [--bed ID] > beds.jsonl

One JSON line each. Pieces are held to what is asked of a part in pieces: they fit the bed and pass
`rackpress verify`; they keep apart by the play; joined they are the whole less its gaps, as large,
with every hole and port uncut; what joins them is in nobody's way. `broken` names what fails, and
then the exit code is 1.
"""

import argparse
import json
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING, Any

from catalog.load import Catalog, load_catalog
from catalog.models import Fact
from catalog.problems import InputError
from mounts.bed import bed_fit, lying
from mounts.geometry.sheet import AXES
from mounts.mesh import from_manifold, mesh_of, solid_of
from mounts.order import Order, spec_for
from mounts.part import Part
from mounts.registry import PARTS
from mounts.samples import SAMPLES
from mounts.split.axes import Box
from mounts.split.obstacles import REACH_MM, filled
from mounts.split.pieces import Split, split
from mounts.verify.limits import Limits
from mounts.verify.run import verify
from mounts.verify.slices import slice_at, standing
from mounts.verify.subject import Subject, subject_of

if TYPE_CHECKING:
    from manifold3d import Manifold

BEDS = ("generic-150", "bambu-a1-mini", "generic-220", "prusa-mk3s", "bambu-p1-x1", "prusa-xl")
RACKS = ("10in", "19in")
ROUND_MM = 0.01  # of gaps: arcs are chords
ROUND_MM3 = 0.5  # of volumes: meshes are tidied to half a micron
# Of a gap's width: the largest round that lies in it where two of them cross has this radius.
CORNER = 0.72
CRUMB_MM2 = 0.1
SLICES = 12
OUTER_MM = 0.1
BEHIND_MM = 10.5  # what joins pieces stands up no further from a panel
PORT_MM = 60.0  # a wider opening is a window: it may be cut through
NEAR_MM = 0.8  # what is left between a hole and a cut, at least: two lines


@dataclass(frozen=True, eq=False)
class Case:
    """A part, what it was made from, and what its pieces are held to."""

    part: Part
    spec: Fact
    limits: Limits
    whole: Limits  # the same on a bed that takes all


def parts(
    facts: Catalog, names: Sequence[str] = (), racks: Sequence[str] = RACKS
) -> Iterator[tuple[str, str, Fact, Part]]:
    """Yield the samples asked for, all if none is, in each rack that takes them."""
    for sample in SAMPLES:
        if names and sample.name not in names:
            continue
        for rack in racks if "standard" in _keys(sample.order) else RACKS[:1]:
            try:
                spec = spec_for(replace(sample.order, rack=rack), facts)
            except InputError as error:
                print(f"{sample.name} {rack}: {error}", file=sys.stderr)
                continue
            yield sample.name, rack, spec, PARTS[sample.order.part].build(spec)


def _keys(order: Order) -> set[str]:
    return set(PARTS[order.part].spec.model_fields)


def held_to(facts: Catalog, bed: str) -> tuple[Limits, Limits]:
    """Return what is held to on a bed, and on one that takes all; every rack is known."""
    printer = facts.printer(bed)
    endless = printer.model_copy(
        update={"bed_x_mm": 1e3, "bed_y_mm": 1e3, "bed_z_mm": 1e3, "excluded_mm": None}
    )
    standards = tuple(facts.standards.values())
    petg = facts.material("petg")
    return Limits(printer, petg, standards), Limits(endless, petg, standards)


def on_bed(case: Case) -> dict[str, Any]:
    """Return what comes of a part on a bed."""
    start = time.perf_counter()
    fit = bed_fit(lying(mesh_of(case.part), case.part.up), case.limits.printer)
    if fit.fits:
        return {"pieces": 1}
    found = split(case.part, case.limits, case.spec)
    took = round(time.perf_counter() - start, 2)
    if not found.pieces:
        return {"pieces": 0, "why": found.why, "seconds": took}
    joints = sorted({name for seam in found.seams for name in seam.joints})
    kept = round(100 * min(seam.upright_kept for seam in found.seams))
    plain = {"pieces": len(found.pieces), "joints": joints, "kept_pct": kept, "seconds": took}
    return {**plain, "broken": broken(case, found)}


def broken(case: Case, found: Split) -> list[str]:
    """Return which laws the pieces of a part break; none if all is well."""
    bodies = [solid_of(piece) for piece in found.pieces]
    return [
        *_printable(case, found),
        *_in_nobodys_way(case, found),
        *_apart(found, bodies),
        *_nothing_else_lost(case, found, bodies),
    ]


def _printable(case: Case, found: Split) -> Iterator[str]:
    """Each fits the bed and passes by itself, as from its file."""
    for piece in found.pieces:
        mesh = mesh_of(piece)
        report = verify(Subject(piece.name, mesh, piece.up, piece=True), case.limits)
        yield from (f"{piece.piece}: {one}" for one in report.findings)


def _in_nobodys_way(case: Case, found: Split) -> Iterator[str]:
    """Joined they pass as the part does: device, plugs, screws, posts of the rack."""
    before = {one.rule for one in verify(subject_of(case.part, case.spec), case.whole).findings}
    report = verify(subject_of(found.whole, case.spec), case.whole)
    yield from (f"joined: {one}" for one in report.findings if one.rule not in before)
    axis, sign = "xyz".index(case.part.up[1]), 1 if case.part.up[0] == "+" else -1
    old, new = mesh_of(case.part).bounds_mm(), mesh_of(found.whole).bounds_mm()
    for k in range(3):
        for end in (0, 1):
            grown = (new[end][k] - old[end][k]) * (1 if end else -1)
            most = BEHIND_MM if k == axis and (sign > 0) == bool(end) else OUTER_MM
            if not -OUTER_MM <= grown <= most:
                yield f"joined it is {grown:.2f} mm larger to {'-+'[end]}{'xyz'[k]}"


def _apart(found: Split, bodies: "list[Manifold]") -> Iterator[str]:
    """No two share space; neighbours gap by the play, and each hangs on another."""
    play = found.whole.calibration.press_mm
    pins = [piece.piece.startswith("pin") for piece in found.pieces]
    near: dict[int, set[int]] = {k: {k} for k in range(len(bodies))}
    for a, b in combinations(range(len(bodies)), 2):
        names = f"{found.pieces[a].piece} and {found.pieces[b].piece}"
        shared = (bodies[a] ^ bodies[b]).volume()
        if shared > 1e-6:
            yield f"{names} share {shared:.3f} mm³"
            continue
        gap, wanted = bodies[a].min_gap(bodies[b], 2.0), play * (1 if pins[a] or pins[b] else 2)
        if gap < wanted - ROUND_MM:
            yield f"{names} gap by {gap:.3f} mm, {wanted:.2f} wanted"
        if gap < wanted + ROUND_MM:
            joined = near[a] | near[b]
            near |= dict.fromkeys(joined, joined)
    if len(near[0]) < len(bodies):
        yield "not every piece is as near to another as the play wants"


def _nothing_else_lost(case: Case, found: Split, bodies: "list[Manifold]") -> Iterator[str]:
    """Joined they are the whole but for gaps no wider than the play, which meet no hole."""
    from manifold3d import Manifold, OpType  # noqa: PLC0415 - heavy

    plates = [
        body
        for body, piece in zip(bodies, found.pieces, strict=True)
        if not piece.piece.startswith("pin")
    ]
    whole, joined = solid_of(found.whole), Manifold.batch_boolean(plates, OpType.Add)
    more = (joined - whole).volume()
    if more > ROUND_MM3:
        yield f"{more:.3f} mm³ of the pieces are not in the whole"
    ends = from_manifold(joined).bounds_mm(), from_manifold(whole).bounds_mm()
    off = max(abs(a - b) for k in (0, 1) for a, b in zip(ends[0][k], ends[1][k], strict=True))
    if off > OUTER_MM:
        yield f"joined they are {off:.3f} mm off the whole's size"
    gaps = whole - joined
    yield from _too_wide(found, gaps)
    for box in _ports(case.part):
        size = [high - low for low, high in box]
        cut = (gaps ^ Manifold.cube(size).translate([low for low, _ in box])).volume()
        if cut > 1e-3:
            where = ", ".join(f"{(low + high) / 2:.1f}" for low, high in box)
            yield f"a cut comes nearer than {NEAR_MM:g} mm to the hole at {where}"


def _too_wide(found: Split, gaps: "Manifold") -> Iterator[str]:
    """A gap is as wide as the play on both sides, but where its line turns or meets another."""
    play = found.whole.calibration.press_mm
    for seam in found.seams:
        own = _beside(gaps, seam.way.axis, seam.at_mm)
        for other in found.seams:
            if other.way.through != seam.way.through:
                own = own - _beside(gaps, other.way.axis, other.at_mm)
        if own.is_empty():
            continue
        turned = standing(own, seam.way.through)
        low, high = turned.bounding_box()[2], turned.bounding_box()[5]
        for k in range(SLICES):
            shape = slice_at(turned, low + (high - low) * (k + 0.5) / SLICES)
            left = shape.buffer(-2 * play * CORNER, join_style="mitre").area
            if left > CRUMB_MM2:
                at = f"{'xyz'[seam.way.axis]} = {seam.at_mm:g}"
                yield f"the gap at {at} is wider than {2 * play:g} mm over {left:.2f} mm²"
                break


def _beside(gaps: "Manifold", axis: int, at_mm: float) -> "Manifold":
    """Return what of the gaps lies within the reach of a seam."""
    from manifold3d import Manifold  # noqa: PLC0415 - heavy

    size, low = [2e3] * 3, [-1e3] * 3
    size[axis], low[axis] = 2 * REACH_MM, at_mm - REACH_MM
    return gaps ^ Manifold.cube(size).translate(low)


def _ports(part: Part) -> Iterator[Box]:
    """Yield the room of every hole that may not be cut, and a little round it."""
    for sheet in part.body.sheets:
        first, second, third = AXES[sheet.plane]
        for hole in sheet.holes:
            box = {third: (sheet.start_mm - NEAR_MM, sheet.end_mm + NEAR_MM)}
            for k, axis in enumerate((first, second)):
                own = [point[k] for point in hole.points]
                box[axis] = min(own) - NEAR_MM, max(own) + NEAR_MM
            spans = box[0], box[1], box[2]
            small = all(b - a < PORT_MM for k, (a, b) in enumerate(spans) if k != third)
            if small and not filled(part.spare, _shrunk(spans)):
                yield spans


def _shrunk(box: Box) -> Box:
    x, y, z = ((low + NEAR_MM, high - NEAR_MM) for low, high in box)
    return x, y, z


def main() -> int:
    """Print a line for every sample, rack and bed; 1 if any law is broken."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("samples", nargs="*", metavar="SAMPLE")
    parser.add_argument("--rack", choices=RACKS, action="append")
    parser.add_argument("--bed", metavar="ID", action="append")
    asked = parser.parse_args()
    facts, bad = load_catalog(), 0
    for name, rack, spec, part in parts(facts, asked.samples, asked.rack or RACKS):
        for bed in asked.bed or BEDS:
            record = on_bed(Case(part, spec, *held_to(facts, bed)))
            bad += bool(record.get("broken"))
            print(json.dumps({"sample": name, "rack": rack, "bed": bed, **record}), flush=True)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
