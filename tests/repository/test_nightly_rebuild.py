"""The nightly rebuild passes over nothing: a changed file is told, and so is a stranger's."""

import json
from pathlib import Path

import pytest

from catalog.load import load_catalog
from mounts.export import make
from mounts.order import Order, spec_for
from mounts.recipe import Recipe
from mounts.registry import PARTS
from tests.scripts import script

ROOT = Path(__file__).parent.parent.parent


def test_it_tells_what_does_not_come_out_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    catalog = load_catalog()
    spec = spec_for(Order("blank", "10in", height_u=0.5), catalog)
    part = PARTS["blank"].build(spec)
    of = Recipe(part, spec, catalog.printer("bambu-a1"), catalog.material("petg"))
    files = make(of, ("3mf", "step")).files
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    run = script("nightly_rebuild").run
    good = run([tmp_path])
    assert (good["3mf"], good["step"], good.get("failed", 0)) == (1, 1, 0)
    step = tmp_path / f"{part.name}.step"
    step.write_bytes(step.read_bytes().replace(b"CARTESIAN_POINT", b"CARTESIAN_POINT ", 1))
    (tmp_path / "other.3mf").write_bytes(files[f"{part.name}.3mf"])
    (tmp_path / "stranger.3mf").write_bytes(b"no package")
    capsys.readouterr()
    assert run([tmp_path])["failed"] == 3
    told = {
        one["file"]: one["said"]
        for one in map(json.loads, capsys.readouterr().out.split("\n")[:-1])
    }
    assert "not the same bytes" in told[step.name]
    assert "calls itself" in told["other.3mf"]
    assert set(told) == {step.name, "other.3mf", "stranger.3mf"}


def test_every_example_is_made_again() -> None:
    assert len(list(script("nightly_rebuild").EXAMPLES.glob("*.toml"))) == 4
