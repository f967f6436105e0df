"""Nobody sees half a project, and what a person changed is not overwritten."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from catalog.files import write_all
from catalog.problems import InputError
from pcb.build import project_files, write_netlist, write_project
from pcb.files import digest
from pcb.project import find_record, read_record
from pcb.spec import BoardSpec

Make = Callable[..., BoardSpec]


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file by its name from the folder on."""
    every = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in every}


def test_the_project_is_complete_and_nothing_else_lies_there(tmp_path: Path, spec: Make) -> None:
    folder = tmp_path / "deep" / "er"
    paths = write_project(spec(), folder)
    assert contents(folder) == project_files(spec())
    assert sorted(paths) == sorted(folder / name for name in contents(folder))
    kinds = {".kicad_sch", ".kicad_pcb", ".kicad_dru", ".kicad_pro", ".net", ".kicad_sym"}
    assert {path.suffix for path in paths} >= kinds
    assert list(folder.parent.iterdir()) == [folder]


def test_the_record_makes_the_same_board_again(tmp_path: Path, spec: Make) -> None:
    for given in (spec(), spec(name="", volts=5, connector="wire", amps=0.35, test_points=False)):
        folder = tmp_path / given.title
        write_project(given, folder)
        again, known = read_record(find_record(folder))
        files = project_files(again)
        assert files == contents(folder)
        assert known == {n: digest(c) for n, c in files.items() if not n.endswith(".board.json")}


def test_a_board_may_be_made_again_with_other_parameters(tmp_path: Path, spec: Make) -> None:
    write_project(spec(), tmp_path)
    write_project(spec(outputs=1), tmp_path)
    assert contents(tmp_path) == project_files(spec(outputs=1))


def test_two_boards_share_a_folder_and_are_told_apart(tmp_path: Path, spec: Make) -> None:
    write_project(spec(), tmp_path)
    write_project(spec(name="c", volts=5), tmp_path)
    with pytest.raises(InputError, match="2 boards"):
        find_record(tmp_path)
    assert read_record(find_record(tmp_path, "c"))[0].volts == 5
    with pytest.raises(InputError, match=r"did you mean|choose from"):
        find_record(tmp_path, "d")


@pytest.mark.parametrize("name", ["b.kicad_sch", "b.kicad_pcb", "b.kicad_pro", "sym-lib-table"])
def test_a_file_changed_by_hand_is_kept(tmp_path: Path, spec: Make, name: str) -> None:
    write_project(spec(), tmp_path)
    (tmp_path / name).write_text("mine", encoding="utf-8")
    before = contents(tmp_path)
    with pytest.raises(InputError, match="changed since") as caught:
        write_project(spec(outputs=1), tmp_path)
    assert name in str(caught.value)
    assert contents(tmp_path) == before
    write_project(spec(outputs=1), tmp_path, overwrite=True)
    assert contents(tmp_path) == project_files(spec(outputs=1))


def test_a_stranger_s_file_is_kept(tmp_path: Path, spec: Make) -> None:
    (tmp_path / "sym-lib-table").write_text("(sym_lib_table)", encoding="utf-8")
    with pytest.raises(InputError, match="not written by Rackpress"):
        write_project(spec(), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["sym-lib-table"]


def test_other_files_are_left_alone(tmp_path: Path, spec: Make) -> None:
    (tmp_path / "c.kicad_pcb").write_text("a layout of mine", encoding="utf-8")
    write_project(spec(), tmp_path)
    assert (tmp_path / "c.kicad_pcb").read_text(encoding="utf-8") == "a layout of mine"


def test_a_failure_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, content: bytes) -> int:
        if path.name == "b":
            raise OSError(28, "No space left on device")
        return len(content)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(InputError, match="No space left"):
        write_all(tmp_path / "new", {"a": b"1", "b": b"2"})
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_a_file_is_an_input_error(tmp_path: Path, spec: Make) -> None:
    (tmp_path / "x").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="cannot be written"):
        write_project(spec(), tmp_path / "x")


def test_the_netlist_is_written_again(tmp_path: Path, spec: Make) -> None:
    write_project(spec(), tmp_path)
    (tmp_path / "b.net").unlink()
    path, text = write_netlist(spec(), tmp_path)
    assert path.read_text(encoding="utf-8") == text
    assert contents(tmp_path) == project_files(spec())


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"spec": 1}', '{"format": 2, "spec": {}}', "\x00"]
)
def test_a_broken_record_is_an_input_error(tmp_path: Path, content: str) -> None:
    path = tmp_path / "b.board.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=r"b\.board\.json"):
        read_record(path)


def test_a_wrong_value_in_a_record_names_the_file(tmp_path: Path, spec: Make) -> None:
    write_project(spec(), tmp_path)
    path = find_record(tmp_path)
    content = json.loads(path.read_text(encoding="utf-8"))
    content["spec"]["outputs"] = 99
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(InputError, match=r"b\.board\.json: spec\.outputs: 99"):
        read_record(path)


def test_an_empty_folder_says_how_to_make_a_board(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="rackpress pcb new"):
        find_record(tmp_path)
