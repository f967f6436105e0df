"""The fab pack: everything to order a board, from KiCad's exports and our own tables."""

import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

from catalog.files import write_all
from catalog.problems import CheckFailed, InputError
from pcb.board.layout import Layout
from pcb.board.place import lay_out
from pcb.fab.bom import bom
from pcb.fab.exports import exports
from pcb.fab.position import on_surface, positions, surface_bom
from pcb.fab.reread import differences
from pcb.fab.shops import Shop, finest_mm, shortfalls
from pcb.files import changed_by_hand, digest, foreign
from pcb.kicad import KiCad
from pcb.model import circuit
from pcb.page.parts import parts_html
from pcb.spec import BoardSpec

EPOCH = (1980, 1, 1, 0, 0, 0)
NOT_OURS = "the drill files are not those of the board as Rackpress makes it"
MANIFEST = "manifest.json"
GERBER = "gerber/"
BARE = (
    """All parts are through-hole: the shop makes the bare board, no stencil, no position file."""
)
ON_SURFACE = """\
Parts of the surface: {count}, all on the upper side. Order the bare board and a stencil for that
side, or let the shop fit them: it wants {name}-positions.csv and
{name}-bom-surface.csv, and shows them on a picture; hold that against
{name}-top.png before you pay, above all contact 1 of each U, Q and D."""
POSITIONS, SURFACE_BOM = "{}-positions.csv", "{}-bom-surface.csv"
PLACED = (
    (POSITIONS, "where a machine puts the parts of the surface"),
    (SURFACE_BOM, "which parts those are, as its shop wants them"),
)


TOLD = (
    (GERBER, "Gerber X2 and Excellon drill files, as in the archive"),
    ("{}.d356", "nets for the shop's electrical test (IPC-D-356)"),
    ("{}-bom.csv", "parts to buy, with maker's numbers and what fits instead"),
    ("{}-parts.html", "page to solder by: pick a part and see where it goes"),
    ("{}-schematic.pdf", "schematic"),
    ("{}-assembly.pdf", "where each part goes"),
    ("{}.step", "bare board; its upper left corner is at 0, 0, y up"),
    ("{}-top.png", "what it looks like; the other picture: from below"),
    (MANIFEST, "sha256 of every file"),
)


def pack(
    kicad: KiCad, spec: BoardSpec, project: Mapping[str, bytes], shop: Shop
) -> dict[str, bytes]:
    """Return the files of a fab pack by name; the same board gives the same bytes.

    Args:
        kicad: KiCad's programs.
        spec: the board.
        project: its whole project, pours filled and proved.
        shop: whose limits and order form count.

    Raises:
        CheckFailed: the shop does not make such a board, or what KiCad wrote is not the board.
    """
    made, name = circuit(spec), spec.title
    layout = lay_out(made)
    short = shortfalls(shop, layout, spec.copper_oz)
    if short:
        raise CheckFailed("\n".join(short))
    placed = on_surface(layout)
    files = exports(kicad, project, name, layout.size, paste=bool(placed))
    wrong = differences(files, name, layout)
    if wrong:
        raise CheckFailed("\n".join([NOT_OURS, *wrong]))
    gerbers = {p.removeprefix(GERBER): d for p, d in files.items() if p.startswith(GERBER)}
    files[f"{name}-{shop.id}.zip"] = _zip(gerbers)
    files[f"{name}-bom.csv"] = bom(made)
    files[f"{name}-parts.html"] = parts_html(made, layout).encode("utf-8")
    if placed:
        files[POSITIONS.format(name)] = positions(made, layout)
        files[SURFACE_BOM.format(name)] = surface_bom(made, layout)
    files["README.txt"] = _readme(spec, layout, shop).encode("utf-8")
    files[MANIFEST] = _manifest(name, shop, files)
    return files


def write_pack(folder: Path, files: Mapping[str, bytes], *, overwrite: bool = False) -> list[Path]:
    """Write a fab pack into a folder and return the paths.

    Raises:
        InputError: a file there was changed by hand, or the folder cannot be written.
    """
    record = folder / MANIFEST
    known = _known(record.read_bytes()) if record.is_file() else {}
    listed = {name: data for name, data in files.items() if name != MANIFEST}
    changed = foreign(folder, listed, known)
    changed += [MANIFEST] if record.is_file() and not known else []
    if changed and not overwrite:
        raise InputError(*(changed_by_hand(folder / name) for name in changed))
    return write_all(folder, files)


def _known(record: bytes) -> dict[str, str]:
    """Return the digests in a manifest of ours; of somebody else's, none."""
    try:
        listed = json.loads(record)["files"]
    except (ValueError, TypeError, KeyError):
        return {}
    return {str(name): str(sum256) for name, sum256 in listed.items()}


def _zip(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name, EPOCH), files[name], zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _manifest(name: str, shop: Shop, files: Mapping[str, bytes]) -> bytes:
    sums = {path: digest(data) for path, data in files.items()}
    record = {"name": name, "fab": shop.id, "files": sums}
    return (json.dumps(record, indent=2, sort_keys=True) + "\n").encode("utf-8")


def _readme(spec: BoardSpec, layout: Layout, shop: Shop) -> str:
    """Return what to order, what each file is, and what to check when the boards come."""
    name = spec.title
    parts = "\n".join(f"  {line}" for line in shop.order)
    wide, placed = len(name) + 16, on_surface(layout)
    listed = (*TOLD, *PLACED) if placed else TOLD
    told = "\n".join(f"  {file.format(name):{wide}}{what}" for file, what in listed)
    soldered = ON_SURFACE.format(count=len(placed), name=name) if placed else BARE
    return f"""{name}, revision {spec.revision}: order at {shop.name}

Upload {name}-{shop.id}.zip and choose:
  Layers: 2
  Dimensions: {layout.size[0]:g} x {layout.size[1]:g} mm
  Outer copper weight: {spec.copper_oz} oz
  Tracks and gaps: {finest_mm(layout):g} mm or more; smallest hole 0.5 mm
{parts}

{soldered}

Files
{told}

When the boards come, before parts go in: no two rails and no rail and GND may be joined.
"""
