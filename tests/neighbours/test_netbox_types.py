"""Device types of NetBox and Nautobot: all public ones, and laws of weights, draws and names."""

import json
import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from catalog.load import load_catalog
from catalog.problems import InputError
from cli.main import main
from neighbours.netbox_import import as_catalogue, read_types
from neighbours.netbox_types import device_type
from neighbours.power import draw_of
from neighbours.units import distinct, grams, slug
from neighbours.yaml_text import write_yaml

G_PER = {"kg": 1000.0, "g": 1.0, "lb": 453.59237, "oz": 453.59237 / 16}  # NIST SP 811, B.8


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["import", "netbox", *words], catch_exceptions=False)


def write(path: Path, **said: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    data = {"manufacturer": "Acme", "model": path.stem, **said}
    path.write_text(
        write_yaml({k.replace("__", "-"): v for k, v in data.items()}), encoding="utf-8"
    )
    return path


def drawn(*ports: tuple[str, float | None, float | None], **more: Any) -> tuple[Any, Any]:
    listed = [
        {"name": f"p{n}", "type": kind, "maximum_draw": most, "allocated_draw": some}
        for n, (kind, most, some) in enumerate(ports)
    ]
    data: dict[str, Any] = {"manufacturer": "A", "model": "B", "power-ports": listed, **more}
    draw = draw_of(device_type(data, "x", ""))
    return draw.max_w, draw.typical_w


@pytest.mark.data
def test_every_public_device_type_is_read_and_lands_in_the_catalogue(
    data: Path, tmp_path: Path
) -> None:
    """Heights, weights and draws are counted again with another loader and plain sums."""
    source = data / "device-types"
    paths = sorted(p for p in source.rglob("*") if p.suffix in (".yaml", ".yml"))
    plain = [yaml.load(p.read_bytes(), Loader=yaml.CSafeLoader) for p in paths]
    assert len(plain) == 2984
    result = run(str(source), "-o", str(tmp_path / "out"), "--json")
    assert result.exit_code == 0, result.stderr
    catalog = load_catalog(tmp_path / "out")
    rows = [row for row in catalog.racked.values() if row.id not in load_catalog().racked]
    stand = [one for one in plain if one.get("u_height", 1) > 0]
    made = json.loads(result.stdout)
    assert len(made["racked"]) == len(stand)
    assert len(made["kept"]) == len(plain) - len(stand)
    assert made["places"]["interfaces"] == sum(len(one.get("interfaces") or ()) for one in plain)
    by_name = {(row.manufacturer, row.name): row for row in rows}
    for one in stand:
        row = by_name.get((one["manufacturer"], one["model"]))
        if row is None:
            continue  # one that the built-in catalogue has too: it is laid over that
        assert row.height_u == one.get("u_height", 1)
        assert row.full_depth == one.get("is_full_depth", True)
        heavy = one.get("weight", 0) * G_PER[one.get("weight_unit", "g")]
        assert (row.weight_g or 0) == pytest.approx(heavy, abs=0.006)
        most = [
            port["maximum_draw"] for port in one.get("power-ports") or () if "maximum_draw" in port
        ]
        if not most or one.get("power-outlets"):
            assert row.max_w is None
        else:
            assert max(most) <= (row.max_w or 0) <= max(*most, sum(most) - min(most))
    assert len(by_name) >= len(stand) - 2
    kept = json.loads((tmp_path / "out" / "netbox.json").read_bytes())["types"]
    assert Counter(str(one["type"]["model"]) for one in kept.values()) == Counter(
        str(one["model"]) for one in plain
    )


@pytest.mark.data
def test_the_racked_devices_of_the_catalogue_are_as_the_library_has_them(data: Path) -> None:
    ours = load_catalog().racked
    makers = sorted({row.manufacturer for row in ours.values()})
    types = {one.id: one for m in makers for one in read_types(data / "device-types" / m)}
    made = tomllib.loads(as_catalogue([types[n] for n in ours], {}).files["racked.toml"].decode())
    for row in made["racked"]:
        told = ours[row["id"]].model_dump(mode="json", exclude_unset=True, exclude={"note"})
        assert told == {key: value for key, value in row.items() if key != "note"}


@given(
    n=st.integers(1, 12),
    most=st.integers(1, 5000),
    share=st.floats(0.05, 1),
    other=st.floats(0.05, 1),
)
def test_redundant_supplies_are_not_added_up(n: int, most: int, share: float, other: float) -> None:
    """Of n alike half carry the load; another way in changes nothing while it is smaller."""
    port = ("iec-60320-c14", float(most), most * share)
    max_w, typical_w = drawn(*[port] * n)
    assert max_w == pytest.approx(-(-n // 2) * most)
    assert typical_w == pytest.approx(max_w * share)
    beside = ("dc-terminal", most * other, None)
    assert drawn(*[port] * n, beside)[0] == max_w
    assert drawn(beside, *[port] * n)[0] == max_w


PORTS = st.lists(
    st.tuples(st.sampled_from(["c14", "c20", "dc"]), st.none() | st.integers(1, 900)), max_size=6
)


@given(ports=PORTS)
def test_a_draw_lies_between_the_largest_port_and_all_ports(
    ports: list[tuple[str, int | None]],
) -> None:
    known = [most for _, most in ports if most]
    max_w, _ = drawn(*[(kind, most, None) for kind, most in ports])
    assert (max_w is None) == (not known)
    assert max(known, default=0) <= (max_w or 0) <= sum(known)
    assert drawn(*[(kind, most, None) for kind, most in reversed(ports)])[0] == max_w


def test_what_a_power_strip_passes_on_is_not_its_own() -> None:
    outlets = {"power-outlets": [{"name": "1", "type": "c13"}]}
    assert drawn(("c14", 1800, 1400), **outlets) == (None, None)


def test_more_allocated_than_drawn_at_most_is_left_out() -> None:
    assert drawn(("c14", 100, 140)) == (100, None)


@given(value=st.floats(0.01, 1000), unit=st.sampled_from(sorted(G_PER)))
def test_weights_are_grams(value: float, unit: Any) -> None:
    assert grams(value, unit) == pytest.approx(value * G_PER[unit], abs=0.0051)


@given(text=st.text(max_size=120), longest=st.integers(12, 100))
def test_a_slug_is_a_name_that_no_folder_is_left_by(text: str, longest: int) -> None:
    made = slug(text, longest)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", made)
    assert len(made) <= longest
    assert slug(made, longest) == made


@given(names=st.lists(st.sampled_from(["a", "a-2", "a" * 20, "b"]), max_size=12))
def test_names_are_told_apart(names: list[str]) -> None:
    taken: set[str] = set()
    made = [distinct(name, taken, 20) for name in names]
    assert len(set(made)) == len(made)
    assert all(len(name) <= 20 for name in made)


def test_half_units_no_units_and_what_is_left_out(tmp_path: Path) -> None:
    write(tmp_path / "t" / "half.yaml", u_height=0.5, is_full_depth=False)
    write(tmp_path / "t" / "none.yaml", u_height=0)
    write(tmp_path / "t" / "sub" / "usual.yml", model=3850)
    write(tmp_path / "t" / "under.yaml", power_ports=[{"name": "a", "maximum_draw": 7}])
    result = run(str(tmp_path / "t"), "-o", str(tmp_path / "out"), "--json")
    made = json.loads(result.stdout)
    assert made["racked"] == ["acme-3850", "acme-half", "acme-under"]
    assert made["kept"] == ["acme-none"]
    racked = load_catalog(tmp_path / "out").racked
    assert (racked["acme-half"].height_u, racked["acme-half"].full_depth) == (0.5, False)
    assert (racked["acme-3850"].height_u, racked["acme-3850"].full_depth) == (1, True)
    assert racked["acme-under"].max_w == 7
    assert "acme-none" in result.stderr


def test_the_side_file_of_sizes_makes_boxes(tmp_path: Path) -> None:
    """A width makes it a box for a mount of ours; a depth alone leaves it its ears."""
    port = [{"name": "a", "type": "c14", "maximum_draw": 20}]
    kinds = ["1000base-t", "1000base-t", "10gbase-x-sfpp", "lag", "virtual", "ieee802.11ax"]
    faces = [{"name": str(n), "type": kind} for n, kind in enumerate(kinds)]
    more: dict[str, Any] = {"weight": 2, "weight_unit": "lb", "u_height": 0, "interfaces": faces}
    write(tmp_path / "t" / "s.yaml", power__ports=port, **more)
    write(tmp_path / "t" / "deep.yaml")
    sizes = tmp_path / "sizes.toml"
    sizes.write_text(
        '[[size]]\ndevice = "acme-s"\nwidth_mm = 150\ndepth_mm = 100\nheight_mm = 30\n'
        'category = "switch"\n[[size]]\ndevice = "acme-deep"\ndepth_mm = 321\n',
        encoding="utf-8",
    )
    out = str(tmp_path / "out")
    assert run(str(tmp_path / "t"), "-o", out, "--sizes", str(sizes)).exit_code == 0
    catalog = load_catalog(out)
    box = catalog.box("acme-s")
    assert (box.case.width_mm, box.case.depth_mm, box.case.height_mm) == (150, 100, 30)
    assert box.weight_g == pytest.approx(907.18)
    assert box.network_ports == 3
    assert box.power is not None
    assert box.power.max_w == 20
    assert catalog.racked["acme-deep"].depth_mm == 321
    rack = tmp_path / "rack.toml"
    rack.write_text(
        'version = 1\nname = "x"\nrack = "10in"\nheight = "4U"\n[[item]]\ndevice = "acme-s"\n'
        '[pack]\n[[pack.thing]]\nname = "deep"\ndevice = "acme-deep"\n',
        encoding="utf-8",
    )
    told = CliRunner().invoke(main, ["check", str(rack), "--catalog", out, "--json"])
    plan = json.loads(told.stdout)
    assert [one["device"] for one in plan["modules"]] == ["acme-s"]
    assert [one["name"] for one in plan["kept"]] == ["deep"]


WRONG: dict[str, tuple[dict[str, Any], str, str]] = {
    "no model": ({"model": None}, "model", "is missing"),
    "a height of thirds": ({"u_height": 1.3}, "u_height", "1.5"),
    "a height below nothing": ({"u_height": -1}, "u_height", "0"),
    "a height in words": ({"u_height": "2U"}, "u_height", "number"),
    "a weight without a unit": ({"weight": 3}, "", "weight_unit: kg"),
    "a unit of its own": ({"weight": 3, "weight_unit": "kgs"}, "weight_unit", "'kg'"),
    "an airflow of its own": ({"airflow": "front-to-back"}, "airflow", "front-to-rear"),
    "a port without a name": (
        {"power__ports": [{"type": "c14"}]},
        "power-ports[0].name",
        "missing",
    ),
    "a draw in words": (
        {"power__ports": [{"name": "a", "maximum_draw": "9 W"}]},
        "maximum_draw",
        "number",
    ),
    "a name that steers a terminal": ({"model": "a\x1b[2Jb"}, "model", "control"),
    "a role of its own": ({"subdevice_role": "twin"}, "subdevice_role", "parent"),
}


@pytest.mark.parametrize("what", sorted(WRONG))
def test_what_is_wrong_is_said_with_file_line_and_key(what: str, tmp_path: Path) -> None:
    said, key, words = WRONG[what]
    path = write(tmp_path / "t" / "x.yaml", **said)
    result = run(str(tmp_path / "t"), "-o", str(tmp_path / "out"), "--json")
    assert result.exit_code == 2
    problem = json.loads(result.stdout)["problems"][0]
    assert problem["where"] == str(path)
    assert key in problem["key"]
    assert words in " ".join(str(value) for value in problem.values())
    if problem["line"] is not None:
        line = path.read_text(encoding="utf-8").splitlines()[problem["line"] - 1]
        assert re.search(r"\b" + re.sub(r".*\.|\[.*", "", key).strip(), line) or "-" in line
    assert not (tmp_path / "out").exists()


def test_all_files_are_complained_of_at_once(tmp_path: Path) -> None:
    for name in "abc":
        write(tmp_path / f"{name}.yaml", u_height="x")
    with pytest.raises(InputError) as caught:
        read_types(tmp_path)
    assert len(caught.value.problems) == 3


@pytest.mark.parametrize(
    "maker", ["../../etc", "/root", "a/../../b", "..", "C:\\x", "日本", "\u202e"]
)
def test_no_name_leaves_the_folder(maker: str, tmp_path: Path) -> None:
    source = write(tmp_path / "in" / "x.yaml", manufacturer=maker, model="../../../passwd")
    sizes = tmp_path / "sizes.toml"
    name = slug(f"{maker} ../../../passwd")
    sizes.write_text(
        f'[[size]]\ndevice = "{name}"\nwidth_mm = 9\ndepth_mm = 9\nheight_mm = 9\n',
        encoding="utf-8",
    )
    before = set(tmp_path.rglob("*"))
    out = tmp_path / "deep" / "out"
    result = run(str(source), "-o", str(out), "--sizes", str(sizes))
    assert result.exit_code == (2 if maker == "\u202e" else 0)
    new = set(tmp_path.rglob("*")) - before
    assert all(p in (out, out.parent) or out in p.parents for p in new)


def test_a_folder_of_the_users_is_not_written_over(tmp_path: Path) -> None:
    source = write(tmp_path / "in" / "x.yaml")
    out = tmp_path / "out"
    out.mkdir()
    (out / "racked.toml").write_text("version = 1\n", encoding="utf-8")
    assert run(str(source), "-o", str(out)).exit_code == 2
    (out / "racked.toml").unlink()
    assert run(str(source), "-o", str(out)).exit_code == 0
    before = {p.name: p.read_bytes() for p in out.iterdir()}
    assert run(str(source), "-o", str(out)).exit_code == 0
    assert {p.name: p.read_bytes() for p in out.iterdir()} == before
    (out / "mine.txt").write_text("mine", encoding="utf-8")
    assert run(str(source), "-o", str(out)).exit_code == 2


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ('[[size]]\ndevice = "acme-y"\ndepth_mm = 3\n', "acme-x"),
        ('[[size]]\ndevice = "acme-x"\nwidth_mm = 3\ndepth_mm = 3\n', "go together"),
        ('[[size]]\ndevice = "acme-x"\ndepth_mm = 3\n' * 2, "twice"),
        ("version = 2\n", "newer"),
    ],
)
def test_what_is_wrong_with_sizes_is_said(body: str, words: str, tmp_path: Path) -> None:
    write(tmp_path / "in" / "x.yaml")
    sizes = tmp_path / "sizes.toml"
    sizes.write_text(body, encoding="utf-8")
    result = run(str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--sizes", str(sizes))
    assert result.exit_code == 2
    assert words in result.stderr
    assert "sizes.toml:" in result.stderr


@pytest.mark.parametrize("words", [("nothing-here",), (".",)])
def test_what_is_no_device_type_is_refused(words: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    source = str(tmp_path / "empty") if words == (".",) else str(tmp_path / words[0])
    assert run(source, "-o", str(tmp_path / "out")).exit_code == 2
    assert run(source).exit_code == 2
