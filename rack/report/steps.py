"""The report's section on building it: an ordered list, with the pictures there are."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from catalog.page import image


def steps_html(steps: Sequence[Mapping[str, Any]], pictures: Mapping[str, bytes]) -> str:
    """Return the steps in order.

    Args:
        steps: as `rack.steps` has them.
        pictures: of mounts taken apart and of joined parts, PNG, by their names.
    """
    items = "".join(_step(step, pictures) for step in steps)
    return f'<ol class="steps">{items}</ol>' if items else ""


def _step(step: Mapping[str, Any], pictures: Mapping[str, bytes]) -> str:
    does = "".join(f"<li>{escape(text)}</li>" for text in step["does"])
    shown = ""
    for key, what in (("mount", "taken apart"), ("part", "joined")):
        png = pictures.get(step[key] or "")
        shown += image(png, f"{step[key]}, {what}") if png else ""
    body = f"<div><h3>{escape(step['title'])}</h3><ul>{does}</ul></div>"
    return f"<li>{body}{shown}</li>"
