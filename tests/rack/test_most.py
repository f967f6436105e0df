"""As many boards as fit, and boards of several kinds in one frame, asked for in a rack.toml."""

import tomllib
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from catalog.load import Catalog
from catalog.problems import InputError
from mounts.cooled import Cooling, densest_cool
from mounts.order import Order
from mounts.parts.frame_spec import FrameSpec
from mounts.pieces import pieces
from packing.airflow.board_heat import board_heat
from packing.airflow.cooling import Room
from rack.bom.rows import bom_rows
from rack.elevation import elevation_svg
from rack.fit import fit_notes, fit_rows
from rack.plan import Plan, make_plan
from rack.read import plan_file
from rack.spec import RackSpec

PI, FIVE = "raspberry-pi-4b", "raspberry-pi-5"
MIX = f"""device = "{PI}"
mount = "frame"
count = "max"
height = "2U"
set = {{ beside = [{{ device = "{FIVE}", count = 2 }}] }}"""


def planned(catalog: Catalog, folder: Path, item: str, rack: str = "10in") -> Plan:
    path = folder / "rack.toml"
    head = f'version = 1\nname = "r"\nrack = "{rack}"\nheight = "9U"\n\n[[item]]\n'
    path.write_text(head + item + "\n", encoding="utf-8")
    return plan_file(path, catalog)


def frame_of(plan: Plan) -> FrameSpec:
    (module,) = plan.modules
    assert isinstance(module.spec, FrameSpec)
    return module.spec


@pytest.mark.parametrize(
    ("rack", "height", "count"),
    [("19in", "1U", 14), ("19in", "2U", 28), ("19in", "4U", 56), ("10in", "2U", 13)],
)
def test_as_many_as_fit_is_one_line(
    rack: str, height: str, count: int, catalog: Catalog, tmp_path: Path
) -> None:
    """As `tests/mounts/test_density.py` builds them; in 10 inch one on edge beside three piles."""
    item = f'device = "{PI}"\ncount = "max"\nheight = "{height}"\ntypical_w = 9'
    plan = planned(catalog, tmp_path, item, rack)
    (module,) = plan.modules
    assert frame_of(plan).holds == module.count == count
    assert plan.as_dict()["power"]["typical_w"] == 9 * count
    assert [item.count for item in plan.spec.items] == [count]


def test_two_rows_where_the_rack_is_deep_enough(catalog: Catalog, tmp_path: Path) -> None:
    item = f'device = "{PI}"\ncount = "max"\nheight = "1U"\nset = {{ rows = 2, between_mm = 300 }}'
    assert frame_of(planned(catalog, tmp_path, item, "19in")).holds == 28


def test_what_the_item_says_is_kept(catalog: Catalog, tmp_path: Path) -> None:
    item = f'device = "{PI}"\ncount = "max"\nheight = "2U"\npose = "on-edge"\nair_gap = "4.5mm"'
    spec = frame_of(planned(catalog, tmp_path, item, "19in"))
    assert {(one.pose, one.air_gap_mm) for one in spec.kinds} == {("on-edge", 4.5)}
    assert spec.holds == 17


def test_boards_of_several_kinds_are_carried_counted_and_bought(
    catalog: Catalog, tmp_path: Path
) -> None:
    plan = planned(catalog, tmp_path, MIX)
    spec, (module,) = frame_of(plan), plan.modules
    stands = Counter(spec.kinds[one.kind].device.id for one in spec.stands)
    assert stands == {PI: module.count, FIVE: 2}
    bought = {
        row["item"]: row["count"] for row in bom_rows(plan, [], catalog) if row["kind"] == "device"
    }
    assert bought == stands
    assert {one.label: one.count for one in plan.loads} == {PI: module.count, f"{PI}: {FIVE}": 2}
    assert sum(one.count for one in pieces(spec) if one.family == "sled") == spec.holds
    assert module.holds == f"{module.count} × {PI} and 2 × {FIVE}"
    assert plan.as_dict()["modules"][0]["others"] == [{"device": FIVE, "count": 2, "hat": None}]
    assert module.holds in elevation_svg(plan, 254.0)
    rows = fit_rows(plan, catalog)
    assert {row["board"] for row in rows} == {PI, FIVE}
    assert {row["height_u"]: row["printed"] for row in rows if row["board"] == PI} == {
        1.0: 6,
        2.0: 13,
        3.0: 19,
        4.0: 25,
    }
    assert all(row["printed"] <= row["count"] for row in rows)


def test_hats_of_boards_beside_are_told_and_bought(catalog: Catalog, tmp_path: Path) -> None:
    item = MIX.replace("count = 2", 'count = 2, hat = "rpi-poe-plus-hat"')
    plan = planned(catalog, tmp_path, item)
    rows = bom_rows(plan, [], catalog)
    assert {row["item"]: row["count"] for row in rows if row["kind"] == "hat"} == {
        "rpi-poe-plus-hat": 2
    }
    assert plan.modules[0].holds.endswith(f"2 × {FIVE} with rpi-poe-plus-hat")
    assert [one.hat is not None for one in frame_of(plan).kinds].count(True) >= 1


def test_a_mix_without_a_height_takes_the_lowest(catalog: Catalog, tmp_path: Path) -> None:
    item = (
        MIX.replace('"max"', "4").replace('height = "2U"\n', "").replace("count = 2", "count = 3")
    )
    assert frame_of(planned(catalog, tmp_path, item)).height_u == 1.5


WRONG: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "no number": (f'device = "{PI}"\ncount = "many"', "count", ('1 to 64, or "max"', "in quotes")),
    "too large a number": (f'device = "{PI}"\ncount = 65', "count", ("that works is 64",)),
    "a truth": (f'device = "{PI}"\ncount = true', "count", ("1 to 64",)),
    "boxes": ('device = "netgear-gs308"\ncount = "max"', "count", ("takes a shelf", "how many")),
    "boards on a tray": (
        f'device = "{PI}"\nmount = "tray"\ncount = "max"',
        "",
        ("only a frame", "mount = 'frame'"),
    ),
    "none beside": (MIX.replace("count = 2", "count = 0"), "set.beside[0].count", ("from 1",)),
    "no board beside": (
        MIX.replace(f'"{FIVE}"', '"raspberry-pi-6"'),
        "set.beside[0].device",
        (FIVE,),
    ),
    "no field beside": (MIX.replace("count = 2", "cont = 2"), "set.beside[0]", ("'count'",)),
    "too many": (
        MIX.replace("count = 2", "count = 20"),
        "height",
        ("has no room for", "mm of width", "13 of them", "use 3.5U"),
    ),
    "too low": (f'device = "{PI}"\ncount = "max"\nheight = "1U"\npose = "on-edge"', "height",
                ("43.66 mm in 1U", "use 2U")),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_told_with_its_key(case: str, catalog: Catalog, tmp_path: Path) -> None:
    item, key, words = WRONG[case]
    with pytest.raises(InputError) as caught:
        planned(catalog, tmp_path, item)
    (problem,) = caught.value.problems
    assert problem.key == ("item[0]." + key).rstrip(".")
    assert problem.line is not None
    for word in words:
        assert word in str(caught.value)


@pytest.mark.parametrize("setting", ["skin_mm = 0.1", "rows = 3", 'layers = "two"', "plate_mm = 9"])
def test_a_setting_out_of_range_is_told_before_anything_is_chosen(
    setting: str, catalog: Catalog, tmp_path: Path
) -> None:
    item = f'device = "{PI}"\ncount = "max"\nset = {{ {setting} }}'
    with pytest.raises(InputError) as caught:
        planned(catalog, tmp_path, item)
    (problem,) = caught.value.problems
    assert problem.key == f"item[0].set.{setting.split(maxsplit=1)[0]}"
    assert problem.allowed


def test_the_report_of_s2_names_what_is_printed_and_stays_cool_in_1_2_and_4_u(
    catalog: Catalog,
) -> None:
    """The example's 9 W a node; one board more has no room or gets too warm: `test_cooled`."""
    text = Path("examples/pi-19in.toml").read_text(encoding="utf-8")
    plan = make_plan(RackSpec.model_validate(tomllib.loads(text)), catalog, "pi-19in.toml")
    rows = {row["height_u"]: row for row in fit_rows(plan, catalog) if row["board"] == PI}
    heat = replace(board_heat(catalog.board(PI), 9.0), soc_k_per_w=4.0)
    for height in (1.0, 2.0, 4.0):
        order = Order("frame", "19in", PI, height)
        found = densest_cool(order, catalog, Cooling(heat, catalog.fan("40x20"), Room()))
        assert found is not None
        said = rows[height]["cool"]
        assert said.startswith(f"{found.spec.holds} at 9 W with heat sinks of 4 K/W behind ")
        assert f"to {found.cooled.soc_c:.0f} °C" in said
        assert found.spec.holds <= rows[height]["printed"]
    (note,) = (line for line in fit_notes(plan, catalog) if "15 on edge" in line)
    assert "is a 2U row" in note
    assert "not 1U" in note
