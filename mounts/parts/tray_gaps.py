"""Room beside the boards of a tray: what stands over their edges, and what their plugs ask for."""

import math

from catalog.models import Edge
from mounts.board import AROUND, PLUG_REACH_MM, Seat, plug_size
from mounts.carrier import BESIDE_CRADLE_MM, CarrierSpec, post_diameters

RIM_MM = 4.5  # floor beyond the board at the sides and behind it
PLUG_ROOM_MM = 30.0  # overmoulds end 25 to 30 mm before the socket: a rule of ours
LEAST_GAP_MM = 3.0  # between what stands over two boards' edges: a rail of 2 mm and some air
SHIELD_KEEP_MM = 2.54  # kept free round an I/O shield's window, see `tray_spec`


def posts_mm(one: CarrierSpec, edge_mm: float) -> float:
    """Return the height of the posts: for what is below the board, and for plugs over the floor.

    A plug in front that ends before the panel, and one at another side that ends before the floor
    does, needs none.
    """
    bare = Seat(one.device, one.facing, 0.0, edge_mm, 0.0, one.envelope)
    reach = {"front": edge_mm, "left": RIM_MM, "right": RIM_MM, "rear": RIM_MM}
    found = [one.standoff_mm]
    for side, far in reach.items():
        for _, port in bare.ports(side):
            _, tall = plug_size(port, one.plugs)
            if tall and far - (port.overhang_mm or 0.0) > PLUG_REACH_MM:
                middle = bare.top_mm + (port.z0_mm or 0.0) + (port.height_mm or 0.0) / 2
                found.append(math.ceil(100 * (tall / 2 - middle) - 1e-6) / 100)
    return max(found)


def bare_seat(one: CarrierSpec) -> Seat:
    """Return a board by itself, its front edge at 0."""
    return Seat(one.device, one.facing, 0.0, 0.0, 0.0, one.envelope)


def has_holes(one: CarrierSpec) -> bool:
    """Return whether a board's mounting holes are known."""
    return any(hole.use == "mount" for hole in one.device.holes)


def _edge(one: CarrierSpec, side: str) -> Edge:
    left, right, _ = AROUND[one.facing]
    return left if side == "left" else right


def reach_mm(one: CarrierSpec, side: str) -> float:
    """Return how far a board, what holds it and its shield's window stand over one side."""
    reach = one.envelope.over(_edge(one, side))
    reach = max(reach, _posts_out_mm(one, side) if has_holes(one) else BESIDE_CRADLE_MM)
    form = one.form_factor
    if side == "left" and form is not None and form.shield_x_mm is not None:
        reach = max(reach, SHIELD_KEEP_MM - form.shield_x_mm)
    return reach


def _posts_out_mm(one: CarrierSpec, side: str) -> float:
    """Return how far posts stand out under one side of a board, negative if they do not."""
    bare = bare_seat(one)
    (x0, _), (x1, _) = bare.outline()
    _, wide = post_diameters(one)
    holes = [x for (x, _), _ in bare.mount_holes()]
    return wide / 2 - (min(holes) - x0 if side == "left" else x1 - max(holes))


def least_gap_mm(a: CarrierSpec, b: CarrierSpec) -> float:
    """Return the least gap between two boards' edges, mm, rounded up to a tenth."""
    return math.ceil(10 * (reach_mm(a, "right") + reach_mm(b, "left") + LEAST_GAP_MM)) / 10


def plug_gap_mm(a: CarrierSpec, b: CarrierSpec) -> float:
    """Return the gap that plugs at the sides of two boards ask for, mm; 0 without ports there."""
    pair = ((a, "right"), (b, "left"))
    plugged = [
        any(port.side == _edge(one, side) and port.width_mm for port in one.device.ports)
        for one, side in pair
    ]
    if not any(plugged):
        return 0.0
    rooms = [
        PLUG_ROOM_MM + one.envelope.over(_edge(one, side)) if own else reach_mm(one, side)
        for (one, side), own in zip(pair, plugged, strict=True)
    ]
    return math.ceil(round(10 * sum(rooms), 6)) / 10
