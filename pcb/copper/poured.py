"""The copper of a board that KiCad did not fill: our own pours, less what they must stay clear of.

Where two pours overlap the one of higher rank wins, as in KiCad. Corners are sharp where KiCad's
are round, and slivers stay that it leaves out; KiCad's spokes at parts of little current are solid.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pcb.board.board import POUR_GAP, VIA_DRILL, VIA_MM
from pcb.board.comb import APART
from pcb.board.footprints import Pad
from pcb.board.layout import Layout, Pour
from pcb.copper.read import LAYERS, SEGMENTS, Hole, NetCopper, oval, pad_area, round_mm
from pcb.model import Circuit

OWN = "our own pours, not KiCad's"
ROUND_SHARE = 0.1  # of a pad with round corners, as `pcb.board.footprint_files` writes it


@dataclass(frozen=True)
class _Item:
    """Something no pour of another net may come near."""

    net: str
    layer: int
    area: Any
    clear_mm: float = POUR_GAP


def poured(circuit: Circuit, layout: Layout) -> dict[str, NetCopper]:
    """Return the copper of each net."""
    nets: dict[str, NetCopper] = {}
    items = [*_pads(circuit, layout, nets), *_tracks(layout), *_vias(layout, nets)]
    for item in items:
        if item.net in circuit.nets:
            nets.setdefault(item.net, NetCopper()).shapes[item.layer].append(item.area)
    for layer, name in enumerate(LAYERS):
        pours = sorted((one for one in layout.pours if one.layer == name), key=lambda p: -p.rank)
        filled: list[_Item] = []
        for pour in pours:
            area = _filled(pour, [one for one in (*items, *filled) if one.layer == layer])
            filled.append(_Item(pour.net, layer, area))
            nets.setdefault(pour.net, NetCopper()).shapes[layer].append(area)
    return nets


def _filled(pour: Pour, others: Sequence[_Item]) -> Any:
    """Return what is left of a pour: pieces that meet nothing of their own net go too."""
    from shapely import get_parts, union_all  # noqa: PLC0415 - slow to import
    from shapely.geometry import Polygon  # noqa: PLC0415 - as above

    area = Polygon(pour.outline)
    near = [
        one.area.buffer(max(one.clear_mm, _gap(pour.net, one.net)), quad_segs=8)
        for one in others
        if one.net != pour.net and one.area.distance(area) < APART
    ]
    own = union_all([one.area for one in others if one.net == pour.net])
    left = area.difference(union_all(near))
    return union_all([piece for piece in get_parts(left) if piece.intersects(own)])


def _gap(one: str, other: str) -> float:
    """Return how far apart the rules want two nets, mm (`pcb.board.rules`)."""
    power = [net.startswith(("+", "OUT", "FUS", "SNS")) for net in (one, other)]
    return APART if all(power) else POUR_GAP


def _pads(circuit: Circuit, layout: Layout, nets: dict[str, NetCopper]) -> list[_Item]:
    from shapely.affinity import translate  # noqa: PLC0415 - slow to import

    of_pin = {pin: net for net, pins in circuit.nets.items() for pin in pins}
    found: list[_Item] = []
    for put in layout.parts:
        for place, pad in enumerate(put.footprint.pads):
            spot = put.x + pad.x, put.y + pad.y
            net = of_pin.get((put.ref, pad.number), f"no net {put.ref} {place}")
            layers = (0,) if pad.drill is None else (0, 1)
            area = translate(pad_area(pad.shape, *pad.size, ROUND_SHARE), *spot)
            clear = POUR_GAP if pad.clearance is None else pad.clearance
            found += [_Item(net, layer, area, clear) for layer in layers]
            if (put.ref, pad.number) in of_pin:
                hole = _hole(put.ref, pad, spot, area)
                nets.setdefault(net, NetCopper()).holes.append(hole)
    return found


def _hole(ref: str, pad: Pad, spot: tuple[float, float], area: Any) -> Hole:
    from shapely.affinity import translate  # noqa: PLC0415 - slow to import

    if pad.drill is None:
        return Hole(ref, pad.number, area, (0,), None)
    wide, high = pad.drill if isinstance(pad.drill, tuple) else (pad.drill, pad.drill)
    drilled = translate(oval(wide, high), *spot)
    return Hole(ref, pad.number, drilled, (0, 1), round_mm(drilled))


def _tracks(layout: Layout) -> list[_Item]:
    from shapely.geometry import LineString  # noqa: PLC0415 - slow to import

    return [
        _Item(one.net, LAYERS.index(one.layer), LineString(one.points).buffer(one.width / 2))
        for one in layout.tracks
    ]


def _vias(layout: Layout, nets: dict[str, NetCopper]) -> list[_Item]:
    from shapely.geometry import Point  # noqa: PLC0415 - slow to import

    found: list[_Item] = []
    for via in layout.vias:
        spot = Point(via.x, via.y)
        pad, hole = (spot.buffer(d / 2, quad_segs=SEGMENTS) for d in (VIA_MM, VIA_DRILL))
        found += [_Item(via.net, layer, pad) for layer in (0, 1)]
        nets.setdefault(via.net, NetCopper()).holes.append(Hole("", "", hole, (0, 1), VIA_DRILL))
    return found
