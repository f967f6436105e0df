"""All part families, registered by importing their files."""

from mounts.part import PARTS, Family
from mounts.parts import (
    adapter,
    blank,
    cable,
    coupon,
    drives,
    ears,
    frame,
    heavy,
    holder,
    panel,
    psu,
    shelf,
    sled,
    stack,
    tray,
    wall,
)

__all__ = [
    "PARTS",
    "Family",
    "adapter",
    "blank",
    "cable",
    "coupon",
    "drives",
    "ears",
    "frame",
    "heavy",
    "holder",
    "panel",
    "psu",
    "shelf",
    "sled",
    "stack",
    "tray",
    "wall",
]
