"""What a device weighs: as the catalogue knows, or by its size, and then it is said."""

from catalog.models import Board, Box, Drive, Psu
from mounts.board import CRADLE_MM, Seat
from mounts.geometry.flat import Point

# Where the catalogue has no weight: what devices of the kind weigh by the litre they fill. Boxes of
# the catalogue are at 0.9 to 1.1 (GS308, BE600M1), disks near 1.8. A board: 1 g/cm², as a Pi 4B.
BOX_KG_L = 1.1
DRIVE_KG_L = 1.9
BOARD_G_CM2 = 1.0
SLED_G = 25.0  # a printed sled, about


def weight_of(device: Box | Board | Psu | Drive) -> tuple[float, str]:
    """Return a device's weight, g, and what was assumed for it; nothing if it is known."""
    known = getattr(device, "weight_g", None)
    if known:
        return float(known), ""
    match device:
        case Box():
            case = device.case
            grams = case.width_mm * case.depth_mm * case.height_mm * BOX_KG_L / 1000
        case Psu():
            grams = device.width_mm * device.depth_mm * device.height_mm * BOX_KG_L / 1000
        case Drive():
            room = device.width_mm * device.depth_mm * max(device.heights_mm)
            grams = room * DRIVE_KG_L / 1000
        case Board():
            grams = device.board.x_mm * device.board.y_mm * BOARD_G_CM2 / 100
    return grams, f"{device.id} taken to weigh {grams / 1000:.2f} kg by its size"


def on_posts(seat: Seat) -> tuple[tuple[Point, float], ...]:
    """Return where a board stands, (x, y), and what weighs there, g: posts, or its corners.

    The board is stiff, its weight in its middle, and the posts are equal springs. Where no two of
    them are on either side of the middle a post is pulled: its weight is negative.
    """
    import numpy as np  # noqa: PLC0415 - heavy

    (x0, y0), (x1, y1) = seat.outline()
    inset = CRADLE_MM / 2
    corners = [(x, y) for x in (x0 + inset, x1 - inset) for y in (y0 + inset, y1 - inset)]
    places = [at for at, _ in seat.mount_holes()] or corners
    lever = np.asarray(places) - ((x0 + x1) / 2, (y0 + y1) / 2)
    balance = np.column_stack([np.ones(len(places)), lever]).T
    shares = np.linalg.lstsq(balance, np.array([1.0, 0.0, 0.0]), rcond=None)[0]
    grams = weight_of(seat.board)[0]
    return tuple((at, grams * float(share)) for at, share in zip(places, shares, strict=True))
