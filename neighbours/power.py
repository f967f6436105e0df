"""What a device draws, from the power ports that NetBox gives it.

NetBox gives the draw of each port alone, and supplies are there twice so that one may fail: their
sum is what nobody draws. So ports of one type share the load, half of them (rounded up) carry all
of it, the others stand by; ports of another type are another way in, such as DC beside AC. The
largest way in is the device's draw. That is exact for one port, for 1 + 1 and for n + n; a device
that wants all of its supplies at once draws up to twice as much, and the words say so.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from neighbours.netbox_types import Component, PowerPort

OUTLETS = "what its outlets give is not its own draw"


class Powered(Protocol):
    """What says its power ports and outlets: a device type of NetBox or of Rackula."""

    @property
    def power_ports(self) -> Sequence[PowerPort]:
        """Where power goes in."""
        ...

    @property
    def power_outlets(self) -> Sequence[Component]:
        """Where it goes on."""
        ...


@dataclass(frozen=True)
class Draw:
    """What a device draws, W, and how that was read; `None` is unknown.

    Args:
        max_w: at most: NetBox's maximum draw.
        typical_w: what is set aside for it: NetBox's allocated draw.
        words: what was taken for granted; nothing where there was nothing to.
    """

    max_w: float | None = None
    typical_w: float | None = None
    words: str = ""


def draw_of(one: Powered) -> Draw:
    """Return what a device draws; what goes through a power strip is not its own and unknown."""
    ports = one.power_ports
    if one.power_outlets:
        passed = any(port.maximum_draw for port in ports)
        return Draw(words=OUTLETS if passed else "")
    max_w = _carried([(port, port.maximum_draw) for port in ports])
    typical_w = _carried([(port, port.allocated_draw) for port in ports])
    if max_w is not None and typical_w is not None and typical_w > max_w:
        return Draw(max_w, None, f"{typical_w:g} W allocated are over {max_w:g} W: left out")
    known = [port for port in ports if port.maximum_draw or port.allocated_draw]
    return Draw(max_w, typical_w, _words(known) if len(known) > 1 else "")


def _carried(ports: Sequence[tuple[PowerPort, float | None]]) -> float | None:
    """Return the draw of the largest way in: of each type half of the ports, the largest first."""
    ways: dict[str, list[float]] = {}
    for port, draw in ports:
        if draw:
            ways.setdefault(port.type, []).append(draw)
    sums = [sum(sorted(way, reverse=True)[: math.ceil(len(way) / 2)]) for way in ways.values()]
    return max(sums, default=None)


def _words(ports: Sequence[PowerPort]) -> str:
    ways: dict[str, int] = {}
    for port in ports:
        ways[port.type or "power port"] = ways.get(port.type or "power port", 0) + 1
    told = [
        f"{math.ceil(count / 2)} of {count} × {kind} carry it" if count > 1 else f"1 × {kind}"
        for kind, count in sorted(ways.items())
    ]
    return ", or ".join(told)
