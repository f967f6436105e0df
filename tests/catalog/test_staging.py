"""A folder is replaced in one step; what a killed process left is swept, and nothing else is."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from catalog import staging
from catalog.files import inside, write_all
from catalog.problems import CheckFailed, InputError
from catalog.staging import OLD, exchanged, put, stage, sweep

POSIX = pytest.mark.skipif(os.name != "posix", reason="locks as POSIX has them")
PREFIX = ".rack.rackpress-"
HOLD = """
import sys, time
from pathlib import Path
from catalog.staging import stage
with stage(Path(sys.argv[1]), sys.argv[2]) as made:
    (made / "old").mkdir()
    (made / "old" / "plan.json").write_text("the last whole result")
    print(made, flush=True)
    sys.stdin.read()
"""


def filled(folder: Path, text: str) -> Path:
    folder.mkdir(parents=True)
    (folder / "file").write_text(text)
    return folder


@POSIX
def test_a_stage_is_swept_only_once_nobody_holds_it(tmp_path: Path) -> None:
    mine = filled(tmp_path / f"{PREFIX}backup-2025", "no stage: its name is not of eight letters")
    command = [sys.executable, "-c", HOLD, str(tmp_path), PREFIX]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    ) as one:
        assert one.stdout is not None
        held = Path(one.stdout.readline().strip())
        sweep(tmp_path, PREFIX)
        assert held.is_dir()
        one.kill()
    assert held.is_dir()
    sweep(tmp_path, PREFIX, tmp_path / "rack")
    assert not held.exists()
    assert (tmp_path / "rack" / "plan.json").read_text() == "the last whole result"
    assert mine.is_dir()


@POSIX
def test_a_stage_swept_before_it_was_locked_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = tempfile.mkdtemp
    made: list[str] = []

    def swept(prefix: str, dir: Path) -> str:  # noqa: A002 - as tempfile calls it
        made.append(real(prefix=prefix, dir=dir))
        if len(made) == 1:
            sweep(tmp_path, PREFIX)  # as another process does
        return made[-1]

    monkeypatch.setattr(tempfile, "mkdtemp", swept)
    with stage(tmp_path, PREFIX) as folder:
        assert folder.is_dir()
        sweep(tmp_path, PREFIX)
        assert folder.is_dir()
    assert len(made) == 2


@POSIX
def test_what_is_there_is_not_replaced_by_what_a_stage_kept(tmp_path: Path) -> None:
    filled(tmp_path / f"{PREFIX}abcd1234" / OLD, "older")
    filled(tmp_path / "rack", "newer")
    sweep(tmp_path, PREFIX, tmp_path / "rack")
    assert (tmp_path / "rack" / "file").read_text() == "newer"
    assert [path.name for path in tmp_path.iterdir()] == ["rack"]


@pytest.mark.skipif(sys.platform != "linux", reason="the step is known there")
def test_two_folders_are_exchanged_in_one_step(tmp_path: Path) -> None:
    one, other = filled(tmp_path / "one", "1"), filled(tmp_path / "other", "2")
    assert exchanged(one, other)
    assert [(path / "file").read_text() for path in (one, other)] == ["2", "1"]
    assert not exchanged(one, tmp_path / "missing")


def unable(one: Path, other: Path) -> bool:
    """Exchange nothing, as a system that cannot."""
    return False


@pytest.mark.parametrize("able", [True, False])
def test_put_leaves_the_new_or_the_old(
    able: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not able:
        monkeypatch.setattr(staging, "exchanged", unable)
    place, old = tmp_path / "place", tmp_path / OLD
    put(filled(tmp_path / "a", "first"), place, old)
    assert (place / "file").read_text() == "first"
    put(filled(tmp_path / "b", "second"), place, old)
    assert (place / "file").read_text() == "second"
    with pytest.raises(OSError, match="missing"):
        put(tmp_path / "missing", place, tmp_path / "old2")
    assert (place / "file").read_text() == "second"


def test_a_stage_is_gone_whatever_happens(tmp_path: Path) -> None:
    def stopped() -> None:
        with stage(tmp_path, PREFIX) as made:
            filled(made / "new", "half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    assert list(tmp_path.iterdir()) == []


BAD_NAMES = [
    "../x",
    "/x",
    "a/../x",
    "a//b",
    "",
    ".",
    "a/.",
    "a\\..\\x",
    "C:x",
    "a\nb",
    "a\0b",
    "a/",
]


@pytest.mark.parametrize("name", BAD_NAMES)
def test_no_name_leads_out_of_a_folder(name: str, tmp_path: Path) -> None:
    with pytest.raises(CheckFailed, match="not the name of a file inside"):
        write_all(tmp_path / "out", {"fine": b"", name: b""})
    assert list(tmp_path.iterdir()) == []
    inside(["a/b.c", "ü-1.5u.stl"])


@POSIX
def test_no_link_is_followed_out_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out" / "parts").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "thesis").write_text("keep")
    (tmp_path / "out" / "a").symlink_to(tmp_path / "thesis")
    with pytest.raises(InputError, match="leads out of"):
        write_all(tmp_path / "out", {"a": b"new", "parts/x.stl": b""})
    assert (tmp_path / "thesis").read_text() == "keep"
    assert list((tmp_path / "elsewhere").iterdir()) == []
    write_all(tmp_path / "out", {"a": b"new"})  # the link itself is replaced
    assert (tmp_path / "thesis").read_text() == "keep"
    assert not (tmp_path / "out" / "a").is_symlink()
