"""A value outside a field's range is refused, with the largest or the least that works."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from catalog.problems import InputError, Problem
from mounts.order import Order, spec_for
from mounts.registry import PARTS
from mounts.samples import of_family
from tests.mounts.kit import catalog
from tests.mounts.wishes import left


def limits(metadata: list[Any]) -> tuple[float | None, float | None]:
    """The least and the greatest value of a field."""
    low = next((m.ge for m in metadata if hasattr(m, "ge")), None)
    return low, next((m.le for m in metadata if hasattr(m, "le")), None)


def ends() -> Iterator[tuple[str, str, float, int]]:
    """Every end of a field's range: family, field, limit, and which way is out."""
    for family in sorted(PARTS):
        fields = PARTS[family].spec.model_fields
        for key in sorted(set(fields) - left(PARTS[family].spec) | ({"height_u"} & set(fields))):
            if key in {"beside", "cutouts"}:  # rows of records, not numbers
                continue
            low, high = limits(fields[key].metadata)
            if low is not None:
                yield family, key, float(low), -1
            if high is not None:
                yield family, key, float(high), 1


ENDS = list(ends())
FAR = (1.0, 7.0, 1e6, 1e300)  # past it


def with_value(family: str, key: str, value: float) -> Order:
    """The family's first sample with one field set."""
    order = of_family(family)[0].order
    if key == "height_u":
        return replace(order, height_u=value)
    own = PARTS[family].spec.model_fields[key].annotation
    whole = own is int or "int" in str(own)
    return replace(order, options={**order.options, key: int(value) if whole else value})


def refusals(order: Order) -> list[Problem]:
    try:
        spec_for(order, catalog())
    except InputError as error:
        return list(error.problems)
    return []


@pytest.mark.parametrize("family", sorted({family for family, *_ in ENDS}))
def test_past_an_end_the_end_is_named_and_it_works(family: str) -> None:
    own = [(index, *end[1:]) for index, end in enumerate(ENDS) if end[0] == family]
    for index, key, limit, way in own:
        wrong = with_value(family, key, limit + way * FAR[index % len(FAR)])
        (problem,) = [one for one in refusals(wrong) if one.key == key]
        assert "out of range" in problem.what
        word = "largest" if way > 0 else "smallest"
        assert problem.nearest == f"the {word} value that works is {limit:g}"
        mended = refusals(with_value(family, key, limit))
        assert not any("out of range" in one.what and one.key == key for one in mended)


@pytest.mark.parametrize("family", sorted({family for family, *_ in ENDS}))
@pytest.mark.parametrize("value", [float("nan"), float("inf"), "wide", True, None, [1, 2]])
def test_what_is_no_number_is_refused_in_words(family: str, value: Any) -> None:
    _, key, *_ = next(end for end in ENDS if end[0] == family and end[1] != "height_u")
    order = of_family(family)[0].order
    order = replace(order, options={**order.options, key: value})
    optional = "None" in str(PARTS[family].spec.model_fields[key].annotation)
    found = [one for one in refusals(order) if one.key == key]
    assert found if not (optional and value is None) else not found


def test_every_family_with_numbers_of_its_own_was_asked() -> None:
    assert len({family for family, *_ in ENDS}) >= 14
    assert len(ENDS) > 150
