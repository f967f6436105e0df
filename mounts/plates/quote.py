"""What plates take to print: grams, minutes and money, by a slicer or by the estimate.

Money is filament only. The slicer vendor's profiles, where the catalogue has its prices from, name
no currency, so none is named here; one's own price goes into a catalogue folder.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from catalog.models import Material
from mounts.plates.project import Plate, Plates, covered
from mounts.printing import print_sentence, slicers, together
from mounts.slicer import slice_plate

SKIRT_MM = 7.0  # PrusaSlicer's skirt: 6 mm away, one line wide
COST_NOTE = (
    "Cost is filament at the catalogue's price per kg, which names no currency; electricity and "
    "failed prints are not in it."
)


def quote(plate: Plate, data: bytes, *, slicing: bool = False) -> dict[str, Any]:
    """Return what a plate takes.

    Args:
        plate: what lies on it.
        data: its 3MF, which a slicer reads.
        slicing: ask PrusaSlicer; else the estimates of its parts are summed, each as if it were
            printed alone: small ones, whose layers then wait to cool, take less together.

    Raises:
        ToolMissing: PrusaSlicer is wanted and not installed.
        CheckFailed: it failed or took too long.
    """
    many = Counter(spot.name for spot in plate.spots)
    if slicing:
        entry = slicers(slice_plate(data, len(plate.spots), plate.printer, plate.material))
    else:
        known = {one.name: one.record["print"] for one in plate.bodies}
        entry = together([known[spot.name] for spot in plate.spots])
    return {
        "name": plate.name,
        "printer": plate.printer.id,
        "material": plate.material.id,
        "parts": [{"name": one.name, "count": many[one.name]} for one in plate.bodies],
        "print": entry,
        "cost": cost(entry["filament_g"], plate.material),
        "height_mm": round(max(one.mesh.bounds_mm()[1][2] for one in plate.bodies), 2),
        "edge_mm": round(_edge_mm(plate), 2),
    }


def cost(grams: float, material: Material) -> float:
    """Return what filament costs, in the currency of the catalogue's price."""
    return round(grams / 1000 * material.cost_per_kg, 2)


def totals(found: Plates, quotes: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return the sums over all plates, how many there must be at least, and what is on none."""
    whole = together([one["print"] for one in quotes]) if quotes else None
    return {
        "plates": list(quotes),
        "least_plates": found.least,
        "print": whole,
        "cost": round(sum(one["cost"] for one in quotes), 2),
        "cost_note": COST_NOTE,
        "left_out": [
            {"name": one.body.name, "count": one.count, "why": one.body.record["bed"]}
            for one in found.left_out
        ],
    }


def plates_text(record: dict[str, Any]) -> str:
    """Say it in words: a line for each plate, then the sums."""
    lines: list[str] = []
    for one in record["plates"]:
        parts = ", ".join(f"{part['count']} × {part['name']}" for part in one["parts"])
        where = f"{one['name']} on {one['printer']} in {one['material']}"
        lines += [f"{where}: {print_sentence(one['print'])}; {one['cost']:.2f}", f"  {parts}"]
        if one["edge_mm"] < SKIRT_MM:
            lines.append(f"  {one['edge_mm']:g} mm to the edge of the bed: print without a skirt")
    lines += [f"not on a plate: {one['name']}: {one['why']}" for one in record["left_out"]]
    if record["print"]:
        plates = f"{many_plates(record)} ({proof(record)})"
        lines.append(f"{plates}: {print_sentence(record['print'])}; {record['cost']:.2f}")
        lines.append(COST_NOTE)
    return "\n".join(lines)


def many_plates(record: Mapping[str, Any]) -> str:
    """Return how many plates there are, in words."""
    many = len(record["plates"])
    return "1 plate" if many == 1 else f"{many} plates"


def proof(record: Mapping[str, Any]) -> str:
    """Say whether fewer plates would do."""
    least = record["least_plates"]
    if len(record["plates"]) <= least:
        return "fewer cannot be"
    return f"at least {least} are needed"


def _edge_mm(plate: Plate) -> float:
    """Return how near the bed's edge the plate's parts come, mm."""
    room = plate.printer.bed_x_mm, plate.printer.bed_y_mm
    low, high = covered(plate.bodies, plate.spots)
    return float(min(*low, room[0] - high[0], room[1] - high[1]))
