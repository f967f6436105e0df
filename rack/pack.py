"""`rackpress pack`: what goes into one or several racks together, where, and what must stay out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from catalog.calibration import UNCALIBRATED
from catalog.load import Catalog
from catalog.models import Rack
from catalog.problems import InputError, Problem, did_you_mean
from catalog.validate import read_toml
from mounts.order import Order, spec_for
from packing.cabinet.answer import Answer
from packing.cabinet.question import BOTH, Cable, Goal, Question, Thing
from packing.cabinet.question import Cabinet as Asked
from packing.cabinet.wishes import Cap, HeavyLow, Wish, Worth
from packing.site import RackAnswer, of_rack
from rack.cabinets import Cabinet, cabinets_of, placed_well, racks_by_cabinet, unknown_depth
from rack.calibrated import calibration_of
from rack.devices import find
from rack.gather import Gathering, located
from rack.held import board_devices, with_boards
from rack.items import Setting, item_parts, labels, natural_family, rack_of, same_names
from rack.most import counted
from rack.own import NONE, cabinets, opening_mm, own_things, priced
from rack.pack_spec import Goal as GoalName
from rack.pack_spec import Pack
from rack.packed import asked, fitted, mine
from rack.repeated import at_most, in_the_file, repeated
from rack.spec import RackSpec, read_rack
from rack.things import candidate_thing, pins, things_of, wishes_of

GOALS: dict[GoalName, Goal] = {
    "most": "most",
    "fewest-u": "fewest-u",
    "fewest-racks": "fewest-cabinets",
    "least-cost": "least-cost",
}


@dataclass(frozen=True)
class Wanted:
    """What `pack` is asked beyond the file.

    Args:
        goal: see `packing.cabinet.question.Question`; `None`: what the file says.
        racks: how many equal ones there are; `None`: likewise.
        rear: things may hang on the rear posts too, also where the file does not say so.
        depth_mm: clear, in place of the file's or the catalogue's.
        choose: what the file has may stay out as well.
        limit_s: the solver's work for each of its steps.
    """

    goal: Goal | None = None
    racks: int | None = None
    rear: bool = False
    depth_mm: float | None = None
    choose: bool = False
    limit_s: float = 10.0


@dataclass(frozen=True)
class Case:
    """A file as a question, with what the answer will be told beside.

    Args:
        spec: the rack as written.
        rack: of the catalogue.
        asked: the question.
        never: candidates that no mount takes, with the reason.
        sticking_out_mm: what is deeper than the rack, and by how much.
        beside: items that stand beside the rack and take no unit.
    """

    spec: RackSpec
    rack: Rack
    asked: Question
    never: dict[str, str]
    sticking_out_mm: dict[str, float]
    beside: tuple[str, ...]


@dataclass(frozen=True)
class Packed:
    """A case with its answer."""

    case: Case
    found: RackAnswer

    @property
    def answer(self) -> Answer:
        """What the solver says."""
        return self.found.answer

    @property
    def shown(self) -> Answer:
        """The layout to show: the answer, or what goes in instead."""
        return self.answer if self.found.instead is None else self.found.instead

    def as_dict(self) -> dict[str, Any]:
        """Return everything as plain data, for JSON."""
        case, instead = self.case, self.found.instead
        return {
            "name": case.spec.name,
            "rack": case.rack.id,
            **self.answer.as_dict(),
            "instead": None if instead is None else instead.as_dict(),
            "swaps": {n: None if out is None else list(out) for n, out in self.found.swaps.items()},
            "never": case.never,
            "sticking_out_mm": case.sticking_out_mm,
            "beside": list(case.beside),
            "note": case.spec.note,
            "unknown": unknown(self.answer.question),
        }


def pack(spec: RackSpec, catalog: Catalog, where: str, wanted: Wanted) -> Packed:
    """Return where the items of a rack and its candidates stand together.

    Args:
        spec: the rack as written.
        catalog: facts.
        where: file named in errors.
        wanted: the rest of the question.

    Raises:
        InputError: unknown names, devices that do not fit, wishes of nothing; all at once.
    """
    case = case_of(spec, catalog, where, wanted)
    return Packed(case, of_rack(case.asked))


def read_case(path: Path, catalog: Catalog, wanted: Wanted) -> Case:
    """Read a rack.toml and return what is asked of the solver.

    Raises:
        InputError: everything that is wrong, each with file, line, key and nearest fix.
    """
    spec, text = read_rack(path)
    try:
        return case_of(spec, catalog, str(path), wanted)
    except InputError as error:
        data, _ = read_toml(path, str(path))
        raise located(error.problems, data, text) from None


def unknown(asked: Question) -> dict[str, list[str]]:
    """Return the things of which a figure that a wish is about is not known: they count nothing."""
    caps = {wish.what for wish in asked.wishes if isinstance(wish, Cap)}
    heavy = any(isinstance(wish, HeavyLow) for wish in asked.wishes)
    figures = {
        "peak draw": ("power_w", "power" in caps),
        "typical draw": ("heat_w", "heat" in caps),
        "weight": ("weight_g", "weight" in caps or heavy),
    }
    found = {
        words: [thing.name for thing in asked.things if getattr(thing, key) is None]
        for words, (key, matters) in figures.items()
        if matters
    }
    return {words: names for words, names in found.items() if names}


def case_of(spec: RackSpec, catalog: Catalog, where: str, wanted: Wanted) -> Case:
    """Return a rack as a question; see `pack`."""
    written, origin = repeated(spec)
    try:
        return _case(written, catalog, where, wanted)
    except InputError as error:
        told = (in_the_file(one, origin) for one in error.problems)
        raise InputError(*dict.fromkeys(told)) from None


def _case(spec: RackSpec, catalog: Catalog, where: str, wanted: Wanted) -> Case:
    """Return a rack of which every mount is written out as a question."""
    found = Gathering()
    wanted, listed = _whole(wanted, spec.pack), spec.pack or NONE
    own = found.tried(calibration_of, spec, where, None) or UNCALIBRATED
    boards = board_devices(spec.items, spec.power_boards)
    at = Setting(catalog, spec.rack, where, own, boards, racks_by_cabinet(spec))
    rack = found.tried(rack_of, at)
    filled = found.tried(_cabinets, spec, catalog, wanted, where) if rack else None
    found.tried(same_names, spec.items, where)
    items = with_boards(spec.items, spec.power_boards, where, found)
    parts = item_parts(enumerate(items), at, found, whole=rack is not None)
    rack, filled = found.settled(rack), found.settled(filled)
    spec, parts, optional = found.settled(found.tried(at_most, spec, parts, filled, at))
    spec = counted(spec, parts)
    inside = things_of(spec, parts, at)
    inside |= {i: replace(inside[i], required=False) for i in optional if i in inside}
    chosen, never = _candidates(spec, {thing.name for thing in inside.values()}, at, found)
    taken = [*(thing.name for thing in inside.values()), *spec.candidates]
    opening = opening_mm(rack, catalog)
    things = [*inside.values(), *(chosen if _chooses(wanted, listed) else [])]
    things += found.tried(own_things, listed, taken, opening, where, catalog) or []
    things = found.tried(priced, things, listed, spec.candidates, where) or things
    racks = cabinets(listed, wanted.racks, asked(filled, spec, opening, deep=True))
    found.tried(_faces_and_racks, listed, wanted, racks, where)
    wishes, cables = found.settled(found.tried(_wishes, spec, things, where))
    inside_of = {thing.name: spec.items[i].cabinet for i, thing in inside.items()}
    question = Question(
        tuple(_free(t, wanted, mine(inside_of.get(t.name), filled)) for t in things),
        racks,
        tuple(dict.fromkeys((*pins(spec, inside), *wishes))),
        tuple(cables),
        goal=wanted.goal or "most",
        limit_s=wanted.limit_s,
    )
    deep = max((one.depth_mm for one in filled if one.depth_mm is not None), default=None)
    out_mm = {
        thing.name: round(thing.depth_mm - deep, 1)
        for thing in things
        if deep is not None and thing.depth_mm > deep
    }
    names = labels(spec.items)
    beside = tuple(name for i, name in enumerate(names) if i not in inside)
    return Case(spec, rack, question, never, out_mm, beside)


def _whole(wanted: Wanted, pack: Pack | None) -> Wanted:
    """Return what is wanted with what the file says where the command line says nothing."""
    pack = pack or NONE
    depth = pack.depth if wanted.depth_mm is None else wanted.depth_mm
    goal = wanted.goal or GOALS[pack.goal]
    return replace(wanted, goal=goal, rear=wanted.rear or pack.rear, depth_mm=depth)


def _chooses(wanted: Wanted, pack: Pack) -> bool:
    """Return whether candidates count: for the fewest of anything none would be taken."""
    return wanted.goal == "most" or pack.least is not None


def _candidates(
    spec: RackSpec, taken: set[str], at: Setting, found: Gathering
) -> tuple[list[Thing], dict[str, str]]:
    """Return the candidates as things, and those that no mount takes with the reason."""
    chosen, never = dict[str, Thing](), dict[str, str]()
    for index, name in enumerate(dict.fromkeys(spec.candidates)):
        if name in taken:  # it is in already, under its own name
            continue
        made = found.tried(_candidate, name, f"candidates[{index}]", at)
        if isinstance(made, str):
            never[name] = made
        elif made is not None:
            chosen[name] = made
    return [*chosen.values()], never


def _faces_and_racks(pack: Pack, wanted: Wanted, racks: Sequence[Asked], where: str) -> None:
    """Refuse a place at the rear where nothing hangs there, and in a rack that there is not.

    Raises:
        InputError: all of them.
    """
    names, problems = [cabinet.name for cabinet in racks], list[Problem]()
    for index, one in enumerate(pack.stand):
        key = f"pack.stand[{index}]"
        if one.face == "rear" and not wanted.rear:
            near = "add rear = true under [pack], or say --rear"
            problems.append(
                Problem(where, "nothing hangs at the rear", f"{key}.face", nearest=near)
            )
        if one.rack is not None and one.rack not in names:
            near, what = did_you_mean(one.rack, names), f"no rack is called {one.rack!r}"
            problems.append(Problem(where, what, f"{key}.rack", nearest=near))
    if len(set(names)) < len(names):
        problems.append(Problem(where, "two racks share a name", "pack.rack", nearest="rename one"))
    if problems:
        raise InputError(*problems)


def _wishes(spec: RackSpec, things: Sequence[Thing], where: str) -> tuple[list[Wish], list[Cable]]:
    """Return the wishes of `[pack]` that are about things to be placed here."""
    if spec.pack is None:
        return [], []
    names = {thing.name for thing in things}
    optional = [*names, *spec.candidates]
    wishes, cables = wishes_of(spec.pack, optional, where)
    wishes += [Worth(spec.pack.least)] if spec.pack.least is not None else []
    return (
        [wish for wish in wishes if names.issuperset(wish.things)],
        [cable for cable in cables if names.issuperset((cable.one, cable.other))],
    )


def _cabinets(spec: RackSpec, catalog: Catalog, wanted: Wanted, where: str) -> tuple[Cabinet, ...]:
    """Return the cabinets of the file; how deep must be known where things hang at the rear.

    Raises:
        InputError: what is wrong with them, or with the place of an item.
    """
    found = cabinets_of(spec, catalog, where)
    if wanted.depth_mm is not None:
        own = {"clear_depth_mm": wanted.depth_mm}
        found = tuple(replace(one, rack=one.rack.model_copy(update=own)) for one in found)
    placed_well(spec.items, found, where)
    for one in found:
        if wanted.rear and one.depth_mm is None:
            raise InputError(unknown_depth(one, where, "rack"))
    for index, item in enumerate(spec.items):
        if wanted.racks is not None and item.cabinet is not None:
            what = f"it stands in {item.cabinet}, and so many equal racks are asked about"
            near = "leave out --racks, or cabinet"
            raise InputError(Problem(where, what, f"item[{index}].cabinet", nearest=near))
    return found


def _candidate(name: str, key: str, at: Setting) -> Thing | str:
    """Return a candidate as a thing, or why no mount takes it in this rack."""
    device = find(at.catalog, name, where=at.where, key=key)
    try:
        own = {"calibration": at.calibration}
        made = spec_for(Order(natural_family(device), at.rack, device.id, options=own), at.catalog)
    except InputError as error:
        return "; ".join(problem.what for problem in error.problems)
    return candidate_thing(name, device, made)


def _free(thing: Thing, wanted: Wanted, cabinets: Sequence[Cabinet]) -> Thing:
    """Return a thing as it is asked about; what is too deep sticks out, and takes both faces."""
    return replace(
        fitted(thing, cabinets, deep=True),
        faces=BOTH if wanted.rear else thing.faces,
        required=thing.required and not wanted.choose,
    )
