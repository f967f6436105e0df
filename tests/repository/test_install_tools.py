"""The backports entry is derived from the machine's own sources, in either format of apt."""

import os
import subprocess
from pathlib import Path

import pytest

DEB822 = """\
# the machine's own
Types: deb deb-src
URIs: http://example.invalid/some/debian
Suites: bookworm bookworm-updates
Components: main contrib
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb
URIs: http://example.invalid/some/debian-security
Suites: bookworm-security
Components: main
"""
STRANGER = """\
Types: deb
URIs: https://stranger.invalid/apt
Suites: bookworm
Components: main
Signed-By: /etc/apt/keyrings/stranger.gpg
"""
EXPECTED_822 = """\
Types: deb
URIs: http://example.invalid/some/debian
Suites: bookworm-backports
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
"""
ONE_LINE = """\
# deb http://example.invalid/old bookworm main
deb cdrom:[Debian 12]/ bookworm main
deb-src http://example.invalid/debian bookworm main
deb https://stranger.invalid/apt bookworm main
deb  [arch=amd64 signed-by=/usr/share/keyrings/k.gpg]  http://example.invalid/debian  bookworm main
deb http://example.invalid/debian bookworm-updates main
"""
EXPECTED_LINE = (
    "deb [arch=amd64 signed-by=/usr/share/keyrings/k.gpg] http://example.invalid/debian "
    "bookworm-backports main\n"
)


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """An empty /etc/apt."""
    (tmp_path / "sources.list.d").mkdir()
    return tmp_path


def run(root: Path, sources: Path, *args: str, path: str = "") -> subprocess.CompletedProcess[str]:
    """Run the script against a folder of sources."""
    environment = {
        "PATH": path + os.environ["PATH"],
        "HOME": str(sources),
        "APT_SOURCES_DIR": str(sources),
        "OS_RELEASE_FILE": str(sources / "os-release"),
    }
    return subprocess.run(
        [root / "scripts/install-tools.sh", *args],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def entry(root: Path, sources: Path, release: str = "bookworm") -> str:
    """Return the derived entry."""
    process = run(root, sources, "--print-entry", release)
    assert process.returncode == 0, process.stderr
    return process.stdout


def write(sources: Path, name: str, text: str) -> None:
    """Write one sources file."""
    (sources / name).write_text(text, encoding="utf-8")


def test_deb822_keeps_server_and_key(root: Path, sources: Path) -> None:
    write(sources, "sources.list.d/debian.sources", DEB822)
    assert entry(root, sources) == EXPECTED_822


@pytest.mark.parametrize("name", ["aaa", "zzz"])
def test_a_strangers_repository_of_the_same_release_is_not_taken(
    root: Path, sources: Path, name: str
) -> None:
    write(sources, "sources.list.d/debian.sources", DEB822)
    write(sources, f"sources.list.d/{name}.sources", STRANGER)
    assert entry(root, sources) == EXPECTED_822


def test_field_names_in_any_case_and_without_a_space(root: Path, sources: Path) -> None:
    text = DEB822.replace("Suites: ", "suites:").replace("URIs: ", "uris:")
    write(sources, "sources.list.d/debian.sources", text)
    assert entry(root, sources) == EXPECTED_822.replace("URIs: ", "uris:")


def test_a_key_inside_the_stanza_is_kept_whole(root: Path, sources: Path) -> None:
    key = "Signed-By:\n -----BEGIN KEY-----\n .\n abc=\n -----END KEY-----\n"
    own = "Types: deb\nURIs: http://example.invalid/debian\nSuites: bookworm\nComponents: main\n"
    write(sources, "sources.list.d/debian.sources", own + key)
    assert entry(root, sources) == own.replace("bookworm", "bookworm-backports") + key


def test_a_disabled_stanza_does_not_count(root: Path, sources: Path) -> None:
    write(sources, "sources.list.d/debian.sources", "Enabled: no\n" + DEB822)
    write(sources, "sources.list", ONE_LINE)
    assert entry(root, sources) == EXPECTED_LINE


@pytest.mark.parametrize("name", ["sources.list", "sources.list.d/debian.list"])
def test_one_line_entries_keep_options_server_and_key(root: Path, sources: Path, name: str) -> None:
    write(sources, name, ONE_LINE)
    assert entry(root, sources) == EXPECTED_LINE


def test_the_only_entry_is_taken_without_an_updates_suite(root: Path, sources: Path) -> None:
    write(sources, "sources.list", "deb\thttp://example.invalid/debian\ttrixie\tnon-free main\n")
    expected = "deb http://example.invalid/debian trixie-backports main\n"
    assert entry(root, sources, "trixie") == expected


@pytest.mark.parametrize("text", ["", ONE_LINE, DEB822])
def test_no_entry_for_the_release_is_an_error_that_says_so(
    root: Path, sources: Path, text: str
) -> None:
    write(sources, "sources.list", text if text != DEB822 else "")
    write(sources, "sources.list.d/debian.sources", text if text == DEB822 else "")
    process = run(root, sources, "--print-entry", "sid")
    assert process.returncode == 3
    assert process.stdout == ""
    assert "no sources entry for sid" in process.stderr


def test_an_unknown_option_changes_nothing(root: Path, sources: Path) -> None:
    process = run(root, sources, "--dry-run")
    assert process.returncode == 3
    assert "--print-entry" in process.stderr


# A machine without root, network or apt: every program that the script calls is a stand-in that
# writes down how it was called. KiCad becomes new once it has been installed.
STAND_INS = {
    "apt-get": """echo "apt-get $*" >>"$HOME/log"
case "$*" in *" kicad "*) echo 9.0.8 >"$HOME/v" ;; esac""",
    "apt-cache": 'printf "kicad:\\n  Candidate: %s\\n" "$(cat "$HOME/candidate")"',
    "kicad-cli": 'cat "$HOME/v"',
    "prusa-slicer": "echo PrusaSlicer-2.5.0",
    "gmsh": ":",
    "ccx": ":",
    "chromium": ":",
    "dpkg": 'case "$2" in libegl1) exit 1;; esac',
    "id": "echo 0",
}


@pytest.fixture
def machine(sources: Path) -> Path:
    """A machine with KiCad 6, PrusaSlicer, finite elements, and all libraries but libegl1."""
    write(sources, "sources.list", ONE_LINE)
    write(sources, "os-release", "ID=debian\nVERSION_CODENAME=bookworm\n")
    write(sources, "v", "6.0.11\n")
    write(sources, "candidate", "6.0.11+dfsg-1\n")
    (sources / "bin").mkdir()
    for name, body in STAND_INS.items():
        write(sources, f"bin/{name}", f"#!/bin/sh\n{body}\n")
        (sources / "bin" / name).chmod(0o755)
    return sources


def install(root: Path, machine: Path) -> list[str]:
    """Run the script; return the calls of apt-get without their options."""
    (machine / "log").write_text("", encoding="utf-8")
    process = run(root, machine, path=f"{machine / 'bin'}:")
    assert process.returncode == 0, process.stderr
    assert process.stdout.endswith("install-tools: KiCad 9.0.8, PrusaSlicer-2.5.0\n")
    calls = (machine / "log").read_text(encoding="utf-8").splitlines()
    common = "apt-get -q -o DPkg::Lock::Timeout=120 "
    return [call.removeprefix(common).replace("-y --no-install-recommends ", "") for call in calls]


def test_installs_kicad_from_backports_and_a_second_run_does_nothing_to_it(
    root: Path, machine: Path
) -> None:
    assert install(root, machine) == [
        "update",
        "install libegl1",
        "update",
        "install -t bookworm-backports kicad kicad-symbols kicad-footprints",
    ]
    added = (machine / "sources.list.d/rackpress-backports.list").read_text(encoding="utf-8")
    assert added == EXPECTED_LINE
    assert install(root, machine) == ["update", "install libegl1"]


def test_adds_no_second_entry_where_backports_are_in_use(root: Path, machine: Path) -> None:
    write(machine, "sources.list", "deb http://example.invalid/d bookworm-backports main\n")
    assert install(root, machine)[2:] == [
        "install -t bookworm-backports kicad kicad-symbols kicad-footprints"
    ]
    assert list((machine / "sources.list.d").iterdir()) == []


def test_takes_the_releases_own_kicad_where_it_is_new_enough(root: Path, machine: Path) -> None:
    write(machine, "candidate", "9.0.2+dfsg-1\n")
    assert install(root, machine)[2:] == ["install kicad kicad-symbols kicad-footprints"]
    assert list((machine / "sources.list.d").iterdir()) == []
