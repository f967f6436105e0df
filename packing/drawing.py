"""Draws fits to scale, seen from the front: SVG or PNG by the file's name.

matplotlib draws both from one description; it is there with the CAD kernel's viewer anyway.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from catalog.files import write_one
from catalog.problems import InputError, Problem
from packing.one_more import mm
from packing.result import FitResult, Placement, placements

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from packing.cavity import Cavity
    from packing.envelope import Envelope

FORMATS = (".svg", ".png")
INCHES_PER_MM = 0.022  # a 19-inch opening is as wide as a page
HEAD_MM = 16.0  # over each cavity, for its line of text
EDGE_MM = 8.0
DPI = 130
INK, WALL, AIR, PCB = "#1b2733", "#37424d", "#ffffff", "#2e7d4f"
# Of kinds of boards: told apart by lightness too.
SPACES = ("#dbe8f4", "#f6d9a8", "#b9c9b4", "#e3b7c6", "#9fb6d9", "#f3efc1", "#c9c1e0", "#a9d6d3")
LINE_MM = 9.0  # of the legend


class Drawn(NamedTuple):
    """A board to draw: its place, its space, and its colour's number."""

    place: Placement
    envelope: Envelope
    colour: int = 0


@dataclass(frozen=True)
class Sheet:
    """One cavity to draw, with its heading and the boards of its front row."""

    cavity: Cavity
    heading: str
    boards: list[Drawn]


def sheet_of(result: FitResult, envelope: Envelope, name: str) -> Sheet:
    """Return the sheet of a fit.

    Args:
        result: what to draw.
        envelope: the board; says where its PCB lies in its space.
        name: of the board, for the heading.
    """
    boards = [Drawn(board, envelope) for board in placements(result)]
    return Sheet(result.job.cavity, _heading(result, name), boards)


def draw(sheets: Sequence[Sheet], path: Path, legend: Sequence[str] = ()) -> None:
    """Write a picture of fits, one cavity under the other, all at one scale.

    Args:
        sheets: what to draw, from the top.
        path: ends in .svg or .png; the same fits give the same bytes.
        legend: what the colours mean, in their order; none is drawn for one kind of board.

    Raises:
        InputError: the file cannot be written, or has another ending.
    """
    if path.suffix.lower() not in FORMATS:
        what = f"{path.name!r} is neither SVG nor PNG"
        raise InputError(Problem(str(path), what, allowed="a name that ends in .svg or .png"))
    import matplotlib as mpl  # noqa: PLC0415 - takes half a second
    from matplotlib.figure import Figure  # noqa: PLC0415

    wide = max(sheet.cavity.width_mm for sheet in sheets) + 2 * EDGE_MM
    heights = [sheet.cavity.height_mm + HEAD_MM + EDGE_MM for sheet in sheets]
    foot = LINE_MM * len(legend)
    whole = sum(heights) + foot
    fixed: dict[Any, str] = {
        "svg.hashsalt": "rackpress",
        "svg.fonttype": "none",
        "font.family": "DejaVu Sans",
    }
    with mpl.rc_context(fixed):
        figure = Figure(figsize=(wide * INCHES_PER_MM, whole * INCHES_PER_MM), dpi=DPI)
        bottom = whole
        for sheet, high in zip(sheets, heights, strict=True):
            bottom -= high
            axes = figure.add_axes((0.0, bottom / whole, 1.0, high / whole))
            axes.set_xlim(-EDGE_MM, wide - EDGE_MM)
            axes.set_ylim(-EDGE_MM / 2, high - EDGE_MM / 2)
            axes.set_axis_off()
            _cavity(axes, sheet)
        if legend:
            _legend(figure.add_axes((0.0, 0.0, 1.0, foot / whole)), legend, (wide, foot))
        save(figure, path)


def save(figure: object, path: Path) -> None:
    """Write a figure without a date; same figure, same bytes.

    Raises:
        InputError: the file cannot be written.
    """
    kind = path.suffix.lower().removeprefix(".")
    dated = {"Date": None} if kind == "svg" else {"Software": None}
    drawn = io.BytesIO()
    figure.savefig(drawn, format=kind, metadata=dated)  # pyright: ignore[reportAttributeAccessIssue]
    try:
        write_one(path, drawn.getvalue())
    except OSError as error:
        raise InputError(Problem(str(path), f"cannot be written: {error.strerror}")) from error


def _legend(axes: Axes, legend: Sequence[str], size: tuple[float, float]) -> None:
    """Draw a square of each colour and what it means, one under the other."""
    from matplotlib.patches import Rectangle  # noqa: PLC0415

    axes.set_xlim(-EDGE_MM, size[0] - EDGE_MM)
    axes.set_ylim(0.0, size[1])
    axes.set_axis_off()
    for number, text in enumerate(legend):
        low = size[1] - (number + 1) * LINE_MM + 3.0
        colour = SPACES[number % len(SPACES)]
        axes.add_patch(Rectangle((0.0, low), 6.0, 6.0, fc=colour, ec=INK, lw=0.5))
        axes.text(9.0, low + 3.0, text, color=INK, fontsize=8, va="center")


def _cavity(axes: Axes, sheet: Sheet) -> None:
    from matplotlib.patches import Rectangle  # noqa: PLC0415

    cavity = sheet.cavity
    frame = Rectangle((0, 0), cavity.width_mm, cavity.height_mm, fc=AIR, ec=WALL, lw=2.0)
    axes.add_patch(frame)
    for drawn in sheet.boards:
        if drawn.place.row == 0:
            _board(axes, drawn)
    axes.text(
        0.0,
        cavity.height_mm + HEAD_MM * 0.35,
        sheet.heading,
        color=INK,
        fontsize=9,
        fontweight="bold",
    )


def _board(axes: Axes, drawn: Drawn) -> None:
    """Draw a board's space, and its PCB as a thin dark plate in it."""
    from matplotlib.patches import Rectangle  # noqa: PLC0415
    from matplotlib.transforms import Affine2D  # noqa: PLC0415

    board, envelope, number = drawn
    half_wide, half_high = board.across_mm / 2, board.through_mm / 2
    turned = Affine2D().rotate_deg(board.angle_deg).translate(board.x_mm, board.z_mm)
    space = Rectangle((-half_wide, -half_high), board.across_mm, board.through_mm)
    space.set(facecolor=SPACES[number % len(SPACES)], edgecolor=INK, linewidth=0.5)
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
