"""Can the inlet carry what the outputs ask for? Contacts, returns and the change that cures it.

Two loads are compared with the contacts' rating: `steady`, what every output is made for, and
`worst`, every output at the rating of its fuse, the most the board lets through for long.
Sources of every rating: `pcb/data/parts.toml`.
"""

import math

from catalog.base import Fact
from pcb.parts import input_type, part_type
from pcb.rails import inlets, outputs, rails
from pcb.spec import BoardSpec


class Budget(Fact):
    """Currents in A, powers in W. `*_contact_a` is the share of one contact."""

    outputs: int
    volts_v: int
    amps_each_a: float
    fuse_each_a: float
    steady_a: float
    steady_w: float
    worst_a: float
    contacts: int
    returns: int
    contact_rating_a: float
    contact_rating_hcs_a: float
    limit_a: float
    limit_hcs_a: float
    return_limit_a: float
    steady_contact_a: float
    worst_contact_a: float
    fits: bool
    fits_with_hcs: bool
    sources: tuple[str, ...]
    confidence: str
    warnings: tuple[str, ...]


def budget(spec: BoardSpec) -> Budget:
    """Return the budget of a board; `warnings` is empty when nothing is overloaded."""
    plugs = [plug for plug in inlets(spec) if plug.rails]
    main = plugs[0].type
    contacts = sum(plug.type.contacts(volts) for plug in plugs for volts in plug.rails)
    drawn = outputs(spec)
    steady, worst = sum(one.amps for one in drawn), sum(one.fuse_a for one in drawn)
    rated = spec.contacts
    limit = sum(p.type.limit_a(v, rated) for p in plugs for v in p.rails)
    returns = sum(plug.type.returns for plug in plugs)
    return Budget(
        outputs=spec.outputs,
        volts_v=spec.volts,
        amps_each_a=spec.amps,
        fuse_each_a=drawn[0].fuse_a,
        steady_a=round(steady, 3),
        steady_w=round(sum(one.amps * one.volts for one in drawn), 3),
        worst_a=round(worst, 3),
        contacts=contacts,
        returns=returns,
        contact_rating_a=main.contact_a(rated),
        contact_rating_hcs_a=main.amps_hcs,
        limit_a=limit,
        limit_hcs_a=sum(p.type.limit_a(v, "hcs") for p in plugs for v in p.rails),
        return_limit_a=sum(plug.type.returns * plug.type.contact_a(rated) for plug in plugs),
        steady_contact_a=round(steady / contacts, 3),
        worst_contact_a=round(worst / contacts, 3),
        fits=not _overloaded(spec),
        fits_with_hcs=not _overloaded(spec.model_copy(update={"contacts": "hcs"})),
        sources=main.sources,
        confidence=main.confidence,
        warnings=tuple(_warning(spec, rail) for rail in _overloaded(spec)),
    )


def _within(amps: float, limit: float) -> bool:
    return amps <= limit + 1e-9


def _overloaded(spec: BoardSpec) -> list[str]:
    """Return the rails whose contacts cannot carry the outputs."""
    return [rail for rail in rails(spec) if not _within(_load_a(spec, rail), _limit_a(spec, rail))]


def _load_a(spec: BoardSpec, rail: str) -> float:
    return sum(one.amps for one in outputs(spec) if one.rail == rail)


def _limit_a(spec: BoardSpec, rail: str) -> float:
    feeding = ((p, v) for p in inlets(spec) for v, net in p.rails.items() if net == rail)
    return sum(plug.type.limit_a(volts, spec.contacts) for plug, volts in feeding)


def _warning(spec: BoardSpec, rail: str) -> str:
    """Say what is overloaded. The returns never are before the contacts that feed the rail."""
    drawn = [one for one in outputs(spec) if one.rail == rail]
    load, limit = _load_a(spec, rail), _limit_a(spec, rail)
    feeding = [(p, v) for p in inlets(spec) for v, net in p.rails.items() if net == rail]
    plugs = " and ".join(
        f"{part_type(p.type.part).value} inlet has {p.type.contacts(v)} contacts x "
        f"{p.type.contact_a(spec.contacts):g} A"
        for p, v in feeding
    )
    return (
        f"overload: {_outputs(len(drawn))} x {drawn[0].amps:g} A = {load:g} A at {rail}, "
        f"but the {plugs} = {limit:g} A; " + _cure(spec)
    )


def _outputs(count: int) -> str:
    return "1 output" if count == 1 else f"{count} outputs"


def _cure(spec: BoardSpec) -> str:
    """Say what would make it fit: fewer outputs, less current each, or another input."""
    if spec.extra_inputs or spec.outputs_5v:
        return "works: fewer outputs, or less current each"
    limit = _limit_a(spec, spec.rail)
    steady = spec.outputs * spec.amps
    hcs = _limit_a(spec.model_copy(update={"contacts": "hcs"}), spec.rail)
    cures: list[str] = []
    fewer = min(int(limit / spec.amps + 1e-9), spec.outputs)
    if fewer:
        cures.append(f"at most {_outputs(fewer)} at {spec.amps:g} A")
    each = math.floor(limit / spec.outputs * 100 + 1e-9) / 100
    cures.append(f"at most {each:g} A on each of {spec.outputs}")
    if _within(steady, hcs):
        cures.append(f"a supply whose plug has HCS contacts ({hcs:g} A)")
    eps = input_type("eps-8").limit_a(12, spec.contacts)
    if spec.volts == 12:
        plugs = math.ceil((steady - limit) / eps - 1e-9)
        more = f"{plugs} second inputs" if plugs > 1 else "a second input"
        cures.append(f"{more}, EPS 8-pin (+{plugs * eps:g} A)")
    else:
        cures.append("a second board on a second supply")
    return "works: " + ", or ".join(cures)
