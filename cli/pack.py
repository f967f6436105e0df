"""`rackpress pack`: what goes into a rack together, where, and what must stay out."""

from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from cli.common import catalog_option, give, glance, json_option, reports_errors, say, wrong

if TYPE_CHECKING:
    from catalog.load import Catalog
    from packing.cabinet.question import Goal
    from rack.pack import Wanted

GOALS = ("most", "fewest-u", "fewest-racks", "least-cost")
EXAMPLES = """Examples:

\b
  rackpress pack examples/mini-rack.toml
  rackpress pack examples/mini-rack.toml --choose --svg elevation.svg
  rackpress pack examples/mini-rack.toml --goal fewest-racks --racks 3 --json
  rackpress pack sites/ --dask tcp://10.0.0.1:8786 --json
"""


class Options(TypedDict):
    """What the command line holds."""

    files: tuple[str, ...]
    goal: str | None
    racks: int | None
    rear: bool
    depth: str | None
    choose: bool
    limit: float
    svg: str | None
    dask: str | None
    catalog_dir: str | None
    as_json: bool


@click.command("pack", epilog=EXAMPLES)
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option(
    "--goal",
    metavar="GOAL",
    help=f"What is best: {', '.join(GOALS)}. Default: the file's, or most.",
)
@click.option(
    "--racks",
    metavar="N",
    type=click.IntRange(1, 20),
    help="Equal racks to fill. Default: the file's, or one.",
)
@click.option("--rear", is_flag=True, help="Things may hang on the rear posts too.")
@click.option(
    "--depth", metavar="LENGTH", help="Clear depth of the rack. Default: the catalogue's."
)
@click.option("--choose", is_flag=True, help="The file's own items may stay out as well.")
@click.option(
    "--limit",
    metavar="S",
    default=10.0,
    show_default=True,
    type=click.FloatRange(0.1, 600),
    help="Work of each step of the solver, about seconds.",
)
@click.option("--svg", type=click.Path(), help="Draw front and rear, to scale.")
@click.option("--dask", metavar="ADDRESS", help="Let a Dask cluster answer: tcp://HOST:PORT.")
@catalog_option
@json_option
@reports_errors
def command(**options: Unpack[Options]) -> int:
    """Place what FILE lists, with as many of its candidates as go in, and prove it.

    Wishes stand in FILE: at_u of an item, and under [pack] what is near, far or low, what it may
    draw and weigh, and which cables are kept short. If they clash, the smallest set that does is
    said, with what goes in if anything may stay out; the exit code is then 1.

    Several files, or a folder of them, are sites of their own, each a rack or a fleet; options
    about racks are for each rack. With --dask the workers of a cluster answer, with the same
    result.
    """
    glance(*options["files"])
    from catalog.load import load_catalog  # noqa: PLC0415 - heavy
    from cli.sites import all_told, answered, read_all, site_told  # noqa: PLC0415 - heavy
    from rack.sites import files_of, read_site  # noqa: PLC0415 - heavy

    wanted = _wanted(options)
    paths = files_of(options["files"])
    single = len(options["files"]) == 1 and not Path(options["files"][0]).is_dir()
    if options["svg"] and not single:
        raise wrong("--svg", "draws one rack", "one file", "draw each file by itself")
    catalog = load_catalog(options["catalog_dir"])
    sites = read_all(paths, lambda path: read_site(path, catalog, wanted))
    found = answered(paths, sites, options["dask"])
    told = [site_told(site, one) for site, one in zip(sites, found, strict=True)]
    whole = told[0] if single else all_told(paths, told)
    if whole.error is not None:
        raise whole.error
    if options["svg"]:
        _draw(options["svg"], sites[0], found[0], catalog)
    if whole.talk:
        say(whole.talk)
    give(whole.record, whole.text, options["as_json"])
    return whole.code


def _wanted(options: Options) -> "Wanted":
    from catalog.problems import did_you_mean  # noqa: PLC0415 - with the rest
    from catalog.units import length_mm  # noqa: PLC0415 - the same
    from rack.pack import GOALS as KNOWN  # noqa: PLC0415 - heavy
    from rack.pack import Wanted  # noqa: PLC0415 - heavy

    known: dict[str, Goal] = {**KNOWN}
    goal = options["goal"]
    if goal is not None and goal not in known:
        near = did_you_mean(goal, GOALS)
        raise wrong("--goal", f"{goal!r} is no goal", ", ".join(GOALS), near)
    return Wanted(
        goal=None if goal is None else known[goal],
        racks=options["racks"],
        rear=options["rear"],
        depth_mm=None if options["depth"] is None else length_mm(options["depth"], "--depth"),
        choose=options["choose"],
        limit_s=options["limit"],
    )


def _draw(name: str, site: object, found: object, catalog: "Catalog") -> None:
    from catalog.files import write_one  # noqa: PLC0415 - only if asked for
    from packing.cabinet.drawing import elevation_svg  # noqa: PLC0415 - as above
    from packing.site import RackAnswer  # noqa: PLC0415 - heavy
    from rack.pack import Case, Packed  # noqa: PLC0415 - heavy

    if not name.lower().endswith(".svg"):
        raise wrong("--svg", f"{name!r} is no SVG", "a name that ends in .svg", f"{name}.svg")
    if not isinstance(site, Case) or not isinstance(found, RackAnswer):
        raise wrong("--svg", "a fleet has no elevation", "the file of one rack", "leave it out")
    packed = Packed(site, found)
    if packed.shown.value is None:
        return
    standard = catalog.standard(site.rack.standard or site.rack.id)
    try:
        drawn = elevation_svg(packed.shown, standard.panel_width_mm)
        write_one(Path(name), drawn.encode("utf-8"))
    except OSError as error:
        raise wrong("--svg", f"{name} cannot be written: {error.strerror}") from error
