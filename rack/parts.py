"""The parts of a plan: each made once, however often it is needed, and seen with its device."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from catalog.cache import Cache
from catalog.load import Catalog
from catalog.models import Fact, Material, Printer, Rack, RackStandard
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
from mounts.verify.findings import Finding, Report
from mounts.verify.limits import Limits
from mounts.verify.made import held
from rack.crew import Asked, Blobs, Crew, Kind, plain
from rack.forms import as_files, files_in, json_bytes, mesh_blobs, mesh_in, plain_kind
from rack.mounted import Mounted
from rack.plan import Plan
from rack.studio import Shown, Studio

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
    standards: tuple[RackStandard, ...]
    pictures: bool
    files: bool

    def of(self) -> dict[str, Any]:
        """Return all that the part depends on as plain data."""
        facts = {"spec": self.spec, "rack": self.rack, "on": self.printer, "in": self.material}
        own: dict[str, Any] = {name: plain(fact) for name, fact in facts.items()}
        own["racks"] = [plain(one) for one in self.standards]
        return {**own, "name": self.name, "family": self.family, "way": [self.pictures, self.files]}


@dataclass(frozen=True, eq=False)
class Done:
    """A part made: files by name, record, mesh, what it is printed as; what its rules say.

    `blind` says why it has no picture.
    """

    files: dict[str, bytes]
    record: dict[str, Any]
    mesh: "Mesh"
    bodies: tuple[Body, ...]
    report: Report
    blind: str = ""


def _pack(done: Done) -> Blobs:
    """Return a part as bytes by name."""
    own = [{"recipe": one.recipe, "record": one.record} for one in done.bodies]
    report = {**done.report.as_dict(), "findings": [vars(one) for one in done.report.findings]}
    told = {"record": done.record, "bodies": own, "report": report, "blind": done.blind}
    blobs = {"told": json_bytes(told), **as_files(done.files), **mesh_blobs(done.mesh, "mesh")}
    for index, one in enumerate(done.bodies):
        blobs |= mesh_blobs(one.mesh, f"body/{index}")
    return blobs


def _unpack(blobs: Blobs) -> Done:
    told = json.loads(blobs["told"])
    own = [
        Body(mesh_in(blobs, f"body/{index}"), one["recipe"], one["record"])
        for index, one in enumerate(told["bodies"])
    ]
    files, mesh = files_in(blobs), mesh_in(blobs, "mesh")
    return Done(files, told["record"], mesh, tuple(own), _report(told["report"]), told["blind"])


def _report(told: dict[str, Any]) -> Report:
    """Return a report as it was before it was written."""
    found = [
        Finding(one["rule"], tuple(one["place_mm"]), one["measured"], one["allowed"], one["cure"])
        for one in told["findings"]
    ]
    checked, skipped, notes = (tuple(told[key]) for key in ("checked", "skipped", "notes"))
    return Report(told["name"], tuple(found), checked, skipped, notes, told["read"])


def _seen(done: Done) -> bool:
    """Say whether nothing is missing that another time may be there: its picture."""
    return not done.blind


PART = Kind("part", _pack, _unpack, _seen)
SLICED = plain_kind("sliced")


@dataclass(frozen=True, eq=False)
class Print:
    """A part to print: files, record, spec, how many, what it is printed as, what its rules say."""

    files: dict[str, bytes]
    record: dict[str, Any]
    spec: Fact
    count: int
    bodies: tuple[Body, ...]
    report: Report


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
    """How parts are made: processes; with pictures or not; asking a slicer or not; only meshes.

    `cache` is where results are kept from one run to the next; `None` makes all anew.
    """

    jobs: int = 1
    pictures: bool = True
    slicing: bool = False
    files: bool = True
    cache: Cache | None = None


ALONE = Way()
UNTESTED = Report("", (), (), ("nothing: only its mesh is wanted",))


class Making:
    """The parts of a plan in the making: each asked for at once, checked against its device.

    Args:
        plan: the rack.
        catalog: facts.
        way: pictures and slicing.
        hands: who makes them; changes no byte.

    Raises:
        ToolMissing: a slicer is wanted and not installed.
    """

    def __init__(self, plan: Plan, catalog: Catalog, way: Way, hands: Crew) -> None:
        if way.slicing:
            find_slicer()  # better said now than after minutes
        self.way, self.hands = way, hands
        self.wanted, names = _wanted(plan)
        self.made_on = catalog.printer(plan.spec.printer), catalog.material(plan.spec.material)
        drawn, racks = way.pictures and way.files, tuple(catalog.standards.values())
        jobs = [
            Job(name, family, spec, plan.rack, *self.made_on, racks, drawn, way.files)
            for name, (family, spec, _) in self.wanted.items()
        ]
        first = {own[0] for own in names}  # larger than what goes with it: long jobs begin early
        begun = {
            job.name: hands.ask(PART, job.of(), job.name, _make, job)
            for job in sorted(jobs, key=lambda job: job.name not in first)
        }
        self.asked = [(job, begun[job.name]) for job in jobs]
        every = zip(plan.mounts, names, strict=True)
        self.modules = [(m, own) for m, own in every if m.device and way.files]
        scenes = {own: (m.label, m.spec) for m, own in self.modules}
        self.studio = Studio(hands, scenes, pictures=way.pictures)

    def prints(self, tell: Tell) -> list[Print]:
        """Return the parts when all are made; their views are begun as soon as they can be.

        Args:
            tell: called with one line for each part that is ready.

        Raises:
            CheckFailed: a part is not closed, not one body, or cuts into its device; the slicer
                failed.
        """
        made: list[tuple[Job, Done, Asked[Any] | None]] = []
        blind = ""
        for job, promise in self.asked:
            done = promise.result()
            kept = " (from before)" if promise.there else ""
            tell(f"part {len(made) + 1} of {len(self.asked)}: {job.name}{kept}")
            if done.blind and not blind:
                tell(f"note: no pictures: {done.blind}")
            blind = blind or done.blind
            self.studio.take(job.name, promise.key, job.spec, done.mesh)
            made.append((job, done, self._sliced(job, promise.key, done)))
        return [
            Print(
                done.files,
                done.record if said is None else said.result(),
                job.spec,
                self.wanted[job.name][2],
                done.bodies,
                done.report,
            )
            for job, done, said in made
        ]

    def _sliced(self, job: Job, key: str, done: Done) -> "Asked[Any] | None":
        """Ask the slicer about a part, if it is wanted."""
        if not self.way.slicing:
            return None
        meshes = [one.mesh for one in done.bodies]
        of = {"part": key}
        return self.hands.ask(SLICED, of, job.name, sliced, done.record, meshes, *self.made_on)

    def views(self) -> list[View]:
        """Return what each mount looks like with its devices, once all are drawn."""
        return [View(m, own, self.studio.view(own)) for m, own in self.modules]


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
    limits = Limits(job.printer, job.material, job.standards)
    report = held(part, job.spec, made.mesh, made.record, limits) if job.files else UNTESTED
    return Done(files, made.record, made.mesh, bodies(made), report, blind)


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
