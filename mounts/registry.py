"""All part families, registered by importing their files."""

from mounts.part import PARTS, Family
from mounts.parts import blank, frame, holder, panel, shelf, sled, stack, tray

__all__ = ["PARTS", "Family", "blank", "frame", "holder", "panel", "shelf", "sled", "stack", "tray"]
