"""`rackpress new`: a rack.toml to start from."""

import re
from pathlib import Path

import click

from cli.common import give, json_option, reports_errors, wrong


@click.command("new", epilog="Example:\n\n  rackpress new my-rack.toml")
@click.argument("file", metavar="[FILE]", default="rack.toml")
@json_option
@reports_errors
def command(file: str, as_json: bool) -> None:
    """Write a commented rack.toml to start from; never over a file that is there."""
    from catalog.files import write_one  # noqa: PLC0415 - only needed here
    from rack.starter import starter  # noqa: PLC0415 - as above

    path = Path(file)
    name = re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-")[:40] or "rack"
    try:
        if path.exists() or path.is_symlink():
            raise wrong("FILE", f"{file} is there already", nearest="choose another name")
        write_one(path, starter(file, name).encode("utf-8"))
    except OSError as error:
        what = f"{file} cannot be written: {error.strerror or error}"
        raise wrong("FILE", what, nearest="name a folder of your own") from None
    give({"file": file}, f"wrote {file}; next: rackpress check {file}", as_json)
