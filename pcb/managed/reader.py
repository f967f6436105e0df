"""A netlist as its laws read it: from pin to pin, by parts' values."""

from dataclasses import dataclass

from pcb.sheet.netlist import Netlist

LOGIC, GROUND = "3V3", "GND"


@dataclass(frozen=True)
class Reader:
    """A netlist, with the net of each pin."""

    found: Netlist
    net_of: dict[tuple[str, str], str]

    def net(self, ref: str, pad: str) -> str:
        """Return the net of a pin; no name if it has none."""
        return self.net_of.get((ref, pad), "")

    def on(self, net: str, value: str, pad: str) -> list[str]:
        """Return the parts of a value whose pad is on a net."""
        pins = self.found.nets.get(net, frozenset())
        parts = self.found.components
        return sorted(r for r, p in pins if p == pad and r in parts and parts[r].value == value)

    def between(self, net: str, other: str) -> list[float]:
        """Return the resistors between two nets, ohm."""
        first, second = ({r for r, _ in self.found.nets.get(n, ())} for n in (net, other))
        return [
            _ohms(self.found.components[ref].value)
            for ref in sorted(first & second)
            if ref[0] == "R" and {self.net(ref, "1"), self.net(ref, "2")} == {net, other}
        ]


def _ohms(value: str) -> float:
    """Return what is printed on a resistor, Ohm: 4.7k, 470, 5m."""
    scale = {"k": 1000.0, "m": 0.001}.get(value[-1:], 1.0)
    return float(value.rstrip("km")) * scale
