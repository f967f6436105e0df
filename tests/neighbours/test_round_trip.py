"""Out and back: what both hold comes back the same, and with the side file all of it."""

import contextlib
import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.files import write_all
from catalog.load import load_catalog
from catalog.problems import InputError
from cli.main import main
from neighbours.bring import netbox_rack, to_netbox
from neighbours.elevated import elevation_of
from neighbours.elevation import Elevation
from neighbours.netbox_export import netbox_files
from neighbours.netbox_racks import read_elevation
from neighbours.yaml_text import parse_yaml, write_yaml
from rack.plan import Plan
from rack.read import plan_file
from tests.neighbours.elevations import elevations

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "examples").glob("*.toml"))
CATALOG = load_catalog()
OFTEN = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


def units(plan: Plan) -> dict[str, tuple[float, float, str | None]]:
    """Where everything stands, how high it is, and what it carries."""
    modules = {m.label: (m.at_u, m.height_u, m.device) for m in plan.modules}
    return modules | {one.name: (one.at_u, one.height_u, None) for one in plan.kept}


@OFTEN
@given(made=elevations())
def test_what_netbox_holds_comes_back_the_same(
    made: Elevation, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("netbox")
    write_all(folder, netbox_files(made, {}))
    if made.kinds:
        assert read_elevation(folder, None).made == made


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_comes_back_letter_for_letter(path: Path, tmp_path: Path) -> None:
    made = to_netbox(path, CATALOG)
    write_all(tmp_path / "nb", made.files)
    back = netbox_rack(tmp_path / "nb", None, None, CATALOG)
    assert back.files["rack.toml"] == path.read_bytes()
    assert back.warnings == ()
    assert made.warnings != ()


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_stands_the_same_without_the_side_file(path: Path, tmp_path: Path) -> None:
    """What is lost is said, but not who stands where, nor on which mount."""
    files = dict(to_netbox(path, CATALOG).files)
    del files["rackpress.json"]
    write_all(tmp_path / "nb", files)
    back = netbox_rack(tmp_path / "nb", None, None, CATALOG)
    (tmp_path / "rack.toml").write_bytes(back.files["rack.toml"])
    again, before = plan_file(tmp_path / "rack.toml", CATALOG), plan_file(path, CATALOG)
    assert units(again) == units(before)
    was, now = elevation_of(before, CATALOG), elevation_of(again, CATALOG)
    assert now.stands == was.stands or {s.name for s in now.stands} == {s.name for s in was.stands}
    assert now.racks == was.racks


Rows = list[dict[str, Any]]


def edited(folder: Path, change: Callable[[Rows], Rows]) -> None:
    """Change the devices as a person would in NetBox."""
    path = folder / "devices.yaml"
    rows = parse_yaml(path.read_text(encoding="utf-8"), "x")
    path.write_text(write_yaml(change(rows)), encoding="utf-8")


MINE = """\
# a comment above
version = 1
name = "mine"
rack = "10in"
height = "8U"
printer = "prusa-xl"     # stays

[[item]]
name = "a"               # the first
device = "netgear-gs308p"

[[item]]
name = "b"
device = "raspberry-pi-4b"
count = 2

[pack]
side_gap = "1mm"         # stays too

[[pack.thing]]
name = "ears"
device = "mikrotik-crs326-24g-2s-plus-rm"
"""


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A folder for NetBox of a small rack of one's own."""
    (tmp_path / "mine.toml").write_text(MINE, encoding="utf-8")
    write_all(tmp_path / "nb", to_netbox(tmp_path / "mine.toml", CATALOG).files)
    return tmp_path / "nb"


def back(folder: Path) -> tuple[Plan, str, tuple[str, ...]]:
    made = netbox_rack(folder, None, None, CATALOG)
    path = folder / "back.toml"
    path.write_bytes(made.files["rack.toml"])
    return plan_file(path, CATALOG), made.files["rack.toml"].decode(), made.warnings


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(places=st.permutations([1, 3, 6]))
def test_what_is_moved_there_is_moved_here_and_comments_stay(mine: Path, places: list[int]) -> None:
    at = dict(zip("ab", places, strict=False)) | {"ears": places[2]}
    edited(mine, lambda rows: [{**row, "position": at[row["name"]]} for row in rows])
    plan, text, _ = back(mine)
    assert {name: at_u for name, (at_u, *_) in units(plan).items()} == at
    for comment in ("# a comment above", "# stays", "# the first", "# stays too"):
        assert comment in text
    before, now = tomllib.loads(MINE), tomllib.loads(text)
    assert [{k: v for k, v in one.items() if k != "at_u"} for one in now["item"]] == before["item"]


@pytest.mark.parametrize("gone", ["a", "b", "ears"])
def test_what_is_taken_out_there_is_taken_out_here(mine: Path, gone: str) -> None:
    was = units(plan_file(mine.parent / "mine.toml", CATALOG))
    edited(mine, lambda rows: [row for row in rows if row["name"] != gone])
    plan, text, said = back(mine)
    assert units(plan) == {name: place for name, place in was.items() if name != gone}
    assert f'"{gone}"' not in text
    assert any(gone in one for one in said)


def test_what_is_put_in_there_is_put_in_here(mine: Path) -> None:
    new = {"manufacturer": "Acme", "model": "UPS", "u_height": 2, "is_full_depth": True}
    (mine / "device-types" / "ups.yaml").write_text(write_yaml(new), encoding="utf-8")
    rows = [
        {
            "name": "UPS",
            "manufacturer": "Acme",
            "device_type": "UPS",
            "position": 1,
            "rack": "mine",
        },
        {"name": "lost", "manufacturer": "Acme", "device_type": "UPS"},
        {"name": "other", "manufacturer": "Acme", "device_type": "UPS", "position": 1, "rack": "z"},
    ]
    edited(
        mine, lambda old: [*({**row, "position": 8 - i * 2} for i, row in enumerate(old)), *rows]
    )
    plan, text, said = back(mine)
    assert units(plan)["ups"][:2] == (1, 2)
    assert "full_depth = true" in text
    assert any("lost" in one for one in said)


ROW = """\
version = 1
name = "row"
rack = "19in"
height = "6U"

[[cabinet]]
name = "left"
depth = "600mm"

[[cabinet]]
name = "right"
height = "4U"
depth = "600mm"

[[item]]
name = "a"             # goes to the right
device = "netgear-gs308p"
cabinet = "left"
at_u = 2

[[item]]
name = "b"
device = "netgear-gs308p"
cabinet = "left"
face = "rear"

[[item]]
name = "c"
device = "raspberry-pi-4b"
times = 2
cabinet = "right"
"""


@pytest.mark.parametrize("program", ["netbox", "rackula"])
def test_a_row_of_cabinets_comes_back_and_what_changes_its_cabinet(
    program: str, tmp_path: Path
) -> None:
    path, out, back = tmp_path / "row.toml", tmp_path / "out.rackula.yaml", tmp_path / "back.toml"
    path.write_text(ROW, encoding="utf-8")
    way = ["netbox", str(out), "--rack"] if program == "netbox" else ["rackula", str(out), "-o"]

    def places(file: Path) -> dict[str, tuple[str, float, str]]:
        plan = plan_file(file, CATALOG)
        return {m.label: (m.cabinet, m.at_u, m.face) for m in plan.modules}

    def import_(*more: str) -> Path:
        result = CliRunner().invoke(
            main, ["import", *way, str(back), *more], catch_exceptions=False
        )
        assert result.exit_code == 0, result.output
        return back

    words = ["export", program, str(path), "-o", str(out)]
    assert CliRunner().invoke(main, words, catch_exceptions=False).exit_code == 0
    assert import_().read_text(encoding="utf-8") == ROW
    was = places(path)
    assert {cabinet for cabinet, *_ in was.values()} == {"left", "right"}
    if program == "netbox":
        edited(
            out,
            lambda rows: [
                {**r, "rack": "right", "position": 1} if r["name"] == "a" else r for r in rows
            ],
        )
    else:
        data = parse_yaml(out.read_text(encoding="utf-8"), "x", core=True)
        left, right = data["racks"]
        moved = next(one for one in left["devices"] if one["id"] == "a")
        left["devices"].remove(moved)
        right["devices"].append({**moved, "position": 6})
        out.write_text(write_yaml(data), encoding="utf-8")
    now = was | {"a": ("right", 1, "front")}
    assert places(import_("--overwrite")) == now
    assert "# goes to the right" in back.read_text(encoding="utf-8")
    side = out / "rackpress.json" if program == "netbox" else tmp_path / "out.rackpress.json"
    side.unlink()
    assert places(import_("--overwrite")) == now


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    file=st.sampled_from(["devices.yaml", "racks.yaml", "rackpress.json", "type"]),
    at=st.floats(0, 1),
    gone=st.integers(0, 12),
    put=st.sampled_from(
        ["", "[", "{", "&a ", "*a ", "!x ", "\n", "- ", ": ", '"', "9", "\x1b", "é"]
    ),
)
def test_a_mutilated_file_is_read_or_refused(
    mine: Path, file: str, at: float, gone: int, put: str
) -> None:
    """Nothing but an `InputError` comes of it, and what is read makes a rack.toml."""
    first = next((mine / "device-types").rglob("*.yaml"))
    path = first if file == "type" else mine / file
    text = path.read_text(encoding="utf-8")
    cut = int(at * len(text))
    path.write_text(text[:cut] + put + text[cut + gone :], encoding="utf-8")
    try:
        with contextlib.suppress(InputError):
            made = netbox_rack(mine, None, None, CATALOG)
            tomllib.loads(made.files["rack.toml"].decode())
    finally:
        path.write_text(text, encoding="utf-8")


def test_a_device_type_goes_back_whole(tmp_path: Path) -> None:
    """NetBox → ours → NetBox: what our facts have no place for is there again, but for a slug."""
    said: dict[str, Any] = {
        "manufacturer": "Acme",
        "model": "Switch 24",
        "u_height": 1,
        "is_full_depth": False,
        "weight": 3.3,
        "weight_unit": "lb",
        "interfaces": [
            {"name": f"e{n}", "type": "1000base-t", "poe_mode": "pse"} for n in range(3)
        ],
        "power-ports": [{"name": p, "type": "c14", "maximum_draw": 40} for p in ("a", "b")],
        "comments": "[data sheet](https://example.org)",
    }
    (tmp_path / "in.yaml").write_text(write_yaml(said), encoding="utf-8")
    devices = str(tmp_path / "devices")
    words = ["import", "netbox", str(tmp_path / "in.yaml"), "-o", devices]
    assert CliRunner().invoke(main, words, catch_exceptions=False).exit_code == 0
    rack = tmp_path / "r.toml"
    thing = '[[pack.thing]]\nname = "s"\ndevice = "acme-switch-24"\n'
    rack.write_text(f'version = 1\nname = "r"\nrack = "19in"\nheight = "4U"\n{thing}')
    words = ["export", "netbox", str(rack), "-o", str(tmp_path / "nb"), "--catalog", devices]
    result = CliRunner().invoke(main, [*words, "--json"], catch_exceptions=False)
    name = next(n for n in json.loads(result.stdout)["files"] if n.startswith("device-types"))
    told = parse_yaml((tmp_path / "nb" / name).read_text(encoding="utf-8"), "x")
    assert told.pop("slug") == "acme-switch-24"
    assert told == said
    words = ["import", "netbox", str(tmp_path / "nb"), "--rack", str(tmp_path / "back.toml")]
    words += ["--catalog", devices]
    assert CliRunner().invoke(main, words, catch_exceptions=False).exit_code == 0
    assert (tmp_path / "back.toml").read_bytes() == rack.read_bytes()


@pytest.mark.parametrize(
    ("file", "text", "where"),
    [
        ("racks.yaml", "a: 1\n", "racks.yaml: holds no list"),
        ("racks.yaml", "- name: mine\n  u_height: 0\n", "racks.yaml:2: [0].u_height"),
        ("racks.yaml", "- name: x\n- name: x\n", "two racks are called 'x'"),
        ("racks.yaml", "[]\n", "racks.yaml: holds no rack"),
        ("devices.yaml", "- name: d\n", "devices.yaml:1: [0].device_type: is missing"),
        ("devices.yaml", "- 3\n", "devices.yaml:1: [0]: is not a table"),
        (
            "devices.yaml",
            "- {name: d, rack: mine, manufacturer: X, device_type: Y, position: 1}\n",
            "devices.yaml:1: [0].device_type: no device type 'Y'",
        ),
        ("rackpress.json", "{", "rackpress.json: is not JSON"),
        ("rackpress.json", "[" * 100_000, "rackpress.json: is not JSON"),
        ("rackpress.json", '{"version": 2, "rack_toml": ""}', "newer than this program"),
        ("rackpress.json", '{"version": 1, "rack_toml": "name = 1"}', "rack_toml"),
    ],
)
def test_what_is_wrong_is_said_where_it_is(mine: Path, file: str, text: str, where: str) -> None:
    (mine / file).write_text(text, encoding="utf-8")
    out = mine / "out.toml"
    words = ["import", "netbox", str(mine), "--rack", str(out)]
    result = CliRunner().invoke(main, words, catch_exceptions=False)
    assert result.exit_code == 2
    assert where in result.stderr
    assert not out.exists()


def test_a_rack_toml_of_ones_own_is_not_written_over(mine: Path) -> None:
    out = mine / "out.toml"
    out.write_text("# mine\n", encoding="utf-8")
    words = ["import", "netbox", str(mine), "--rack", str(out)]
    assert CliRunner().invoke(main, words, catch_exceptions=False).exit_code == 2
    assert out.read_text(encoding="utf-8") == "# mine\n"
    assert CliRunner().invoke(main, [*words, "--overwrite"], catch_exceptions=False).exit_code == 0
    assert out.read_text(encoding="utf-8") == MINE
