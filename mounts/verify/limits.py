"""What a part is held to. Each number says where it comes from."""

from dataclasses import dataclass

from catalog.models import Material, Printer, RackStandard

# A wall of one line is no wall: two lines, the least that slicers print with an inside and an
# outside. PrusaSlicer: "Detect thin walls" takes over below two lines.
WALL_LINES = 2.0
# Slicers' usual threshold for automatic supports; no material of the catalogue says otherwise.
OVERHANG_DEG = 45.0
# Bridges to 20 mm come out well with a part fan: a rule of ours, checked by no standard.
BRIDGE_MM = 20.0
# A sloped roof over a hole, such as the top of a round hole, closes layer by layer: half a bridge.
ROOF_MM = 10.0
# Patches smaller than this sag less than a layer: forgiven.
TINY_MM2 = 4.0
LEDGE_MM = 0.6  # a ledge of 1.5 lines hangs on its inner line
# A printed M6 passes from the close fit of ISO 273 up.
SLOT_HEIGHT_MM = 6.4
# Posts are set up by hand: 465 mm ± 0.8 (the band of the standards table), so the slot must give
# an M6 that much to either side.
SLOT_LENGTH_MM = 7.6
PITCH_MM = 0.4  # what half the play of an M6 in a 7 mm slot leaves
HOLE_HEIGHT_MM = 0.3
HEIGHT_OVER_MM = 0.25  # of the 0.79 between two panels; printed edges grow by 0.1 to 0.3
HEIGHT_UNDER_MM = 1.2  # makers sell panels of 43.0 (DeskPi DP-0031)
WIDTH_OVER_MM = 0.6
WIDTH_UNDER_MM = 1.6
CONTACT_MM3 = 0.01  # overlaps below this are rounding of the file


@dataclass(frozen=True)
class Limits:
    """What a part is held to.

    Args:
        printer: whose bed it must fit.
        material: what it is printed in.
        standards: racks that a panel may be made for.
        nozzle_mm: bore of the nozzle.
        air_c: of the air round it, °C; whether it bears its device is not asked if not given.
        overhang_deg: steepest overhang from upright that needs no support.
        bridge_mm: longest flat bridge.
    """

    printer: Printer
    material: Material
    standards: tuple[RackStandard, ...]
    nozzle_mm: float = 0.4
    air_c: float | None = None
    overhang_deg: float = OVERHANG_DEG
    bridge_mm: float = BRIDGE_MM

    @property
    def wall_mm(self) -> float:
        """The thinnest wall."""
        return WALL_LINES * self.nozzle_mm
