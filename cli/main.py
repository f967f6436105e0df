"""The root command. Sub-commands are imported when called, so that `--help` stays quick."""

import importlib
from typing import cast

import click

from cli.common import Exit

# name: (module, one line for the list of commands)
COMMANDS = {
    "build": ("cli.build", "Build everything a rack.toml describes."),
    "check": ("cli.check", "Check a rack.toml without building."),
    "new": ("cli.new", "Write a commented rack.toml to start from."),
    "schema": ("cli.schema", "Print the JSON schema of rack.toml."),
    "catalog": ("cli.catalog", "List, show and check devices and other facts."),
    "mount": ("cli.mount", "Make one printable part for one device."),
    "verify": ("cli.verify", "Check a part, ours or anyone's, before printing."),
    "fit": ("cli.fit", "How many boards fit in n rack units, with a bound."),
    "pcb": ("cli.pcb", "Make a power board: schematic and netlist."),
}


class LazyGroup(click.Group):
    """A group whose commands are imported on first use only."""

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
            from catalog.problems import did_you_mean  # noqa: PLC0415 - only when something is wrong

            ctx.fail(f"no such command {args[0]!r}; {did_you_mean(args[0], COMMANDS)}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, short) for name, (_, short) in COMMANDS.items()])


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
