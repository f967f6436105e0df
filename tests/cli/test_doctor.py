"""The doctor says what is there and what is not, and works where nothing else does."""

import json
import os
import stat
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from catalog import doctor
from catalog.doctor import FINE, MISSING, WRONG, Finding, examine
from catalog.tools import CALCULIX, CHROMIUM, GMSH, KICAD, PCBNEW, SLICER

ROOT = Path(__file__).parents[2]
TOOLS = {
    "KICAD": KICAD,
    "PCBNEW": PCBNEW,
    "SLICER": SLICER,
    "GMSH": GMSH,
    "CALCULIX": CALCULIX,
    "CHROMIUM": CHROMIUM,
}


def works(command: Sequence[str]) -> str:
    """Find that a program works, whatever it is."""
    return ""


def program(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine whose search path is one empty folder, and on which what is tried does work."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    for name, tool in TOOLS.items():
        monkeypatch.delenv(tool.variable or "NONE", raising=False)
        monkeypatch.setattr(doctor, name, replace(tool, places=()))
    monkeypatch.setattr(doctor, "_tried", works)
    return tmp_path / "bin"


def found() -> dict[str, Finding]:
    return {one.name: one for one in examine()}


def test_what_is_missing_says_what_for_and_how_to_get_it(bare: Path) -> None:
    seen = found()
    for tool in TOOLS.values():
        one = seen[tool.name]
        assert one.state == MISSING
        assert one.purpose
        assert one.get
        assert one.own == (tool in (GMSH, CALCULIX, CHROMIUM))
    assert {seen[name].state for name in ("Python", "CadQuery", "fonts")} == {FINE}


def test_programs_on_the_path_are_found(bare: Path) -> None:
    for name in ("prusa-slicer", "gmsh", "ccx", "chromium"):
        program(bare, name, "exit 0")
    program(bare, "kicad-cli", "echo 9.0.2")
    seen = found()
    for tool in (KICAD, SLICER, GMSH, CALCULIX, CHROMIUM):
        assert seen[tool.name].state == FINE
        assert str(bare) in seen[tool.name].found


@pytest.mark.parametrize(
    ("said", "state"),
    [("echo 9.0.2", FINE), ("echo 10.0.0~rc1", FINE), ("echo 8.0.9", WRONG), ("exit 1", WRONG)],
)
def test_kicad_has_to_be_of_version_9(said: str, state: str, bare: Path) -> None:
    program(bare, "kicad-cli", said)
    assert found()["KiCad"].state == state


def test_a_named_program_that_is_not_there_is_wrong(
    bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RACKPRESS_PRUSA_SLICER", str(bare / "nothing"))
    assert found()["PrusaSlicer"].state == WRONG


@pytest.mark.parametrize("other", ["build123d", "bd_warehouse", "cadquery-ocp-novtk"])
def test_another_kernel_beside_cadquerys_is_told(
    other: str, bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = {other: "0.9", "cadquery": "2.8", "cadquery-ocp": "7.9"}

    def version(name: str) -> str:
        return there.get(name, "")

    monkeypatch.setattr(doctor, "_version", version)
    one = found()["CadQuery"]
    assert one.state == WRONG
    assert other in one.found


def test_full_disks_are_told(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "LEAST_FREE_MB", 1e12)
    seen = found()
    assert seen["disk here"].state == seen["temporary files"].state == WRONG


BROKEN = "raise ImportError('a kernel of another version')"


def test_it_works_where_cadquery_is_broken(tmp_path: Path) -> None:
    for name in ("cadquery", "manifold3d", "vtkmodules"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text(BROKEN)
    run = subprocess.run(
        [sys.executable, "-m", "cli.main", "doctor", "--json"],
        env={**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 3, run.stderr
    told: dict[str, Any] = json.loads(run.stdout)
    seen = {one["name"]: one for one in told["found"]}
    assert {"CadQuery", "manifold3d", "OpenGL"} <= set(told["wanting"])
    assert "a kernel of another version" in seen["CadQuery"]["found"]
