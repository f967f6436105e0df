"""One order at least for every family: what gallery, golden tests and benchmarks loop over.

Each is what a person would ask for first, in the catalogue's names; all of them can be made.
"""

import json
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mounts.order import Order

PI, SWITCH = "raspberry-pi-4b", "netgear-gs308"
FIVE = {"count": 5, "fan": "40x10", "sink_mm": [25, 25, 12]}
OPTIONS = ("pose", "count", "front", "fixing")  # fields with an option of their own
OTHERS = [
    {"device": "raspberry-pi-5", "count": 2, "pose": "on-edge"},
    {"device": "raspberry-pi-zero-2w", "count": 1, "pose": "on-edge"},
]
PRINTED = {"count": 5, "standoffs": "printed"}


@dataclass(frozen=True)
class Sample:
    """A part worth showing.

    Args:
        name: file stem; begins with its family's name.
        order: how it is asked for.
        shows: what it is, for a caption.
        whole: whether it stands for a whole mount; else for a piece of another sample's.
    """

    name: str
    order: Order
    shows: str
    whole: bool = True


SAMPLES: tuple[Sample, ...] = (
    Sample("adapter", Order("adapter", "19in"), "10-inch gear of any height in a 19-inch rack"),
    Sample(
        "adapter-whole",
        Order("adapter", "19in", options={"bar_mm": 3.0}),
        "One piece, for gear that is lower than its panel",
    ),
    Sample("blank", Order("blank", "10in", options={"vents": True}), "An empty slot, closed"),
    Sample("cable-rings", Order("cable", "10in"), "Rings before the panel"),
    Sample(
        "cable-lacing", Order("cable", "10in", options={"style": "lacing"}), "A bar to tie down on"
    ),
    Sample(
        "coupon",
        Order("coupon", "10in"),
        "Print this first: it gives your printer's figures",
        whole=False,
    ),
    Sample("drives", Order("drives", "10in", "2.5in"), "2.5-inch disks side by side"),
    Sample("ears-left", Order("ears", "19in", options={"box_width_mm": 330}), "A left ear"),
    Sample(
        "ears-right",
        Order("ears", "19in", options={"side": "right", "box_width_mm": 330}),
        "A right ear",
        whole=False,
    ),
    Sample(
        "frame-on-edge",
        Order("frame", "10in", PI, 2.0, options={"pose": "on-edge"}),
        "A row of sleds on edge",
    ),
    Sample("frame-flat", Order("frame", "19in", PI), "A row of sleds lying flat"),
    Sample(
        "frame-rows",
        Order("frame", "19in", PI, 2.0, options={"layers": 4, "rows": 2, "latch": "front"}),
        "Four layers of seven, on front and rear posts",
    ),
    Sample(
        "frame-mixed",
        Order("frame", "10in", PI, 2.0, options={"count": 7, "beside": OTHERS}),
        "Boards of three kinds in one frame, as they fit best",
    ),
    Sample(
        "frame-fans",
        Order("frame", "10in", PI, 2.0, options={"pose": "on-edge", "fan": "80x25"}),
        "A wall of fans behind the sleds",
    ),
    Sample(
        "sled-on-edge", Order("sled", "10in", PI, 2.0, options={"pose": "on-edge"}), "One board"
    ),
    Sample("sled-flat", Order("sled", "19in", PI), "One board, lying flat"),
    Sample(
        "sled-clip",
        Order("sled", "19in", PI, 2.0, options={"layers": 4, "latch": "front"}),
        "A clip in front, no room beside the board",
        whole=False,
    ),
    Sample("holder-board", Order("holder", "10in"), "A bare board upright on a plate"),
    Sample("holder-switch", Order("holder", "10in", SWITCH), "A switch upright on a plate"),
    Sample("nas", Order("nas", "10in", "qnap-ts-233"), "A heavy box, warm all round"),
    Sample("panel-jacks", Order("panel", "10in"), "A patch panel"),
    Sample(
        "panel-fans",
        Order("panel", "10in", height_u=1.0, options={"fan": "40x20", "fans": 4}),
        "Fans behind grilles",
    ),
    Sample("psu-atx", Order("psu", "10in", "atx"), "Inlet and switch through the panel"),
    Sample("psu-enclosed", Order("psu", "10in", "meanwell-lrs-150"), "A closed front, air only"),
    Sample("shelf", Order("shelf", "10in", SWITCH), "Any box; its whole face shows"),
    Sample(
        "shelf-two-boxes",
        Order("shelf", "19in", SWITCH, options={"beside": ["mikrotik-hex"]}),
        "Two boxes side by side, a wall between",
    ),
    Sample("stack", Order("stack", "10in", PI, options=FIVE), "The base of a stack of five"),
    Sample(
        "stack-top",
        Order("stack", "10in", PI, options={**FIVE, "piece": "top"}),
        "Its top plate",
        whole=False,
    ),
    Sample(
        "stack-fan-bracket",
        Order("stack", "10in", PI, options={**FIVE, "piece": "fan-bracket"}),
        "One of these over each board",
        whole=False,
    ),
    Sample(
        "stack-spacer",
        Order("stack", "10in", PI, options={**PRINTED, "piece": "spacer"}),
        "Where standoffs are printed too",
        whole=False,
    ),
    Sample("tray", Order("tray", "10in", PI), "A board, its ports through the panel"),
    Sample("tray-two", Order("tray", "10in", PI, options={"count": 2}), "Two boards side by side"),
    Sample("tray-large", Order("tray", "10in", "turing-pi-2"), "A mini-ITX board"),
    Sample("ups", Order("ups", "19in", "apc-be600m1"), "Ribs and straps for a heavy box"),
    Sample(
        "ups-bracket",
        Order("ups", "19in", "apc-be600m1", options={"piece": "left-bracket"}),
        "One of two to the rear posts",
        whole=False,
    ),
    Sample("wall", Order("wall", "10in", "mikrotik-hex"), "A router on a wall"),
)


def of_family(name: str) -> tuple[Sample, ...]:
    """Return the samples of a family, the most telling first."""
    return tuple(sample for sample in SAMPLES if sample.order.part == name)


def command(order: Order) -> str:
    """Return what to type for an order."""
    words = ["rackpress", "mount", order.part]
    named = {"device": order.device, "rack": order.rack, "hat": order.hat}
    height = None if order.height_u is None else f"{order.height_u:g}U"
    named |= {"height": height}
    for key, value in order.options.items():
        if key in OPTIONS:
            named[key] = str(value)
        else:
            words += ["--set", f"{key}={value if isinstance(value, str) else as_toml(value)}"]
    options = [word for key, value in named.items() if value for word in (f"--{key}", value)]
    return shlex.join([*words[:3], *options, *words[3:], "-o", "parts"])


def as_toml(value: Any) -> str:
    """Return a value as TOML writes it in one line."""
    if isinstance(value, dict):
        named: dict[str, Any] = value
        return f"{{ {', '.join(f'{key} = {as_toml(one)}' for key, one in named.items())} }}"
    if isinstance(value, (list, tuple)):
        row: Sequence[Any] = value
        return f"[{', '.join(map(as_toml, row))}]"
    return json.dumps(value)
