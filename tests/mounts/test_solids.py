"""Every board on a tray and a sled, every box on a shelf, frames and blanks: sound, and no clash.

The mesh and the exact solid are drawn by two kernels that share nothing but the drawing: where
volume, surface and the number of through holes agree, both are right.
"""

import math
from collections import Counter

import numpy as np
import pytest

from mounts.assembly import blocks_solid, collision_mm3, device_blocks, overlap_mm3
from mounts.bed import STAND, bed_fit, lying, turned
from mounts.exact import exact
from mounts.files.stl import read_stl, stl_bytes
from mounts.mesh import Mesh, manifold
from tests.mounts import kit
from tests.mounts.kit import HOLELESS, PI, ROCKPRO, SWITCH, Sample, Wish

BOARDS = sorted(kit.catalog().boards)
BOXES = sorted(kit.catalog().boxes)
ON_EDGE = (("pose", "on-edge"),)

CARRIED = [
    *(kit.smallest(part, board) for board in BOARDS for part in ("tray", "sled")),
    *(kit.smallest("sled", board, ON_EDGE) for board in (PI, ROCKPRO, HOLELESS)),
    *(kit.smallest("shelf", box) for box in BOXES),
    *(Wish("tray", PI, "10in", None, (("fixing", "insert"),)),),
    *(Wish("tray", PI, "10in", None, (("hat", "rpi-poe-plus-hat"),)),),
    *(Wish(part, PI, "10in", None, (("front", edge),)) for part in ("tray", "sled")
      for edge in ("x-", "y-", "y+")),
]  # fmt: skip
FREE = [
    *(Wish("blank", None, rack, height) for rack in kit.EVERY_RACK for height in (0.5, 1, 3)),
    *(Wish("blank", None, rack, 2, (("vents", True),)) for rack in kit.EVERY_RACK),
    *(Wish("frame", board, rack, None, (("pose", pose),)) for board in (PI, ROCKPRO, HOLELESS)
      for rack in ("10in", "19in") for pose in ("flat", "on-edge")),
]  # fmt: skip
EVERY = [*CARRIED, *FREE]
# The exact kernel takes a second, the mesh a twentieth of one: every kind, and some of the rest.
BOTH = [*FREE[::2], *(w for w in CARRIED if w.device in (HOLELESS, SWITCH)), *CARRIED[10::16]]


@pytest.fixture(params=EVERY, ids=str)
def one(request: pytest.FixtureRequest) -> Sample:
    """Each part in turn."""
    return kit.sample(request.param)


@pytest.fixture(params=CARRIED, ids=str)
def carried(request: pytest.FixtureRequest) -> Sample:
    """Each part that carries one device."""
    return kit.sample(request.param)


def edges_used(mesh: Mesh) -> Counter[tuple[int, int]]:
    """Count how often each directed edge is used."""
    found: Counter[tuple[int, int]] = Counter()
    for a, b, c in mesh.triangles.tolist():
        found.update(((a, b), (b, c), (c, a)))
    return found


def assert_sound(one: Sample) -> None:
    """Closed, one body, no doubled or flat facet, facing out; after a trip through an STL file."""
    mesh = read_stl(stl_bytes(lying(one.mesh, one.part.up)))
    used = edges_used(mesh)
    assert set(used.values()) == {1}
    assert all((b, a) in used for a, b in used)
    assert mesh.open_edges() == 0
    assert mesh.pieces() == len(manifold(mesh).decompose()) == 1
    assert len(mesh.triangles) == len(one.mesh.triangles)
    assert mesh.volume_mm3() > 0
    corners = mesh.corners()
    doubled = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    longest = np.linalg.norm(corners - np.roll(corners, 1, axis=1), axis=2).max(axis=1)
    assert float((np.linalg.norm(doubled, axis=1) / longest).min()) > 1e-5  # no slivers


def test_every_mesh_is_one_closed_body(one: Sample) -> None:
    assert_sound(one)


@pytest.mark.parametrize("wish", dict.fromkeys(BOTH), ids=str)
def test_mesh_and_exact_solid_are_the_same_part(wish: Wish) -> None:
    one = kit.sample(wish)
    shape, mesh = exact(one.part), one.mesh
    assert shape.isValid()
    assert shape.ShapeType() == "Solid"
    # Chords of 10 degrees cut less than 0.4 % off a round, and rounds are a small share of a part.
    assert math.isclose(mesh.volume_mm3(), shape.Volume(), rel_tol=4e-4)
    assert math.isclose(mesh.area_mm2(), shape.Area(), rel_tol=2e-3)
    assert math.isclose(kit.volume_of_meshes(mesh), mesh.volume_mm3(), rel_tol=1e-9)
    assert kit.genus(mesh) == kit.exact_genus(shape) >= one.holes
    box = shape.BoundingBox()
    ends = (box.xmin, box.ymin, box.zmin, box.xmax, box.ymax, box.zmax)
    assert np.allclose(np.concatenate(mesh.bounds_mm()), ends, atol=2e-3)


def test_a_part_lies_within_its_bed_or_says_that_it_needs_a_split(one: Sample) -> None:
    printer = kit.catalog().printer("bambu-a1")
    room = (printer.bed_x_mm, printer.bed_y_mm, printer.bed_z_mm)
    flat = lying(one.mesh, one.part.up)
    fit = bed_fit(flat, printer)
    size = np.ptp(turned(flat, fit.turn_deg).vertices, axis=0)
    assert np.allclose(size, fit.size_mm, atol=1e-3)
    assert fit.fits == bool((size <= np.array(room) + 1e-6).all())
    assert ("needs a split" in fit.sentence(printer)) != fit.fits
    low = flat.bounds_mm()[0]
    assert abs(low[2]) < 1e-9
    # What lies on the bed is a real foot, not an edge: at least 1 cm².
    corners = flat.corners()
    foot = corners[(np.abs(corners[:, :, 2]) < 1e-6).all(axis=1)]
    across = np.cross(foot[:, 1] - foot[:, 0], foot[:, 2] - foot[:, 0])[:, 2]
    assert -float(across.sum()) / 2 > 100.0


def test_no_part_cuts_into_its_device(carried: Sample) -> None:
    blocks = device_blocks(carried.spec)
    assert blocks
    solid = manifold(carried.mesh)
    # Block by block, so that no union hides one.
    clashes = [blocks_solid([block]) ^ solid for block in blocks]
    assert max(clash.volume() for clash in clashes) < 1e-3


@pytest.mark.parametrize(
    "wish", [Wish("tray", PI), Wish("sled", PI), Wish("shelf", SWITCH)], ids=str
)
def test_a_device_pushed_into_its_part_is_noticed(wish: Wish) -> None:
    one = kit.sample(wish)
    assert collision_mm3(one.part, one.spec) == 0.0
    device = blocks_solid(device_blocks(one.spec))
    for way in ([0.0, -1.0, 0.0], [0.0, 0.0, -1.0]):
        assert overlap_mm3(device.translate(way), manifold(one.mesh)) > 10.0


def test_a_device_rests_on_its_part(carried: Sample) -> None:
    """Sunk by 0.05 mm it cuts into the part: it lies on something, not in the air."""
    device = blocks_solid(device_blocks(carried.spec)).translate([0.0, 0.0, -0.05])
    assert overlap_mm3(device, manifold(carried.mesh)) > 0.5


def test_every_way_up_keeps_a_part_as_it_is() -> None:
    mesh = kit.sample(Wish("shelf", SWITCH)).mesh
    for up in STAND:
        assert math.isclose(lying(mesh, up).volume_mm3(), mesh.volume_mm3(), rel_tol=1e-5)
