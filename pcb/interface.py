"""What a mount must know of a board: outline, holes, connectors, the room of plugs and cables.

Frame of the catalogue: mm, x to the right, y up from the lower edge (the outputs), z up from the
PCB's upper face; the origin is the lower left corner, seen from the component side. All comes from
the placement that the board itself is written from.

`NAME.interface.json` holds it all; `pcb.device` says of it what a device of the catalogue can.
"""

import json
from dataclasses import asdict, dataclass
from typing import Literal

from pcb.board.comb import GRID
from pcb.board.footprints import M3_D_MM, M3_FREE_MM
from pcb.board.layout import Layout, Put
from pcb.board.place import lay_out
from pcb.model import Circuit, circuit
from pcb.spec import BoardSpec

PCB_MM = 1.6
SOLDER_MM = 3.0  # leads and solder below: trimmed leads are 2 mm, and some room
RELIEF_MM = 12.0  # wires that come up through relief holes bend below the board

# Plugs, from general knowledge and unconfirmed. Barrel: overmould across and along, its axis over
# the board. Mini-Fit and VH: how far the plug's upper end stands over the board, and how much wider
# than the header it is.
BARREL_MM, BARREL_LONG_MM = 11.0, 30.0
BARREL_AXIS_MM = 5.5
UPRIGHT_MM, UPRIGHT_ROUND_MM = 25.0, 0.3
WIRE_OUT_MM = 10.0  # a wire goes this far straight on from a screw
BEND_MM = 25.0  # and every cable this much more until it has turned

Side = Literal["y-", "y+", "top", "bottom"]
Point = tuple[float, float, float]


@dataclass(frozen=True)
class Room:
    """A box with its lowest and its highest corner, mm."""

    low: Point
    high: Point

    def meets(self, other: "Room") -> bool:
        """Whether two boxes overlap by more than dust."""
        return all(
            a < d - 1e-6 and c < b - 1e-6
            for a, b, c, d in zip(self.low, self.high, other.low, other.high, strict=True)
        )


@dataclass(frozen=True)
class Mouth:
    """A connector: where a plug goes in, and the room of plug and cable.

    `center_mm` lies along the edge; of upright connectors it is (x, y). `width_mm`, `height_mm` and
    `z0_mm` are those of the mouth, `overhang_mm` how far it stands out over its edge.
    """

    ref: str
    kind: str
    side: Side
    center_mm: tuple[float, ...]
    width_mm: float
    height_mm: float
    z0_mm: float
    overhang_mm: float
    body: Room
    plug: Room
    cable: Room


@dataclass(frozen=True)
class Hole:
    """A hole for a screw, and the ring round it that a post may use."""

    x_mm: float
    y_mm: float
    d_mm: float
    free_d_mm: float


@dataclass(frozen=True)
class Interface:
    """Everything. `free_mm` is how much of both ends, left and right, no part stands on.

    Outline and holes lie on a grid: `size_mm` and each hole's place are whole steps of `grid_mm`.
    """

    name: str
    size_mm: tuple[float, float]
    thickness_mm: float
    above_mm: float
    below_mm: float
    grid_mm: float
    free_mm: tuple[float, float]
    holes: tuple[Hole, ...]
    mouths: tuple[Mouth, ...]
    parts: dict[str, Room]

    @property
    def device_id(self) -> str:
        """Its name in the catalogue, which knows no capitals and no underscores."""
        return self.name.lower().replace("_", "-")

    def as_json(self) -> bytes:
        """Return `NAME.interface.json`."""
        record = {"format": 1, "unit": "mm", **asdict(self)}
        return (json.dumps(record, indent=2, sort_keys=True) + "\n").encode()


def interface(spec: BoardSpec) -> Interface:
    """Return what mounts need of a board."""
    made = circuit(spec)
    return interface_of(made, lay_out(made))


def interface_of(made: Circuit, layout: Layout) -> Interface:
    """Return what mounts need of a board that is laid out already."""
    kinds = {part.ref: part.type_id for part in made.parts}
    parts = {put.ref: _body(layout, put) for put in layout.parts if put.footprint.height_mm > 0}
    holes = [put for put in layout.parts if put.footprint.name == "Hole_M3"]
    bodies = {ref: room for ref, room in parts.items() if ref not in {put.ref for put in holes}}
    mouths = [_mouth(layout, put, kinds[put.ref]) for put in layout.parts if put.ref[0] == "J"
              and put.ref in kinds and put.ref[1].isdigit()]  # fmt: skip
    tops = [room.high[2] for room in (*bodies.values(), *(mouth.plug for mouth in mouths))]
    below = RELIEF_MM if any(mouth.side == "bottom" for mouth in mouths) else SOLDER_MM
    return Interface(
        name=made.spec.title,
        size_mm=layout.size,
        thickness_mm=PCB_MM,
        above_mm=max(tops),
        below_mm=below,
        grid_mm=GRID,
        free_mm=_free(layout, bodies),
        holes=tuple(_hole(layout, put) for put in holes),
        mouths=tuple(mouths),
        parts=bodies,
    )


def _hole(layout: Layout, put: Put) -> Hole:
    return Hole(put.x, round(layout.size[1] - put.y, 3), M3_D_MM, M3_FREE_MM)


def _body(layout: Layout, put: Put) -> Room:
    """Return a part's body over the board; y turned upwards."""
    left, top, right, bottom = put.footprint.body
    high = layout.size[1]
    return _room(
        (put.x + left, high - put.y - bottom, 0),
        (put.x + right, high - put.y - top, put.footprint.height_mm),
    )


def _free(layout: Layout, bodies: dict[str, Room]) -> tuple[float, float]:
    """Return how far parts, and the solder below them, stand from the left and right end."""
    left = min(room.low[0] for room in bodies.values())
    right = layout.size[0] - max(room.high[0] for room in bodies.values())
    pads = [
        (put.x + pad.x - pad.size[0] / 2, put.x + pad.x + pad.size[0] / 2)
        for put in layout.parts
        for pad in put.footprint.pads
        if pad.drill and pad.plated
    ]
    left = min(left, *(low for low, _ in pads))
    right = min(right, *(layout.size[0] - high for _, high in pads))
    return round(left, 3), round(right, 3)


def _mouth(layout: Layout, put: Put, kind: str) -> Mouth:
    body = _body(layout, put)
    if kind == "barrel-5.5x2.1":
        return _barrel(put, kind, body)
    if kind in ("screw", "screw-in", "qwiic"):
        return _screw(put, kind, body, upper=kind == "screw-in", high=layout.size[1])
    if kind == "wire":
        return _wire(layout, put, kind, body)
    return _upright(put, kind, body)


def _barrel(put: Put, kind: str, body: Room) -> Mouth:
    """The plug lies in front of the mouth, the cable in front of the plug."""
    out, half = body.low[1], BARREL_MM / 2
    plug = _room(
        (put.x - half, out - BARREL_LONG_MM, BARREL_AXIS_MM - half),
        (put.x + half, out, BARREL_AXIS_MM + half),
    )
    cable = _room(
        (plug.low[0], plug.low[1] - BEND_MM, plug.low[2]), (plug.high[0], plug.low[1], plug.high[2])
    )
    width, height = round(body.high[0] - body.low[0], 3), body.high[2]
    return Mouth(
        put.ref, kind, "y-", (put.x,), width, height, 0.0, round(-out, 3), body, plug, cable
    )


def _screw(put: Put, kind: str, body: Room, *, upper: bool, high: float) -> Mouth:
    """Wires go straight on from the terminal's mouth; its screws are turned from above."""
    width, top = round(body.high[0] - body.low[0], 3), body.high[2] / 2
    if upper:
        out = body.high[1]
        plug = _room((body.low[0], out, 0), (body.high[0], out + WIRE_OUT_MM, top))
        cable = _room((body.low[0], plug.high[1], 0), (body.high[0], plug.high[1] + BEND_MM, top))
        return Mouth(
            put.ref, kind, "y+", (put.x,), width, top, 0.0, round(out - high, 3), body, plug, cable
        )
    out = body.low[1]
    plug = _room((body.low[0], out - WIRE_OUT_MM, 0), (body.high[0], out, top))
    cable = _room((body.low[0], plug.low[1] - BEND_MM, 0), (body.high[0], plug.low[1], top))
    over = max(0.0, round(-out, 3))  # a Qwiic socket stands within the board
    return Mouth(put.ref, kind, "y-", (put.x,), width, top, 0.0, over, body, plug, cable)


def _wire(layout: Layout, put: Put, kind: str, body: Room) -> Mouth:
    """Wires come up from below through the relief holes, and go down into the pads."""
    relief = [pad for pad in put.footprint.pads if not pad.plated]
    size = relief[0].size[0]
    xs = [put.x + pad.x for pad in relief]
    y = layout.size[1] - put.y - relief[0].y
    low, high = (min(xs) - size / 2, y - size / 2), (max(xs) + size / 2, y + size / 2)
    under = -PCB_MM - RELIEF_MM
    plug = _room((*low, -PCB_MM - SOLDER_MM), (*high, -PCB_MM))
    cable = _room((*low, under), (*high, -PCB_MM - SOLDER_MM))
    center = (round(put.x, 3), round(y, 3))
    return Mouth(
        put.ref,
        kind,
        "bottom",
        center,
        round(high[0] - low[0], 3),
        size,
        -PCB_MM,
        0.0,
        body,
        plug,
        cable,
    )


def _upright(put: Put, kind: str, body: Room) -> Mouth:
    """The plug goes in from above; its cable turns over it, to whichever side."""
    left, low, _ = body.low
    right, high, tall = body.high
    grow = UPRIGHT_ROUND_MM
    plug = _room((left - grow, low - grow, 0), (right + grow, high + grow, UPRIGHT_MM))
    cable = _room(
        (plug.low[0], plug.low[1], UPRIGHT_MM), (plug.high[0], plug.high[1], UPRIGHT_MM + BEND_MM)
    )
    center = (round((left + right) / 2, 3), round((low + high) / 2, 3))
    return Mouth(
        put.ref,
        kind,
        "top",
        center,
        round(right - left, 3),
        round(high - low, 3),
        tall,
        0.0,
        body,
        plug,
        cable,
    )


def _room(low: tuple[float, ...], high: tuple[float, ...]) -> Room:
    a, b = (tuple(round(value, 3) for value in corner) for corner in (low, high))
    return Room((a[0], a[1], a[2]), (b[0], b[1], b[2]))


def holder_fields(made: Interface) -> dict[str, float]:
    """Return what a holder is told of a board that stands upright, on its inlets' edge.

    Outputs then point upwards, so that every plug is reached from above; a holder grips the ends,
    where no part stands.
    """
    return {
        "width_mm": made.size_mm[0],
        "height_mm": made.size_mm[1],
        "thickness_mm": made.thickness_mm,
        "front_mm": made.above_mm,
        "back_mm": made.below_mm,
        "edge_mm": min(made.free_mm),
    }
