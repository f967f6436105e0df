"""What is printed is read back the same, and any text survives, also what breaks kicad-skip."""

import pytest
import sexpdata
from hypothesis import given
from hypothesis import strategies as st

from pcb.sexpr import Word, dump, every, first, node, parse, text_of

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
WORDS = st.from_regex(r"[A-Za-z_][A-Za-z0-9_.+-]{0,8}", fullmatch=True).map(Word)
TREES = st.recursive(
    st.lists(TEXTS | WORDS, max_size=3).map(lambda items: [Word("n"), *items]),
    lambda inner: st.lists(inner | TEXTS | WORDS, max_size=4).map(lambda i: [Word("n"), *i]),
    max_leaves=12,
)


@given(TREES)
def test_print_and_read_are_inverse(tree: list) -> None:
    read = parse(dump(tree))
    assert read == tree
    assert [type(item) for item in read] == [type(item) for item in tree]


@pytest.mark.parametrize("text", ["see (symbol R1)", '"', "\\", "a\nb\tc\r", "(wire", "ä × °", ""])
def test_a_stranger_reads_the_same_text(text: str) -> None:
    assert sexpdata.loads(dump(node("text", text)))[1] == text


@pytest.mark.parametrize(
    ("number", "printed"),
    [(0.0, "0"), (-0.0, "0"), (-0.00001, "0"), (1.5, "1.5"), (35.56, "35.56"), (10, "10")],
)
def test_numbers_are_short(number: float, printed: str) -> None:
    assert dump(node("at", number)) == f"(at {printed})\n"


@pytest.mark.parametrize("text", ["", "(a", "(a))", "a", "(a) (b)", '(a "b)', ")", "(a) x"])
def test_a_broken_text_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"s-expression|bracket"):
        parse(text)


def test_finding_inside_a_tree() -> None:
    tree = parse('(a (b 1) (c "x") (b 2) (d))')
    assert [found[1] for found in every(tree, "b")] == ["1", "2"]
    assert (text_of(tree, "c"), text_of(tree, "d"), text_of(tree, "e")) == ("x", "", "")
    assert first(tree, "e") == []
