"""What is checked: a mesh in its file's axes, how it is printed, and what it was made from."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from catalog.models import Fact, Material, Printer
from mounts.assembly import STILL, Matrix, moved_mesh
from mounts.bed import STAND
from mounts.mesh import Mesh, manifold, mesh_of
from mounts.part import PanelClaim, Part, Up
from mounts.verify.findings import Finding, Point3

if TYPE_CHECKING:
    from manifold3d import Manifold


@dataclass(frozen=True)
class MadeFor:
    """What a file says it was made for.

    Args:
        printer: whose bed it was laid on.
        material: what it is printed in.
        calibration: name of the figures it was drawn with; empty if with those of no printer.
    """

    printer: Printer
    material: Material
    calibration: str = ""


@dataclass(frozen=True, eq=False)
class Subject:
    """One body to check.

    Args:
        name: what to call it.
        mesh: its triangles in the file's own axes, mm, as read: nothing mended.
        up: the direction of the file that is up on the printer's bed.
        spec: what it was made from, if the file says so.
        rack: from the file's axes to the part's own frame; none for a stranger's file.
        claim: what its panel was made for.
        notes: what a person should know of how it was read.
        found: what was already wrong when it was read.
        as_read: the mesh of the file, if `mesh` is at another size: the one it was drawn in.
        made_for: printer and material, if the file names them.
    """

    name: str
    mesh: Mesh
    up: Up = "+z"
    spec: Fact | None = None
    rack: Matrix | None = None
    claim: PanelClaim | None = None
    notes: tuple[str, ...] = ()
    found: tuple[Finding, ...] = ()
    as_read: Mesh | None = None
    piece: bool = False
    made_for: MadeFor | None = None

    @property
    def unnamed(self) -> str:
        """Who does not say what a check would need, where there is no spec."""
        return "a piece" if self.piece else "a stranger's file"

    @cached_property
    def clean(self) -> Mesh:
        """The mesh without facets that repeat a corner, which no kernel takes."""
        a, b, c = self.mesh.triangles.T
        return Mesh(self.mesh.vertices, self.mesh.triangles[(a != b) & (b != c) & (c != a)])

    @cached_property
    def solid(self) -> "Manifold | None":
        """The body, or nothing if the mesh does not close or is inside out."""
        try:
            body = manifold(self.clean)
        except ValueError:
            return None
        return body if body.volume() > 0 else None

    @cached_property
    def printed(self) -> Mesh:
        """The mesh turned so that z is up on the bed; not shifted."""
        return moved_mesh(self.clean, STAND[self.up])

    @cached_property
    def framed(self) -> "Manifold | None":
        """The body in the part's own frame."""
        if self.solid is None or self.rack is None:
            return None
        from mounts.assembly import moved  # noqa: PLC0415 - beside its only use

        return moved(self.solid, self.rack)

    def from_printed(self, point: Point3) -> Point3:
        """Return a point of the printed frame in the file's axes."""
        return back(STAND[self.up], point)

    def from_rack(self, point: Point3) -> Point3:
        """Return a point of the part's own frame in the file's axes."""
        return back(self.rack or STILL, point)


def back(matrix: Matrix, point: Point3) -> Point3:
    """Return where a rigid motion took a point from."""
    moved = [p - row[3] for p, row in zip(point, matrix, strict=True)]
    x, y, z = (sum(matrix[i][j] * moved[i] for i in range(3)) for j in range(3))
    return x, y, z


def subject_of(part: Part, spec: Fact, mesh: Mesh | None = None) -> Subject:
    """Return a part of ours, in its own frame, to be checked.

    Args:
        part: the part.
        spec: what it was made from.
        mesh: its mesh, if it is already made.
    """
    own = mesh_of(part) if mesh is None else mesh
    return Subject(part.name, own, part.up, spec, STILL, part.panel)


def part_from(family: str, spec: Fact) -> Part:
    """Make the part of a recipe."""
    from mounts.registry import PARTS  # noqa: PLC0415 - registers all families

    return PARTS[family].build(spec)
