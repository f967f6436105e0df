"""What is made to break a reader is refused with its name and a reason, in little memory."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli.main import main
from mounts.verify.load import load
from tests.verify.hostile import FACET, GUARDS, MESH, STL, files, model, one, package

MOST_MB = 500
ROOT = Path(__file__).parent.parent.parent


def test_every_one_is_refused_in_a_process_of_less_than_500_mb(tmp_path: Path) -> None:
    names = {name for name, _ in files()}
    for name, data in files():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "endless.stl").symlink_to("/dev/zero")
    (tmp_path / "folder.stl").mkdir()
    reader = [sys.executable, "-m", "tests.verify.hostile", str(tmp_path)]
    done = subprocess.run(reader, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    told = json.loads(done.stdout)
    assert set(told["said"]) == {*names, "endless.stl", "folder.stl"}
    for name, text in told["said"].items():
        assert text.startswith(str(tmp_path / name)), f"{name}: {text!r}"
        assert GUARDS.get(name, "") in text
    assert told["mb"] < MOST_MB


def test_what_a_zip_packs_well_and_a_small_file_of_few_facets_are_read(tmp_path: Path) -> None:
    """The guards leave alone what is only plain."""
    path = tmp_path / "plain.3mf"
    path.write_bytes(package(model(one(MESH + " " * 900_000))))
    assert len(load(path)[0].mesh.triangles) == 4
    path = tmp_path / "plain.stl"
    path.write_bytes(STL + (3).to_bytes(4, "little") + FACET * 3)
    assert len(load(path)[0].mesh.triangles) == 3


@pytest.mark.parametrize("name", ["billion.stl", "entities.3mf", "short.step"])
def test_the_command_ends_with_2_and_says_which_file(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(next(data for other, data in files() if other == name))
    for command in ("verify", "rebuild"):
        result = CliRunner().invoke(main, [command, str(path)])
        assert result.exit_code == 2, result.output
        assert f"error: {path}" in result.stderr
        assert result.stdout == ""


def test_what_the_kernel_says_is_no_data(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "odd.step"
    path.write_text(
        "ISO-10303-21;\nHEADER;\nENDSEC;\nDATA;\n#1=NONSENSE(;\nENDSEC;\nEND-ISO-10303-21;\n"
    )
    result = CliRunner().invoke(main, ["verify", str(path), "--json"])
    assert result.exit_code == 2
    assert json.loads(result.stdout)["problems"][0]["where"] == str(path)
    assert capfd.readouterr() == ("", "")
