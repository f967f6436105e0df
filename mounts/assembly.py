"""Parts put together with the devices they carry, to look at and to test for collisions."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from catalog.models import Fact
from mounts.board import Block
from mounts.mesh import Mesh, mesh_of, solid_of
from mounts.part import Part
from mounts.parts.drives import DrivesSpec, disk_blocks
from mounts.parts.frame_spec import FrameSpec
from mounts.parts.holder import HolderSpec, held_blocks
from mounts.parts.psu import PsuSpec, psu_blocks
from mounts.parts.shelf_spec import Bay, ShelfSpec
from mounts.parts.sled_spec import SledSpec
from mounts.parts.stack import stack_blocks
from mounts.parts.stack_spec import StackSpec
from mounts.parts.tray_shield import standoff_blocks
from mounts.parts.tray_spec import TraySpec
from mounts.parts.wall import WallSpec, hung_block

if TYPE_CHECKING:
    from manifold3d import Manifold

Matrix = tuple[tuple[float, float, float, float], ...]

# A figure below which an overlap is rounding, mm³: 0.1 x 0.1 x 0.1 mm.
CONTACT_MM3 = 1e-3


@dataclass(frozen=True)
class Placed:
    """A part at its place in the rack frame: rows of a 3 x 4 matrix, rotation and shift (mm)."""

    part: Part
    matrix: Matrix


STILL: Matrix = ((1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0))


def frame_matrices(spec: FrameSpec) -> tuple[Matrix, ...]:
    """Return where the frame of each row stands: the rear one is turned about."""
    rear: Matrix = ((-1, 0, 0, 0), (0, -1, 0, spec.deep_mm), (0, 0, 1, 0))
    return (STILL, rear)[: spec.rows]


def sled_matrix(spec: FrameSpec, index: int) -> Matrix:
    """Return where sled `index` sits, from its own frame to the rack's; the rear row comes last."""
    one = spec.stands[index]
    x, y, z = one.bay.origin(one.layer, spec.inside_z_mm)
    own: Matrix = ((1, 0, 0, x), (0, 1, 0, y), (0, 0, 1, z))
    if one.bay.turned:
        own = ((0, 0, 1, x), (0, 1, 0, y), (-1, 0, 0, z))
    return own if one.row == 0 else _after(own, frame_matrices(spec)[one.row])


def _after(first: Matrix, then: Matrix) -> Matrix:
    """Return one placing followed by another."""
    import numpy as np  # noqa: PLC0415 - heavy

    last = (0.0, 0.0, 0.0, 1.0)
    rows = np.array([*then, last]) @ np.array([*first, last])
    a, b, c = ((r[0], r[1], r[2], r[3]) for r in rows[:3].tolist())
    return a, b, c


def device_blocks(spec: Fact) -> tuple[Block, ...]:
    """Return the room the device of a spec fills, in the part's own frame."""
    found: tuple[Block, ...] = ()
    match spec:
        case ShelfSpec():
            found = tuple(box_block(bay, spec) for bay in spec.bays)
        case TraySpec():
            found = tuple(block for one in spec.carried for block in one.seat.blocks())
            found += standoff_blocks(spec)
        case SledSpec():
            found = spec.seat.blocks()
        case StackSpec():
            found = stack_blocks(spec)
        case HolderSpec():
            found = held_blocks(spec)
        case PsuSpec():
            found = psu_blocks(spec)
        case DrivesSpec():
            found = disk_blocks(spec)
        case WallSpec():
            found = (hung_block(spec),)
        case _:
            pass
    return found


def box_block(bay: Bay, spec: ShelfSpec) -> Block:
    """Return a cased device in its bay of a shelf, pushed against the panel."""
    case, low = bay.device.case, spec.floor_top_mm + 1e-3
    x, front = bay.middle_mm, spec.panel_mm + 1e-3
    return Block(
        (x - case.width_mm / 2, front, low),
        (x + case.width_mm / 2, front + case.depth_mm, low + case.height_mm - 2e-3),
    )


def blocks_solid(blocks: Iterable[Block]) -> "Manifold":
    """Return blocks as one manifold3d solid.

    Raises:
        ValueError: a block has no room inside: nothing could collide with it.
    """
    from manifold3d import Manifold, OpType  # noqa: PLC0415 - heavy

    cubes: list[Manifold] = []
    for block in blocks:
        size = [high - low for low, high in zip(block.low, block.high, strict=True)]
        if min(size) <= 0:
            text = f"a block without room inside: {block}"
            raise ValueError(text)
        cubes.append(Manifold.cube(size).translate(list(block.low)))
    return Manifold.batch_boolean(cubes, OpType.Add)


def moved(solid: "Manifold", matrix: Matrix) -> "Manifold":
    """Return a solid turned and shifted."""
    import numpy as np  # noqa: PLC0415 - heavy

    return solid.transform(np.array(matrix, dtype=float))


def moved_mesh(mesh: Mesh, matrix: Matrix) -> Mesh:
    """Return a mesh turned and shifted."""
    import numpy as np  # noqa: PLC0415 - heavy

    rows = np.array(matrix, dtype=float)
    return Mesh(mesh.vertices @ rows[:, :3].T + rows[:, 3], mesh.triangles)


def overlap_mm3(a: "Manifold", b: "Manifold") -> float:
    """Return the volume two solids share, mm³; contact counts as none."""
    shared = (a ^ b).volume()
    return shared if shared > CONTACT_MM3 else 0.0


def collision_mm3(part: Part, spec: Fact) -> float:
    """Return how much of its own device a part cuts into, mm³."""
    blocks = device_blocks(spec)
    if not blocks or isinstance(spec, FrameSpec):
        return 0.0
    return overlap_mm3(solid_of(part), blocks_solid(blocks))


def meshes(placed: Iterable[Placed]) -> list[Mesh]:
    """Return the meshes of placed parts, each part meshed once."""
    made: dict[str, Mesh] = {}
    found: list[Mesh] = []
    for one in placed:
        if one.part.name not in made:
            made[one.part.name] = mesh_of(one.part)
        found.append(moved_mesh(made[one.part.name], one.matrix))
    return found
