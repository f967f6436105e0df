"""What a calibration means, in words."""

from catalog.calibration import UNCALIBRATED, Calibration


def meaning(calibration: Calibration) -> list[str]:
    """Say in words what parts will be drawn with, and what that changes."""
    usual = UNCALIBRATED
    said = [
        f"sleds slide with {calibration.slide_mm:g} mm of play on each side"
        f" ({usual.slide_mm:g} without a calibration)",
        f"joints, nuts and jacks are pressed in with {calibration.press_mm:g} mm"
        f" ({usual.press_mm:g} without)",
        f"holes are drawn {calibration.hole_mm:+g} mm wider,"
        f" core holes of screws {calibration.hole_mm + calibration.screw_mm:+.3g} mm",
        f"the first layer is drawn in by {calibration.foot_mm:g} mm on each side"
        f" and made {calibration.first_layer_mm:+g} mm higher",
    ]
    said += [
        f"prints in {one.material} are made {100 / (1 - one.xy_pct / 100) - 100:.2f} % larger along"
        f" the bed and {100 / (1 - one.z_pct / 100) - 100:.2f} % higher"
        for one in calibration.shrink
    ]
    return said
