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
        return self._across(net, other, "R")

    def capacity(self, net: str, other: str) -> list[float]:
        """Return the capacitors between two nets, F."""
        return self._across(net, other, "C")

    def _across(self, net: str, other: str, letter: str) -> list[float]:
        first, second = ({r for r, _ in self.found.nets.get(n, ())} for n in (net, other))
        return [
            _figure(self.found.components[ref].value)
            for ref in sorted(first & second)
            if ref[0] == letter and {self.net(ref, "1"), self.net(ref, "2")} == {net, other}
        ]


def _figure(value: str) -> float:
    """Return what is printed on a resistor or a capacitor, Ohm or F: 4.7k, 470, 5m, 100n."""
    scale = {"k": 1000.0, "m": 0.001, "u": 1e-6, "n": 1e-9}.get(value[-1:], 1.0)
    return float(value.rstrip("kmun")) * scale
