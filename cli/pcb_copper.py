"""What the copper of a power board does, in words: drop and volts of each output, worst places."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pcb.copper.record import CopperReport, OutputRow


def copper_text(report: "CopperReport") -> list[str]:
    """Return the lines of a solved copper."""
    lines = [f"copper, solved ({report.pours}); errors up to {report.error * 100:.1f} % of a drop"]
    heads = ("output", "rail", "draws", "drop", "rail", "out", "GND", "typical", "full", "worst")
    lines += ["", *columns([(*heads, "needs"), *(_row(row) for row in report.outputs)])]
    lines += [
        "",
        "drop, full, worst: of poor copper and parts; worst: from a low supply too",
    ]
    corners = ("copper", "largest drop", "heat")
    lines += ["", *columns([
        corners,
        *((one.corner, f"{one.drop_mv:.1f} mV", f"{one.heat_w:.2f} W") for one in report.corners),
    ])]  # fmt: skip
    neck, via = report.worst_neck, report.worst_via
    lines += ["", f"worst neck: {neck}, {neck.amps_per_mm:.2g} A/mm (IPC-2221, 20 K)"]
    lines += [] if via is None else [f"worst via: {via} (IPC-2221, 10 K)"]
    for rail, share in report.shares.items():
        lines.append(f"beware: the contacts of {rail} give {share * 100:.0f} % of what is asked")
    return [*lines, *(f"refused: {text}" for text in report.problems)]


def _row(row: "OutputRow") -> tuple[str, ...]:
    drops = (row.board_mv, row.rail_mv, row.out_mv, row.ground_mv)
    volts = (row.typical_v, row.full_v, row.worst_v)
    return (
        f"{row.output}", row.rail, f"{row.amps:.4g} A", *(f"{one:.1f} mV" for one in drops),
        *(f"{one:.2f} V" for one in volts), f"{row.least_v:g} V",
    )  # fmt: skip


def columns(rows: list[tuple[str, ...]]) -> list[str]:
    """Return rows as lines of aligned columns; what begins with a figure stands to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    right = [
        all(cell[:1].isdigit() or not cell for cell in column[1:])
        for column in zip(*rows, strict=True)
    ]
    return [
        "  ".join(
            cell.rjust(width) if to_right else cell.ljust(width)
            for cell, width, to_right in zip(row, widths, right, strict=True)
        ).rstrip()
        for row in rows
    ]
