"""The smallest change that makes a board fit, found by trying: every candidate is assessed anew.

What can be changed, with its price (what is cheap is tried first):

    thicker wire, one step    1      HCS contacts       4   (another supply, or a look at its plug)
    2 oz copper               2      fewer outputs     10   and one more for each that goes
    one further 12 V plug     3      less current      30
                                     12 V and a module at each 5 V node   8
"""

import itertools
import math
from collections.abc import Iterator
from typing import Any

from catalog.base import Fact
from catalog.problems import InputError
from pcb.budget.assess import assess, use
from pcb.budget.ratings import node_v, ratings
from pcb.parts import EXTRA_KINDS, ExtraKind, largest_amps
from pcb.rails import inlets, outputs, rails
from pcb.spec import MAX_EXTRA_INPUTS, MIN_A, BoardSpec, read_spec

WIRE_PRICE, COPPER_PRICE, PLUG_PRICE, HCS_PRICE, BUCK_PRICE = 1, 2, 3, 4, 8
FEWER_PRICE, LESS_PRICE = 10, 30
THICKER = {24: (22, 20, 18), 22: (20, 18, 16), 20: (18, 16, 14), 18: (16, 14), 16: (14,), 14: ()}
STEP_A = 0.05
MOST_CURES = 4

Changes = dict[str, Any]
Way = tuple[float, Changes, str]  # price, what to write, in words


class Cure(Fact):
    """A change that makes the board fit: what to write, in words, and what comes of it."""

    changes: dict[str, Any]
    text: str
    price: float
    robust: bool
    limit: str
    use: float
    lowest_v: float


def cured(spec: BoardSpec, cure: Cure) -> BoardSpec:
    """Return the board with a cure's changes."""
    return read_spec({**spec.model_dump(), **cure.changes})


def cures(spec: BoardSpec, *, refused: bool) -> tuple[Cure, ...]:
    """Return what works, the smallest change first; one of each kind.

    Args:
        spec: a board that is refused, or whose nodes may run short of volts.
        refused: then fewer outputs and less current are named too, and what only just fits.
    """
    kinds = [_on_board(spec), _on_board(spec, hcs=True), _module(spec)]
    if refused:
        kinds += [_fewer(spec)]
    found = [_first(spec, ways, refused) for ways in kinds]
    if refused:
        found += [_less(spec, ""), _less(spec, "_5v") if spec.outputs_5v else None]
    kept: list[Cure] = []
    for one in sorted((one for one in found if one is not None), key=lambda one: one.price):
        if not any(other.changes.items() <= one.changes.items() for other in kept):
            kept.append(one)
    return tuple(kept[:MOST_CURES])


def _first(spec: BoardSpec, ways: Iterator[Way], refused: bool) -> Cure | None:
    """Return the cheapest way that works; of equally cheap ones that which leaves most to spare.

    Of a board that is refused the cheapest way that only just fits, if none does better.
    """
    least: Cure | None = None
    for price, equal in itertools.groupby(ways, key=lambda way: way[0]):
        works = [cure for _, changes, text in equal if (cure := _try(spec, price, changes, text))]
        robust = [cure for cure in works if cure.robust]
        if robust:
            return min(robust, key=lambda cure: round(cure.use, 3))
        if works and refused and least is None:
            least = min(works, key=lambda cure: round(cure.use, 3))
    return least


def _try(spec: BoardSpec, price: float, changes: Changes, text: str) -> Cure | None:
    try:
        changed = read_spec({**spec.model_dump(), **changes})
    except InputError:
        return None
    if not _enough(changed):
        return None
    made = assess(changed)
    if not made.fits:
        return None
    fullest = made.fullest(made.worst)
    return Cure(
        changes=changes,
        text=text,
        price=price,
        robust=made.robust,
        limit=fullest.name,
        use=round(use(fullest, made.worst), 4),
        lowest_v=round(min(made.worst.volts.values()), 3),
    )


def _enough(spec: BoardSpec) -> bool:
    """Whether contacts could carry the load at all: quick, and most candidates fail here."""
    for rail in rails(spec):
        given = sum(
            plug.type.limit_a(volts, spec.contacts)
            for plug in inlets(spec)
            for volts, net in plug.rails.items()
            if net == rail
        )
        if sum(one.amps for one in outputs(spec) if one.rail == rail) > given + 1e-9:
            return False
    return True


def _on_board(spec: BoardSpec, *, hcs: bool = False) -> Iterator[Way]:
    """Yield changes of wire, copper and plugs, the cheapest first."""
    if hcs and spec.contacts == "hcs":
        return
    wires = (None, *THICKER[spec.cable_awg])
    copper = (None, 2) if spec.copper_oz == 1 else (None,)
    ways: list[tuple[float, Changes, str, tuple[ExtraKind, ...]]] = []
    for (step, awg), oz, extra in itertools.product(enumerate(wires), copper, _extras(spec)):
        changes: Changes = {"contacts": "hcs"} if hcs else {}
        texts = ["a supply whose plugs have HCS contacts"] if hcs else []
        if extra:
            changes["extra_inputs"] = [*spec.extra_inputs, *extra]
            texts.append(_plugs(extra))
        if oz:
            changes["copper_oz"] = oz
            texts.append("2 oz copper")
        if awg:
            changes["cable_awg"] = awg
            texts.append(f"{awg} AWG wire to the nodes")
        price = WIRE_PRICE * step + COPPER_PRICE * bool(oz) + PLUG_PRICE * len(extra)
        if changes:
            ways.append((price + HCS_PRICE * hcs, changes, _and(texts), extra))
    tried: dict[tuple[ExtraKind, ...], bool] = {}
    for price, changes, text, extra in sorted(ways, key=lambda way: way[0]):
        if extra in tried:
            tried[extra] = tried[extra] and _could(spec, extra, hcs=hcs)
        if tried.setdefault(extra, True):
            yield price, changes, text


def _could(spec: BoardSpec, extra: tuple[ExtraKind, ...], *, hcs: bool) -> bool:
    """Whether a set of plugs does with the thickest wire and copper: else none thinner does."""
    best: Changes = {
        "extra_inputs": [*spec.extra_inputs, *extra],
        "cable_awg": min(THICKER),
        "copper_oz": 2,
        "contacts": "hcs" if hcs else spec.contacts,
    }
    made = _try(spec, 0, best, "")
    return made is not None and made.robust


def _extras(spec: BoardSpec) -> list[tuple[ExtraKind, ...]]:
    """Return the further plugs that there is room for; none where no output gives 12 V."""
    if not spec.outputs_12v:
        return [()]
    room = MAX_EXTRA_INPUTS - len(spec.extra_inputs)
    return [
        kinds
        for number in range(room + 1)
        for kinds in itertools.combinations_with_replacement(EXTRA_KINDS, number)
    ]


def _module(spec: BoardSpec) -> Iterator[Way]:
    """Yield boards that give 12 V where this gives 5 V, for a step-down module at each node."""
    if spec.volts == 12 and not spec.outputs_5v:
        return
    most = spec.amps if spec.volts == 5 else spec.amps_5v
    usual = spec.typical_amps if spec.volts == 5 else spec.typical_amps_5v
    amps = _at_12v(most, node_v(12))
    kind = spec.connector if spec.volts == 5 else spec.connector_5v
    text = (
        f"12 V, {amps:g} A each, and a 12 V to 5 V module of {most:g} A at each "
        f"{'' if spec.volts == 5 else '5 V '}node"
    )
    if spec.volts == 5:
        base: Changes = {"volts": 12, "amps": amps}
        if usual is not None:
            base["typical_amps"] = min(_at_12v(usual, 12), amps)
    elif amps <= spec.amps and kind == spec.connector:
        base = {"outputs_5v": 0}
    else:
        return
    if amps > largest_amps(kind):
        return
    whole = read_spec({**spec.model_dump(), **base})
    yield BUCK_PRICE, base, text
    for price, changes, more in _on_board(whole):
        yield BUCK_PRICE + price, {**base, **changes}, f"{text}, with {more}"


def _at_12v(amps: float, volts: float) -> float:
    """Return what a module draws at its input for a current at 5 V, rounded up to 0.01 A."""
    return math.ceil(5 * amps / (ratings().buck.efficiency * volts) * 100 - 1e-9) / 100


def _fewer(spec: BoardSpec) -> Iterator[Way]:
    """Yield boards of fewer outputs; of a mixed board those of one rail go."""
    if not spec.outputs_5v:
        for number in range(spec.outputs - 1, 0, -1):
            gone = spec.outputs - number
            yield FEWER_PRICE + gone, {"outputs": number}, _at_most(number, spec.amps, "")
        return
    left, low = spec.outputs_12v, spec.outputs_5v
    ways = [(left, number) for number in range(low - 1, -1, -1)]
    ways += [(number, low) for number in range(left - 1, 0, -1)]
    for twelve, five in sorted(ways, key=lambda way: -sum(way)):
        text = _at_most(twelve, spec.amps, " and 12 V")
        if five:
            text += f" and {five} at {spec.amps_5v:g} A and 5 V"
        changes: Changes = {"outputs": twelve + five, "outputs_5v": five}
        yield FEWER_PRICE + left + low - twelve - five, changes, text


def _at_most(number: int, amps: float, more: str) -> str:
    return f"at most {number} output{'s' if number > 1 else ''} at {amps:g} A{more}"


def _less(spec: BoardSpec, rail: str) -> Cure | None:
    """Return the largest current, in steps of 0.05 A, that all outputs of one kind can have."""
    most, usual = getattr(spec, f"amps{rail}"), getattr(spec, f"typical_amps{rail}")
    number = spec.outputs_5v if rail else spec.outputs - spec.outputs_5v
    low, high = math.ceil(MIN_A / STEP_A), math.ceil(most / STEP_A - 1e-9) - 1
    found: Cure | None = None
    while low <= high:
        middle = (low + high) // 2
        amps = round(middle * STEP_A, 2)
        changes: Changes = {f"amps{rail}": amps}
        if usual is not None and usual > amps:
            changes[f"typical_amps{rail}"] = amps
        text = f"at most {amps:g} A on each of {number}" + (" at 5 V" if rail else "")
        cure = _try(spec, LESS_PRICE, changes, text)
        if cure:
            found, low = cure, middle + 1
        else:
            high = middle - 1
    return found


_NAMES = {"eps-8": "EPS 8-pin", "p4": "P4 4-pin", "pcie-6": "PCIe 6-pin", "pcie-8": "PCIe 8-pin"}


def _plugs(extra: tuple[ExtraKind, ...]) -> str:
    names = [_NAMES[kind] for kind in extra]
    return f"one more plug, {names[0]}" if len(names) == 1 else f"more plugs: {', '.join(names)}"


def _and(texts: list[str]) -> str:
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} and {texts[-1]}"
