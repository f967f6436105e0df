"""The review of a board: every check and every limit is on it; what is not proved is said."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings

from cli.main import main
from pcb.build import project_files
from pcb.check import Report
from pcb.copper.picture import pictures
from pcb.copper.solved import Solved, solve_pours
from pcb.kicad import BoardFindings, KiCad, Violation
from pcb.page.checks import Proof, worst_state
from pcb.page.limits import sources
from pcb.page.review import Subject, review_html
from pcb.parts import tables
from pcb.spec import BoardSpec
from tests.browser import legible
from tests.pcb.boards import boards
from tests.rack.page import Page

Make = Callable[..., BoardSpec]
SPEC = BoardSpec(outputs=2, name="b")
GONE = "kicad-cli is not there"


@pytest.fixture(scope="module")
def solved() -> Solved:
    """The copper of the board of all these tests, by our own pours."""
    return solve_pours(SPEC)


def sound(solved: Solved) -> Report:
    """A report of KiCad's that found nothing."""
    return Report("9.9", (), (), BoardFindings((), (), ()), solved)


def page(proof: Proof, spec: BoardSpec = SPEC) -> str:
    return review_html(Subject.of(spec, proof, {}))


def states(proof: Proof, spec: BoardSpec = SPEC) -> dict[str, str]:
    return {one.name: one.state for one in Subject.of(spec, proof, {}).checks()}


def test_a_sound_board_passes_every_check(solved: Solved) -> None:
    proof = Proof(sound(solved), solved, ())
    found = states(proof)
    assert len(found) == 12
    assert set(found.values()) == {"passed"}
    assert f"All {len(found)} checks passed" in page(proof)


def test_without_kicad_the_rest_is_proved_and_the_page_says_so(solved: Solved) -> None:
    proof = Proof(None, solved, None, GONE)
    found = states(proof)
    assert [name for name, state in found.items() if state == "not proved"] == [
        "Schematic: electrical rules", "Schematic: nets", "Board: design rules",
        "Board: connections", "Board against schematic", "Drill files",
    ]  # fmt: skip
    text = page(proof)
    assert f"{GONE}; where KiCad 9 is, rackpress pcb review DIR" in text
    assert "All" not in re.findall(r'<div class="verdict[^>]*><p>(\w+)', text)


FAULT = Violation("k", "error", "something <b>is</b> wrong")


@pytest.mark.parametrize(
    ("name", "spoilt"),
    [
        ("Schematic: electrical rules", {"violations": (FAULT,)}),
        ("Schematic: nets", {"differences": ("J1.2 is not on GND",)}),
        ("Board: design rules", {"board": BoardFindings((FAULT,), (), ())}),
        ("Board: connections", {"board": BoardFindings((), (FAULT,), ())}),
        ("Board against schematic", {"board": BoardFindings((), (), (FAULT,))}),
        ("Copper", {"solved": None, "broken": "nothing flows"}),
        ("Drill files", {}),
    ],
)
def test_one_fault_fails_its_own_check_alone(
    solved: Solved, name: str, spoilt: dict[str, object]
) -> None:
    report = replace(sound(solved), **spoilt)  # type: ignore[arg-type]
    proof = Proof(report, report.solved, () if spoilt else ("a hole is missing",))
    found = states(proof)
    assert [one for one, state in found.items() if state == "failed"] == [name]
    assert worst_state(Subject.of(SPEC, proof, {}).checks()) == "failed"
    text = page(proof)
    assert f"1 failed: {name}" in text
    assert "<b>is</b> wrong" not in text, "what is found is text, not tags"


@given(boards())
@settings(max_examples=5)
def test_every_part_of_the_way_and_every_rating_is_on_it(spec: BoardSpec) -> None:
    board = Subject.of(spec, Proof(None, None, None, GONE), {})
    read = Page(review_html(board))
    assert read.open == []
    text = set(read.text)
    assert {row.name for row in board.sums.parts} <= text
    assert {part.ref for part in board.made.parts if part.type.in_bom} <= set(
        " ".join(text).split()
    )
    rated = {part.type_id: part.type for part in board.made.parts if part.type.rated_a}
    for kind in rated.values():
        assert any(f"{kind.rated_a:g} A a {kind.rated_per}" in one for one in text)
        assert kind.sources
        assert all(sources()[cited].title in " ".join(text) for cited in kind.sources)
    assert set(board.sums.unconfirmed) <= text
    assert set(board.sums.problems) <= text


def test_a_board_that_cannot_feed_its_nodes_fails_by_its_budget(spec: Make, solved: Solved) -> None:
    proof = Proof(sound(solved), solved, ())
    weak = spec(outputs=7, amps=3)
    assert states(proof, weak)["Budget: ampere and usual volts"] == "failed"
    low = spec(outputs=2, cable_m=5, cable_awg=24, typical_amps=0.2)
    assert states(proof, low)["Budget: volts at the worst"] == "beware"


def test_every_source_that_a_table_cites_has_a_title() -> None:
    known = sources()
    assert {one for part in tables().part for one in part.sources} <= set(known)
    assert all(source.title and source.where for source in known.values())


# ---- in Chromium


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, solved: Solved) -> Path:
    """The page of a board that nobody proved, in a folder of its own."""
    path = tmp_path_factory.mktemp("review") / "out" / "b.review.html"
    path.parent.mkdir()
    board = Subject.of(SPEC, Proof(None, solved, None, GONE), pictures(SPEC, solved))
    path.write_text(review_html(board), encoding="utf-8")
    return path


@pytest.mark.parametrize(("width", "dark"), [(390, False), (1440, True)])
def test_it_is_legible_and_asks_nobody(
    made: Path, chromium: Path, width: int, dark: bool, tmp_path: Path
) -> None:
    found = legible(chromium, made, width, dark=dark, log=tmp_path / "net.json")
    assert found["all"] >= 9


def test_it_names_no_address(made: Path) -> None:
    text = made.read_text(encoding="utf-8")
    assert "http" not in text.replace('xmlns="http://www.w3.org/2000/svg"', "")


# ---- the command


def put(folder: Path, spec: BoardSpec = SPEC) -> None:
    for name, content in project_files(spec).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def test_the_command_works_without_kicad(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RACKPRESS_KICAD_CLI", str(tmp_path / "none"))
    put(tmp_path)
    done = CliRunner().invoke(main, ["pcb", "review", str(tmp_path), "--json"])
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert told["passed"] is True
    assert {one["state"] for one in told["checks"]} == {"passed", "not proved"}
    assert "not proved: Drill files" in done.stderr
    text = (tmp_path / "b.review.html").read_text(encoding="utf-8")
    again = CliRunner().invoke(main, ["pcb", "review", str(tmp_path)])
    assert again.exit_code == 0
    assert (tmp_path / "b.review.html").read_text(encoding="utf-8") == text
    (tmp_path / "mine.html").write_text("mine")
    words = ["pcb", "review", str(tmp_path), "-o", str(tmp_path / "mine.html")]
    kept = CliRunner().invoke(main, words)
    assert (kept.exit_code, (tmp_path / "mine.html").read_text()) == (2, "mine")


def test_new_writes_the_page_and_review_writes_it_again(kicad: KiCad, tmp_path: Path) -> None:
    assert kicad.version
    words = ["pcb", "new", "--outputs", "1", "--name", "b", "-o", str(tmp_path)]
    assert CliRunner().invoke(main, words).exit_code == 0
    page, board = tmp_path / "b.review.html", tmp_path / "b.kicad_pcb"
    text = page.read_text(encoding="utf-8")
    assert "checks passed." in text
    assert "not proved" not in re.sub(r"<style>.*?</style>", "", text)
    record = json.loads((tmp_path / "b.board.json").read_bytes())
    assert page.name in record["files"]
    done = CliRunner().invoke(main, ["pcb", "review", str(tmp_path)])
    assert done.exit_code == 0, done.output
    assert page.read_text(encoding="utf-8") == text
    shifted = re.sub(r"\(drill 1\.4\)", "(drill 1.3)", board.read_text(encoding="utf-8"), count=1)
    board.write_text(shifted, encoding="utf-8")
    done = CliRunner().invoke(main, ["pcb", "review", str(tmp_path)])
    assert done.exit_code == 1
    assert "error: Drill files: PTH: 1.4 x 1.4 mm" in done.stderr
    assert "✗ failed" in page.read_text(encoding="utf-8")
