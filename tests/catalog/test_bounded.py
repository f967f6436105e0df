"""A text that describes no rack is refused within a little memory and time, whatever is in it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.bounded import DEEPEST, MOST_MARKS, MOST_TEXT, too_much
from catalog.load import DATA, load_catalog
from catalog.problems import InputError
from catalog.validate import read_toml
from tests.scripts import script

HEAD = 'version = 1\nname = "a"\nrack = "10in"\nheight = "3U"\n'
SIZE = 990_000
# Each about as long as a file may be; a reader of TOML takes up to minutes over some of them.
HOSTILE = {
    "items": HEAD + "[[item]]\n" * (SIZE // 9),
    "lists": HEAD + "a = [" + "[]," * (SIZE // 3) + "]",
    "nested lists": HEAD + "a = " + "[" * (SIZE // 2) + "]" * (SIZE // 2),
    "nested tables": HEAD + "a = " + "{a=" * (SIZE // 4) + "}" * (SIZE // 4),
    "dotted": HEAD + "a" + ".a" * (SIZE // 2) + " = 1",
    "keys": HEAD + "".join(f"k{n} = 1\n" for n in range(SIZE // 11)),
    "digits": HEAD + "a = " + "9" * SIZE,
    "hexadecimal": HEAD + "height = 0x" + "f" * SIZE,
    "escaped quotes": HEAD + 'a = "' + '\\"' * (SIZE // 2),
    "unfinished": HEAD + 'a = """' + '\\"""' * (SIZE // 4),
    "control characters": HEAD + 'a = "\x01"\n' * (SIZE // 9),
    "right to left": HEAD + '"\u202e\u200b" = 1\n' * (SIZE // 9),
    "long name": HEAD.replace('"a"', '"' + "a" * SIZE + '"'),
    "ten megabytes": HEAD + "#" * 10_000_000,
}
# Ten seconds of the processor and the memory that the kernel of a machine counts: work, no clock.
BOUND = """
import resource, sys
resource.setrlimit(resource.RLIMIT_CPU, (10, 10))
resource.setrlimit(resource.RLIMIT_AS, (500_000_000, 500_000_000))
from cli.main import main
main(["check", sys.argv[1]])
"""


@pytest.mark.skipif(sys.platform != "linux", reason="limits as Linux has them")
@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_is_refused_within_bounds(case: str, tmp_path: Path) -> None:
    file = tmp_path / "rack.toml"
    file.write_text(HOSTILE[case], encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-c", BOUND, str(file)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 2, (run.returncode, run.stderr[-300:])
    assert f"error: {file}:" in run.stderr
    assert len(run.stderr) < 20_000


def test_no_file_of_ours_comes_near_a_limit() -> None:
    examples = (DATA.parent.parent / "examples").glob("*.toml")
    for path in [*DATA.rglob("*.toml"), *examples]:
        text = path.read_text(encoding="utf-8")
        assert too_much(text * 2, "") is None, path
        assert 4 * sum(map(text.count, "[{=,")) < MOST_MARKS, path


@given(st.integers(0, 3 * DEEPEST), st.sampled_from([("[", "]"), ("{a = ", "}"), ("a.", "")]))
def test_depth_is_counted_and_strings_are_not(depth: int, marks: tuple[str, str]) -> None:
    opening, closing = marks
    inside = "1" if opening == "[" else "a = 1"
    deep = opening * depth + inside + closing * depth
    wrong = too_much(deep, "f")
    assert (wrong is None) == (depth <= DEEPEST)
    quoted = (f"a = '{deep}'", f'a = """\n{deep}"""', f"# {deep}")
    assert [one for one in quoted if too_much(one, "f") is not None] == []


def test_what_is_too_much_says_where_and_how_much(tmp_path: Path) -> None:
    file = tmp_path / "rack.toml"
    file.write_text("a = [" + "1," * MOST_MARKS + "]", encoding="utf-8")
    with pytest.raises(InputError, match=rf"mine: describes too much: .* up to {MOST_MARKS}"):
        read_toml(file, "mine")


def test_mutated_files_are_refused_with_their_place_or_planned() -> None:
    counts, faults = script("mutate_files").tried(60, seed=1, every=0, keep=None)
    assert faults == []
    assert counts["refused"] > counts["planned"] > 0


@pytest.mark.parametrize("height", [1e308, 5e-324, 0.3, 0.7, 59.9, 61.25])
def test_of_any_height_the_nearest_multiple_that_is_allowed_is_named(
    height: float, tmp_path: Path
) -> None:
    text = (DATA / "racked.toml").read_text(encoding="utf-8")
    wrong = re.sub(r"(?m)^height_u = .*", f"height_u = {height!r}", text, count=1)
    (tmp_path / "racked.toml").write_text(wrong, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_catalog(str(tmp_path))
    found = [one for one in caught.value.problems if "height_u" in one.key]
    offered = {float(one.nearest.split()[-1]) for one in found}
    assert offered == {min(max(round(2 * min(height, 60.0)) / 2, 0.5), 60.0)}


def test_a_text_that_is_too_long_is_told_with_its_line() -> None:
    head, long = "version = 1\na = ", "x" * MOST_TEXT
    remark = f"# {long}{long}\n"
    for text in (f'{head}"{long}"', f"{head}'''{long}{long}", f'{remark}a = "{long}"'):
        wrong = too_much(text, "f")
        assert wrong is not None
        assert wrong.line == 2
        assert wrong.allowed == f"up to {MOST_TEXT}"
    assert too_much('a = "' + "x" * (MOST_TEXT - 2) + '"', "f") is None
    assert too_much("# " + "x" * 2 * MOST_TEXT, "f") is None, "a remark may be long"
