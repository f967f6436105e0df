"""Our own drawings as PNG: the rectangles, level lines, dots and texts that they are made of."""

import io
import re
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SVG = "{http://www.w3.org/2000/svg}"
DPI = 144.0
PX_PER_UNIT = 2.0
POINTS_PER_UNIT = 72.0 * PX_PER_UNIT / DPI
ALIGN = {None: "left", "middle": "center", "end": "right"}


def drawing_png(svg: str) -> bytes:
    """Return a drawing of ours as PNG, 2 px to a unit of it, on white.

    Args:
        svg: made of `rect`, `circle`, `text` and `path` with one level line.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415 - heavy
    from matplotlib.figure import Figure  # noqa: PLC0415 - heavy

    drawn = ET.fromstring(svg)  # noqa: S314 - ours
    x, y, wide, high = (float(v) for v in drawn.attrib["viewBox"].split())
    figure = Figure((wide * PX_PER_UNIT / DPI, high * PX_PER_UNIT / DPI), dpi=DPI)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    axes.set_axis_off()
    axes.set_xlim(x, x + wide)
    axes.set_ylim(y + high, y)  # down, as in the drawing
    styles = _styles("".join(one.text or "" for one in drawn.iter(f"{SVG}style")))
    for order, element in enumerate(drawn.iter()):
        _draw(axes, element, styles, order)
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", metadata={"Software": None})
    return buffer.getvalue()


def _styles(css: str) -> dict[str, dict[str, str]]:
    """Return what each class says, by property; `text` is that of every text."""
    found: dict[str, dict[str, str]] = {}
    for name, body in re.findall(r"\.?(\w+)\{([^}]*)\}", css):
        found[name] = dict(pair.split(":", 1) for pair in body.split(";") if pair)
    return found


def _draw(axes: "Axes", element: ET.Element, styles: dict[str, dict[str, str]], order: int) -> None:
    from matplotlib.patches import Circle  # noqa: PLC0415 - heavy

    a = element.attrib
    match element.tag.removeprefix(SVG):
        case "rect":
            axes.add_patch(_box(a, order))
        case "circle":
            middle = float(a["cx"]), float(a["cy"])
            axes.add_patch(Circle(middle, float(a["r"]), facecolor=a["fill"], zorder=order))
        case "path":
            start, y, end = (float(v) for v in re.findall(r"[\d.]+", a["d"]))
            thick = float(a.get("stroke-width", 1)) * POINTS_PER_UNIT
            axes.plot([start, end], [y, y], color=a["stroke"], linewidth=thick, zorder=order)
        case "text":
            own = {**styles.get("text", {}), **styles.get(a.get("class", ""), {})}
            axes.text(
                float(a["x"]),
                float(a["y"]),
                element.text or "",
                size=float(own.get("font-size", "12px").removesuffix("px")) * POINTS_PER_UNIT,
                weight="bold" if own.get("font-weight") == "600" else "normal",
                color=own.get("fill", "#000000").replace("currentColor", "#000000"),
                ha=ALIGN[a.get("text-anchor")],
                va="baseline",
                zorder=order,
                parse_math=False,
            )
        case _:
            pass


def _box(a: dict[str, str], order: int) -> Any:
    from matplotlib.patches import FancyBboxPatch  # noqa: PLC0415 - heavy

    wide, high = float(a["width"]), float(a["height"])
    round_mm = min(float(a.get("rx", 0)), wide / 2, high / 2)
    return FancyBboxPatch(
        (float(a["x"]), float(a["y"])),
        wide,
        high,
        boxstyle=f"round,pad=0,rounding_size={max(round_mm, 1e-3):g}",
        facecolor=a["fill"],
        edgecolor=a.get("stroke", "none"),
        linewidth=float(a.get("stroke-width", 1)) * POINTS_PER_UNIT,
        linestyle="--" if "stroke-dasharray" in a else "-",
        zorder=order,
    )
