"""A scene for the offline viewer of vtk.js: arrays as base64 in one zipped JSON.

The viewer synchronises a tree of vtk.js instances with such a state: every instance has an id and
properties, calls say how instances hang together, arrays are named by a hash and stand in `hashes`.
"""

import base64
import hashlib
import io
import json
import zipfile
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from mounts.files.glb import Node

if TYPE_CHECKING:
    from mounts.mesh import Mesh

EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest that a ZIP can hold
BACKGROUND = (0.957, 0.965, 0.973)
VIEW = (-0.75, -1.25, 0.75)  # where the eye stands: in front, to the left and above, as in pictures
FAR = 3.2  # radii of the scene between eye and middle

Record = dict[str, Any]


def web_scene(nodes: Sequence[Node]) -> bytes:
    """Return a scene as the viewer's `.vtksz`.

    Args:
        nodes: what is in it, mm, rack frame; at least one.
    """
    hashes: dict[str, Record] = {}
    actors = [_actor(i, node, hashes) for i, node in enumerate(nodes)]
    renderer: Record = {
        "parent": "window",
        "id": "renderer",
        "type": "vtkRenderer",
        "properties": {
            "background": [*BACKGROUND],
            "viewport": [0.0, 0.0, 1.0, 1.0],
            "twoSidedLighting": 1,
            "lightFollowCamera": 1,
            "layer": 0,
            "interactive": 1,
        },
        "dependencies": [_camera(nodes), *actors],
        "calls": [
            ["setActiveCamera", [_wrapped("camera")]],
            *(["addViewProp", [_wrapped(actor["id"])]] for actor in actors),
        ],
    }
    scene: Record = {
        "parent": "0x0",
        "id": "window",
        "type": "vtkRenderWindow",
        "properties": {"numberOfLayers": 1},
        "dependencies": [renderer],
        "calls": [["addRenderer", [_wrapped("renderer")]]],
        "mtime": 1,
    }
    text = json.dumps({"hashes": hashes, "scene": scene}, separators=(",", ":"), sort_keys=True)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        entry = zipfile.ZipInfo("index.json", EPOCH)
        entry.compress_type = zipfile.ZIP_DEFLATED
        archive.writestr(entry, text, compresslevel=9)
    return packed.getvalue()


def _actor(number: int, node: Node, hashes: dict[str, Record]) -> Record:
    own, mapper, look = f"actor-{number}", f"mapper-{number}", f"look-{number}"
    color = [float(part) for part in node.color]
    data: Record = {
        "parent": mapper,
        "id": f"data-{number}",
        "type": "vtkPolyData",
        "properties": {**_arrays(node.mesh, hashes), "fields": []},
    }
    return {
        "parent": "renderer",
        "id": own,
        "type": "vtkActor",
        "properties": {"visibility": 1, "pickable": 0},
        "calls": [["setMapper", [_wrapped(mapper)]], ["setProperty", [_wrapped(look)]]],
        "dependencies": [
            {
                "parent": own,
                "id": mapper,
                "type": "vtkMapper",
                "properties": {"scalarVisibility": 0},
                "calls": [["setInputData", [_wrapped(data["id"])]]],
                "dependencies": [data],
            },
            {
                "parent": own,
                "id": look,
                "type": "vtkProperty",
                "properties": {
                    "representation": 2,
                    "color": color,
                    "diffuseColor": color,
                    "ambientColor": color,
                    "ambient": 0.25,
                    "diffuse": 0.75,
                    "interpolation": 0,
                    "opacity": float(node.opacity),
                    "lighting": 1,
                },
            },
        ],
    }


def _arrays(mesh: "Mesh", hashes: dict[str, Record]) -> Record:
    import numpy as np  # noqa: PLC0415 - heavy

    points = mesh.vertices.astype("<f4")
    faces = np.empty((len(mesh.triangles), 4), "<i4")
    faces[:, 0] = 3
    faces[:, 1:] = mesh.triangles
    return {
        "points": _array(points.tobytes(), "vtkPoints", "Float32Array", (points.size, 3), hashes),
        "polys": _array(faces.tobytes(), "vtkCellArray", "Int32Array", (faces.size, 1), hashes),
    }


def _array(
    data: bytes, kind: str, number: str, shape: tuple[int, int], hashes: dict[str, Record]
) -> Record:
    name = hashlib.sha256(data).hexdigest()[:32]
    content = base64.b64encode(data).decode()
    hashes[name] = {"hash": name, "vtk": kind, "type": number, "content": content}
    return {
        "hash": name,
        "vtkClass": kind,
        "dataType": number,
        "numberOfComponents": shape[1],
        "size": shape[0],
    }


def _camera(nodes: Sequence[Node]) -> Record:
    import numpy as np  # noqa: PLC0415 - heavy

    ends = np.array([node.mesh.bounds_mm() for node in nodes])
    low, high = ends[:, 0].min(axis=0), ends[:, 1].max(axis=0)
    middle, radius = (low + high) / 2, float(np.linalg.norm(high - low)) / 2
    way = np.array(VIEW) / np.linalg.norm(VIEW)
    return {
        "parent": "renderer",
        "id": "camera",
        "type": "vtkCamera",
        "properties": {
            "focalPoint": [round(float(v), 3) for v in middle],
            "position": [round(float(v), 3) for v in middle + FAR * radius * way],
            "viewUp": [0.0, 0.0, 1.0],
            "viewAngle": 30.0,
            "clippingRange": [radius * (FAR - 2), radius * (FAR + 2)],
        },
    }


def _wrapped(name: str) -> str:
    return f"instance:${{{name}}}"
