"""The four systems: each is built once, then every file is held against an independent reading."""

import csv
import hashlib
import json
import re
import tomllib
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pytest
from manifold3d import JoinType

from catalog.load import Catalog
from mounts.files.stl import read_stl
from mounts.mesh import manifold
from mounts.rebuild import rebuild
from mounts.verify.package import read_package
from rack.read import plan_file
from tests.rack.built import EXAMPLES, Example, build
from tests.rack.joined import assert_joined
from tests.rack.page import Page
from tests.rack.reported import ASKED
from tests.threemf import by_lib3mf, by_slicer

U_MM, RELIEF_MM = 44.45, 0.79  # EIA-310: one unit; what a panel is lower than its units
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="session", params=sorted(EXAMPLES))
def example(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, catalog: Catalog
) -> Example:
    name = request.param
    folder = tmp_path_factory.mktemp("built") / name
    options = () if name == "mini-rack" else ("--no-pictures",)
    said = build(name, folder, *options)
    return Example(name, plan_file(EXAMPLES[name], catalog), folder, said)


def test_every_module_with_a_device_has_a_model_and_each_picture_its_counterpart(
    example: Example,
) -> None:
    held = {mount.label for mount in example.plan.mounts if mount.device}
    there = {name for name in example.files() if name.startswith("modules/")}
    assert there >= {f"modules/{label}.glb" for label in held}
    for name in there:
        stem = name.removesuffix(".glb").removesuffix(".png")
        stem = stem.removesuffix("-exploded").removesuffix("-top")
        assert f"{stem}.glb" in there
        assert (f"{stem}.png" in there) == (f"{stem}-exploded.png" in there)
        assert (f"{stem}.png" in there) == (f"{stem}-top.png" in there)


def test_the_manifest_lists_every_file_with_its_digest_and_nothing_else(example: Example) -> None:
    manifest = example.json("manifest.json")
    there = example.files()
    there.pop("manifest.json")
    assert sorted(manifest["files"]) == sorted(there)
    for name, entry in manifest["files"].items():
        assert entry["sha256"] == hashlib.sha256(there[name]).hexdigest(), name
        assert entry["bytes"] == len(there[name])


def test_every_file_says_what_it_is_made_from(example: Example) -> None:
    manifest = example.json("manifest.json")
    for name, entry in manifest["files"].items():
        kind, _, thing = entry["of"].partition("/")
        recipe = manifest["recipe"][kind]
        assert recipe[thing] if thing else recipe, name
        assert thing == "" or thing in name
    assert manifest["recipe"]["rack"]["name"] == example.name


def test_every_3mf_makes_itself_again_byte_for_byte(example: Example) -> None:
    """The plates hold every part, and every piece of one; a part's own file is made as all are."""
    files = sorted((example.folder / "plates").glob("*.3mf"))
    files.append(
        min((example.folder / "parts").glob("*.3mf"), key=lambda path: path.stat().st_size)
    )
    assert len(files) > 1
    assert [path.name for path in files if not rebuild(path).same] == []
    step = min((example.folder / "parts").glob("*.step"), key=lambda path: path.stat().st_size)
    assert rebuild(step).same


def wanted_on_plates(example: Example) -> tuple[Counter[str], set[str]]:
    """Return what has to be printed by the manifest, pieces one by one, and what cannot be."""
    wanted: Counter[str] = Counter()
    lost: set[str] = set()
    for part in example.json("manifest.json")["recipe"]["parts"].values():
        for one in part.get("pieces") or [part]:
            wanted[one["name"]] += part["count"]
            lost |= set() if one["fits_bed"] else {one["name"]}
    return wanted, lost


def test_lib3mf_finds_each_copy_on_one_plate_and_every_object_manifold(example: Example) -> None:
    placed: Counter[str] = Counter()
    for path in sorted(example.folder.rglob("*.3mf")):
        read = by_lib3mf(path)
        assert all(read.objects.values()), path.name
        if path.parent.name == "plates":
            placed += read.items
            assert set(read.items) == set(read.objects)
        else:
            assert read.items == Counter([path.stem])
    wanted, lost = wanted_on_plates(example)
    assert placed == Counter({name: many for name, many in wanted.items() if name not in lost})


def test_on_a_plate_outlines_lie_apart_and_on_the_bed(example: Example, catalog: Catalog) -> None:
    bed = catalog.printer(example.plan.spec.printer)
    for path in sorted((example.folder / "plates").glob("*.3mf")):
        meshes = [mesh for _, mesh in read_package(path.read_bytes(), path.name).bodies]
        for mesh in meshes:
            low, high = mesh.bounds_mm()
            assert min(*low) > -0.02
            assert high[0] <= bed.bed_x_mm + 0.02
            assert high[1] <= bed.bed_y_mm + 0.02
            assert high[2] <= bed.bed_z_mm
        outlines = [manifold(mesh).project().offset(1.9, JoinType.Round) for mesh in meshes]
        assert all((a ^ b).area() < 1e-3 for a, b in combinations(outlines, 2)), path.name


@pytest.mark.slicer
def test_the_slicer_finds_every_3mf_manifold_and_one_part_an_object(
    example: Example, tmp_path: Path, prusa_slicer: Path
) -> None:
    told = by_slicer(prusa_slicer, sorted(example.folder.rglob("*.3mf")), tmp_path)
    wanted, lost = wanted_on_plates(example)
    objects = len(wanted) + sum(many for name, many in wanted.items() if name not in lost)
    assert told["manifold"] == ["yes"] * objects
    assert told["number_of_parts"] == ["1"] * objects


def test_plates_and_parts_list_say_the_same_of_grams_hours_and_cost(example: Example) -> None:
    with (example.folder / "bom.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["kind"] == "print"]
    _, lost = wanted_on_plates(example)
    plates = example.json("manifest.json")["recipe"]["plates"].values()
    ways: list[tuple[str, Callable[[dict[str, Any]], float], float]] = [
        ("weight_g", lambda one: one["print"]["filament_g"], 0.051),
        ("time_h", lambda one: one["print"]["minutes"] / 60, 0.006),
        ("cost", lambda one: one["cost"], 0.006),
    ]
    for key, of_plate, off in ways:
        listed = sum(float(row[key]) for row in rows if row["item"] not in lost)
        some = off * (len(rows) + len(plates))  # each row and each plate is rounded by itself
        assert listed == pytest.approx(sum(map(of_plate, plates)), abs=some)


def test_nothing_was_left_beside_the_folder(example: Example) -> None:
    assert [path.name for path in example.folder.parent.iterdir()] == [example.name]


def prints_of(item: dict[str, Any], catalog: Catalog) -> Counter[str]:
    """Return what has to be printed for an item, from its text: families by number."""
    device = item.get("device")
    box = catalog.boxes.get(str(device))
    count = int(item.get("count", 1))
    kind = item.get("mount") or ("shelf" if box else "frame" if count > 1 else "tray")
    settings = item.get("set", {})
    match kind:
        case "frame":
            return Counter(frame=1, sled=count)
        case "holder":
            return Counter(holder=2)
        case "stack":  # base and top; over each board a bracket if it has a fan
            return Counter(stack=2 + (count if "fan" in settings else 0))
        case _:
            return Counter([kind])


def test_prints_are_all_that_each_mount_needs(example: Example, catalog: Catalog) -> None:
    data = tomllib.loads(EXAMPLES[example.name].read_text(encoding="utf-8"))
    wanted: Counter[str] = Counter()
    for item in data["item"]:
        wanted += prints_of(item, catalog)
    for mount in example.plan.mounts:  # what would sag has two brackets to the rear posts
        wanted[mount.family] += 2 * getattr(mount.spec, "braced", False)
        # A frame on edge that would sag has a plate behind its sleds.
        wanted[mount.family] += getattr(mount.spec, "spined", False) * getattr(
            mount.spec, "rows", 1
        )
    wanted["blank"] += sum(m.family == "blank" for m in example.plan.modules)
    made: Counter[str] = Counter()
    for part in example.json("manifest.json")["recipe"]["parts"].values():
        made[part["part"]] += part["count"]
        for one in part.get("pieces", [part]):
            mesh = read_stl((example.folder / "parts" / f"{one['name']}.stl").read_bytes())
            assert mesh.open_edges() == 0
            assert mesh.volume_mm3() / 1000 == pytest.approx(one["volume_cm3"], abs=0.02)
            for kind in ("3mf", "step"):
                assert (example.folder / "parts" / f"{one['name']}.{kind}").stat().st_size > 1000
    assert made == +wanted


def test_the_parts_list_counts_again(example: Example) -> None:
    with (example.folder / "bom.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    told: dict[str, Counter[str]] = {}
    for row in rows:
        told.setdefault(row["kind"], Counter())[row["item"]] += int(row["count"])
    parts = example.json("manifest.json")["recipe"]["parts"]
    assert told["print"] == Counter({name: part["count"] for name, part in parts.items()})
    screws: Counter[str] = Counter()
    for part in parts.values():
        for hardware in part["hardware"]:
            screws[hardware["what"]] += hardware["count"] * part["count"]
    assert told["hardware"] == screws
    # Two screws on each side of every panel, one where there is room for one hole only.
    panels = sum(2 if m.height_u == 0.5 else 4 for m in example.plan.modules)
    panels += sum(4 * getattr(m.spec, "braced", False) for m in example.plan.mounts)
    assert sum(n for what, n in screws.items() if what.startswith("rack screw")) == panels
    devices: Counter[str] = Counter()
    hats: Counter[str] = Counter()
    for item in example.plan.spec.items:
        devices.update({item.device: item.count} if item.device else {})
        if item.hat:
            hats.update({item.hat: item.count})
    assert told["device"] == devices
    assert told.get("hat", Counter()) == hats
    boards = Counter(board.name for board in example.plan.spec.power_boards)
    assert told.get("board", Counter()) == boards


def test_the_plan_written_is_the_plan_made(example: Example) -> None:
    assert example.json("plan.json") == json.loads(json.dumps(example.plan.as_dict()))


def test_the_elevation_is_to_scale(example: Example) -> None:
    drawing = ET.fromstring((example.folder / "elevation.svg").read_text("utf-8"))  # noqa: S314 - ours
    every = drawing.findall(f"{SVG}g")
    groups = [group for group in every if group.get("class") != "beside"]
    assert len(groups) == len(example.plan.modules)
    # The dark field is the opening: as high as the rack, and the panels lie in it.
    field = drawing.findall(f"{SVG}rect")[1].attrib
    floor = float(field["y"]) + float(field["height"])
    assert float(field["height"]) == pytest.approx(example.plan.height_u * U_MM, abs=0.05)
    for group, module in zip(groups, example.plan.modules, strict=True):
        title = group.findtext(f"{SVG}title") or ""
        assert title.startswith(f"{module.label}: ")
        panel = group.findall(f"{SVG}rect")[0].attrib
        low = floor - float(panel["y"]) - float(panel["height"])
        assert float(panel["height"]) == pytest.approx(module.height_u * U_MM - RELIEF_MM, abs=0.01)
        assert low == pytest.approx((module.at_u - 1) * U_MM + RELIEF_MM / 2, abs=0.06)
        assert panel["width"] == field["width"]
        holes = {r.attrib["y"] for r in group.findall(f"{SVG}rect")[1:]}
        assert len(holes) >= 1
    spoken = drawing.attrib["aria-label"]
    assert all(f"{m.label}: " in spoken for m in example.plan.mounts if m.device)


def test_what_stands_beside_the_rack_is_drawn_to_scale_on_its_floor(example: Example) -> None:
    drawing = ET.fromstring((example.folder / "elevation.svg").read_text("utf-8"))  # noqa: S314 - ours
    groups = [g for g in drawing.findall(f"{SVG}g") if g.get("class") == "beside"]
    rack = drawing.findall(f"{SVG}rect")[0].attrib
    right, floor = (float(rack[a]) + float(rack[b]) for a, b in (("x", "width"), ("y", "height")))
    left, low, wide, high = (float(v) for v in drawing.attrib["viewBox"].split())
    assert low + high == pytest.approx(floor, abs=0.06)
    told = example.json("plan.json")["beside"]
    for group, one in zip(groups, told, strict=True):
        box = {k: float(v) for k, v in group.findall(f"{SVG}rect")[0].attrib.items() if k in "xy"}
        size = [float(group.findall(f"{SVG}rect")[0].attrib[k]) for k in ("width", "height")]
        assert size == pytest.approx([one["size_mm"][0], one["size_mm"][2]], abs=0.06)
        assert box["x"] > right
        assert box["y"] + size[1] == pytest.approx(floor, abs=0.06)
        assert box["x"] + size[0] <= left + wide
        assert box["y"] >= low
        right = box["x"] + size[0]


def test_the_page_is_whole_and_needs_nothing_else(example: Example) -> None:
    text = (example.folder / "index.html").read_text(encoding="utf-8")
    page = Page(text)
    assert page.open == []
    assert len(list(page.all("h1"))) == 1
    assert next(page.all("html"))["lang"] == "en"
    assert "width=device-width" in str([m for m in page.all("meta") if m.get("name") == "viewport"])
    assert {name for name, _ in page.tags} & {"link", "iframe", "object", "form"} == set()
    drawn = example.name == "mini-rack"
    assert len(list(page.all("button"))) == (5 if drawn else 0)
    assert len(list(page.all("script"))) == (6 if drawn else 0)  # five scenes and their viewer
    text = re.sub(r"<script.*?</script>", "", text, flags=re.DOTALL)
    assert "http" not in text.replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert "url(" not in text
    assert "@import" not in text
    for image in page.all("img"):
        assert (image["alt"] or "").strip()
        assert (image["src"] or "").startswith("data:image/png;base64,")
    plates = len(example.json("manifest.json")["recipe"]["plates"])
    # Five modules together and from above, the same taken apart in the steps, and the plates.
    shown = 3 * 5 + plates if example.name == "mini-rack" else 0
    assert len(list(page.all("img"))) == shown + len(example.plan.boards)  # each with its drop
    ids = Counter(attrs["id"] for _, attrs in page.tags if "id" in attrs)
    for link in page.all("a"):
        where = link["href"] or "/nowhere"
        assert where[1:] in ids if where[0] == "#" else (example.folder / where).is_file(), link
    assert [name for name, times in ids.items() if times > 1] == []
    headings = [int(name[1]) for name, _ in page.tags if name in {"h1", "h2", "h3", "h4"}]
    assert headings[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(headings)), "no level is skipped"


def test_the_page_tells_every_module_and_every_warning(example: Example) -> None:
    told = " ".join(Page((example.folder / "index.html").read_text("utf-8")).text)
    for module in example.plan.mounts:
        assert module.label in told
    assert ("Beside the rack" in told) == bool(example.plan.beside)
    assert example.plan.spec.note  # where a builder did otherwise, it says why
    assert example.plan.spec.note in told
    for warning in example.warnings():
        assert warning in told
    assert ("Everything fits." in told) == (not example.warnings())


def numbers_of(value: Any) -> set[str]:
    """Return every number in plain data as a table tells it: also the shares, as per cent."""
    if isinstance(value, dict):
        return set().union(*map(numbers_of, value.values()))
    if isinstance(value, list):
        return set().union(*map(numbers_of, value))
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return set()
    return {f"{value:g}", f"{value * 100:g}", f"{round(value * 100, 1):g}"}


def test_every_figure_of_the_tables_stands_in_the_report_as_data(example: Example) -> None:
    data = example.json("report.json")
    assert data["plan"] == example.json("plan.json")
    assert {"rows": data["bom"], "total": data["total"]} == example.json("bom.json")
    text = (example.folder / "index.html").read_text(encoding="utf-8")
    told = re.findall(r'<td class="n"[^>]*>([^<]*)</td>', text)
    assert len(told) > 50
    assert set(told) - numbers_of(data) == set()


def test_the_steps_use_up_all_that_was_bought_and_name_every_module(example: Example) -> None:
    steps = example.json("report.json")["steps"]
    lines = [line for step in steps for line in step["does"]]
    used: Counter[str] = Counter()
    bought: Counter[str] = Counter()
    for row in example.json("bom.json")["rows"]:
        if row["kind"] == "hardware":
            bought[row["item"]] += row["count"]
    for line in lines:
        for what in bought:
            used[what] += sum(map(int, re.findall(rf"(\d+) × {re.escape(what)} \(", line)))
    assert used == bought
    titles = [step["title"] for step in steps]
    for mount in example.plan.mounts:
        if mount.device:
            assert f"Put {mount.label} together" in titles
    (hang,) = (step for step in steps if step["title"].startswith("Hang the modules"))
    units = [float(line.split(":")[0].removeprefix("Unit ")) for line in hang["does"]]
    assert units == sorted(units)
    assert len(units) == len(example.plan.modules)
    tried = [n for n, title in enumerate(titles) if title.endswith(" without nodes")]
    assert len(tried) == len(example.plan.boards)
    if tried:
        assert max(tried) < titles.index("Connect everything")
    assert titles[-1] == "Start it for the first time"
    assert all(f"Put in {i.power_board}" in lines for i in example.plan.spec.items if i.power_board)
    page = (example.folder / "index.html").read_text(encoding="utf-8")
    (section,) = re.findall(r'<section id="build-it">.*?</section>', page, re.DOTALL)
    assert [line for line in Page(section).text if line in titles] == titles
    assert [line for line in Page(section).text if line in lines] == lines


def test_every_part_in_pieces_has_a_step_and_every_piece_is_one_click_away(
    example: Example,
) -> None:
    assert_joined(example)


def test_what_the_builders_asked_for_stands_in_the_report(example: Example) -> None:
    words = " ".join(Page((example.folder / "index.html").read_text("utf-8")).text)
    ASKED[example.name](example.json("report.json"), words)


def test_warnings_are_said_and_written(example: Example) -> None:
    assert example.json("plan.json")["warnings"] == list(example.plan.warnings)
    said = [line for line in example.said.splitlines() if line.startswith("warning: ")]
    assert sorted(said) == sorted(f"warning: {warning}" for warning in example.warnings())


def test_every_board_of_the_examples_feeds_its_nodes(example: Example) -> None:
    for board in example.json("plan.json")["power_boards"]:
        assert board["fits"]
        assert board["robust"]
        assert board["cures"] == []
        assert board["problems"] == []
    assert [w for w in example.plan.warnings if "overload" in w] == []
