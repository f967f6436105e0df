"""The options that describe a power board, shared by `pcb new` and `pcb budget`."""

from collections.abc import Callable, Mapping
from typing import Any, ParamSpec, TypeVar

import click

P = ParamSpec("P")
R = TypeVar("R")

_KINDS = "barrel-5.5x2.1, screw, wire, jst-vh or mini-fit"
_OPTIONS = (
    ("--outputs", "N", "How many nodes it feeds, 1 to 24."),
    ("--volts", "V", "The rail that is passed on: 12 or 5.  [default: 12]"),
    ("--amps", "A", "The most that one output draws for long.  [default: 3]"),
    ("--typical-amps", "A", "What it draws most of the time.  [default: as --amps]"),
    ("--connector", "KIND", f"What an output ends in: {_KINDS}.  [default: barrel-5.5x2.1]"),
    ("--outputs-5v", "N", "How many of the outputs, the last ones, give 5 V.  [default: 0]"),
    ("--amps-5v", "A", "The most that one of those draws.  [default: 3]"),
    ("--typical-amps-5v", "A", "What one of those draws most of the time."),
    ("--connector-5v", "KIND", "What those end in.  [default: screw]"),
    ("--input", "PLUG", "atx-24, atx-20 (a 20-pin plug in the 24-pin header), eps-8, p4, pcie-6, "
     "pcie-8, atx12vo or screw.  [default: atx-24]"),
    ("--extra-inputs", "PLUGS", "Up to three further 12 V plugs of the supply, such as eps-8,p4; "
     "each feeds outputs of its own."),
    ("--supply-5v-a", "A", "What the supply's label says of 5 V.  [default: 20]"),
    ("--contacts", "KIND", "any; or hcs: plugs with HCS (high-current) contacts on 18 AWG, in air "
     "of 40 °C.  [default: any]"),
    ("--copper-oz", "OZ", "Copper of each layer: 1 or 2.  [default: 1]"),
    ("--cable-awg", "AWG", "Wire to a node: 14, 16, 18, 20, 22 or 24.  [default: 18]"),
    ("--cable-m", "M", "Length of that wire, up to 5.  [default: 0.5]"),
    ("--ps-on", "KIND", "What starts the supply: jumper or switch.  [default: jumper]"),
    ("--level", "LEVEL", "simple, or managed: a host switches outputs.  [default: simple]"),
    ("--address", "ADDR", "I2C address of the first expander of a managed board, 0x24 to 0x27.  "
     "[default: 0x24]"),
    ("--sensor-address", "ADDR", "And of its first sensor, 0x40 to 0x43.  [default: 0x40]"),
)  # fmt: skip


def board_options(command: Callable[P, R]) -> Callable[P, R]:
    """Add the options that describe a board."""
    flag = click.option(
        "--single-rail", is_flag=True, help="The supply has one 12 V rail: 12 V of plugs is joined."
    )
    command = flag(command)
    flag = click.option(
        "--sensing", is_flag=True, help="Measure each output of a managed board: INA3221, up to 12."
    )
    command = flag(command)
    for name, metavar, words in reversed(_OPTIONS):
        command = click.option(name, metavar=metavar, help=words)(command)
    return command


def written(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options that were written: a flag that is not set is none."""
    return {key: value for key, value in given.items() if value not in (None, False)}


def as_options(changes: Mapping[str, Any]) -> str:
    """Return a board's settings as they are written on the command line."""
    words: list[str] = []
    for key, value in changes.items():
        if value is None:
            continue
        text = ",".join(value) if isinstance(value, (list, tuple)) else f"{value}"
        words.append(f"--{key.replace('_', '-')} {text}")
    return " ".join(words)
