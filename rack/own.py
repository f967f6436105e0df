"""What `[pack]` brings besides wishes: racks of its own, things of its own, what things cost."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from catalog.load import Catalog
from catalog.models import Rack, Racked
from catalog.problems import InputError, Problem, did_you_mean
from packing.cabinet.question import Cabinet, Thing
from rack.pack_spec import OwnThing, Pack
from rack.spec import RackSpec

ONLY = "the rack"  # what the solver calls a cabinet without a name
NONE = Pack.model_validate({})


def opening_mm(rack: Rack, catalog: Catalog) -> float:
    """Return the width between the posts."""
    return rack.opening_mm or catalog.standard(rack.standard or rack.id).opening_mm


def own_things(
    pack: Pack, taken: Iterable[str], opening: float, where: str, catalog: Catalog
) -> list[Thing]:
    """Return the things of a file of which no mount is made, each as often as it is there.

    Args:
        pack: as written.
        taken: names of the items, and of candidates.
        opening: width between the posts, mm.
        where: file named in errors.
        catalog: what the devices they name are.

    Raises:
        InputError: a name that is taken already, an unknown device, or a thing wider than the rack.
    """
    names, found, problems = set(taken), list[Thing](), list[Problem]()
    for index, own in enumerate(pack.things):
        key = f"pack.thing[{index}]"
        try:
            known = _known(own, catalog, where, f"{key}.device")
        except InputError as error:
            problems += error.problems
            continue
        every = [own.name] if own.count == 1 else [f"{own.name}-{n + 1}" for n in range(own.count)]
        for name in every:
            if name in names:
                near = f'name = "{own.name[:38]}-x"'
                problems.append(Problem(where, f"{name!r} is taken already", key, nearest=near))
            names.add(name)
            found.append(_thing(name, own, known))
        if own.width is not None and not 0 < own.width <= opening:
            what = f"{own.name} is {own.width:g} mm wide, and {opening:g} are between the posts"
            near = f'the largest value that works is "{opening:g}mm"'
            problems.append(Problem(where, what, f"{key}.width", nearest=near))
    if problems:
        raise InputError(*problems)
    return found


def _known(own: OwnThing, catalog: Catalog, where: str, key: str) -> Racked | None:
    if own.device is None:
        return None
    return catalog.racked_device(own.device, where=where, key=key)


def _thing(name: str, own: OwnThing, known: Racked | None) -> Thing:
    """Return a thing as the file has it, and what it leaves out as the catalogue has it."""
    height_u = own.height if own.height is not None else known.height_u if known else 0.0
    power_w = own.power_w if own.power_w is not None else known.max_w if known else None
    heat_w = own.heat_w if own.heat_w is not None else known.typical_w if known else None
    depth_mm = own.depth if own.depth is not None else known.depth_mm if known else None
    full = own.full_depth if own.full_depth is not None else known is not None and known.full_depth
    return Thing(
        name=name,
        height_u=height_u,
        width_mm=own.width,
        depth_mm=depth_mm or 0.0,
        full_depth=full,
        power_w=power_w,
        heat_w=heat_w if heat_w is not None else power_w,
        weight_g=own.weight_g if own.weight_g is not None else known.weight_g if known else None,
        value=own.counts,
        cost=own.cost,
        required=not own.optional,
    )


def priced(things: Sequence[Thing], pack: Pack, known: Sequence[str], where: str) -> list[Thing]:
    """Return things with what they cost and count by `pack.costs` and `pack.counts`.

    Args:
        things: that take units.
        pack: as written.
        known: names that may be there although they are not placed now.
        where: file named in errors.

    Raises:
        InputError: a name that is no thing's.
    """
    names = [*(thing.name for thing in things), *known]
    problems = [
        Problem(
            where,
            f"no thing in the rack is called {name!r}",
            f"pack.{key}.{name}",
            nearest=did_you_mean(name, names),
        )
        for key, listed in (("costs", pack.costs), ("counts", pack.counts))
        for name in listed
        if name not in names
    ]
    if problems:
        raise InputError(*problems)
    return [
        replace(
            thing,
            cost=pack.costs.get(thing.name, thing.cost),
            value=pack.counts.get(thing.name, thing.value),
        )
        for thing in things
    ]


def cabinets(pack: Pack, number: int | None, own: Sequence[Cabinet]) -> tuple[Cabinet, ...]:
    """Return the racks that may be filled.

    Args:
        pack: as written.
        number: of equal ones, as the command line says; `None`: those of the file.
        own: those of the file, without `[pack]`.
    """
    like = own[0]
    if number is None and pack.racks:
        return tuple(
            replace(like, name=name, height_u=rack.height or like.height_u, cost=rack.cost)
            for rack in pack.racks
            for name in _numbered(rack.name, rack.count)
        )
    if number is None:
        return tuple(own)
    if number == 1:
        return (replace(like, name=ONLY),)
    return tuple(replace(like, name=name) for name in _numbered("rack", number, " "))


def _numbered(name: str, count: int, between: str = "-") -> list[str]:
    return [name] if count == 1 else [f"{name}{between}{n}" for n in range(1, count + 1)]


def not_planned(spec: RackSpec) -> list[str]:
    """Return what a plan does not heed of `[pack]`, in words: racks that only may be filled."""
    pack = spec.pack
    if pack is None:
        return []
    inside = {one.name for one in spec.cabinets}
    found = ["several racks"] if pack.racks else []
    elsewhere = [one.item for one in pack.stand if one.rack not in {None, *inside}]
    found += [f"the rack of {', '.join(elsewhere)}"] if elsewhere else []
    if len(inside) < 2 and any(far.other_rack for far in pack.far):
        found += ["what is in different racks"]
    what = ", ".join(found)
    near = "see `rackpress pack`, or list them as [[cabinet]]"
    return [f"a plan is of the cabinets of the file; {what}: {near}"] if found else []
