"""Can the inlet carry what the outputs ask for? Contacts, returns and the change that cures it.

Two loads are compared with the contacts' rating: `steady`, what every output is made for, and
`worst`, every output at the rating of its fuse, the most the board lets through for long.
Sources of every rating: `pcb/data/parts.toml`.
"""

import math

from catalog.base import Fact
from pcb.parts import InputType, fuse_a, input_type
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
    inlet = input_type(spec.input)
    contacts = inlet.contacts[spec.volts]
    fuse = fuse_a(spec.amps, spec.connector)
    steady, worst = spec.outputs * spec.amps, spec.outputs * fuse
    limit, hcs = contacts * inlet.amps_any_plug, contacts * inlet.amps_hcs
    returned = inlet.returns * inlet.amps_any_plug
    return Budget(
        outputs=spec.outputs,
        volts_v=spec.volts,
        amps_each_a=spec.amps,
        fuse_each_a=fuse,
        steady_a=round(steady, 3),
        steady_w=round(steady * spec.volts, 3),
        worst_a=round(worst, 3),
        contacts=contacts,
        returns=inlet.returns,
        contact_rating_a=inlet.amps_any_plug,
        contact_rating_hcs_a=inlet.amps_hcs,
        limit_a=limit,
        limit_hcs_a=hcs,
        return_limit_a=returned,
        steady_contact_a=round(steady / contacts, 3),
        worst_contact_a=round(worst / contacts, 3),
        fits=_within(steady, min(limit, returned)),
        fits_with_hcs=_within(steady, min(hcs, inlet.returns * inlet.amps_hcs)),
        sources=inlet.sources,
        confidence=inlet.confidence,
        warnings=_warnings(spec, inlet),
    )


def _within(amps: float, limit: float) -> bool:
    return amps <= limit + 1e-9


def _warnings(spec: BoardSpec, inlet: InputType) -> tuple[str, ...]:
    """Say what is overloaded. The returns never are before the contacts that feed the rail."""
    contacts = inlet.contacts[spec.volts]
    steady, limit = spec.outputs * spec.amps, contacts * inlet.amps_any_plug
    if _within(steady, limit):
        return ()
    return (
        f"overload: {_outputs(spec.outputs)} x {spec.amps:g} A = {steady:g} A at {spec.volts} V, "
        f"but the 24-pin inlet has {contacts} contacts x {inlet.amps_any_plug:g} A = {limit:g} A; "
        + _cure(spec, inlet),
    )


def _outputs(count: int) -> str:
    return "1 output" if count == 1 else f"{count} outputs"


def _cure(spec: BoardSpec, inlet: InputType) -> str:
    """Say what would make it fit: fewer outputs, less current each, or another input."""
    contacts = inlet.contacts[spec.volts]
    limit, hcs = contacts * inlet.amps_any_plug, contacts * inlet.amps_hcs
    steady = spec.outputs * spec.amps
    cures: list[str] = []
    fewer = min(int(limit / spec.amps + 1e-9), spec.outputs)
    if fewer:
        cures.append(f"at most {_outputs(fewer)} at {spec.amps:g} A")
    each = math.floor(limit / spec.outputs * 100 + 1e-9) / 100
    cures.append(f"at most {each:g} A on each of {spec.outputs}")
    if _within(steady, hcs):
        cures.append(f"a supply whose plug has HCS contacts ({inlet.amps_hcs:g} A each, {hcs:g} A)")
    eps = input_type("eps-8")
    if spec.volts in eps.contacts:
        plugs = math.ceil((steady - limit) / (eps.contacts[12] * eps.amps_any_plug) - 1e-9)
        more = f"{plugs} second inputs" if plugs > 1 else "a second input"
        cures.append(f"{more}, EPS 8-pin (+{plugs * eps.contacts[12] * eps.amps_any_plug:g} A)")
    else:
        cures.append("a second board on a second supply")
    return "works: " + ", or ".join(cures)
