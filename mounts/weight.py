"""What a device weighs: as the catalogue knows, or by its size, and then it is said."""

from catalog.models import Board, Box, Drive, Psu

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
