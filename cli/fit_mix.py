"""`rackpress fit --mix`: different boards in one module."""

import time
from dataclasses import replace
from typing import Any

from catalog.load import Catalog, load_catalog
from cli.common import say, wrong
from cli.fit_answer import Options, envelope_for, spaces
from cli.fit_make import printable
from cli.fit_text import table_of
from mounts.order import Order
from packing.mixed.question import Kind, Mix, Mixed
from packing.mixed.solve import solve
from packing.one_more import mm

MOST_BOARDS = 64
HEADINGS = ("height", "boards", "bound", "left out", "arrangement")


def answer(options: Options) -> tuple[dict[str, Any], str]:
    """Return the record and the text for a mix of boards, height by height.

    Raises:
        InputError: an option is wrong, or a board is not in the catalogue.
    """
    if options["board"] or options["table"]:
        raise wrong("--mix", "is given with --board or --table", nearest="give one of them")
    catalog = load_catalog(options["catalog_dir"])
    rack = catalog.rack(options["rack"] or "", where="--rack")
    kinds = _kinds(catalog, options["mix"] or "", options)
    cavities, rows = spaces(catalog, rack, kinds[0].envelope, options)
    found: list[Mixed] = []
    started = time.monotonic()
    for cavity in cavities:
        if time.monotonic() - started > 1.0:
            say(f"{cavity.height_u:g}U ...")
        found.append(solve(Mix(kinds, cavity, min(rows, 2))))
        if not found[-1].missing:
            break  # everything is in: no height above is asked for
    record = {
        "mix": {kind.name: kind.most for kind in kinds},
        "results": [_record(m) for m in found],
    }
    wish = _wish(kinds, options)
    record["printable"], lines = printable(catalog, wish, [m.mix.cavity for m in found], options)
    text = [*table_of(HEADINGS, [_cells(m) for m in found]), "", *_talk(found), *lines]
    return record, "\n".join(text)


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


def _record(found: Mixed) -> dict[str, Any]:
    return {
        "height_u": found.mix.cavity.height_u,
        "count": found.count,
        "upper_bound": found.upper_bound,
        "gap": found.gap,
        "missing": found.missing,
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


def _cells(found: Mixed) -> tuple[str, ...]:
    proven = f"{found.upper_bound}, proven" if found.gap == 0 else str(found.upper_bound)
    out = ", ".join(f"{n} × {name}" for name, n in found.missing.items()) or "none"
    order = ", ".join(f"{b.kind} {b.pose}" for b in found.boards)
    return f"{found.mix.cavity.height_u:g}U", str(found.count), proven, out, order


def _talk(found: list[Mixed]) -> list[str]:
    last = found[-1]
    cavity = last.mix.cavity
    if not last.missing:
        return [f"All go into {cavity.height_u:g}U, {mm(cavity.width_mm)} mm wide."]
    wider = solve(replace(last.mix, cavity=replace(cavity, width_mm=2 * cavity.width_mm)))
    name = next(iter(last.missing))
    if name in wider.missing:
        return [f"{name} does not go in even twice as wide: more height or depth is needed."]
    return ["More height, a second row (--rows 2) or another module takes the rest."]
