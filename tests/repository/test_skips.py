"""A missing tool skips a test at home and fails it in the full check."""

import os
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

SUITE = """
import pytest

def test_kicad_by_fixture(kicad_cli): pass
@pytest.mark.kicad
def test_kicad_by_marker(): pass
def test_slicer_by_fixture(prusa_slicer): pass
def test_data_by_fixture(data): pass
def test_skips_itself(): pytest.skip("no reason")
@pytest.mark.skip
def test_is_marked(): pass
@pytest.mark.xfail
def test_fails_as_expected(): assert False
def test_passes(): pass
"""
CONFIG = "[pytest]\naddopts = --strict-markers\nmarkers =\n  kicad\n  slicer\n  data\n"
KICAD = "#!/bin/sh\necho {version}\n"


@pytest.fixture
def suite(tmp_path: Path, root: Path) -> Path:
    """A suite under our conftest, on a machine that has no tools at all."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "sh").symlink_to("/bin/sh")
    shutil.copy(root / "tests" / "conftest.py", tmp_path / "conftest.py")
    (tmp_path / "test_sample.py").write_text(SUITE, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text(CONFIG, encoding="utf-8")
    return tmp_path


def run(folder: Path, *args: str, **environment: str) -> dict[str, int]:
    """Run the suite; return how many tests ended how."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("RACKPRESS_", "PYTEST_"))}
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:xdist", *args]
    process = subprocess.run(
        command,
        cwd=folder,
        env=kept | {"PATH": str(folder / "bin")} | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    words = process.stdout.strip().splitlines()[-1].replace(",", "").strip("= ").split()
    return {word.rstrip("s"): int(n) for n, word in pairwise(words) if n.isdigit()}


def install(folder: Path, name: str, text: str) -> None:
    """Put a program on the suite's path."""
    program = folder / "bin" / name
    program.write_text(text, encoding="utf-8")
    program.chmod(0o755)


def test_missing_tools_skip(suite: Path) -> None:
    assert run(suite) == {"passed": 1, "skipped": 6, "xfailed": 1}


def test_missing_tools_fail_where_required_and_only_the_data_may_lack(suite: Path) -> None:
    ends = run(suite, RACKPRESS_REQUIRE_TOOLS="1")
    assert ends == {"passed": 1, "skipped": 1, "error": 4, "failed": 1, "xfailed": 1}


def test_data_that_was_promised_must_be_there(suite: Path) -> None:
    promised = {"RACKPRESS_REQUIRE_TOOLS": "1", "RACKPRESS_DATA": str(suite / "nowhere")}
    assert run(suite, "-k", "data", **promised) == {"error": 1, "deselected": 7}
    promised["RACKPRESS_DATA"] = str(suite)
    assert run(suite, "-k", "data", **promised) == {"passed": 1, "deselected": 7}


def test_installed_tools_run_but_an_old_kicad_does_not_count(suite: Path) -> None:
    install(suite, "prusa-slicer", "#!/bin/sh\n")
    install(suite, "kicad-cli", KICAD.format(version="8.0.7"))
    assert run(suite, "-k", "fixture or marker") == {"passed": 1, "skipped": 3, "deselected": 4}
    install(suite, "kicad-cli", KICAD.format(version="10.0.1"))
    assert run(suite, "-k", "fixture or marker") == {"passed": 3, "skipped": 1, "deselected": 4}


def test_a_fixture_marks_its_test(suite: Path) -> None:
    assert run(suite, "-m", "kicad") == {"skipped": 2, "deselected": 6}


def test_a_file_that_skips_as_a_whole_fails_where_required(suite: Path) -> None:
    text = 'import pytest\npytest.importorskip("no_such_module")\n'
    (suite / "test_sample.py").write_text(text, encoding="utf-8")
    assert run(suite) == {"skipped": 1}
    assert run(suite, RACKPRESS_REQUIRE_TOOLS="1") == {"error": 1}
