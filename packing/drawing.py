"""Draws fits to scale, seen from the front: SVG or PNG by the file's name.

matplotlib draws both from one description; it is there with the CAD kernel's viewer anyway.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from catalog.problems import InputError, Problem
from packing.one_more import mm
from packing.result import FitResult, Placement, placements

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from packing.envelope import Envelope

FORMATS = (".svg", ".png")
INCHES_PER_MM = 0.022  # a 19-inch opening is as wide as a page
HEAD_MM = 16.0  # over each cavity, for its line of text
EDGE_MM = 8.0
DPI = 130
INK, WALL, AIR, SPACE, PCB = "#1b2733", "#37424d", "#ffffff", "#dbe8f4", "#2e7d4f"


def draw(results: list[FitResult], envelope: Envelope, name: str, path: Path) -> None:
    """Write a picture of fits, one cavity under the other, all at one scale.

    Args:
        results: what to draw, from the top.
        envelope: the board; says where its PCB lies in its space.
        name: of the board, for the headings.
        path: ends in .svg or .png; the same fits give the same bytes.

    Raises:
        InputError: the file cannot be written, or has another ending.
    """
    if path.suffix.lower() not in FORMATS:
        what = f"{path.name!r} is neither SVG nor PNG"
        raise InputError(Problem(str(path), what, allowed="a name that ends in .svg or .png"))
    import matplotlib as mpl  # noqa: PLC0415 - takes half a second
    from matplotlib.figure import Figure  # noqa: PLC0415

    wide = max(result.job.cavity.width_mm for result in results) + 2 * EDGE_MM
    heights = [result.job.cavity.height_mm + HEAD_MM + EDGE_MM for result in results]
    fixed: dict[Any, str] = {
        "svg.hashsalt": "rackpress",
        "svg.fonttype": "none",
        "font.family": "DejaVu Sans",
    }
    with mpl.rc_context(fixed):
        figure = Figure(figsize=(wide * INCHES_PER_MM, sum(heights) * INCHES_PER_MM), dpi=DPI)
        bottom = sum(heights)
        for result, high in zip(results, heights, strict=True):
            bottom -= high
            axes = figure.add_axes((0.0, bottom / sum(heights), 1.0, high / sum(heights)))
            axes.set_xlim(-EDGE_MM, wide - EDGE_MM)
            axes.set_ylim(-EDGE_MM / 2, high - EDGE_MM / 2)
            axes.set_axis_off()
            _cavity(axes, result, envelope, name)
        _save(figure, path)


def _save(figure: object, path: Path) -> None:
    dated = {"Date": None} if path.suffix.lower() == ".svg" else {"Software": None}
    try:
        figure.savefig(path, metadata=dated)  # pyright: ignore[reportAttributeAccessIssue]
    except OSError as error:
        raise InputError(Problem(str(path), f"cannot be written: {error.strerror}")) from error


def _cavity(axes: Axes, result: FitResult, envelope: Envelope, name: str) -> None:
    from matplotlib.patches import Rectangle  # noqa: PLC0415

    cavity = result.job.cavity
    frame = Rectangle((0, 0), cavity.width_mm, cavity.height_mm, fc=AIR, ec=WALL, lw=2.0)
    axes.add_patch(frame)
    for board in placements(result):
        if board.row == 0:
            _board(axes, board, envelope)
    axes.text(
        0.0,
        cavity.height_mm + HEAD_MM * 0.35,
        _heading(result, name),
        color=INK,
        fontsize=9,
        fontweight="bold",
    )


def _board(axes: Axes, board: Placement, envelope: Envelope) -> None:
    """Draw a board's space, and its PCB as a thin dark plate in it."""
    from matplotlib.patches import Rectangle  # noqa: PLC0415
    from matplotlib.transforms import Affine2D  # noqa: PLC0415

    half_wide, half_high = board.across_mm / 2, board.through_mm / 2
    turned = Affine2D().rotate_deg(board.angle_deg).translate(board.x_mm, board.z_mm)
    space = Rectangle((-half_wide, -half_high), board.across_mm, board.through_mm)
    space.set(facecolor=SPACE, edgecolor=INK, linewidth=0.5)
    low = -half_high + envelope.below_mm
    plate = Rectangle((-envelope.width_mm / 2, low), envelope.width_mm, envelope.thickness_mm)
    plate.set(facecolor=PCB, edgecolor="none")
    for shape in (space, plate):
        shape.set_transform(turned + axes.transData)
        axes.add_patch(shape)


def _heading(result: FitResult, name: str) -> str:
    cavity = result.job.cavity
    height = "" if cavity.height_u is None else f"{cavity.height_u:g}U, "
    rows = "" if result.rows < 2 else f" (one of {result.rows} rows)"
    bound = "proven best" if result.gap == 0 else f"bound {result.upper_bound}"
    size = f"{mm(cavity.width_mm)} × {mm(cavity.height_mm)} mm"
    return f"{height}{size}: {result.count} × {name}, {bound}: {result.words}{rows}"
