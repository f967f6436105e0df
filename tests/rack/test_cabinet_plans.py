"""Whole plans of random cabinets: nothing meets anything, mistakes are at items of the file."""

import json
import re
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.problems import InputError
from packing.cabinet.answer import Spot
from packing.cabinet.check import violations
from packing.cabinet.question import Cabinet, Question, Thing
from rack.diff import changes
from rack.filled import Filled
from rack.plan import Plan, make_plan
from rack.spec import RackSpec
from tests.rack.two_cabinets import FACTS

DEVICES = ["netgear-gs308", "mikrotik-hex", "raspberry-pi-4b", "zyxel-gs1100-16", "qnap-ts-453d"]
CARRIED = st.sampled_from(DEVICES).map(lambda name: {"device": name})
BLANKS = st.sampled_from(["0.5U", "1U", "3U"]).map(lambda high: {"mount": "blank", "height": high})
PLACED = st.fixed_dictionaries(
    {},
    optional={
        "face": st.sampled_from(["front", "rear"]),
        "cabinet": st.sampled_from(["one", "two"]),
    },
)
COUNTED = st.sampled_from([{}, {}, {"at_u": 1}, {"at_u": 3.5}, {"times": 2}, {"times": "max"}])
ITEMS = st.lists(st.tuples(CARRIED | BLANKS, PLACED, COUNTED), max_size=5).map(
    lambda rows: [{"name": f"i{n}", **a, **b, **c} for n, (a, b, c) in enumerate(rows)]
)
CABINETS = st.tuples(
    st.sampled_from([{}, {"height": "4U"}, {"depth": 300}]),
    st.sampled_from([{}, {"rack": "deskpi-rackmate-t0"}, {"gap": 40}]),
).map(lambda pair: [{"name": "one", **pair[0]}, {"name": "two", **pair[1]}])
THING = {"name": "thing", "height": "1U", "width": 80, "depth": 100}
PACKS = st.sampled_from(
    [None, None, {"cable_gap": 20}, {"rear": True}, {"thing": [THING], "rear": True}]
)


@settings(max_examples=20)
@given(ITEMS, CABINETS, PACKS, st.sampled_from(["open", "vented"]))
def test_a_plan_can_be_built_or_its_mistakes_are_at_items_of_the_file(
    items: list[dict[str, Any]],
    cabinets: list[dict[str, Any]],
    pack: dict[str, Any] | None,
    fill: str,
) -> None:
    """The checker of the solver, which shares no code with plans, finds nothing in the way."""
    data = {"version": 1, "name": "x", "rack": "deskpi-rackmate-t1", "fill": fill}
    data |= {"item": items, "cabinet": cabinets, **({"pack": pack} if pack else {})}
    try:
        plan = make_plan(RackSpec.model_validate(data), FACTS, "rack.toml")
    except InputError as error:
        for problem in error.problems:
            named = re.match(r"item\[(\d+)\]", problem.key)
            assert named is None or int(named[1]) < len(items)
        return
    told = plan.as_dict()
    assert json.loads(json.dumps(told)) == told
    assert changes(told, told) == []
    assert violations(*_as_boxes(plan)) == []
    written = {one["name"] for one in items}
    stood = {m.label for m in plan.modules if not m.label.startswith("blank-")}
    assert {re.sub(r"-\d+$", "", label) for label in stood} == written


def _as_boxes(plan: Plan) -> tuple[Question, list[Spot]]:
    things: list[Thing] = []
    spots: list[Spot] = []
    for one in plan.cabinets:
        for thing, spot in _inside(one):
            things.append(thing)
            spots.append(spot)
    cabinets = tuple(
        Cabinet(c.name, c.height_u, 222.25, c.cabinet.depth_mm, c.cabinet.cable_gap_mm)
        for c in plan.cabinets
    )
    return Question(tuple(things), cabinets), spots


def _inside(one: Filled) -> list[tuple[Thing, Spot]]:
    """Return what hangs in a cabinet; what sticks out at its other side takes that too."""
    deep = one.cabinet.depth_mm or 0.0
    found = [
        (
            Thing(
                m.label,
                m.height_u,
                depth_mm=0.0 if m.depth_mm > deep else m.depth_mm,
                full_depth=m.depth_mm > deep or getattr(m.spec, "braced", False),
                faces=(m.face,),
            ),
            Spot(m.label, one.name, m.face, m.at_u),
        )
        for m in one.modules
    ]
    return found + [
        (
            Thing(k.name, k.height_u, k.width_mm, THING["depth"], faces=(k.face,)),  # type: ignore[arg-type]
            Spot(k.name, one.name, k.face, k.at_u, k.x_mm),
        )
        for k in one.kept
    ]
