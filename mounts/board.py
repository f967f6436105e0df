"""A board in a mount: how it is turned, where its holes and ports come to lie, what room it fills.

Mount frame: x along the front, y into the rack, z away from the plate that carries the board.
The board lies with its component side towards +z and one edge towards the front.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from catalog.models import Board, Edge, Hole, Plug, Port
from mounts.geometry.flat import Loop, Point, rectangle
from packing.envelope import Envelope

# Which board edge comes to lie left, right and rear once `front` faces the rack's front.
AROUND: dict[Edge, tuple[Edge, Edge, Edge]] = {
    "y-": ("x-", "x+", "y+"),
    "x+": ("y-", "y+", "x-"),
    "y+": ("x+", "x-", "y-"),
    "x-": ("y+", "y-", "x+"),
}
PORT_BODY_MM = 10.0  # how far a connector is taken to reach in over its board
# Plugs pass through a plate only where the connector's mouth stands close to its face.
BEHIND_MM = 0.4  # a board's edge stands this far behind what is in front of it
CORNER_PLAY_MM = 0.1  # from the corner of a connector at its side to that
PLUG_REACH_MM = 1.0
# Overmoulds end 25 to 30 mm before the socket: measured on no standard, a rule of ours.
OVERMOULD_MM = 30.0
BEND_MM = 25.0  # four times a cable of 6 mm, the usual least radius of network cables
HOLE_CLEAR_MM = 7.0  # the ring round a mounting hole that a post may use
RIM_MM = 3.0  # a strip this narrow between such a ring and the PCB's edge carries no part either
PLUG_KINDS = {"Micro-B": "Micro-USB"}  # where a plug's name is not its socket's
PLUG_PLAY_MM = 0.25
CRADLE_MM = 6.0  # a board without holes rests on this much of each corner


@dataclass(frozen=True)
class Block:
    """An axis-parallel box of the mount frame, mm."""

    low: tuple[float, float, float]
    high: tuple[float, float, float]


@dataclass(frozen=True)
class Seat:
    """A board at its place.

    Args:
        board: what sits here.
        front: the board's edge that faces the front.
        center_mm: x of the board's middle.
        edge_mm: y of the board's front edge.
        under_mm: z of the PCB's lower face.
        envelope: the room it takes.
    """

    board: Board
    front: Edge
    center_mm: float
    edge_mm: float
    under_mm: float
    envelope: Envelope

    @property
    def across_mm(self) -> float:
        """Extent of the PCB along the front."""
        return across_mm(self.board, self.front)

    @property
    def deep_mm(self) -> float:
        """Extent of the PCB into the rack."""
        return self.board.board.x_mm + self.board.board.y_mm - self.across_mm

    @property
    def top_mm(self) -> float:
        """Upper face of the PCB, z."""
        return self.under_mm + self.board.board.thickness_mm

    @property
    def highest_mm(self) -> float:
        """Top of the tallest part, z."""
        return self.top_mm + self.envelope.above_mm

    def place(self, x: float, y: float) -> Point:
        """Return where a point of the board's own frame lies, (x, y) of the mount frame."""
        size_x, size_y = self.board.board.x_mm, self.board.board.y_mm
        turned = {
            "y-": (x - size_x / 2, y),
            "x+": (y - size_y / 2, size_x - x),
            "y+": (size_x / 2 - x, size_y - y),
            "x-": (size_y / 2 - y, x),
        }[self.front]
        return turned[0] + self.center_mm, turned[1] + self.edge_mm

    def mount_holes(self) -> list[tuple[Point, Hole]]:
        """Return the holes that carry the board and where they lie."""
        return [(self.place(h.x_mm, h.y_mm), h) for h in self.board.holes if h.use == "mount"]

    def outline(self) -> tuple[Point, Point]:
        """Return the PCB's lower left and upper right corner, (x, y)."""
        half = self.across_mm / 2
        low = self.center_mm - half, self.edge_mm
        return low, (self.center_mm + half, self.edge_mm + self.deep_mm)

    def rings(self) -> list[tuple[Point, Point]]:
        """Return the rectangle round each mounting hole that carries no part, corner to corner.

        It reaches to the PCB's edges that are near.
        """
        low, high = self.outline()
        found: list[tuple[Point, Point]] = []
        for (x, y), _ in self.mount_holes():
            a, b, c, d = (_reaching(at, ends) for at, ends in _sides((x, y), low, high))
            found.append(((a, b), (c, d)))
        return found

    def ports(self, side: str) -> list[tuple[float, Port]]:
        """Return the ports of one side and their centres along it: x in front, y at the sides."""
        left, right, rear = AROUND[self.front]
        edge = {"front": self.front, "left": left, "right": right, "rear": rear}[side]
        along = 0 if side in {"front", "rear"} else 1
        return [
            (self.place(*_on_edge(self.board, port))[along], port)
            for port in self.board.ports
            if port.side == edge and port.center_mm is not None and port.width_mm
        ]

    def blocks(self) -> tuple[Block, ...]:
        """Return the room the board fills: PCB, parts above and below, connectors at the edges."""
        half = self.across_mm / 2
        x0, x1 = self.center_mm - half, self.center_mm + half
        y0, y1 = self.edge_mm, self.edge_mm + self.deep_mm
        # A thousandth off the seat, so that resting on it is not a collision.
        slab = Block((x0, y0, self.under_mm + 1e-3), (x1, y1, self.highest_mm))
        return (slab, *self._below(), *self.connectors())

    def _below(self) -> list[Block]:
        """Cut the room below the PCB into strips that leave the mounting holes' rings free."""
        low, high = self.under_mm - self.envelope.below_mm, self.under_mm - 1e-3
        if low >= high:
            return []
        (x0, y0), (x1, y1) = self.outline()
        rings = self.rings()
        if not rings:
            inset = CRADLE_MM
            x0, x1, y0, y1 = x0 + inset, x1 - inset, y0 + inset, y1 - inset
        cuts = sorted({y0, y1, *(c for low, high in rings for c in (low[1], high[1])
                                 if y0 < c < y1)})  # fmt: skip
        found: list[Block] = []
        for start, end in pairwise(cuts):
            middle = (start + end) / 2
            gaps = [(low[0], high[0]) for low, high in rings if low[1] < middle < high[1]]
            for left, right in _between(x0, x1, gaps):
                found.append(Block((left, start, low), (right, end, high)))
        return found

    def connectors(self) -> list[Block]:
        """Return the connectors of all four sides."""
        found: list[Block] = []
        for side in ("front", "left", "right", "rear"):
            for along, port in self.ports(side):
                over = port.overhang_mm or 0.0
                width, height, z0 = port.width_mm or 0.0, port.height_mm or 0.0, port.z0_mm or 0.0
                a, b = along - width / 2, along + width / 2
                low, high = self.top_mm + z0, self.top_mm + z0 + height
                half = self.across_mm / 2
                left, right = self.center_mm - half, self.center_mm + half
                front, rear = self.edge_mm, self.edge_mm + self.deep_mm
                spans = {
                    "front": ((a, b), (front - over, front + PORT_BODY_MM)),
                    "rear": ((a, b), (rear - PORT_BODY_MM, rear + over)),
                    "left": ((left - over, left + PORT_BODY_MM), (a, b)),
                    "right": ((right - PORT_BODY_MM, right + over), (a, b)),
                }
                (x0, x1), (y0, y1) = spans[side]
                found.append(Block((x0, y0, low), (x1, y1, high)))
        return found


def behind_mm(bare: Seat) -> float:
    """Return how far behind a panel a board's edge stands: its connectors' corners too.

    Args:
        bare: the board, wherever it is.
    """
    past = [
        bare.edge_mm - (along - (port.width_mm or 0.0) / 2)
        for side in ("left", "right")
        for along, port in bare.ports(side)
    ]
    return max([BEHIND_MM, *(corner + CORNER_PLAY_MM for corner in past)])


def best_front(board: Board) -> Edge:
    """Return the edge that should face the front: most network, then most connector area.

    A board whose ports are unknown shows its longer lower edge.
    """
    score: dict[Edge, tuple[float, float]] = {
        "y-": (0, 0),
        "x+": (0, 0),
        "y+": (0, 0),
        "x-": (0, 0),
    }
    for port in board.ports:
        if port.side in score and port.width_mm and port.height_mm:
            network, area = score[port.side]
            wired = network + ("RJ45" in port.name)
            score[port.side] = wired, area + port.width_mm * port.height_mm
    return max(score, key=lambda edge: score[edge])


def standoff_mm(envelope: Envelope, least_mm: float = 3.0) -> float:
    """Return the height of the posts under a board: what is below it plus 0.8 mm of air."""
    return round(max(least_mm, envelope.below_mm + 0.8), 2)


@dataclass(frozen=True)
class Openings:
    """How a face plate is opened for connectors.

    Args:
        plugs: overmoulds known to the catalogue.
        clearance_mm: added on each side of a connector.
        web_mm: strips narrower than this between two openings are cut away.
        floor_mm: no opening reaches below this z.
    """

    plugs: tuple[Plug, ...]
    clearance_mm: float = 0.3
    web_mm: float = 2.0
    floor_mm: float = 0.0


def openings(seat: Seat, face_mm: float, fit: Openings) -> tuple[Loop, ...]:
    """Return the cut-outs of a front plate in (x, z), merged where the web would be too thin.

    A plug whose socket lies back behind the face at `face_mm` needs room for its overmould.
    """
    import shapely  # noqa: PLC0415 - heavy

    boxes = [_opening(seat, at, port, face_mm, fit) for at, port in seat.ports("front")]
    boxes = [(x0, max(z0, fit.floor_mm), x1, z1) for x0, z0, x1, z1 in boxes]
    if not boxes:
        return ()
    shapes = [shapely.box(*box) for box in boxes]
    grown = shapely.union_all([s.buffer(fit.web_mm / 2, join_style="mitre") for s in shapes])
    merged = grown.buffer(-fit.web_mm / 2, join_style="mitre")
    polygons: list[Any] = list(shapely.get_parts(merged))
    found = [_square(shape.exterior.coords) for shape in polygons]
    return tuple(sorted(found, key=lambda loop: loop.points))


def _opening(
    seat: Seat, at: float, port: Port, face: float, fit: "Openings"
) -> tuple[float, float, float, float]:
    play = 2 * fit.clearance_mm
    width, height = (port.width_mm or 0.0) + play, (port.height_mm or 0.0) + play
    middle = seat.top_mm + (port.z0_mm or 0.0) + (port.height_mm or 0.0) / 2
    mouth = seat.edge_mm - (port.overhang_mm or 0.0)
    if mouth - face > PLUG_REACH_MM:
        across, tall = plug_size(port, fit.plugs)
        width, height = max(width, across), max(height, tall)
    return at - width / 2, middle - height / 2, at + width / 2, middle + height / 2


def plug_size(port: Port, plugs: tuple[Plug, ...]) -> tuple[float, float]:
    """Return width and height of a port's plug, mm, zero where none is known.

    A plug belongs to the ports whose name begins with its own first word: `USB-C plug overmold max`
    to `USB-C`. Vertical sockets stand the plug on its side.
    """
    for known in plugs:
        kind = known.name.split(" plug")[0]
        if port.name.startswith(PLUG_KINDS.get(kind, kind)):
            width, height = known.width_mm + 2 * PLUG_PLAY_MM, known.height_mm + 2 * PLUG_PLAY_MM
            return (height, width) if "vertical" in port.name else (width, height)
    return 0.0, 0.0


def _square(coords: Iterable[tuple[float, ...]]) -> Loop:
    points = [(round(c[0], 4), round(c[1], 4)) for c in coords][:-1]
    kept = [
        p
        for i, p in enumerate(points)
        if not (
            (points[i - 1][0] == p[0] == points[(i + 1) % len(points)][0])
            or (points[i - 1][1] == p[1] == points[(i + 1) % len(points)][1])
        )
    ]
    if len(kept) == 4:
        xs, ys = [p[0] for p in kept], [p[1] for p in kept]
        return rectangle((min(xs), min(ys)), (max(xs), max(ys)))
    return Loop(tuple(kept), (0.0,) * len(kept))


def across_mm(board: Board, front: Edge) -> float:
    """Return the extent of a PCB along the front, mm."""
    return board.board.x_mm if front in {"y-", "y+"} else board.board.y_mm


def _on_edge(board: Board, port: Port) -> Point:
    center = port.center_mm or 0.0
    return {
        "x-": (0.0, center),
        "x+": (board.board.x_mm, center),
        "y-": (center, 0.0),
        "y+": (center, board.board.y_mm),
    }[port.side]


def _sides(at: Point, low: Point, high: Point) -> list[tuple[float, float]]:
    """Return the four sides of the square round a hole, each with the PCB's edge beside it."""
    r, (x, y) = HOLE_CLEAR_MM / 2, at
    return [(x - r, low[0]), (y - r, low[1]), (x + r, high[0]), (y + r, high[1])]


def _reaching(side: float, edge: float) -> float:
    return edge if abs(side - edge) <= RIM_MM else side


def _between(low: float, high: float, gaps: list[tuple[float, float]]) -> list[tuple[float, float]]:
    found: list[tuple[float, float]] = []
    at = low
    for start, end in sorted(gaps):
        if start > at:
            found.append((at, min(start, high)))
        at = max(at, end)
    if at < high:
        found.append((at, high))
    return found
