"""The gallery: every family of parts in pictures and as a model, on one page."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from catalog.load import Catalog
from catalog.models import Fact, Material, Printer
from catalog.problems import InputError, Problem, did_you_mean
from mounts.export import make, picture
from mounts.files.picture import FROM_BEHIND, FROM_THE_FRONT, Actor
from mounts.order import spec_for
from mounts.recipe import Recipe
from mounts.registry import PARTS
from mounts.samples import SAMPLES, Sample, command
from mounts.scene.make import kept
from mounts.scene.thing import actors, exploded, model
from mounts.scene.whole import scene
from rack.folder import MANIFEST, digests
from rack.gallery_page import gallery_page
from rack.workers import workers

WIDTH_PX = 840  # sharp on a phone, and the page stays a few MB
# Behind whose panels there is more to see than before them.
DEEP = {"adapter", "blank", "drives", "nas", "psu", "shelf", "tray", "ups"}
PRINTER, MATERIAL = "bambu-a1", "petg"

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Job:
    """One sample to show: what a process of its own needs to know."""

    sample: Sample
    spec: Fact
    printer: Printer
    material: Material


@dataclass(frozen=True)
class Shot:
    """A sample shown: its files by name, and what there is to say about it."""

    files: dict[str, bytes]
    record: dict[str, Any]


def chosen(families: Sequence[str]) -> tuple[Sample, ...]:
    """Return the samples of some families, or all.

    Raises:
        InputError: a family is not known.
    """
    unknown = [name for name in families if name not in PARTS]
    if unknown:
        raise InputError(
            *(
                Problem("--only", f"no part is called {name!r}; {did_you_mean(name, PARTS)}")
                for name in unknown
            )
        )
    return tuple(s for s in SAMPLES if not families or s.order.part in families)


def gallery(
    samples: Sequence[Sample], catalog: Catalog, tell: Tell, jobs: int = 1
) -> tuple[dict[str, bytes], list[dict[str, Any]]]:
    """Return the gallery's files by name, and a record of each sample.

    Args:
        samples: what to show.
        catalog: facts.
        tell: called with one line for each sample that is ready.
        jobs: processes; changes no byte.

    Raises:
        ToolMissing: the system cannot draw without a screen.
    """
    printer, material = catalog.printer(PRINTER), catalog.material(MATERIAL)
    wanted = [Job(s, spec_for(s.order, catalog), printer, material) for s in samples]
    shots: list[Shot] = []
    with workers(min(jobs, len(wanted))) as submit:
        for job, promise in [(job, submit(shoot, job)) for job in wanted]:
            shots.append(promise.result())
            tell(f"picture {len(shots)} of {len(wanted)}: {job.sample.name}")
    files = {name: data for shot in shots for name, data in shot.files.items()}
    records = [shot.record for shot in shots]
    files["index.html"] = gallery_page(records, files).encode()
    files[MANIFEST] = _manifest(files, records)
    return files, records


def shoot(job: Job) -> Shot:
    """Return one sample: its part, and the whole it belongs to, together and taken apart."""
    sample, family = job.sample, job.sample.order.part
    part = PARTS[family].build(job.spec)
    made = make(Recipe(part, job.spec, job.printer, job.material), ())
    toward = FROM_BEHIND if family in DEEP else FROM_THE_FRONT
    files = {f"{sample.name}.png": picture([Actor(made.mesh)], toward, WIDTH_PX)}
    if sample.whole:
        things = scene(job.spec, kept([(job.spec, made.mesh)]))
        apart = actors(exploded(things))
        files[f"{sample.name}-assembled.png"] = picture(actors(things), width=WIDTH_PX)
        files[f"{sample.name}-exploded.png"] = picture(apart, width=WIDTH_PX)
        files[f"{sample.name}.glb"] = model(things, sample.name)
    record = {
        **made.record,
        "sample": sample.name,
        "family": family,
        "takes": PARTS[family].takes,
        "summary": PARTS[family].summary,
        "shows": sample.shows,
        "command": command(sample.order),
        "files": sorted(files),
    }
    return Shot(files, record)


def _manifest(files: dict[str, bytes], records: list[dict[str, Any]]) -> bytes:
    """Return digests of all files, so that the folder is known as ours the next time."""
    record = {
        "tool": f"rackpress {version('rackpress')}",
        "name": "gallery",
        "files": digests(files),
    }
    record["recipe"] = {one["sample"]: one["command"] for one in records}
    return (json.dumps(record, indent=2, ensure_ascii=False, sort_keys=True) + "\n").encode()
