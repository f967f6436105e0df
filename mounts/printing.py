"""What a part's record says of printing it: an estimate always, the slicer's word if asked for."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from catalog.models import Material, Printer
from mounts.bed import turned
from mounts.estimate import TIME_OFF, WEIGHT_OFF, estimate
from mounts.profile import PROFILE
from mounts.slicer import Sliced, slice_mesh
from mounts.strength.material import YEARS

if TYPE_CHECKING:
    from mounts.mesh import Mesh


def estimated(mesh: "Mesh", material: Material) -> dict[str, Any]:
    """Return the entry for a part that no slicer was asked about; the same on every machine.

    Args:
        mesh: as it lies on the bed.
        material: what it is printed in.
    """
    about = estimate(mesh, material)
    return {
        "by": "estimate from volume and surface",
        "filament_g": round(about.filament_g, 1),
        "minutes": round(about.minutes),
        "filament_off_pct": round(100 * WEIGHT_OFF),
        "minutes_off_pct": round(100 * TIME_OFF),
        "profile": PROFILE.sentence(),
    }


def together(entries: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return the entry for several prints, such as the pieces of a part; at least one.

    Args:
        entries: of each print, by the same word: all estimates, or all a slicer's.
    """
    grams = round(sum(one["filament_g"] for one in entries), 1)
    return {**entries[0], "filament_g": grams, "minutes": sum(one["minutes"] for one in entries)}


def slicers(said: "Sliced") -> dict[str, Any]:
    """Return the entry for what a slicer was asked about."""
    return {
        "by": said.slicer,
        "filament_g": round(said.filament_g, 1),
        "minutes": round(said.minutes),
        "filament_off_pct": 0,
        "minutes_off_pct": 0,
        "profile": PROFILE.sentence(),
    }


def sliced(
    record: dict[str, Any], meshes: Sequence["Mesh"], printer: Printer, material: Material
) -> dict[str, Any]:
    """Return a part's record with PrusaSlicer's word in place of the estimate.

    Args:
        record: of the part, as `mounts.export` makes it; each of its pieces is sliced by itself.
        meshes: of the part, or of its pieces in the record's order, as they lie, not yet turned.
        printer: whose bed.
        material: what it is printed in.

    Raises:
        ToolMissing: PrusaSlicer is not installed.
        CheckFailed: it failed or took too long.
    """
    made_on = printer, material
    if not record.get("pieces"):
        return {**record, "print": _asked(record, meshes[0], made_on)}
    pieces = [
        {**one, "print": _asked(one, mesh, made_on)}
        for one, mesh in zip(record["pieces"], meshes, strict=True)
    ]
    whole = together([one["print"] for one in pieces])
    return {**record, "print": whole, "pieces": pieces}


def _asked(
    record: dict[str, Any], flat: "Mesh", made_on: tuple[Printer, Material]
) -> dict[str, Any]:
    on_bed = turned(flat, record["turn_deg"]) if record["fits_bed"] else flat
    return slicers(slice_mesh(on_bed, *made_on))


def print_sentence(entry: dict[str, Any]) -> str:
    """Say in words what a part takes, and whose word that is."""
    hours, minutes = divmod(entry["minutes"], 60)
    time = f"{hours} h {minutes:02d} min" if hours else f"{minutes} min"
    figures = f"{entry['filament_g']:g} g, {time}"
    if not entry["minutes_off_pct"]:
        return f"{figures} ({entry['by']}, its default speeds)"
    off = f"± {entry['filament_off_pct']} % and ± {entry['minutes_off_pct']} %"
    return f"about {figures} (estimate, {off})"


def bearing_sentence(row: dict[str, Any]) -> str:
    """Return in words what a part carries and about how far it sags; see `mounts.bearing`."""
    alone = f"about {row['sag_on_front_posts_mm']:.1f} mm of sag"
    if row["held_at"] == "front posts":
        later = f"{row['sag_later_mm']:.1f} mm after {YEARS:g} years"
        return f"carries {row['carries_kg']:g} kg, {alone} at once, {later}"
    return f"carries {row['carries_kg']:g} kg, held behind too: {alone} without"
