"""A missing system library is named with its Debian package, whatever the loader says."""

from collections.abc import Callable
from types import ModuleType

import pytest

from tests.scripts import script

NOT_FOUND = "{}: cannot open shared object file: No such file or directory"


@pytest.fixture
def check() -> ModuleType:
    """scripts/check_system.py as a module."""
    return script("check_system")


def raises(message: str, module: str) -> Callable[[str], None]:
    """Return an importer that fails at one module."""

    def load(name: str) -> None:
        if name == module:
            raise ImportError(message)

    return load


@pytest.mark.parametrize(
    ("message", "library"),
    [
        (NOT_FOUND.format("libGL.so.1"), "libGL.so.1"),
        ("ImportError: " + NOT_FOUND.format("libstdc++.so.6"), "libstdc++.so.6"),
        (NOT_FOUND.format("libfoo-2.4.so"), "libfoo-2.4.so"),
        ("No module named 'OCP'", None),
        ("/lib/libc.so.6: version `GLIBC_2.99' not found", None),
        ("", None),
    ],
)
def test_reads_the_library_out_of_the_loaders_words(
    check: ModuleType, message: str, library: str | None
) -> None:
    assert check.missing_library(message) == library


def test_every_library_of_the_table_is_found_in_a_message_and_in_the_advice(
    check: ModuleType,
) -> None:
    for library, package in check.PACKAGES.items():
        assert check.missing_library(NOT_FOUND.format(library)) == library
        assert check.advice([library]) == f"Debian, Ubuntu: apt install {package}"
    assert set(check.NEEDED) | {check.FOR_PICTURES} <= set(check.PACKAGES)


def test_names_packages_once_and_admits_what_it_does_not_know(check: ModuleType) -> None:
    advice = check.advice(["libodd.so.3", "libGL.so.1", "libEGL.so.1", "libGL.so.1"])
    assert advice == (
        "Debian, Ubuntu: apt install libegl1 libgl1; find the package that holds libodd.so.3"
    )


def test_one_failed_import_names_all_that_is_missing(check: ModuleType) -> None:
    load = raises(NOT_FOUND.format("libodd.so.3"), "cadquery")
    failing = check.failing_libraries(load, lambda name: name != "libX11.so.6")
    assert failing == ["libX11.so.6", "libodd.so.3"]


def test_another_import_error_is_not_swallowed(check: ModuleType) -> None:
    with pytest.raises(ImportError, match="No module"):
        check.failing_libraries(raises("No module named 'OCP'", "OCP.TopoDS"), lambda _: True)


def test_says_it_on_stderr_with_exit_code_3(
    check: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(check, "failing_libraries", lambda: ["libGL.so.1"])
    assert check.main() == 3
    out, err = capsys.readouterr()
    assert out == ""
    assert "libGL.so.1" in err
    assert "apt install libgl1" in err


def test_a_missing_library_for_pictures_is_named_and_does_no_harm(
    check: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(check, "failing_libraries", list)
    monkeypatch.setattr(check, "loads", lambda _: False)
    assert check.main() == 0
    assert "apt install libegl1" in capsys.readouterr().err


def test_loads_tells_a_library_from_none(check: ModuleType) -> None:
    assert check.loads("libc.so.6")
    assert not check.loads("libno_such_thing.so.0")
