"""What the cabinet solver is told of a rack: a thing for each item, and the wishes of `[pack]`."""

from collections.abc import Iterable, Sequence
from itertools import combinations

from catalog.models import Board, Box, Device, Fact
from catalog.problems import InputError, Problem, did_you_mean
from mounts.panel import PanelSpec
from packing.cabinet.question import FRONT, Cable, Thing
from packing.cabinet.wishes import Apart, At, Cap, HeavyLow, Quantity, Together, Wish
from rack.beside import depth_of, to_the_rear
from rack.devices import Named, find, others_on
from rack.energy.loads import device_load, figures_w
from rack.items import Setting, height_of, labels
from rack.pack_spec import Pack
from rack.spec import Item, RackSpec

Places = dict[int, Thing]


def things_of(spec: RackSpec, parts: Sequence[Fact | None], at: Setting) -> Places:
    """Return the things that take units, by the index of their item.

    Args:
        spec: the rack as written, every item counted.
        parts: spec of each item's part; things beside the rack take no unit.
        at: what all items share.
    """
    names = labels(spec.items)
    return {
        i: _thing(item, names[i], part, at)
        for i, (item, part) in enumerate(zip(spec.items, parts, strict=True))
        if isinstance(part, PanelSpec)
    }


def candidate_thing(name: str, device: Named, made: Fact) -> Thing:
    """Return a device that is not in the rack yet, on the mount it would get.

    Args:
        name: as the file has it.
        device: of that name.
        made: spec of its mount.
    """
    _, typical, peak = figures_w(device)
    return Thing(
        name=name,
        height_u=height_of(made),
        depth_mm=depth_of(made, device),
        full_depth=to_the_rear(made),
        power_w=peak,
        heat_w=typical,
        weight_g=_weight_g(device),
        required=False,
    )


def _thing(item: Item, name: str, part: Fact, at: Setting) -> Thing:
    device = find(at.catalog, item.device) if item.device is not None else None
    own = (item.idle_w, item.typical_w, item.peak_w)
    held = [(device, item.number, own)] if device is not None else []
    nothing = (None, None, None)
    held += [(find(at.catalog, o.device), o.count, nothing) for o in others_on(item)]
    loads = [(device_load(d, name, many, known), many) for d, many, known in held]
    weights = [(_weight_g(d), many) for d, many, _ in held]
    draws = [0.0 if figure is None else figure for figure in own]  # a panel draws nothing
    return Thing(
        name=name,
        height_u=height_of(part),
        depth_mm=depth_of(part, device),
        full_depth=to_the_rear(part),
        power_w=_total((load.peak_w, many) for load, many in loads) if loads else draws[2],
        heat_w=_total((load.typical_w, many) for load, many in loads) if loads else draws[1],
        weight_g=_total(weights),
        value=max(1, sum(many for *_, many, _ in held)),
        faces=(item.face,) if item.face == "rear" else FRONT,
    )


def _weight_g(device: Named) -> float | None:
    return device.weight_g if isinstance(device, Board | Box | Device) else None


def _total(figures: Iterable[tuple[float | None, int]]) -> float | None:
    """Return the sum of what is known, or nothing where nothing is."""
    known = [figure * many for figure, many in figures if figure is not None]
    return sum(known) if known else None


def pins(spec: RackSpec, things: Places) -> list[Wish]:
    """Return a wish for each item that says its unit, face or cabinet."""
    wishes = [
        At(thing.name, item.at_u, item.face, item.cabinet)
        for i, thing in things.items()
        for item in (spec.items[i],)
    ]
    return [one for one in wishes if (one.at_u, one.face, one.cabinet) != (None, None, None)]


def wishes_of(pack: Pack, names: Sequence[str], where: str) -> tuple[list[Wish], list[Cable]]:
    """Return the wishes and cables of `[pack]`.

    Args:
        pack: as written.
        names: of the things there are.
        where: file named in errors.

    Raises:
        InputError: each name that is no thing's, and things named twice in one wish.
    """
    problems = [problem for key, listed in _listed(pack) for problem in _named(key, listed, names)]
    if problems:
        raise InputError(
            *(Problem(where, p.what, p.key, None, p.allowed, p.nearest) for p in problems)
        )
    found: list[Wish] = []
    caps: tuple[tuple[Quantity, float | None], ...]
    caps = (("power", pack.power_w), ("heat", pack.heat_w), ("weight", pack.weight_g))
    found += [Cap(what, most) for what, most in caps if most is not None]
    found += [HeavyLow(pack.heavy_g)] if pack.heavy_g is not None else []
    found += [
        Together(near.items[0], other, None if near.same_rack else near.within_u)
        for near in pack.near
        for other in near.items[1:]
    ]
    found += [
        Apart(a, b, None if far.other_rack else far.by_u)
        for far in pack.far
        for a, b in combinations(far.items, 2)
    ]
    found += [At(one.item, one.at_u, one.face, one.rack) for one in pack.stand]
    return list(dict.fromkeys(found)), [Cable(pair[0], pair[1]) for pair in pack.cables]


def _listed(pack: Pack) -> list[tuple[str, tuple[str, ...]]]:
    near = [(f"pack.near[{i}].items", one.items) for i, one in enumerate(pack.near)]
    far = [(f"pack.far[{i}].items", one.items) for i, one in enumerate(pack.far)]
    pairs = [(f"pack.cables[{i}]", pair) for i, pair in enumerate(pack.cables)]
    return [
        *near,
        *far,
        *pairs,
        *((f"pack.stand[{i}]", (s.item,)) for i, s in enumerate(pack.stand)),
    ]


def _named(key: str, listed: tuple[str, ...], names: Sequence[str]) -> Iterable[Problem]:
    for i, name in enumerate(listed):
        if name not in names:
            what = f"no thing in the rack is called {name!r}"
            yield Problem("", what, f"{key}[{i}]", nearest=did_you_mean(name, names))
        elif name in listed[:i]:
            what = f"{name!r} is named twice"
            yield Problem("", what, f"{key}[{i}]", nearest="leave one out")
