"""Whole mounts: nothing overlaps, nothing is left out, and the model file says the same."""

import json
import struct
from functools import cache
from itertools import combinations
from typing import Any

import numpy as np
import pytest

from mounts.assembly import overlap_mm3
from mounts.mesh import Mesh, manifold
from mounts.order import spec_for
from mounts.registry import PARTS
from mounts.samples import SAMPLES, of_family
from mounts.scene.thing import Thing, actors, exploded, model
from mounts.scene.whole import scene
from tests.mounts import kit

FIRST = {family: of_family(family)[0].order for family in PARTS}
# Screws cut their threads into plastic, cables are soft, standoffs' studs stand in one another.
FREE_TO_MEET = {"screw", "cable", "metal"}


@cache
def things(family: str) -> tuple[Thing, ...]:
    return scene(spec_for(FIRST[family], kit.catalog()))


@pytest.mark.parametrize("family", sorted(PARTS))
def test_names_are_unique_and_the_part_itself_is_there(family: str) -> None:
    found = things(family)
    assert len({thing.name for thing in found}) == len(found)
    assert any(thing.look == "part" for thing in found)
    assert all(thing.mesh.open_edges() == 0 for thing in found)
    assert any(thing.away_mm == (0, 0, 0) for thing in found), "something stays where it is"


@pytest.mark.parametrize("family", sorted(PARTS))
def test_nothing_is_where_something_else_is(family: str) -> None:
    hard = [t for t in things(family) if t.look not in FREE_TO_MEET]
    solids = {t.name: manifold(t.mesh) for t in hard}
    boxes = {t.name: t.mesh.bounds_mm() for t in hard}
    clashes = {
        f"{a.name} and {b.name}": round(overlap_mm3(solids[a.name], solids[b.name]), 2)
        for a, b in combinations(hard, 2)
        if _near(boxes[a.name], boxes[b.name])
        if overlap_mm3(solids[a.name], solids[b.name]) > 0.5
    }
    assert clashes == {}


def _near(a: Any, b: Any) -> bool:
    return all(a[0][k] < b[1][k] and b[0][k] < a[1][k] for k in range(3))


@pytest.mark.parametrize("family", ["frame", "shelf", "stack", "tray", "wall"])
def test_taken_apart_everything_is_the_same_only_elsewhere(family: str) -> None:
    for before, after in zip(things(family), exploded(things(family)), strict=True):
        moved = after.mesh.vertices - before.mesh.vertices
        assert np.allclose(moved, before.away_mm, atol=1e-9)
        assert after.mesh.volume_mm3() == pytest.approx(before.mesh.volume_mm3(), rel=1e-9)


@pytest.mark.parametrize(
    ("family", "noun", "count"),
    [("frame", "sled", 0), ("stack", "fan bracket", 5), ("drives", "disk", 3)],
)
def test_there_are_as_many_as_the_spec_says(family: str, noun: str, count: int) -> None:
    spec: Any = spec_for(FIRST[family], kit.catalog())
    names = [t.name.rsplit(" ", 1)[0] for t in things(family)]
    assert names.count(noun) == (spec.holds if family == "frame" else count)


def test_what_is_clear_is_drawn_last() -> None:
    opacities = [actor.opacity for actor in actors(things("holder"))]
    assert opacities == sorted(opacities, reverse=True)
    assert min(opacities) < 1


def parsed(data: bytes) -> tuple[dict[str, Any], bytes]:
    """Read the two chunks of binary glTF by the letter of the specification, section 4.4."""
    magic, version, total = struct.unpack_from("<4sII", data)
    assert (magic, version, total) == (b"glTF", 2, len(data))
    long, kind = struct.unpack_from("<I4s", data, 12)
    assert (kind, long % 4) == (b"JSON", 0)
    rest, kind = struct.unpack_from("<I4s", data, 20 + long)
    assert (kind, rest % 4, 28 + long + rest) == (b"BIN\0", 0, total)
    return json.loads(data[20 : 20 + long]), data[28 + long :]


def read_mesh(document: dict[str, Any], binary: bytes, number: int) -> Mesh:
    (primitive,) = document["meshes"][document["nodes"][number]["mesh"]]["primitives"]
    arrays = []
    for index in (primitive["attributes"]["POSITION"], primitive["indices"]):
        accessor = document["accessors"][index]
        view = document["bufferViews"][accessor["bufferView"]]
        kind = {5126: "<f4", 5123: "<u2", 5125: "<u4"}[accessor["componentType"]]
        wide = {"VEC3": 3, "SCALAR": 1}[accessor["type"]]
        assert view["byteOffset"] % np.dtype(kind).itemsize == 0
        values = np.frombuffer(binary, kind, accessor["count"] * wide, view["byteOffset"])
        assert values.nbytes == view["byteLength"]
        arrays.append(values.reshape(-1, 3))
        if "min" in accessor:
            assert arrays[-1].min(axis=0).tolist() == accessor["min"]
            assert arrays[-1].max(axis=0).tolist() == accessor["max"]
    points, faces = arrays
    assert faces.max() < len(points)
    x, up, back = points.astype(float).T * 1000  # metres, y up, the front towards +z
    return Mesh(np.stack([x, -back, up], axis=1), faces.astype(np.int64))


@pytest.mark.parametrize("family", ["holder", "shelf", "stack", "tray"])
def test_the_model_holds_every_thing_at_its_place(family: str) -> None:
    found = things(family)
    data = model(found, family)
    document, binary = parsed(data)
    assert [node["name"] for node in document["nodes"]] == [thing.name for thing in found]
    assert document["buffers"] == [{"byteLength": len(binary)}]
    for number, thing in enumerate(found):
        mesh = read_mesh(document, binary, number)
        assert np.allclose(mesh.bounds_mm(), thing.mesh.bounds_mm(), atol=2e-4)
        # Positive only if the triangles still face outwards.
        assert mesh.volume_mm3() == pytest.approx(thing.mesh.volume_mm3(), rel=2e-3)
    assert model(found, family) == data


def test_clear_things_are_clear_in_the_model_too() -> None:
    document, _ = parsed(model(things("holder"), "holder"))
    by_name = {node["name"]: node["mesh"] for node in document["nodes"]}
    (plate,) = document["meshes"][by_name["plate"]]["primitives"]
    material = document["materials"][plate["material"]]
    assert material["alphaMode"] == "BLEND"
    assert material["pbrMetallicRoughness"]["baseColorFactor"][3] < 1


def test_samples_of_one_family_show_the_same_whole() -> None:
    top = next(s for s in SAMPLES if s.name == "stack-top")
    names = [thing.name for thing in scene(spec_for(top.order, kit.catalog()))]
    assert names == [thing.name for thing in things("stack")]
