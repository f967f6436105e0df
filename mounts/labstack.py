"""The module opening of LabStack's brackets, so that parts of ours and of theirs fit each other.

Facts only, measured in the file `LabStack 19/3D Printed/2U 19 3D Printed.step` of the repository
JaredC01/LabStack at e560cce, a contributor's 19-inch bracket. That its 10-inch brackets have the
same opening is not confirmed: measure yours. No file of theirs is used.
"""

from catalog.calibration import Calibration
from mounts.geometry.flat import Point

WIDE_MM = 51.0
HIGH_MM = 72.0
ROUND_MM = 1.5
SCREWS_MM = (26.0, 80.0)  # between the four M3 screws round an opening, across and up
PITCH_MM = 56.0855  # from one opening to the next
HEIGHT_U = 2.0
TIGHTER_MM = 0.1  # than a sled in its groove: a module goes through its opening once; ours
FLANGE_MM = 54.5  # our modules' width: neighbours at the pitch keep 1.5 mm; ours
PASS_MM = 3.4  # M3, normal fit, ISO 273


def play_mm(calibration: Calibration) -> float:
    """Return the play of a module in its opening, each side, mm: 0.2 on a printer in good order."""
    return max(0.05, calibration.slide_mm - TIGHTER_MM)


def screws(middle: Point) -> list[Point]:
    """Return where the screws round an opening are, (x, z)."""
    across, up = SCREWS_MM[0] / 2, SCREWS_MM[1] / 2
    return [(middle[0] + sx * across, middle[1] + sz * up) for sx in (-1, 1) for sz in (-1, 1)]
