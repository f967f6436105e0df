"""3MF core format: one named object per part, metadata, the same bytes every time.

CadQuery's own 3MF leaves every edge open, and lib3mf adds random ids; tests read what is written
here back through lib3mf. Specification: 3MF Core Specification 1.3, sections 3 and 4.
"""

import io
import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from mounts.mesh import Mesh

CORE = "http://schemas.microsoft.com/3dmanufacturing/core/2015/02"
RACKPRESS = "https://rackpress.invalid/2026/recipe"
EPOCH = (1980, 1, 1, 0, 0, 0)  # the oldest time a zip can hold: no clock in the file

CONTENT_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="model" '
    'ContentType="application/vnd.ms-package.3dmanufacturing-3dmodel+xml"/>'
    "</Types>\n"
)
RELATIONSHIPS = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Target="/3D/3dmodel.model" Id="rel0" '
    'Type="http://schemas.microsoft.com/3dmanufacturing/2013/01/3dmodel"/>'
    "</Relationships>\n"
)


# A transform, section 3.3: three rows and the shift, mm; points are rows and stand before it.
Placing = tuple[float, float, float, float, float, float, float, float, float, float, float, float]


def threemf_bytes(
    objects: Sequence[tuple[str, "Mesh"]],
    recipe: Mapping[str, Any],
    items: Sequence[tuple[int, Placing]] = (),
) -> bytes:
    """Return a 3MF package.

    Args:
        objects: name and mesh of each part, mm, already lying as it is to be printed.
        recipe: what made the parts; kept as JSON in the metadata.
        items: number of an object, from 0, and where a copy of it goes; each as it lies if empty.
    """
    files = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": RELATIONSHIPS,
        "3D/3dmodel.model": _model(objects, recipe, items),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
        for name, text in files.items():  # the content types come first by convention
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(info, text.encode())
    return buffer.getvalue()


def _calibrated(recipe: Mapping[str, Any]) -> list[str]:
    """Return the calibration's name as metadata of its own, if the parts were drawn for one."""
    if "calibration" not in recipe:
        return []
    name = escape(str(recipe["calibration"]))
    return [f'<metadata name="rackpress:calibration" preserve="1">{name}</metadata>']


def _model(
    objects: Sequence[tuple[str, "Mesh"]],
    recipe: Mapping[str, Any],
    items: Sequence[tuple[int, Placing]],
) -> str:
    note = escape(json.dumps(recipe, sort_keys=True, ensure_ascii=False))
    title = escape(", ".join(name for name, _ in objects))
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<model unit="millimeter" xml:lang="en-US" xmlns="{CORE}" xmlns:rackpress="{RACKPRESS}">',
        f'<metadata name="Title">{title}</metadata>',
        '<metadata name="Application">Rackpress</metadata>',
        f'<metadata name="rackpress:recipe" preserve="1">{note}</metadata>',
        *_calibrated(recipe),
        "<resources>",
    ]
    for number, (name, mesh) in enumerate(objects, start=1):
        lines.append(f'<object id="{number}" type="model" name={quoteattr(name)}><mesh><vertices>')
        lines.extend(
            f'<vertex x="{x:.9g}" y="{y:.9g}" z="{z:.9g}"/>' for x, y, z in _rows(mesh.vertices)
        )
        lines.append("</vertices><triangles>")
        lines.extend(f'<triangle v1="{a}" v2="{b}" v3="{c}"/>' for a, b, c in _rows(mesh.triangles))
        lines.append("</triangles></mesh></object>")
    lines.append("</resources><build>")
    if not items:
        lines.extend(f'<item objectid="{number}"/>' for number in range(1, len(objects) + 1))
    for number, placing in items:
        transform = " ".join(f"{value:.9g}" for value in placing)
        lines.append(f'<item objectid="{number + 1}" transform="{transform}"/>')
    lines.append("</build></model>\n")
    return "\n".join(lines)


def _rows(table: "NDArray[Any]") -> Iterator[tuple[Any, Any, Any]]:
    """Yield the rows of a table, (n, 3).

    Not as a list of lists: so many make the garbage collector go through the CAD kernel's objects.
    """
    flat = iter(table.ravel().tolist())
    return zip(flat, flat, flat, strict=True)
