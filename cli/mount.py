"""`rackpress mount`: one printable part for one device."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from catalog.problems import ToolMissing
from cli.common import (
    calibration_option,
    catalog_option,
    give,
    json_option,
    reports_errors,
    say,
    wrong,
)

if TYPE_CHECKING:
    from mounts.export import Format, Made
    from mounts.order import Order

FORMATS = ("stl", "3mf", "step", "png")


@click.command(
    "mount",
    epilog="""Examples:

\b
  rackpress mount list
  rackpress mount shelf --device netgear-gs308 --rack 10in -o parts
  rackpress mount shelf --device netgear-gs305 --count 2 -o parts
  rackpress mount tray --device raspberry-pi-4b --hat rpi-poe-hat --rack 10in -o parts
  rackpress mount frame --device raspberry-pi-4b --rack 19in --height 2U --pose on-edge -o parts""",
)
@click.argument("part")
@click.option("--device", metavar="ID", help="Board or box of the catalogue.")
@click.option(
    "--rack",
    metavar="ID",
    default="10in",
    show_default=True,
    help="10in, 10in-250, 19in or a rack's id.",
)
@click.option(
    "--height", metavar="U", help="Height such as 1U; the smallest that works if left out."
)
@click.option("--hat", metavar="ID", help="HAT stacked on the board.")
@click.option("--pose", type=click.Choice(["flat", "on-edge"]), help="How a sled stands.")
@click.option(
    "--count",
    metavar="N",
    help="How many: sleds in a frame (as many as fit if left out; max: as they fit best), or boxes "
    "or boards side by side.",
)
@click.option(
    "--front", type=click.Choice(["x-", "x+", "y-", "y+"]), help="Board edge that faces the front."
)
@click.option(
    "--fixing", type=click.Choice(["self-tap", "insert"]), help="How a board is screwed down."
)
@click.option(
    "--set",
    "settings",
    metavar="KEY=VALUE",
    multiple=True,
    help="Any other field of the part, such as keystones=6 or fan=40x20; see `mount list --json`.",
)
@click.option("--no-vents", is_flag=True, help="Leave the vents out.")
@click.option(
    "--printer",
    metavar="ID",
    default="bambu-a1",
    show_default=True,
    help="Whose bed it must fit; in pieces if it is too large.",
)
@click.option(
    "--material", metavar="ID", default="petg", show_default=True, help="What it is printed in."
)
@click.option(
    "--format",
    "formats",
    type=click.Choice(FORMATS),
    multiple=True,
    help="Files to write; all if left out.",
)
@click.option("--slice", "slicing", is_flag=True, help="Ask PrusaSlicer for grams and minutes.")
@click.option("-o", "--output", metavar="DIR", help="Folder for the files.")
@calibration_option(envvar="RACKPRESS_CALIBRATION")
@catalog_option
@json_option
@reports_errors
def command(
    part: str, output: str | None, catalog_dir: str | None, as_json: bool, **wishes: Any
) -> None:
    """Make PART for a device: STL, 3MF, STEP and a picture; `rackpress mount list` shows all parts.

    What a part needs comes with it: a frame's sleds, a shelf's brackets. What to buy is listed.
    """
    if part == "list":
        _list(as_json)
        return
    from catalog.files import write_all  # noqa: PLC0415 - heavy
    from catalog.load import load_catalog  # noqa: PLC0415 - heavy
    from mounts.order import registered  # noqa: PLC0415 - heavy

    registered(part)
    if output is None:
        raise wrong("--output", "say where the files go", nearest="add -o parts")
    made = _made(_order(part, wishes), wishes, load_catalog(catalog_dir))
    files = {name: data for one in made for name, data in one.files.items()}
    paths = write_all(Path(output), files)
    record = {"parts": [one.record for one in made], "files": [str(path) for path in paths]}
    give(record, "\n".join(_text(one) for one in made), as_json)
    say(f"wrote {len(paths)} file{'' if len(paths) == 1 else 's'} to {output}")


def _order(part: str, wishes: dict[str, Any]) -> "Order":
    from catalog.units import height_u  # noqa: PLC0415 - heavy
    from mounts.order import Order  # noqa: PLC0415 - heavy

    named = ("pose", "front", "fixing")
    options: dict[str, Any] = {key: wishes[key] for key in named if wishes[key] is not None}
    if wishes["count"] is not None:
        options["count"] = _count(wishes["count"], part)
    if wishes["no_vents"]:
        options["vents"] = False
    options |= dict(_setting(text) for text in wishes["settings"])
    height = height_u(wishes["height"], "--height") if wishes["height"] else None
    return Order(part, wishes["rack"], wishes["device"], height, wishes["hat"], options=options)


def _count(text: str, part: str) -> int | str:
    """Read how many; `max` is for a frame to count.

    Raises:
        InputError: it is no number, or `max` of another part.
    """
    if text == "max" and part == "frame":
        return text
    try:
        return int(text)
    except ValueError:
        allowed = "a whole number, or max in a frame"
        raise wrong("--count", f"{text!r} is no count", allowed, "leave it out") from None


def _setting(text: str) -> tuple[str, Any]:
    """Read KEY=VALUE, the value as TOML writes it; a bare word is text.

    Raises:
        InputError: there is no key.
    """
    import tomllib  # noqa: PLC0415 - only needed here

    key, equals, value = text.partition("=")
    if not equals or not key.strip():
        raise wrong("--set", f"{text!r} is no setting", allowed="KEY=VALUE", nearest="keystones=6")
    try:
        return key.strip(), tomllib.loads(f"value = {value}")["value"]
    except tomllib.TOMLDecodeError:
        return key.strip(), value.strip()


def _made(order: "Order", wishes: dict[str, Any], catalog: Any) -> "list[Made]":
    """Make the part, and what it is of no use without."""
    from mounts.hardware import for_rack  # noqa: PLC0415 - heavy
    from mounts.order import companions, spec_for  # noqa: PLC0415 - heavy
    from mounts.recipe import Recipe  # noqa: PLC0415 - heavy
    from mounts.registry import PARTS  # noqa: PLC0415 - heavy
    from mounts.split.made import make_fitting  # noqa: PLC0415 - heavy

    printer = catalog.printer(wishes["printer"], where="--printer")
    material = catalog.material(wishes["material"], where="--material")
    order = _calibrated(order, wishes, (printer.id, material.id))
    spec, rack = spec_for(order, catalog), catalog.rack(order.rack, where="--rack")
    if order.height_u is not None and "height_u" not in type(spec).model_fields:
        raise wrong("--height", f"{order.part} has no height in U", nearest="leave it out")
    formats: list[Format] = list(wishes["formats"] or FORMATS)
    found: list[Made] = []
    for family, one in [(order.part, spec), *companions(spec)]:
        built = PARTS[family].build(one)
        built = replace(built, hardware=for_rack(built.hardware, rack))
        of = Recipe(built, one, printer, material)
        try:
            found.append(make_fitting(of, formats))
        except ToolMissing as missing:
            say(f"note: no picture: {missing}")
            formats.remove("png")
            found.append(make_fitting(of, formats))
    return [_sliced(one, printer, material) for one in found] if wishes["slicing"] else found


def _calibrated(order: "Order", wishes: dict[str, Any], made_on: tuple[str, str]) -> "Order":
    """Return an order with the figures of its printer.

    Raises:
        InputError: a file that cannot be read, or of another printer or filament.
    """
    from catalog.calibration import check_made_for, read_calibration  # noqa: PLC0415 - heavy

    if "calibration" in order.options:
        near = "--calibration FILE, as `rackpress calibrate` writes it"
        raise wrong("--set", "calibration is a file", nearest=near)
    if wishes["calibration"] is None:
        return order
    where = "--calibration"
    found = read_calibration(Path(wishes["calibration"]), wishes["calibration"])
    check_made_for(found, *made_on, where)
    return replace(order, options={**order.options, "calibration": found})


def _sliced(made: "Made", printer: Any, material: Any) -> "Made":
    from mounts.plates.body import bodies  # noqa: PLC0415 - heavy
    from mounts.printing import sliced  # noqa: PLC0415 - heavy

    meshes = [one.mesh for one in bodies(made)]
    return replace(made, record=sliced(made.record, meshes, printer, material))


def _text(made: "Made") -> str:
    from mounts.printing import bearing_sentence, print_sentence  # noqa: PLC0415 - heavy

    record = made.record
    lines = [f"{record['name']}  {record['volume_cm3']} cm³, {record['bed']}, {record['up']} up"]
    lines.append(f"  {print_sentence(record['print'])}; {record['print']['profile']}")
    if "bearing" in record:
        lines.append(f"  {bearing_sentence(record['bearing'])}")
    lines += [f"  {h['count']} × {h['what']} ({h['use']})" for h in record["hardware"]]
    lines += [f"  piece {one['name']}: {one['bed']}" for one in record.get("pieces", [])]
    lines += [
        f"  seam at {one['square_to']} = {one['at_mm']:g}: {', '.join(one['joints'])}; "
        f"{one['strength_kept_pct']} % of the strength left{_gives_way(one)}"
        for one in record.get("seams", [])
    ]
    lines += [f"  note: {note}" for note in record["notes"]]
    return "\n".join(lines)


def _gives_way(seam: dict[str, Any]) -> str:
    """Say the load at which a seam gives way, if weight bends it."""
    return f", gives way at {seam['fails_at_kg']:g} kg" if "fails_at_kg" in seam else ""


def _list(as_json: bool) -> None:
    from mounts.registry import PARTS  # noqa: PLC0415 - heavy

    rows = [
        {"part": f.name, "takes": f.takes, "what": f.summary, "fields": sorted(f.spec.model_fields)}
        for _, f in sorted(PARTS.items())
    ]
    text = "\n".join(f"{r['part']:<8}{r['takes']:<9}{r['what']}" for r in rows)
    give({"parts": rows}, text, as_json)
