"""`rackpress calibrate`: a printer's own play and hole sizes, from a coupon that it printed."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli.common import catalog_option, give, json_option, reports_errors, say, wrong

if TYPE_CHECKING:
    from catalog.calibration import Calibration
    from catalog.load import Catalog
    from mounts.calibrate.questions import Question

PRINTER, MATERIAL = "bambu-a1", "petg"
TRIES = 5  # then it is no slip of the hand
NONE = 0.0  # no height of a print


@click.command(
    "calibrate",
    epilog="""Examples:

\b
  rackpress mount coupon -o parts
  rackpress calibrate --printer bambu-a1 --material petg -o my-a1.toml
  rackpress calibrate --from readings.toml -o my-a1.toml
  rackpress calibrate --add-to my-a1.toml --material pla -o my-a1.toml
  rackpress mount shelf --device netgear-gs308 --calibration my-a1.toml -o parts""",
)
@click.option(
    "--from", "readings", metavar="FILE", help="Readings in a TOML file; asked if left out."
)
@click.option(
    "--add-to", "add_to", metavar="FILE", help="A calibration that learns one more filament."
)
@click.option("--printer", metavar="ID", help=f"Whose coupon it is; {PRINTER} if left out.")
@click.option("--material", metavar="ID", help=f"What it was printed in; {MATERIAL} if left out.")
@click.option("--name", help="What to call it; printer and material if left out.")
@click.option("-o", "--output", metavar="FILE", help="Where to write it; printed if left out.")
@catalog_option
@json_option
@reports_errors
def command(output: str | None, catalog_dir: str | None, as_json: bool, **wishes: Any) -> None:
    """Ask for a dozen readings of a printed coupon and write what its printer needs.

    Print `rackpress mount coupon` first, with the printer's everyday settings: what they correct
    already is then not corrected twice. Last of all, and only if there is one, the height of a tall
    print is asked for: it alone tells shrink upwards. Parts made with --calibration, or with a
    rack.toml that names the file, fit that printer.
    """
    from catalog.calibration import calibration_text  # noqa: PLC0415 - heavy
    from catalog.load import load_catalog  # noqa: PLC0415 - heavy
    from mounts.calibrate.meaning import meaning  # noqa: PLC0415 - heavy

    _may_write(output, wishes["add_to"])
    catalog = load_catalog(catalog_dir)
    made = _more(wishes, catalog) if wishes["add_to"] else _whole(wishes, catalog)
    text, means = calibration_text(made), meaning(made)
    if output is not None:
        _write(Path(output), text)
    record = {"file": output, "calibration": made.model_dump(mode="json"), "means": means}
    for line in means if output is None else []:
        say(f"# {line}")
    lines = [*means, f"wrote {output}; next: --calibration {output}"]
    give(record, text.rstrip("\n") if output is None else "\n".join(lines), as_json)


def _whole(wishes: dict[str, Any], catalog: "Catalog") -> "Calibration":
    """Return a calibration from a file of readings, or from what is answered."""
    from catalog.validate import parse  # noqa: PLC0415 - heavy
    from mounts.calibrate.questions import QUESTIONS  # noqa: PLC0415 - heavy
    from mounts.calibrate.readings import (  # noqa: PLC0415 - heavy
        Readings,
        calibration_from,
        first_layer_mm,
        read_readings,
    )

    where = wishes["readings"]
    if where is not None:
        _decided_by(where, wishes, ("printer", "material", "name"))
        found = read_readings(Path(where), where)
        _known(catalog, found.printer, found.material, where)
        return calibration_from(found, where)
    printer, material = wishes["printer"] or PRINTER, wishes["material"] or MATERIAL
    _known(catalog, printer, material)
    name = wishes["name"] or f"{printer}-{material}".replace(".", "-").replace("+", "-")[:40]
    data = {"version": 1, "name": name, "printer": printer, "material": material}
    answers = _asked(QUESTIONS)
    answers |= _asked_tall(len(QUESTIONS), first_layer_mm(answers["tower_height_mm"]))
    found = parse(Readings, {**data, **answers}, "answers")
    return calibration_from(found, "answers")


def _more(wishes: dict[str, Any], catalog: "Catalog") -> "Calibration":
    """Return a calibration that knows one more filament's shrink."""
    from catalog.calibration import read_calibration  # noqa: PLC0415 - heavy
    from mounts.calibrate.questions import BARS  # noqa: PLC0415 - heavy
    from mounts.calibrate.readings import read_bars, with_shrink  # noqa: PLC0415 - heavy

    old = read_calibration(Path(wishes["add_to"]), wishes["add_to"])
    if wishes["name"]:
        raise wrong("--name", "the file has a name", nearest="leave it out with --add-to")
    where, values = wishes["readings"], dict[str, Any]()
    if where is not None:
        _decided_by(where, wishes, ("printer", "material"))
        found = read_bars(Path(where), where)
        printer, material, values = found.printer, found.material, found.model_dump()
    else:
        printer, material = wishes["printer"] or old.printer, wishes["material"] or MATERIAL
    _known(catalog, printer or PRINTER, material, where)
    if printer != old.printer:
        what = f"{wishes['add_to']} is of {old.printer}, these readings of {printer}"
        raise wrong(where or "--printer", what, nearest="a file of its own for each printer")
    if where is None:
        values = _asked(BARS)
        values |= _asked_tall(len(BARS), old.first_layer_mm)
    return with_shrink(old, values, material, where or "answers")


def _decided_by(where: str, wishes: dict[str, Any], keys: tuple[str, ...]) -> None:
    for key in keys:
        if wishes[key] is not None:
            option = f"--{key}"
            raise wrong(option, f"{where} says that already", nearest="leave it out with --from")


def _known(catalog: "Catalog", printer: str, material: str, where: str | None = None) -> None:
    """Refuse a printer or a filament that the catalogue does not have."""
    place = {"where": where, "key": "printer"} if where else {"where": "--printer"}
    catalog.printer(printer, **place)
    place = {"where": where, "key": "material"} if where else {"where": "--material"}
    catalog.material(material, **place)


def _asked(questions: "tuple[Question, ...]") -> dict[str, Any]:
    """Ask one thing after another; an answer that no printer gives is asked for again.

    Raises:
        InputError: the answers end too early, or one is wrong again and again.
    """
    found: dict[str, Any] = {}
    for number, one in enumerate(questions, start=1):
        found[one.key] = _answer(one, f"{number} of {len(questions)}. {one.asks}")
    return found


def _asked_tall(asked: int, lost_mm: float) -> dict[str, Any]:
    """Ask for a tall print, after so many questions; nothing where there is none.

    Args:
        asked: questions before these.
        lost_mm: what the first layer loses in height.

    Raises:
        InputError: half an answer, or one that is wrong again and again.
    """
    from mounts.calibrate.questions import TALL, tall_read  # noqa: PLC0415 - heavy

    drawn = _answer(TALL, f"{asked + 1}, if you like. {TALL.asks}; Enter if there is none", NONE)
    if drawn == NONE:
        return {}
    one = tall_read(drawn, lost_mm)
    return {TALL.key: drawn, one.key: _answer(one, f"{asked + 2}. {one.asks}")}


def _answer(one: "Question", text: str, default: float | None = None) -> float | int:
    """Ask one thing.

    Args:
        one: the question.
        text: how to put it.
        default: taken where nothing is said, or nobody is there any more to say it.

    Raises:
        InputError: no answer, or one that is wrong again and again.
    """
    refused, kind = "", int if one.whole else float
    for _ in range(TRIES):
        try:
            said = click.prompt(text, default, type=kind, err=True, show_default=False)
        except click.Abort as stop:
            if default is not None and isinstance(stop.__context__, EOFError):  # no ^C
                return default
            near = "answer all of them, or write them into a file: --from readings.toml"
            raise wrong(one.key, "no answer", one.believable, near) from None
        if said == default:
            return said
        refused = one.refuse(said)
        if not refused:
            return said
        say(f"{refused}; believable: {one.believable}; {one.near}")
    raise wrong(one.key, refused, one.believable, one.near)


def _may_write(output: str | None, add_to: str | None) -> None:
    """Refuse early to write over a file, unless it is the one that learns."""
    if output is None or not Path(output).exists():
        return
    if add_to is None or Path(output).resolve() != Path(add_to).resolve():
        raise wrong("--output", f"{output} is there already", nearest="choose another name")


def _write(path: Path, text: str) -> None:
    from catalog.files import write_one  # noqa: PLC0415 - only when there is something

    try:
        write_one(path, text.encode("utf-8"))
    except OSError as error:
        what = f"{path} cannot be written: {error.strerror or error}"
        raise wrong("--output", what, nearest="name a folder of your own") from None
