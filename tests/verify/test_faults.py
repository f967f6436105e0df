"""Each seeded fault is caught by its rule; the same thing done right is clean."""

import re
from pathlib import Path

import pytest

from mounts.verify import run
from mounts.verify.run import GROUPS, verify
from tests.verify.bodies import limits
from tests.verify.faults import FAULTS

# What these controls also break, and are not about.
ALSO = {
    "bar before a sled": {"overhang.angle"},  # the frame no longer lies on its face
    "rows that meet": {"overhang.angle", "bed.size"},  # of 19 inches, a bar beside its floor
}


GROUP = {check.__module__.rpartition(".")[2]: check for check in GROUPS.values()}
# Rules whose faults are seeded elsewhere: in the file that is read, and in what a part bears.
ELSEWHERE = {"file.unit", "strength.breaks", "strength.warm"}
RULE = re.compile(r'"([a-z]+\.[a-z][a-z-]+)"')


@pytest.mark.parametrize("name", FAULTS)
def test_fault_is_caught(name: str) -> None:
    fault = FAULTS[name]
    group = GROUP[fault.rule.split(".")[0]]
    assert fault.rule in {one.rule for one in group(fault.bad(), limits()).findings}


@pytest.mark.parametrize("name", FAULTS)
def test_control_is_clean(name: str) -> None:
    report = verify(FAULTS[name].fine(), limits())
    others = [str(f) for f in report.findings if f.rule not in ALSO.get(name, set())]
    assert others == []


def test_every_rule_is_seeded() -> None:
    folder = Path(run.__file__).parent
    named = {rule for file in folder.glob("*.py") for rule in RULE.findall(file.read_text("utf-8"))}
    groups = {*GROUP, "file", "strength"}
    rules = {rule for rule in named if rule.split(".")[0] in groups}
    assert rules - ELSEWHERE == {fault.rule for fault in FAULTS.values()}
    assert len(FAULTS) >= 20
