"""Addresses on the I2C buses of a rack: two managed boards of one bus share none."""

from collections.abc import Iterator

from catalog.problems import Problem
from pcb.managed.pinmap import pin_map
from pcb.spec import BoardSpec
from pcb.spec_bus import EXPANDERS, SENSORS, shown


class Addresses:
    """Who has which address of which bus."""

    def __init__(self) -> None:
        """Begin with no board."""
        self.taken: dict[tuple[str, int], str] = {}

    def problems(self, bus: str, spec: BoardSpec, where: str, key: str) -> list[Problem]:
        """Add a board, and return what of it clashes with those before it.

        Args:
            bus: name of its bus.
            spec: the board; a simple one has no chips.
            where: file named in errors.
            key: of the board in that file.
        """
        return list(self._clashes(bus, spec, where, key)) if spec.level == "managed" else []

    def _clashes(self, bus: str, spec: BoardSpec, where: str, key: str) -> Iterator[Problem]:
        told = pin_map(spec)
        kinds = (("address", EXPANDERS, told.expanders), ("sensor_address", SENSORS, told.sensors))
        for name, able, chips in kinds:
            mine = [one.address for one in chips]
            other = next((self.taken[bus, one] for one in mine if (bus, one) in self.taken), None)
            if other is None:
                self.taken |= {(bus, one): spec.title for one in mine}
                continue
            free = self._free(bus, able, len(mine))
            near = f"{name} = 0x{free[0]:02x}, or " if free else ""
            yield Problem(
                where,
                f"{shown(tuple(mine))} on bus {bus!r} clashes with {other!r}",
                f"{key}.{name}",
                allowed=shown(free) or "none is left on this bus",
                nearest=f'{near}bus = "{bus}-2" if another host has it',
            )  # fmt: skip

    def _free(self, bus: str, able: tuple[int, ...], count: int) -> tuple[int, ...]:
        """Return where chips may begin."""
        return tuple(
            first
            for first in able[: len(able) - count + 1]
            if all((bus, first + step) not in self.taken for step in range(count))
        )
