"""Two cabinets for the tests: a T2, and a T0 to its right."""

from typing import Any

from catalog.load import load_catalog
from rack.plan import Plan, make_plan
from rack.spec import RackSpec

FACTS = load_catalog()
SWITCH = {"name": "switch", "device": "netgear-gs308"}
ROUTER = {"name": "router", "device": "mikrotik-hex"}
NODES = {"name": "nodes", "device": "raspberry-pi-4b", "count": 3}
BLANK = {"mount": "blank", "height": "1U"}
TWO = {
    "version": 1,
    "name": "two",
    "rack": "deskpi-rackmate-t2",
    "cabinet": [{"name": "main"}, {"name": "side", "rack": "deskpi-rackmate-t0", "gap": 60}],
}


def plan(*items: dict[str, Any], **said: Any) -> Plan:
    """Return the plan of a T2 and a T0, side by side."""
    data = {**TWO, **said, "item": list(items)}
    return make_plan(RackSpec.model_validate(data), FACTS, "rack.toml")
