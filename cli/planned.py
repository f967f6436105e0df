"""What `build` and `plates` share: their options, and the plan that FILE stands for."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import click

from cli.common import calibration_option

if TYPE_CHECKING:
    from catalog.load import Catalog
    from rack.plan import Plan

P = ParamSpec("P")
R = TypeVar("R")


def making_options(output: str, slicing: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Add FILE and the options that making things takes: `-o`, `--jobs`, `--slice` and such.

    Args:
        output: help of `-o`.
        slicing: help of `--slice`.
    """
    options = (
        click.argument("file", metavar="FILE"),
        click.option("-o", "--output", metavar="DIR", help=output),
        click.option(
            "--overwrite", is_flag=True, help="Also lose what was added or changed in DIR."
        ),
        click.option("--no-pictures", is_flag=True, help="Leave the pictures out: quicker."),
        click.option("--slice", "slicing", is_flag=True, help=slicing),
        click.option(
            "--jobs",
            metavar="N",
            type=click.IntRange(1, 64),
            help="Processes to make parts in; as many as this machine runs at once if left out.",
        ),
        click.option("--no-cache", is_flag=True, help="Make all anew, and keep nothing of it."),
        calibration_option("In place of the one that FILE names, from `rackpress calibrate`."),
    )

    def add(command: Callable[P, R]) -> Callable[P, R]:
        for option in reversed(options):
            command = option(command)
        return command

    return add


def planned(file: str, catalog: "Catalog", calibration: str | None) -> "Plan":
    """Return the plan of a rack.toml, drawn for the printer's calibration if one is named.

    Raises:
        InputError: one of the files is wrong.
    """
    from catalog.calibration import read_calibration  # noqa: PLC0415 - heavy
    from rack.read import plan_file  # noqa: PLC0415 - heavy

    own = None if calibration is None else read_calibration(Path(calibration), calibration)
    return plan_file(Path(file), catalog, own)
