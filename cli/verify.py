"""`rackpress verify`: is a file ready to be printed, and does it fit its rack and its device?"""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli.common import (
    Exit,
    calibration_option,
    catalog_option,
    give,
    json_option,
    reports_errors,
    say,
    wrong,
)

if TYPE_CHECKING:
    from catalog.load import Catalog
    from mounts.verify.findings import Report
    from mounts.verify.limits import Limits
    from mounts.verify.subject import MadeFor, Subject


DEFAULTS = {"printer": "bambu-a1", "material": "petg"}


@click.command(
    "verify",
    epilog="""Examples:

\b
  rackpress verify parts/tray-raspberry-pi-4b-10in-1u.3mf
  rackpress verify someone-elses-panel.stl --up +y --json
  rackpress verify examples/mini-rack.toml

Exit code 1 means that something was found. A 3MF or STEP of ours carries its recipe, so device,
plugs, screws and the way of a sled are checked as well; a stranger's file tells only its shape.""",
)
@click.argument("file", metavar="FILE|SPEC")
@click.option("--printer", metavar="ID", help="Its own if FILE or SPEC names one, else bambu-a1.")
@click.option("--material", metavar="ID", help="Its own if FILE or SPEC names one, else petg.")
@click.option(
    "--nozzle",
    metavar="MM",
    type=click.FloatRange(0.1, 2.0),
    default=0.4,
    show_default=True,
    help="Bore of the nozzle (mm).",
)
@click.option(
    "--up",
    type=click.Choice(["+x", "-x", "+y", "-y", "+z", "-z"]),
    help="Direction of the file that is up on the bed, if it does not lie as printed.",
)
@click.option(
    "--air",
    metavar="C",
    type=click.FloatRange(0.0, 120.0),
    default=40.0,
    show_default=True,
    help="Air round the parts (°C): what they carry depends on it.",
)
@calibration_option("What an STL was drawn for: it is measured at its own size again.")
@catalog_option
@json_option
@reports_errors
def command(file: str, as_json: bool, catalog_dir: str | None, **wishes: Any) -> None:
    """Check FILE (STL, 3MF, STEP) or the parts of SPEC (a rack.toml).

    Closed and one solid, walls, overhangs and bridges, bed, rack panel, screws, device with plugs,
    the way of a sled, and whether it bears its device for years. Each finding says rule,
    place, measured, allowed and cure.
    """
    from catalog.load import load_catalog  # noqa: PLC0415 - heavy
    from mounts.verify.run import verify  # noqa: PLC0415 - heavy

    catalog = load_catalog(catalog_dir)
    path = Path(file)
    if path.suffix.lower() == ".toml":
        reports = _planned(path, wishes, catalog)
    else:
        subjects = _read(path, wishes["up"])
        limits = _limits(catalog, {}, wishes, subjects[0].made_for if subjects else None)
        subjects = _told(_brought_back(subjects, wishes, limits), limits, wishes["calibration"])
        reports = [verify(subject, limits) for subject in subjects]
    count = sum(len(report.findings) for report in reports)
    record = {"file": file, "findings": count, "parts": [r.as_dict() for r in reports]}
    give(record, "\n\n".join(map(str, reports)), as_json)
    if count:
        say(f"{count} finding{'' if count == 1 else 's'} in {file}")
        raise SystemExit(Exit.CHECK_FAILED)


def _limits(
    catalog: "Catalog", own: dict[str, Any], wishes: dict[str, Any], made: "MadeFor | None"
) -> "Limits":
    """Return what is asked for; what is not is the file's own."""
    from mounts.verify.limits import Limits  # noqa: PLC0415 - heavy

    given = {k: v for k, v in wishes.items() if v is not None}
    asked: dict[str, Any] = {**DEFAULTS, **own, **given}
    printer = catalog.printer(asked["printer"], where="--printer")
    material = catalog.material(asked["material"], where="--material")
    if made is not None:
        printer = printer if wishes["printer"] else made.printer
        material = material if wishes["material"] else made.material
    standards = tuple(catalog.standards.values())
    return Limits(printer, material, standards, asked["nozzle"], asked["air"])


def _told(subjects: "list[Subject]", limits: "Limits", calibration: str | None) -> "list[Subject]":
    """Return bodies that say what they are held to where their file names a printer."""
    return [
        replace(one, notes=(*one.notes, *_held_to(one.made_for, limits, calibration)))
        if one.made_for
        else one
        for one in subjects
    ]


def _held_to(made: "MadeFor", limits: "Limits", calibration: str | None) -> list[str]:
    own = f"{made.printer.id} in {made.material.id}"
    asked = f"{limits.printer.id} in {limits.material.id}"
    found = [f"made for {own}" if own == asked else f"made for {own}, held to {asked} as asked"]
    if calibration is not None:
        drawn = made.calibration or "no printer in particular"
        found.append(f"drawn for {drawn}, as its recipe says: --calibration changes nothing")
    return found


def _read(path: Path, up: Any) -> "list[Subject]":
    from mounts.verify.load import load  # noqa: PLC0415 - heavy

    return load(path, up)


def _brought_back(
    subjects: "list[Subject]", wishes: dict[str, Any], limits: "Limits"
) -> "list[Subject]":
    """Return bodies without a recipe at the size they were drawn in, if a calibration is named.

    Raises:
        InputError: a file that cannot be read, or of another printer or filament.
    """
    named = wishes["calibration"]
    strange = [one for one in subjects if one.spec is None and one.made_for is None]
    if named is None or not strange:
        return subjects
    if wishes["up"] not in (None, "+z"):
        what = "a calibration corrects what lies as it is printed"
        raise wrong("--calibration", what, allowed="no --up", nearest="leave one of them out")
    from catalog.calibration import check_made_for, read_calibration  # noqa: PLC0415 - heavy
    from mounts.verify.recipe import brought_back  # noqa: PLC0415 - heavy

    own = read_calibration(Path(named), named)
    check_made_for(own, limits.printer.id, limits.material.id, "--calibration")
    return [one if one.made_for else brought_back(one, own, limits.material.id) for one in subjects]


def _planned(path: Path, wishes: dict[str, Any], catalog: "Catalog") -> "list[Report]":
    """Hold every part of a rack.toml to every rule, each once; in pieces if it is printed so."""
    if wishes["up"] is not None:
        raise wrong("--up", "a SPEC knows how its parts are printed", nearest="leave it out")
    from mounts.order import companions  # noqa: PLC0415 - heavy
    from mounts.registry import PARTS  # noqa: PLC0415 - heavy
    from mounts.split.held import held_in_pieces  # noqa: PLC0415 - heavy
    from mounts.verify.run import verify  # noqa: PLC0415 - heavy
    from mounts.verify.subject import subject_of  # noqa: PLC0415 - heavy
    from rack.plan import make_plan  # noqa: PLC0415 - heavy
    from rack.spec import read_rack  # noqa: PLC0415 - heavy

    rack, _ = read_rack(path)
    own = {"printer": rack.printer, "material": rack.material}
    limits = _limits(catalog, own, wishes, None)
    found: dict[str, list[Report]] = {}
    for module in make_plan(rack, catalog, str(path)).mounts:
        for family, spec in [(module.family, module.spec), *companions(module.spec)]:
            title = f"{family} {PARTS[family].title(spec)}"
            if title not in found:
                part = PARTS[family].build(spec)
                report = verify(subject_of(part, spec), limits)
                found[title] = held_in_pieces(report, part, spec, limits)
    return [one for reports in found.values() for one in reports]
