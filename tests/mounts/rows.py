"""A frame with its sleds and boards as solids of their own, to be put together step by step."""

from dataclasses import dataclass
from functools import cache

from manifold3d import Manifold

from mounts.assembly import blocks_solid, device_blocks, moved, sled_matrix
from mounts.mesh import manifold, solid_of
from mounts.order import companions
from mounts.parts.frame_spec import FrameSpec
from mounts.parts.sled_spec import SledSpec
from mounts.registry import PARTS
from tests.mounts import kit
from tests.mounts.kit import Wish


@dataclass(frozen=True, eq=False)
class Row:
    """A frame, and one of its sleds with its board, each in its own frame."""

    spec: FrameSpec
    alone: SledSpec
    frame: Manifold
    sled: Manifold
    board: Manifold

    def at(self, solid: Manifold, index: int, out_mm: float = 0.0) -> Manifold:
        """Return a solid of a sled at its place, pulled out of the front by so much."""
        return moved(solid, sled_matrix(self.spec, index)).translate([0.0, -out_mm, 0.0])


@cache
def row(wish: Wish) -> Row:
    """Return a frame and the sled made for it."""
    one = kit.sample(wish)
    (family, alone), *_ = companions(one.spec)
    assert family == "sled"
    assert isinstance(alone, SledSpec)
    sled = solid_of(PARTS["sled"].build(alone))
    board = blocks_solid(device_blocks(alone))
    return Row(one.spec, alone, manifold(one.mesh), sled, board)
