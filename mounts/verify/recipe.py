"""A body that carries a recipe of ours: made again, laid over it, and so put into its own frame."""

from dataclasses import replace
from typing import Any

from catalog.calibration import Calibration
from catalog.models import Fact, Material, Printer
from catalog.problems import InputError
from catalog.validate import parse
from mounts.assembly import STILL, Matrix
from mounts.bed import STAND, TURNS_DEG, lying, turned
from mounts.corrected import as_drawn, footed
from mounts.mesh import Mesh, mesh_of
from mounts.part import Part
from mounts.verify.subject import MadeFor, Subject, part_from

NEAR_MM = 0.02
CHORDS_MM = 0.1  # as far two meshes of one solid may reach apart, each with chords for its arcs
SAME_VOLUME = 0.02  # of its volume; a hole that was added by hand is less
SAME_SHARE = 0.5  # a body of which half the corners are where the recipe puts them is that part


def recognised(name: str, mesh: Mesh, recipe: Any) -> Subject:
    """Return a body with its spec and its place in the part's own frame.

    Falls back to a stranger's body, with a note that says why.

    Args:
        name: what to call it.
        mesh: its triangles as they lie in the file.
        recipe: what the file says made it.
    """
    found = _made(name, mesh, recipe)
    if isinstance(found, Subject):
        return found
    part, spec = found
    try:
        drawn = as_drawn(mesh, part.calibration, _material(recipe))
    except InputError as error:
        return _no_longer(name, mesh, error)
    # Printed larger, it is held to its rules at the size it was drawn in.
    larger = f"printed larger for {part.calibration.name}: checked at the size it was drawn in"
    notes, read = ((larger,), mesh) if drawn is not mesh else ((), None)
    if recipe.get("piece"):
        alone = f"the {recipe['piece']} piece of a {part.family}, checked by itself"
        notes = (f"{alone}: `rackpress verify` of the rack.toml checks the whole", *notes)
        return Subject(name, drawn, notes=notes, as_read=read, piece=True)
    matrix = _laid_over(drawn, part)
    if matrix is None:
        return _strange(name, mesh, "the body is not what its recipe makes")
    return Subject(name, drawn, "+z", spec, matrix, part.panel, notes, as_read=read)


def in_place(name: str, mesh: Mesh, recipe: Any) -> Subject:
    """Return a body drawn in its part's own frame, as STEP files of ours are, with its spec.

    Falls back to a stranger's body, with a note that says why.

    Args:
        name: what to call it.
        mesh: its triangles; arcs may have other corners than ours.
        recipe: what the file says made it.
    """
    found = _made(name, mesh, recipe)
    if isinstance(found, Subject):
        return found
    part, spec = found
    own = mesh_of(part)
    pairs = zip(mesh.bounds_mm(), own.bounds_mm(), strict=True)
    off = max(abs(a - b) for pair in pairs for a, b in zip(*pair, strict=True))
    if off > CHORDS_MM or abs(mesh.volume_mm3() / own.volume_mm3() - 1) > SAME_VOLUME:
        return _strange(name, mesh, "the body is not what its recipe makes")
    return Subject(name, mesh, part.up, spec, STILL, part.panel)


def made_for(recipe: Any) -> MadeFor | None:
    """Return the printer, material and calibration that a recipe names, or nothing.

    Args:
        recipe: what a file says made it, a part or a plate.
    """
    if not isinstance(recipe, dict):
        return None
    try:
        printer = parse(Printer, recipe.get("printer", {}), "recipe")
        material = parse(Material, recipe.get("material", {}), "recipe")
    except InputError:
        return None
    return MadeFor(printer, material, str(recipe.get("calibration") or ""))


def brought_back(subject: Subject, calibration: Calibration, material: str) -> Subject:
    """Return a stranger's body at the size it was drawn in; one with a recipe knows its own.

    Args:
        subject: as it lies on the bed.
        calibration: what it was printed for.
        material: id of the filament.

    Raises:
        InputError: the calibration has no readings of the filament.
    """
    drawn = as_drawn(subject.mesh, calibration, material)
    if subject.spec is not None or subject.as_read is not None or drawn is subject.mesh:
        return subject
    notes = (*subject.notes, f"brought back to the size it was drawn in for {calibration.name}")
    return replace(subject, mesh=drawn, as_read=subject.mesh, notes=notes)


def _made(name: str, mesh: Mesh, recipe: Any) -> tuple[Part, Fact] | Subject:
    """Return the part that a recipe makes, and its spec; or a stranger's body that says why not."""
    from mounts.registry import PARTS  # noqa: PLC0415 - registers all families

    family = recipe.get("part") if isinstance(recipe, dict) else None
    if not isinstance(family, str) or family not in PARTS:
        return _strange(name, mesh, f"its recipe names no part known here ({family!r})")
    try:
        spec = parse(PARTS[family].spec, recipe.get("spec", {}), name)
        return part_from(family, spec), spec
    except InputError as error:
        return _no_longer(name, mesh, error)


def _no_longer(name: str, mesh: Mesh, error: InputError) -> Subject:
    return _strange(name, mesh, f"its recipe does not hold ({error.problems[0].what})")


def _strange(name: str, mesh: Mesh, why: str) -> Subject:
    return Subject(name, mesh, notes=(f"{why}: checked as a stranger's",))


def _material(recipe: Any) -> str:
    """Return the id of the filament that a recipe names; empty if it names none."""
    found = recipe.get("material")
    return str(found.get("id", "")) if isinstance(found, dict) else ""


def _laid_over(mesh: Mesh, part: Part) -> Matrix | None:
    """Return the motion from the file to the part's frame, or nothing if they do not match.

    Its first layer may be drawn in: that leaves the part's extents as they are.
    """
    import numpy as np  # noqa: PLC0415 - heavy
    from scipy.spatial import KDTree  # noqa: PLC0415 - heavy

    own = mesh_of(part)
    flat = lying(own, part.up)
    foot = footed(flat, part.calibration)
    best, matrix = 0.0, None
    sample = mesh.vertices[:: max(1, len(mesh.vertices) // 1500)]
    for turn in TURNS_DEG:
        model = turned(flat, turn)
        tree = KDTree(turned(foot, turn).vertices)
        for shift in _shifts(mesh, model):
            away, _ = tree.query(sample - shift, distance_upper_bound=2 * NEAR_MM)
            share = float((away < NEAR_MM).mean())
            if share > best:
                best, matrix = share, _motion(own, part, (model, turn), shift)
        if best > 0.9:
            break
    return matrix if matrix is not None and best >= SAME_SHARE and np.isfinite(best) else None


def _shifts(mesh: Mesh, model: Mesh) -> list[Any]:
    """Return shifts that bring a corner or the middle of both boxes together."""
    import numpy as np  # noqa: PLC0415 - heavy

    low, high = mesh.vertices.min(axis=0), mesh.vertices.max(axis=0)
    own_low, own_high = model.vertices.min(axis=0), model.vertices.max(axis=0)
    ends = np.stack([low - own_low, high - own_high, (low + high - own_low - own_high) / 2])
    found = [np.zeros(3), ends[2]]
    found += [
        np.array([ends[i, 0], ends[j, 1], ends[k, 2]])
        for i in range(3)
        for j in range(3)
        for k in (0, 1)
    ]
    return found


def _motion(own: Mesh, part: Part, lain: tuple[Mesh, float], shift: Any) -> Matrix:
    """Return the motion from the file to the part's frame: the way it was laid, backwards."""
    import numpy as np  # noqa: PLC0415 - heavy

    model, turn = lain
    c, s = np.cos(np.radians(turn)), np.sin(np.radians(turn))
    stand = np.asarray(STAND[part.up], dtype=float)[:, :3]
    rotation = np.array([[c, -s, 0], [s, c, 0], [0, 0, 1]]) @ stand
    # Laying keeps the order of the corners, so the first one tells how far it was shifted.
    moved = model.vertices[0] + shift - rotation @ own.vertices[0]
    rows = np.column_stack([rotation.T, -rotation.T @ moved])
    a, b, d = ((float(r[0]), float(r[1]), float(r[2]), float(r[3])) for r in rows)
    return a, b, d
