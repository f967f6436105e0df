"""The pin map: every output has a pin of its own, on a chip that has it, wherever it stands."""

import json

import pytest

from pcb.managed.pinmap import PinMap, pin_map
from pcb.spec import MAX_OUTPUTS, BoardSpec

MAPS = [pin_map(BoardSpec(outputs=count)) for count in range(1, MAX_OUTPUTS + 1)]
BITS = {"TCA9534": 8, "TCA9535": 16}


@pytest.mark.parametrize("made", MAPS, ids=lambda made: str(len(made.outputs)))
def test_every_output_has_a_pin_of_its_own(made: PinMap) -> None:
    assert [one.output for one in made.outputs] == list(range(1, len(made.outputs) + 1))
    pins = [(one.expander, one.bit) for one in made.outputs]
    pins += [] if made.ps_on is None else [(made.ps_on.expander, made.ps_on.bit)]
    assert len(set(pins)) == len(pins)
    for number, bit in pins:
        assert 0 <= bit < made.expanders[number].bits == BITS[made.expanders[number].chip]


@pytest.mark.parametrize("made", MAPS, ids=lambda made: str(len(made.outputs)))
def test_no_two_chips_share_an_address_and_no_chip_idles(made: PinMap) -> None:
    addresses = [one.address for one in made.expanders]
    assert len(set(addresses)) == len(addresses) == (1 if len(made.outputs) <= 16 else 2)
    assert all(0x20 <= address <= 0x27 for address in addresses)  # both chips' own range
    assert {one.expander for one in made.outputs} == set(range(len(addresses)))
    assert (made.ps_on is None) == (len(made.outputs) == 16)


def test_the_map_is_plain_data() -> None:
    told = json.loads(pin_map(BoardSpec(outputs=7)).as_json())
    assert told["format"] == 1
    assert told["expanders"] == [{"ref": "U1", "address": 36, "chip": "TCA9534", "bits": 8}]
    assert told["outputs"][6] == {
        "output": 7, "name": "OUT7", "ref": "Q7", "expander": 0, "bit": 6, "active": "low",
        "fuse": "F7",
    }  # fmt: skip
    assert told["ps_on"] == {"expander": 0, "bit": 7, "active": "low"}
    assert told["plugs"]["J201"] == {
        "1": "GND", "2": "3V3", "3": "SDA", "4": "SCL", "5": "INT", "6": "RESET",
    }  # fmt: skip
