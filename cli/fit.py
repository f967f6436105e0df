"""`rackpress fit`: how many of one board go into n rack units, with a bound and the reason."""

from typing import TYPE_CHECKING, Unpack

import click

from cli.common import catalog_option, give, json_option, reports_errors
from cli.fit_modes import mode_of
from packing.cavity import CABLE_GAP_MM, FLOOR_MM
from packing.pattern import POSES

if TYPE_CHECKING:
    from cli.fit_answer import Options

EXAMPLES = """Examples:

\b
  rackpress fit --board raspberry-pi-4b --rack 19in --height 1U..6U --air-gap 4mm
  rackpress fit --board raspberry-pi-4b --rack 19in --height 1U --pitch 30mm
  rackpress fit --board raspberry-pi-4b --rack 19in --height 2U --fan 40x20 --watts 6.4
  rackpress fit --board raspberry-pi-4b --rack 19in --height 1U,2U,4U --watts 9 --soc-k-per-w 4
  rackpress fit --mix raspberry-pi-4b=4,raspberry-pi-5=2 --rack 10in --edge-gap 2mm
  rackpress fit --table --edge-gap 1.4mm --air-gap 4mm
  rackpress fit --board raspberry-pi-5 --rack deskpi-rackmate-t1 --height 2U --rows 2 --all
"""


@click.command(epilog=EXAMPLES)
@click.option("--board", metavar="ID", help="Board of the catalogue, such as raspberry-pi-4b.")
@click.option("--rack", metavar="ID", help="19in, 10in, or a rack of the catalogue.")
@click.option("--table", is_flag=True, help="Every board, in 10in and 19in or in --rack.")
@click.option(
    "--mix",
    metavar="ID=N,…",
    help="Different boards in one module: raspberry-pi-4b=4,raspberry-pi-5=2.",
)
@click.option(
    "--height", metavar="U", help="2U, 1U..6U or 1U,2U,4U. Default: 1U..6U, at most the rack's."
)
@click.option(
    "--air-gap", metavar="LENGTH", help="Air between two faces. Default 0mm: boards touch."
)
@click.option(
    "--pitch", metavar="LENGTH", help="From one board to the next on edge, instead of --air-gap."
)
@click.option(
    "--edge-gap", metavar="LENGTH", default="0mm", show_default=True, help="Wall or play at edges."
)
@click.option(
    "--wall",
    metavar="LENGTH",
    default="0mm",
    show_default=True,
    help="Each side wall of the module.",
)
@click.option(
    "--floor",
    metavar="LENGTH",
    default=f"{FLOOR_MM:g}mm",
    show_default=True,
    help="Under the boards.",
)
@click.option(
    "--rows",
    metavar="N",
    default="1",
    show_default=True,
    help="Rows in depth; 2 is front and rear.",
)
@click.option(
    "--depth", metavar="LENGTH", help="Clear depth. Default: the rack's, where it is known."
)
@click.option(
    "--cable-gap",
    metavar="LENGTH",
    default=f"{CABLE_GAP_MM:g}mm",
    show_default=True,
    help="Between two rows.",
)
@click.option(
    "--opening", metavar="LENGTH", help="Between the posts. Default: the rack's or its standard's."
)
@click.option("--hat", metavar="ID", help="HAT on every board, such as rpi-poe-plus-hat.")
@click.option(
    "--thickness",
    metavar="LENGTH",
    help="Board with all parts, pins to top. Default: the catalogue's.",
)
@click.option("--outline", is_flag=True, help="Count bare PCBs; ignore connectors over edges.")
@click.option("--pose", metavar="POSE", help=f"Only this pose: {', '.join(POSES)}.")
@click.option(
    "--fan", metavar="ID", help="Count with air: fans of this kind behind the boards, or none."
)
@click.option(
    "--fans", metavar="N", help="At most so many. Default: as many as go behind the module."
)
@click.option(
    "--watts", metavar="W", help="Heat of one board, W. Default: the catalogue's highest figure."
)
@click.option(
    "--soc-k-per-w",
    metavar="K/W",
    help="Processor over the air, K for each W. Default: the catalogue's, bare.",
)
@click.option("--room", metavar="C", help="Air that comes in, in °C. Default: 25.")
@click.option("--pareto", is_flag=True, help="Boards against heat against noise, every fan.")
@click.option("--chart", type=click.Path(), help="Draw --pareto: a name in .svg or .png.")
@click.option("--svg", type=click.Path(), help="Draw what is shown, to scale.")
@click.option("--png", type=click.Path(), help="The same as pixels.")
@click.option("--all", "show_all", is_flag=True, help="Every pose, not only the best.")
@catalog_option
@json_option
@reports_errors
def command(**options: "Unpack[Options]") -> None:
    """Count how many boards fit, with a proven bound and what limits them.

    The board is taken as the catalogue has it: parts above and below the PCB, and connectors
    where they stand over an edge. Its x, as `rackpress catalog show` has it, runs into the
    rack. What is not given is not counted: no walls, no gaps, no room for plugs. So the
    defaults say what goes in at most; a printed mount wants about --edge-gap 1.4mm, and boards
    that work want --air-gap 4mm with fans or 8mm without. With --fan or --watts the gap is a
    result: of all rows that stay cool behind the fans, or in still air, those of most boards
    are told, with how warm they get; and the densest frame that can be printed and stays cool.
    A mix is placed board by board; its bound holds for every layout. An option that has no part
    in --table or --mix is refused.
    A LENGTH is such as 4mm or 0.5in.
    """
    mode = mode_of(options)
    if mode == "table":
        from cli.fit_table import answer  # noqa: PLC0415 - help must not load the catalogue
    elif mode == "mix":
        from cli.fit_mix import answer  # noqa: PLC0415 - the same
    else:
        from cli.fit_answer import answer  # noqa: PLC0415 - the same

    record, text = answer(options)
    give(record, text, options["as_json"])
