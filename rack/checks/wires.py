"""Checks of wiring: ports of switches, outputs of power boards, the length of leads."""

from collections.abc import Iterator

from catalog.load import Catalog
from catalog.models import Box
from rack.checks.check import Check, Facts, cited, good
from rack.devices import find

GROUP = "Wiring"


def wire_checks(facts: Facts, catalog: Catalog) -> Iterator[Check]:
    """Yield whether every node has a port and an output, and whether its leads reach.

    Args:
        facts: what is told of the build, as plain data.
        catalog: facts and their sources.
    """
    plan = facts["plan"]
    wiring = plan["wiring"]
    held = {m["label"]: m["device"] for m in (*plan["modules"], *plan["beside"])}
    for hub in wiring["switches"]:
        yield _ports(hub, wiring["portless"], held[hub["switch"]], catalog)
    for board in plan["power_boards"]:
        yield _outputs(board["name"], wiring)
        yield _reach(board["name"], wiring)
    alone = [row["node"] for row in wiring["nodes"] if row["node"] and row["power"] is None]
    if alone:
        asked, told = "Is everything fed?", f"{', '.join(alone)}: nothing in the file feeds them"
        yield Check(GROUP, "nodes", asked, "look", told, "", "feeds of boards and supplies")


def _ports(hub: Facts, portless: list[str], device: str, catalog: Catalog) -> Check:
    out = ", one of them for the way out" if hub["way_out"] else ""
    figure = f"{hub['used']} taken{out}"
    known = find(catalog, device)
    source = "each cable a port"
    if isinstance(known, Box) and "network" in known.sources:
        source = f"ports: {cited(known.sources['network'], catalog)}"
    asked = "Has every node a port?"
    if hub["ports"] is None:
        told = f"{figure}; how many it has is not known: count them"
        return Check(GROUP, hub["switch"], asked, "not checked", told, "", source)
    if portless:
        figure += f"; none for {', '.join(portless)}"
    result = good(not portless)
    return Check(GROUP, hub["switch"], asked, result, figure, f"{hub['ports']}", source)


def _outputs(name: str, wiring: Facts) -> Check:
    mine = [one for one in wiring["outputs"] if one["board"] == name]
    fed = [one for one in mine if one["node"]]
    left = [
        row["node"]
        for row in wiring["nodes"]
        if row["kind"] == "supply" and row["supply"] is None and row["node"]
    ]
    figure = f"{len(fed)} of {len(mine)} outputs feed a node"
    source = "feeds of the power board, else the order of the file"
    asked = "Has every node an output?"
    if left and len(fed) == len(mine):
        figure += f"; not on it, but on the supply itself: {', '.join(left)}"
        return Check(GROUP, name, asked, "look", figure, f"{len(mine)}", source)
    return Check(GROUP, name, asked, "passed", figure, f"{len(mine)}", source)


def _reach(name: str, wiring: Facts) -> Check:
    way = next((one for one in wiring["ways"] if one["board"] == name), None)
    asked = "Do its leads reach?"
    source = "from middle to middle by the units between, once across the rack, and two bends"
    if way is None:
        told = "board or nodes have no place in the rack: measure, and set cable_m"
        return Check(GROUP, name, asked, "not checked", told, "", source)
    figure = f"{way['way_m']:g} m to {way['node']}, the furthest"
    result = good(way["way_m"] <= way["lead_m"])
    return Check(GROUP, name, asked, result, figure, f"{way['lead_m']:g} m", source)
