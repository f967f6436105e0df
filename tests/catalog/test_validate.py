"""Errors in a file: all of them, each with file, line, key and a way out; never a traceback."""

import copy
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from catalog.base import Fact
from catalog.check import tables
from catalog.load import DATA, load_catalog
from catalog.problems import InputError, Problem
from catalog.store import FOLDERS
from catalog.units import length_mm
from catalog.validate import MAX_BYTES, Wrong, parse, read_toml, reads

from .toml_text import document, dotted, paths

CATALOG = load_catalog()
DEVICES = sorted(path for folder in FOLDERS for path in (DATA / folder).glob("*.toml"))


def problems_of(text: str, folder: str, name: str, tmp: Path) -> tuple[Problem, ...]:
    """Lay one device over the catalogue and return what is said of it."""
    (tmp / folder).mkdir(parents=True, exist_ok=True)
    path = tmp / folder / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    try:
        load_catalog(tmp)
    except InputError as error:
        return error.problems
    finally:
        path.unlink()
    return ()


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("overlay")


@st.composite
def mutated(draw: st.DrawFn) -> tuple[Path, dict[str, Any], tuple[str | int, ...], str]:
    """Return a device's file, its spoilt content, where it was spoilt, and how."""
    path = draw(st.sampled_from(DEVICES))
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    del data["version"]
    data.pop("aliases", None)
    place = draw(st.sampled_from(paths(data)))
    parent: Any = data
    for part in place[:-1]:
        parent = parent[part]
    how = draw(st.sampled_from(["drop", "rename", "negate", "nan", "inf", "text", "list", "true"]))
    old = parent[place[-1]]
    if how == "drop":
        del parent[place[-1]]
    elif how == "rename" and isinstance(parent, dict):
        parent[f"{place[-1]}x"] = parent.pop(place[-1])
        place = (*place[:-1], f"{place[-1]}x")
    else:
        numeric = isinstance(old, (int, float))
        spoilt = {"negate": -old if numeric else old, "nan": float("nan"), "inf": float("inf")}
        spoilt |= {"text": "12 mm", "list": [old, [old]], "true": True}
        parent[place[-1]] = spoilt.get(how, old)
    return path, data, place, how


@given(case=mutated())
def test_a_spoilt_file_is_refused_with_file_line_and_key(case: Any, lab: Path):
    path, data, place, how = case
    untouched = tomllib.loads(path.read_text(encoding="utf-8"))
    problems = problems_of(document(data), path.parent.name, path.stem, lab)
    for problem in problems:
        assert problem.where == f"{lab}/{path.parent.name}/{path.name}"
        assert problem.what
        if "is missing" not in problem.what:
            assert problem.key
            assert problem.line is not None
    old: Any = untouched
    for part in place:
        old = old.get(part) if isinstance(old, dict) else old[part] if part < len(old) else None
    number = isinstance(old, (int, float))
    certain = how in ("nan", "inf", "list", "true") and number
    if certain or (how == "text" and number) or (how == "rename" and isinstance(place[-1], str)):
        assert dotted(place) in {problem.key for problem in problems}, problems


@given(path=st.sampled_from(DEVICES))
def test_an_unspoilt_file_written_anew_is_accepted(path: Path, lab: Path):
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    del data["version"]
    assert problems_of(document(data), path.parent.name, path.stem, lab) == ()


@given(
    path=st.sampled_from(DEVICES),
    cut=st.floats(0, 1),
    junk=st.sampled_from(["", "[", "=", '"', "}"]),
)
def test_a_torn_file_is_refused_or_whole(path: Path, cut: float, junk: str, lab: Path):
    text = path.read_text(encoding="utf-8")
    torn = text[: int(len(text) * cut)] + junk
    for problem in problems_of(torn, path.parent.name, path.stem, lab):
        assert problem.where.endswith(path.name)
        assert problem.what


ROWS = [
    row for table in tables().values() for row in list(table.store(CATALOG).sorted.values())[:9]
]
SOME = [CATALOG.device(name) for name in ("raspberry-pi-5", "compute-blade", "netgear-gs308")]


@pytest.mark.parametrize("record", [*ROWS, *SOME], ids=lambda record: record.id)
def test_no_number_may_be_anything_else(record: Fact):
    """Text of digits, truth values and endless numbers are refused at every place of a number."""
    written = record.model_dump(mode="json", exclude_unset=True)
    for place in paths(written):
        spoilt = copy.deepcopy(written)
        parent: Any = spoilt
        for part in place[:-1]:
            parent = parent[part]
        old = parent[place[-1]]
        never = {float: ["1", True, float("nan"), float("inf"), [1.0]], bool: ["yes", 1]}
        for wrong in never.get(type(old), []):
            parent[place[-1]] = wrong
            with pytest.raises(InputError) as caught:
                parse(type(record), spoilt, "file")
            assert dotted(place) in {problem.key for problem in caught.value.problems}


BOARD = """\
version = 1
id = "mine"
kind = "board"
name = "Mine"
manufacturer = "Me"
category = "sbc"
board = { x_mm = 85, y_mm = 56 }
holes = [
  { x_mm = 3.5, y_mm = 3.5, d_mm = 2.7 },
]

[sources]
geometry = ["OWN"]

[confidence]
holes = "high"
"""


@pytest.mark.parametrize(
    ("change", "line", "key", "said"),
    [
        (("x_mm = 85", "x_mm = -85"), 7, "board.x_mm", "use a value above 0"),
        (("x_mm = 85", "x_mm = 4000"), 7, "board.x_mm", "the largest value that works is 3000"),
        (("x_mm = 85", "x_in = 3"), 7, "board.x_in", "write x_mm = 76.2"),
        (("x_mm = 85", "x_cm = 8.5"), 7, "board.x_cm", "write x_mm = 85"),
        (("x_mm = 85", 'x_mm = "85mm"'), 7, "board.x_mm", "write 85, without quotes"),
        (("x_mm = 85", "x_mm = nan"), 7, "board.x_mm", "nan is not a finite number"),
        (("x_mm = 85", "x_mm = true"), 7, "board.x_mm", "true is not a number"),
        (("d_mm = 2.7", "d = 2.7"), 9, "holes[0].d", "did you mean 'd_mm'?"),
        ((", d_mm = 2.7", ""), 9, "holes[0].d_mm", "is missing"),
        (('category = "sbc"', 'category = "sbx"'), 6, "category", "did you mean 'sbc'?"),
        (('category = "sbc"', 'catgory = "sbc"'), 6, "catgory", "did you mean 'category'?"),
        (('holes = "high"', 'hole = "high"'), 16, "confidence.hole", "did you mean 'holes'?"),
        (('holes = "high"', 'holes = "hi"'), 16, "confidence.holes", "is not a choice"),
        (('["OWN"]', '"OWN"'), 13, "sources.geometry", 'write ["OWN"]'),
        (('["OWN"]', '["OWNN"]'), 13, "sources.geometry[0]", "did you mean 'OWN'?"),
        (('id = "mine"', 'id = "Mine A"'), 2, "id", "use 'mine-a'"),
        (('id = "mine"', 'id = "yours"'), 2, "id", 'write id = "mine"'),
        (("version = 1", "version = 2"), 1, "version", "get a newer Rackpress"),
        (("version = 1", "version = 0"), 1, "version", "write version = 1"),
        (("version = 1", 'version = "1"'), 1, "version", "write version = 1"),
        (("version = 1", "version = true"), 1, "version", "write version = 1"),
        (
            ("x_mm = 3.5", "x_mm = 84.5"),
            9,
            "holes[0].x_mm",
            "the largest value that works is 83.65",
        ),
        (('kind = "board"', 'kind = "box"'), 3, "kind", "move it to boxes/"),
        (("[sources]", "weight_kg = 1\n[sources]"), 12, "weight_kg", "write weight_g"),
    ],
)
def test_plain_words(change: tuple[str, str], line: int | None, key: str, said: str, lab: Path):
    assert change[0] in BOARD
    problems = problems_of(BOARD.replace(*change, 1), "boards", "mine", lab)
    (problem,) = [problem for problem in problems if problem.key == key]
    assert problem.line == line
    assert said in str(problem)


def test_all_problems_of_a_file_are_said_at_once(lab: Path):
    text = (
        BOARD.replace("x_mm = 85", "x_mm = -85").replace('"sbc"', '"sbx"').replace("Me", "M\\u0065")
    )
    problems = problems_of(text.replace('name = "Mine"', "nam = 1"), "boards", "mine", lab)
    assert [problem.key for problem in problems] == ["name", "nam", "category", "board.x_mm"]


def test_a_correct_file_says_nothing(lab: Path):
    assert problems_of(BOARD, "boards", "mine", lab) == ()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\x7fELF\x00\x01", "is not a text file"),
        (b"a = 1\nb = '\xff'\n", "byte 0xff is not UTF-8"),
        (b"a = 1\nb = = 2\n", "not valid TOML"),
        (b"a = 1\na = 2\n", "not valid TOML"),
        (b"a = " + b"[" * 5000 + b"]" * 5000, "nested too deeply"),
        (b"a = " + b"9" * 5000, "a number of 5000 digits"),
        (b"a = '", "not valid TOML"),
        (b"#" * (MAX_BYTES + 1), "is too big"),
    ],
)
def test_what_is_no_toml_is_refused_in_words(content: bytes, said: str, tmp_path: Path):
    path = tmp_path / "file.toml"
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        read_toml(path, "file.toml")
    assert said in str(caught.value)
    assert caught.value.problems[0].where == "file.toml"


def test_the_line_of_bad_syntax_is_said(tmp_path: Path):
    path = tmp_path / "file.toml"
    path.write_text("a = 1\n\nb = = 2\n")
    with pytest.raises(InputError) as caught:
        read_toml(path, "file.toml")
    assert caught.value.problems[0].line == 3


def test_files_from_elsewhere_are_read(tmp_path: Path):
    path = tmp_path / "file.toml"
    path.write_bytes(b"\xef\xbb\xbfa = 1\r\nb = 2\r\n")  # byte order mark, carriage returns
    assert read_toml(path, "file.toml")[0] == {"a": 1, "b": 2}


@pytest.mark.parametrize("name", ["absent.toml", "folder", "nul\0.toml", "x" * 300])
def test_what_cannot_be_opened_is_said(name: str, tmp_path: Path):
    (tmp_path / "folder").mkdir()
    with pytest.raises(InputError):
        read_toml(tmp_path / name, name)


def test_an_absent_file_is_met_with_its_neighbour(tmp_path: Path):
    (tmp_path / "rack.toml").write_text("")
    with pytest.raises(InputError, match=r"did you mean 'rack\.toml'"):
        read_toml(tmp_path / "rak.toml", "rak.toml")


@given(raw=st.binary(max_size=200))
def test_no_bytes_break_the_reader(raw: bytes, lab: Path):
    path = lab / "bytes.toml"
    path.write_bytes(raw)
    try:
        data, _ = read_toml(path, "bytes.toml")
    except InputError as error:
        wheres = {problem.where for problem in error.problems}
    else:
        assert data == tomllib.loads(raw.decode("utf-8-sig").replace("\r\n", "\n"))
        wheres = {"bytes.toml"}
    finally:
        path.unlink()
    assert wheres == {"bytes.toml"}


class Round(BaseModel):
    """A shape whose length may be text."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)
    form: Literal["round"]
    d_mm: Annotated[float, BeforeValidator(reads(length_mm)), Field(gt=0, le=50)]


class Square(BaseModel):
    """A shape with bounds, steps and a rule of its own."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    form: Literal["square"]
    height_u: float = Field(1, ge=0.5, le=4, multiple_of=0.5)
    cut: tuple[float, float] | None = None

    @model_validator(mode="after")
    def cut_ascends(self) -> "Square":
        """Refuse a cut that runs backwards."""
        if self.cut is not None and self.cut[0] > self.cut[1]:
            raise Wrong("the cut runs backwards", "lowest first", "swap them")
        return self


class Sheet(BaseModel):
    """What other rooms' files have and the catalogue has not: unions told apart by a key."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    shape: list[Annotated[Round | Square, Field(discriminator="form")]]


@pytest.mark.parametrize(
    ("row", "key", "said"),
    [
        ("form = 'round'\nd_mm = '1.5 parsec'", "shape[0].d_mm", "is not a length"),
        ("form = 'round'\nd_mm = [1]", "shape[0].d_mm", "neither a number nor text"),
        ("form = 'round'\nd_mm = '5in'", "shape[0].d_mm", "the largest value that works is 50"),
        ("form = 'square'\nheight_u = 1.3", "shape[0].height_u", "use 1.5"),
        ("form = 'square'\nheight_u = 0.25", "shape[0].height_u", "use 0.5|smallest.* 0.5"),
        ("form = 'square'\ncut = [2, 1]", "shape[0]", "swap them"),
        ("form = 'square'\ncut = [2]", "shape[0].cut[1]", "is missing"),
        ("form = 'square'\nhight_u = 1", "shape[0].hight_u", "did you mean 'height_u'"),
        ("form = 'squar'", "shape[0]", "did you mean 'square'"),
        ("height_u = 1", "shape[0]", "form is missing; allowed: round, square"),
    ],
)
def test_models_of_other_rooms_are_explained_too(row: str, key: str, said: str):
    text = f"# a sheet\n[[shape]]\n{row}\n"
    with pytest.raises(InputError, match=said) as caught:
        parse(Sheet, tomllib.loads(text), "sheet.toml", text)
    (problem,) = caught.value.problems
    assert problem.key == key
    assert problem.line in (2, 3, 4)


def test_text_forms_of_lengths_are_read():
    sheet = parse(Sheet, {"shape": [{"form": "round", "d_mm": "0.5in"}]}, "sheet.toml")
    assert sheet.shape[0] == Round(form="round", d_mm=12.7)


def test_parsing_leaves_its_input_alone():
    data = {"shape": [{"form": "square"}]}
    before = copy.deepcopy(data)
    parse(Sheet, data, "sheet.toml")
    assert data == before
