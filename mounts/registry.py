"""All part families, registered by importing their files."""

from mounts.part import PARTS, Family
from mounts.parts import adapter, blank, cable, ears, frame, holder, panel, shelf, sled, stack, tray

__all__ = [
    "PARTS",
    "Family",
    "adapter",
    "blank",
    "cable",
    "ears",
    "frame",
    "holder",
    "panel",
    "shelf",
    "sled",
    "stack",
    "tray",
]
