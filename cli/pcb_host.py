"""`rackpress pcb host`: what a host needs to switch the nodes of a managed board."""

from pathlib import Path

import click

from catalog.problems import InputError, Problem
from cli.common import give, json_option, reports_errors

_FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command(
    short_help="Write driver and pin map of a managed board.",
    epilog="Example:\n\n  rackpress pcb host power --nodes nas,web,db -o for-the-host",
)
@click.argument("folder", metavar="DIR", type=_FOLDER)
@click.option("--name", help="Which board, if DIR holds several.")
@click.option("--nodes", metavar="NAMES", default="",
              help="What hangs on the outputs, in order, with commas between.")  # fmt: skip
@click.option("-o", "--output", "target", type=_FOLDER, required=True, help="Folder to write into.")
@json_option
@reports_errors
def host(folder: Path, name: str | None, nodes: str, target: Path, as_json: bool) -> None:
    """Write pin map, driver and device-tree overlay of the managed board in DIR.

    `NAME.pins.json` and `NAME.pins.md` say which pin switches which node, `rackpress_power.py`
    switches them (it needs smbus2 on the host, and says what to check where a chip does not
    answer), `NAME.overlay.dts` gives each line its node's name in Linux.
    """
    from catalog.files import write_all  # noqa: PLC0415 - help stays quick
    from pcb.host.files import host_files, named  # noqa: PLC0415 - as above
    from pcb.managed.pinmap import pin_map  # noqa: PLC0415 - as above
    from pcb.project import find_record, read_record  # noqa: PLC0415 - as above

    spec, _ = read_record(find_record(folder, name))
    if spec.level != "managed":
        what = f"{spec.title} is a simple board: no host can switch its nodes"
        raise InputError(Problem(str(folder), what, nearest="make it with --level managed"))
    called = _named(nodes, spec.outputs)
    files = host_files(named(pin_map(spec), called))
    paths = write_all(target, files)
    result = {"name": spec.title, "nodes": called, "files": [str(path) for path in paths]}
    give(result, "\n".join(map(str, paths)), as_json)


def _named(nodes: str, outputs: int) -> dict[int, str]:
    """Return the node of each output that was named, from the first on."""
    names = [name.strip() for name in nodes.split(",")] if nodes else []
    wrong: list[Problem] = []
    if len(names) > outputs:
        what = f"{len(names)} names for {outputs} outputs"
        wrong.append(Problem("--nodes", what, allowed=f"up to {outputs}", nearest="leave some out"))
    twice = sorted({name for name in names if name and names.count(name) > 1})
    wrong += [Problem("--nodes", f"{name!r} is named twice", nearest=f"{name}-2") for name in twice]
    numbers = [name for name in names if name.isdigit()]
    wrong += [
        Problem("--nodes", f"{name!r} is the number of an output", nearest=f"node-{name}")
        for name in numbers
    ]
    if wrong:
        raise InputError(*wrong)
    return {output: name for output, name in enumerate(names, start=1) if name}
