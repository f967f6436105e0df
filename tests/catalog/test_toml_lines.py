"""Lines of keys: the scanner finds exactly the places that the standard library's reader finds."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.load import DATA
from catalog.toml_lines import key_lines, line_of

FILES = sorted(DATA.rglob("*.toml"))


def places(value, at=()):
    """Return every path of parsed TOML."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    found = []
    for key, below in items:
        found.append((*at, key))
        if isinstance(below, (dict, list)):
            found += places(below, (*at, key))
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_place_of_our_own_files_has_its_line(path):
    text = path.read_text(encoding="utf-8")
    data, lines = tomllib.loads(text), key_lines(text)
    assert set(lines) == set(places(data))
    rows = text.split("\n")
    for place, line in lines.items():
        if isinstance(place[-1], str):
            assert place[-1] in rows[line - 1]


KEYS = st.sampled_from(["a", "b", "c-d", "e_f", '"x y"', "'q.r'", '"#"', "1"])
SCALARS = st.sampled_from(
    ["1", "-2.5e3", "true", '"t # ] } ,"', "'l\"['", '"""m\n[x]\n"""', "'''n\n= 1'''", "1979-05-27",
     '"\\" = ["', "nan"]
)  # fmt: skip


@st.composite
def values(draw: st.DrawFn, depth: int = 2) -> str:
    kind = draw(st.integers(0, 4)) if depth else 0
    if kind < 3:
        return draw(SCALARS)
    gap = draw(st.sampled_from(["", " "]))
    if kind == 3:
        gap = draw(st.sampled_from(["", " ", "\n  ", " # ] note\n"]))
        inner = draw(st.lists(values(depth - 1), max_size=3))
        return "[" + gap + f",{gap}".join(inner) + gap + "]"
    inner_keys = draw(st.lists(KEYS, unique=True, max_size=3))
    pairs = [f"{key} ={gap}{draw(values(depth - 1))}" for key in inner_keys]
    return "{" + gap + f",{gap}".join(pairs) + gap + "}"


@st.composite
def documents(draw: st.DrawFn) -> str:
    lines: list[str] = []
    for head in draw(
        st.lists(st.sampled_from(["", "[t]", "[[r]]", "[u.v]", "[[r.s]]"]), max_size=5)
    ):
        lines.append(head)
        for key in draw(st.lists(KEYS, unique=True, max_size=3)):
            lines.append(f"{key} = {draw(values())}{draw(st.sampled_from(['', '  # a = 1']))}")
    return "\n".join(lines)


@given(text=documents())
def test_any_valid_text_is_scanned_alike(text: str):
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return  # such as the same table twice
    assert set(key_lines(text)) == set(places(data))


def test_lines_are_those_a_person_counts():
    text = (
        "a = 1\n\n[t]\nb.c = 2\nd = [\n  1,\n  { e = 3 },\n]\n[[r]]\n[[r]]\nf = '''\n\n'''\ng = 4\n"
    )
    lines = key_lines(text)
    expected = {
        ("a",): 1, ("t",): 3, ("t", "b"): 4, ("t", "b", "c"): 4, ("t", "d"): 5, ("t", "d", 0): 6,
        ("t", "d", 1): 7, ("t", "d", 1, "e"): 7, ("r",): 9, ("r", 0): 9, ("r", 1): 10,
        ("r", 1, "f"): 11, ("r", 1, "g"): 14,
    }  # fmt: skip
    assert lines == expected


def test_a_missing_key_gets_the_line_around_it():
    lines = key_lines("[a]\nb = 1\n")
    assert line_of(lines, ("a", "absent")) == 1
    assert line_of(lines, ("absent",)) is None


@given(text=st.text(max_size=60))
def test_any_text_at_all_comes_to_an_end(text: str):
    key_lines(text)
