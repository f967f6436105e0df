"""The checker must be able to fail: each kind of wrong layout is caught."""

import ast
import inspect
from dataclasses import replace

import pytest

from packing import check
from packing.cavity import Cavity
from packing.check import violations
from packing.result import Placement

ROOM = Cavity(width_mm=130, height_mm=90, depth_mm=200, air_gap_mm=4, edge_gap_mm=1)
FLAT = Placement(
    x_mm=28, y_mm=0, z_mm=10, across_mm=56, through_mm=20, depth_mm=85, angle_deg=0, row=0
)


@pytest.mark.parametrize(
    ("second", "fine"),
    [
        ({"x_mm": 28 + 57}, True),
        ({"x_mm": 28 + 56.9}, False),  # edge to edge nearer than 1
        ({"z_mm": 10 + 24}, True),
        ({"z_mm": 10 + 23.9}, False),  # face to face nearer than 4
        ({"y_mm": 105}, True),
        ({"y_mm": 104.9}, False),  # rows nearer than the cable gap
        ({"y_mm": 116}, False),  # sticks out at the rear
        ({"x_mm": 103}, False),  # sticks out at the right
        ({"x_mm": 67, "z_mm": 28, "angle_deg": 90.0}, True),  # edge 1 beside a face
        ({"x_mm": 66.9, "z_mm": 28, "angle_deg": 90.0}, False),
        ({"x_mm": 70, "z_mm": 45, "angle_deg": 45.0}, False),  # reaches into the first
    ],
)
def test_a_second_board(second, fine):
    assert (not violations([FLAT, replace(FLAT, **second)], ROOM)) == fine


def test_a_board_outside():
    assert violations([replace(FLAT, x_mm=27.9)], ROOM)


@pytest.mark.parametrize(
    ("rows", "reached", "fine"), [(1, 1, True), (2, 2, True), (2, 1, False), (3, 2, False)]
)
def test_what_a_hand_cannot_reach(rows, reached, fine):
    deep = replace(ROOM, depth_mm=500)
    row = [replace(FLAT, y_mm=105.0 * n, row=n) for n in range(rows)]
    assert not violations(row, deep)
    assert (not violations(row, deep, reached_rows=reached)) == fine


def test_it_shares_no_code_with_what_it_checks():
    """Data types only: no counting, no bound, no placing."""
    tree = ast.parse(inspect.getsource(check))
    taken = {
        f"{node.module}.{name.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("packing")
        for name in node.names
    }
    assert taken == {"packing.cavity.Cavity", "packing.result.Placement"}
