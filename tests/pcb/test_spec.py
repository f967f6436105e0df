"""A wrong parameter is named, with the largest value that works; and that value does work."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.problems import InputError, Problem
from pcb.parts import OUTPUT_KINDS, largest_amps
from pcb.spec import BoardSpec, read_spec

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**13), 10**13),
    st.floats(),
    st.text(max_size=8),
    st.sampled_from(["25", "7.5", "24V", "-1", "nan", "inf", "1e400", "barrel", "12 V", "é"]),
)


def only_problem(values: dict[str, Any]) -> Any:
    with pytest.raises(InputError) as caught:
        read_spec(values)
    assert len(caught.value.problems) == 1
    return caught.value.problems[0]


@pytest.mark.parametrize(
    ("key", "value", "works"),
    [
        ("outputs", 25, "24"),
        ("outputs", "1000000", "24"),
        ("outputs", 0, "1"),
        ("amps", 5.26, "5.25"),
        ("amps", 5.2500001, "5.25"),
        ("amps", 0.05, "0.1"),
        ("volts", 9, "12"),
        ("volts", 3, "5"),
    ],
)
def test_the_value_named_as_the_limit_works(key: str, value: object, works: str) -> None:
    problem = only_problem({"outputs": 1, key: value})
    assert problem.where == f"--{key}"
    named = re.findall(r"[\d.]+$", problem.nearest)
    assert named == [works]
    assert read_spec({"outputs": 1, key: named[0]})


@pytest.mark.parametrize("connector", OUTPUT_KINDS)
def test_the_largest_current_of_a_connector_is_named(connector: str) -> None:
    most = largest_amps(connector)
    assert read_spec({"outputs": 1, "connector": connector, "amps": most}).amps == most
    problem = only_problem({"outputs": 1, "connector": connector, "amps": most + 0.001})
    assert problem.nearest.endswith(f" {most:g}")
    assert connector in problem.what


@given(st.sampled_from(sorted(BoardSpec.model_fields)), SCALARS)
def test_any_value_is_taken_whole_or_refused_by_name(key: str, value: object) -> None:
    spec, problems = try_spec({"outputs": 3, "connector": "screw", key: value})
    if spec is None:
        assert {problem.where for problem in problems} == {f"--{key.replace('_', '-')}"}
        assert all(problem.allowed or problem.nearest for problem in problems)
    else:
        taken = getattr(spec, key)
        assert str(taken) == str(value) or float(taken) == float(str(value))


def try_spec(values: dict[str, Any]) -> tuple[BoardSpec | None, tuple[Problem, ...]]:
    try:
        return read_spec(values), ()
    except InputError as error:
        return None, error.problems


def test_every_wrong_value_is_told_at_once_in_the_file_it_stands_in() -> None:
    wrong = {"outputs": 99, "volts": 9, "connector": "screws", "level": "simpel", "nmae": "x"}
    with pytest.raises(InputError) as caught:
        read_spec(wrong, "rack.toml", "board.")
    told = {problem.key: problem.nearest for problem in caught.value.problems}
    assert told.keys() == {f"board.{key}" for key in wrong}
    assert told["board.connector"] == "did you mean 'screw'?"
    assert told["board.level"] == "did you mean 'simple'?"
    assert told["board.nmae"] == "did you mean 'name'?"
    assert {problem.where for problem in caught.value.problems} == {"rack.toml"}


def test_outputs_must_be_given() -> None:
    problem = only_problem({"volts": 12})
    assert (problem.where, problem.allowed) == ("--outputs", "1 to 24")


@pytest.mark.parametrize("name", ["../x", "a/b", "a b", "", "x" * 41, ".x", "x.", "a\n", "ä"])
def test_a_name_is_safe_as_a_file_name(name: str) -> None:
    if not name:
        assert read_spec({"outputs": 3, "name": name}).title == "power-3x12v"
        return
    problem = only_problem({"outputs": 1, "name": name})
    mended = problem.nearest.removeprefix("use ")
    assert not mended or read_spec({"outputs": 1, "name": mended}).title == mended


def test_a_spec_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="frozen"):
        read_spec({"outputs": 1}).outputs = 2  # type: ignore[misc]
