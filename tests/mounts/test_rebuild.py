"""A file of ours makes itself again; what is no such file is refused with a reason."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from catalog.load import load_catalog
from catalog.problems import InputError
from cli.main import main
from mounts.export import make
from mounts.files.step_recipe import step_recipe
from mounts.files.threemf import threemf_bytes
from mounts.order import spec_for
from mounts.rebuild import rebuild
from mounts.recipe import Recipe, recipe_of
from mounts.registry import PARTS
from mounts.samples import SAMPLES
from tests.verify.bodies import box, meshed


@pytest.mark.parametrize("name", [sample.name for sample in SAMPLES])
def test_every_sample_makes_its_3mf_again(tmp_path: Path, name: str) -> None:
    catalog = load_catalog()
    order = next(sample.order for sample in SAMPLES if sample.name == name)
    spec = spec_for(order, catalog)
    part = PARTS[order.part].build(spec)
    printer, material = catalog.printer("prusa-mini"), catalog.material("asa")  # turns many parts
    files = make(Recipe(part, spec, printer, material), ("3mf",)).files
    ((file, data),) = files.items()
    path = tmp_path / "renamed.3mf"
    path.write_bytes(data)
    found = rebuild(path)
    assert (found.name, found.data, found.same) == (file, data, True)


def test_a_step_makes_itself_again_and_a_reader_still_reads_it(tmp_path: Path) -> None:
    from cadquery import importers  # noqa: PLC0415 - heavy

    catalog = load_catalog()
    spec = spec_for(next(s.order for s in SAMPLES if s.name == "shelf"), catalog)
    part = PARTS["shelf"].build(spec)
    printer, material = catalog.printer("bambu-a1"), catalog.material("petg")
    made = make(Recipe(part, spec, printer, material), ("step",))
    path = tmp_path / "a.step"
    path.write_bytes(made.files[f"{part.name}.step"])
    text = path.read_text(encoding="utf-8")
    wanted = recipe_of(part, spec, printer, material)
    assert json.loads(step_recipe(text) or "") == json.loads(json.dumps(wanted))
    assert text.isascii()
    head = text.partition("ENDSEC;")[0]
    assert max(map(len, head.splitlines())) < 256
    body = importers.importStep(str(path)).val()
    assert body.Volume() == pytest.approx(made.mesh.volume_mm3(), rel=1e-3)  # type: ignore[union-attr]
    assert rebuild(path).same


def test_quotes_backslashes_and_other_letters_survive_a_step_header() -> None:
    from cadquery import Solid  # noqa: PLC0415 - heavy

    from mounts.files.step import step_text  # noqa: PLC0415 - heavy

    recipe = {"note": "it's 5″ \\ 3 'µm' " * 40}
    text = step_text(Solid.makeBox(1, 1, 1), "box", recipe)
    assert json.loads(step_recipe(text) or "") == recipe
    assert step_recipe(step_text(Solid.makeBox(1, 1, 1), "box")) is None


def changed(data: bytes) -> bytes:
    """Move one corner of a 3MF."""
    old, new = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as package:
        for entry in old.infolist():
            text = old.read(entry)
            package.writestr(entry.filename, text.replace(b'z="0"', b'z="-0.5"', 1))
    return new.getvalue()


def test_the_command_writes_and_tells_a_changed_file_by_its_exit_code(tmp_path: Path) -> None:
    catalog = load_catalog()
    spec = spec_for(next(s.order for s in SAMPLES if s.name == "blank"), catalog)
    part = PARTS["blank"].build(spec)
    of = Recipe(part, spec, catalog.printer("bambu-a1"), catalog.material("petg"))
    data = make(of, ("3mf",))
    good = data.files[f"{part.name}.3mf"]
    (tmp_path / "x.3mf").write_bytes(good)
    (tmp_path / "y.3mf").write_bytes(changed(good))
    command = ["rebuild", str(tmp_path / "x.3mf"), "-o", str(tmp_path / "again"), "--json"]
    run = CliRunner().invoke(main, command)
    assert run.exit_code == 0, run.output
    assert (tmp_path / "again" / f"{part.name}.3mf").read_bytes() == good
    assert CliRunner().invoke(main, ["rebuild", str(tmp_path / "y.3mf")]).exit_code == 1


BAD: dict[str, tuple[object, str]] = {
    "another's": ({"maker": "someone"}, "names no part"),
    "a list": (["tray"], "no record"),
    "a name that leaves the folder": ({"part": "blank", "name": "../x", "spec": {}}, "usable name"),
    "no spec": ({"part": "blank", "name": "x"}, "has no spec"),
    "a spec that does not hold": ({"part": "blank", "name": "x", "spec": {"w": 1}}, "w"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_recipe_that_does_not_hold_is_refused(tmp_path: Path, name: str) -> None:
    recipe, said = BAD[name]
    cube = meshed(box((0, 0, 0), (30, 40, 50)))
    path = tmp_path / "bad.3mf"
    path.write_bytes(threemf_bytes([("cube", cube)], recipe))  # type: ignore[arg-type]
    with pytest.raises(InputError, match=said):
        rebuild(path)


@pytest.mark.parametrize("name", ["a.stl", "b", "c.3mf", "d.step"])
def test_what_carries_no_recipe_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"nothing")
    with pytest.raises(InputError):
        rebuild(tmp_path / name)
    with pytest.raises(InputError):
        rebuild(tmp_path / f"missing-{name}")
