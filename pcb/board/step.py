"""Writes prisms as a STEP file (ISO 10303-21, AP214): flat faces, a colour for each body.

Every face is a polygon, so a body is a `FACETED_BREP`; all points, directions and colours stand
in the file once. It has no date, and is the same each time.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from pcb.board.bodies import RGB, Prism

Spot = tuple[float, float, float]


class _Lines:
    """The numbered lines of the file; a line that is there already is not written again."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.known: dict[str, int] = {}

    def add(self, line: str) -> str:
        if line not in self.known:
            self.known[line] = len(self.text) + 1
            self.text.append(line)
        return f"#{self.known[line]}"

    def point(self, spot: Spot) -> str:
        return self.add(f"CARTESIAN_POINT('',{_numbers(spot)})")

    def way(self, vector: Spot) -> str:
        return self.add(f"DIRECTION('',{_numbers(vector)})")


def step(name: str, prisms: Iterable[Prism]) -> bytes:
    """Return the STEP file of a part."""
    lines = _Lines()
    context = _context(lines)
    solids = [(_solid(lines, one), one.colour) for one in prisms]
    frame = _frame(lines, (0, 0, 0), (0, 0, 1), (1, 0, 0))
    items = ",".join([frame, *(solid for solid, _ in solids)])
    drawn = lines.add(f"FACETED_BREP_SHAPE_REPRESENTATION('{name}',({items}),{context})")
    _product(lines, name, drawn)
    styled = [_styled(lines, solid, colour) for solid, colour in solids]
    lines.add(
        "MECHANICAL_DESIGN_GEOMETRIC_PRESENTATION_REPRESENTATION"
        f"('',({','.join(styled)}),{context})"
    )
    body = "\n".join(f"#{number}={line};" for number, line in enumerate(lines.text, start=1))
    return (
        "ISO-10303-21;\nHEADER;\n"
        f"FILE_DESCRIPTION(('{name}'),'2;1');\n"
        f"FILE_NAME('{name}.step','1980-01-01T00:00:00',(''),(''),'Rackpress','Rackpress','');\n"
        "FILE_SCHEMA(('AUTOMOTIVE_DESIGN { 1 0 10303 214 1 1 1 1 }'));\nENDSEC;\nDATA;\n"
        f"{body}\nENDSEC;\nEND-ISO-10303-21;\n"
    ).encode()


def corners(one: Prism) -> tuple[list[Spot], list[Spot]]:
    """Return the corners of a prism's two ends, both in the outline's order."""

    def spot(u: float, v: float, along: float) -> Spot:
        return {"z": (u, v, along), "y": (u, along, v), "x": (along, u, v)}[one.axis]

    return (
        [spot(*point, one.start) for point in one.outline],
        [spot(*point, one.end) for point in one.outline],
    )


def faces_of(one: Prism) -> list[list[Spot]]:
    """Return the flat faces of a prism, each turning left as seen from outside."""
    start, end = corners(one)
    count = len(start)
    sides = [[start[i], start[(i + 1) % count], end[(i + 1) % count], end[i]] for i in range(count)]
    faces = [start[::-1], end, *sides]
    return [face[::-1] for face in faces] if _volume(faces) < 0 else faces


def _solid(lines: _Lines, one: Prism) -> str:
    shell = ",".join(_face(lines, face) for face in faces_of(one))
    closed = lines.add(f"CLOSED_SHELL('',({shell}))")
    return lines.add(f"FACETED_BREP('',{closed})")


def _face(lines: _Lines, face: Sequence[Spot]) -> str:
    loop = lines.add(f"POLY_LOOP('',({','.join(map(lines.point, face))}))")
    bound = lines.add(f"FACE_OUTER_BOUND('',{loop},.T.)")
    normal, first = normal_of(face), _unit(_less(face[1], face[0]))
    plane = lines.add(f"PLANE('',{_frame(lines, face[0], normal, first)})")
    return lines.add(f"FACE_SURFACE('',({bound}),{plane},.T.)")


def normal_of(face: Sequence[Spot]) -> Spot:
    """Return the unit vector out of a flat polygon (Newell's sum, right-handed)."""
    x = y = z = 0.0
    for a, b in zip(face, [*face[1:], face[0]], strict=True):
        x += (a[1] - b[1]) * (a[2] + b[2])
        y += (a[2] - b[2]) * (a[0] + b[0])
        z += (a[0] - b[0]) * (a[1] + b[1])
    return _unit((x, y, z))


def _volume(faces: Sequence[Sequence[Spot]]) -> float:
    """Return six times the volume inside faces that look outwards; less than 0 if inwards."""
    total = 0.0
    for face in faces:
        a = face[0]
        for b, c in pairwise(face):
            total += a[0] * (b[1] * c[2] - b[2] * c[1]) - a[1] * (b[0] * c[2] - b[2] * c[0])
            total += a[2] * (b[0] * c[1] - b[1] * c[0])
    return total


def _less(a: Spot, b: Spot) -> Spot:
    return a[0] - b[0], a[1] - b[1], a[2] - b[2]


def _unit(a: Spot) -> Spot:
    long = (a[0] ** 2 + a[1] ** 2 + a[2] ** 2) ** 0.5
    return a[0] / long, a[1] / long, a[2] / long


def _frame(lines: _Lines, origin: Spot, up: Spot, first: Spot) -> str:
    point, axis, ref = lines.point(origin), lines.way(up), lines.way(first)
    return lines.add(f"AXIS2_PLACEMENT_3D('',{point},{axis},{ref})")


def _context(lines: _Lines) -> str:
    mm = lines.add("(LENGTH_UNIT()NAMED_UNIT(*)SI_UNIT(.MILLI.,.METRE.))")
    radian = lines.add("(NAMED_UNIT(*)PLANE_ANGLE_UNIT()SI_UNIT($,.RADIAN.))")
    space = lines.add("(NAMED_UNIT(*)SI_UNIT($,.STERADIAN.)SOLID_ANGLE_UNIT())")
    dust = lines.add(
        f"UNCERTAINTY_MEASURE_WITH_UNIT(LENGTH_MEASURE(1.E-5),{mm},'distance_accuracy_value','')"
    )
    return lines.add(
        "(GEOMETRIC_REPRESENTATION_CONTEXT(3)"
        f"GLOBAL_UNCERTAINTY_ASSIGNED_CONTEXT(({dust}))"
        f"GLOBAL_UNIT_ASSIGNED_CONTEXT(({mm},{radian},{space}))"
        "REPRESENTATION_CONTEXT('',''))"
    )


def _product(lines: _Lines, name: str, drawn: str) -> None:
    """Say that the drawn bodies are the shape of one product: readers look for products."""
    app = lines.add("APPLICATION_CONTEXT('automotive_design')")
    lines.add(
        f"APPLICATION_PROTOCOL_DEFINITION('international standard','automotive_design',2000,{app})"
    )
    kind = lines.add(f"PRODUCT_CONTEXT('',{app},'mechanical')")
    product = lines.add(f"PRODUCT('{name}','{name}','',({kind}))")
    lines.add(f"PRODUCT_RELATED_PRODUCT_CATEGORY('part',$,({product}))")
    made = lines.add(f"PRODUCT_DEFINITION_FORMATION('','',{product})")
    stage = lines.add(f"PRODUCT_DEFINITION_CONTEXT('part definition',{app},'design')")
    definition = lines.add(f"PRODUCT_DEFINITION('design','',{made},{stage})")
    shape = lines.add(f"PRODUCT_DEFINITION_SHAPE('','',{definition})")
    lines.add(f"SHAPE_DEFINITION_REPRESENTATION({shape},{drawn})")


def _styled(lines: _Lines, solid: str, colour: RGB) -> str:
    rgb = lines.add(f"COLOUR_RGB('',{','.join(map(_number, colour))})")
    fill = lines.add(f"FILL_AREA_STYLE_COLOUR('',{rgb})")
    filled = lines.add(f"FILL_AREA_STYLE('',({fill}))")
    area = lines.add(f"SURFACE_STYLE_FILL_AREA({filled})")
    side = lines.add(f"SURFACE_SIDE_STYLE('',({area}))")
    usage = lines.add(f"SURFACE_STYLE_USAGE(.BOTH.,{side})")
    style = lines.add(f"PRESENTATION_STYLE_ASSIGNMENT(({usage}))")
    return lines.add(f"STYLED_ITEM('',({style}),{solid})")


def _numbers(values: Sequence[float]) -> str:
    return f"({','.join(map(_number, values))})"


def _number(value: float) -> str:
    """Return a real as STEP wants it: with a point, to a tenth of a micrometre, no minus zero."""
    return f"{round(value, 7) + 0.0:.7f}".rstrip("0")
