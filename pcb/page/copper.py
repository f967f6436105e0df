"""The review's section on copper: drop of each output, necks, vias, corners, and the error."""

from catalog.page import Column, Row, table
from pcb.copper.record import CopperReport, NeckRow
from pcb.copper.solved import Solved

FLOATS = 1e-9
FULLEST = 12  # necks shown at once; the others fold away

_OUTPUT: tuple[Column, ...] = (
    ("output", "output"), ("rail", "rail"), ("amps", "draws"), ("board", "drop on the board"),
    ("ways", "rail, out, GND"), ("typical", "usual"), ("full", "full"), ("worst", "worst"),
    ("least", "needs"),
)  # fmt: skip
_NECK: tuple[Column, ...] = (
    ("place", "neck"), ("net", "net"), ("layer", "layer"), ("amps", "passes"),
    ("copper", "copper"), ("carries", "carries"), ("use", "share"),
)  # fmt: skip
_CORNER: tuple[Column, ...] = (
    ("corner", "copper"), ("thick", "thick"), ("wall", "walls of holes"), ("warm", "warmth"),
    ("drop", "largest drop"), ("heat", "heat"),
)  # fmt: skip
_NET: tuple[Column, ...] = (
    ("net", "net"), ("cell", "cell"), ("error", "error of its drop"), ("heat", "heat"),
    ("dense", "densest"), ("gap", "in and out differ by"),
)  # fmt: skip


def copper_html(solved: Solved | None) -> str:
    """Return the section; of a board whose current cannot flow, that."""
    if solved is None:
        return "<p>Current cannot flow from the supply to every node and back.</p>"
    report = solved.report
    necks = sorted(report.necks, key=lambda row: (-round(row.use, 6), row.place, row.layer))
    rest = ""
    if len(necks) > FULLEST:
        more = table(_NECK, [_neck(row) for row in necks[FULLEST:]])
        rest = f"<details><summary>{len(necks) - FULLEST} more necks</summary>{more}</details>"
    via = report.worst_via
    told = "" if via is None else f"<p>Fullest via: {via} (IPC-2221, 10 K).</p>"
    return (
        f"<p>Direct current in both layers, {report.pours}, at full load; a drop is known to "
        f"{report.error * 100:.1f} %. Drop, full and worst are of poor copper and parts, worst "
        "from the lowest supply too. Necks carry what IPC-2221 gives for outer layers and 20 K.</p>"
        f"{table(_OUTPUT, _outputs(report))}<h3>Necks, the fullest first</h3>"
        f"{table(_NECK, [_neck(row) for row in necks[:FULLEST]])}{rest}{told}"
        f"<h3>What the copper may be like</h3>{table(_CORNER, _corners(report))}"
        f"<details><summary>How each net was solved</summary>{table(_NET, _nets(report))}</details>"
    )


def _outputs(report: CopperReport) -> list[Row]:
    return [
        {
            "output": row.output, "rail": row.rail, "amps": f"{row.amps:.3g} A",
            "board": f"{row.board_mv:.1f} mV",
            "ways": f"{row.rail_mv:.1f}, {row.out_mv:.1f}, {row.ground_mv:.1f} mV",
            "typical": f"{row.typical_v:.2f} V", "full": f"{row.full_v:.2f} V",
            "worst": f"{row.worst_v:.2f} V", "least": f"{row.least_v:g} V",
        }
        for row in report.outputs
    ]  # fmt: skip


def _neck(row: NeckRow) -> Row:
    return {
        "place": row.place, "net": row.net, "layer": row.layer, "amps": f"{row.amps:.3g} A",
        "copper": f"{row.copper_mm:.3g} mm", "carries": f"{row.carries_a:.3g} A",
        "use": f"{row.use * 100:.0f} %",
    }  # fmt: skip


def _corners(report: CopperReport) -> list[Row]:
    return [
        {
            "corner": row.corner, "thick": f"{row.thick * 100:.0f} %",
            "wall": f"{row.wall_mm * 1000:.0f} µm", "warm": f"{row.over_20_k + 20:.0f} °C",
            "drop": f"{row.drop_mv:.1f} mV", "heat": f"{row.heat_w:.2g} W",
        }
        for row in report.corners
    ]  # fmt: skip


def _nets(report: CopperReport) -> list[Row]:
    return [
        {
            "net": row.net, "cell": f"{row.cell_mm:g} mm",
            "error": f"{row.error_mv:.2f} mV, {row.error * 100:.1f} %",
            "heat": f"{row.copper_w:.2g} W",
            "dense": f"{row.densest_a_mm:.2g} A/mm at {row.x_mm:g}, {row.y_mm:g}",
            "gap": share(row.energy_gap),
        }
        for row in report.nets
    ]  # fmt: skip


def share(part: float) -> str:
    """Return a small share as text; what is less than sums in floats can tell is told so."""
    return f"{part:.0e}" if part > FLOATS else f"less than {FLOATS:.0e}"
