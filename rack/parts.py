"""The parts of a plan: each made once, however often it is needed, and seen with its device."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from catalog.load import Catalog
from catalog.models import Fact, Material, Printer
from catalog.problems import CheckFailed, ToolMissing
from mounts.assembly import (
    STILL,
    Matrix,
    blocks_solid,
    device_blocks,
    frame_matrices,
    moved,
    moved_mesh,
    overlap_mm3,
    sled_matrix,
)
from mounts.export import FORMATS, Format, make, picture
from mounts.files.picture import DEVICE_COLOR, Actor
from mounts.mesh import from_manifold, manifold
from mounts.order import companions
from mounts.parts.frame_spec import FrameSpec
from mounts.pieces import pieces
from mounts.registry import PARTS
from rack.mounted import Mounted
from rack.plan import Plan
from rack.workers import Promise, Submit, workers

if TYPE_CHECKING:
    from mounts.mesh import Mesh

SLED_COLOR = (0.96, 0.72, 0.36)

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Job:
    """One part to make: what a process of its own needs to know."""

    name: str
    family: str
    spec: Fact
    printer: Printer
    material: Material
    pictures: bool


@dataclass(frozen=True, eq=False)
class Done:
    """A part made: files by name, record, mesh; and why it has no picture, if so."""

    files: dict[str, bytes]
    record: dict[str, Any]
    mesh: "Mesh"
    blind: str = ""


@dataclass(frozen=True, eq=False)
class Print:
    """A part to print: its files and record, the spec it came from, and how many."""

    files: dict[str, bytes]
    record: dict[str, Any]
    spec: Fact
    count: int


@dataclass(frozen=True)
class View:
    """A picture of a module with its devices; `None` where the system cannot draw."""

    module: Mounted
    prints: tuple[str, ...]
    png: bytes | None


@dataclass(frozen=True)
class Way:
    """How parts are made: in how many processes, and with pictures or without."""

    jobs: int = 1
    pictures: bool = True


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
        CheckFailed: a part is not closed, not one body, or cuts into its device.
    """
    wanted, names = _wanted(plan)
    printer = catalog.printer(plan.spec.printer)
    material = catalog.material(plan.spec.material)
    jobs = [
        Job(name, family, spec, printer, material, way.pictures)
        for name, (family, spec, _) in wanted.items()
    ]
    modules = [(m, own) for m, own in zip(plan.mounts, names, strict=True) if m.device]
    scenes = {own: m.spec for m, own in modules} if way.pictures else {}
    prints: list[Print] = []
    with workers(min(way.jobs, len(jobs))) as submit:
        studio = _Studio(submit, scenes)
        for job, promise in [(job, submit(_make, job)) for job in jobs]:
            done: Done = promise.result()
            tell(f"part {len(prints) + 1} of {len(jobs)}: {job.name}")
            prints.append(Print(done.files, done.record, job.spec, wanted[job.name][2]))
            if done.blind and not studio.blind:
                tell(f"note: no pictures: {done.blind}")
            studio.take(job.name, done)
        views = [View(m, own, studio.picture(own)) for m, own in modules]
    return prints, views


class _Studio:
    """Has each scene drawn as soon as its parts are there; equal scenes once."""

    def __init__(self, submit: Submit, scenes: dict[tuple[str, ...], Fact]) -> None:
        self.submit = submit
        self.scenes = scenes
        self.meshes: dict[str, Mesh] = {}
        self.drawn: dict[tuple[str, ...], Promise[bytes]] = {}
        self.blind = ""

    def take(self, name: str, done: Done) -> None:
        """Note a part that is ready."""
        self.blind = self.blind or done.blind
        self.meshes[name] = done.mesh
        for names, spec in self.scenes.items():
            if not self.blind and name in names and set(names) <= set(self.meshes):
                meshes = [self.meshes[one] for one in names]
                self.drawn[names] = self.submit(_draw, spec, meshes)

    def picture(self, names: tuple[str, ...]) -> bytes | None:
        """Return a scene's picture as PNG; `None` where none could be drawn."""
        return self.drawn[names].result() if names in self.drawn and not self.blind else None


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
    part = replace(PARTS[job.family].build(job.spec), name=job.name)
    formats: list[Format] = [one for one in FORMATS if one != "png"]
    made = make(part, job.spec, job.printer, job.material, formats)
    _check(made.record, made.mesh, job.spec)
    files, blind = dict(made.files), ""
    if job.pictures:
        try:
            files[f"{job.name}.png"] = picture([Actor(made.mesh)])
        except ToolMissing as missing:
            blind = str(missing)
    return Done(files, made.record, made.mesh, blind)


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


def _draw(spec: Fact, meshes: "list[Mesh]") -> bytes:
    """Return a picture of a module: its part, its sleds, its devices."""
    actors = [Actor(meshes[0])]
    if not isinstance(spec, FrameSpec):
        return picture([*actors, *_device(spec, STILL)])
    ((_, sled),) = companions(spec)
    actors = [Actor(moved_mesh(meshes[0], matrix)) for matrix in frame_matrices(spec)]
    for index in range(spec.holds):
        matrix = sled_matrix(spec, index)
        actors.append(Actor(moved_mesh(meshes[1], matrix), SLED_COLOR))
        actors += _device(sled, matrix)
    return picture(actors)


def _device(spec: Fact, matrix: Matrix) -> list[Actor]:
    blocks = device_blocks(spec)
    if not blocks:
        return []
    return [Actor(from_manifold(moved(blocks_solid(blocks), matrix)), DEVICE_COLOR)]
