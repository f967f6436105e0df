"""Turns the options of `rackpress fit` into an answer: records for `--json`, and text."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from catalog.load import Catalog, load_catalog
from catalog.models import Board, Rack, RackStandard
from catalog.problems import did_you_mean
from catalog.units import height_range_u, length_mm
from cli.common import wrong
from cli.fit_air import AirOptions, air_answer, air_cases, wanted
from cli.fit_cool import cool_answer
from cli.fit_make import printable
from cli.fit_pairs import pair_answer
from cli.fit_text import as_dict, table
from mounts.order import Order
from packing.cavity import Cavity, rack_cavity
from packing.drawing import Sheet, draw, sheet_of
from packing.envelope import Envelope, envelope_of
from packing.explain import (
    Question,
    air_lines,
    body_lines,
    depth_lines,
    envelope_lines,
    plug_lines,
    published_lines,
    row_on_edge,
    ways_to_row,
)
from packing.pattern import POSES, Pose
from packing.result import FitResult
from packing.solve import best_fits

MOST_ROWS = 20
MOST_USUAL_U = 6
LONGEST_GAP_MM = 300.0


class Options(AirOptions):
    """The options as click hands them over."""

    board: str | None
    rack: str | None
    table: bool
    mix: str | None
    height: str | None
    air_gap: str | None
    pitch: str | None
    edge_gap: str
    wall: str
    floor: str
    cable_gap: str
    opening: str | None
    depth: str | None
    rows: str
    hat: str | None
    thickness: str | None
    outline: bool
    pose: str | None
    svg: str | None
    png: str | None
    show_all: bool
    catalog_dir: str | None
    as_json: bool


def answer(options: Options) -> tuple[dict[str, Any], str]:
    """Return the record and the text for a set of options.

    Raises:
        InputError: an option is wrong, or something it names is not in the catalogue.
    """
    catalog = load_catalog(options["catalog_dir"])
    board = catalog.board(options["board"] or "", where="--board")
    rack = catalog.rack(options["rack"] or "", where="--rack")
    standard = None if rack.standard is None else catalog.standard(rack.standard, where="--rack")
    questions, found = fits(catalog, board, rack, options)
    envelope = questions[0].envelope
    talk = _talk(board, questions, found, catalogued=options["thickness"] is None)
    if standard is not None and options["opening"] is None:
        talk += body_lines(questions, standard.body_max_mm)
    choose = _distinct if options["show_all"] else _best
    shown = [result for each in found for result in choose(each)]
    talk += [f"{each.job.cavity.height_u:g}U: {note}." for each in shown for note in each.notes]
    if rack.standard is None:
        talk.append(f"{rack.name} has no rack units; here one counts as 44.45 mm.")
    record: dict[str, Any] = {
        "results": [
            as_dict(result, options["board"] or "", options["rack"] or "") for result in shown
        ],
        "envelope": envelope.model_dump(mode="json") | {"total_mm": round(envelope.total_mm, 4)},
        "explanation": talk,
    }
    if options["thickness"] is None and options["hat"] is None:
        best = [each[0] for each in found]
        record["interlocked"], lines = pair_answer(board, questions, best)
        talk += lines
    wish = Order("frame", options["rack"] or "", board.id, options={"count": "max"})
    cavities = [question.cavity for question in questions]
    record["printable"], lines = printable(catalog, wish, cavities, options)
    talk += lines
    draw_all([sheet_of(result, envelope, board.name) for result in shown], options)
    if wanted(options):
        poses = poses_of(options)
        record["air"], lines = air_answer(catalog, board, questions, poses, options)
        cases = air_cases(catalog, board, questions, poses, options)
        frames, wish = record["printable"], replace(wish, hat=options["hat"])
        record["printable_cool"], cool = cool_answer(catalog, wish, cases, frames)
        talk = [*lines, "", *cool, *([""] if cool else []), *talk]
    return record, "\n".join([*table(shown), "", *talk])


def fits(
    catalog: Catalog, board: Board, rack: Rack, options: Options
) -> tuple[list[Question], list[list[FitResult]]]:
    """Return what is asked of a board in a rack, height by height, and the answers, best first.

    Raises:
        InputError: an option is wrong, or something it names is not in the catalogue.
    """
    envelope = envelope_for(catalog, board, options)
    cavities, rows = spaces(catalog, rack, envelope, options)
    poses = poses_of(options)
    questions = [Question(envelope, cavity, rows) for cavity in cavities]
    return questions, [best_fits(envelope, q.cavity, rows=rows, poses=poses) for q in questions]


def draw_all(sheets: list[Sheet], options: Options, legend: Sequence[str] = ()) -> None:
    """Write the pictures that were asked for.

    Raises:
        InputError: a name has another ending, or cannot be written.
    """
    for option, name in (("--svg", options["svg"]), ("--png", options["png"])):
        ending = option.replace("--", ".")
        if name is None:
            continue
        path = Path(name)
        if path.suffix.lower() != ending:
            near = f"name it {path.with_suffix(ending).name}"
            raise wrong(option, f"{path.name!r} is no {ending} name", nearest=near)
        draw(sheets, path, legend)


def spaces(
    catalog: Catalog, rack: Rack, envelope: Envelope, options: Options
) -> tuple[list[Cavity], int]:
    """Return the cavities asked about, one for each height, and how many rows in depth.

    Raises:
        InputError: an option is wrong.
    """
    standard = None if rack.standard is None else catalog.standard(rack.standard, where="--rack")
    return _cavities(options, rack, standard, envelope), _rows(options["rows"])


def envelope_for(catalog: Catalog, board: Board, options: Options) -> Envelope:
    """Return the space of a board, with the HAT and thickness that the options give it."""
    hat = None if options["hat"] is None else catalog.hat(options["hat"], where="--hat")
    form = board.form_factor
    form_factor = None if form is None else catalog.form_factor(form, where=board.id)
    envelope = envelope_of(board, hat, form_factor)
    if options["thickness"] is not None:
        envelope = envelope.with_total(_positive(options["thickness"], "--thickness"))
    return envelope.outline() if options["outline"] else envelope


def _cavities(
    options: Options, rack: Rack, standard: RackStandard | None, envelope: Envelope
) -> list[Cavity]:
    usual = f"1U..{int(min(rack.height_u or MOST_USUAL_U, MOST_USUAL_U))}U"
    heights = height_range_u(options["height"] or usual, "--height")
    if rack.height_u is not None and heights[-1] > rack.height_u:
        what = f"{heights[-1]:g}U is more than {rack.name} has"
        raise wrong("--height", what, f"up to {rack.height_u:g}U", f"use {rack.height_u:g}U")
    depth = rack.clear_depth_mm or rack.max_unit_depth_mm
    if options["depth"] is not None:
        depth = _positive(options["depth"], "--depth")
    opening = _opening(options, rack, standard)
    gaps = {
        "air_gap_mm": _air_gap(options, envelope),
        "edge_gap_mm": _gap(options["edge_gap"], "--edge-gap"),
        "cable_gap_mm": _gap(options["cable_gap"], "--cable-gap"),
    }
    walls = {
        "floor_mm": length_mm(options["floor"], "--floor"),
        "wall_mm": length_mm(options["wall"], "--wall"),
    }
    every = [rack_cavity(opening, height, depth_mm=depth, **walls) for height in heights]
    return [replace(cavity, **gaps) for cavity in every]


def _opening(options: Options, rack: Rack, standard: RackStandard | None) -> float:
    if options["opening"] is not None:
        return _positive(options["opening"], "--opening")
    known = rack.opening_mm or rack.max_unit_width_mm or (standard and standard.opening_mm)
    if not known:
        what = f"the opening of {rack.name} is not known"
        raise wrong("--rack", what, nearest="measure between the posts and give --opening")
    return known


def _air_gap(options: Options, envelope: Envelope) -> float:
    if options["pitch"] is None:
        return _gap(options["air_gap"] or "0", "--air-gap")
    if options["air_gap"] is not None:
        raise wrong("--pitch", "both --pitch and --air-gap are given", nearest="give one of them")
    pitch = length_mm(options["pitch"], "--pitch")
    if pitch < envelope.total_mm:
        what = f"{pitch:g} mm is less than the board's {envelope.total_mm:.4g} mm"
        near = f"the smallest value that works is {envelope.total_mm:.4g}mm"
        raise wrong("--pitch", what, nearest=near)
    return round(pitch - envelope.total_mm, 6)


def _gap(text: str, option: str) -> float:
    value = length_mm(text, option)
    if value > LONGEST_GAP_MM:
        what = f"{value:g} mm is out of range"
        near = f"the largest value that works is {LONGEST_GAP_MM:g}mm"
        raise wrong(option, what, f"0mm to {LONGEST_GAP_MM:g}mm", near)
    return value


def _positive(text: str, option: str) -> float:
    value = length_mm(text, option)
    if value <= 0:
        raise wrong(option, "0 mm is no length", "more than 0mm", "leave the option out")
    return value


def _rows(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MOST_ROWS:
        near = "use 2 for front and rear"
        raise wrong("--rows", f"{text!r} is not a number of rows", f"1 to {MOST_ROWS}", near)
    return int(text)


def poses_of(options: Options) -> tuple[Pose, ...]:
    """Return the poses asked for.

    Raises:
        InputError: there is no such pose.
    """
    chosen = options["pose"]
    if chosen is None:
        return POSES
    if chosen not in POSES:
        raise wrong("--pose", f"unknown pose {chosen!r}", nearest=did_you_mean(chosen, POSES))
    return (chosen,)


def _best(results: list[FitResult]) -> list[FitResult]:
    return results[:1]


def _distinct(results: list[FitResult]) -> list[FitResult]:
    """Leave out what comes to a simpler pose: a tilt by 0° or 90°, layers or columns of one kind.

    The result that comes first, the best one, always stays.
    """
    kept = results[:1]
    for result in results[1:]:
        found = result.pattern
        straight = found.pose == "tilted" and found.angle_deg in (0.0, 90.0)
        of_one_kind = found.pose in ("layers", "columns") and not (found.flat and found.edge)
        single = found.pose == "flat-stacked" and found.flat == 1
        if not (straight or of_one_kind or single):
            kept.append(result)
    return kept


def _talk(
    board: Board, questions: list[Question], found: list[list[FitResult]], *, catalogued: bool
) -> list[str]:
    lines = envelope_lines(board.name, questions[0].envelope)
    lines += published_lines(questions) if catalogued else []
    lines += air_lines(questions[0])
    for question in questions:
        told = row_on_edge(question)
        if told:
            lines += [*told, *ways_to_row(question)]
            break
    return [*lines, *depth_lines(questions[0], found[0][0]), *plug_lines(board)]
