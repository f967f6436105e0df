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
    from rack.spec import RackSpec  # noqa: PLC0415 - heavy

    schema = RackSpec.model_json_schema(by_alias=True)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    give(schema, "", as_json=True)
