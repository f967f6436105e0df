"""Network: every node on a port that is there, or named as without one; one way out; one name."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.load import load_catalog
from catalog.problems import InputError
from catalog.validate import parse
from rack.plan import Plan, make_plan
from rack.spec import RackSpec

FACTS = load_catalog()
PORTS = {"netgear-gs305": 5, "netgear-gs308": 8, "unifi-lite-16-poe": 16}
Item = dict[str, Any]


def plan(*items: Item, **tables: Any) -> Plan:
    """Return the plan of a rack of 19 inches."""
    head = {"version": 1, "name": "x", "rack": "19in", "height": "30U"}
    spec = parse(RackSpec, {**head, "item": list(items), **tables}, "rack.toml")
    return make_plan(spec, FACTS, "rack.toml")


def pis(name: str, count: int, **said: Any) -> Item:
    """Return Pi 4B that stand beside the rack."""
    stack = {"mount": "stack", "count": count} if count > 1 else {}
    return {"name": name, "device": "raspberry-pi-4b", **stack, **said}


@given(
    st.lists(st.sampled_from(sorted(PORTS)), min_size=1, max_size=3),
    st.lists(st.integers(1, 9), min_size=1, max_size=4),
    st.booleans(),
)
def test_every_node_has_a_port_or_is_named(
    switches: list[str], counts: list[int], router: bool
) -> None:
    items = [{"name": f"s{n}", "device": device} for n, device in enumerate(switches)]
    items += [pis(f"n{n}", count) for n, count in enumerate(counts)]
    if router:
        items.append({"name": "out", "device": "mikrotik-hex", "mount": "wall"})
    told = plan(*items).as_dict()["wiring"]
    used = {f"s{n}": 0 for n in range(len(switches))}
    for port in told["ports"]:
        used[port["switch"]] += 1
        used[port["node"]] = used.get(port["node"], 0) + (port["node"] in used)
    have = {f"s{n}": PORTS[device] for n, device in enumerate(switches)}
    assert all(used[name] <= have[name] for name in have), "no port is used twice"
    plugged = [port["node"] for port in told["ports"]]
    assert len(plugged) == len(set(plugged))
    nodes = [
        f"n{n} {k}" if count > 1 else f"n{n}"
        for n, count in enumerate(counts)
        for k in range(1, count + 1)
    ]
    assert set(nodes) <= set(plugged) | set(told["portless"])
    assert set(plugged) & set(told["portless"]) == set()
    # Between n switches are n - 1 cables of two ports each, and one way out.
    room = sum(have.values()) - 2 * (len(have) - 1) - 1
    assert len(told["portless"]) == max(0, len(nodes) - room)
    hubs = {one["switch"]: one for one in told["switches"]}
    assert sum(one["way_out"] for one in told["switches"]) == (not router)
    for name, hub in hubs.items():
        assert hub["ports"] == have[name]
        assert hub["used"] == used[name] + hub["way_out"]
    # From every switch the cables lead to all others: a tree.
    joined = {
        frozenset((one["switch"], one["node"])) for one in told["ports"] if one["node"] in hubs
    }
    assert len(joined) == len(hubs) - 1


def test_too_few_ports_are_a_warning_with_what_would_do() -> None:
    made = plan({"name": "s", "device": "netgear-gs305"}, pis("n", 6))
    (text,) = [one for one in made.warnings if "network port" in one]
    assert text == (
        "no network port is left for n 5, n 6: 7 are wanted, of 5 (s): take one of 7 ports, "
        "or add another"
    )


def test_what_hangs_on_poe_keeps_its_switch_and_others_give_way() -> None:
    items = [{"name": "s", "device": "netgear-gs308p"}, pis("first", 6)]
    fed = pis("fed", 2, hat="rpi-poe-hat", poe="s")
    told = plan(*items, {**fed, "mount": "tray"}).as_dict()["wiring"]
    assert [one["node"] for one in told["ports"] if one["poe"]] == ["fed 1", "fed 2"]
    assert told["portless"] == ["first 6"]


def test_without_a_switch_a_router_takes_the_cables() -> None:
    router = {"name": "r", "device": "mikrotik-hex", "mount": "wall"}
    told = plan(router, pis("n", 5)).as_dict()["wiring"]
    assert [one["node"] for one in told["ports"]] == [f"n {k}" for k in range(1, 5)]
    assert told["portless"] == ["n 5"]


def test_a_switch_of_unknown_ports_is_told_as_unknown(tmp_path: Any) -> None:
    (tmp_path / "mine.toml").write_text(
        'version = 1\nid = "mine"\nkind = "box"\nname = "Mine"\nmanufacturer = "me"\n'
        'category = "switch"\ncase = { width_mm = 100, depth_mm = 90, height_mm = 25 }\n'
        '[sources]\ncase = ["OWN"]\n[confidence]\ncase = "high"\n',
        encoding="utf-8",
    )
    head = {"version": 1, "name": "x", "rack": "19in", "height": "6U"}
    items = [{"name": "s", "device": "mine"}, pis("n", 12)]
    spec = parse(RackSpec, {**head, "item": items}, "rack.toml")
    told = make_plan(spec, load_catalog(tmp_path), "rack.toml").as_dict()["wiring"]
    assert told["switches"] == [{"switch": "s", "ports": None, "used": 13, "way_out": True}]
    assert told["portless"] == []


def test_leads_too_short_for_their_way_are_told_with_the_length_that_does() -> None:
    """A board in the rack, 2U and more below its node: up, across 450 mm, two bends of 50 mm."""
    board = {"name": "p", "outputs": 1, "amps": 1.0, "connector": "screw", "feeds": ["n"]}
    items = [pis("n", 1, at_u=9), {"name": "b", "mount": "tray", "power_board": "p", "at_u": 1}]
    short = plan(*items, power_board=[{**board, "cable_m": 0.3}])
    (way,) = short.as_dict()["wiring"]["ways"]
    low, high = (one for one in sorted(short.modules, key=lambda m: m.at_u) if one.label in "bn")
    up_mm = 44.45 * ((high.at_u + high.height_u / 2) - (low.at_u + low.height_u / 2))
    assert way["way_m"] == pytest.approx((up_mm + 450 + 100) / 1000, abs=0.02)
    (text,) = [one for one in short.warnings if "leads" in one]
    assert text.startswith("p: its leads are 0.3 m long, and to n it is ")
    enough = float(text.rpartition("= ")[2])
    longer = plan(*items, power_board=[{**board, "cable_m": enough}])
    assert [one for one in longer.warnings if "leads" in one] == []


@pytest.mark.parametrize(
    ("tables", "key"),
    [
        ({"outside": [{"name": "n"}]}, "outside[0].name"),
        ({"outside": [{"name": "n 2"}]}, "outside[0].name"),
        ({"outside": [{"name": "a"}, {"name": "a"}]}, "outside[1].name"),
        ({"supply": [{"name": "n", "efficiency": 0.9}]}, "supply[0].name"),
    ],
)
def test_a_name_that_two_things_have_is_refused(tables: dict[str, Any], key: str) -> None:
    with pytest.raises(InputError) as caught:
        plan(pis("n", 3), **tables)
    assert [one.key for one in caught.value.problems] == [key]
    assert caught.value.problems[0].nearest


def test_what_draws_nothing_may_share_its_name() -> None:
    supply = {"name": "psu", "psu": "atx", "efficiency": 0.9}
    made = plan({"name": "psu", "device": "atx", "mount": "psu"}, pis("n", 2), supply=[supply])
    assert made.energy.supplies[0].name == "psu"
