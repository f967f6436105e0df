"""`rackpress new`: a rack.toml to start from."""

import re
from pathlib import Path

import click

from catalog.problems import InputError
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
        path.open("x").close()  # the name is ours alone
    except FileExistsError:
        raise wrong("FILE", f"{file} is there already", nearest="choose another name") from None
    except OSError as error:
        raise _unwritten(file, error) from None
    try:
        write_one(path, starter(file, name).encode("utf-8"))
    except OSError as error:
        path.unlink()
        raise _unwritten(file, error) from None
    give({"file": file}, f"wrote {file}; next: rackpress check {file}", as_json)


def _unwritten(file: str, error: OSError) -> InputError:
    what = f"{file} cannot be written: {error.strerror or error}"
    return wrong("FILE", what, nearest="name a folder of your own")
