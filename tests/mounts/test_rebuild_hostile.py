"""What is made to break `rackpress rebuild` is refused with its name, in bounded memory."""

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.verify.hostile import files, model, one, package

ROOT = Path(__file__).parents[2]
# What the CAD kernel maps, twice over; a bomb that is unpacked takes more.
MOST_BYTES = 3_000_000_000
BOUND = f"""
import json, resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
resource.setrlimit(resource.RLIMIT_AS, ({MOST_BYTES}, {MOST_BYTES}))
from click.testing import CliRunner
from cli.main import main
home, out = Path(sys.argv[1]), sys.argv[2]
def tried(path):
    run = CliRunner().invoke(main, ["rebuild", str(path), "-o", out])
    return run.exit_code, run.stderr, run.stdout
print(json.dumps({{path.name: tried(path) for path in sorted(home.iterdir())}}))
"""


def with_recipe(recipe: str) -> bytes:
    """A sound 3MF with a recipe; the recipe needs no escape in XML."""
    return package(
        model(one(), more=f'<metadata name="rackpress:recipe">{recipe}</metadata>'),
        zipfile.ZIP_STORED,
    )


def zipped(names: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in names.items():
            file.writestr(name, data)
    return buffer.getvalue()


def more_files() -> Iterator[tuple[str, bytes]]:
    """Yield what is aimed at the recipe and at the names in the zip."""
    yield "no-zip.3mf", b"words " * 1000
    yield "no-recipe.3mf", package(model(one()))
    yield "long.3mf", with_recipe('"' + "a" * 10_000_000 + '"')
    yield "nested.3mf", with_recipe("[" * 400_000)
    yield "list.3mf", with_recipe("[1, 2]")
    yield "digits.3mf", with_recipe('{"piece": ' + "9" * 500_000 + "}")
    yield "leaving.3mf", zipped({"../../../tmp/evil.model": model(one())})
    yield "absolute.3mf", zipped({"/3D/3dmodel.model": model(one()), "/etc/x": "x"})
    yield "bomb-beside.3mf", zipped({"3D/3dmodel.model": model(one()), "x.png": bytes(90_000_000)})
    yield "plate.3mf", with_recipe('{"name": "plate-1/../../x", "items": [], "parts": []}')
    yield (
        "many.3mf",
        with_recipe('{"name": "plate-1", "parts": [], "items": [' + "0," * 99_999 + "0]}"),
    )
    yield "spec.3mf", with_recipe('{"name": "a", "part": "tray", "spec": {"x": 1e999}}')
    yield "name.3mf", with_recipe('{"name": "../../x", "part": "shelf", "spec": {}}')


@pytest.mark.skipif(sys.platform != "linux", reason="limits as Linux has them")
def test_each_is_refused_with_2_and_nothing_is_written(tmp_path: Path) -> None:
    home, out = tmp_path / "in", tmp_path / "out"
    home.mkdir()
    made = dict([*files(), *more_files()])
    made = {name: data for name, data in made.items() if name.endswith(".3mf")}
    for name, data in made.items():
        (home / name).write_bytes(data)
    run = subprocess.run(
        [sys.executable, "-c", BOUND, str(home), str(out)],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stderr[-2000:]
    told = json.loads(run.stdout)
    assert set(told) == set(made)
    for name, (code, said, data) in told.items():
        assert code == 2, (name, said[-500:])
        assert f"error: {home / name}" in said, (name, said[:300])
        assert len(said) < 5_000, name
        assert data == "", name
    assert [path.name for path in tmp_path.iterdir()] == ["in"]
