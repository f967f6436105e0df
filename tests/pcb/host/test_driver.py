"""The driver on a simulated bus: laws under random faults, and every fault told by its name."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pcb.host.rackpress_power import Board, Fault
from tests.pcb.host.rig import COUNTS, LOST, start
from tests.pcb.host.simulated import Simulated

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
