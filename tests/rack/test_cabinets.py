"""Several cabinets and the rear: laws of places, sums that stay, drawings, ways, mistakes."""

import json
from collections import Counter
from dataclasses import replace
from math import inf
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.problems import InputError, Problem
from catalog.rack_units import U_MM
from packing.cabinet.answer import Spot
from packing.cabinet.check import violations
from packing.cabinet.question import Cabinet, Question, Thing
from packing.cabinet.wishes import At
from rack.bom.rows import bom_rows
from rack.diff import changes
from rack.place import Place, Space, Wish, place
from rack.plan import Plan, make_plan
from rack.spec import RackSpec
from rack.steps import build_steps
from tests.rack.two_cabinets import BLANK, FACTS, NODES, ROUTER, SWITCH, plan

T0, T2 = (FACTS.rack(f"deskpi-rackmate-{name}") for name in ("t0", "t2"))
HALVES = st.integers(1, 6).map(lambda n: n / 2)
DEPTHS = st.sampled_from([0.0, 60.0, 110.0, 120.0, 130.0, 250.0, inf])
WISHES = st.lists(
    st.tuples(
        HALVES,
        st.none() | st.integers(2, 16).map(lambda n: n / 2),
        st.sampled_from([None, "a", "b"]),
        st.sampled_from(["front", "rear"]),
        DEPTHS,
    ),
    max_size=10,
)


@given(WISHES, st.integers(2, 14), st.integers(2, 14), st.sampled_from([0.0, 15.0]))
def test_every_module_stands_once_as_wished_and_meets_nobody_through_the_depth(
    rows: list[Any], one: int, two: int, gap: float
) -> None:
    """The solver's own checker looks at each pair as boxes in space; it shares no code with us."""
    wishes = [
        Wish(f"item[{i}]", f"m{i}", high, at, cabinet, face, deep)
        for i, (high, at, cabinet, face, deep) in enumerate(rows)
    ]
    spaces = [Space("a", one / 2, 240.0, gap), Space("b", two / 2, 180.0, gap)]
    found, problems = tried(wishes, spaces)
    if problems:
        assert all(p.key.startswith("item[") and (p.nearest or p.allowed) for p in problems)
        for problem in problems:
            if problem.nearest.startswith("at_u = "):
                is_free(problem, wishes, spaces)
        return
    things = tuple(
        Thing(
            w.label,
            w.height_u,
            # what sticks out is allowed where the other face is free of it
            depth_mm=0.0 if w.deep_mm > 180 else w.deep_mm,
            full_depth=w.deep_mm > 180,
            faces=(w.face,),
        )
        for w in wishes
    )
    cabinets = tuple(
        Cabinet(s.name, s.height_u, 200.0, s.depth_mm, cable_gap_mm=gap) for s in spaces
    )
    pins = tuple(At(w.label, w.at_u, w.face, w.cabinet) for w in wishes)
    spots = [Spot(w.label, p.cabinet, p.face, p.at_u) for w, p in zip(wishes, found, strict=True)]
    assert len(spots) == len(wishes)
    wrong = violations(Question(things, cabinets, pins), spots)
    # 250 mm stick out of both; beside nothing at the other face that is no fault
    assert not wrong or all("in each other's way" in text for text in wrong)
    for text in wrong:
        names = text.removesuffix(" are in each other's way").split(" and ")
        deep = sum(w.deep_mm for w in wishes if w.label in names)
        assert deep + gap <= 240, text


def tried(wishes: list[Wish], spaces: list[Space]) -> tuple[list[Place], tuple[Problem, ...]]:
    """Return the places, or what is wrong."""
    try:
        return place(wishes, spaces, "rack.toml"), ()
    except InputError as error:
        return [], error.problems


def is_free(problem: Problem, wishes: list[Wish], spaces: list[Space]) -> None:
    """The place that is offered instead of a pin is refused for nothing of its own."""
    index = int(problem.key.split("[")[1].split("]")[0])
    at, cabinet = float(problem.nearest.split()[2]), problem.nearest.split()[-1]
    moved = [*wishes]
    moved[index] = replace(wishes[index], at_u=at, cabinet=cabinet)
    assert all(p.key != problem.key for p in tried(moved, spaces)[1]), problem


def test_front_and_rear_share_the_depth_to_the_millimetre() -> None:
    def together(front: float, rear: float, gap: float = 0.0) -> bool:
        pair = [
            Wish("item[0]", "f", 1, 1, None, "front", front),
            Wish("item[1]", "r", 1, 1, None, "rear", rear),
        ]
        _, problems = tried(pair, [Space("", 2, 240, gap)])
        assert all(p.key == "item[1].at_u" for p in problems)
        assert all(p.nearest == "at_u = 2 is free" for p in problems)
        return not problems

    assert together(120, 120)
    assert not together(120, 120.1)
    assert together(110, 120, 10)
    assert not together(110, 120, 10.1)
    assert not together(0, inf)


def test_each_item_is_in_one_cabinet_and_the_plan_survives_json() -> None:
    whole = plan(SWITCH, {**ROUTER, "face": "rear"}, {**NODES, "cabinet": "side"}, fill="vented")
    told = whole.as_dict()
    assert json.loads(json.dumps(told)) == told
    assert changes(told, json.loads(json.dumps(told))) == []
    inside = [label for one in told["cabinets"] for label in one["modules"]]
    assert Counter(inside) == Counter(m["label"] for m in told["modules"])
    places = {m["label"]: (m["cabinet"], m.get("face", "front")) for m in told["modules"]}
    assert places["switch"] == ("main", "front")
    assert places["router"] == ("main", "rear")
    assert places["nodes"] == ("side", "front")
    for one in whole.cabinets:
        fronts = sorted((m.at_u, m.height_u) for m in one.modules if m.face == "front")
        assert sum(high for _, high in fronts) == one.height_u, "blanks close the front"
    again = make_plan(
        RackSpec.model_validate(whole.spec.model_dump(by_alias=True)), FACTS, "rack.toml"
    )
    assert again.as_dict() == told


ITEMS = [SWITCH, ROUTER, NODES, {"device": "raspberry-pi-5", "peak_w": 11.0}]


@given(st.lists(st.sampled_from(["main", "side", None]), min_size=4, max_size=4))
def test_where_things_stand_changes_neither_what_they_draw_nor_what_is_bought(
    inside: list[str | None],
) -> None:
    one = plan(*ITEMS, cabinet=[{"name": "main"}])
    two = plan(*({**item, "cabinet": to} for item, to in zip(ITEMS, inside, strict=True)))
    first, other = one.as_dict(), two.as_dict()
    assert first["power"] == other["power"]
    assert first["energy"] == other["energy"]
    for key in ("idle_w", "typical_w", "peak_w"):
        parts = [each["power"][key] for each in other["cabinets"]]
        assert sum(parts) == pytest.approx(other["power"][key])
    heat = sum(each["climate"]["heat_w"]["peak"] for each in other["cabinets"])
    assert heat == pytest.approx(first["climate"]["heat_w"]["peak"], abs=0.2)
    kg = sum(each["weight"]["kg"] - each["weight"]["rack_kg"] for each in other["cabinets"])
    assert kg == pytest.approx(first["weight"]["kg"] - first["weight"]["rack_kg"], abs=0.02)
    assert _devices(one) == _devices(two)


def _devices(of: Plan) -> Counter[str]:
    rows = bom_rows(of, [], FACTS)
    return Counter({row["item"]: row["count"] for row in rows if row["kind"] == "device"})


def test_one_cabinet_with_a_name_is_planned_as_one_without() -> None:
    named = plan(SWITCH, NODES, cabinet=[{"name": "main"}]).as_dict()
    bare = plan(SWITCH, NODES, cabinet=[]).as_dict()
    assert "cabinets" not in bare
    assert all("cabinet" not in m and "face" not in m for m in bare["modules"])
    named.pop("cabinets")
    for module in named["modules"]:
        assert module.pop("cabinet") == "main"
    assert named == bare


def test_the_solver_takes_all_cabinets_and_faces_where_the_order_does_not_do() -> None:
    """1.5U and 2.5U beside 4U: only if the small ones share a cabinet do all go in."""
    low = [{"name": "a", "height": "4U"}, {"name": "b", "height": "4U"}]
    highs = ("1.5U", "4U", "2.5U")
    items: list[dict[str, Any]]
    items = [{"mount": "blank", "name": f"m{h[0]}", "height": h} for h in highs]
    items[0]["at_u"] = 1
    whole = plan(*items, cabinet=low)
    inside = {m.label: m.cabinet for m in whole.modules}
    assert inside["m1"] == inside["m2"] != inside["m4"]
    packed = plan(SWITCH, ROUTER, pack={"near": [{"items": ["switch", "router"]}]})
    assert len({m.cabinet for m in packed.modules}) == 1
    far = {"far": [{"items": ["switch", "router"], "other_rack": True}]}
    assert len({m.cabinet for m in plan(SWITCH, ROUTER, pack=far).modules}) == 2
    stand = {"stand": [{"item": "router", "rack": "side", "face": "rear"}]}
    (router,) = (m for m in plan(SWITCH, ROUTER, pack=stand).modules if m.label == "router")
    assert (router.cabinet, router.face) == ("side", "rear")


def test_a_two_row_frame_is_as_deep_as_the_cabinet_it_lands_in() -> None:
    deep = {"name": "nodes", "device": "raspberry-pi-zero-2w", "count": 4, "set": {"rows": 2}}
    deep["height"] = "1U"
    full = [{**BLANK, "height": "12U", "name": "full", "cabinet": "main"}]
    for items in ([{**deep, "cabinet": "side"}], [*full, deep]):
        (frame,) = (m for m in plan(*items).modules if m.label == "nodes")
        assert frame.cabinet == "side"
        assert getattr(frame.spec, "between_mm") == T0.clear_depth_mm  # noqa: B009 - of a frame
    with pytest.raises(InputError, match=r"item\[0\].set.rows: .* 180 mm in this rack"):
        plan({**deep, "device": "raspberry-pi-4b", "cabinet": "side"})


def test_weights_are_of_each_cabinet_and_count_the_rear_from_behind() -> None:
    front, rear = (
        plan({**SWITCH, "face": face, "at_u": 3, "cabinet": "main"}) for face in ("front", "rear")
    )
    (one,), (two,) = (each.cabinets[0].weight.modules for each in (front, rear))
    assert one.behind_mm + two.behind_mm == pytest.approx(T2.clear_depth_mm)
    assert one.screw_n == two.screw_n, "its lever is that from its own panel"
    weight = rear.cabinets[0].weight
    assert weight.centre_mm is not None
    own = (T2.weight_g or 0) * (T2.outer_d_mm or 0) / 2
    grams = (T2.weight_g or 0) + two.grams
    assert weight.centre_mm[0] == pytest.approx((own + two.grams * two.behind_mm) / grams)
    assert rear.cabinets[1].weight.grams == T0.weight_g
    assert rear.weight.grams == pytest.approx(sum(c.weight.grams for c in rear.cabinets))


def test_cables_go_along_the_row_of_cabinets_and_through_the_depth_to_the_rear() -> None:
    whole = plan(
        {**SWITCH, "at_u": 12},
        {**ROUTER, "at_u": 10, "face": "rear"},
        {**NODES, "cabinet": "side", "at_u": 1},
    )
    way = {port.node: port.way_m * 1000 for port in whole.wiring.ports}
    assert way["router"] == pytest.approx(2 * U_MM + 222.25 + 100 + 240)
    # T2: 629.75 high with feet of 41, frame of 15 under the opening; T0: feet of 40 and 15
    floors = [629.75 - 588.75 + (588.75 - 558.75) / 2, 273.15 - 233.15 + (233.15 - 203.15) / 2]
    up = floors[0] + 11.5 * U_MM - floors[1] - 0.5 * U_MM
    assert way["nodes 1"] == pytest.approx(up + 282.25 + 60 + 222.25 + 100)
    assert not any("right beside" in text for text in whole.warnings)
    close = [{"name": "main"}, {"name": "side"}]
    told = plan(SWITCH, {**NODES, "cabinet": "side"}, cabinet=close).warnings
    assert any(text.startswith("side is taken to stand right beside main") for text in told)


def test_leads_that_do_not_reach_another_cabinet_are_named() -> None:
    board = {"name": "power-12v", "outputs": 3, "amps": 1.5}
    carrier = {"name": "board", "mount": "tray", "power_board": "power-12v", "cabinet": "main"}
    nodes = {**NODES, "cabinet": "side"}

    def short(*items: dict[str, Any], **said: Any) -> list[str]:
        warned = plan(*items, power_board=[{**board, **said}]).warnings
        return [text for text in warned if "leads are" in text]

    (text,) = short(carrier, nodes)
    assert text.startswith("power-12v: its leads are 0.5 m long, and to nodes ")
    assert short(carrier, nodes, cable_m=float(text.split("cable_m = ")[1])) == []
    assert short({**carrier, "cabinet": "side"}, nodes) == []
    supply = {"name": "atx", "device": "atx", "mount": "psu", "at_u": 1}
    for inside, told in (("main", False), ("side", True)):
        warned = plan(carrier, {**supply, "cabinet": inside}, power_board=[board]).warnings
        assert any("m from atx to it" in text for text in warned) == told
    more = {"device": "raspberry-pi-5", "cabinet": "main"}
    (text,) = short(nodes, more, outputs=4)
    assert text.startswith("power-12v: its nodes stand in main and side, and no item carries it")


def test_each_cabinet_is_filled_in_a_step_of_its_own() -> None:
    whole = plan(SWITCH, {**ROUTER, "face": "rear"}, {**NODES, "cabinet": "side"})
    steps = build_steps(whole, [], {}, whole.wiring.as_dict())
    hung = {s["title"]: s["does"] for s in steps if s["title"].startswith("Hang")}
    told = {title.split(" of ")[1].split(",")[0]: does for title, does in hung.items()}
    assert [line.split(";")[0] for line in told["main"]] == [
        "Unit 12, rear posts: router",
        "Unit 12: switch",
    ]
    assert [line.split(";")[0] for line in told["side"]] == ["Unit 4: nodes"]


def test_moves_are_told_in_words_and_back_again() -> None:
    one = plan(SWITCH, ROUTER, {**NODES, "at_u": 4}, energy={"price_per_kwh": 0.3}).as_dict()
    rear = {**ROUTER, "face": "rear"}
    side = {**NODES, "cabinet": "side", "at_u": 2, "peak_w": 9.0}
    two = plan(SWITCH, rear, side, energy={"price_per_kwh": 0.3}).as_dict()
    there = {f"{c['about']}: {c['words']}" for c in changes(one, two)}
    back = {f"{c['about']}: {c['words']}" for c in changes(two, one)}
    assert "nodes: moves from main, unit 4, to side, unit 2" in there
    assert "nodes: moves from side, unit 2, to main, unit 4" in back
    assert "router: hangs at the rear posts now" in there
    assert "router: hangs at the front posts now" in back
    assert "side: draws 27 W at peak instead of 0 W" in there
    assert "side: 3U free instead of 4U" in there
    gone = changes(two, plan(SWITCH, cabinet=[{"name": "main"}]).as_dict())
    assert {"kind": "cabinet", "about": "side", "words": "is gone"} in gone
    lengths = [line for line in there if line.startswith("network cables: 4 of ")]
    assert len(lengths) == 1


def test_other_outputs_ports_and_supplies_are_told() -> None:
    board = {"name": "power-12v", "outputs": 4, "amps": 1.5, "connector": "screw"}
    feeds = [{"name": "brick", "watts": 100, "feeds": ["switch"]}]
    pi = {"name": "pi", "device": "raspberry-pi-5"}
    one = plan(SWITCH, NODES, pi, power_board=[board], supply=feeds).as_dict()
    swapped = {**board, "feeds": ["pi", "nodes"], "amps": 2.0}
    more = [{**feeds[0], "watts": 150, "feeds": ["switch", "nodes"]}]
    two = plan(SWITCH, NODES, pi, power_board=[swapped], supply=more).as_dict()
    told = {f"{c['about']}: {c['words']}" for c in changes(one, two)}
    start = "power-12v: nodes 1 OUT2 instead of 1, nodes 2 OUT3 instead of 2"
    assert any(line.startswith(start) or "pi OUT1 instead of 4" in line for line in told)
    assert "power-12v: 8 A instead of 6 A, worst" in told
    assert "brick: rated 150 W instead of 100 W" in told
    assert any(line.startswith("power-12v: leaves ") for line in told)
