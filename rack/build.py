"""From a plan to a folder with everything in it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from catalog.load import Catalog
from catalog.models import Fact
from mounts.pieces import pieces
from mounts.verify.findings import Report
from rack.board_made import ask_boards, board_made
from rack.bom.prices import over_budget, taken_by, total
from rack.bom.rows import bom_csv, bom_rows, prices_of
from rack.bom.table import FILE, prices_toml
from rack.checks.every import every_check
from rack.crew import Crew, crew
from rack.elevation import elevation_svg, front_svg
from rack.fit import fit_notes, fit_rows
from rack.folder import MANIFEST, digests, may_replace, real, replace_folder
from rack.forms import bytes_kind
from rack.parts import ALONE, Making, Print, Tell, Way
from rack.plan import Plan
from rack.plates import By, Pressed, make_plates
from rack.raster import drawing_png
from rack.rear import at_rear, behind_svg, held_in, rear_svg
from rack.report.page import report_html
from rack.steps import build_steps
from rack.studio import APART, TOP
from rack.weight import all_together, plan_weight
from rack.wiring.drawing import wiring_svg

DRAWING = bytes_kind("drawing")


@dataclass(frozen=True)
class Built:
    """What a build wrote: the folder, and what there is to say about it.

    `made` names every result that had to be made, `found` every one that was there from before.
    """

    folder: Path
    files: tuple[str, ...]
    warnings: tuple[str, ...]
    summary: dict[str, Any]
    made: tuple[str, ...] = ()
    found: tuple[str, ...] = ()


@dataclass(frozen=True)
class Target:
    """Where a build goes, and whether it may throw away what was changed there."""

    folder: Path
    overwrite: bool = False


def build(plan: Plan, catalog: Catalog, target: Target, tell: Tell, way: Way = ALONE) -> Built:
    """Write everything a plan needs into a folder, whole or not at all.

    Args:
        plan: the rack.
        catalog: facts.
        target: the folder, replaced as a whole when the new content is complete.
        tell: called with one line for each step.
        way: in how many processes, and with pictures or without.

    Raises:
        InputError: the folder cannot be written, or holds files that are not ours.
        CheckFailed: a part failed its checks; the folder is left as it was.
    """
    folder = real(target.folder)
    may_replace(folder, overwrite=target.overwrite)
    with crew(way.jobs, way.cache) as hands:
        files, facts = _content(plan, catalog, tell, By(way, hands))
        if hands.told():
            tell(hands.told())
    replace_folder(folder, files, overwrite=target.overwrite)
    told = tuple(facts["warnings"])
    counted = tuple(hands.made), tuple(hands.found)
    return Built(target.folder, tuple(sorted(files)), told, facts, *counted)


def _content(
    plan: Plan, catalog: Catalog, tell: Tell, by: By
) -> tuple[dict[str, bytes], dict[str, Any]]:
    """Return every file of a build, and what there is to say of it."""
    way, hands = by
    wiring = plan.as_dict()["wiring"]
    # All that is slow is asked for first; what needs no solids is done meanwhile.
    boards = ask_boards(plan, hands)
    making = Making(plan, catalog, way, hands)
    drawings = _drawings(plan, wiring, catalog, hands if way.pictures else None)
    fits = fit_rows(plan, catalog, hands)
    prints = making.prints(tell)
    proofs = {title: board_made(title, one, tell) for title, one in boards.items()}
    files: dict[str, bytes] = {}
    for title, proved in proofs.items():
        files |= {f"board/{title}/{name}": data for name, data in proved.files.items()}
    for one in prints:
        files |= {f"parts/{name}": data for name, data in one.files.items()}
    pressed = make_plates(plan, prints, catalog, tell, by)
    files |= {f"plates/{name}": data for name, data in pressed.files.items()}
    views = making.views()
    for view in views:
        files |= view.shown.files(f"modules/{view.module.label}")
    records = [{**one.record, "count": one.count} for one in prints]
    rows = bom_rows(plan, records, catalog)
    facts: dict[str, Any] = {"plan": plan.as_dict(), "parts": records}
    facts["plates"] = pressed.record
    facts["steps"] = build_steps(plan, prints, pressed.record, facts["plan"]["wiring"])
    facts["rear"] = at_rear(plan)
    facts["fit"] = fits
    facts["fit_notes"] = fit_notes(plan, catalog)
    facts["boards"] = {title: proved.told for title, proved in proofs.items()}
    unproved = [f"{title}: {one.told}" for title, one in proofs.items() if not one.proved]
    prices = prices_of(plan, catalog)
    facts["total"] = total(rows, prices).as_dict()
    files[FILE] = prices_toml(taken_by(rows, prices)).encode()
    facts |= _weighed(plan, prints, catalog)
    reports = {one.record["name"]: one.report for one in prints}
    said = {title: proved.said for title, proved in proofs.items()}
    facts["checks"] = every_check(plan, facts, reports, said, catalog)
    dear = over_budget(rows, facts["total"], plan.spec.most_cost)
    wrong = [*_too_large(records), *_found(reports), *unproved]
    facts["warnings"] = [*plan.warnings, *dear, *wrong]
    files["plan.json"] = _json(facts["plan"])
    files["bom.json"] = _json({"rows": rows, "total": facts["total"]})
    files["bom.csv"] = bom_csv(rows).encode()
    files |= drawings
    files["report.json"] = _json({**facts, "bom": rows})
    files["index.html"] = report_html(facts, rows, views, files).encode()
    files[MANIFEST] = _manifest(plan, files, prints, pressed)
    return files, facts


def _weighed(plan: Plan, prints: Sequence[Print], catalog: Catalog) -> dict[str, Any]:
    """Return what all weigh with what is printed in them; `cabinets` where they have names."""
    grams = {
        module.label: sum(
            piece.count * one.record["print"]["filament_g"]
            for piece in pieces(module.spec)
            for one in prints
            if one.spec == piece.spec
        )
        for module in plan.modules
    }
    weights = [plan_weight(c.modules, c.cabinet.rack, catalog, grams) for c in plan.cabinets]
    told = [
        {**one.as_dict(), "weight": weight.as_dict(), "rear": held_in(one)}
        for one, weight in zip(plan.cabinets, weights, strict=True)
        if one.name
    ]
    return {"weight": all_together(weights).as_dict(), **({"cabinets": told} if told else {})}


def _drawings(
    plan: Plan, wiring: Mapping[str, Any], catalog: Catalog, hands: Crew | None
) -> dict[str, bytes]:
    """Return front, rear and wiring as SVG, and as PNG too if somebody draws them.

    Of several cabinets each has a front and a rear of its own too.
    """
    width = catalog.standard(plan.rack.standard or plan.rack.id).panel_width_mm
    drawn = {
        "elevation": elevation_svg(plan, width),
        "elevation-rear": rear_svg(plan, width),
        "wiring": wiring_svg(wiring),
    }
    for one in (each for each in plan.cabinets if each.name):
        drawn[f"cabinets/{one.name}-front"] = front_svg(one, width)
        drawn[f"cabinets/{one.name}-rear"] = behind_svg(one, width)
    found = {f"{name}.svg": text.encode() for name, text in drawn.items()}
    if hands is not None:
        for name, text in drawn.items():
            found[f"{name}.png"] = hands.here(DRAWING, {"svg": text}, name, drawing_png, text)
    return found


def _found(reports: Mapping[str, Report]) -> list[str]:
    """Say what is wrong with a part, its size aside."""
    return [
        f"{name}: {one.rule}: {one.measured}; allowed: {one.allowed}; {one.cure}"
        for name, report in reports.items()
        for one in report.findings
        if one.rule != "bed.size"
    ]


def _too_large(records: Sequence[Mapping[str, Any]]) -> list[str]:
    """Say which parts do not fit the printer: known only once they are made."""
    return [f"{one['name']}: {one['bed']}" for one in records if not _fitting(one)]


def _fitting(record: Mapping[str, Any]) -> bool:
    """Say whether a part can be printed on its bed: whole or in pieces."""
    return bool(record["fits_bed"] or record.get("pieces"))


def _manifest(plan: Plan, files: dict[str, bytes], prints: list[Print], pressed: Pressed) -> bytes:
    """Return digest and origin of every file, and what each is made from."""
    wholes = {
        piece["name"]: str(one.record["name"])
        for one in prints
        for piece in one.record.get("pieces", ())
    }
    listed = {
        name: {**entry, "of": _origin(name, plan, wholes)} for name, entry in digests(files).items()
    }
    parts = [{**one.record, "count": one.count, "spec": _dump(one.spec)} for one in prints]
    record = {
        "tool": f"rackpress {version('rackpress')}",
        "name": plan.spec.name,
        "calibration": plan.calibration.name,
        "recipe": {
            "rack": _dump(plan.spec),
            "modules": {m.label: _dump(m.spec) for m in plan.mounts},
            "parts": {part["name"]: part for part in parts},
            "plates": pressed.recipes,
            "boards": {b.spec.title: b.spec.model_dump(mode="json") for b in plan.boards},
        },
        "files": listed,
    }
    return _json(record)


def _origin(name: str, plan: Plan, wholes: Mapping[str, str]) -> str:
    """Return the entry of the recipe that a file is made from, such as `parts/…`; or `rack`."""
    kind, _, rest = name.partition("/")
    if kind == "cabinets":
        return "rack"
    if kind == "board":
        return f"boards/{rest.partition('/')[0]}"
    stem = rest.rsplit(".", 1)[0]
    if kind == "modules" and stem not in {m.label for m in plan.mounts}:
        stem = stem.removesuffix(APART).removesuffix(TOP)
    return f"{kind}/{wholes.get(stem, stem)}" if rest else "rack"


def _dump(spec: Fact) -> dict[str, Any]:
    return spec.model_dump(mode="json", exclude_defaults=True, by_alias=True)


def _json(record: dict[str, Any]) -> bytes:
    return (json.dumps(record, indent=2, ensure_ascii=False, sort_keys=True) + "\n").encode()
