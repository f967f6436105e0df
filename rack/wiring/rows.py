"""The wiring by node: what each is fed from, and which port its network cable ends in."""

from collections.abc import Mapping, Sequence
from typing import Any

Row = dict[str, Any]


def node_rows(wiring: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[Row]:
    """Return one row for each thing that is wired: what one thing feeds together, by its outputs.

    Args:
        wiring: outputs, ports and feeds as plain data.

    `power` is what feeds it and `kind` what that is; `supply` is that of its power board. What
    hangs on one has `output`, `volts` and `fuse_a`, what has a network cable `switch`, `port` and
    `way_m`. An output that feeds nothing is a row without a node.
    """
    leads = {one["node"]: one for one in wiring["outputs"] if one["node"]}
    ports = {one["node"]: one for one in wiring["ports"]}
    boards = {one["board"] for one in wiring["outputs"]}
    feeds = [one for one in wiring["feeds"] if one["kind"] != "ups"]
    listed = [*leads, *(node for node in ports if node not in leads)]
    for name in (name for one in feeds for name in one["feeds"] if name not in boards):
        if not any(is_node_of(node, name) for node in listed if node not in leads):
            listed.append(name)
    rows = [_row(node, leads.get(node), ports.get(node), feeds) for node in listed]
    free = [one for one in wiring["outputs"] if not one["node"]]
    rows += [_row("", one, None, feeds) for one in free]
    first = {row["power"]: n for n, row in reversed([*enumerate(rows)])}
    return sorted(rows, key=lambda row: first[row["power"]])


def _row(
    node: str,
    lead: Mapping[str, Any] | None,
    port: Mapping[str, Any] | None,
    feeds: Sequence[Mapping[str, Any]],
) -> Row:
    from_what = next(
        (one for one in feeds if any(is_node_of(node, name) for name in one["feeds"])), None
    )
    kind, power = (from_what["kind"], from_what["name"]) if from_what else (None, None)
    return {
        "node": node,
        "kind": "board" if lead else kind,
        "power": lead["board"] if lead else power,
        "supply": next(
            (one["name"] for one in feeds if lead and lead["board"] in one["feeds"]), None
        ),
        "output": lead["output"] if lead else None,
        "volts": lead["volts"] if lead else None,
        "fuse_a": lead["fuse_a"] if lead else None,
        "switch": port["switch"] if port else None,
        "port": port["port"] if port else None,
        "way_m": port["way_m"] if port else None,
    }


def is_node_of(node: str, name: str) -> bool:
    """Say whether a node is that of a name, one of several of it, or beside it on its mount."""
    if not node.startswith(name):
        return False
    rest = node.removeprefix(name)
    return rest == "" or rest.startswith(": ") or (rest[0] == " " and rest[1:].isdigit())
