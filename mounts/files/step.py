"""STEP (ISO 10303-21), with the header's clock and the kernel's counters taken out."""

# The CAD kernel (OCP) is compiled and has no stubs:
# pyright: reportAttributeAccessIssue=false

import errno
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mounts.files.step_recipe import with_recipe

if TYPE_CHECKING:
    from cadquery import Shape

END = "END-ISO-10303-21;"
TIME = "1980-01-01T00:00:00"
_FILE_NAME = re.compile(r"FILE_NAME\((?:[^'()]|'(?:[^']|'')*'|\([^()]*\))*\);", re.DOTALL)
# The kernel names a product after itself and counts the files of a process.
_COUNTED_NAME = re.compile(r"'(?:Product|Open CASCADE STEP translator [\d.]+) \d+'")


def step_text(shape: "Shape", name: str, recipe: Mapping[str, Any] | None = None) -> str:
    """Return the shape as STEP AP214 text in millimetres, under the given product name.

    The recipe, if any, goes into the header's description.

    The shape goes to the work session directly, past `Transfer`, which CadQuery calls: that first
    compares every hole of a face with every other, which takes a minute on a plate of 1 300 holes.
    What it does besides is done here: cones and cylinders whose axes run left-handed are turned,
    because STEP has no such surfaces and the kernel leaves them out.

    Raises:
        ValueError: the kernel did not write the shape, or not all of its faces.
        OSError: the disk took only a part of it.
    """
    from OCP.IFSelect import IFSelect_ReturnStatus  # noqa: PLC0415 - loads the CAD kernel
    from OCP.ShapeCustom import ShapeCustom  # noqa: PLC0415 - loads the CAD kernel

    direct = ShapeCustom.DirectFaces_s(shape.wrapped)
    writer = _writer()
    session = writer.WS()
    session.TransferWriter().SetTransferMode(0)  # as it is: a solid stays a solid
    if session.TransferWriteShape(direct) != IFSelect_ReturnStatus.IFSelect_RetDone:
        raise ValueError("the CAD kernel did not take the shape into a STEP file")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "part.step"
        writer.Write(str(path))
        text = path.read_text(encoding="utf-8")
    if not text.rstrip().endswith(END):  # the kernel does not say so
        raise OSError(errno.ENOSPC, "only a part of it was written", "part.step")
    if text.count("ADVANCED_FACE(") != len(shape.Faces()):
        raise ValueError("the CAD kernel left faces out of the STEP file")
    header = f"FILE_NAME('{name}.step','{TIME}',(''),(''),'Open CASCADE','Rackpress','');"
    text, times = _FILE_NAME.subn(header, text, count=1)
    if times != 1:
        raise ValueError("the STEP header has no FILE_NAME")
    text, times = _COUNTED_NAME.subn(f"'{name}'", text)
    if not times:
        raise ValueError("the STEP file's product has no name of the kernel's")
    return text if recipe is None else with_recipe(text, recipe)


def _writer() -> Any:
    """Return a STEP writer that leaves out the curves on surfaces, which follow from the rest.

    They are two thirds of a file. A writer's model learns of that setting from `Transfer` alone,
    here of nothing at all; but from then on whoever shares its controller compares all holes. So
    the one that learns and the one that writes have controllers of their own.
    """
    from OCP.Interface import Interface_Static  # noqa: PLC0415 - loads the CAD kernel
    from OCP.STEPControl import (  # noqa: PLC0415 - loads the CAD kernel
        STEPControl_Controller,
        STEPControl_StepModelType,
        STEPControl_Writer,
    )
    from OCP.TopoDS import TopoDS_Shape  # noqa: PLC0415 - loads the CAD kernel

    learner, writer = STEPControl_Writer(), STEPControl_Writer()
    for one in (learner, writer):
        one.WS().SetController(STEPControl_Controller())
    Interface_Static.SetIVal_s("write.surfacecurve.mode", 0)
    learner.Transfer(TopoDS_Shape(), STEPControl_StepModelType.STEPControl_AsIs)
    writer.WS().SetModel(learner.Model(False))
    return writer
