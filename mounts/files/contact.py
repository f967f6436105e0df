"""A contact sheet: many scenes in one picture, each with its name under it."""

import importlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mounts.files.picture import EDGE_COLOR, FROM_THE_FRONT, PAPER, Actor, open_window, save, shown

CELL_PX = (320, 200)
NAME_PX = 30  # under each scene
LETTER_PX = 15


@dataclass(frozen=True)
class Cell:
    """One scene of a sheet."""

    name: str
    actors: Sequence[Actor]
    toward: tuple[float, float, float] = FROM_THE_FRONT


def write_sheet(path: Path, cells: Sequence[Cell], columns: int) -> None:
    """Write scenes side by side, from left to right and from above.

    Args:
        path: PNG file to write.
        cells: one at least.
        columns: how many side by side.

    Raises:
        ToolMissing: the system has no OpenGL that works without a screen.
    """
    rows = -(-len(cells) // columns)
    wide, tall = CELL_PX[0], CELL_PX[1] + NAME_PX
    window = open_window((columns * wide, rows * tall))
    whole = columns * wide, rows * tall
    for index in range(rows * columns):
        row, column = divmod(index, columns)
        left, low = column * wide, (rows - 1 - row) * tall
        if index >= len(cells):
            _add(window, _name(""), (left, low, wide, tall), whole)
            continue
        cell = cells[index]
        scene = shown(cell.actors, cell.toward, CELL_PX)
        _add(window, scene, (left, low + NAME_PX, *CELL_PX), whole)
        _add(window, _name(cell.name), (left, low, wide, NAME_PX), whole)
    save(window, path)


def _add(
    window: Any, renderer: Any, box: tuple[int, int, int, int], whole: tuple[int, int]
) -> None:
    """Give a renderer its place in a window: left, low, width and height in pixels."""
    (x, y, width, height), (w, h) = box, whole
    renderer.SetViewport(x / w, y / h, (x + width) / w, (y + height) / h)
    window.AddRenderer(renderer)


def _name(text: str) -> Any:
    """Return a renderer that shows a line of text."""
    from vtkmodules.vtkRenderingCore import vtkRenderer, vtkTextActor  # noqa: PLC0415 - heavy

    importlib.import_module("vtkmodules.vtkRenderingFreeType")  # registers its letters
    line = vtkTextActor()
    line.SetInput(text)
    look = line.GetTextProperty()
    look.SetFontSize(LETTER_PX)
    look.SetColor(*EDGE_COLOR)
    look.SetJustificationToCentered()
    line.SetPosition(CELL_PX[0] / 2, NAME_PX / 3)
    renderer = vtkRenderer()
    renderer.SetBackground(*PAPER)
    renderer.AddActor2D(line)
    return renderer
