"""How `rackpress fit` shows results: as a table to read, as records to compute with."""

from typing import Any

from packing.one_more import mm
from packing.result import FitResult

HEADINGS = ("height", "boards", "per U", "bound", "arrangement", "limited by", "one more")


def as_dict(result: FitResult, board: str, rack: str) -> dict[str, Any]:
    """Return a result by name, for `--json`; lengths in mm, rounded to 0.0001."""
    cavity = result.job.cavity
    wide, high = result.size_mm
    return {
        "board": board,
        "rack": rack,
        "height_u": cavity.height_u,
        "pose": result.pose,
        "rows": result.rows,
        "count": result.count,
        "per_u": None if result.per_u is None else round(result.per_u, 4),
        "upper_bound": result.upper_bound,
        "gap": result.gap,
        "bound_over": result.bound_over,
        "binding": result.binding,
        "binding_text": result.binding_text,
        "buys_one_more": result.buys_one_more,
        "changes": [
            {"key": change.key, "by": change.by, "count": change.count, "text": change.text}
            for change in result.changes
            if change.key != "height"
        ],
        "arrangement": result.words,
        "angle_deg": round(result.pattern.angle_deg, 4),
        "width_mm": round(wide, 4),
        "height_mm": round(high, 4),
        "depth_mm": round(result.depth_mm, 4),
        "cavity": {
            "width_mm": cavity.width_mm,
            "height_mm": cavity.height_mm,
            "depth_mm": cavity.depth_mm,
            "air_gap_mm": cavity.air_gap_mm,
            "edge_gap_mm": cavity.edge_gap_mm,
            "cable_gap_mm": cavity.cable_gap_mm,
            "wall_mm": cavity.wall_mm,
            "floor_mm": cavity.floor_mm,
        },
    }


def table(results: list[FitResult]) -> list[str]:
    """Return a table of results, one line each."""
    return table_of(HEADINGS, [_cells(result) for result in results])


def table_of(headings: tuple[str, ...], cells: list[tuple[str, ...]]) -> list[str]:
    """Return headings and rows as lines, each column as wide as its widest cell."""
    rows = [headings, *cells]
    widths = [max(len(row[column]) for row in rows) for column in range(len(headings))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


def _cells(result: FitResult) -> tuple[str, ...]:
    proven = f"{result.upper_bound}, proven" if result.gap == 0 else str(result.upper_bound)
    return (
        f"{result.job.cavity.height_u or 0:g}U",
        str(result.count),
        f"{result.per_u or 0:.2f}",
        proven,
        result.words,
        _limit(result),
        result.buys_one_more,
    )


def _limit(result: FitResult) -> str:
    if result.short_mm is None:
        return result.binding_text
    return f"{result.binding}, {mm(result.short_mm)} mm short"
