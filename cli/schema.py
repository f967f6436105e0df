"""`rackpress schema`: what a rack.toml may hold, for editors and scripts."""

import click

from cli.common import give, json_option, reports_errors


@click.command("schema", epilog="Example:\n\n  rackpress schema > rack.schema.json")
@json_option
@reports_errors
def command(as_json: bool) -> None:  # noqa: ARG001 - the schema is JSON either way
    """Print the JSON schema of rack.toml.

    Point an editor at it with a first line `#:schema rack.schema.json`.
    """
    from rack.schema import rack_schema  # noqa: PLC0415 - heavy

    give(rack_schema(), "", as_json=True)
