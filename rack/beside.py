"""How large a mount is: how deep behind its panel, or over all where it stands beside the rack."""

from catalog.models import Box, Fact
from mounts.parts.coupon import SIZE_MM, CouponSpec
from mounts.parts.drives import DrivesSpec
from mounts.parts.ears import EarsSpec
from mounts.parts.frame_spec import FrameSpec
from mounts.parts.holder import HolderSpec
from mounts.parts.rear_spec import RearSpec
from mounts.parts.stack import stack_size_mm
from mounts.parts.stack_spec import StackSpec
from mounts.parts.wall import WallSpec
from rack.devices import Named

Size = tuple[float, float, float]


def depth_of(made: Fact, device: Named | None = None) -> float:
    """Return how deep a mount reaches behind the panel's front, mm; 0 for one without a depth.

    Args:
        made: the part's spec.
        device: what it carries; a box between ears reaches further than they do.
    """
    match made:
        case EarsSpec() if isinstance(device, Box):
            return max(made.depth_mm, made.panel_mm + device.case.depth_mm)
        case FrameSpec():
            return made.deep_mm
        case DrivesSpec():
            return made.plug_mm
        case _:
            return float(getattr(made, "end_mm", None) or getattr(made, "depth_mm", 0.0))


def to_the_rear(made: Fact) -> bool:
    """Return whether a part is screwed to the posts of both faces, and so takes both."""
    braced = isinstance(made, RearSpec) and made.braced
    return braced or getattr(made, "rows", 1) > 1


def size_mm(made: Fact) -> Size:
    """Return width, depth and height of what stands beside the rack, all pieces and devices, mm.

    Args:
        made: a stack's base, a holder (the pair of them), a wall mount as it hangs, a coupon.
    """
    match made:
        case StackSpec():
            return stack_size_mm(made)
        case HolderSpec():
            feet = made.wide_mm - 2 * made.foot_x_mm
            return feet, 2 * made.foot_y_mm, made.top_mm
        case WallSpec():
            high = made.device.case.depth_mm + made.clearance_mm + made.wall_mm
            return 2 * made.outer_mm, made.front_mm, high
        case CouponSpec():
            return SIZE_MM
        case _:
            return 0.0, 0.0, 0.0
