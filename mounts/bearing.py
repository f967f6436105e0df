"""What a part carries and about how far it sags: the quick figures that its record tells."""

from typing import Any

from catalog.models import Fact
from mounts.parts.frame_spec import FrameSpec
from mounts.parts.rear_spec import RearSpec
from mounts.parts.tray_spec import TraySpec
from mounts.sag import FACTOR
from mounts.sag_tray import ROW_FACTOR
from mounts.strength.material import YEARS, creep

MODULUS = "petg in air of 40 °C, as soon as it is loaded"


def bearing(spec: Fact) -> dict[str, Any] | None:
    """Return load and sag of a part that is decided by them, or nothing.

    Args:
        spec: what the part is made from.
    """
    match spec:
        case RearSpec(piece="shelf"):
            held = "front and rear posts" if spec.braced else "front posts"
            sag_mm = spec.sag_mm if spec.braced else spec.held_sag_mm
            return _row(spec.load_g, held, sag_mm, spec.assumed)
        case FrameSpec(piece="frame", opening="rack"):
            return _row(spec.load_g, "front posts", spec.sag_mm, spec.assumed)
        case TraySpec():
            row = _row(spec.load_g, "front posts", spec.sag_mm, spec.assumed)
            return {**row, "within_factor": ROW_FACTOR if len(spec.row) > 1 else FACTOR}
        case _:
            return None


def _row(grams: float, held: str, sag_mm: float, assumed: tuple[str, ...]) -> dict[str, Any]:
    return {
        "carries_kg": round(grams / 1000, 2),
        "held_at": held,
        "sag_on_front_posts_mm": round(sag_mm, 2),
        "sag_later_mm": round(sag_mm * creep(YEARS) / creep(0.0), 2),
        "within_factor": FACTOR,
        "reckoned_in": MODULUS,
        "assumed": list(assumed),
    }
