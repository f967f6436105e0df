#!/usr/bin/env python3
"""Switches the nodes of a Rackpress power board over I2C.

Copy this file and NAME.pins.json to the host that the board's bus is plugged into, and install
smbus2 there (pip install smbus2, or apt install python3-smbus2). Then

    python3 rackpress_power.py selftest
    python3 rackpress_power.py status
    python3 rackpress_power.py reboot OUT3
    python3 rackpress_power.py measure

A node is on unless its pin drives its switch, so a board without a host, or with one that hangs,
feeds every node. To turn one off its output register is written first and its pin made an output
then; to turn it on again the other way round: no node flickers, and no other node is touched. Every
write is read back. Use this or the device-tree overlay, never both: one chip has one driver.

Exit codes: 0 fine, 1 a fault, which is told with what to check, 2 wrong input, 3 smbus2 is missing.
"""

from __future__ import annotations

import argparse
import errno
import importlib
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

FORMAT = 1
TRIES = 3  # of every transfer: a bus of wires takes a hit now and then
PAUSE_S = 0.01  # between tries
HOLD_S = 5.0  # how long a reboot leaves a node dark: its capacitors want a while
SETTLE_S = 1.0  # from PS_ON to good volts: ATX allows 0.5 s
INPUT, OUTPUT, POLARITY, CONFIG = range(4)  # registers of TCA9534 and TCA9535, in ports
OTHERS = range(0x70, 0x78)  # TCA9538 and TCA9539, which fit the same pads
EXPANDERS = (*range(0x20, 0x28), *range(0x38, 0x40), *OTHERS)  # 0x38: TCA9534A
SENSORS = range(0x40, 0x44)
INA3221 = {0xFE: 0x5449, 0xFF: 0x3220}  # maker and kind, as its data sheet has them
TIED = ("GND", "3.3 V", "SDA", "SCL")  # A0 of an INA3221, by its address
MEANS = 0x0527  # its register 0: means of 16, 1.1 ms each, volts and current, without rest
ENABLE = {1: 0x4000, 2: 0x2000, 3: 0x1000}  # and its channels
MEANS_S = 0.25  # twice as long as three channels take for that
SHUNT_V, BUS_V = 40e-6, 8e-3  # one step of what it reads, V
LIVE_V = 1.0  # less is nothing: a node that is off
NACK = {errno.ENXIO, errno.EIO, getattr(errno, "EREMOTEIO", 121)}
HELD = {errno.ETIMEDOUT, errno.EAGAIN}


class Fault(Exception):  # noqa: N818 - reads as what it says
    """Something is wrong: what, and what to check, in the order of how likely it helps."""

    def __init__(self, what: str, *check: str) -> None:
        self.what, self.check = what, check
        super().__init__("\n".join([what, *(f"  check: {one}" for one in check)]))


class Bus(Protocol):
    """What this needs of an SMBus; smbus2.SMBus has it."""

    def read_byte_data(self, address: int, register: int) -> int:
        """Return a register of a chip, or raise OSError."""
        ...

    def write_byte_data(self, address: int, register: int, value: int) -> None:
        """Set a register of a chip, or raise OSError."""
        ...

    def read_word_data(self, address: int, register: int) -> int:
        """Return a register of two bytes, the lower first, or raise OSError."""
        ...

    def write_word_data(self, address: int, register: int, value: int) -> None:
        """Set a register of two bytes, the lower first, or raise OSError."""
        ...


def nothing(_: str) -> None:
    """Tell nobody."""


class Board:
    """A power board behind a bus. Nodes go by name, such as OUT3, or by number."""

    def __init__(
        self,
        pins: dict[str, Any],
        bus: Bus,
        *,
        sleep: Callable[[float], None] = time.sleep,
        tell: Callable[[str], None] = nothing,
        interrupt: Callable[[], bool] | None = None,
    ) -> None:
        if pins.get("format") != FORMAT:
            raise ValueError(f"the pin map has format {pins.get('format')!r}, not {FORMAT}")  # noqa: EM102
        self.pins, self.bus, self.sleep, self.tell = pins, bus, sleep, tell
        self.interrupt = interrupt  # whether the line INT is high
        self.chips: list[dict[str, Any]] = pins["expanders"]
        self.nodes: list[dict[str, Any]] = pins["outputs"]
        self.ps_on: dict[str, Any] | None = pins.get("ps_on")
        self.sensors: list[dict[str, Any]] = list(pins.get("sensors", ()))

    # ---- nodes

    def find(self, wanted: str) -> list[dict[str, Any]]:
        """Return the nodes of a name, of a number, or all.

        Raises:
            KeyError: there is no such node.
        """
        if wanted == "all":
            return self.nodes
        found = [one for one in self.nodes if one["name"] == wanted]
        found = found or [one for one in self.nodes if str(one["output"]) == wanted]
        if not found:
            raise KeyError(wanted)
        return found

    def off(self, pin: dict[str, Any]) -> None:
        """Turn a node off: its level first, then its pin drives."""
        low = pin["active"] == "low"
        self._bit(OUTPUT, pin, not low)
        try:
            self._bit(CONFIG, pin, False)
        except Fault:
            with suppress(Fault):  # it is still on; leave no level behind that would cut it later
                if self._is(CONFIG, pin):
                    self._bit(OUTPUT, pin, low)
            raise
        self._level(pin, off=True)

    def on(self, pin: dict[str, Any]) -> None:
        """Turn a node on: its pin lets go first, then its level."""
        self._bit(CONFIG, pin, True)
        self._bit(OUTPUT, pin, pin["active"] == "low")
        self._level(pin, off=False)

    def is_off(self, pin: dict[str, Any]) -> bool:
        """Return whether a pin is told to keep its node off."""
        return not self._is(CONFIG, pin) and self._is(OUTPUT, pin) == (pin["active"] == "high")

    def reboot(self, pin: dict[str, Any], hold_s: float = HOLD_S) -> None:
        """Turn a node off for a while, and on again."""
        self.off(pin)
        self.sleep(hold_s)
        if not self.is_off(pin):
            self.on(pin)
            raise self._was_reset(pin)
        self.on(pin)

    def start(self, pins: list[dict[str, Any]], stagger_s: float) -> list[str]:
        """Turn nodes on one after the other, and before that the supply if it is held off.

        Nodes that are on already are left alone. Returns the names in the order of their start.
        """
        if self.ps_on is not None and self.is_off(self.ps_on):
            for pin in pins:
                self.off(pin)
            self.on(self.ps_on)
            self.sleep(SETTLE_S)
        dark = [pin for pin in pins if self.is_off(pin)]
        for place, pin in enumerate(dark):
            if place:
                self.sleep(stagger_s)
            self.on(pin)
            self.tell(f"{_name(pin)} is on")
        return [_name(pin) for pin in dark]

    def supply(self, *, on: bool) -> None:
        """Start the supply, or put it to standby: every node goes with it."""
        if self.ps_on is None:
            raise Fault(
                "this board has no pin for PS_ON: all pins of its expanders switch nodes",
                "the jumper of PS_ON on the board starts and stops the supply",
            )
        (self.on if on else self.off)(self.ps_on)

    def status(self) -> list[dict[str, Any]]:
        """Return each node with what its pin is told and what it measures."""
        return [
            {
                "output": pin["output"], "name": _name(pin), "fuse": pin["fuse"],
                "state": "off" if self._measured(pin) else "on",
                "driven": not self._is(CONFIG, pin), "told": "off" if self.is_off(pin) else "on",
            }
            for pin in self.nodes
        ]  # fmt: skip

    # ---- sensors

    def measure(self) -> list[dict[str, Any]]:
        """Return volts, ampere and watts of every node that a sensor reads, by output.

        Raises:
            Fault: a sensor does not answer, or is something else.
        """
        for one in self.sensors:
            self._sensor(one)
        fresh = [self._set_up(one) for one in self.sensors]
        if any(fresh):
            self.sleep(MEANS_S)
        rows = [self._reading(one, read) for one in self.sensors for read in one["channels"]]
        return sorted(rows, key=lambda row: row["output"])

    def _set_up(self, one: dict[str, Any]) -> bool:
        """Let a sensor take means of the channels that are used; return whether it was told to."""
        wanted = MEANS | sum(ENABLE[read["channel"]] for read in one["channels"])
        if self._word(one, 0) == wanted:
            return False
        for _ in range(TRIES):
            self._tried(one, lambda: self.bus.write_word_data(one["address"], 0, _turned(wanted)))
            if self._word(one, 0) == wanted:
                return True
        what = f"{one['ref']} does not keep how it shall measure"
        raise Fault(what, "nothing else drives this chip: another program, the kernel")

    def _reading(self, one: dict[str, Any], read: dict[str, Any]) -> dict[str, Any]:
        """Return what a channel reads: volts at the plug's side, current through the shunt."""
        first = 2 * read["channel"] - 1
        drop, volts = (
            sorted(_signed(self._word(one, first + place)) // 8 for _ in range(3))[1] * step
            for place, step in enumerate((SHUNT_V, BUS_V))
        )
        amps = drop / (read["shunt_uohm"] * 1e-6)
        pin = next(pin for pin in self.nodes if pin["output"] == read["output"])
        return {
            "output": read["output"], "name": _name(pin), "volts": round(volts, 3),
            "amps": round(amps, 3), "watts": round(volts * amps, 2),
        }  # fmt: skip

    def _word(self, one: dict[str, Any], register: int) -> int:
        """Return a register of a sensor, which sends its upper byte first."""
        word = self._tried(one, lambda: self.bus.read_word_data(one["address"], register))
        return _turned(word)

    def _live(self, read: dict[str, Any], running: bool) -> None:
        """Hold the volts of a node against what its pin says."""
        pin = next(pin for pin in self.nodes if pin["output"] == read["output"])
        off, volts = self._measured(pin), read["volts"]
        if off and volts > LIVE_V:
            what = f"{_name(pin)} is off and still has {volts:.2f} V"
            raise Fault(
                what, "it was turned off a moment ago: look again",
                f"{pin['ref']} is not shorted, and its node has no other supply",
            )  # fmt: skip
        if not off and running and volts <= LIVE_V:
            what = f"{_name(pin)} is on and has {volts:.2f} V"
            raise Fault(
                what, f"{pin['fuse']} is whole: its lamp is lit",
                f"solder of {pin['ref']} and of the shunt behind it",
            )  # fmt: skip

    # ---- self-test: switches nothing

    def selftest(self) -> Iterator[tuple[str, Fault | None]]:
        """Yield what is looked at and what is wrong with it, from the bus to each pin."""
        silent: list[int] = []
        for place, chip in enumerate(self.chips):
            fault = _caught(lambda chip=chip: self._read(chip, self._register(chip, CONFIG, 0)))
            silent += [place] if fault else []
            yield f"{chip['ref']}, {chip['chip']}, answers at 0x{chip['address']:02x}", fault
        for place, chip in enumerate(self.chips):
            if place not in silent:
                told = f"every bit of {chip['ref']}'s registers follows"
                yield told, _caught(lambda chip=chip: self._follows(chip))
        for pin in [*self.nodes, *([self.ps_on] if self.ps_on else [])]:
            if pin["expander"] not in silent:
                yield f"{_name(pin)} is as it is told", _caught(lambda pin=pin: self._agrees(pin))
        faulty = False
        for one in self.sensors:
            fault = _caught(lambda one=one: self._sensor(one))
            faulty = faulty or fault is not None
            yield f"{one['ref']}, INA3221, answers at 0x{one['address']:02x}", fault
        if self.sensors and not faulty and not silent:
            yield from self._volts()
        if self.interrupt is not None and not silent:
            yield "INT rests high", _caught(self._int_rests)

    def _volts(self) -> Iterator[tuple[str, Fault | None]]:
        """Yield whether each node that is read has the volts that its pin says."""
        rows: list[dict[str, Any]] = []
        fault = _caught(lambda: rows.extend(self.measure()))
        if fault is not None:
            yield "the sensors measure", fault
            return
        running = any(row["volts"] > LIVE_V for row in rows)
        for row in rows:
            told = f"{row['name']} has {row['volts']:.2f} V, {row['amps']:.2f} A"
            yield told, _caught(lambda row=row: self._live(row, running))

    def _follows(self, chip: dict[str, Any]) -> None:
        """Write patterns where they switch nothing: the registers that only turn what is read."""
        for port in range(chip["bits"] // 8):
            register = self._register(chip, POLARITY, port)
            before = self._read(chip, register)
            try:
                for pattern in (0x55, 0xAA):
                    self._write(chip, register, pattern)
            finally:
                self._write(chip, register, before)

    def _agrees(self, pin: dict[str, Any]) -> None:
        self._level(pin, off=self.is_off(pin))

    def _sensor(self, one: dict[str, Any]) -> None:
        for register, wanted in INA3221.items():
            found = next(
                (w for w in (self._word(one, register) for _ in range(2)) if w == wanted), None
            )
            found = self._word(one, register) if found is None else found
            if found != wanted:
                what = f"0x{one['address']:02x} answers, but is no INA3221: it says 0x{found:04x}"
                raise Fault(what, "another device has this address: its strap, or unplug it")

    def _int_rests(self) -> None:
        """Reading the ports clears INT: it must be high then."""
        for chip in self.chips:
            for port in range(chip["bits"] // 8):
                self._read(chip, self._register(chip, INPUT, port))
        if self.interrupt is not None and not self.interrupt():
            raise Fault(
                "INT stays low though every port was read",
                f"INT at {self._plug('INT')} is not shorted to GND",
                "the pull-up of INT is there, and the host's pin is an input",
                "no pin of an expander hangs between high and low",
            )

    # ---- pins and registers

    def _register(self, chip: dict[str, Any], kind: int, port: int) -> int:
        return int(kind * (chip["bits"] // 8) + port)

    def _place(self, kind: int, pin: dict[str, Any]) -> tuple[dict[str, Any], int, int]:
        chip = self.chips[pin["expander"]]
        return chip, self._register(chip, kind, pin["bit"] // 8), 1 << pin["bit"] % 8

    def _is(self, kind: int, pin: dict[str, Any]) -> bool:
        chip, register, mask = self._place(kind, pin)
        return bool(self._read(chip, register) & mask)

    def _bit(self, kind: int, pin: dict[str, Any], high: bool) -> None:
        chip, register, mask = self._place(kind, pin)
        before = self._read(chip, register)
        after = before | mask if high else before & ~mask
        if after != before:
            self._write(chip, register, after)

    def _measured(self, pin: dict[str, Any]) -> bool:
        """Return whether a pin has the level that keeps its node off."""
        high = self._is(INPUT, pin) != self._is(POLARITY, pin)
        return high == (pin["active"] == "high")

    def _level(self, pin: dict[str, Any], *, off: bool) -> None:
        if self._measured(pin) == off:
            return
        chip, name, bit = self.chips[pin["expander"]], _name(pin), pin["bit"]
        where = f"{chip['ref']} pin P{bit // 8}{bit % 8}" if chip["bits"] > 8 else f"P{bit}"
        if off and not self.is_off(pin):
            raise self._was_reset(pin)
        if off:
            what = f"{name} does not turn off: its pin is driven and does not follow"
            raise Fault(
                what,
                f"no short from {where} to the supply, and solder at {pin.get('ref', 'PS_ON')}",
            )
        what = f"{name} is off though its pin lets go"
        raise Fault(
            what,
            f"no short from {where} to GND, and the pull-up beside {pin.get('ref', 'PS_ON')}",
            "nothing else drives that pin",
        )

    def _read(self, chip: dict[str, Any], register: int) -> int:
        """Return a register as soon as two reads in a row agree: what is written rests on it."""
        last = -1
        for _ in range(2 * TRIES):
            value = self._tried(chip, lambda: self.bus.read_byte_data(chip["address"], register))
            if value == last:
                return value
            last = value
        what = f"register {register} of {chip['ref']} reads differently each time"
        raise Fault(
            what,
            "the bus: a shorter cable, SDA and SCL away from the supply's leads, 100 kHz",
            "the pull-ups of SDA and SCL: 2.2 to 10 kOhm in all",
        )

    def _write(self, chip: dict[str, Any], register: int, value: int) -> None:
        """Write a register and read it back, with a few tries."""
        found = value
        for _ in range(TRIES):
            self._tried(chip, lambda: self.bus.write_byte_data(chip["address"], register, value))
            found = self._read(chip, register)
            if found == value:
                return
            self.tell(f"{chip['ref']}: a write was not kept, once more")
        wrong = [str(bit) for bit in range(8) if (found ^ value) >> bit & 1]
        what = f"bits {', '.join(wrong)} of register {register} of {chip['ref']} do not follow"
        raise Fault(
            what,
            "the chip is a TCA9534 or TCA9535 as the pin map says, and not damaged",
            "RESET is high, and nothing else drives this chip: another program, the kernel",
        )

    def _tried(self, chip: dict[str, Any], does: Callable[[], Any]) -> Any:
        failed: OSError | None = None
        for attempt in range(TRIES):
            try:
                return does()
            except OSError as error:
                failed = error
                if attempt + 1 < TRIES:
                    self.tell(f"{chip['ref']}: {error.strerror or error}, once more")
                    self.sleep(PAUSE_S)
        assert failed is not None
        raise self._silent(chip, failed) from failed

    # ---- why a chip does not answer

    def _silent(self, chip: dict[str, Any], error: OSError) -> Fault:
        """Return what it means that a chip did not answer, from who else does."""
        address, ref = chip["address"], chip["ref"]
        heard = {one: self._heard(one) for one in (*EXPANDERS, *SENSORS)}
        alive = [one for one, code in heard.items() if code == 0]
        named = {one["address"] for one in (*self.chips, *self.sensors)}
        senses = address in SENSORS
        if not alive and all(code in HELD for code in heard.values()):
            return self._stuck()
        if heard.get(address, error.errno) == errno.EBUSY:
            return Fault(
                f"0x{address:02x} is taken by a driver of the kernel",
                f"the overlay is not loaded: use {'hwmon' if senses else 'gpioset'} with its "
                "names, or this, not both",
            )
        others = [one for one in alive if one not in named and (one in SENSORS) == senses]
        if others:
            return self._elsewhere(ref, address, others[0])
        if alive:
            return Fault(
                f"no answer at 0x{address:02x} ({ref}), though the bus works: "
                f"{', '.join(f'0x{one:02x}' for one in alive)} answers",
                f"solder and straps of {ref}: its "
                f"{'address pin is' if senses else 'three address pins are'} where the board says",
                f"{ref} has its supply" + ("" if senses else ", and RESET is high"),
            )
        return Fault(
            f"no answer at 0x{address:02x} ({ref}), nor from any other address",
            *self._power(),
            f"the plug is the right way round: {self._plug('GND')} is GND at the host too",
            f"SDA goes to SDA ({self._plug('SDA')}) and SCL to SCL ({self._plug('SCL')})",
            "the pull-ups: SDA and SCL measure about 3.3 V at rest",
            "the bus has the right number (--bus), and i2cdetect shows the host's other devices",
        )

    def _heard(self, address: int) -> int:
        """Return 0 if something answers at an address, else the error's number."""
        try:
            self.bus.read_byte_data(address, 0)
        except OSError as error:
            return error.errno or errno.EIO
        return 0

    def _stuck(self) -> Fault:
        return Fault(
            "the bus is stuck: SDA or SCL is held low, and no address can be tried",
            f"at rest SDA ({self._plug('SDA')}) and SCL ({self._plug('SCL')}) measure 3.3 V; with "
            "the board unplugged too? then it is the host or another device",
            "a chip without its supply holds the lines low through its pins",
            *self._power(),
            "a transfer that broke off: turn the supply's standby off and on once",
        )

    def _elsewhere(self, ref: str, address: int, other: int) -> Fault:
        if other in SENSORS and address in SENSORS:
            tied, wanted = (TIED[one - SENSORS[0]] for one in (other, address))
            checks = [f"strap A0 of {ref} is tied to {tied}, and the pin map wants {wanted}"]
        elif other in OTHERS:
            checks = [f"{ref} is a TCA9538 or TCA9539? Both fit: put its address into the pin map"]
        elif (other ^ address) & ~7:
            checks = [f"{ref} is the chip that the pin map names: others have other addresses"]
        else:
            bits = [bit for bit in range(3) if (other ^ address) >> bit & 1]
            checks = [
                f"strap A{bit} is set differently: to {'high' if other >> bit & 1 else 'low'}, and "
                f"the pin map wants {'high' if address >> bit & 1 else 'low'}"
                for bit in bits
            ]
            if bits == [2]:
                checks.append(f"RESET at {self._plug('RESET')} is high: A2 hangs on it")
        what = f"no answer at 0x{address:02x} ({ref}); 0x{other:02x} answers"
        return Fault(what, *checks, "or unplug the device that has that address")

    def _was_reset(self, pin: dict[str, Any]) -> Fault:
        what = f"{_name(pin)} did not stay off: the expander lost its power or was reset meanwhile"
        return Fault(what, *self._power(), f"the line RESET at {self._plug('RESET')} is high")

    def _power(self) -> tuple[str, str]:
        volts = f"{self.pins.get('bus_v', 3.3):g} V"
        return (
            "5VSB: the supply is plugged in and its own switch is on, so standby is there",
            f"the board makes {volts} of it: its lamp is lit, and {self._plug('3V3')} against "
            f"{self._plug('GND')} measures {volts} where the bus jumper is fitted",
        )

    def _plug(self, line: str) -> str:
        """Return where a line of the bus is on the first plug that has it."""
        for plug, pins in self.pins.get("plugs", {}).items():
            for pin, name in pins.items():
                if name == line:
                    return f"{plug} pin {pin}"
        return line


def _name(pin: dict[str, Any]) -> str:
    return str(pin.get("name", "PS_ON"))


def _turned(word: int) -> int:
    """Return a word with its bytes the other way round: SMBus has the lower one first."""
    return (word & 0xFF) << 8 | word >> 8


def _signed(word: int) -> int:
    return word - 0x10000 if word & 0x8000 else word


def _caught(does: Callable[[], Any]) -> Fault | None:
    try:
        does()
    except Fault as fault:
        return fault
    return None


# ---- the command line


def open_bus(number: int) -> Bus:
    """Return the bus, for this process alone: a second one waits."""
    device = Path(f"/dev/i2c-{number}")
    try:
        smbus2 = importlib.import_module("smbus2")
        lock = os.open(device, os.O_RDWR)
        importlib.import_module("fcntl").flock(lock, 2)  # LOCK_EX, until the process ends
        return smbus2.SMBus(number)  # type: ignore[no-any-return]
    except FileNotFoundError as error:
        there = ", ".join(sorted(map(str, Path("/dev").glob("i2c-*")))) or "no bus at all"
        what = f"there is no {device}; this host has {there}"
        raise Fault(
            what,
            "I2C is switched on: raspi-config, or dtparam=i2c_arm=on in config.txt",
            "the module i2c-dev is loaded: modprobe i2c-dev",
        ) from error
    except PermissionError as error:
        what = f"{device} may not be opened"
        raise Fault(what, "your user is in the group i2c") from error


def read_pins(path: Path | None) -> dict[str, Any]:
    """Return a pin map: the file, or the only one beside this program."""
    if path is None:
        found = sorted(Path(__file__).resolve().parent.glob("*.pins.json"))
        if len(found) != 1:
            names = ", ".join(one.name for one in found) or "none"
            raise ValueError(f"name the pin map with --pins; beside this program: {names}")  # noqa: EM102
        path = found[0]
    return dict(json.loads(path.read_text(encoding="utf-8")))


def parser() -> argparse.ArgumentParser:
    """Return the command line."""
    made = argparse.ArgumentParser(description="Switch the nodes of a Rackpress power board.")
    made.add_argument("--pins", type=Path, help="NAME.pins.json; default: the one beside this file")
    made.add_argument("--bus", type=int, default=1, help="number of the I2C bus; default: 1")
    made.add_argument("--int", type=Path, help="file that reads 1 while INT is high")
    made.add_argument("--json", action="store_true", help="results as JSON")
    does = made.add_subparsers(dest="command", required=True)
    does.add_parser("status", help="what each node is told and measures")
    does.add_parser("selftest", help="from the bus to each pin; switches nothing")
    does.add_parser("measure", help="volts, ampere and watts of each node, where a board measures")
    for name, what in (("on", "turn on"), ("off", "turn off"), ("reboot", "off, a while, on")):
        one = does.add_parser(name, help=f"{what} a node")
        one.add_argument("node", nargs="+", help="name or number, or all")
        if name == "reboot":
            one.add_argument("--hold", type=float, default=HOLD_S, metavar="S", help="default: 5")
    start = does.add_parser("start", help="turn nodes on one after the other")
    start.add_argument("node", nargs="*", default=["all"], help="name or number; default: all")
    start.add_argument("--stagger", type=float, default=2.0, metavar="S", help="default: 2")
    does.add_parser("ps-on", help="start the supply")
    does.add_parser("ps-off", help="put the supply to standby: all nodes go dark")
    return made


def run(board: Board, given: argparse.Namespace) -> tuple[Any, list[Fault]]:
    """Do what is asked; return what to print, and what is wrong."""
    if given.command == "status":
        return board.status(), []
    if given.command == "measure":
        if not board.sensors:
            raise Fault("this board measures nothing", "it was made without sensing")
        return board.measure(), []
    if given.command == "selftest":
        found = list(board.selftest())
        rows = [{"looked_at": what, "fault": fault and str(fault)} for what, fault in found]
        return rows, [fault for _, fault in found if fault]
    if given.command in ("ps-on", "ps-off"):
        board.supply(on=given.command == "ps-on")
        return {"supply": given.command[3:]}, []
    pins = [pin for wanted in given.node for pin in board.find(wanted)]
    if given.command == "start":
        return {"started": board.start(pins, given.stagger)}, []
    for pin in pins:
        if given.command == "reboot":
            board.reboot(pin, given.hold)
        else:
            (board.on if given.command == "on" else board.off)(pin)
    return {given.command: [_name(pin) for pin in pins]}, []


def shown(result: Any) -> str:
    """Return a result as text."""
    if not isinstance(result, list):
        return "; ".join(f"{key}: {' '.join(value) if isinstance(value, list) else value}"
                         for key, value in result.items())  # fmt: skip
    lines: list[str] = []
    for row in result:
        if "fault" in row:
            lines.append(f"{'FAULT' if row['fault'] else 'ok   '}  {row['looked_at']}")
        elif "watts" in row:
            read = f"{row['volts']:6.2f} V  {row['amps']:6.3f} A  {row['watts']:6.2f} W"
            lines.append(f"{row['output']:>3}  {row['name']}  {read}")
        else:
            told = "" if row["state"] == row["told"] else f", told to be {row['told']}"
            lines.append(f"{row['output']:>3}  {row['name']}  {row['state']}{told}")
    return "\n".join(lines)


def main(words: list[str] | None = None, opened: Callable[[int], Bus] = open_bus) -> int:
    """Run the command line and return its exit code."""
    given = parser().parse_args(words)

    def tell(text: str) -> None:
        print(text, file=sys.stderr)

    def high() -> bool:
        return given.int.read_text().strip() == "1"

    try:
        board = Board(
            read_pins(given.pins), opened(given.bus), tell=tell,
            interrupt=high if given.int else None,
        )  # fmt: skip
        result, faults = run(board, given)
    except ModuleNotFoundError:
        tell("smbus2 is not installed: pip install smbus2, or apt install python3-smbus2")
        return 3
    except KeyError as error:
        tell(f"there is no node {error}; status lists them")
        return 2
    except (ValueError, OSError) as error:
        tell(f"{error}")
        return 2
    except Fault as fault:
        tell(f"{fault}")
        return 1
    print(json.dumps(result, indent=2) if given.json else shown(result))
    for fault in faults:
        tell(f"{fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
