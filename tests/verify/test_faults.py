"""Each seeded fault is caught by its rule; the same thing done right is clean."""

import pytest

from mounts.verify.run import verify
from tests.verify.bodies import limits
from tests.verify.faults import FAULTS

# What these controls also break, and are not about.
ALSO = {
    "bar before a sled": {"overhang.angle"},  # the frame no longer lies on its face
}


@pytest.mark.parametrize("name", FAULTS)
def test_fault_is_caught(name: str) -> None:
    fault = FAULTS[name]
    assert fault.rule in verify(fault.bad(), limits()).rules()


@pytest.mark.parametrize("name", FAULTS)
def test_control_is_clean(name: str) -> None:
    report = verify(FAULTS[name].fine(), limits())
    others = [str(f) for f in report.findings if f.rule not in ALSO.get(name, set())]
    assert others == []


def test_every_rule_group_is_seeded() -> None:
    assert len(FAULTS) >= 20
    assert {fault.rule.split(".")[0] for fault in FAULTS.values()} == {
        "solid",
        "wall",
        "overhang",
        "bed",
        "panel",
        "access",
        "device",
        "sweep",
    }
