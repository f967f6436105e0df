"""`rackpress pack`: what goes into a rack together, where, and what must stay out."""

from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from cli.common import Exit, catalog_option, give, json_option, reports_errors, wrong

if TYPE_CHECKING:
    from catalog.load import Catalog
    from packing.cabinet.question import Goal
    from rack.pack import Packed, Wanted

GOALS: dict[str, "Goal"] = {
    "most": "most",
    "fewest-u": "fewest-u",
    "fewest-racks": "fewest-cabinets",
}
EXAMPLES = """Examples:

\b
  rackpress pack examples/mini-rack.toml
  rackpress pack examples/mini-rack.toml --choose --svg elevation.svg
  rackpress pack examples/mini-rack.toml --goal fewest-racks --racks 3 --json
"""


class Options(TypedDict):
    """What the command line holds."""

    file: str
    goal: str
    racks: int
    rear: bool
    depth: str | None
    choose: bool
    limit: float
    svg: str | None
    catalog_dir: str | None
    as_json: bool


@click.command("pack", epilog=EXAMPLES)
@click.argument("file", metavar="FILE")
@click.option(
    "--goal",
    default="most",
    show_default=True,
    help=f"What is best: {', '.join(GOALS)}. Candidates count for most only.",
)
@click.option(
    "--racks",
    default=1,
    show_default=True,
    type=click.IntRange(1, 20),
    help="Equal racks to fill.",
)
@click.option("--rear", is_flag=True, help="Things may hang on the rear posts too.")
@click.option("--depth", help="Clear depth of the rack. Default: the catalogue's.")
@click.option("--choose", is_flag=True, help="The file's own items may stay out as well.")
@click.option(
    "--limit",
    default=10.0,
    show_default=True,
    type=click.FloatRange(0.1, 600),
    help="Work of each step of the solver, about seconds.",
)
@click.option("--svg", type=click.Path(), help="Draw front and rear, to scale.")
@catalog_option
@json_option
@reports_errors
def command(**options: Unpack[Options]) -> int:
    """Place what FILE lists, with as many of its candidates as go in, and prove it.

    Wishes stand in FILE: at_u of an item, and under [pack] what is near, far or low, what it may
    draw and weigh, and which cables are kept short. If they clash, the smallest set that does is
    said, with what goes in if anything may stay out; the exit code is then 1.
    """
    from catalog.load import load_catalog  # noqa: PLC0415 - heavy
    from cli.pack_text import pack_text  # noqa: PLC0415 - heavy
    from rack.pack import pack_file  # noqa: PLC0415 - heavy

    wanted = _wanted(options)
    catalog = load_catalog(options["catalog_dir"])
    packed = pack_file(Path(options["file"]), catalog, wanted)
    if options["svg"] and packed.shown.value is not None:
        _draw(options["svg"], packed, catalog)
    give(packed.as_dict(), pack_text(packed), options["as_json"])
    return Exit.FINE if packed.answer.value is not None else Exit.CHECK_FAILED


def _wanted(options: Options) -> "Wanted":
    from catalog.problems import did_you_mean  # noqa: PLC0415 - with the rest
    from catalog.units import length_mm  # noqa: PLC0415 - the same
    from rack.pack import Wanted  # noqa: PLC0415 - heavy

    if options["goal"] not in GOALS:
        near = did_you_mean(options["goal"], GOALS)
        raise wrong("--goal", f"{options['goal']!r} is no goal", ", ".join(GOALS), near)
    return Wanted(
        goal=GOALS[options["goal"]],
        racks=options["racks"],
        rear=options["rear"],
        depth_mm=None if options["depth"] is None else length_mm(options["depth"], "--depth"),
        choose=options["choose"],
        limit_s=options["limit"],
    )


def _draw(name: str, packed: "Packed", catalog: "Catalog") -> None:
    from packing.cabinet.drawing import elevation_svg  # noqa: PLC0415 - only if asked for

    if not name.lower().endswith(".svg"):
        raise wrong("--svg", f"{name!r} is no SVG", "a name that ends in .svg", f"{name}.svg")
    standard = catalog.standard(packed.rack.standard or packed.rack.id)
    try:
        drawn = elevation_svg(packed.shown, standard.panel_width_mm)
        Path(name).write_text(drawn, encoding="utf-8")
    except OSError as error:
        raise wrong("--svg", f"{name} cannot be written: {error.strerror}") from error
