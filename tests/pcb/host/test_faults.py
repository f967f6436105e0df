"""Every seeded fault is told by its name, with what to check; and the command line."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from pcb.host.rackpress_power import HOLD_S, Fault, main, open_bus
from tests.pcb.host.rig import board, pins_of, start
from tests.pcb.host.simulated import Simulated


def absent(bus: Simulated) -> None:
    bus.keep()
    bus.chips.clear()


def strap(bus: Simulated) -> None:
    bus.keep()
    bus.chips[0x25] = bus.chips.pop(0x24)


def two_straps(bus: Simulated) -> None:
    bus.keep()
    bus.chips[0x22] = bus.chips.pop(0x24)


def reset_low(bus: Simulated) -> None:
    bus.keep()
    bus.chips[0x20] = bus.chips.pop(0x24)


def with_reset(bus: Simulated) -> None:
    bus.keep()
    bus.chips[0x70] = bus.chips.pop(0x24)


def other_chip(bus: Simulated) -> None:
    bus.keep()
    bus.chips[0x3C] = bus.chips.pop(0x24)


def stuck(bus: Simulated) -> None:
    bus.stuck = True


def taken(bus: Simulated) -> None:
    bus.taken = True


def frozen(bus: Simulated) -> None:
    bus.chips[0x24].frozen = dict.fromkeys(range(8), 16)


def short_to_ground(bus: Simulated) -> None:
    bus.chips[0x24].shorted[bus.pins.outputs[2].bit] = False


def int_low(bus: Simulated) -> None:
    bus.int_shorted = True


FAULTS: list[tuple[Callable[[Simulated], None], str, tuple[str, ...]]] = [
    (absent, "no answer at 0x24 (U1), nor from any other address",
     ("5VSB", "J201 pin 2 against J201 pin 1", "right way round", "pull-ups", "--bus")),
    (strap, "no answer at 0x24 (U1); 0x25 answers", ("strap A0 is set differently: to high",)),
    (two_straps, "no answer at 0x24 (U1); 0x22 answers",
     ("strap A1 is set differently: to high", "strap A2 is set differently: to low")),
    (reset_low, "no answer at 0x24 (U1); 0x20 answers",
     ("strap A2 is set differently: to low", "RESET at J201 pin 6 is high")),
    (with_reset, "no answer at 0x24 (U1); 0x70 answers", ("TCA9538", "into the pin map")),
    (other_chip, "no answer at 0x24 (U1); 0x3c answers", ("is the chip that the pin map names",)),
    (stuck, "SDA or SCL is held low", ("J201 pin 3", "J201 pin 4", "without its supply")),
    (taken, "0x24 is taken by a driver of the kernel", ("overlay", "gpioset")),
    (frozen, "bits 4 of register", ("not damaged", "RESET is high")),
    (short_to_ground, "OUT3 is off though its pin lets go", ("no short from P4 to GND", "Q3")),
    (int_low, "INT stays low", ("J201 pin 5", "shorted to GND")),
]  # fmt: skip


@pytest.mark.parametrize(("spoil", "what", "checks"), FAULTS, ids=[f[0].__name__ for f in FAULTS])
def test_the_self_test_tells_what_to_check(
    spoil: Callable[[Simulated], None], what: str, checks: tuple[str, ...]
) -> None:
    bus, made = start(4)
    spoil(bus)
    before = bus.nodes()
    faults = [str(fault) for _, fault in made.selftest() if fault]
    assert faults, "the fault is found"
    assert what in faults[0]
    for check in checks:
        assert check in "\n".join(faults)
    assert bus.nodes() == before, "the self-test switches nothing"


@pytest.mark.parametrize(("spoil", "what"), [one[:2] for one in FAULTS[:8]])
def test_a_command_tells_the_same(spoil: Callable[[Simulated], None], what: str) -> None:
    bus, made = start(4)
    spoil(bus)
    with pytest.raises(Fault) as told:
        made.off(made.nodes[0])
    assert what in str(told.value)
    assert bus.changes == []


def test_one_expander_of_two_that_is_silent_is_named() -> None:
    bus, made = start(24)
    bus.keep()
    del bus.chips[0x25]
    (fault,) = [fault for _, fault in made.selftest() if fault]
    assert "no answer at 0x25 (U2), though the bus works: 0x24 answers" in str(fault)
    made.off(made.nodes[0])
    assert bus.nodes()[1] is False


def test_a_pin_that_does_not_follow_is_told_when_its_node_is_turned_off() -> None:
    bus, made = start(4)
    bus.chips[0x24].shorted[1] = True
    with pytest.raises(Fault, match="OUT2 does not turn off: its pin is driven"):
        made.off(made.nodes[1])


def test_a_node_that_stays_dark_is_told_when_it_is_turned_on() -> None:
    bus, made = start(4)
    made.off(made.nodes[1])
    bus.chips[0x24].shorted[made.nodes[1]["bit"]] = False
    with pytest.raises(Fault, match="OUT2 is off though its pin lets go"):
        made.on(made.nodes[1])


def test_a_reset_while_a_node_is_dark_is_told() -> None:
    bus, made = start(4)
    slept = made.sleep

    def sleep(seconds: float) -> None:
        slept(seconds)
        if seconds == HOLD_S:
            bus.chips[0x24].reset()

    made.sleep = sleep
    with pytest.raises(Fault, match="did not stay off") as told:
        made.reboot(made.nodes[0])
    assert "RESET at J201 pin 6" in str(told.value)
    assert bus.nodes()[1] is True


def test_sensors_are_looked_for() -> None:
    bus = Simulated(pins_of(4, sensors=2))
    made = board(bus)
    assert [fault for _, fault in made.selftest() if fault] == []
    bus.words[0x41][0xFE] = 0
    del bus.words[0x40]
    faults = [str(fault) for _, fault in made.selftest() if fault]
    assert "no answer at 0x40 (U21)" in faults[0]
    assert "0x41 answers, but is no INA3221" in faults[1]


# ---- the command line


@pytest.fixture
def files(tmp_path: Path) -> tuple[list[str], Simulated]:
    bus = Simulated(pins_of(4))
    path = tmp_path / "b.pins.json"
    path.write_bytes(bus.pins.as_json())
    return ["--pins", str(path)], bus


def test_the_command_line(
    files: tuple[list[str], Simulated], capsys: pytest.CaptureFixture[str]
) -> None:
    words, bus = files
    assert main([*words, "off", "OUT2", "3"], lambda _: bus) == 0
    assert "off: OUT2 OUT3" in capsys.readouterr().out
    assert main([*words, "--json", "status"], lambda _: bus) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["state"] for row in rows] == ["on", "off", "off", "on"]
    assert main([*words, "on", "all"], lambda _: bus) == 0
    assert all(bus.nodes().values())
    assert main([*words, "start", "--stagger", "0"], lambda _: bus) == 0
    assert main([*words, "ps-off"], lambda _: bus) == 0
    assert bus.supply() is False
    assert main([*words, "ps-on"], lambda _: bus) == 0
    assert main([*words, "reboot", "1", "--hold", "0"], lambda _: bus) == 0
    assert main([*words, "selftest"], lambda _: bus) == 0
    told = capsys.readouterr()
    assert told.out.count("ok ") >= 6
    assert "FAULT" not in told.out
    assert main([*words, "off", "OUT9"], lambda _: bus) == 2
    assert "there is no node 'OUT9'" in capsys.readouterr().err
    absent(bus)
    assert main([*words, "selftest"], lambda _: bus) == 1
    told = capsys.readouterr()
    assert "FAULT  U1, TCA9534, answers at 0x24" in told.out
    assert "check: 5VSB" in told.err


def test_without_smbus2_or_a_bus_it_says_what_to_do(
    files: tuple[list[str], Simulated], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    words, bus = files

    def none(_: int) -> Simulated:
        raise ModuleNotFoundError("smbus2")

    assert main([*words, "status"], none) == 3
    assert "pip install smbus2" in capsys.readouterr().err
    assert main(["--pins", str(tmp_path / "no.json"), "status"], lambda _: bus) == 2
    (tmp_path / "old.json").write_text('{"format": 0}')
    assert main(["--pins", str(tmp_path / "old.json"), "status"], lambda _: bus) == 2
    assert "format 0, not 1" in capsys.readouterr().err


def test_a_bus_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def installed(_: str) -> None:
        return None

    monkeypatch.setattr("importlib.import_module", installed)
    with pytest.raises(Fault, match="there is no /dev/i2c-99") as told:
        open_bus(99)
    assert "dtparam=i2c_arm=on" in str(told.value)
