"""`count = "max"`: how many boards a frame turned out to hold."""

from collections.abc import Sequence

from catalog.models import Fact
from mounts.parts.frame_spec import FrameSpec
from rack.devices import others_on
from rack.spec import Item, RackSpec


def counted(spec: RackSpec, parts: Sequence[Fact | None]) -> RackSpec:
    """Return a rack in which every item says how many devices it is.

    Args:
        spec: the rack as written.
        parts: of each item the spec of its part.
    """
    pairs = zip(spec.items, parts, strict=True)
    return spec.model_copy(update={"items": tuple(_counted(item, part) for item, part in pairs)})


def _counted(item: Item, part: Fact | None) -> Item:
    if item.count != "max":
        return item
    assert isinstance(part, FrameSpec), "nothing but a frame counts by itself"
    own = part.holds - sum(other.count for other in others_on(item))
    return item.model_copy(update={"count": own})
