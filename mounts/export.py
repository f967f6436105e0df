"""A part's files and the record that goes with them."""

import tempfile
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from catalog.models import Material, Printer
from mounts.bearing import bearing
from mounts.bed import BedFit, bed_fit, lying, turned
from mounts.corrected import printed, sentences
from mounts.exact import exact
from mounts.files.picture import FROM_THE_FRONT, WIDTH_PX, Actor, write_png
from mounts.files.step import step_text
from mounts.files.stl import stl_bytes
from mounts.files.threemf import threemf_bytes
from mounts.mesh import Mesh, mesh_of
from mounts.part import Part
from mounts.printing import estimated
from mounts.recipe import Recipe, recipe_of

Format = Literal["stl", "3mf", "step", "png"]
FORMATS: tuple[Format, ...] = ("stl", "3mf", "step", "png")


@dataclass(frozen=True)
class Made:
    """A part's files by name, its mesh in its own frame, and what is known of it.

    `lying` is the mesh that goes to the printer, not yet turned on the bed: corrected for how it
    prints. `recipe` makes it again; `pieces` is what it was cut into, empty if it is whole.
    """

    part: Part
    mesh: Mesh
    lying: Mesh
    fit: BedFit
    files: dict[str, bytes]
    record: dict[str, Any]
    recipe: dict[str, Any]
    pieces: "tuple[Made, ...]" = ()


def make(of: Recipe, formats: Collection[Format] = FORMATS) -> Made:
    """Return a part's files, each named after it, and its record.

    STL and 3MF lie as they are to be printed, corrected for how the printer prints; STEP and PNG
    stand in the rack frame as the part is to be.

    Args:
        of: what to write, and what it was made from; kept as its recipe.
        formats: which files to make.

    Raises:
        ToolMissing: a picture is wanted and the system cannot draw one.
        InputError: the part's calibration has no readings of the material.
    """
    part, printer, material = of.part, of.printer, of.material
    mesh = mesh_of(part)
    flat = printed(lying(mesh, part.up), part.calibration, material.id)
    fit = bed_fit(flat, printer)
    on_bed = turned(flat, fit.turn_deg) if fit.fits else flat
    recipe = recipe_of(part, of.spec, printer, material)
    files: dict[str, bytes] = {}
    if "stl" in formats:
        files[f"{part.name}.stl"] = stl_bytes(on_bed, part.calibration)
    if "3mf" in formats:
        files[f"{part.name}.3mf"] = threemf_bytes([(part.name, on_bed)], recipe)
    if "step" in formats:
        files[f"{part.name}.step"] = step_text(exact(part), part.name, recipe).encode()
    if "png" in formats:
        files[f"{part.name}.png"] = picture([Actor(mesh)])
    record = _record(part, mesh, fit, (printer, material))
    row = bearing(of.spec)
    record |= {"bearing": row} if row else {}
    return Made(part, mesh, flat, fit, files, record, recipe)


def picture(
    actors: list[Actor],
    toward: tuple[float, float, float] = FROM_THE_FRONT,
    width: int = WIDTH_PX,
) -> bytes:
    """Return a picture of a scene as PNG; see `write_png`.

    Raises:
        ToolMissing: the system cannot draw without a screen.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "scene.png"
        write_png(path, actors, toward=toward, width=width)
        return path.read_bytes()


def _record(
    part: Part, mesh: Mesh, fit: BedFit, made_on: tuple[Printer, Material]
) -> dict[str, Any]:
    printer, material = made_on
    volume_cm3 = mesh.volume_mm3() / 1000
    return {
        "name": part.name,
        "part": part.family,
        "up": part.up,
        "size_mm": [round(v, 2) for v in fit.size_mm],
        "volume_cm3": round(volume_cm3, 2),
        "solid_weight_g": round(volume_cm3 * material.density_g_cm3, 1),
        "print": estimated(lying(mesh, part.up), material),
        "triangles": len(mesh.triangles),
        "closed": mesh.open_edges() == 0,
        "bodies": mesh.pieces(),
        "material": material.id,
        "printer": printer.id,
        "calibration": part.calibration.name,
        "fits_bed": fit.fits,
        "turn_deg": fit.turn_deg,
        "bed": fit.sentence(printer),
        "hardware": [one.as_dict() for one in part.hardware],
        "notes": [*part.notes, *sentences(part.calibration, material.id)],
    }
