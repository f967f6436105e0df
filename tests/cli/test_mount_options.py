"""What is wrong is said of the option that said it, and what it says would be right is."""

import pytest
from click.testing import CliRunner

from cli.mount import command

WRONG = {
    "no such field": (("panel", "--set", "keystone=6"), "--set: panel has no 'keystone'"),
    "a field of others": (("blank", "--pose", "flat"), "--pose: blank has no 'pose'"),
    "no number": (("panel", "--set", "keystones=many"), "--set: keystones: 'many'"),
    "no such fan": (("panel", "--set", "fan=41x20"), "--set: fan: unknown fan '41x20'"),
    "no such neighbour": (
        ("frame", "--device", "raspberry-pi-4b", "--set", "beside=foo"),
        "--set: beside[0]: unknown device 'foo'",
    ),
    "no height": (
        ("wall", "--device", "netgear-gs308", "--height", "1U"),
        "--height: wall has no height in U",
    ),
    "no such HAT": (
        ("tray", "--device", "raspberry-pi-4b", "--hat", "foo"),
        "--hat: unknown hat 'foo'",
    ),
    "no such device": (("shelf", "--device", "netgear-gs3008"), "--device: unknown device"),
    "too small": (
        ("psu", "--device", "meanwell-lrs-150", "--set", "vent_mm=-3"),
        "--set: vent_mm: -3 is out of range",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_problem_is_said_of_its_option(name: str) -> None:
    words, said = WRONG[name]
    result = CliRunner().invoke(command, [*words, "-o", "nowhere"])
    assert result.exit_code == 2
    assert said in result.output
