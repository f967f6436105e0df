"""The cabinets' rear, to scale, as SVG: what is held at the rear posts, and behind it all fronts.

Left and right are as seen from behind, so of several cabinets the first stands on the right.
"""

from collections.abc import Iterable, Sequence
from html import escape

from catalog.rack_units import panel_height_mm
from mounts.parts.frame_spec import FrameSpec
from mounts.parts.rear_spec import RearSpec
from rack.drawn import (
    FAR,
    FAR_EDGE,
    FAR_STYLE,
    FILLS,
    HEAD_MM,
    OVER_STYLE,
    Frame,
    face_lines,
    rect,
)
from rack.elevation import frames_of, head_of
from rack.filled import Filled
from rack.mounted import Module
from rack.plan import Plan


def at_rear(plan: Plan) -> list[dict[str, str]]:
    """Return the modules that are held at the rear posts, too or alone, and by what."""
    return [told for one in plan.cabinets for told in held_in(one)]


def held_in(one: Filled) -> list[dict[str, str]]:
    """Return the modules of one cabinet that are held at its rear posts; with its name, if any."""
    named = {"cabinet": one.name} if one.name else {}
    return [{"label": m.label, "by": by, **named} for m in one.modules if (by := _held(m))]


def _held(module: Module) -> str:
    if module.face == "rear":
        return "its panel"
    match module.spec:
        case FrameSpec(rows=2):
            return "a second frame"
        case RearSpec(braced=True):
            return "two brackets"
        case _:
            return ""


def rear_svg(plan: Plan, panel_width_mm: float) -> str:
    """Return the rear elevation, 1 mm to 1 unit of the drawing; left and right are as seen.

    Args:
        plan: the rack.
        panel_width_mm: over both ears.
    """
    frames = frames_of(plan, panel_width_mm, "rear")
    top = HEAD_MM if plan.cabinets[0].name else 0
    size = max(f.left + f.width for f in frames), max(f.height for f in frames) + top
    said = f"Rear of {plan.spec.name}; {_spoken(at_rear(plan))}"
    lines = head_of(size, f"{-top:g}", said, FAR_STYLE + (OVER_STYLE if top else ""))
    for one, frame in zip(plan.cabinets, frames, strict=True):
        lines += face_lines(one, frame, "rear", _from_behind)
    return "\n".join([*lines, "</svg>"]) + "\n"


def behind_svg(one: Filled, panel_width_mm: float) -> str:
    """Return the rear elevation of one of several cabinets.

    Args:
        one: the cabinet.
        panel_width_mm: over both ears.
    """
    frame = Frame(panel_width_mm, one.height_u, "rear")
    size = frame.width, frame.height + HEAD_MM
    said = f"Rear of {one.name}; {_spoken(held_in(one))}"
    lines = head_of(size, f"{-HEAD_MM:g}", said, FAR_STYLE + OVER_STYLE)
    return "\n".join([*lines, *face_lines(one, frame, "rear", _from_behind), "</svg>"]) + "\n"


def _from_behind(module: Module, frame: Frame) -> Iterable[str]:
    """Draw a front from behind, and over it what holds it at the rear posts."""
    width, high = frame.panel_mm, panel_height_mm(module.height_u)
    floor = frame.y(module.at_u)
    held = _held(module)
    whole = held == "a second frame"
    fill, edge = (FILLS.get(module.family, "#ffffff"), "#1b2733") if whole else (FAR, FAR_EDGE)
    yield f"<g><title>{escape(_title(module))}</title>"
    yield rect((frame.x, floor - high), (width, high), fill, edge)
    if isinstance(module.spec, RearSpec) and held == "two brackets":
        inner = width / 2 - module.spec.outer_mm
        tip = panel_height_mm(module.spec.bracket_u)
        for x in (frame.x, frame.x + width - inner):
            own = FILLS.get(module.family, "#ffffff")
            yield rect((x, floor - tip), (inner, tip), own, "#1b2733")
    said = f"{module.label}, rear row" if whole else module.label
    middle = f'x="{frame.x + width / 2:.1f}" y="{floor - high / 2 + 4:.1f}" text-anchor="middle"'
    if module.family != "blank":
        yield f'<text class="{"l" if whole else "f"}" {middle}>{escape(said)}</text>'
    yield "</g>"


def _title(module: Module) -> str:
    held = _held(module)
    return f"{module.label}: {f'{held} at the rear posts' if held else 'seen from behind'}"


def _spoken(held: Sequence[dict[str, str]]) -> str:
    told = [f"{one['label']} by {one['by']}" for one in held]
    return f"held at its posts: {'; '.join(told) or 'nothing'}"
