"""`rackpress fit --mix`: different boards in one module."""

import time
from collections import Counter
from collections.abc import Callable
from typing import Any

from catalog.load import Catalog, load_catalog
from catalog.problems import did_you_mean
from cli.common import say, wrong
from cli.fit_answer import Options, draw_all, envelope_for, spaces
from cli.fit_make import printable
from cli.fit_text import table_of
from mounts.order import Order
from packing.cavity import Cavity
from packing.drawing import Drawn, Sheet
from packing.mixed.one_more import MixChange, lacking, more_for
from packing.mixed.question import USUAL_POSES, Kind, Mix, Mixed, MixPose
from packing.mixed.solve import solve
from packing.one_more import mm
from packing.pattern import POSES

MOST_BOARDS = 64
HEADINGS = ("height", "boards", "bound", "left out", "one more", "arrangement")
QUIET_S = 1.0
SAME_S = 10.0


def answer(options: Options) -> tuple[dict[str, Any], str]:
    """Return the record and the text for a mix of boards, height by height.

    Raises:
        InputError: an option is wrong, or a board is not in the catalogue.
    """
    catalog = load_catalog(options["catalog_dir"])
    rack = catalog.rack(options["rack"] or "", where="--rack")
    kinds = _kinds(catalog, options["mix"] or "", options)
    cavities, rows = spaces(catalog, rack, kinds[0].envelope, options)
    poses = _poses(options["pose"])
    slow = Slow()
    found: list[Mixed] = []
    for cavity in cavities:
        found.append(solve(Mix(kinds, cavity, rows, poses), slow.of(cavity)))
        if not found[-1].missing:
            break  # everything is in: no height above is asked for
    bought = [more_for(each, slow.of(each.mix.cavity)) for each in found]
    every = list(zip(found, bought, strict=True))
    record: dict[str, Any] = {
        "mix": {kind.name: kind.most for kind in kinds},
        "results": [_record(each, changes) for each, changes in every],
    }
    draw_all([_sheet(each) for each in found], options, [kind.name for kind in kinds])
    wish = _wish(kinds, options)
    record["printable"], lines = printable(catalog, wish, [m.mix.cavity for m in found], options)
    table = table_of(HEADINGS, [_cells(each, changes) for each, changes in every])
    text = [*table, "", *_talk(found), *lines]
    return record, "\n".join(text)


class Slow:
    """Says what goes on once it has taken a second; the same again after ten."""

    def __init__(self) -> None:
        """Start the clock."""
        self._last, self._said = time.monotonic(), ""

    def of(self, cavity: Cavity) -> Callable[[str], None]:
        """Return what to tell about one height."""

        def tell(text: str) -> None:
            line = f"{cavity.height_u:g}U: {text} ..."
            quiet = QUIET_S if line != self._said else SAME_S
            if time.monotonic() - self._last > quiet:
                say(line)
                self._last, self._said = time.monotonic(), line

        return tell


def _poses(chosen: str | None) -> tuple[MixPose, ...]:
    if chosen is None:
        return USUAL_POSES
    for pose in USUAL_POSES:
        if chosen == pose:
            return (pose,)
    what = f"boards of a mix do not lie {chosen!r}" if chosen in POSES else f"no pose {chosen!r}"
    near = did_you_mean(chosen, USUAL_POSES)
    raise wrong("--pose", what, ", ".join(USUAL_POSES), near)


def _sheet(found: Mixed) -> Sheet:
    kinds = {kind.name: (number, kind.envelope) for number, kind in enumerate(found.mix.kinds)}
    boards = [
        Drawn(board.place, kinds[board.kind][1], kinds[board.kind][0]) for board in found.boards
    ]
    cavity, rows = found.mix.cavity, found.mix.rows
    bound = "proven best" if found.gap == 0 else f"bound {found.upper_bound}"
    left = sum(found.missing.values())
    out = f", {left} left out" if left else ""
    deep = "" if rows < 2 else f" (front of {rows} rows)"
    size = f"{mm(cavity.width_mm)} × {mm(cavity.height_mm)} mm"
    heading = f"{cavity.height_u:g}U, {size}: {found.count} boards, {bound}{out}{deep}"
    return Sheet(cavity, heading, boards)


def _wish(kinds: tuple[Kind, ...], options: Options) -> Order:
    """Return the frame that all boards of a mix would be in."""
    own, *others = kinds
    beside = [{"device": kind.name, "count": kind.most} for kind in others]
    wishes = {"count": own.most, "beside": beside} if beside else {"count": own.most}
    return Order("frame", options["rack"] or "", own.name, options=wishes)


def _kinds(catalog: Catalog, text: str, options: Options) -> tuple[Kind, ...]:
    kinds: list[Kind] = []
    for part in text.split(","):
        name, _, number = part.strip().partition("=")
        board = catalog.board(name, where="--mix")
        if number and (not number.isdecimal() or not 1 <= int(number) <= MOST_BOARDS):
            near = f"write {board.id}=2"
            raise wrong("--mix", f"{number!r} is no number of boards", f"1 to {MOST_BOARDS}", near)
        kinds.append(Kind(board.id, envelope_for(catalog, board, options), int(number or 1)))
    twice = [kind.name for kind in kinds if sum(other.name == kind.name for other in kinds) > 1]
    if twice:
        raise wrong("--mix", f"{twice[0]} is named twice", nearest=f"write {twice[0]}=2")
    return tuple(kinds)


def _record(found: Mixed, changes: tuple[MixChange, ...]) -> dict[str, Any]:
    best = _advised(changes)
    return {
        "height_u": found.mix.cavity.height_u,
        "count": found.count,
        "upper_bound": found.upper_bound,
        "gap": found.gap,
        "missing": found.missing,
        "does_not_fit": lacking(found.mix),
        "binding": _binding(changes),
        "buys_one_more": "" if best is None else best.text,
        "changes": [
            {"key": change.key, "by": change.by, "count": change.count, "text": change.text}
            for change in changes
            if change.key != "height"
        ],
        "boards": [
            {
                "board": board.kind,
                "pose": board.pose,
                "row": board.place.row,
                "x_mm": round(board.place.x_mm, 2),
                "y_mm": round(board.place.y_mm, 2),
                "z_mm": round(board.place.z_mm, 2),
                "across_mm": round(board.place.across_mm, 2),
                "through_mm": round(board.place.through_mm, 2),
                "angle_deg": board.place.angle_deg,
            }
            for board in found.boards
        ],
    }


def _advised(changes: tuple[MixChange, ...]) -> MixChange | None:
    return next((change for change in changes if change.key != "height"), None)


def _binding(changes: tuple[MixChange, ...]) -> str:
    """Return the dimension of the cavity that is the least short of one more board."""
    dimensions = ("width", "height", "depth")
    return next((change.key for change in changes if change.key in dimensions), "")


def _cells(found: Mixed, changes: tuple[MixChange, ...]) -> tuple[str, ...]:
    proven = f"{found.upper_bound}, proven" if found.gap == 0 else str(found.upper_bound)
    out = ", ".join(f"{n} × {name}" for name, n in found.missing.items()) or "none"
    best = _advised(changes)
    more = "–" if best is None else best.text
    height = f"{found.mix.cavity.height_u:g}U"
    return height, str(found.count), proven, out, more, _arrangement(found)


def _arrangement(found: Mixed) -> str:
    """Return how many of each kind stand how, such as `4 raspberry-pi-4b flat`."""
    many = Counter((board.kind, board.pose) for board in found.boards)
    names = [kind.name for kind in found.mix.kinds]
    order = sorted(many, key=lambda each: (names.index(each[0]), each[1]))
    return ", ".join(f"{many[each]} {each[0]} {each[1]}" for each in order) or "–"


def _talk(found: list[Mixed]) -> list[str]:
    last = found[-1]
    cavity = last.mix.cavity
    lacks = lacking(last.mix)
    lines = [f"{name} does not go into {cavity.height_u:g}U: {why}." for name, why in lacks.items()]
    if not last.missing:
        return [f"All go into {cavity.height_u:g}U, {mm(cavity.width_mm)} mm wide."]
    if last.gap:
        lines.append(
            f"{last.count} boards were placed in {cavity.height_u:g}U; that {last.upper_bound} go "
            "in is not ruled out, and was not found in the work allowed."
        )
    if set(last.missing) - set(lacks):
        lines.append("More height, a second row (--rows 2) or another module takes the rest.")
    return lines
