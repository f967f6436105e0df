"""The report's section on power boards: what they carry, what is proved, and their copper."""

from collections.abc import Mapping, Sequence
from html import escape

from catalog.page import Column, Row, image, table

_RAIL: tuple[Column, ...] = (
    ("rail", "rail"),
    ("first", "from output"),
    ("last", "to output"),
    ("typical_a", "typical A"),
    ("worst_a", "worst A"),
    ("limit_a", "A its contacts carry"),
)


def boards_html(
    boards: Sequence[Row], proofs: Mapping[str, str], files: Mapping[str, bytes]
) -> str:
    """Return every power board with the drop in its copper; nothing without one.

    Args:
        boards: the plan's `power_boards`.
        proofs: what was proved of each, by name.
        files: everything written so far, by name; the drop's picture is taken from here.
    """
    return "".join(_board(board, proofs[board["name"]], files) for board in boards)


def _board(board: Row, proof: str, files: Mapping[str, bytes]) -> str:
    name = board["name"]
    lead = (
        f"<h3>{escape(name)}</h3><p>{board['outputs']} outputs: "
        f"{board['typical']['amps_a']:g} A most of the time, "
        f"{board['worst']['amps_a']:g} A at most; "
        f"{board['worst']['lowest_v']:.2f} V or more at the plugs.</p>"
    )
    works = [f"works: {one['text']}" for one in board["cures"]]
    notes = [*board["problems"], *works, *board["warnings"], proof]
    listed = "".join(f'<li dir="auto">{escape(text)}</li>' for text in notes)
    drop = files.get(f"board/{name}/{name}.drop.png")
    review = f"board/{name}/{name}.review.html"
    if review in files:
        lead += f'<p><a href="{escape(review)}">Review: every check, limit and source</a></p>'
    return f"{lead}{table(_RAIL, board['rails'])}<ul>{listed}</ul>{_picture(name, drop)}"


def _picture(name: str, drop: bytes | None) -> str:
    if drop is None:
        return ""
    what = f"{name}: volts lost in the copper of both layers at full load"
    return f'<div class="wide">{image(drop, what)}</div>'
