"""A tray's panel is open before every port, and whatever stays over an opening prints."""

from itertools import combinations, pairwise
from typing import Any

import pytest

from mounts.board import plug_size
from mounts.order import Order, spec_for
from mounts.parts.tray_front import STRIP_MM, TOOTH_MM, WEB_MM, Box, box, fronts
from mounts.parts.tray_spec import TraySpec
from mounts.verify import device, overhang
from mounts.verify.limits import BRIDGE_MM
from mounts.verify.subject import subject_of
from tests.mounts.kit import built, catalog
from tests.verify.bodies import limits


def tray(board: str, **options: Any) -> TraySpec:
    spec = spec_for(Order("tray", "19in", board, options=options), catalog())
    assert isinstance(spec, TraySpec)
    return spec


TRAYS = [
    tray(board, **options)
    for board in sorted(catalog().boards)
    for options in ({"shield": False}, {"shield": False, "count": 2})
]


def opened(spec: TraySpec) -> list[Box]:
    windows, notches = fronts(spec)
    return [*map(box, windows), *((n.left, n.floor, n.right, spec.top_mm) for n in notches)]


@pytest.mark.parametrize("spec", TRAYS, ids=lambda spec: spec.title)
def test_every_port_and_its_plug_pass_and_every_roof_is_short(spec: TraySpec) -> None:
    windows, notches = fronts(spec)
    for one in spec.carried:
        for x, port in one.seat.ports("front"):
            z = one.seat.top_mm + port.z0_mm + port.height_mm / 2  # type: ignore[operator]
            wide, tall = port.width_mm or 0.0, port.height_mm or 0.0
            if one.seat.edge_mm - (port.overhang_mm or 0.0) > 1.0:  # the plug passes the panel
                plug = plug_size(port, one.spec.plugs)
                wide, tall = max(wide, plug[0]), max(tall, plug[1])
            low = max(z - tall / 2, spec.floor_top_mm)
            assert any(
                a <= x - wide / 2 + 1e-3
                and b <= low + 1e-3
                and c >= x + wide / 2 - 1e-3
                and d >= z + tall / 2 - 1e-3
                for a, b, c, d in opened(spec)
            ), f"{port.name} at {x:.1f}, {z:.1f}"
    assert all(len(w.points) == 4 and box(w)[2] - box(w)[0] < BRIDGE_MM for w in windows)
    for a, b in pairwise(notches):
        assert b.left - a.right >= TOOTH_MM
    for a, b in combinations(map(box, windows), 2):
        assert _apart_mm(a, b) >= WEB_MM - 1e-6
    for window in map(box, windows):
        assert all(
            _apart_mm(window, gap) >= STRIP_MM - 1e-6 for gap in opened(spec)[len(windows) :]
        )


def _apart_mm(a: Box, b: Box) -> float:
    return max(max(a[k], b[k]) - min(a[k + 2], b[k + 2]) for k in (0, 1))


@pytest.mark.parametrize("board", ["asus-tinker-board-2s", "khadas-vim1", "pine64-rockpro64"])
def test_stepped_and_wide_rows_of_ports_print_and_take_their_plugs(board: str) -> None:
    """Before, 56, 35 and 68 mm² of these panels hung in the air, and a plug met the floor."""
    spec = tray(board)
    part, mesh = built("tray", spec)
    subject = subject_of(part, spec, mesh)
    found = [*overhang.check(subject, limits()).findings, *device.check(subject, limits()).findings]
    assert [str(one) for one in found] == []


def test_a_floor_wider_than_its_board_by_little_is_drawn_too() -> None:
    """The corner's rounding was larger than the corner."""
    spec = spec_for(
        Order("tray", "10in", "nvidia-jetson-orin-nano-devkit", options={"count": 2}), catalog()
    )
    assert built("tray", spec)[1].open_edges() == 0
