"""Which options of `rackpress fit` go with which question: one board, the table, a mix."""

from collections.abc import Mapping
from typing import Literal

from cli.common import wrong

Mode = Literal["board", "table", "mix"]

_AIR = (
    "is about air, which is computed for boards of one kind",
    "ask for each kind by --board, or give --air-gap",
)
_ONE_BOARD = ("is for one board; a table has them all", "leave it out, or name a --board")
_REFUSED: dict[Mode, dict[str, tuple[str, str]]] = {
    "board": {},
    "table": {
        "board": ("is given with --table, which has every board", "give one of them"),
        "mix": ("is given with --table", "give one of them"),
        "hat": _ONE_BOARD,
        "thickness": _ONE_BOARD,
        "pitch": ("is of one board; they differ in a table", "give --air-gap"),
        "pareto": _ONE_BOARD,
        "chart": _ONE_BOARD,
        "svg": _ONE_BOARD,
        "png": _ONE_BOARD,
        "show_all": ("is for one board; a table has the best pose of each", "give --pose"),
    },
    "mix": {
        "board": ("is given with --mix", "give one of them"),
        "thickness": ("is of one board; those of a mix differ", "use the catalogue's"),
        "pitch": ("is of one board; those of a mix differ", "give --air-gap"),
        "fan": _AIR,
        "fans": _AIR,
        "watts": _AIR,
        "soc_k_per_w": _AIR,
        "room": _AIR,
        "pareto": _AIR,
        "chart": _AIR,
        "show_all": ("is for one board; a mix has one layout", "give --pose"),
    },
}


def mode_of(options: Mapping[str, object]) -> Mode:
    """Return which question the options ask.

    Raises:
        InputError: one is given that has no part in it, or one is missing.
    """
    mode: Mode = "table" if options["table"] else "mix" if options["mix"] else "board"
    for key, (what, nearest) in _REFUSED[mode].items():
        if options[key]:
            raise wrong(_written(key), what, nearest=nearest)
    needed = {"board": ("board", "rack"), "table": (), "mix": ("rack",)}[mode]
    lacking = [key for key in needed if not options[key]]
    if lacking:
        near = "try: rackpress fit --board raspberry-pi-4b --rack 19in"
        raise wrong(_written(lacking[0]), "is missing", "a name, or --table for every board", near)
    return mode


def _written(key: str) -> str:
    """Return an option as it is typed."""
    return "--all" if key == "show_all" else f"--{key.replace('_', '-')}"
