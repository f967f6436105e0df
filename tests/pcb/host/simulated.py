"""A bus with expanders and sensors on it that can fail in every way that the driver has to tell.

It knows nothing of the driver: registers as in TI's data sheets of TCA9534 and TCA9535, levels as
the board wires them. What a node sees is worked out from the registers, and every change is kept.
"""

import errno
from collections.abc import Callable
from dataclasses import dataclass, field

from pcb.managed.pinmap import PinMap


@dataclass
class Chip:
    """One expander: registers by kind and port, as they are after power comes."""

    bits: int
    registers: dict[int, int] = field(default_factory=dict[int, int])
    shorted: dict[int, bool] = field(default_factory=dict[int, bool])  # bit: held at this level
    frozen: dict[int, int] = field(default_factory=dict[int, int])  # register: bits that stay

    def __post_init__(self) -> None:
        self.reset()

    @property
    def ports(self) -> int:
        """How many registers of a kind there are."""
        return self.bits // 8

    def reset(self) -> None:
        """Output and configuration are all ones, polarity all noughts: every pin is an input."""
        for port in range(self.ports):
            self.registers |= {self.ports + port: 0xFF, 2 * self.ports + port: 0}
            self.registers[3 * self.ports + port] = 0xFF

    def pin(self, bit: int) -> bool:
        """Return the level of a pin: what shorts it, drives it, or its pull-up."""
        port, mask = bit // 8, 1 << bit % 8
        if bit in self.shorted:
            return self.shorted[bit]
        if self.registers[3 * self.ports + port] & mask:
            return True
        return bool(self.registers[self.ports + port] & mask)

    def read(self, register: int) -> int:
        """Return a register; an input is what its pins measure, turned by polarity."""
        if register >= self.ports:
            return self.registers[register]
        levels = (self.pin(8 * register + bit) << bit for bit in range(8))
        return sum(levels) ^ self.registers[2 * self.ports + register]

    def write(self, register: int, value: int) -> None:
        """Set a register, but for bits that stay as they are."""
        stay = self.frozen.get(register, 0)
        if register >= self.ports:
            self.registers[register] = self.registers[register] & stay | value & ~stay & 0xFF


def swapped(word: int) -> int:
    """Return a word with its bytes the other way round."""
    return (word & 0xFF) << 8 | word >> 8


class Simulated:
    """The bus of a board. `now` is its clock, which `sleep` moves; `events` happen at a transfer.

    Every change of a node is in `changes`: when, output, on.
    """

    def __init__(self, pins: PinMap) -> None:
        self.pins = pins
        self.chips = {one.address: Chip(one.bits) for one in pins.expanders}
        self.words = {one.address: {0: 0x2771, 0xFE: 0x4954, 0xFF: 0x2032} for one in pins.sensors}
        self.reads = {
            (one.address, row.channel): row for one in pins.sensors for row in one.channels
        }
        self.amps: dict[int, float] = {}  # output: what it draws while it is on
        self.volts: dict[int, float] = {}  # output: what it has while it is on, else 12 V
        self.kept_on: set[int] = set()  # outputs that stay live whatever their pin says
        self.frozen_words = False
        self.stuck = self.taken = False
        self.int_shorted = False
        self.now, self.transfers = 0.0, 0
        self.events: dict[int, Callable[[], None]] = {}
        self.lost: dict[int, int] = {}  # transfer: errno
        self.flipped: dict[int, int] = {}  # transfer: bits of what is read that come out wrong
        self.changes: list[tuple[float, int, bool]] = []
        self.written: list[tuple[int, int]] = []  # address, register
        self._before = self.nodes()

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.now += seconds

    def registers(self) -> list[dict[int, int]]:
        """Return all registers of all expanders."""
        return [dict(chip.registers) for chip in self.chips.values()]

    def nodes(self) -> dict[int, bool]:
        """Return which outputs are on, from the pins as they are."""
        found: dict[int, bool] = {}
        for one in self.pins.outputs:
            chip = self._chip(one.expander)
            found[one.output] = chip.pin(one.bit) != (one.active == "high")
        return found

    def supply(self) -> bool:
        """Return whether the supply runs."""
        one = self.pins.ps_on
        assert one is not None
        return self._chip(one.expander).pin(one.bit) != (one.active == "high")

    def interrupt(self) -> bool:
        """Return whether INT is high."""
        return not self.int_shorted

    def _chip(self, place: int) -> Chip:
        """Return an expander by its place, though it may have moved to another address."""
        return self.kept[place] if hasattr(self, "kept") else list(self.chips.values())[place]

    def keep(self) -> None:
        """Remember the chips by their places before their addresses change."""
        self.kept = list(self.chips.values())

    def _transfer(self, address: int) -> None:
        self.transfers += 1
        self.events.get(self.transfers, lambda: None)()
        self._note()
        if self.stuck:
            raise OSError(errno.ETIMEDOUT, "Connection timed out")
        if self.transfers in self.lost:
            raise OSError(self.lost[self.transfers], "lost")
        if address not in self.chips and address not in self.words:
            raise OSError(121, "Remote I/O error")
        if self.taken and address in self.chips:
            raise OSError(errno.EBUSY, "Device or resource busy")

    def _note(self) -> None:
        after = self.nodes()
        for output, on in after.items():
            if on != self._before[output]:
                self.changes.append((self.now, output, on))
        self._before = after

    def read_byte_data(self, address: int, register: int) -> int:
        """Return a register, or what a hit makes of it."""
        self._transfer(address)
        if address in self.words:
            return 0
        return self.chips[address].read(register) ^ self.flipped.get(self.transfers, 0)

    def read_word_data(self, address: int, register: int) -> int:
        """Return two bytes of a sensor, the lower first, or what a hit makes of them."""
        self._transfer(address)
        word = self.words.get(address, {}).get(register, 0xFFFF)
        if 1 <= register <= 6 and address in self.words:
            word = swapped(self._converted(address, register))
        return word ^ self.flipped.get(self.transfers, 0)

    def _converted(self, address: int, register: int) -> int:
        """Return a result as SBOS576 has it: 13 bits, left-aligned; 40 uV or 8 mV a step."""
        channel, volts = (register + 1) // 2, register % 2 == 0
        read = self.reads.get((address, channel))
        on = {0x4000: 1, 0x2000: 2, 0x1000: 3}
        enabled = {n for bit, n in on.items() if swapped(self.words[address][0]) & bit}
        if read is None or channel not in enabled:
            return 0
        live = self.nodes()[read.output] or read.output in self.kept_on
        there = self.volts.get(read.output, 12.0) if live else 0.0
        drop = self.amps.get(read.output, 0.0) * read.shunt_uohm * 1e-6 if there else 0.0
        steps = round(there / 0.008) if volts else round(drop / 40e-6)
        return (max(-4096, min(4095, steps)) << 3) & 0xFFFF

    def write_word_data(self, address: int, register: int, value: int) -> None:
        """Set a register of a sensor."""
        self._transfer(address)
        self.written.append((address, register))
        if address in self.words and not self.frozen_words:
            self.words[address][register] = value

    def write_byte_data(self, address: int, register: int, value: int) -> None:
        """Set a register."""
        self._transfer(address)
        self.written.append((address, register))
        self.chips[address].write(register, value)
        self._note()
