"""What a budget says in words."""

from pcb.budget.assess import Assessment, Load, use
from pcb.budget.graph import Edge
from pcb.budget.ratings import node_v
from pcb.parts import ContactKind, InputType, part_type
from pcb.rails import inlets, outputs, rails
from pcb.spec import BoardSpec


def count(number: int, noun: str) -> str:
    """Return `1 output`, `2 outputs`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def span(indices: list[int]) -> str:
    """Return `output 3`, or `outputs 3 to 7`."""
    if len(indices) == 1:
        return f"output {indices[0]}"
    return f"outputs {indices[0]} to {indices[-1]}"


def limit(plug: InputType, volts: int, kind: ContactKind) -> str:
    """Say what a plug carries, and whether contacts or the standard set that."""
    whole = plug.limit_a(volts, kind)
    contacts = f"{count(plug.contacts(volts), 'contact')} x {plug.contact_a(kind):g} A"
    if plug.cap_w is not None and whole * volts >= plug.cap_w - 1e-9:
        return f"{contacts}, but made for {plug.cap_w:g} W = {whole:g} A"
    return f"{contacts} = {whole:g} A"


def feeds(spec: BoardSpec, rail: str) -> str:
    """Say which plugs feed a rail and what their contacts carry."""
    return " and ".join(
        f"{plug.ref} {part_type(plug.type.part).value}, {limit(plug.type, volts, spec.contacts)}"
        for plug in inlets(spec)
        for volts, net in plug.rails.items()
        if net == rail
    )


def problems(made: Assessment) -> tuple[str, ...]:
    """Return why a board is refused, one sentence each.

    Copper is sized for what the contacts carry, so of copper nothing is said where these are the
    first to be overloaded.
    """
    over = made.overloaded(made.worst)
    found = [_rail_overload(made, rail, over) for rail in rails(made.spec)]
    at_contacts = any(found)
    skipped = ("lead", "copper", "ground", "via") if at_contacts else ()
    named = {part.name for part in over if part.kind == "contact" and at_contacts}
    others = [part for part in over if part.kind not in skipped and part.name not in named]
    found += _part_overloads(made, others)
    low = _starved(made, made.typical, "most of the time")
    return (*(text for text in found if text), *low)


def _rail_overload(made: Assessment, rail: str, over: list[Edge]) -> str:
    """Say that the plugs of a rail cannot carry its outputs; nothing if they can."""
    spec = made.spec
    network = next(one for one in made.networks if one.name == rail)
    mine = [part for part in over if part.kind in ("contact", "lead") and part in network.edges]
    if not mine:
        return ""
    fed = [one for one in outputs(spec) if one.rail == rail]
    load = sum(one.amps for one in fed)
    text = f"overload: {count(len(fed), 'output')} x {fed[0].amps:g} A = {load:g} A at {rail}, but "
    lead = next((part for part in mine if part.kind == "lead"), None)
    contact = next((part for part in mine if part.kind == "contact"), None)
    if contact:
        share = abs(made.worst.amps[contact.name])
        text += f"{feeds(spec, rail)}: {contact.name} would carry {share:.3g} A"
        given_a = sum(
            plug.type.limit_a(fed[0].volts, spec.contacts)
            for plug in inlets(spec)
            if rail in plug.rails.values()
        )
        text += ", for they do not share evenly" if load <= given_a else ""
    if lead:
        given = f"{lead.name} gives {lead.rating_a:.4g} A ({lead.why})"
        text += f"; {given}" if contact else given
    return text


def _part_overloads(made: Assessment, over: list[Edge]) -> list[str]:
    """Name of each kind of part the fullest."""
    found: list[str] = []
    for kind in dict.fromkeys(part.kind for part in over):
        alike = [part for part in over if part.kind == kind]
        first, more = alike[0], len(alike) - 1
        share = use(first, made.worst)
        found.append(
            f"overload: {first.name} would carry {abs(made.worst.amps[first.name]):.3g} A and is "
            f"made for {first.rating_a:.3g} A ({first.why}): {share * 100:.0f} %"
            + (f", and {more} more like it" if more else "")
        )
    return found


def _starved(made: Assessment, case: Load, when: str) -> list[str]:
    found: list[str] = []
    for volts in (12, 5):
        low = [one for one in made.starved(case) if one.volts == volts]
        if low:
            least = min(case.volts[one.index] for one in low)
            found.append(
                f"too few volts: {least:.2f} V at the plug of {count(len(low), 'output')} {when}, "
                f"and a {volts} V node needs {node_v(volts):g} V"
            )
    return found


def warnings(made: Assessment) -> tuple[str, ...]:
    """Return what is no reason to refuse a board and yet can go wrong."""
    spec = made.spec
    found = _starved(made, made.worst, "when the supply is at its lowest and every part is poor")
    drawn = outputs(spec)
    kinds = {one.connector for one in drawn if one.volts == 12} & {
        one.connector for one in drawn if one.volts == 5
    }
    if "barrel-5.5x2.1" in kinds:
        found.append(
            "12 V and 5 V outputs take the same plug: one swap and a 5 V node is gone; take screw "
            "or wire for one of the two"
        )
    if spec.input == "atx-24" and spec.outputs_12v:
        found.append("a 20-pin plug fits this header too and feeds one 12 V contact of the two")
    if spec.single_rail and spec.extra_inputs:
        found.append(
            "12 V of several plugs is joined: only for a supply that says it has a single 12 V rail"
        )
    return tuple(found)
