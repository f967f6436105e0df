"""Every family of mounts in a rack.toml: what is chosen, what may be set, what stands where."""

import json
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from catalog.load import Catalog
from catalog.problems import InputError
from mounts.panel import PanelSpec
from mounts.pieces import family_of, pieces
from mounts.registry import PARTS
from rack.bom.rows import bom_rows
from rack.energy.loads import device_load
from rack.plan import Plan, make_plan
from rack.read import plan_file
from rack.schema import rack_schema
from rack.settings import own_keys, settable
from rack.spec import MOUNTS, RackSpec

# One of each: what a person would write.
WRITTEN = {
    "blank": 'mount = "blank"',
    "shelf": 'mount = "shelf"\ndevice = "netgear-gs308"',
    "tray": 'mount = "tray"\ndevice = "raspberry-pi-4b"',
    "frame": 'mount = "frame"\ndevice = "raspberry-pi-4b"\ncount = 2',
    "panel": 'mount = "panel"\nset = { keystones = 4, fan = "40x20" }',
    "psu": 'mount = "psu"\ndevice = "sfx"',
    "drives": 'mount = "drives"\ndevice = "2.5in"\ncount = 3',
    "ups": 'mount = "ups"\ndevice = "apc-be600m1"\nset = { rear_mm = "12in" }',
    "nas": 'mount = "nas"\ndevice = "qnap-ts-464"',
    "ears": 'mount = "ears"\ndevice = "unifi-us-8-150w"',
    "adapter": 'mount = "adapter"\nset = { thread = "10-32-nut", gear = "10in-250" }',
    "cable": 'mount = "cable"\nset = { style = "lacing", count = 7 }',
    "stack": 'mount = "stack"\ndevice = "raspberry-pi-4b"\ncount = 5\nset = { fan = "40x10" }',
    "holder": 'mount = "holder"\nset = { width_mm = 160, height_mm = 75 }',
    "wall": 'mount = "wall"\ndevice = "mikrotik-hex"\nset = { fixing = "screw" }',
    "coupon": 'mount = "coupon"',
}
BESIDE = {"stack", "holder", "wall", "coupon"}


def planned(catalog: Catalog, *items: str, rack: str = "19in", height: str = "40U") -> Plan:
    head = f'version = 1\nname = "r"\nrack = "{rack}"\nheight = "{height}"\n'
    text = head + "".join(f"[[item]]\n{item}\n" for item in items)
    return make_plan(RackSpec.model_validate(tomllib.loads(text)), catalog, "rack.toml")


def test_every_family_but_the_sled_can_be_named() -> None:
    assert {*MOUNTS} == {*PARTS} - {"sled"} == {*WRITTEN}


@pytest.mark.parametrize("mount", MOUNTS)
def test_a_family_is_reached_from_a_file_and_stands_where_it_belongs(
    mount: str, catalog: Catalog
) -> None:
    plan = planned(catalog, WRITTEN[mount])
    (one,) = plan.mounts
    assert one.family == mount == family_of(one.spec)
    told = plan.as_dict()
    if mount in BESIDE:
        assert (plan.modules, plan.beside) == ((), (one,))
        assert not isinstance(one.spec, PanelSpec)
        assert plan.as_dict()["free_u"] == 40
        assert "at_u" not in told["beside"][0]
        assert min(told["beside"][0]["size_mm"]) > 0
    else:
        assert plan.beside == ()
        assert isinstance(one.spec, PanelSpec)
        assert told["modules"][0]["height_u"] == one.spec.height_u
    for name, value in tomllib.loads(WRITTEN[mount]).get("set", {}).items():
        made = getattr(one.spec, name)
        expected = 304.8 if value == "12in" else value
        made = getattr(made, "id", made)
        assert made == (pytest.approx(expected) if value == "12in" else expected)


@pytest.mark.parametrize("mount", MOUNTS)
def test_what_may_be_set_changes_nothing_if_set_to_what_it_is(mount: str, catalog: Catalog) -> None:
    (plain,) = planned(catalog, WRITTEN[mount]).mounts
    asked = tomllib.loads(WRITTEN[mount]).get("set", {})
    for name in settable(mount):
        value = getattr(plain.spec, name)
        value = getattr(value, "id", value)
        if value is None or name in asked:
            continue
        text = json.dumps(value)
        line = WRITTEN[mount].replace("set = {", f"set = {{ {name} = {text},")
        line = line if asked else f"{line}\nset = {{ {name} = {text} }}"
        (again,) = planned(catalog, line).mounts
        assert again.spec == plain.spec, name


def test_the_schema_describes_what_each_mount_lets_one_set() -> None:
    schema = rack_schema()
    for rule in schema["$defs"]["Item"]["allOf"]:
        mount = rule["if"]["properties"]["mount"]["const"]
        own = schema["$defs"][rule["then"]["properties"]["set"]["$ref"].split("/")[-1]]
        assert {*own.get("properties", {})} == {*settable(mount)}
        assert own["additionalProperties"] is False
    assert len(schema["$defs"]["Item"]["allOf"]) == len(MOUNTS)
    refs = {part.split('"')[0] for part in json.dumps(schema).split('"#/$defs/')[1:]}
    assert refs <= {*schema["$defs"]}


@pytest.mark.parametrize("mount", MOUNTS)
def test_no_field_is_both_a_key_and_a_setting_and_none_is_forgotten(mount: str) -> None:
    keys, settings = {*own_keys(mount).values()}, {*settable(mount)}
    assert keys & settings == set()
    decided = {"device", "count", "standard", "start", "piece", "side", "spacer_on", "opening"}
    decided |= {"calibration"}
    facts_or_idle = {"form_factor", "plugs", "vents", "vent_mm", "insert", "fixing", "height_u"}
    facts_or_idle |= {"beside"} if mount in {"ups", "nas"} else set()  # they carry one box
    assert {*PARTS[mount].spec.model_fields} - keys - settings <= decided | facts_or_idle


def test_the_mount_is_chosen_by_what_the_device_is(catalog: Catalog) -> None:
    """Over two kilograms a shelf is held at the rear posts too."""
    for box in catalog.boxes.values():
        if box.category == "enclosure" or box.case.width_mm > 420:
            continue
        wanted = "shelf"
        if box.weight_g is not None and box.weight_g > 2000:
            wanted = "ups" if box.category == "ups" else "nas"
        (one,) = planned(catalog, f'device = "{box.id}"').mounts
        assert one.family == wanted, box.id
    chosen = {"sfx": "psu", "2.5in": "drives", "raspberry-pi-5": "tray"}
    for device, family in chosen.items():
        assert planned(catalog, f'device = "{device}"').mounts[0].family == family
    many = planned(catalog, 'device = "raspberry-pi-5"\ncount = 3')
    assert many.mounts[0].family == "frame"


def test_everything_a_mount_needs_is_made_in_the_right_number(catalog: Catalog) -> None:
    def made(text: str) -> Counter[str]:
        (one,) = planned(catalog, text).mounts
        found: Counter[str] = Counter()
        for piece in pieces(one.spec):
            kind = getattr(piece.spec, "piece", getattr(piece.spec, "side", piece.family))
            kind += getattr(piece.spec, "spacer_on", "") if kind == "spacer" else ""
            found[kind] += piece.count
        return found

    boards, holes = 5, 4  # a Raspberry Pi has four mounting holes
    stack = WRITTEN["stack"]
    assert made(stack) == {"plate": 1, "top": 1, "fan-bracket": boards}
    assert made(stack.replace('"40x10"', '"40x10", standoffs = "printed"')) == {
        "plate": 1,
        "top": 1,
        "fan-bracket": boards,
        "spacerfoot": holes,
        "spacerboard": boards * holes,
        "spacerbracket": boards * holes,
    }
    assert made(stack.split("\nset")[0]) == {"plate": 1, "top": 1}
    for heavy in ("ups", "nas"):
        assert made(WRITTEN[heavy]) == {"shelf": 1, "left-bracket": 1, "right-bracket": 1}
    assert made(WRITTEN["holder"]) == {"holder": 2}
    assert made(WRITTEN["ears"]) == {"left": 1, "right": 1}
    assert made(WRITTEN["frame"]) == {"frame": 1, "sled": 2}


def test_ears_are_as_wide_and_high_as_their_box_asks(catalog: Catalog) -> None:
    box = catalog.box("unifi-us-8-150w")
    (one,) = planned(catalog, WRITTEN["ears"]).modules
    assert getattr(one.spec, "box_mm", None) == box.case.width_mm
    assert one.height_u * 44.45 - 0.79 >= box.case.height_mm
    assert one.depth_mm >= box.case.depth_mm
    assert one.device == box.id


def test_a_supply_draws_nothing_and_a_ups_not_what_it_can_feed(catalog: Catalog) -> None:
    assert planned(catalog, 'device = "sfx"').loads == ()
    (load,) = planned(catalog, WRITTEN["ups"]).loads
    assert (load.idle_w, load.peak_w) == (5, None)
    disk = catalog.drive("3.5in")
    assert device_load(disk, "d", 2, (None, None, None)).peak_w == disk.max_w
    fans = planned(catalog, WRITTEN["panel"] + "\npeak_w = 1.2").loads
    assert [(one.label, one.peak_w, one.source) for one in fans] == [("panel", 1.2, "measured")]


def test_rear_posts_that_are_taken_for_granted_are_told(catalog: Catalog) -> None:
    for item in ('mount = "shelf"\ndevice = "qnap-ts-453d"', 'device = "qnap-ts-453d"'):
        (told,) = planned(catalog, item).warnings
        assert "rear_mm" in told
        assert planned(catalog, f"{item}\nset = {{ rear_mm = 300 }}").warnings == ()
    alone = 'device = "netgear-gs308"\nset = { rear_posts = false }'
    assert planned(catalog, alone).warnings == ()


def test_boxes_side_by_side_are_all_carried_counted_and_bought(catalog: Catalog) -> None:
    item = 'device = "netgear-gs305"\ncount = 2\nset = { beside = ["mikrotik-hex"] }'
    plan = planned(catalog, item)
    (module,) = plan.modules
    assert module.family == "shelf"
    assert [box.id for box in getattr(module.spec, "boxes", ())] == [
        "netgear-gs305",
        "netgear-gs305",
        "mikrotik-hex",
    ]
    bought = {r["item"]: r["count"] for r in bom_rows(plan, [], catalog) if r["kind"] == "device"}
    assert bought == {"netgear-gs305": 2, "mikrotik-hex": 1}
    assert [(one.label, one.count) for one in plan.loads] == [
        ("netgear-gs305", 2),
        ("netgear-gs305: mikrotik-hex", 1),
    ]


def test_boards_side_by_side_are_counted_and_bought_too(catalog: Catalog) -> None:
    beside = '["odroid-c4", { device = "raspberry-pi-5", front = "y-" }]'
    item = f'device = "raspberry-pi-4b"\nmount = "tray"\ncount = 2\nset = {{ beside = {beside} }}'
    plan = planned(catalog, item)
    bought = {r["item"]: r["count"] for r in bom_rows(plan, [], catalog) if r["kind"] == "device"}
    assert bought == {"raspberry-pi-4b": 2, "odroid-c4": 1, "raspberry-pi-5": 1}
    assert len(getattr(plan.modules[0].spec, "carried", ())) == 4
    assert [one.count for one in plan.loads] == [2, 1, 1]
    (any_board,) = planned(catalog, 'device = "mini-itx"').modules
    assert any_board.family == "tray"


WRONG: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "unknown setting": (
        'mount = "panel"\nset = { keystoens = 4 }',
        "set.keystoens",
        ("no setting 'keystoens'", "allowed: cutouts,", "did you mean 'keystones'?"),
    ),
    "a key in the set": (
        'device = "raspberry-pi-4b"\ncount = 2\nset = { pose = "flat" }',
        "set.pose",
        ("write pose = …",),
    ),
    "a field in the set": (
        'device = "netgear-gs308"\nset = { height_u = 2 }',
        "set.height_u",
        ("write height = …",),
    ),
    "decided by the build": (
        'device = "apc-be600m1"\nset = { piece = "left-bracket" }',
        "set.piece",
        ("it makes every piece", "leave it out"),
    ),
    "out of range": ('mount = "panel"\nset = { rows = 99 }', "set.rows", ("up to 16",)),
    "no such choice": (
        'mount = "cable"\nset = { style = "lacin" }',
        "set.style",
        ("did you mean 'lacing'?",),
    ),
    "inside a list": (
        'mount = "panel"\nset = { cutouts = [{ width_mm = 9 }, { width_mm = 9, hight = 3 }] }',
        "set.cutouts[1].hight",
        ("did you mean 'height_mm'?",),
    ),
    "unknown fan": (
        'mount = "panel"\nset = { fan = "40x21" }',
        "set.fan",
        ("unknown fan", "did you mean '40x20'?"),
    ),
    "a fan that is no name": ('mount = "panel"\nset = { fan = 40 }', "set.fan", ("catalog list",)),
    "not a length": (
        'mount = "adapter"\nset = { rib_mm = "14 apples" }',
        "set.rib_mm",
        ("not a length",),
    ),
    "wrong family for a board": (
        'mount = "wall"\ndevice = "raspberry-pi-4b"',
        "mount",
        ("a wall carries a box", "allowed: tray, frame, stack"),
    ),
    "wrong family for a supply": (
        'mount = "shelf"\ndevice = "sfx"',
        "mount",
        ("a power supply", "allowed: psu"),
    ),
    "no box beside": (
        'device = "netgear-gs305"\nset = { beside = ["mikrotik-hexx"] }',
        "set.beside[0]",
        ("did you mean 'mikrotik-hex'?",),
    ),
    "beside the rack": ('mount = "coupon"\nat_u = 3', "at_u", ("takes no unit", "leave out at_u")),
    "no height beside": (
        'mount = "wall"\ndevice = "mikrotik-hex"\nheight = "2U"',
        "height",
        ("has no height in U",),
    ),
    "two bays": (
        'mount = "adapter"\nset = { bays = 2 }',
        "set.bays",
        ("the largest count that works is 1",),
    ),
    "a holder of nothing": ('mount = "holder"', "", ("a device, or its size", "width_mm")),
    "ears too low": (
        'mount = "ears"\ndevice = "unifi-us-8-150w"\nheight = "0.5U"',
        "height",
        ("use 1U",),
    ),
    "too many disks": (
        'mount = "drives"\ndevice = "3.5in"\ncount = 9',
        "count",
        ("",),
    ),
    "several supplies": ('device = "sfx"\ncount = 2', "count", ("one [[item]] for each",)),
    "a device on a panel": ('mount = "panel"\ndevice = "sfx"', "", ("carries no device",)),
    "unknown device": ('device = "2.6in"', "device", ("did you mean '2.5in'?",)),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_told_with_line_and_key(
    case: str, catalog: Catalog, tmp_path: Path
) -> None:
    item, key, words = WRONG[case]
    path = tmp_path / "rack.toml"
    head = 'version = 1\nname = "r"\nrack = "19in"\nheight = "9U"\n\n[[item]]\n'
    path.write_text(head + item + "\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        plan_file(path, catalog)
    text = str(caught.value)
    assert len(caught.value.problems) == 1, text
    (problem,) = caught.value.problems
    assert problem.key == ("item[0]." + key).rstrip(".")
    last = key.split("[")[0].split(".")[0]
    lines = (head + item).splitlines()
    assert problem.line is not None
    assert lines[problem.line - 1].startswith(last or "[[item]]"), text
    for word in words:
        assert word in text


def test_all_that_is_wrong_in_a_set_is_told_at_once(catalog: Catalog) -> None:
    with pytest.raises(InputError) as caught:
        planned(catalog, 'mount = "panel"\nset = { keystones = 900, fan = "x", wors = 1 }')
    keys: list[Any] = [p.key for p in caught.value.problems]
    assert sorted(keys) == [f"item[0].set.{k}" for k in ("fan", "keystones", "wors")]
