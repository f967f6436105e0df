"""What a stranger's YAML may hold, and what of it is refused, with its line."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import neighbours.yaml_text
from catalog.problems import InputError
from neighbours.yaml_text import DEEPEST, key_lines, parse_yaml, read_yaml, write_yaml

LAUGHS = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 9)
)
HOSTILE: dict[str, tuple[str, int | None, str]] = {
    "a bomb of aliases": (LAUGHS, 6, "too many values"),
    "an alias of itself": ("a: &a [*a]\n", 1, "too many values"),
    "an object of Python": ("a: 1\nb: !!python/object/apply:os.system [ls]\n", 2, "constructor"),
    "a tag of its own": ("a: !mine 1\n", 1, "constructor"),
    "a set": ("a: !!set {b, c}\n", 1, "constructor"),
    "lists in lists": ("[" * 9000, 1, "nested too deeply"),
    "dashes in a row": ("- " * 9000, 1, "nested too deeply"),
    "tables in tables": ("{a: " * 9000, 1, "nested too deeply"),
    "a key that stands twice": ("a: 1\nb: 2\na: 3\n", 3, "'a' stands twice"),
    "two documents": ("a: 1\n---\nb: 1\n", 2, "another document"),
    "no YAML": ("a: [1\nb: 2\n", 2, "not read as YAML"),
    "a list for a key": ("a: 1\n? [b]\n: 2\n", 2, "unhashable"),
    "a control character": ("a: \x01\n", None, "control characters"),
}


@pytest.mark.parametrize("what", sorted(HOSTILE))
def test_what_is_hostile_is_refused_where_it_is(what: str, tmp_path: Path) -> None:
    text, line, words = HOSTILE[what]
    path = tmp_path / "x.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_yaml(path)
    problem = caught.value.problems[0]
    assert words in problem.what
    assert problem.line == line
    assert problem.where == str(path)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"a: " + b"x" * 5_100_000, "too big"),
        (b"a: \0", "not a text file"),
        (b"a: \xff", "not UTF-8"),
        (b"", "holds nothing"),
        (b"[1, 2]", "holds no table"),
        (b"word", "holds no table"),
    ],
)
def test_what_is_no_table_of_text_is_refused(raw: bytes, words: str, tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(raw)
    with pytest.raises(InputError, match=words):
        read_yaml(path)


def test_aliases_that_stand_for_little_are_read() -> None:
    assert parse_yaml("a: &a {x: 1}\nb: [*a, *a]\n", "x") == {"a": {"x": 1}, "b": [{"x": 1}] * 2}


def test_the_limits_are_where_they_are_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    deep = "[" * DEEPEST + "]" * DEEPEST
    assert parse_yaml(deep, "x") != parse_yaml("[]", "x")
    with pytest.raises(InputError, match="nested"):
        parse_yaml(f"[{deep}]", "x")
    monkeypatch.setattr(neighbours.yaml_text, "MOST", 100)
    wide = "- 1\n" * 99
    assert len(parse_yaml(wide, "x")) == 99
    with pytest.raises(InputError, match="too many"):
        parse_yaml(wide + "- 1\n", "x")


@pytest.mark.parametrize(
    ("word", "old", "core"),
    [
        ("yes", True, "yes"),
        ("on", True, "on"),
        ("true", True, True),
        ("12:30", 750, "12:30"),
        ("1e3", "1e3", 1000.0),
        ("08", "08", 8),
        ("1.10", 1.1, 1.1),
        ("2024-02-30", "2024-02-30", "2024-02-30"),
        (".nan", ".nan", ".nan"),
        ("~", None, None),
        ("'1'", "1", "1"),
    ],
)
def test_words_and_numbers_of_yaml_1_1_and_1_2(word: str, old: object, core: object) -> None:
    """YAML 1.1 §types and 1.2.2 §10.3.2, but a date stays text and no number is endless."""
    assert parse_yaml(f"a: {word}", "x") == {"a": old}
    assert parse_yaml(f"a: {word}", "x", core=True) == {"a": core}


NUMBERS = st.integers(-(10**9), 10**9) | st.floats(-1e6, 1e6).map(lambda value: round(value, 3))
LEAF = st.none() | st.booleans() | NUMBERS | st.text(max_size=30)
WORDS = st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=1, max_size=8)
PLAIN = st.recursive(
    LEAF, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4)
)


@given(data=st.dictionaries(WORDS, PLAIN, min_size=1, max_size=5))
def test_what_is_written_is_read_the_same_by_both(data: dict[str, object]) -> None:
    text = write_yaml(data)
    assert parse_yaml(text, "x") == data
    assert parse_yaml(text, "x", core=True) == data
    assert yaml.safe_load(text) == data


@given(data=st.dictionaries(WORDS, PLAIN, min_size=1, max_size=5))
def test_every_key_is_found_on_its_line(data: dict[str, object]) -> None:
    text = write_yaml(data)
    lines = key_lines(text)
    for key in data:
        line = text.splitlines()[lines[(key,)] - 1]
        assert line.startswith((f"{key}:", f"'{key}':", f'"{key}":'))
