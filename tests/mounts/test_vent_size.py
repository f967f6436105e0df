"""Vents are as large as asked for, in every family that has them."""

import pytest

from mounts.geometry.vents import Perforation
from mounts.panel import PanelSpec
from mounts.registry import PARTS
from tests.mounts import kit
from tests.mounts.kit import PI, SWITCH, Wish

VENTED = [
    Wish("blank", None, "10in", 2, (("vents", True),)),
    Wish("panel", None, "10in", 2),
    Wish("adapter", None, "19in", 2),
    Wish("shelf", SWITCH),
    Wish("nas", "synology-ds223"),
    Wish("tray", PI),
    Wish("frame", PI, "10in", None, (("pose", "on-edge"),)),
    Wish("psu", "atx", "19in"),
    Wish("drives", "3.5in"),
]


def vents(wish: Wish, across_mm: float) -> int:
    """Count the holes that are just so wide, once that width is asked for."""
    options = (*wish.options, ("vent_mm", across_mm))
    sized = Wish(wish.part, wish.device, wish.rack, wish.height_u, options)
    part = PARTS[wish.part].build(kit.spec_of(sized))
    return sum(len(p.centers) for p in part.perforations if narrower(p) == pytest.approx(across_mm))


def narrower(hole: Perforation) -> float:
    xs, ys = zip(*hole.cell, strict=True)
    return min(max(xs) - min(xs), max(ys) - min(ys))


@pytest.mark.parametrize("wish", VENTED, ids=str)
def test_vents_are_as_large_as_asked_for(wish: Wish) -> None:
    small, middle, large = (vents(wish, across) for across in (5.0, 7.0, 9.0))
    assert small > middle > large > 0, "smaller vents are more of them"


def test_every_vented_panel_was_asked() -> None:
    """A family that hangs on a panel and has vents by default is in the list above, or a frame."""
    vented = {
        name
        for name, family in PARTS.items()
        if issubclass(family.spec, PanelSpec) and family.spec.model_fields["vents"].default
    }
    assert vented <= {wish.part for wish in VENTED}
