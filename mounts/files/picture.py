"""Pictures of meshes without a screen: VTK on its software renderer (EGL).

Feature edges are drawn over softly lit faces, as a drawing office would; the mesh is pictured, not
the B-rep, because that is four times faster.
"""

import importlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from catalog.problems import ToolMissing

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from mounts.mesh import Mesh

Color = tuple[float, float, float]

PART_COLOR: Color = (0.36, 0.62, 0.80)
DEVICE_COLOR: Color = (0.85, 0.80, 0.68)
EDGE_COLOR: Color = (0.08, 0.12, 0.16)
PAPER: Color = (1.0, 1.0, 1.0)
FEATURE_ANGLE_DEG = 25.0
MARGIN = 1.08
# From where and how strong: fronts are what people look at, and tops are lighter still.
LIGHTS = (((-0.9, -1.35, 2.0), 0.9), ((2.0, -0.9, 0.4), 0.4), ((0.6, 1.4, -0.3), 0.3))
WIDTH_PX = 1120
FROM_THE_FRONT = (-0.55, -1.0, 0.62)
FROM_BEHIND = (0.65, 0.8, 0.7)
MISSING = (
    "pictures need OpenGL without a screen: install the Debian packages libegl1, libgl1 and "
    "libgl1-mesa-dri, or build with --no-pictures"
)


@dataclass(frozen=True)
class Actor:
    """A mesh in a picture."""

    mesh: "Mesh"
    color: Color = PART_COLOR
    opacity: float = 1.0


def write_png(
    path: Path,
    actors: Sequence[Actor],
    size: tuple[int, int] | None = None,
    toward: tuple[float, float, float] = FROM_THE_FRONT,
    width: int = WIDTH_PX,
) -> None:
    """Write a picture seen from the direction `toward`, the whole scene in view.

    Args:
        path: PNG file to write.
        actors: what to show.
        size: pixels; `width` wide and as high as the scene needs if left out.
        toward: from the scene to the eye, rack frame.
        width: pixels.

    Raises:
        ToolMissing: the system has no OpenGL that works without a screen.
    """
    pixels = size or _size_for(actors, toward, width)
    window = open_window(pixels)
    window.AddRenderer(shown(actors, toward, pixels))
    save(window, path)


def open_window(size: tuple[int, int]) -> Any:
    """Return a window without a screen, so many pixels wide and high.

    Raises:
        ToolMissing: the system has no OpenGL that works without a screen.
    """
    os.environ.setdefault("VTK_DEFAULT_OPENGL_WINDOW", "vtkEGLRenderWindow")
    try:
        from vtkmodules.vtkRenderingCore import vtkRenderWindow  # noqa: PLC0415 - heavy

        importlib.import_module("vtkmodules.vtkRenderingOpenGL2")  # registers the renderer
        window = vtkRenderWindow()
    except (ImportError, RuntimeError) as error:
        raise ToolMissing(MISSING) from error
    window.SetOffScreenRendering(True)
    window.SetMultiSamples(0)
    window.SetSize(*size)
    return window


def shown(
    actors: Sequence[Actor], toward: tuple[float, float, float], size: tuple[int, int]
) -> Any:
    """Return a renderer that shows a scene, filling so many pixels."""
    renderer = _renderer()
    for actor in actors:
        for prop in _props(actor):
            renderer.AddActor(prop)
    _aim(renderer, actors, toward, size)
    return renderer


def _renderer() -> Any:
    from vtkmodules.vtkRenderingCore import vtkLight, vtkRenderer  # noqa: PLC0415 - heavy

    renderer = vtkRenderer()
    renderer.SetBackground(*PAPER)
    renderer.SetUseFXAA(True)
    renderer.RemoveAllLights()
    renderer.AutomaticLightCreationOff()
    for position, strength in LIGHTS:
        light = vtkLight()
        light.SetLightTypeToSceneLight()
        light.SetPosition(*position)
        light.SetFocalPoint(0, 0, 0)
        light.SetIntensity(strength)
        renderer.AddLight(light)
    return renderer


def _props(actor: Actor) -> list[Any]:
    from vtkmodules.vtkFiltersCore import vtkFeatureEdges, vtkPolyDataNormals  # noqa: PLC0415
    from vtkmodules.vtkRenderingCore import vtkActor, vtkPolyDataMapper  # noqa: PLC0415

    data = _polydata(actor.mesh)
    normals = vtkPolyDataNormals()
    normals.SetInputData(data)
    normals.SetFeatureAngle(FEATURE_ANGLE_DEG)
    faces = vtkPolyDataMapper()
    faces.SetInputConnection(normals.GetOutputPort())
    faces.SetResolveCoincidentTopologyToPolygonOffset()
    body = vtkActor()
    body.SetMapper(faces)
    look = body.GetProperty()
    look.SetColor(*actor.color)
    look.SetAmbient(0.3)
    look.SetDiffuse(0.75)
    look.SetSpecular(0.08)
    look.SetOpacity(actor.opacity)

    sharp = vtkFeatureEdges()
    sharp.SetInputData(data)
    sharp.BoundaryEdgesOff()
    sharp.NonManifoldEdgesOff()
    sharp.SetFeatureAngle(FEATURE_ANGLE_DEG)
    sharp.ColoringOff()
    lines = vtkPolyDataMapper()
    lines.SetInputConnection(sharp.GetOutputPort())
    lines.ScalarVisibilityOff()
    edges = vtkActor()
    edges.SetMapper(lines)
    edges.GetProperty().SetColor(*EDGE_COLOR)
    edges.GetProperty().SetLineWidth(1.2)
    edges.GetProperty().SetOpacity(min(1.0, actor.opacity + 0.2))
    return [body, edges]


def _polydata(mesh: "Mesh") -> Any:
    import numpy as np  # noqa: PLC0415 - heavy
    from vtkmodules.util.numpy_support import (  # noqa: PLC0415 - heavy
        numpy_to_vtk,
        numpy_to_vtkIdTypeArray,
    )
    from vtkmodules.vtkCommonCore import vtkPoints  # noqa: PLC0415 - heavy
    from vtkmodules.vtkCommonDataModel import vtkCellArray, vtkPolyData  # noqa: PLC0415 - heavy

    points = vtkPoints()
    points.SetData(numpy_to_vtk(np.ascontiguousarray(mesh.vertices), deep=True))
    cells = vtkCellArray()
    count = len(mesh.triangles)
    offsets = numpy_to_vtkIdTypeArray(np.arange(0, 3 * count + 1, 3, dtype=np.int64), deep=True)
    ids = numpy_to_vtkIdTypeArray(np.ascontiguousarray(mesh.triangles.ravel()), deep=True)
    cells.SetData(offsets, ids)
    data = vtkPolyData()
    data.SetPoints(points)
    data.SetPolys(cells)
    return data


def _axes(toward: tuple[float, float, float]) -> "NDArray[np.float64]":
    """Return right, up and back of a picture as columns, rack frame."""
    import numpy as np  # noqa: PLC0415 - heavy

    back = np.array(toward) / np.linalg.norm(toward)
    right = np.cross((0.0, 0.0, 1.0), back)
    right /= np.linalg.norm(right)
    return np.stack([right, np.cross(back, right), back], axis=1)


def _extent(
    actors: Sequence[Actor], axes: "NDArray[np.float64]"
) -> "tuple[NDArray[np.float64], NDArray[np.float64]]":
    """Return the lowest and the highest corner of a scene along a picture's axes, mm."""
    import numpy as np  # noqa: PLC0415 - heavy

    flat = np.concatenate([actor.mesh.vertices for actor in actors]) @ axes
    return flat.min(axis=0), flat.max(axis=0)


def _size_for(
    actors: Sequence[Actor], toward: tuple[float, float, float], width: int
) -> tuple[int, int]:
    """Return a size without empty paper above and below the scene, px."""
    low, high = _extent(actors, _axes(toward))
    tall = width * (high[1] - low[1]) / (high[0] - low[0])
    return width, round(min(max(tall + width * (1 - 1 / MARGIN), width / 4), width))


def _aim(
    renderer: Any,
    actors: Sequence[Actor],
    toward: tuple[float, float, float],
    size: tuple[int, int],
) -> None:
    """Point a parallel camera so that the scene fills the picture with an even margin."""
    axes = _axes(toward)
    low, high = _extent(actors, axes)
    focus, back = axes @ ((low + high) / 2), axes[:, 2]
    width, height = size
    span = max(high[1] - low[1], (high[0] - low[0]) * height / width)
    depth = float(high[2] - low[2])
    camera = renderer.GetActiveCamera()
    camera.ParallelProjectionOn()
    camera.SetFocalPoint(*focus)
    camera.SetPosition(*(focus + back * (depth + 10)))
    camera.SetViewUp(0, 0, 1)
    camera.SetParallelScale(float(span) / 2 * MARGIN)
    renderer.ResetCameraClippingRange()


def save(window: Any, path: Path) -> None:
    """Write what a window shows as PNG, and close it."""
    from vtkmodules.vtkIOImage import vtkPNGWriter  # noqa: PLC0415 - heavy
    from vtkmodules.vtkRenderingCore import vtkWindowToImageFilter  # noqa: PLC0415 - heavy

    window.Render()
    grab = vtkWindowToImageFilter()
    grab.SetInput(window)
    grab.ReadFrontBufferOff()
    writer = vtkPNGWriter()
    writer.SetFileName(str(path))
    writer.SetCompressionLevel(3)
    writer.SetInputConnection(grab.GetOutputPort())
    writer.Write()
    window.Finalize()
