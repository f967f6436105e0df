"""The room before the faces of cases, supplies and disks.

Of a case the catalogue knows the size only: then the whole face at which the ports are must be
open, as deep as a plug and the bend of its cable. What is assumed is said.
"""

from catalog.models import Box
from mounts.board import Block
from mounts.geometry import keystone
from mounts.panel_layout import CutPanelSpec
from mounts.parts.adapter import AdapterSpec
from mounts.parts.drives import DrivesSpec
from mounts.parts.ears import EarsSpec
from mounts.parts.holder import HolderSpec
from mounts.parts.psu import PAD_MM, PsuSpec
from mounts.parts.shelf_spec import ShelfSpec
from mounts.parts.wall import CORNER_MM, WallSpec
from mounts.verify.room import DEEP_MM, Room, Rooms

# Nearer to the edge of a case's face no plug is: half an overmould and the case's wall. Ours.
EDGE_MM = 3.0
OFF_MM = 0.01  # off a face, so that resting on it is no contact
# An IEC C14 inlet and a switch sit anywhere in the face of an ATX supply: its design guide leaves
# their place to the maker. Between the screws' pads the whole face must show.
PAD_FREE_MM = PAD_MM + 0.5
LIP_FREE_MM = 4.5  # a face's edge that a panel may lap over


def _face(box: Box) -> str:
    return f"the catalogue has no ports of {box.id}: its front and rear are taken to hold them"


def _inset(low: float, high: float) -> tuple[float, float]:
    """Return a span without what no plug reaches at its ends."""
    edge = min(EDGE_MM, (high - low) / 4)
    return low + edge, high - edge


def on_shelf(spec: ShelfSpec) -> Rooms:
    """Return the room before the face of each box, and behind it."""
    found: list[Room] = []
    for bay in spec.bays:
        case = bay.device.case
        x0, x1 = _inset(bay.middle_mm - case.width_mm / 2, bay.middle_mm + case.width_mm / 2)
        z0, z1 = _inset(spec.floor_top_mm, spec.floor_top_mm + case.height_mm)
        rear = spec.panel_mm + case.depth_mm + spec.clearance_mm
        front = Block((x0, spec.panel_mm - DEEP_MM, z0), (x1, spec.panel_mm, z1))
        found.append(Room(f"the front of {bay.device.id}", "face", front))
        behind = Block((x0, rear, z0), (x1, rear + DEEP_MM, z1))
        found.append(Room(f"the rear of {bay.device.id}", "face", behind))
    return Rooms(tuple(found), tuple(dict.fromkeys(_face(box) for box in spec.boxes)))


def on_wall(spec: WallSpec) -> Rooms:
    """Return the room over the upper face, and under the lower one between both ledges."""
    case, deep = spec.device.case, spec.device.case.depth_mm
    x0, x1 = _inset(-case.width_mm / 2, case.width_mm / 2)
    z0, z1 = _inset(spec.lean_mm, spec.lean_mm + case.height_mm)
    half = spec.inner_mm - CORNER_MM * case.width_mm - OFF_MM
    below = "front" if spec.up == "rear" else "rear"
    up = Room(
        f"the {spec.up} of {spec.device.id}",
        "face",
        Block((x0, deep, z0), (x1, deep + DEEP_MM, z1)),
    )
    down = Room(
        f"the {below} of {spec.device.id}", "face", Block((-half, -DEEP_MM, z0), (half, 0.0, z1))
    )
    between = f"ports at its {below} lie in the middle {2 * half:.0f} mm, between the ledges"
    return Rooms((up, down), (_face(spec.device), between))


def in_holder(spec: HolderSpec) -> Rooms:
    """Return the room over the upper edge, between both holders."""
    high, half = spec.stand_mm + spec.high_mm, spec.thick_mm / 2
    block = Block((spec.edge_mm, -half, high), (spec.wide_mm - spec.edge_mm, half, high + DEEP_MM))
    over = Room(f"the upper edge of {spec.name}", "face", block)
    if spec.device is None:
        return Rooms(
            (over,), ("plugs of a board of no known ports go up, or out of its two faces",)
        )
    if spec.on == "depth":
        closed = f"plugs of {spec.name}: its front and rear stand in the holders; say on = 'width'"
        return Rooms((over,), (), (closed,))
    below = f"what is plugged in below {spec.name} fits into {spec.lift_mm:g} mm (lift_mm)"
    return Rooms((over,), (_face(spec.device), below))


def of_supply(spec: PsuSpec) -> Rooms:
    """Return the room before inlet, switch and fan, and behind the other end."""
    d, low = spec.device, spec.deck.top_mm
    x0, x1 = _inset(-d.width_mm / 2, d.width_mm / 2)
    z0, z1 = _inset(low, low + d.height_mm)
    rear = Block((x0, spec.end_mm + 0.5, z0), (x1, spec.end_mm + DEEP_MM, z1))
    end = "cables" if spec.faced else "terminals"
    found = [Room(f"{end} of {d.id}", "face", rear)]
    assumed = [f"{end} of {d.id} leave through its rear"]
    if spec.faced:
        found += [Room(f"inlet and switch of {d.id}", "face", b) for b in _face_blocks(spec)]
        assumed.append("inlet, switch and fan may be anywhere in the face between its screws")
    return Rooms(tuple(found), tuple(assumed))


def _face_blocks(spec: PsuSpec) -> list[Block]:
    """Return the face of a supply less the pads round its screws: an upright and a level bar."""
    half, low = spec.device.width_mm / 2 - LIP_FREE_MM, spec.deck.top_mm + LIP_FREE_MM
    high = min(spec.deck.top_mm + spec.device.height_mm, spec.top_mm) - LIP_FREE_MM
    xs = [x for x, _ in spec.rear_holes]
    zs = [z for _, z in spec.rear_holes]
    left = max([-half, *(x + PAD_FREE_MM for x in xs if x < 0)])
    right = min([half, *(x - PAD_FREE_MM for x in xs if x > 0)])
    under = max([low, *(z + PAD_FREE_MM for z in zs if z < spec.middle_mm)])
    over = min([high, *(z - PAD_FREE_MM for z in zs if z > spec.middle_mm)])
    front, back = spec.panel_mm - DEEP_MM, spec.panel_mm
    bars = [Block((left, front, low), (right, back, high))]
    if over > under:
        bars.append(Block((-half, front, under), (half, back, over)))
    return bars


def of_disks(spec: DrivesSpec) -> Rooms:
    """Return the room behind each disk's whole connector end.

    SFF-8201 and SFF-8301 put the connectors into that end face; their place in it was not
    confirmed, so all of it must be open.
    """
    low = spec.deck.top_mm + OFF_MM
    high, back = spec.deck.top_mm + spec.disk_mm, spec.plug_mm
    found = tuple(
        Room(
            f"disk {index}",
            "plug",
            Block((left, back, low), (left + spec.device.width_mm, back + DEEP_MM, high)),
        )
        for index, left in enumerate(spec.lefts_mm, start=1)
    )
    return Rooms(found, ("data and power plugs may be anywhere in a disk's rear face",))


def of_panel(spec: CutPanelSpec) -> Rooms:
    """Return each jack's body with its cable behind, its plug in front, and each fan's body."""
    found: list[Room] = []
    half, tall = keystone.JACK_MM[0] / 2, keystone.JACK_MM[1]
    for row in spec.jack_rows():
        for x in row.xs:
            low = row.z + row.play_mm
            block = Block((x - half, -DEEP_MM, low), (x + half, DEEP_MM, low + tall))
            found.append(Room("a jack", "plug and cable", block))
    if spec.fan is not None:
        h, deep = spec.fan.size_mm / 2, spec.fan.thickness_mm
        back = spec.panel_mm + OFF_MM
        for x, z in spec.fan_middles():
            block = Block((x - h, back, z - h), (x + h, back + deep, z + h))
            found.append(Room(spec.fan.id, "body", block))
    return Rooms(tuple(found))


def of_adapter(spec: AdapterSpec) -> Rooms:
    """Return the opening that the gear's body passes."""
    half = spec.gear.opening_mm / 2 - OFF_MM
    low, high = spec.bottom_mm + OFF_MM, spec.top_mm - OFF_MM
    if spec.whole:  # its corners are rounded by 1.0
        half, low, high = half - 1.0, low + spec.bar_mm + 1.0, high - spec.bar_mm - 1.0
    x = spec.middle_mm
    block = Block((x - half, -DEEP_MM, low), (x + half, spec.end_mm + DEEP_MM, high))
    return Rooms((Room("the 10-inch gear", "body", block),))


def between_ears(spec: EarsSpec) -> Rooms:
    """Return the box that both ears hold; its depth is not known, nor what it has behind."""
    half = spec.box_mm / 2 - OFF_MM
    block = Block((-half, -DEEP_MM, spec.bottom_mm), (half, spec.depth_mm + DEEP_MM, spec.top_mm))
    return Rooms((Room("the box between the ears", "body", block),))
