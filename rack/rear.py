"""The rack's rear, to scale, as SVG: what is held at the rear posts, and behind it all fronts."""

from collections.abc import Iterable
from html import escape

from catalog.rack_units import U_MM, panel_bottom_mm, panel_height_mm
from mounts.parts.frame_spec import FrameSpec
from mounts.parts.rear_spec import RearSpec
from rack.elevation import FILLS, POST_MM, SIDE_MM, STYLE
from rack.mounted import Module
from rack.plan import Plan

FAR, FAR_EDGE = "#4a5661", "#6b7884"  # what hangs at the front posts, seen from behind
FAR_STYLE = ".f{font-size:12px;fill:#dfe6ec}"


def at_rear(plan: Plan) -> list[dict[str, str]]:
    """Return the modules that are held at the rear posts too, and by what."""
    return [{"label": m.label, "by": by} for m in plan.modules if (by := _held(m))]


def _held(module: Module) -> str:
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
    tall = plan.height_u * U_MM
    width, height = panel_width_mm + 2 * POST_MM + SIDE_MM, tall + 2 * POST_MM
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.1f} {height:.1f}" '
        f'role="img" aria-label="{escape(_spoken(plan))}">',
        f"<style>{STYLE}{FAR_STYLE}</style>",
        f'<rect x="0" y="0" width="{width - SIDE_MM:.1f}" height="{height:.1f}" rx="6" '
        'fill="#37424d"/>',
        f'<rect x="{POST_MM:.1f}" y="{POST_MM}" width="{panel_width_mm:.1f}" '
        f'height="{tall:.1f}" fill="#1d252c"/>',
    ]
    for unit in range(int(plan.height_u)):
        y = POST_MM + tall - (unit + 0.5) * U_MM + 4
        lines.append(f'<text class="u" x="{width - SIDE_MM + 6:.1f}" y="{y:.1f}">{unit + 1}</text>')
    for module in plan.modules:
        lines += _module(module, tall, panel_width_mm)
    return "\n".join([*lines, "</svg>"]) + "\n"


def _module(module: Module, tall: float, width: float) -> Iterable[str]:
    """Draw a front from behind, and over it what holds it at the rear posts."""
    high = panel_height_mm(module.height_u)
    floor = POST_MM + tall - (module.at_u - 1) * U_MM - panel_bottom_mm()
    held = _held(module)
    whole = held == "a second frame"
    fill, edge = (FILLS.get(module.family, "#ffffff"), "#1b2733") if whole else (FAR, FAR_EDGE)
    yield f"<g><title>{escape(_title(module))}</title>"
    yield _rect((POST_MM, floor - high), (width, high), fill, edge)
    if isinstance(module.spec, RearSpec) and held == "two brackets":
        inner = width / 2 - module.spec.outer_mm
        tip = panel_height_mm(module.spec.bracket_u)
        for x in (POST_MM, POST_MM + width - inner):
            own = FILLS.get(module.family, "#ffffff")
            yield _rect((x, floor - tip), (inner, tip), own, "#1b2733")
    said = f"{module.label}, rear row" if whole else module.label
    middle = f'x="{POST_MM + width / 2:.1f}" y="{floor - high / 2 + 4:.1f}" text-anchor="middle"'
    if module.family != "blank":
        yield f'<text class="{"l" if whole else "f"}" {middle}>{escape(said)}</text>'
    yield "</g>"


def _rect(at: tuple[float, float], size: tuple[float, float], fill: str, edge: str) -> str:
    (x, y), (wide, high) = at, size
    return (
        f'<rect x="{x:.1f}" y="{y:.2f}" width="{wide:.1f}" height="{high:.2f}" rx="3" '
        f'fill="{fill}" stroke="{edge}" stroke-width="0.7"/>'
    )


def _title(module: Module) -> str:
    held = _held(module)
    return f"{module.label}: {f'{held} at the rear posts' if held else 'seen from behind'}"


def _spoken(plan: Plan) -> str:
    told = [f"{one['label']} by {one['by']}" for one in at_rear(plan)]
    return f"Rear of {plan.spec.name}; held at its posts: {'; '.join(told) or 'nothing'}"
