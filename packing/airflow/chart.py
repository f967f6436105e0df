"""Draws what no other choice beats: boards per U over the processor's warmth, and over noise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from packing.drawing import DPI, INK, save

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from matplotlib.axes import Axes

    from packing.airflow.cooling import Cooled

STILL = "no fan"
WIDE_IN, HIGH_IN = 9.0, 2.45
HEAD_IN, FOOT_IN = 0.35, 0.8
# Colours that are told apart by lightness too, and by the marker.
_LOOKS = (
    ("#1b2733", "o"),
    ("#c8553d", "s"),
    ("#2e7d4f", "^"),
    ("#e0a030", "D"),
    ("#5b7fb5", "v"),
    ("#8c6bb1", "P"),
    ("#4f9fa8", "X"),
    ("#a9761c", "<"),
)


class Front(NamedTuple):
    """What no other choice beats in one height."""

    height_u: float
    choices: Sequence[Cooled]


def draw_fronts(fronts: Sequence[Front], title: str, limit_c: float, path: Path) -> None:
    """Write a chart of fronts, one row for each height: warmth at the left, noise at the right.

    Args:
        fronts: heights with their choices; those with none are left out.
        title: of the chart: board, power, room.
        limit_c: what the processor may reach.
        path: ends in .svg or .png; the same fronts give the same bytes.

    Raises:
        InputError: the file cannot be written.
    """
    import matplotlib as mpl  # noqa: PLC0415 - takes half a second
    from matplotlib.figure import Figure  # noqa: PLC0415

    shown = [front for front in fronts if front.choices]
    fans = sorted({choice.fan or STILL for front in shown for choice in front.choices})
    looks = {fan: _LOOKS[number % len(_LOOKS)] for number, fan in enumerate(fans)}
    fixed: dict[Any, Any] = {
        "svg.hashsalt": "rackpress",
        "svg.fonttype": "none",
        "font.family": "DejaVu Sans",
        "font.size": 8.5,
    }
    with mpl.rc_context(fixed):
        rows = max(1, len(shown))
        high = HEAD_IN + rows * HIGH_IN + FOOT_IN
        figure = Figure(figsize=(WIDE_IN, high), dpi=DPI)
        for row, front in enumerate(shown):
            bottom = (high - HEAD_IN - (row + 1) * HIGH_IN + 0.5) / high
            tall = (HIGH_IN - 0.6) / high
            warm = figure.add_axes((0.07, bottom, 0.42, tall))
            loud = figure.add_axes((0.56, bottom, 0.42, tall))
            _warmth(warm, front, looks, limit_c)
            _noise(loud, front, looks)
        figure.text(0.07, 1 - 0.22 / high, title, color=INK, fontweight="bold", fontsize=10)
        _foot(figure, looks, high)
        save(figure, path)


def _warmth(axes: Axes, front: Front, looks: dict[str, tuple[str, str]], limit_c: float) -> None:
    """Draw boards per U over the processor's temperature, a bar between both ends."""
    for choice in front.choices:
        colour, marker = looks[choice.fan or STILL]
        each = choice.count / front.height_u
        axes.plot([choice.soc_least_c, choice.soc_c], [each, each], color=colour, lw=1, alpha=0.45)
        axes.plot(choice.soc_c, each, marker, color=colour, ms=4.5)
    axes.axvline(limit_c, color=INK, lw=0.8, ls=":")
    axes.set_xlabel("processor, °C: dot at the cautious end, bar to the other")
    axes.set_ylabel(f"boards per U, in {front.height_u:g}U")
    _plain(axes)


def _noise(axes: Axes, front: Front, looks: dict[str, tuple[str, str]]) -> None:
    """Draw boards per U over the noise of all fans; still air makes none."""
    for choice in front.choices:
        colour, marker = looks[choice.fan or STILL]
        each = choice.count / front.height_u
        axes.plot(choice.noise_dba or 0.0, each, marker, color=colour, ms=4.5)
    axes.set_xlabel("noise of all fans at full speed, dB(A)")
    _plain(axes)


def _plain(axes: Axes) -> None:
    axes.set_ylim(bottom=0.0)
    axes.grid(color="#d5dbe0", lw=0.5)
    axes.set_axisbelow(True)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)


def _foot(figure: Any, looks: dict[str, tuple[str, str]], high: float) -> None:
    from matplotlib.lines import Line2D  # noqa: PLC0415

    keys = [
        Line2D([], [], color=colour, marker=marker, ls="", label=fan)
        for fan, (colour, marker) in looks.items()
    ]
    if keys:
        at = (0.06, 0.36 / high)
        figure.legend(handles=keys, loc="lower left", ncol=8, frameon=False, bbox_to_anchor=at)
    note = (
        "No choice shown is beaten in boards, warmth and noise at once. Fan curves are straight "
        "lines between two ends: optimistic.\nChoked fans and what gets too warm are left out."
    )
    figure.text(0.07, 0.08 / high, note, color=INK, fontsize=7.5)
