"""The cabinets' fronts, to scale, as SVG: what stands in which unit of each."""

from collections.abc import Sequence
from html import escape

from rack.beside import size_mm
from rack.drawn import (
    FAR_STYLE,
    FILLS,
    HEAD_MM,
    OVER_STYLE,
    STYLE,
    Frame,
    face_lines,
    seen,
    text,
    title,
)
from rack.filled import Filled
from rack.mounted import Mounted
from rack.place import Face
from rack.plan import Plan

GAP_MM = 24.0  # before and between what stands beside the rack
NAME_MM = 42.0  # over it


def elevation_svg(plan: Plan, panel_width_mm: float) -> str:
    """Return the front elevation, 1 mm to 1 unit of the drawing.

    Cabinets stand side by side on one floor, in their order from the left. What stands beside the
    rack is drawn to its right.

    Args:
        plan: the rack.
        panel_width_mm: over both ears.
    """
    beside = [(one, *_front(one), _room(one)) for one in plan.beside]
    frames = frames_of(plan, panel_width_mm, "front")
    right, floor = max(one.left + one.width for one in frames), max(one.height for one in frames)
    head = HEAD_MM if plan.cabinets[0].name else 0.0
    top = max([head, *(high + NAME_MM - floor for _, _, high, _ in beside)])
    width = right + sum(room + GAP_MM for *_, room in beside)
    style = _style(plan.cabinets) + (OVER_STYLE if beside or head else "")
    lines = head_of((width, floor + top), f"{-top:.1f}", _spoken(plan), style)
    for one, frame in zip(plan.cabinets, frames, strict=True):
        lines += face_lines(one, frame, "front", seen)
    x = right + GAP_MM
    for one, wide, high, room in beside:
        lines += _beside(one, (x + (room - wide) / 2, floor - high), (wide, high))
        x += room + GAP_MM
    lines.append("</svg>")
    return "\n".join(lines) + "\n"


def front_svg(one: Filled, panel_width_mm: float) -> str:
    """Return the front elevation of one of several cabinets.

    Args:
        one: the cabinet.
        panel_width_mm: over both ears.
    """
    frame = Frame(panel_width_mm, one.height_u)
    size, style = (frame.width, frame.height + HEAD_MM), _style([one]) + OVER_STYLE
    lines = head_of(size, f"{-HEAD_MM:g}", f"Front of {_told(one)}", style)
    return "\n".join([*lines, *face_lines(one, frame, "front", seen), "</svg>"]) + "\n"


def frames_of(plan: Plan, panel_width_mm: float, face: Face) -> list[Frame]:
    """Return where each cabinet is drawn, in their order: at the rear from the right."""
    frames: list[Frame] = []
    floor = max(Frame(panel_width_mm, one.height_u).height for one in plan.cabinets)
    left = 0.0
    order = plan.cabinets if face == "front" else plan.cabinets[::-1]
    for one in order:
        frame = Frame(panel_width_mm, one.height_u, face, left)
        frames.append(Frame(panel_width_mm, one.height_u, face, left, floor - frame.height))
        left += frame.width
    return frames if face == "front" else frames[::-1]


def head_of(size: tuple[float, float], above: str, said: str, style: str) -> list[str]:
    """Return the first lines of a drawing.

    Args:
        size: width and height of it.
        above: y of its upper edge: negative where something reaches over the cabinets.
        said: what it shows, in words.
        style: of what not every drawing has.
    """
    width, height = size
    return [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 {above} {width:.1f} {height:.1f}" '
        f'role="img" aria-label="{escape(said)}">',
        f"<style>{STYLE}{style}</style>",
    ]


def _style(cabinets: Sequence[Filled]) -> str:
    """Return what is needed to draw what is seen of things at the rear."""
    behind = any(module.face == "rear" for one in cabinets for module in one.modules)
    return FAR_STYLE if behind else ""


def _front(one: Mounted) -> tuple[float, float]:
    """Return width and height that something beside the rack takes in the drawing, mm."""
    wide, _, high = size_mm(one.spec)
    return wide, high


def _beside_text(one: Mounted) -> str:
    wide, high = _front(one)
    return f"{one.family}, {wide:.0f} × {high:.0f} mm"


def _room(one: Mounted) -> float:
    """Return the width that a thing or its name needs, whichever is more, mm."""
    return max(_front(one)[0], 8.0 * len(one.label), 5.5 * len(_beside_text(one)))


def _beside(one: Mounted, at: tuple[float, float], size: tuple[float, float]) -> list[str]:
    """Draw a box to scale, its name what it is and how large over it."""
    (x, y), (wide, high) = at, size
    fill = FILLS.get(one.family, "#ffffff")
    middle = x + wide / 2
    return [
        f'<g class="beside"><title>{escape(_beside_title(one))}</title>',
        f'<rect x="{x:.1f}" y="{y:.2f}" width="{wide:.1f}" height="{high:.2f}" rx="3" '
        f'fill="{fill}" stroke="#1b2733" stroke-width="0.7"/>',
        text("over", middle, y - 22, one.label),
        text("under", middle, y - 8, _beside_text(one)),
        "</g>",
    ]


def _beside_title(one: Mounted) -> str:
    many = f"{one.count} × " if one.count > 1 else ""
    held = f"{many}{one.device}, " if one.device else ""
    return f"{one.label}: {held}{one.family} beside the rack"


def _told(one: Filled) -> str:
    """Return a cabinet as it is spoken: what hangs at its front, from the top."""
    named = f"{one.name}, " if one.name else ""
    held = [m for m in one.modules if m.family != "blank" and m.face == "front"]
    return f"{named}{one.height_u:g}U: {'; '.join(map(title, held))}"


def _spoken(plan: Plan) -> str:
    beside = [_beside_title(one) for one in plan.beside]
    if plan.cabinets[0].name:
        return f"Front of {plan.spec.name}. {'. '.join([*map(_told, plan.cabinets), *beside])}"
    held = [title(m) for m in plan.modules if m.family != "blank" and m.face == "front"]
    return f"Front of {plan.spec.name}, {plan.height_u:g}U: {'; '.join([*held, *beside])}"
