"""How a part is printed: what slicer and estimate both go by."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Profile:
    """Settings of a print, all else as PrusaSlicer has it by default.

    Args:
        layer_mm: height of a layer, the first one too.
        nozzle_mm: bore of the nozzle.
        perimeters: lines round every layer.
        infill: share of the inside that is filled, 0 to 1.
    """

    layer_mm: float = 0.2
    nozzle_mm: float = 0.4
    perimeters: int = 3
    infill: float = 0.15

    def sentence(self) -> str:
        """Say it in words."""
        return (
            f"{self.layer_mm:g} mm layers, {self.perimeters} perimeters, {self.infill:.0%} infill"
        )


PROFILE = Profile()
