"""Boards in the bays of a printed frame: the most that go in, and why not more.

A frame holds sleds in bays side by side. Each pile of flat ones has walls round it. Those on edge
share one room if there are none but them; beside piles a few of a kind do, for no floor bears more
of them. How wide a bay is, walls, plays, catches and all, says who draws the frame:

    | on edge |wall| on edge |wall| a pile |wall| a pile |
    ||_||_||_||    ||_||_|   |    |[____]  |    |[______]|
                                  |[____]  |    |[______]|

A kind's boards are as good in any bay of its own, so that the least width of j of them is a closed
form, and the least width of n boards of all kinds is found by adding kind after kind: no layout of
such bays holds more than the greatest n that goes in. Two rows are two frames alike.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Literal, NamedTuple

from packing.result import Placement

NEAR_MM = 1e-9
MOST = 256  # boards of a kind that a frame is ever asked for


class Form(NamedTuple):
    """One way in which a board stands in a frame.

    `bay_mm` is the width its bay takes; `high_mm` the height it needs, of a pile for each board;
    `layers` how many lie over one another at most; `wall_mm` the wall beside a pile, 0 on edge.
    """

    pose: Literal["flat", "on-edge"]
    bay_mm: float
    high_mm: float
    deep_mm: float
    layers: int = 1
    wall_mm: float = 0.0


@dataclass(frozen=True)
class Stock:
    """A kind of board, and how many of it there are.

    Args:
        name: what it is called in the result.
        forms: the ways in which it can stand.
        least: how many must go in.
        most: how many there are; `None`: as many as go in.
    """

    name: str
    forms: tuple[Form, ...]
    least: int = 0
    most: int | None = None


@dataclass(frozen=True)
class Box:
    """The inside of a frame, mm.

    Args:
        width_mm: between its outer walls.
        height_mm: between floor and roof.
        play_mm: kept at each end of a room for boards on edge.
        abreast: how many on edge share a room beside piles.
        rows: frames, one behind the other.
    """

    width_mm: float
    height_mm: float
    play_mm: float
    rows: int = 1
    abreast: int = 3


@dataclass(frozen=True)
class Lot:
    """Boards of one kind that stand alike.

    Args:
        kind: number of the kind.
        form: number of its form.
        count: how many, in all rows.
    """

    kind: int
    form: int
    count: int


@dataclass(frozen=True)
class Bays:
    """The most boards in a frame.

    Args:
        box: the question's frame.
        stocks: the question's boards.
        lots: who stands how, on edge first.
        width_mm: what they take of the box.
        short_mm: what the box lacks for one board more; `None` if no board is left over.
    """

    box: Box
    stocks: tuple[Stock, ...]
    lots: tuple[Lot, ...]
    width_mm: float
    short_mm: float | None = None

    @property
    def count(self) -> int:
        """Boards in all rows; no layout of such bays holds more."""
        return sum(lot.count for lot in self.lots)

    @property
    def counts(self) -> tuple[int, ...]:
        """Boards of each kind."""
        return tuple(sum(lot.count for lot in self.lots if lot.kind == k) for k in self.kinds)

    @property
    def missing(self) -> dict[str, int]:
        """How many of each kind that is limited in number are left out."""
        left = zip(self.stocks, self.counts, strict=True)
        return {s.name: s.most - n for s, n in left if s.most is not None and s.most > n}

    @property
    def kinds(self) -> range:
        """Numbers of the kinds."""
        return range(len(self.stocks))


class _Way(NamedTuple):
    """Some boards of one kind in one frame: their width, who is on edge, how the others lie."""

    width_mm: float
    edge: int = 0
    flat: int = 0
    edge_form: int = 0
    flat_form: int = 0


_Layouts = dict[int, tuple[float, tuple[_Way, ...]]]  # by number of boards: width, each kind's way


def most_in(box: Box, stocks: Sequence[Stock]) -> Bays | None:
    """Return the most boards that a frame takes; `None` if not even the least of each go in.

    Args:
        box: the frame.
        stocks: the boards, each kind with the forms that are as high as the box at most.
    """
    walls = sorted({form.wall_mm for stock in stocks for form in stock.forms})
    every = [_layouts(box, stocks, wall) for wall in walls]
    narrowest: _Layouts = {}
    for number, layout in (pair for layouts in every for pair in layouts.items()):
        known = narrowest.get(number)
        if known is None or layout[0] < known[0] - NEAR_MM:
            narrowest[number] = layout
    fitting = [n for n, (wide, _) in narrowest.items() if wide <= box.width_mm + NEAR_MM]
    if not fitting:
        return None
    wide, picks = narrowest[max(fitting)]
    beyond = [w for n, (w, _) in narrowest.items() if n > max(fitting)]
    short = min(beyond) - box.width_mm if beyond else None
    return Bays(box, tuple(stocks), _lots(stocks, picks, box.rows), max(0.0, wide), short)


def _layouts(box: Box, stocks: Sequence[Stock], wall_mm: float) -> _Layouts:
    """Return the narrowest layout of every number of boards, walls of one thickness.

    Args:
        box: the frame.
        stocks: the boards.
        wall_mm: between rooms; piles that want a thicker one are left out, all of them at 0.
    """
    # Every room brings a wall, which the first one does not need.
    found: _Layouts = {0: (-wall_mm if wall_mm else 2 * box.play_mm, ())}
    # One board more than go in takes one bay more at most.
    one_more = max((form.bay_mm for stock in stocks for form in stock.forms), default=0.0)
    limit = box.width_mm + one_more + 2 * (wall_mm + box.play_mm)
    for stock in stocks:
        ways = _ways(stock, box, (wall_mm, limit))
        joined: _Layouts = {}
        for (so_far, (width, picks)), (more, way) in product(found.items(), ways.items()):
            total, wide = so_far + more, width + way.width_mm
            if total not in joined or wide < joined[total][0] - NEAR_MM:
                joined[total] = wide, (*picks, way)
        found = joined
    return found


def _ways(stock: Stock, box: Box, widths: tuple[float, float]) -> dict[int, _Way]:
    """Return the narrowest way to have so many boards of one kind in all rows.

    Args:
        stock: the boards.
        box: the frame.
        widths: of a wall, and the greatest that is of use, mm.
    """
    (wall_mm, limit_mm), rows = widths, box.rows
    forms = list(enumerate(stock.forms))
    edges = [i for i, f in forms if f.pose == "on-edge"]
    flats = [i for i, f in forms if f.pose == "flat" and f.wall_mm <= wall_mm + NEAR_MM]
    most = MOST if stock.most is None else stock.most
    found: dict[int, _Way] = {}
    for each in range(math.ceil(most / rows) + 1):
        value = min(most, rows * each)
        tried = [
            _way(stock, each, (e, f), (box, wall_mm))
            for e in edges or [None]
            for f in flats or [None]
        ]
        ways = [way for way in tried if way is not None]
        if not ways or min(ways).width_mm > limit_mm:
            break
        if value >= stock.least:
            found[value] = min(ways)
    return found


def _way(
    stock: Stock, each: int, forms: tuple[int | None, int | None], among: tuple[Box, float]
) -> _Way | None:
    """Return the narrowest way to have `each` boards in one frame, some on edge, the rest flat."""
    (edge, flat), (box, wall_mm) = forms, among
    layers = 1 if flat is None else stock.forms[flat].layers
    most = 0 if flat is None else math.ceil(each / layers)
    step = 0.0 if flat is None else stock.forms[flat].bay_mm + wall_mm
    pitch = 0.0 if edge is None else stock.forms[edge].bay_mm
    room = 2 * box.play_mm + wall_mm if wall_mm else 0.0
    best: tuple[float, int] | None = None
    for piles in range(most + 1):  # all full but the last: what they do not hold stands on edge
        on_edge = max(0, each - piles * layers)
        if on_edge and edge is None:
            continue
        width = on_edge * pitch + math.ceil(on_edge / box.abreast) * room + piles * step
        if best is None or width < best[0]:
            best = width, on_edge
    if best is None:
        return None
    return _Way(best[0], best[1], each - best[1], edge or 0, flat or 0)


def _lots(stocks: Sequence[Stock], picks: Sequence[_Way], rows: int) -> tuple[Lot, ...]:
    """Return who stands how; of an odd number, the rear row's last bay is empty."""
    edges: list[Lot] = []
    flats: list[Lot] = []
    for kind, (stock, way) in enumerate(zip(stocks, picks, strict=True)):
        most = MOST if stock.most is None else stock.most
        total = min(most, rows * (way.edge + way.flat))
        on_edge = rows * way.edge if way.flat else total
        if way.edge:
            edges.append(Lot(kind, way.edge_form, on_edge))
        if way.flat:
            flats.append(Lot(kind, way.flat_form, total - (on_edge if way.edge else 0)))
    return (*edges, *flats)


def cells(found: Bays) -> list[Placement]:
    """Return the room of every sled in the cross-section, from the box's left and lower side.

    Room on edge is as high as the sled needs at least; the frame's own is as high as its box.
    """
    forms = [_form(found, lot) for lot in found.lots]
    wall = max((form.wall_mm for form in forms), default=0.0)
    deepest = max((form.deep_mm for form in forms), default=0.0)
    rows, placed = found.box.rows, list[Placement]()
    at = 0.0
    for lot, form in zip(found.lots, forms, strict=True):
        each = math.ceil(lot.count / rows)
        columns = math.ceil(each / form.layers)
        lefts, at = _lefts(found.box, form, columns, (at, wall))
        for row in range(rows):
            for number in range(min(each, lot.count - row * each)):
                layer, column = divmod(number, columns)
                placed.append(_cell(form, (lefts[column], layer), (row, deepest)))
    return placed


def _lefts(
    box: Box, form: Form, columns: int, widths: tuple[float, float]
) -> tuple[list[float], float]:
    """Return where each bay of a lot begins, x, and where the next lot may.

    Args:
        box: the frame.
        form: of the lot.
        columns: bays of it.
        widths: where it may begin, and the thickness of a wall, 0 if there is none.
    """
    at, wall = widths
    found: list[float] = []
    for column in range(columns):
        on_edge = form.pose == "on-edge"
        if on_edge and (at == 0.0 or (wall and column % box.abreast == 0)):
            at += box.play_mm
        found.append(at)
        at += form.bay_mm
        ends = not on_edge or column == columns - 1 or (column + 1) % box.abreast == 0
        if wall and ends:
            at += wall + (box.play_mm if on_edge else 0.0)
    return found, at


def _form(found: Bays, lot: Lot) -> Form:
    return found.stocks[lot.kind].forms[lot.form]


def _cell(form: Form, at: tuple[float, int], behind: tuple[int, float]) -> Placement:
    (x, layer), (row, deepest) = at, behind
    flat = form.pose == "flat"
    return Placement(
        x_mm=x + form.bay_mm / 2,
        y_mm=row * deepest,
        z_mm=(layer + 0.5) * form.high_mm,
        across_mm=form.bay_mm if flat else form.high_mm,
        through_mm=form.high_mm if flat else form.bay_mm,
        depth_mm=form.deep_mm,
        angle_deg=0.0 if flat else 90.0,
        row=row,
    )
