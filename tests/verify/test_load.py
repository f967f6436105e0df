"""Every kind of file gives the same body; what is not whole is refused with a reason."""

import io
import json
import zipfile
from pathlib import Path

import lib3mf
import numpy as np
import pytest
from cadquery import Solid, Vector, exporters

from catalog.load import load_catalog
from catalog.problems import InputError
from mounts.bed import STAND, lying, turned
from mounts.exact import exact
from mounts.export import make
from mounts.files.step import step_text
from mounts.files.threemf import threemf_bytes
from mounts.mesh import Mesh
from mounts.recipe import Recipe, recipe_of
from mounts.verify.load import load
from mounts.verify.run import verify
from mounts.verify.subject import subject_of
from tests.verify.bodies import ascii_stl, binary_stl, box, ear_slots, good, limits, meshed, plate

PLATE = meshed(plate(254, 43.66, ear_slots(236.525, (5.955, 21.83, 37.705), 10.3, 7.0)))


def written(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("kind", ["ascii", "binary", "binary that begins with solid"])
def test_stl_of_any_kind(tmp_path: Path, kind: str) -> None:
    header = b"solid but binary" if "solid" in kind else b""
    data = ascii_stl(PLATE) if kind == "ascii" else binary_stl(PLATE, header)
    (subject,) = load(written(tmp_path, "plate.stl", data), "+y")
    assert subject.mesh.open_edges() == 0
    assert subject.mesh.volume_mm3() == pytest.approx(PLATE.volume_mm3(), rel=1e-6)
    assert verify(subject, limits()).findings == ()


def test_stl_in_inches_is_said_and_read(tmp_path: Path) -> None:
    small = Mesh(PLATE.vertices / 25.4, PLATE.triangles)
    (subject,) = load(written(tmp_path, "plate.stl", binary_stl(small)), "+y")
    report = verify(subject, limits())
    assert report.rules() == {"file.unit"}
    assert abs(report.read["hole_pitch_mm"] - 236.525) < 0.02


def test_stl_of_few_digits_is_welded(tmp_path: Path) -> None:
    rough = ascii_stl(PLATE).replace(b"vertex -127 ", b"vertex -127.0001 ", 7)
    (subject,) = load(written(tmp_path, "plate.stl", rough), "+y")
    assert subject.mesh.open_edges() == 0


def test_3mf_by_lib3mf_with_two_objects_and_a_transform(tmp_path: Path) -> None:
    wrapper = lib3mf.get_wrapper()
    model = wrapper.CreateModel()
    assert model is not None
    cube = meshed(box((0, 0, 0), (30, 40, 50)))
    for body, shift in ((PLATE, 0.0), (cube, 300.0)):
        thing = model.AddMeshObject()
        corners = [lib3mf.Position((*map(float, v),)) for v in body.vertices]
        faces = [lib3mf.Triangle((*map(int, t),)) for t in body.triangles]
        thing.SetGeometry(corners, faces)
        place = wrapper.GetTranslationTransform(shift, 0.0, 0.0)
        model.AddBuildItem(thing, place)
    path = tmp_path / "two.3mf"
    model.QueryWriter("3mf").WriteToFile(str(path))
    first, second = load(path, "+y")
    assert first.mesh.volume_mm3() == pytest.approx(PLATE.volume_mm3(), rel=1e-6)
    assert second.mesh.bounds_mm() == ((300, 0, 0), (330, 40, 50))
    assert verify(first, limits()).read["hole_pitch_mm"] == pytest.approx(236.525, abs=0.02)


def package(model: str, more: dict[str, str] | None = None) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in {"3D/3dmodel.model": model, **(more or {})}.items():
            file.writestr(name, text)
    return buffer.getvalue()


def model(resources: str, build: str, unit: str = "millimeter", head: str = "") -> str:
    core = "http://schemas.microsoft.com/3dmanufacturing/core/2015/02"
    production = "http://schemas.microsoft.com/3dmanufacturing/production/2015/06"
    return (
        f'<?xml version="1.0"?>{head}<model unit="{unit}" xmlns="{core}" xmlns:p="{production}">'
        f"<resources>{resources}</resources><build>{build}</build></model>"
    )


def tetrahedron(number: int) -> str:
    points = [(0, 0, 0), (1, 0, 0), (0, 1, 0), (0, 0, 1)]
    faces = [(0, 2, 1), (0, 1, 3), (1, 2, 3), (0, 3, 2)]
    corners = "".join(f'<vertex x="{x}" y="{y}" z="{z}"/>' for x, y, z in points)
    sides = "".join(f'<triangle v1="{a}" v2="{b}" v3="{c}"/>' for a, b, c in faces)
    return (
        f'<object id="{number}"><mesh><vertices>{corners}</vertices>'
        f"<triangles>{sides}</triangles></mesh></object>"
    )


def test_3mf_components_in_other_files_mirrored_and_in_inches(tmp_path: Path) -> None:
    pair = (
        '<object id="9"><components>'
        '<component objectid="1" p:path="/3D/other.model"/>'
        '<component objectid="1" p:path="/3D/other.model" '
        'transform="-1 0 0 0 1 0 0 0 1 -3 0 0"/></components></object>'
    )
    item = '<item objectid="9" transform="2 0 0 0 2 0 0 0 2 0 0 5"/>'
    other = {"3D/other.model": model(tetrahedron(1), "")}
    data = package(model(pair, item, "inch"), other)
    (subject,) = load(written(tmp_path, "pair.3mf", data))
    # Two tetrahedra of 1/6, twice as large each way, in inches; mirroring keeps them outwards.
    assert subject.mesh.volume_mm3() == pytest.approx(2 * 8 / 6 * 25.4**3)
    low, high = subject.mesh.bounds_mm()
    assert low == pytest.approx((-8 * 25.4, 0, 5 * 25.4))
    assert high == pytest.approx((2 * 25.4, 2 * 25.4, 7 * 25.4))


BAD = {
    "no zip": b"PK but not really",
    "no model": package("").replace(b"3dmodel.model", b"3dmodel.xodel"),
    "cut short": package(model(tetrahedron(1), '<item objectid="1"/>')[:-40]),
    "entities": package(
        model(tetrahedron(1), '<item objectid="1"/>', head='<!DOCTYPE m [<!ENTITY a "b">]>')
    ),
    "bomb": package(model(" " * 8_000_000, "")),
    "object not there": package(model("", '<item objectid="5"/>')),
    "object in itself": package(
        model(
            '<object id="1"><components><component objectid="1"/></components></object>',
            '<item objectid="1"/>',
        )
    ),
    "triangle out of range": package(
        model(tetrahedron(1).replace('v1="1"', 'v1="77"'), '<item objectid="1"/>')
    ),
    "garbled number": package(
        model(tetrahedron(1).replace('x="1"', 'x="one"'), '<item objectid="1"/>')
    ),
    "not a number": package(
        model(tetrahedron(1).replace('x="1"', 'x="nan"'), '<item objectid="1"/>')
    ),
    "bad transform": package(model(tetrahedron(1), '<item objectid="1" transform="1 0 0"/>')),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_3mf_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError):
        load(written(tmp_path, "bad.3mf", BAD[name]))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.stl", b""),
        ("short.stl", binary_stl(PLATE)[:-10]),
        ("none.stl", bytes(80) + bytes(4)),
        ("words.stl", b"solid a\nvertex 1 2 x\nvertex 1 2 3\nvertex 3 2 1\nendsolid"),
        ("nan.stl", binary_stl(Mesh(PLATE.vertices * np.nan, PLATE.triangles))),
        ("text.step", b"this is no STEP file"),
        ("drawing.dxf", b"0"),
    ],
)
def test_bad_file_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    with pytest.raises(InputError):
        load(written(tmp_path, name, content))


def test_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        load(tmp_path / "nothing.stl")


def test_step_by_cadquery(tmp_path: Path) -> None:
    body = Solid.makeBox(40, 30, 20).cut(Solid.makeCylinder(5, 40, Vector(20, 15, -5)))
    path = tmp_path / "block.step"
    exporters.export(body, str(path))
    (subject,) = load(path)
    assert subject.mesh.open_edges() == 0
    exact = 40 * 30 * 20 - np.pi * 25 * 20
    assert subject.mesh.volume_mm3() == pytest.approx(exact, rel=2e-3)
    assert verify(subject, limits()).findings == ()


def test_our_step_is_checked_with_what_its_recipe_says(tmp_path: Path) -> None:
    """As is the part itself; a recipe with another body is no help, and that is said."""
    part, spec, _ = good("sled")
    recipe = recipe_of(part, spec, limits().printer, limits().material)
    text = step_text(exact(part), part.name, recipe)
    (subject,) = load(written(tmp_path, "sled.step", text.encode()))
    assert (subject.spec, subject.up) == (spec, part.up)
    assert subject.made_for is not None
    assert subject.made_for.material == limits().material
    report = verify(subject, limits())
    assert report.findings == ()
    assert report.checked == verify(subject_of(part, spec), limits()).checked
    other = step_text(Solid.makeBox(40, 30, 20), "box", recipe)
    (strange,) = load(written(tmp_path, "box.step", other.encode()))
    assert strange.spec is None
    assert any("not what its recipe makes" in note for note in strange.notes)


@pytest.mark.parametrize("turn", [0.0, 90.0, 45.0, 35.0])
def test_our_3mf_comes_back_into_its_own_frame(tmp_path: Path, turn: float) -> None:
    part, spec, mesh = good("tray")
    on_bed = turned(lying(mesh, part.up), turn)
    recipe = recipe_of(part, spec, limits().printer, limits().material)
    data = threemf_bytes([(part.name, on_bed)], recipe)
    (subject,) = load(written(tmp_path, f"{part.name}.3mf", data))
    assert subject.spec == spec
    assert subject.rack is not None
    rows = np.array(subject.rack, dtype=float)
    there = subject.mesh.vertices @ rows[:, :3].T + rows[:, 3]
    low, high = mesh.bounds_mm()
    assert there.min(axis=0) == pytest.approx(low, abs=1e-3)
    assert there.max(axis=0) == pytest.approx(high, abs=1e-3)
    assert np.linalg.det(rows[:, :3]) == pytest.approx(1)
    assert STAND["+z"][0] == (1, 0, 0, 0)
    assert verify(subject, limits()).findings == ()


def test_a_recipe_that_does_not_fit_its_body_is_not_believed(tmp_path: Path) -> None:
    part, spec, _ = good("tray")
    cube = meshed(box((0, 0, 0), (30, 40, 50)))
    for recipe in (
        recipe_of(part, spec, limits().printer, limits().material),
        {"part": "tray", "spec": {"nonsense": 1}},
        {"part": "nobody", "spec": {}},
        {"part": ["tray"]},
    ):
        data = threemf_bytes([("cube", cube)], json.loads(json.dumps(recipe)))
        (subject,) = load(written(tmp_path, "cube.3mf", data))
        assert subject.spec is None
        assert any("stranger" in note for note in subject.notes)


def test_exported_stl_and_3mf_say_the_same(tmp_path: Path) -> None:
    part, spec, _ = good("shelf")
    catalog = load_catalog()
    of = Recipe(part, spec, catalog.printer("bambu-a1"), catalog.material("petg"))
    made = make(of, ("stl", "3mf"))
    reports = [
        verify(load(written(tmp_path, name, data))[0], limits())
        for name, data in sorted(made.files.items())
    ]
    assert [r.findings for r in reports] == [(), ()]
    panel = {k: v for k, v in reports[0].read.items() if "panel" in k or "hole" in k}
    assert panel == {k: reports[1].read[k] for k in panel}
    assert panel["hole_pitch_mm"] == pytest.approx(236.525, abs=0.001)
