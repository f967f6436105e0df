"""The parts of a plan: each made once, however often it is needed, and seen with its device."""

from collections.abc import Callable
from dataclasses import dataclass

from catalog.load import Catalog
from catalog.models import Fact
from catalog.problems import CheckFailed, ToolMissing
from mounts.assembly import (
    STILL,
    Matrix,
    blocks_solid,
    device_blocks,
    moved,
    moved_mesh,
    overlap_mm3,
    sled_matrix,
)
from mounts.export import FORMATS, Format, Made, make, picture
from mounts.files.picture import DEVICE_COLOR, Actor
from mounts.mesh import from_manifold, manifold
from mounts.order import companions
from mounts.part import Part
from mounts.parts.frame import FrameSpec
from mounts.registry import PARTS
from rack.plan import Module, Plan

SLED_COLOR = (0.96, 0.72, 0.36)

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Print:
    """A part to print: its files and record, the spec it came from, and how many."""

    made: Made
    spec: Fact
    count: int


@dataclass(frozen=True)
class View:
    """A picture of a module with its devices; `None` where the system cannot draw."""

    module: Module
    prints: tuple[str, ...]
    png: bytes | None


def make_parts(plan: Plan, catalog: Catalog, tell: Tell) -> tuple[list[Print], list[View]]:
    """Make every part of a plan and check it against its device.

    Args:
        plan: the rack.
        catalog: facts.
        tell: called with one line for each step.

    Raises:
        CheckFailed: a part is not closed, not one body, or cuts into its device.
    """
    printer = catalog.printer(plan.spec.printer)
    material = catalog.material(plan.spec.material)
    wanted = _wanted(plan)
    formats: list[Format] = list(FORMATS)
    prints: list[Print] = []
    for number, (name, (family, spec, count)) in enumerate(wanted.items(), start=1):
        tell(f"part {number} of {len(wanted)}: {name}")
        part = _named(PARTS[family].build(spec), name)
        try:
            made = make(part, spec, printer, material, formats)
        except ToolMissing as missing:
            tell(f"note: no pictures: {missing}")
            formats.remove("png")
            made = make(part, spec, printer, material, formats)
        _check(made, spec)
        prints.append(Print(made, spec, count))
    draw = "png" in formats
    return prints, [_view(m, prints, draw) for m in plan.modules if m.family != "blank"]


def _wanted(plan: Plan) -> dict[str, tuple[str, Fact, int]]:
    """Return name -> (family, spec, count), equal specs counted together, names made unique."""
    found: dict[str, tuple[str, Fact, int]] = {}
    for module in plan.modules:
        sleds = module.count if module.family == "frame" else 1
        pieces = [(module.family, module.spec, 1)]
        pieces += [(family, spec, sleds) for family, spec in companions(module.spec)]
        for family, spec, count in pieces:
            name = _name(found, family, spec)
            already = found[name][2] if name in found else 0
            found[name] = (family, spec, already + count)
    return found


def _name(found: dict[str, tuple[str, Fact, int]], family: str, spec: Fact) -> str:
    base = PARTS[family].title(spec)
    name, number = base, 2
    while name in found and found[name][:2] != (family, spec):
        name, number = f"{base}-{number}", number + 1
    return name


def _named(part: Part, name: str) -> Part:
    from dataclasses import replace  # noqa: PLC0415 - only needed here

    return part if part.name == name else replace(part, name=name)


def _check(made: Made, spec: Fact) -> None:
    record = made.record
    if not record["closed"] or record["bodies"] != 1:
        text = f"{record['name']} is not one closed body; please report this with your rack.toml"
        raise CheckFailed(text)
    blocks = device_blocks(spec)
    if blocks and not isinstance(spec, FrameSpec):
        shared = overlap_mm3(manifold(made.mesh), blocks_solid(blocks))
        if shared:
            text = f"{record['name']} cuts {shared:.2f} mm³ into its device"
            raise CheckFailed(text)


def _view(module: Module, prints: list[Print], draw: bool) -> View:
    mine = [p for p in prints if p.spec == module.spec]
    mine += [p for _, s in companions(module.spec) for p in prints if p.spec == s]
    names = tuple(p.made.part.name for p in mine)
    return View(module, names, picture(_scene(module, mine)) if draw else None)


def _scene(module: Module, mine: list[Print]) -> list[Actor]:
    actors = [Actor(mine[0].made.mesh)]
    spec = module.spec
    if not isinstance(spec, FrameSpec):
        return [*actors, *_device(spec, STILL)]
    for index in range(spec.sleds):
        matrix = sled_matrix(spec, index)
        actors.append(Actor(moved_mesh(mine[1].made.mesh, matrix), SLED_COLOR))
        actors += _device(mine[1].spec, matrix)
    return actors


def _device(spec: Fact, matrix: Matrix) -> list[Actor]:
    blocks = device_blocks(spec)
    if not blocks:
        return []
    return [Actor(from_manifold(moved(blocks_solid(blocks), matrix)), DEVICE_COLOR)]
