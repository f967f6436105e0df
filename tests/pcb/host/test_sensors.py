"""Sensors on the simulated bus: what is measured is what flows; each fault is told by its name."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pcb.host.files import host_files
from pcb.host.rackpress_power import Fault, main
from tests.pcb.host.rig import LOST, sensed
from tests.pcb.host.simulated import Simulated

COUNTS = (2, 3, 4, 7, 8, 12)


@given(st.sampled_from(COUNTS), st.data())
def test_what_is_measured_is_what_flows(outputs: int, data: st.DataObject) -> None:
    """To half a step: 8 mV, and 40 uV at the shunt of that output."""
    bus, made = sensed(outputs, amps=2)
    for index in range(1, outputs + 1):
        bus.volts[index] = data.draw(st.floats(4.5, 12.6))
        bus.amps[index] = data.draw(st.floats(0, 3))
    dark = data.draw(st.sets(st.integers(1, outputs)))
    for index in dark:
        made.off(made.nodes[index - 1])
    rows = made.measure()
    assert [row["output"] for row in rows] == list(range(1, outputs + 1))
    shunts = {read.output: read.shunt_uohm for chip in bus.pins.sensors for read in chip.channels}
    for row in rows:
        index = row["output"]
        volts, amps = (0, 0) if index in dark else (bus.volts[index], bus.amps[index])
        assert row["volts"] == pytest.approx(volts, abs=0.0046)
        assert row["amps"] == pytest.approx(amps, abs=20 / shunts[index] + 0.0006)
        assert row["watts"] == pytest.approx(row["volts"] * row["amps"], abs=0.02)
    assert bus.nodes() == {index: index not in dark for index in range(1, outputs + 1)}


@given(
    st.sampled_from(COUNTS),
    st.dictionaries(st.integers(1, 120), st.sampled_from(LOST), max_size=8),
    st.integers(1, 120), st.integers(1, 0xFFFF),
)  # fmt: skip
def test_hits_on_the_bus_switch_nothing_and_falsify_nothing(
    outputs: int, lost: dict[int, int], flipped: int, bits: int
) -> None:
    """Transfers that are lost are tried again; one that reads wrong is outvoted, or told."""
    bus, made = sensed(outputs)
    bus.lost, bus.flipped = lost, {flipped: bits}
    bus.amps = dict.fromkeys(range(1, outputs + 1), 1.0)
    try:
        rows = made.measure()
    except Fault:
        rows = []
    assert all(bus.nodes().values())
    assert bus.changes == []
    for row in rows:
        assert row["volts"] == pytest.approx(12)
        assert row["amps"] == pytest.approx(1, abs=0.01)


def test_a_current_that_runs_backwards_is_negative() -> None:
    bus, made = sensed(2)
    bus.amps[1] = -0.5
    assert made.measure()[0]["amps"] == pytest.approx(-0.5, abs=0.005)


def test_only_channels_that_read_something_are_switched_on_once() -> None:
    """Register 0 of SBOS576: bits 14 to 12 are channels 1 to 3; the rest as it is worked out."""
    bus, made = sensed(3)
    made.measure()
    told = {address: words[0] for address, words in bus.words.items()}
    # U21 reads outputs 1 by channel 3 and 2 by channel 1, U22 output 3 by channel 1.
    # 16 means: 010 at bits 11 to 9; 1.1 ms: 100 at 8 to 6 and 5 to 3; both, without rest: 111.
    low = 0b010 << 9 | 0b100 << 6 | 0b100 << 3 | 0b111
    wanted = {0x40: 0x5000 | low, 0x41: 0x4000 | low}
    assert told == {at: (word & 0xFF) << 8 | word >> 8 for at, word in wanted.items()}
    written, slept = len(bus.written), bus.now
    made.measure()
    assert (len(bus.written), bus.now) == (written, slept)


# ---- faults


def absent(bus: Simulated) -> None:
    del bus.words[0x41]


def all_absent(bus: Simulated) -> None:
    bus.words.clear()


def wrong_address(bus: Simulated) -> None:
    bus.words[0x42] = bus.words.pop(0x41)


def wrong_maker(bus: Simulated) -> None:
    bus.words[0x40][0xFE] = 0x4954 ^ 0x0100


def wrong_kind(bus: Simulated) -> None:
    bus.words[0x40][0xFF] = 0


def deaf(bus: Simulated) -> None:
    bus.frozen_words = True


def blown(bus: Simulated) -> None:
    bus.volts[3] = 0.0


FAULTS: list[tuple[Callable[[Simulated], None], str, tuple[str, ...]]] = [
    (absent, "no answer at 0x41 (U22), though the bus works", ("its address pin is where",)),
    (all_absent, "no answer at 0x40 (U21), though the bus works: 0x24 answers", ("its supply",)),
    (wrong_address, "no answer at 0x41 (U22); 0x42 answers",
     ("strap A0 of U22 is tied to SDA, and the pin map wants 3.3 V",)),
    (wrong_maker, "0x40 answers, but is no INA3221: it says 0x5448", ("another device",)),
    (wrong_kind, "0x40 answers, but is no INA3221: it says 0x0000", ("unplug it",)),
    (deaf, "U21 does not keep how it shall measure", ("another program",)),
    (blown, "OUT3 is on and has 0.00 V", ("F3 is whole", "the shunt")),
]  # fmt: skip


@pytest.mark.parametrize(("spoil", "what", "checks"), FAULTS, ids=[f[0].__name__ for f in FAULTS])
def test_the_self_test_tells_what_to_check(
    spoil: Callable[[Simulated], None], what: str, checks: tuple[str, ...]
) -> None:
    bus, made = sensed(4)
    spoil(bus)
    faults = [str(fault) for _, fault in made.selftest() if fault]
    assert what in faults[0]
    for check in checks:
        assert check in "\n".join(faults)
    assert bus.changes == []


@pytest.mark.parametrize(("spoil", "what"), [one[:2] for one in FAULTS[:6]])
def test_the_command_tells_the_same(spoil: Callable[[Simulated], None], what: str) -> None:
    bus, made = sensed(4)
    spoil(bus)
    with pytest.raises(Fault) as told:
        made.measure()
    assert what in str(told.value)


def test_a_switch_that_does_not_switch_is_told() -> None:
    bus, made = sensed(4)
    bus.kept_on.add(2)
    made.off(made.nodes[1])
    faults = [str(fault) for _, fault in made.selftest() if fault]
    assert "OUT2 is off and still has 12.00 V" in faults[0]
    assert "Q2 is not shorted" in faults[0]


def test_a_supply_in_standby_is_no_fault_of_its_nodes() -> None:
    bus, made = sensed(4)
    bus.volts = dict.fromkeys(range(1, 5), 0.0)
    assert [fault for _, fault in made.selftest() if fault] == []


def test_sensors_that_are_silent_do_not_keep_nodes_from_being_switched() -> None:
    bus, made = sensed(4)
    all_absent(bus)
    made.off(made.nodes[0])
    assert bus.nodes() == {1: False, 2: True, 3: True, 4: True}


# ---- the command line, from the files of the board


def test_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bus, _ = sensed(4)
    bus.amps[2] = 1.6
    for name, content in host_files(bus.pins).items():
        (tmp_path / name).write_bytes(content)
    words = ["--pins", str(tmp_path / "b.pins.json")]
    assert main([*words, "measure"], lambda _: bus) == 0
    shown = capsys.readouterr().out.splitlines()
    assert shown[1].split() == ["2", "OUT2", "12.00", "V", "1.600", "A", "19.20", "W"]
    assert main([*words, "--json", "measure"], lambda _: bus) == 0
    assert json.loads(capsys.readouterr().out)[1]["amps"] == 1.6  # 200 steps of 40 uV at 5 mOhm
    assert main([*words, "selftest"], lambda _: bus) == 0
    assert "ok     OUT2 has 12.00 V, 1.60 A" in capsys.readouterr().out


def test_a_board_that_measures_nothing_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bus, _ = sensed(4, sensing=False)
    path = tmp_path / "b.pins.json"
    path.write_bytes(bus.pins.as_json())
    assert main(["--pins", str(path), "measure"], lambda _: bus) == 1
    assert "this board measures nothing" in capsys.readouterr().err


def test_pages_and_overlay_tell_who_reads_what() -> None:
    bus, _ = sensed(7)
    files = host_files(bus.pins)
    text, tree = files["b.pins.md"].decode(), files["b.overlay.dts"].decode()
    assert "rackpress_power.py measure" in text
    for chip in bus.pins.sensors:
        _, _, after = tree.partition(f"sensor@{chip.address:x}")
        block = after.partition("\n\t\t\t};")[0]
        assert block.count("disabled") == 3 - len(chip.channels)
        for one in chip.channels:
            assert (
                f"| {one.output} | OUT{one.output} | {chip.ref} | {one.channel} | 5 mOhm |" in text
            )
            mine = block.partition(f"input@{one.channel - 1} ")[2].partition("}")[0]
            assert f'label = "OUT{one.output}"' in mine
            assert "shunt-resistor-micro-ohms = <5000>" in mine
