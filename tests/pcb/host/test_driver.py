"""The driver on a simulated bus: laws under random faults, and every fault told by its name."""

import errno
import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pcb.host.rackpress_power import HOLD_S, Board, Fault, main, open_bus
from pcb.managed.pinmap import PinMap, Sensor, pin_map
from pcb.spec import BoardSpec
from tests.pcb.host.simulated import Simulated

COUNTS = (4, 7, 8, 12, 16, 24)
LOST = (errno.EIO, 121, errno.ETIMEDOUT, errno.EAGAIN)


def pins_of(outputs: int, sensors: int = 0) -> PinMap:
    made = pin_map(BoardSpec(outputs=outputs, amps=0.5, level="managed", name="b"))
    read = tuple(Sensor(f"U{10 + n}", 0x40 + n, (3 * n + 1,)) for n in range(sensors))
    return PinMap(made.board, made.expanders, made.outputs, read, made.ps_on)


def board(bus: Simulated) -> Board:
    record = json.loads(bus.pins.as_json())
    return Board(record, bus, sleep=bus.sleep, interrupt=bus.interrupt)


def start(outputs: int = 7) -> tuple[Simulated, Board]:
    bus = Simulated(pins_of(outputs))
    return bus, board(bus)


# ---- laws

COMMANDS = st.lists(
    st.tuples(st.sampled_from(["on", "off", "reboot", "start", "status", "selftest"]),
              st.integers(1, 24)),
    min_size=1, max_size=6,
)  # fmt: skip
HITS = st.dictionaries(st.integers(1, 150), st.sampled_from(LOST), max_size=8)
FLIPS = st.dictionaries(st.integers(1, 150), st.integers(1, 255), max_size=5)


def apart(flips: dict[int, int]) -> dict[int, int]:
    """Keep flips that are not beside each other: two reads in a row are not hit alike."""
    return {at: bits for at, bits in flips.items() if not {at - 1, at - 2} & set(flips)}


def done(made: Board, word: str, pin: dict[str, object]) -> bool:
    """Do a command; return whether it says that it worked."""
    does: dict[str, Callable[[], object]] = {
        "on": lambda: made.on(pin),
        "off": lambda: made.off(pin),
        "reboot": lambda: made.reboot(pin),
        "start": lambda: made.start([pin], 1.0),
        "status": made.status,
        "selftest": lambda: list(made.selftest()),
    }
    try:
        does[word]()
    except Fault:
        return False
    return True


@given(st.sampled_from(COUNTS), COMMANDS, HITS, FLIPS)
def test_only_the_node_that_is_named_ever_changes(
    outputs: int, commands: list[tuple[str, int]], hits: dict[int, int], flips: dict[int, int]
) -> None:
    """Whatever is lost or read wrong on the bus, within a command too; and a success is one."""
    bus, made = start(outputs)
    bus.lost, bus.flipped = hits, apart(flips)
    for word, number in commands:
        pin = made.nodes[(number - 1) % outputs]
        before, bus.changes = bus.nodes(), []
        worked = done(made, word, pin)
        named = {pin["output"]} if word in ("on", "off", "reboot", "start") else set[int]()
        assert {output for _, output, _ in bus.changes} <= named
        if worked and named:
            assert bus.nodes()[pin["output"]] == (word != "off")
        assert bus.nodes() == before | {pin["output"]: bus.nodes()[pin["output"]]}
        if word in ("on", "start"):
            assert all(on for *_, on in bus.changes), "a node that goes on does not flicker"
        if word == "off":
            assert len(bus.changes) <= 1


@given(st.sampled_from(COUNTS), st.integers(1, 24), st.floats(0.5, 60), HITS)
def test_a_reboot_is_dark_for_its_hold_and_then_on(
    outputs: int, number: int, hold_s: float, hits: dict[int, int]
) -> None:
    bus, made = start(outputs)
    bus.lost = hits
    pin = made.nodes[(number - 1) % outputs]
    try:
        made.reboot(pin, hold_s)
    except Fault:
        return  # told; what it may do then is the first law's
    (dark, first, off), (light, second, on) = bus.changes
    assert (first, off, second, on) == (pin["output"], False, pin["output"], True)
    assert light - dark >= hold_s


@given(st.sampled_from(COUNTS), st.integers(1, 120))
def test_an_expander_that_loses_its_power_is_told_of(outputs: int, at: int) -> None:
    """Every node comes on then, and no command says that it kept one off."""
    bus, made = start(outputs)
    bus.events[at] = bus.chips[0x24].reset
    pin = next(one for one in made.nodes if one["expander"] == 0)
    for word in ("off", "reboot", "off"):
        worked = done(made, word, pin)
        if worked and bus.transfers < at:
            assert bus.nodes()[pin["output"]] == (word == "reboot")
    bus.events = {}
    state = {row["output"]: row["state"] for row in made.status()}
    assert state == {output: "on" if on else "off" for output, on in bus.nodes().items()}


@given(st.sampled_from(COUNTS), st.floats(0.1, 10), st.sets(st.integers(1, 24), max_size=6))
def test_a_start_is_staggered_and_leaves_what_runs(
    outputs: int, stagger_s: float, dark: set[int]
) -> None:
    bus, made = start(outputs)
    chosen = [pin for pin in made.nodes if pin["output"] in dark]
    for pin in chosen:
        made.off(pin)
    bus.changes = []
    made.start(made.nodes, stagger_s)
    assert [output for _, output, _ in bus.changes] == [pin["output"] for pin in chosen]
    times = [when for when, *_ in bus.changes]
    gaps = (b - a for a, b in pairwise(times))
    assert all(gap >= stagger_s - 1e-9 for gap in gaps)
    assert all(bus.nodes().values())


def test_every_node_is_on_when_nobody_does_anything() -> None:
    for outputs in COUNTS:
        bus, made = start(outputs)
        list(made.selftest())
        made.status()
        assert all(bus.nodes().values())
        assert bus.changes == []


# ---- one hit at every transfer of a command


def ready() -> tuple[Simulated, Board]:
    """A board of eight whose nodes 2, 5 and 7 are off."""
    bus, made = start(8)
    for output in (2, 5, 7):
        made.off(made.nodes[output - 1])
    bus.transfers, bus.changes = 0, []
    return bus, made


def lengths() -> dict[tuple[str, int], int]:
    """How many transfers each command takes when nothing goes wrong."""
    found: dict[tuple[str, int], int] = {}
    for word, output in (("off", 1), ("on", 2), ("reboot", 1), ("reboot", 5), ("start", 7)):
        bus, made = ready()
        assert done(made, word, made.nodes[output - 1])
        found[word, output] = bus.transfers
    return found


@pytest.mark.parametrize(("command", "length"), lengths().items())
def test_one_wrong_read_anywhere_does_no_harm(command: tuple[str, int], length: int) -> None:
    word, output = command
    for at in range(1, length + 1):
        for bits in (0xFF, 0x01, 0x42, 0x90):
            bus, made = ready()
            bus.flipped = {at: bits}
            before = bus.nodes()
            assert done(made, word, made.nodes[output - 1])
            assert bus.nodes() == before | {output: word != "off"}
            assert {one for _, one, _ in bus.changes} <= {output}


@pytest.mark.parametrize(("command", "length"), lengths().items())
@pytest.mark.parametrize("error", LOST)
def test_one_lost_transfer_anywhere_is_made_again(
    command: tuple[str, int], length: int, error: int
) -> None:
    word, output = command
    for at in range(1, length + 1):
        bus, made = ready()
        bus.lost = {at: error}
        before = bus.nodes()
        assert done(made, word, made.nodes[output - 1])
        assert bus.nodes() == before | {output: word != "off"}


def test_with_every_node_on_nothing_is_left_of_the_driver() -> None:
    """The registers are those of power-up, so nothing depends on what was done before."""
    for outputs in COUNTS:
        bus, made = start(outputs)
        new = bus.registers()
        for pin in made.nodes:
            made.off(pin)
        assert not any(bus.nodes().values())
        list(made.selftest())
        made.start(made.nodes, 0.0)
        assert bus.registers() == new


def test_the_level_is_written_before_the_pin_drives_and_after_it_lets_go() -> None:
    bus, made = start(4)
    output, config = (0x24, 1), (0x24, 3)
    made.off(made.nodes[0])
    assert bus.written == [output, config]
    made.on(made.nodes[0])
    assert bus.written[2:] == [config, output]


def test_a_node_that_cannot_be_turned_off_is_left_as_it_was() -> None:
    bus, made = start(4)
    new = bus.registers()
    bus.chips[0x24].frozen = {3: 0xFF}
    with pytest.raises(Fault, match="do not follow"):
        made.off(made.nodes[0])
    assert bus.registers() == new


def test_what_is_read_is_right_though_polarity_is_turned() -> None:
    """As a self-test leaves it that was killed half way."""
    bus, made = start(4)
    bus.chips[0x24].registers[2] = 0x55
    made.off(made.nodes[1])
    state = {row["output"]: row["state"] for row in made.status()}
    assert state == {1: "on", 2: "off", 3: "on", 4: "on"}
    assert [fault for _, fault in made.selftest() if fault] == []


# ---- the supply


def test_the_supply_starts_with_its_nodes_dark_and_then_one_by_one() -> None:
    bus, made = start(4)
    made.supply(on=False)
    assert bus.supply() is False
    running: list[tuple[bool, int]] = []

    def told(_: str) -> None:
        running.append((bus.supply(), sum(bus.nodes().values())))

    made.tell = told
    assert made.start(made.nodes, 2.0) == ["OUT1", "OUT2", "OUT3", "OUT4"]
    assert running == [(True, 1), (True, 2), (True, 3), (True, 4)]
    assert bus.now >= 3 * 2.0 + 1.0


def test_a_board_without_a_pin_for_ps_on_says_so() -> None:
    _, made = start(16)
    with pytest.raises(Fault, match="no pin for PS_ON") as told:
        made.supply(on=False)
    assert "jumper" in str(told.value)


# ---- every seeded fault, and what to check


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
    assert "no answer at 0x40 (U10)" in faults[0]
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
