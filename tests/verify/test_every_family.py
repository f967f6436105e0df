"""Every family passes `verify` in every rack that it can be had in."""

from dataclasses import replace

import pytest

from catalog.problems import InputError
from mounts.order import Order, spec_for
from mounts.registry import PARTS
from mounts.samples import SAMPLES, of_family
from mounts.verify.limits import Limits
from mounts.verify.run import verify
from mounts.verify.subject import subject_of
from tests.mounts.kit import catalog

RACKS = ("10in", "10in-250", "19in")


def limits() -> Limits:
    """The largest bed there is: a panel of 19 inches fits none, and is told so elsewhere."""
    facts = catalog()
    standards = tuple(facts.standards.values())
    return Limits(facts.printer("bambu-h2d"), facts.material("petg"), standards)


def orders() -> list[Order]:
    """Every sample as it is, and one of each family in the other racks."""
    found = [sample.order for sample in SAMPLES]
    for family in sorted(PARTS):
        first = of_family(family)[0].order
        found += [replace(first, rack=rack) for rack in RACKS if rack != first.rack]
    return [one for one in found if can_be_had(one)]


def can_be_had(order: Order) -> bool:
    try:
        spec_for(order, catalog())
    except InputError:
        return False
    return True


def said(order: Order) -> str:
    chosen = ",".join(f"{key}={value}" for key, value in order.options.items())
    return " ".join(filter(None, [order.part, order.device, order.rack, chosen]))


@pytest.mark.parametrize("order", orders(), ids=said)
def test_it_passes(order: Order) -> None:
    spec = spec_for(order, catalog())
    part = PARTS[order.part].build(spec)
    report = verify(subject_of(part, spec), limits())
    findings = [one for one in report.findings if one.rule != "bed.size" or order.rack != "19in"]
    assert [str(one) for one in findings] == []
    skipped = {one.split(":")[0] for one in report.skipped}
    assert skipped == (set() if part.panel else {"panel"}), "nothing else is left unchecked"


def test_most_families_are_tried_in_10_and_in_19_inches() -> None:
    tried = {(one.part, one.rack) for one in orders()}
    one_only = {name for name in PARTS if sum((name, rack) in tried for rack in RACKS) < 3}
    assert one_only == {"adapter", "ears", "ups"}, "too wide for 10 inches, as its sample is asked"
