"""The parts of a plan: each made once, however often it is needed, and seen with its device."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from catalog.load import Catalog
from catalog.models import Fact, Material, Printer, Rack
from catalog.problems import CheckFailed, ToolMissing
from mounts.assembly import blocks_solid, device_blocks, overlap_mm3
from mounts.export import FORMATS, Format, picture
from mounts.hardware import for_rack
from mounts.mesh import manifold
from mounts.parts.frame_spec import FrameSpec
from mounts.pieces import pieces
from mounts.plates.body import Body, bodies
from mounts.printing import sliced
from mounts.recipe import Recipe
from mounts.registry import PARTS
from mounts.slicer import find_slicer
from mounts.split.made import actors, make_fitting
from rack.mounted import Mounted
from rack.plan import Plan
from rack.studio import Shown, Studio
from rack.workers import workers

if TYPE_CHECKING:
    from mounts.mesh import Mesh

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Job:
    """One part to make: what a process of its own needs to know."""

    name: str
    family: str
    spec: Fact
    rack: Rack
    printer: Printer
    material: Material
    pictures: bool
    files: bool


@dataclass(frozen=True, eq=False)
class Done:
    """A part made: files by name, record, mesh, what it is printed as; why it has no picture."""

    files: dict[str, bytes]
    record: dict[str, Any]
    mesh: "Mesh"
    bodies: tuple[Body, ...]
    blind: str = ""


@dataclass(frozen=True, eq=False)
class Print:
    """A part to print: its files and record, spec, how many, and what it is printed as."""

    files: dict[str, bytes]
    record: dict[str, Any]
    spec: Fact
    count: int
    bodies: tuple[Body, ...]


@dataclass(frozen=True)
class View:
    """A module with its devices, to look at."""

    module: Mounted
    prints: tuple[str, ...]
    shown: Shown

    @property
    def png(self) -> bytes | None:
        """Its picture; `None` where the system cannot draw."""
        return self.shown.png


@dataclass(frozen=True)
class Way:
    """How parts are made: processes; with pictures or not; asking a slicer or not; only meshes."""

    jobs: int = 1
    pictures: bool = True
    slicing: bool = False
    files: bool = True


ALONE = Way()


def make_parts(
    plan: Plan, catalog: Catalog, tell: Tell, way: Way = ALONE
) -> tuple[list[Print], list[View]]:
    """Make every part of a plan and check it against its device.

    Args:
        plan: the rack.
        catalog: facts.
        tell: called with one line for each part that is ready.
        way: processes and pictures; changes no byte of any other file.

    Raises:
        CheckFailed: a part is not closed, not one body, or cuts into its device; the slicer failed.
        ToolMissing: a slicer is wanted and not installed.
    """
    if way.slicing:
        find_slicer()  # better said now than after minutes
    wanted, names = _wanted(plan)
    printer = catalog.printer(plan.spec.printer)
    material = catalog.material(plan.spec.material)
    jobs = [
        Job(name, family, spec, plan.rack, printer, material, way.pictures and way.files, way.files)
        for name, (family, spec, _) in wanted.items()
    ]
    modules = [
        (m, own) for m, own in zip(plan.mounts, names, strict=True) if m.device and way.files
    ]
    scenes = {own: m.spec for m, own in modules}
    prints: list[Print] = []
    with workers(min(way.jobs, len(jobs))) as submit:
        studio, blind = Studio(submit, scenes, pictures=way.pictures), ""
        for job, promise in [(job, submit(_make, job)) for job in jobs]:
            done: Done = promise.result()
            tell(f"part {len(prints) + 1} of {len(jobs)}: {job.name}")
            record = done.record
            if way.slicing:  # here and not in a worker, where ^C would leave the slicer running
                meshes = [one.mesh for one in done.bodies]
                record = sliced(record, meshes, printer, material)
            many = wanted[job.name][2]
            prints.append(Print(done.files, record, job.spec, many, done.bodies))
            if done.blind and not blind:
                tell(f"note: no pictures: {done.blind}")
            blind = blind or done.blind
            studio.take(job.name, job.spec, done.mesh)
        views = [View(m, own, studio.view(own)) for m, own in modules]
    return prints, views


def _wanted(
    plan: Plan,
) -> tuple[dict[str, tuple[str, Fact, int]], list[tuple[str, ...]]]:
    """Return name -> (family, spec, count), equal specs counted together; each mount's names."""
    found: dict[str, tuple[str, Fact, int]] = {}
    names: list[tuple[str, ...]] = []
    for mount in plan.mounts:
        own: list[str] = []
        for piece in pieces(mount.spec):
            name = _name(found, piece.family, piece.spec)
            already = found[name][2] if name in found else 0
            found[name] = (piece.family, piece.spec, already + piece.count)
            own.append(name)
        names.append(tuple(own))
    return found, names


def _name(found: dict[str, tuple[str, Fact, int]], family: str, spec: Fact) -> str:
    base = PARTS[family].title(spec)
    name, number = base, 2
    while name in found and found[name][:2] != (family, spec):
        name, number = f"{base}-{number}", number + 1
    return name


def _make(job: Job) -> Done:
    """Make one part: its files, its record, its mesh."""
    built = PARTS[job.family].build(job.spec)
    part = replace(built, name=job.name, hardware=for_rack(built.hardware, job.rack))
    formats: list[Format] = [one for one in FORMATS if one != "png" and job.files]
    made = make_fitting(Recipe(part, job.spec, job.printer, job.material), formats)
    _check(made.record, made.mesh, job.spec)
    files, blind = dict(made.files), ""
    if job.pictures:
        try:
            files[f"{job.name}.png"] = picture(actors(made))
        except ToolMissing as missing:
            blind = str(missing)
    return Done(files, made.record, made.mesh, bodies(made), blind)


def _check(record: dict[str, Any], mesh: "Mesh", spec: Fact) -> None:
    if not record["closed"] or record["bodies"] != 1:
        text = f"{record['name']} is not one closed body; please report this with your rack.toml"
        raise CheckFailed(text)
    blocks = device_blocks(spec)
    if blocks and not isinstance(spec, FrameSpec):
        shared = overlap_mm3(manifold(mesh), blocks_solid(blocks))
        if shared:
            text = f"{record['name']} cuts {shared:.2f} mm³ into its device"
            raise CheckFailed(text)
