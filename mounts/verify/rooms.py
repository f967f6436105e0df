"""The room that plugs, cables and air need round what a part carries, for every family."""

from collections.abc import Callable
from typing import Any

from catalog.models import Fact
from mounts.panel_layout import CutPanelSpec
from mounts.parts.adapter import AdapterSpec
from mounts.parts.drives import DrivesSpec
from mounts.parts.ears import EarsSpec
from mounts.parts.holder import HolderSpec
from mounts.parts.psu import PsuSpec
from mounts.parts.shelf_spec import ShelfSpec
from mounts.parts.sled_spec import SledSpec
from mounts.parts.stack_spec import StackSpec
from mounts.parts.tray_spec import TraySpec
from mounts.parts.wall import WallSpec
from mounts.verify import faces, plugs
from mounts.verify.room import Rooms

# What carries nothing, such as a blank panel or the coupon, is not in it.
FINDERS: tuple[tuple[type[Fact], Callable[[Any], Rooms]], ...] = (
    (ShelfSpec, faces.on_shelf),
    (WallSpec, faces.on_wall),
    (HolderSpec, faces.in_holder),
    (PsuSpec, faces.of_supply),
    (DrivesSpec, faces.of_disks),
    (CutPanelSpec, faces.of_panel),
    (AdapterSpec, faces.of_adapter),
    (EarsSpec, faces.between_ears),
    (StackSpec, plugs.of_stack),
    (TraySpec, plugs.of_boards),
    (SledSpec, plugs.of_boards),
)


def rooms_of(spec: Fact) -> Rooms:
    """Return the room that plugs, cables and air need round what a part carries.

    Args:
        spec: what the part was made from.
    """
    find = next((find for kind, find in FINDERS if isinstance(spec, kind)), None)
    return Rooms() if find is None else find(spec)
