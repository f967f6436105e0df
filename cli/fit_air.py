"""The air part of `rackpress fit`: how many of the boards stay cool, and behind which fans."""

import math
from pathlib import Path
from typing import Any, TypedDict

from catalog.load import Catalog
from catalog.models import Board, Fan
from cli.common import wrong
from packing.airflow.board_heat import BoardHeat, board_heat
from packing.airflow.chart import Front, draw_fronts
from packing.airflow.cooling import Case, Cooled, Room
from packing.airflow.fan import curve_of
from packing.airflow.most import AirResult, most_cooled
from packing.airflow.pareto import pareto
from packing.drawing import FORMATS
from packing.explain import Question
from packing.job import job_of
from packing.one_more import mm
from packing.pattern import Pose

STILL = "none"
USUAL_FAN = "40x20"
_RANGES = {"--watts": (0.0, 2000.0), "--room": (-20.0, 60.0), "--soc-k-per-w": (0.0, 100.0)}
MOST_FANS = 200
FRONT_LINES = 8  # of text for a height


class AirOptions(TypedDict):
    """The options about air as click hands them over."""

    fan: str | None
    fans: str | None
    watts: str | None
    soc_k_per_w: str | None
    room: str | None
    pareto: bool
    chart: str | None


def wanted(options: AirOptions) -> bool:
    """Tell whether anything was asked about air."""
    keys = ("fan", "fans", "watts", "soc_k_per_w", "room", "chart")
    return options["pareto"] or any(options[key] is not None for key in keys)


def air_answer(
    catalog: Catalog,
    board: Board,
    questions: list[Question],
    poses: tuple[Pose, ...],
    options: AirOptions,
) -> tuple[list[dict[str, Any]], list[str]]:
    """Return the records and the lines about air, one of each for every height.

    Raises:
        InputError: an option is wrong, or the fan or the board's power is not known.
    """
    cases = air_cases(catalog, board, questions, poses, options)
    heat, fan, room = cases[0].heat, cases[0].fan, cases[0].room
    found = [most_cooled(case) for case in cases]
    records = [_record(result, heat) for result in found]
    lines = [_head(board, heat, fan, room), *map(_line, found)]
    fronted = bool(options["pareto"] or options["chart"])
    if fronted:
        fronts = [pareto(case, catalog.fans.values()) for case in cases]
        for record, front in zip(records, fronts, strict=True):
            record["pareto"] = [_choice(choice) for choice in front]
        lines += [
            line for q, front in zip(questions, fronts, strict=True) for line in _front(q, front)
        ]
        if options["chart"]:
            _chart(options["chart"], board, cases, fronts)
    return records, [*lines, *_assumptions(heat, fan, every=fronted)]


def _chart(name: str, board: Board, cases: list[Case], fronts: list[tuple[Cooled, ...]]) -> None:
    path = Path(name)
    if path.suffix.lower() not in FORMATS:
        near = f"name it {path.with_suffix('.svg').name}"
        raise wrong("--chart", f"{path.name!r} is neither SVG nor PNG", nearest=near)
    case = cases[0]
    title = f"{board.name} at {case.heat.power_w:g} W each, {case.room.inlet_c:g} °C coming in"
    found = [
        Front(each.job.cavity.height_u or 0.0, front)
        for each, front in zip(cases, fronts, strict=True)
    ]
    if not any(front.choices for front in found):
        near = "give --soc-k-per-w of a heat sink, or fewer --watts"
        raise wrong("--chart", "nothing stays cool, so there is nothing to draw", nearest=near)
    draw_fronts(found, title, case.limit_c, path)


def air_cases(
    catalog: Catalog,
    board: Board,
    questions: list[Question],
    poses: tuple[Pose, ...],
    options: AirOptions,
) -> list[Case]:
    """Return what is asked about air, for every height.

    Raises:
        InputError: an option is wrong, or the fan or the board's power is not known.
    """
    inlet = _number(options["room"], "--room")
    room = Room() if inlet is None else Room(inlet_c=inlet)
    fan, most = _fan(catalog, options["fan"]), _fans(options["fans"])
    if fan is None and most is not None:
        near = "leave out --fans, or name a fan"
        raise wrong("--fans", "no fan blows with --fan none", nearest=near)
    heat = board_heat(
        board,
        _number(options["watts"], "--watts"),
        _number(options["soc_k_per_w"], "--soc-k-per-w"),
    )
    return [
        Case(job_of(q.envelope, q.cavity, q.rows, poses), heat, fan, room, most) for q in questions
    ]


def _number(text: str | None, option: str) -> float | None:
    if text is None:
        return None
    low, high = _RANGES[option]
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not low <= value <= high or (value == low == 0.0):
        near = (
            f"the largest value that works is {high:g}" if value > high else "give a plain number"
        )
        raise wrong(option, f"{text!r} is out of range", f"more than {low:g} to {high:g}", near)
    return value


def _fan(catalog: Catalog, name: str | None) -> Fan | None:
    if name == STILL:
        return None
    fan = catalog.fan(name or USUAL_FAN, where="--fan")
    curve_of(fan)  # says so if the catalogue knows too little of it
    return fan


def _fans(text: str | None) -> int | None:
    if text is None:
        return None
    if not text.isdecimal() or not 1 <= int(text) <= MOST_FANS:
        near = f"use --fan {STILL} for still air"
        raise wrong("--fans", f"{text!r} is not a number of fans", f"1 to {MOST_FANS}", near)
    return int(text)


def _record(result: AirResult, heat: BoardHeat) -> dict[str, Any]:
    best = result.best
    return {
        "height_u": result.case.job.cavity.height_u,
        "count": result.count,
        "fit": result.fit,
        "reason": result.reason,
        "limit_c": result.case.limit_c,
        "power_w": heat.power_w,
        "soc_k_per_w": heat.soc_k_per_w,
        "assumed": list(heat.assumed),
        "layout": None if best is None else _choice(best) | {"gaps_mm": _gaps(result, best)},
    }


def _choice(found: Cooled) -> dict[str, Any]:
    return {
        "count": found.count,
        "arrangement": found.rows.words,
        "fan": found.fan or STILL,
        "fans": found.fans,
        "air_rise_k": round(found.rise_k, 2),
        "soc_c": round(found.soc_c, 1),
        "soc_least_c": round(found.soc_least_c, 1),
        "noise_dba": None if found.noise_dba is None else round(found.noise_dba, 1),
        "flow_m3h": None if found.work is None else round(found.work.flow_m3h, 2),
        "pressure_pa": None if found.work is None else round(found.work.pressure_pa, 2),
        "share_of_free_flow": None if found.work is None else round(found.work.share, 3),
    }


def _gaps(result: AirResult, found: Cooled) -> list[float]:
    return [round(gap, 2) for gap in found.rows.gaps_mm(result.case.job)]


def _head(board: Board, heat: BoardHeat, fan: Fan | None, room: Room) -> str:
    blown = "in still air, open above and below" if fan is None else f"behind {fan.id} fans"
    return (
        f"Air: {board.name} at {heat.power_w:g} W {blown}, {room.inlet_c:g} °C coming in, "
        f"processor under {heat.throttle_c - room.margin_k:g} °C:"
    )


def _line(result: AirResult) -> str:
    height = f"{result.case.job.cavity.height_u:g}U"
    best = result.best
    if best is None:
        return f"  {height}: none of {result.fit}; {result.reason}."
    gaps = " and ".join(mm(round(gap, 1)) for gap in best.rows.gaps_mm(result.case.job))
    holds = f"{best.count} of {result.fit}, {gaps} mm of air"
    return f"  {height}: {holds} ({_told(best)}); {result.reason}."


def _told(found: Cooled) -> str:
    blown = "no fan" if found.fans == 0 else f"{found.fans} × {found.fan}"
    noise = "" if not found.noise_dba else f", {found.noise_dba:.0f} dB(A)"
    reached = f"processor {found.soc_least_c:.0f} to {found.soc_c:.0f} °C"
    return f"{found.rows.words}, {blown}{noise}, air +{found.rise_k:.0f} K, {reached}"


def _front(question: Question, front: tuple[Cooled, ...]) -> list[str]:
    if not front:
        return []
    height = question.cavity.height_u or 0
    quietest = list({choice.count: choice for choice in front}.values())  # the last of each is it
    shown = quietest[:FRONT_LINES]
    more = len(front) - len(shown)
    return [
        f"  {height:g}U, what no other choice beats in boards, heat and noise, the quietest of "
        "each number of boards:",
        *(f"    {choice.count}: {_told(choice)}" for choice in shown),
        *([f"    and {more} more: --json lists them, --chart draws them"] if more else []),
    ]


def _assumptions(heat: BoardHeat, fan: Fan | None, *, every: bool) -> list[str]:
    lines = [f"Not a fact: {assumption}." for assumption in heat.assumed]
    if every:
        lines.append(
            "Not a fact: the curve of every fan is a straight line between its two ends "
            "(optimistic in the middle)."
        )
    elif fan is not None:
        lines.append(
            f"Not a fact: the curve of fan {fan.id} is a straight line between its two ends "
            "(optimistic in the middle)."
        )
    return lines
