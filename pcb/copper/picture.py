"""Draws what the copper does: drop and density over the board, both layers, as PNG.

Colours run from dark to light in lightness too, so that they can be told apart by everybody and in
grey. Each net counts its drop from where it begins: a rail from the inlet, an output from its fuse,
GND from the inlet.
"""

import io
from typing import TYPE_CHECKING, Any

from pcb.board.board import ROUND
from pcb.board.comb import Comb, comb
from pcb.copper.field import Field
from pcb.copper.read import LAYERS
from pcb.copper.solved import Solved
from pcb.copper.ways import POOR
from pcb.managed.sense_wiring import SHUNT
from pcb.spec import BoardSpec

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

PIXEL_MM = 0.2
WIDE_IN, DPI = 11.0, 130
SIDES = ("upper layer, seen from above", "lower layer, seen from above")
NOTHING, INK = "0.93", "0.15"
DENSE_SHARE = 0.998  # of the copper is less dense than the lightest colour


def pictures(spec: BoardSpec, solved: Solved) -> dict[str, bytes]:
    """Return `NAME.drop.png` and `NAME.density.png`; the same field gives the same bytes."""
    import numpy as np  # noqa: PLC0415 - slow to import

    made, report, name = comb(spec), solved.report, spec.title
    out, neck = report.worst_output, report.worst_neck
    hot = f"copper at {POOR.over_20_k + 20:g} °C, {(1 - POOR.thick) * 100:.0f} % thin"
    costs = (
        f"{name}: the copper costs output {out.output} {out.board_mv:.1f} mV at {out.amps:g} A "
        f"({out.rail} {out.rail_mv:.1f}, OUT{out.output} {out.out_mv:.1f}, GND {out.ground_mv:.1f})"
    )
    where = (
        f"{name}: worst neck {neck.place}, {neck.amps:.3g} A in {neck.copper_mm:.3g} mm = "
        f"{neck.amps_per_mm:.2g} A/mm; it carries {neck.carries_a:.3g} A"
    )
    fields = solved.fields.items()
    drop = _over(made, solved, {net: _drop_mv(net, one) for net, one in fields})
    dense = _over(made, solved, {net: one.density() for net, one in fields})
    told, crowd = (costs, f"each net from where it begins; {hot}"), (where, hot)
    most = float(np.nanmax(drop)), float(np.nanquantile(dense, DENSE_SHARE))
    return {
        f"{name}.drop.png": _png(solved, made, drop, told, ("drop, mV", "viridis", most[0])),
        f"{name}.density.png": _png(solved, made, dense, crowd, ("A/mm", "inferno", most[1])),
    }


def _drop_mv(net: str, found: Field) -> "Floats":
    """Return how far each cell of a net is from where the net begins, mV."""
    import numpy as np  # noqa: PLC0415 - slow to import

    start = min(abs(found.volt(name)) for name in _base(net, found))
    return 1000 * (np.abs(found.map_v()) - start)


def _base(net: str, found: Field) -> list[str]:
    """Return the pins where a net begins: of the inlets, or an output's fuse, switch or shunt."""
    output = net[3:] if net.startswith(("OUT", "FUS", "SNS")) else ""
    first: tuple[str, ...] = ("J1",)
    if output:
        shunt = f"R{SHUNT + int(output)}.2"
        first = (f"F{output}.2", shunt, *(f"Q{output}.{pad}" for pad in "5678"))
    pins = [name for name in found.system.names if " " not in name and name.startswith(first)]
    if output:
        return pins
    return [name for name in pins if len(name.partition(".")[0]) == len("J100")]


def _over(made: Comb, solved: Solved, values: dict[str, Any]) -> "Floats":
    """Return values of all nets on one grid over the board [layer, y, x], y down."""
    import numpy as np  # noqa: PLC0415 - slow to import

    x = np.arange(PIXEL_MM / 2, made.width, PIXEL_MM)
    y = np.arange(PIXEL_MM / 2, made.height, PIXEL_MM)
    whole = np.full((2, len(y), len(x)), np.nan)
    for net, field in solved.fields.items():
        grid = field.grid
        column = np.floor((x - grid.left_mm) / grid.cell_mm).astype(int)
        row = np.floor((y - grid.low_mm) / grid.cell_mm).astype(int)
        across = np.flatnonzero((column >= 0) & (column < grid.across))
        up = np.flatnonzero((row >= 0) & (row < grid.up))
        part = values[net][:, row[up]][:, :, column[across]]
        box = np.s_[:, up[0] : up[-1] + 1, across[0] : across[-1] + 1]
        whole[box] = np.where(np.isnan(part), whole[box], part)
    return whole


def _png(
    solved: Solved,
    made: Comb,
    values: "Floats",
    words: tuple[str, str],
    scale: tuple[str, str, float],
) -> bytes:
    """Return two panels, upper and lower layer, with a scale beside them; a ring marks the neck."""
    from matplotlib import colormaps  # noqa: PLC0415 - slow to import
    from matplotlib.figure import Figure  # noqa: PLC0415 - as above

    unit, colours, most = scale
    shade = colormaps[colours].with_extremes(bad=NOTHING)
    tall = 2 * (WIDE_IN - 1.6) * made.height / made.width + 1.6
    figure = Figure(figsize=(WIDE_IN, tall), dpi=DPI, layout="constrained")
    figure.suptitle(words[0], fontsize=10)
    both = figure.subplots(2, 1, sharex=True)
    drawn: Any = None
    for place, (axes, layer, side) in enumerate(zip(both, values, SIDES, strict=True)):
        drawn = axes.imshow(
            layer, cmap=shade, vmin=0, vmax=most, interpolation="nearest",
            extent=(0, made.width, made.height, 0),
        )  # fmt: skip
        axes.set_title(f"{side}; {words[1]}", fontsize=8, loc="left")
        axes.set_ylabel("mm", fontsize=8)
        axes.tick_params(labelsize=7)
        _outline(axes, made)
        _edges(axes, [one.system.foil.layers[place] for one in solved.fields.values()])
        _names(axes, made)
        if solved.report.worst_neck.layer == LAYERS[place]:
            neck = solved.report.worst_neck
            axes.plot(neck.x_mm, neck.y_mm, "o", ms=13, mfc="none", mec="white", mew=1.6)
            axes.plot(neck.x_mm, neck.y_mm, "o", ms=15, mfc="none", mec=INK, mew=0.8)
    both[-1].set_xlabel("mm from the left edge", fontsize=8)
    bar = figure.colorbar(drawn, ax=list(both), label=unit, fraction=0.03, pad=0.01)
    bar.ax.tick_params(labelsize=7)
    content = io.BytesIO()
    figure.savefig(content, format="png", metadata={"Software": None})
    return content.getvalue()


def _outline(axes: Any, made: Comb) -> None:
    from matplotlib.patches import FancyBboxPatch  # noqa: PLC0415 - slow to import

    edge = FancyBboxPatch(
        (ROUND, ROUND), made.width - 2 * ROUND, made.height - 2 * ROUND,
        boxstyle=f"round,pad={ROUND}", fill=False, edgecolor=INK, linewidth=1.0,
    )  # fmt: skip
    axes.add_patch(edge)
    axes.set_xlim(-2, made.width + 2)
    axes.set_ylim(made.height + 2, -2)


def _edges(axes: Any, areas: list[Any]) -> None:
    """Draw where copper ends: gaps are narrower than the cells."""
    import shapely  # noqa: PLC0415 - slow to import
    from matplotlib.collections import LineCollection  # noqa: PLC0415 - as above

    rings = [
        shapely.get_coordinates(ring)
        for area in areas
        for part in shapely.get_parts(area)
        for ring in (part.exterior, *part.interiors)
    ]
    axes.add_collection(LineCollection(rings, colors=NOTHING, linewidths=0.5))


def _names(axes: Any, made: Comb) -> None:
    """Name inlets and outputs where they stand."""
    from matplotlib.patheffects import withStroke  # noqa: PLC0415 - slow to import

    halo = [withStroke(linewidth=2, foreground="white")]
    marks = [(head.x, head.y, head.section.plug.ref) for head in made.heads]
    marks += [(one.x, made.height - 5.0, f"J{one.output.index}") for one in made.columns]
    marks += [(one.x - 3.0, made.fuse_y, f"F{one.output.index}") for one in made.columns]
    for x, y, name in marks:
        axes.text(x, y, name, fontsize=7, ha="center", va="center", color=INK, path_effects=halo)
