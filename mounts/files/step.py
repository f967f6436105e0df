"""STEP (ISO 10303-21), with the header's clock and the kernel's counters taken out."""

import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cadquery import Shape

TIME = "1980-01-01T00:00:00"
_FILE_NAME = re.compile(r"FILE_NAME\((?:[^'()]|'(?:[^']|'')*'|\([^()]*\))*\);", re.DOTALL)
_COUNTED_NAME = re.compile(r"'Open CASCADE STEP translator [\d.]+ \d+'")  # counts the process's files


def step_text(shape: "Shape", name: str) -> str:
    """Return the shape as STEP AP214 text in millimetres, under the given product name."""
    from cadquery import exporters  # noqa: PLC0415 - loads the CAD kernel

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "part.step"
        exporters.export(
            shape, str(path), exporters.ExportTypes.STEP, opt={"write_pcurves": False}
        )
        text = path.read_text(encoding="utf-8")
    header = f"FILE_NAME('{name}.step','{TIME}',(''),(''),'Open CASCADE','Rackpress','');"
    text, times = _FILE_NAME.subn(header, text, count=1)
    if times != 1:
        raise ValueError("the STEP header has no FILE_NAME")
    return _COUNTED_NAME.sub(f"'{name}'", text)
