"""Files made to break a reader: each refused, none of them large to hold or long to read.

    python -m tests.verify.hostile FOLDER

reads all files of a folder and prints what was said of each, and the most memory that it took.
"""

import io
import json
import resource
import struct
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

from catalog.problems import InputError
from mounts.verify.load import load

HEAD = '<?xml version="1.0"?>'
CORE = "http://schemas.microsoft.com/3dmanufacturing/core/2015/02"
MESH = (
    '<mesh><vertices><vertex x="0" y="0" z="0"/><vertex x="9" y="0" z="0"/>'
    '<vertex x="0" y="9" z="0"/><vertex x="0" y="0" z="9"/></vertices><triangles>'
    '<triangle v1="0" v2="2" v3="1"/><triangle v1="0" v2="1" v3="3"/>'
    '<triangle v1="1" v2="2" v3="3"/><triangle v1="0" v2="3" v3="2"/></triangles></mesh>'
)
SECONDS = 60  # of processor, for all of them: what hangs is ended


def package(model: str | bytes, how: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A 3MF of one model file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", how) as file:
        file.writestr("3D/3dmodel.model", model)
    return buffer.getvalue()


def model(resources: str, items: str = '<item objectid="1"/>', more: str = "") -> str:
    """A model with what is in its resources and in its build."""
    return (
        f'{HEAD}<model unit="millimeter" xmlns="{CORE}">{more}'
        f"<resources>{resources}</resources><build>{items}</build></model>"
    )


def one(inner: str = MESH, number: int = 1) -> str:
    """An object."""
    return f'<object id="{number}">{inner}</object>'


def parts(*numbers: int) -> str:
    """The components of an object."""
    every = "".join(f'<component objectid="{number}"/>' for number in numbers)
    return f"<components>{every}</components>"


def doubling() -> str:
    """Sixteen objects, each made of ten of the next one: 10^15 in the end."""
    each = [one(parts(*[n + 1] * 10), n) for n in range(1, 16)]
    return model("".join([*each, one("", 16)]))


def laughs() -> str:
    """An entity that grows tenfold nine times."""
    rows = "".join(f'<!ENTITY a{n + 1} "{10 * "&a{};".format(n)}">' for n in range(9))  # noqa: UP032
    return f'{HEAD}<!DOCTYPE m [<!ENTITY a0 "ha">{rows}]><model>&a9;</model>'


def flipped(data: bytes, at: int) -> bytes:
    """The same bytes with some in the middle turned over."""
    return data[:at] + bytes(255 - b for b in data[at : at + 8]) + data[at + 8 :]


def lying(data: bytes) -> bytes:
    """A zip that says of its entry that it unpacks to a few bytes only."""
    entry = data.rfind(b"PK\x01\x02")
    return data[: entry + 24] + struct.pack("<I", 64) + data[entry + 28 :]


STL = bytes(80)
FACET = struct.pack("<12fH", *([0.0] * 12), 0)


def files() -> Iterator[tuple[str, bytes]]:
    """Every file with its name."""
    yield "billion.stl", STL + struct.pack("<I", 10**9) + FACET * 3
    yield "less.stl", STL + struct.pack("<I", 2) + FACET * 3
    yield "cut.stl", STL + struct.pack("<I", 3) + FACET * 2 + FACET[:20]
    yield "header.stl", STL[:40]
    yield "far.stl", STL + struct.pack("<I", 1) + struct.pack("<12fH", *([1e30] * 12), 0)
    yield "spaces.stl", b"solid " + b" " * 5_000_000
    yield "corners.stl", b"solid a\n" + b"vertex 0 0 0\n" * 3_000_003
    yield "picture.stl", b"\x89PNG\r\n\x1a\n" + bytes(4000)
    yield "zip.stl", package(model(one()))
    yield "stl.3mf", STL + struct.pack("<I", 2) + FACET * 2
    yield "bomb.3mf", package(model(" " * 30_000_000))
    yield "pressed.3mf", package(model(" " * 5_000_000), zipfile.ZIP_LZMA)
    yield "lying.3mf", lying(package(model(" " * 9_000_000)))
    yield "entities.3mf", package(laughs())
    outside = f'{HEAD}<!DOCTYPE m [<!ENTITY x SYSTEM "file:///etc/hosts">]><model>&x;</model>'
    yield "outside.3mf", package(outside)
    yield "doubling.3mf", package(doubling())
    yield "circle.3mf", package(model(one(parts(1, 1))))
    yield "items.3mf", package(model(one(), '<item objectid="1"/>' * 50_000), zipfile.ZIP_STORED)
    yield "many.3mf", package(model("".join(one("", n) for n in range(20_000))))
    yield "huge-number.3mf", package(model(one(MESH.replace('v1="1"', 'v1="' + "9" * 400 + '"'))))
    yield "wide.3mf", package(model(one(MESH.replace('x="9"', 'x="1e300"'))))
    far = "1e200 " * 12
    yield "moved.3mf", package(model(one(), f'<item objectid="1" transform="{far}"/>'))
    name = "a" * 20_000_000
    yield "tag.3mf", package(model(f'<object id="1" name="{name}"/>'), zipfile.ZIP_STORED)
    yield "deep.3mf", package(model("<a>" * 200_000))
    brackets = "[" * 3_000_000
    long = f'<metadata name="rackpress:recipe">{brackets}</metadata>'
    yield "recipe.3mf", package(model(one(), more=long), zipfile.ZIP_STORED)
    yield "bytes.3mf", package(b"\xff\xfe" + bytes(3000))
    yield "garbled.3mf", flipped(package(model(one() + one(MESH, 2))), 120)
    yield "short.3mf", package(model(one()))[:200]
    yield "empty.3mf", b""
    yield "words.step", b"ISO-10303-21;\nHEADER;\n" + b"#1=(" * 100_000
    yield "short.step", b"ISO-10303-21;\nHEADER;\nENDSEC;\nDATA;\n#1=CARTESIAN_POINT('',(0.,0.,"
    yield "picture.step", b"\x89PNG\r\n\x1a\n" + bytes(4000)
    yield "drawing.dxf", b"0"


GUARDS = {  # which guard is meant, so that no other hides it
    "billion.stl": "1000000000 triangles",
    "corners.stl": "too many",
    "bomb.3mf": "bomb",
    "lying.3mf": "unpacked",
    "entities.3mf": "document type",
    "outside.3mf": "document type",
    "doubling.3mf": "more than 10000 objects",
    "circle.3mf": "too deep",
    "items.3mf": "more than 10000 of item",
    "many.3mf": "more than 10000 of object",
    "tag.3mf": "a tag of more than 4 MB",
    "recipe.3mf": "letters of rackpress:recipe",
    "garbled.3mf": "unpacked",
    "short.step": "last line",
}


def said(path: Path) -> str:
    """What is said of a file, or nothing if it was read."""
    try:
        load(path)
    except InputError as error:
        return str(error)
    return ""


def main() -> None:
    """Read every file of a folder, print what was said and the most memory taken, MB."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    found = {path.name: said(path) for path in sorted(Path(sys.argv[1]).iterdir())}
    print(json.dumps({"said": found, "mb": most_mb()}))


def most_mb() -> float:
    """The most memory this process has had; `getrusage` counts its parent's as well."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1000


if __name__ == "__main__":
    main()
