"""Says in plain words what a count means: why a pose does not go in, and what does.

Every number is computed from the question at hand; nothing is remembered from a table.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations

from catalog.models import Board
from catalog.rack_units import panel_height_mm, smallest_height_u
from packing.cavity import Cavity
from packing.envelope import Envelope
from packing.job import job_of
from packing.one_more import mm
from packing.result import FitResult
from packing.row import fit
from packing.solve import best_fit

# "A Pi, its mount and breathing room take 30 mm": the rule of thumb behind 15 Pis in 17.75 in.
RULE_PITCH_MM = 30.0
FAN_GAP_MM = 4.0  # docs/fit.md §1.4 H: 18 boards in 2U need eight 40 mm fans
STILL_GAP_MM = 8.0  # docs/fit.md §1.4 N: beyond 8 to 10 mm convection gains no more

# What published counts take for a Pi (docs/fit.md §1.3): the PCB's outline and 20 mm.
PUBLISHED = Envelope(length_mm=85, width_mm=56, thickness_mm=1.5, above_mm=16, below_mm=2.5)


@dataclass(frozen=True)
class Question:
    """What was asked of one height.

    Args:
        envelope: the board.
        cavity: its space, with `height_u`, floor and gaps.
        rows: rows one behind the other, at most.
    """

    envelope: Envelope
    cavity: Cavity
    rows: int = 1

    def answer(self) -> FitResult:
        """Return the best fit of any pose."""
        return best_fit(self.envelope, self.cavity, rows=self.rows)


@dataclass(frozen=True)
class Way:
    """How to reach a number of boards, and what has to be given up for it."""

    gives_up: tuple[str, ...]
    result: FitResult

    @property
    def text(self) -> str:
        """The way in words, with the space it takes."""
        job, (wide, high) = self.result.job, self.result.size_mm
        takes = [f"{mm(wide)} of {mm(job.cavity.width_mm)} mm wide"]
        takes.append(f"{mm(high)} of {mm(job.cavity.height_mm)} mm high")
        if self.result.rows > 1:
            takes.append(f"{mm(self.result.depth_mm)} mm deep")
        given = f" ({'; '.join(self.gives_up)})" if self.gives_up else ""
        return f"{self.result.count}: {self.result.words}{given}: {', '.join(takes)}"


def envelope_lines(name: str, envelope: Envelope) -> list[str]:
    """Return what space the board takes and which of it is not a fact."""
    size = (envelope.length_with_connectors_mm, envelope.width_with_connectors_mm)
    over = [f"{mm(by)} over {edge}" for edge, by in sorted(envelope.overhang_mm.items())]
    lines = [
        f"{name} takes {mm(size[0])} × {mm(size[1])} × {mm(envelope.total_mm)} mm: "
        f"PCB {mm(envelope.length_mm)} × {mm(envelope.width_mm)} × {mm(envelope.thickness_mm)}, "
        f"{mm(envelope.above_mm)} above ({envelope.above_by}), "
        f"{mm(envelope.below_mm)} below ({envelope.below_by})"
        + (f", connectors {', '.join(over)}." if over else ", no connector over an edge.")
    ]
    return lines + [f"Not a fact: {assumption}." for assumption in envelope.assumed]


def row_on_edge(question: Question) -> list[str]:
    """Say in how many U a row on edge stands, where it does not stand in the height asked for."""
    cavity, envelope = question.cavity, question.envelope
    tall = envelope.width_with_connectors_mm
    if cavity.height_u is None or tall <= cavity.height_mm:
        return []
    count = fit(cavity.width_mm, envelope.total_mm, cavity.air_gap_mm)
    if count == 0:
        return []
    needs = smallest_height_u(tall + cavity.floor_mm, 1.0)
    half = smallest_height_u(tall + cavity.floor_mm, 0.5)
    halves = f" (or {half:g}U, where the rack has half units)" if half < needs else ""
    bare = envelope.width_mm
    with_connectors = "" if tall == bare else f" ({mm(tall)} mm with its connectors)"
    asked, pitch = cavity.height_u, envelope.total_mm + cavity.air_gap_mm
    rows = {pitch: count}
    if (by_rule := _by_rule(question)) is not None:
        rows[RULE_PITCH_MM] = by_rule
    said = " or ".join(f"{number} on edge at a {mm(at)} mm pitch" for at, number in rows.items())
    per_u = " or ".join(f"{number / needs:.3g}" for number in rows.values())
    return [
        f"{said} is a {needs:g}U row{halves}, not {asked:g}U: on edge the board is {mm(bare)} mm "
        f"tall{with_connectors}, and {asked:g}U gives {panel_height_mm(asked):.2f} mm, "
        f"{mm(cavity.height_mm)} mm above a {mm(cavity.floor_mm)} mm floor. That is {per_u} per U."
    ]


def ways_to_row(question: Question) -> list[str]:
    """Say what puts as many boards as stand in a row on edge into the height asked for."""
    cavity = question.cavity
    if cavity.height_u is None or not row_on_edge(question):
        return []
    total = question.envelope.total_mm
    count = min(
        fit(cavity.width_mm, total, cavity.air_gap_mm),
        _by_rule(question) or fit(cavity.width_mm, total),
    )
    found = list(ways(question, count))
    if not found:
        return [f"Nothing puts {count} in {cavity.height_u:g}U, not even in two rows, touching."]
    head = f"What puts {count} or more in {cavity.height_u:g}U:"
    return [head, *(f"  {way.text}" for way in found)]


def ways(question: Question, count: int) -> Iterator[Way]:
    """Yield the least that must be given up to hold so many boards in this height.

    Tried are a second row, no gaps at all, and connectors that stand over the edges left out; a
    set is passed over when a part of it is enough.
    """
    enough: list[frozenset[str]] = []
    every = tuple(_GIVE_UP)
    for size in range(len(every) + 1):
        for chosen in combinations(every, size):
            if any(less <= set(chosen) for less in enough):
                continue
            tried = question
            for name in chosen:
                tried = _GIVE_UP[name](tried)
            result = tried.answer()
            if result.count >= count:
                enough.append(frozenset(chosen))
                yield Way(chosen, result)


def _two_rows(question: Question) -> Question:
    return replace(question, rows=max(2, question.rows))


def _touching(question: Question) -> Question:
    return replace(question, cavity=replace(question.cavity, air_gap_mm=0.0, edge_gap_mm=0.0))


def _bare(question: Question) -> Question:
    return replace(question, envelope=question.envelope.outline())


_GIVE_UP = {
    "front and rear": _two_rows,
    "no gap between boards": _touching,
    "only bare PCBs counted, nothing over their edges": _bare,
}


def published_lines(questions: list[Question]) -> list[str]:
    """Say what this board's own envelope changes against the 20 mm of published counts."""
    own = questions[0].envelope
    if (own.length_mm, own.width_mm) != (PUBLISHED.length_mm, PUBLISHED.width_mm):
        return []
    wide, high = own.width_with_connectors_mm, own.total_mm
    differs = [f"{mm(high)} mm high, not {mm(PUBLISHED.total_mm)}"] if high != 20 else []
    differs += [f"{mm(wide)} mm across, not {mm(PUBLISHED.width_mm)}"] if wide != 56 else []
    if not differs:
        return []
    changed = [text for question in questions if (text := _against_published(question))]
    told = "; ".join(changed) if changed else "no count changes"
    size = f"{PUBLISHED.length_mm:g} × {PUBLISHED.width_mm:g} × {PUBLISHED.total_mm:g} mm"
    differs_by = " and ".join(differs)
    return [f"Published counts take {size}; this board is {differs_by}. Counted alike: {told}."]


def _against_published(question: Question) -> str:
    ours = question.answer().count
    theirs = replace(question, envelope=PUBLISHED).answer().count
    height_u = question.cavity.height_u or 0
    return "" if ours == theirs else f"{height_u:g}U {ours} instead of {theirs}"


def air_lines(question: Question) -> list[str]:
    """Say what air costs, where none was asked for."""
    cavity, envelope = question.cavity, question.envelope
    if cavity.air_gap_mm > 0:
        return []
    total = envelope.total_mm
    rows = [
        f"{fit(cavity.width_mm, total, FAN_GAP_MM)} with {FAN_GAP_MM:g} mm (fans)",
        f"{fit(cavity.width_mm, total, STILL_GAP_MM)} with {STILL_GAP_MM:g} mm (no fan)",
    ]
    if (at_rule := _by_rule(question)) is not None:
        rows.append(f"{at_rule} at a {RULE_PITCH_MM:g} mm pitch")
    return [
        "No air is counted between boards: so many go in, not so many stay cool. A row on edge "
        f"holds {fit(cavity.width_mm, total)} touching, {', '.join(rows)}."
    ]


def depth_lines(question: Question, result: FitResult) -> list[str]:
    """Say what depth the rows take and whether they have it."""
    job = job_of(question.envelope, question.cavity, question.rows)
    have = question.cavity.depth_mm
    cable = mm(question.cavity.cable_gap_mm)
    if question.rows < 2:
        return []
    wanted = job.depth_needed_mm(question.rows)
    text = f"{question.rows} rows take {mm(wanted)} mm of depth with {cable} mm for cables"
    if have is None:
        return [f"{text}; the rack's depth is not known, so measure it."]
    if result.rows == question.rows:
        return [f"{text}, of {mm(have)} mm."]
    return [f"{text}: {mm(wanted - have)} mm more than there are, so {result.rows} counted."]


def body_lines(questions: list[Question], body_mm: float) -> list[str]:
    """Say which counts a module loses that must pass between the posts of racks as sold.

    Args:
        questions: one for each height.
        body_mm: the widest body that passes.
    """
    lost: list[str] = []
    for question in questions:
        cavity = question.cavity
        width = min(cavity.width_mm, body_mm - 2 * cavity.wall_mm)
        narrow = replace(question, cavity=replace(cavity, width_mm=width)).answer().count
        if narrow < question.answer().count:
            lost.append(f"{cavity.height_u or 0:g}U {narrow}")
    if not lost:
        return []
    return [
        f"Between the posts of racks as sold {mm(body_mm)} mm pass, so there: {', '.join(lost)}."
    ]


def plug_lines(board: Board) -> list[str]:
    """Name the ports that face a neighbour, the floor or the roof, where no plug has room."""
    names = sorted({port.name for port in board.ports if port.side in ("y-", "y+")})
    if not names:
        return []
    return [
        f"No room for plugs is counted at the edges that face other boards ({', '.join(names)}): "
        "power the boards by other ways, such as pins or PoE, or give --edge-gap."
    ]


def _by_rule(question: Question) -> int | None:
    """Return the row at the pitch of the rule of thumb, for boards it was made for."""
    envelope = question.envelope
    of_pi = (envelope.length_mm, envelope.width_mm) == (PUBLISHED.length_mm, PUBLISHED.width_mm)
    if not of_pi or envelope.total_mm >= RULE_PITCH_MM:
        return None
    return fit(question.cavity.width_mm, envelope.total_mm, RULE_PITCH_MM - envelope.total_mm)
