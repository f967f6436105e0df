"""STEP files: small, whole, and the same however often one is written, whoever wrote before."""

import re
from pathlib import Path

import pytest

from mounts.exact import exact
from mounts.files.step import step_text
from mounts.order import spec_for
from mounts.registry import PARTS
from mounts.samples import of_family
from tests.mounts import kit


@pytest.mark.parametrize("family", ["blank", "coupon", "tray"])
def test_a_file_reads_back_as_the_very_same_solid(family: str, tmp_path: Path) -> None:
    from cadquery import importers  # noqa: PLC0415 - heavy

    part = PARTS[family].build(spec_for(of_family(family)[0].order, kit.catalog()))
    true = exact(part)
    text = step_text(true, part.name)
    path = tmp_path / "part.step"
    path.write_text(text, encoding="utf-8")
    (read,) = importers.importStep(str(path)).vals()
    assert read.isValid()
    assert len(read.Solids()) == 1
    assert read.Volume() == pytest.approx(true.Volume(), rel=1e-9)
    assert read.Area() == pytest.approx(true.Area(), rel=1e-9)
    assert len(read.Faces()) == len(true.Faces())
    assert re.findall(r"PRODUCT\('([^']*)'", text) == [part.name]


def test_curves_on_surfaces_are_left_out_whoever_wrote_a_file_before(tmp_path: Path) -> None:
    from cadquery import exporters, func  # noqa: PLC0415 - heavy

    part = PARTS["wall"].build(spec_for(of_family("wall")[0].order, kit.catalog()))
    true = exact(part)
    text = step_text(true, "wall")
    assert "PCURVE" not in text
    exporters.export(func.box(1, 1, 1), str(tmp_path / "box.step"))  # CadQuery has other settings
    assert step_text(true, "wall") == text
