"""The root command. Sub-commands are imported when called, so that `--help` stays quick."""

import atexit
import contextlib
import errno
import gc
import importlib
import io
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn, cast

import click

from cli.common import Exit, fail, printable
from cli.stopping import Ended, ending_in_order

TRACEBACK = "RACKPRESS_TRACEBACK"
STOPPED = "stopped; nothing was changed"
# What is there at the end need not be looked through for cycles: a third of a second after a build.
atexit.register(gc.freeze)
# What a disk that is full, read-only, not ours or broken says.
FULL = ("ENOSPC", "EDQUOT", "EFBIG", "EROFS", "EACCES", "EPERM", "EIO")
DISK = {getattr(errno, name) for name in FULL if hasattr(errno, name)}

# name: (module, one line for the list of commands)
COMMANDS = {
    "build": ("cli.build", "Build everything a rack.toml describes."),
    "plates": ("cli.plates", "Lay all parts of a rack.toml out on beds, with a quote."),
    "check": ("cli.check", "Check a rack.toml without building."),
    "diff": ("cli.diff", "What another rack.toml would change, in words."),
    "new": ("cli.new", "Write a commented rack.toml to start from."),
    "migrate": ("cli.migrate", "Bring an old file to today's format."),
    "schema": ("cli.schema", "Print the JSON schema of rack.toml."),
    "calibrate": ("cli.calibrate", "A printer's own play and holes, from a printed coupon."),
    "catalog": ("cli.catalog", "List, show and check devices and other facts."),
    "import": ("cli.importing", "Devices and racks from NetBox and from Rackula."),
    "export": ("cli.exporting", "A rack.toml for NetBox and for Rackula."),
    "mount": ("cli.mount", "Make one printable part for one device."),
    "gallery": ("cli.gallery", "Draw every part there is, on one page."),
    "verify": ("cli.verify", "Check a part, ours or anyone's, before printing."),
    "rebuild": ("cli.rebuild", "Make a file of ours again from the recipe in it."),
    "fit": ("cli.fit", "How many boards fit in n rack units, with a bound."),
    "pack": ("cli.pack", "What goes into a rack together, where, and what must go."),
    "fleet": ("cli.fleet", "How many cabinets thousands of nodes take, with a bound."),
    "cache": ("cli.cache", "What earlier builds left to be used again; clear it."),
    "pcb": ("cli.pcb", "Make a power board: budget, KiCad project, what a shop wants."),
    "doctor": ("cli.doctor", "What is missing on this machine, and how to get it."),
}


class LazyGroup(click.Group):
    """A group whose commands are imported on first use only, and that never shows a traceback."""

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run the program; see `click.Command.main`."""
        if not extra.pop("standalone_mode", True):
            return super().main(*args, standalone_mode=False, **extra)
        words = extra.get("args", args[0] if args else None)
        return _run(
            lambda: super(LazyGroup, self).main(*args, standalone_mode=False, **extra), words
        )

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the commands in the order a newcomer meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import and return one command."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(COMMANDS[cmd_name][0])
        return cast("click.Command", module.command)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command, or name the nearest one."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            ctx.fail(f"No such command {args[0]!r}.")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, short) for name, (_, short) in COMMANDS.items()])


def _run(program: Callable[[], Any], words: Sequence[str] | None) -> NoReturn:
    """Run a program and exit: plain words for every error, 130 for ^C, 143 for SIGTERM."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # what its encoding lacks is written as an escape
            stream.reconfigure(errors="backslashreplace")
    as_json = "--json" in (sys.argv[1:] if words is None else words)
    try:
        with ending_in_order():
            code = program()
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        sys.exit(Exit.WRONG_INPUT)
    except click.UsageError as error:
        from cli.usage import explained  # noqa: PLC0415 - only when something is wrong

        fail(explained(error), as_json)
    except (click.Abort, KeyboardInterrupt):
        click.echo(STOPPED, err=True)
        sys.exit(Exit.STOPPED)
    except Ended as ended:
        with contextlib.suppress(OSError):  # its terminal may be gone
            click.echo(STOPPED, err=True)
        sys.exit(ended.code)
    except Exception as error:
        if os.environ.get(TRACEBACK):
            raise
        if isinstance(error, OSError) and error.errno in DISK:
            _disk(error, as_json)
        _own_mistake(error)
    sys.exit(code if isinstance(code, int) else Exit.FINE)


def _disk(error: OSError, as_json: bool) -> NoReturn:
    """Say what a disk refused: no mistake of ours, and nothing to report."""
    from catalog.problems import InputError, Problem  # noqa: PLC0415 - only when something is wrong

    what = f"cannot be written or read: {error.strerror or error}"
    near = "make room there; TMPDIR names another folder for temporary files"
    fail(InputError(Problem(str(error.filename or "a file"), what, nearest=near)), as_json)


def _own_mistake(error: Exception) -> NoReturn:
    """Say that we, not the user, are wrong, and where."""
    import traceback  # noqa: PLC0415 - only when something is wrong

    last = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(last.filename).name}:{last.lineno}"
    what = printable(f"{type(error).__name__} at {where}: {str(error)[:300]}")
    click.echo(f"error: a mistake in Rackpress itself, not in your input: {what}", err=True)
    hint = f"please report it with your file and the command; {TRACEBACK}=1 shows more"
    click.echo(f"  hint: {hint}", err=True)
    sys.exit(Exit.CHECK_FAILED)


@click.command(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example:\n\n  rackpress build examples/mini-rack.toml",
)
@click.option("-q", "--quiet", is_flag=True, help="Say nothing on stderr but errors.")
@click.version_option(package_name="rackpress", prog_name="rackpress")
def main(quiet: bool) -> None:
    """One file describes a rack; one command makes everything to build it.

    Exit codes: 0 fine, 1 a check failed, 2 wrong input, 3 a needed tool is missing.
    """


if __name__ == "__main__":
    raise SystemExit(main() or Exit.FINE)
