"""From names of the catalogue to the frozen spec a part is made from."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any, ParamSpec, get_args, get_origin

from catalog.models import (
    Board,
    Box,
    Drive,
    Fact,
    Fan,
    Hat,
    Insert,
    Psu,
    Rack,
    RackStandard,
    Screw,
)
from catalog.problems import InputError, Problem, did_you_mean
from catalog.validate import parse
from mounts.carrier import CarrierSpec
from mounts.heights import of_height
from mounts.parts.frame_bays import BaySpec
from mounts.pieces import pieces
from mounts.registry import PARTS

if TYPE_CHECKING:
    from catalog.load import Catalog
    from packing.bays import Bays

P = ParamSpec("P")
OPTIONS = ("device", "hat", "pose", "count", "front", "fixing")  # of the command line
SETTING = "--set"
# What a board beside another has from it.
AS_THE_FIRST = ("fixing", "calibration", "air_gap_mm", "plug_room_mm")


@dataclass(frozen=True)
class Order:
    """What is asked for, in the catalogue's names.

    Args:
        part: a registered family.
        rack: `10in`, `19in`, `10in-250` or a rack of the catalogue.
        device: board or box; none for a blank.
        height_u: height in U; the smallest that works if not given.
        hat: HAT stacked on the board.
        where: option or file named in errors.
        options: further fields of the family's spec; a name where it wants a record, such as a fan.
    """

    part: str
    rack: str
    device: str | None = None
    height_u: float | None = None
    hat: str | None = None
    where: str = "--device"
    options: dict[str, Any] = field(default_factory=dict[str, Any])


def standard_of(catalog: "Catalog", rack: str, where: str = "--rack") -> RackStandard:
    """Return how a rack's posts are made: of a standard, or of a rack as sold.

    Raises:
        InputError: unknown rack, or one whose posts take no panel of ours.
    """
    found = catalog.rack(rack, where=where)
    if found.standard is None:
        what = f"{rack} has posts of its own kind; no panel of a standard fits it"
        raise InputError(Problem(where, what, allowed="10in, 10in-250, 19in or a rack of those"))
    return catalog.standard(found.standard, where=where)


def registered(part: str) -> None:
    """Refuse a part that is not registered.

    Raises:
        InputError: it is none; names the nearest.
    """
    if part not in PARTS:
        what = f"no part is called {part!r}; {did_you_mean(part, PARTS)}"
        raise InputError(Problem("PART", what, nearest="rackpress mount list shows them all"))


def spec_for(order: Order, catalog: "Catalog") -> Fact:
    """Return the spec an order asks for.

    Raises:
        InputError: unknown names, a device of the wrong kind, or one that does not fit; says the
            largest value that works.
    """
    fields = _fields_of(order, catalog)
    spec = PARTS[order.part].spec
    try:
        if "height_u" not in spec.model_fields:
            return parse(spec, fields, order.where)
        return of_height(spec, fields, order.height_u, order.where)
    except InputError as error:
        raise InputError(*(_at_its_option(order, one) for one in error.problems)) from None


def _at_its_option(order: Order, problem: Problem) -> Problem:
    """Return a problem of a field that was set on the command line, with the option that set it."""
    if problem.where != order.where or problem.key not in order.options:
        return problem
    return replace(problem, where=_option(order.where, problem.key))


def most_of(order: Order, catalog: "Catalog") -> "Bays | None":
    """Return the layout of most boards of a frame: the device is its first kind, then those beside.

    Args:
        order: a frame with a height, and how many there are of each.
        catalog: facts.

    Raises:
        InputError: unknown names.
    """
    from mounts.densest import most_in_frame  # noqa: PLC0415 - only frames need it

    found = most_in_frame({**_fields_of(order, catalog), "height_u": order.height_u})
    return found.bays if found else None


def devices_of(family: str, catalog: "Catalog") -> list[str | None]:
    """Return what a family may be asked to carry; nothing is one answer where that is allowed."""
    takes = PARTS[family].takes
    if takes == "nothing":
        return [None]
    known = {
        "board": catalog.boards,
        "box": catalog.boxes,
        "drive": catalog.drives,
        "psu": catalog.psus,
    }[takes]
    needed = PARTS[family].spec.model_fields["device"].is_required()
    return [*([] if needed else [None]), *sorted(known)]


def _fields_of(order: Order, catalog: "Catalog") -> dict[str, Any]:
    """Return the fields that an order gives, names replaced by what they mean.

    Raises:
        InputError: unknown names, or a device of the wrong kind.
    """
    registered(order.part)
    family = PARTS[order.part]
    fields = dict(order.options)
    known = family.spec.model_fields
    if "standard" in known:  # what is bolted to no rack asks for none
        fields["standard"] = standard_of(catalog, order.rack)
    if family.takes != "nothing" and (order.device is not None or known["device"].is_required()):
        if order.device is None:
            what = f"{order.part} carries a {family.takes}: say which"
            raise InputError(Problem(order.where, what, nearest="rackpress catalog list"))
        fields["device"] = order.device
    if order.hat is not None:
        fields["hat"] = order.hat
    unknown = sorted(set(fields) - set(family.spec.model_fields))
    if unknown:
        names = set(family.spec.model_fields)
        raise InputError(
            *(
                Problem(_option(order.where, key), f"{order.part} has no {key!r}; {said}")
                for key, said in ((key, did_you_mean(key, names)) for key in unknown)
            )
        )
    _no_truths(family.spec, order)
    fields = _facts(family.spec, fields, catalog, order.where)
    if "between_mm" in known and fields.get("rows") == 2:  # nothing else asks how deep a rack is
        fields.setdefault("between_mm", catalog.rack(order.rack).clear_depth_mm)
    return fields


def _no_truths(spec: type[Fact], order: Order) -> None:
    """Refuse `true` where a number is wanted; it would be taken for 1."""
    known = spec.model_fields
    problems = [
        Problem(order.where, f"{str(value).lower()} is no number", key, allowed="a number")
        for key, value in order.options.items()
        if isinstance(value, bool) and _wants_number(known[key].annotation)
    ]
    if problems:
        raise InputError(*problems)


def _wants_number(annotation: Any) -> bool:
    kinds = get_args(annotation) or (annotation,)
    return bool not in kinds and (int in kinds or float in kinds)


def companions(spec: Fact) -> list[tuple[str, Fact]]:
    """Return the parts that come with one, each once: a frame is of no use without its sleds."""
    return [(piece.family, piece.spec) for piece in pieces(spec)[1:]]


# How a name in a spec's field becomes the record that the field holds.
FINDERS: dict[type[Fact], str] = {
    Board: "board",
    Box: "box",
    BaySpec: "board",
    CarrierSpec: "board",
    Drive: "drive",
    Fan: "fan",
    Hat: "hat",
    Insert: "insert",
    Psu: "psu",
    Rack: "rack",
    RackStandard: "standard",
    Screw: "screw",
}


def _option(where: str, key: str) -> str:
    """Return what names a field: a file its key; the command line an option, or `--set`."""
    if not where.startswith("--") or where == SETTING:
        return where
    return f"--{key}" if key in OPTIONS else SETTING


def _facts(
    spec: type[Fact], fields: dict[str, Any], catalog: "Catalog", where: str
) -> dict[str, Any]:
    """Return the fields with every name of a record replaced by the record itself."""
    found = dict(fields)
    for key, value in fields.items():
        like = _boards_in(spec, key)
        if like is not None:
            boards = (value,) if isinstance(value, (str, dict)) else value
            option = _option(where, key)
            found[key] = tuple(
                _in_row((option, f"{key}[{i}]"), _guest, one, like, fields, catalog, option)
                for i, one in enumerate(boards)
            )
            continue
        finder = finder_of(spec, key)
        if finder is None:
            continue
        option = _option(where, key)
        named = not option.startswith("--") or (option == SETTING != where)
        look_up = partial(getattr(catalog, finder), where=option, key=key if named else "")
        if holds_many(spec, key):
            names = (value,) if isinstance(value, str) else value
            found[key] = tuple(look_up(one) if isinstance(one, str) else one for one in names)
        elif isinstance(value, str):
            board_like = finder == "board" and value in catalog.form_factors
            found[key] = catalog.form_factor(value).board() if board_like else look_up(value)
    if isinstance(found.get("device"), Board):
        found = {**_board_facts(found["device"], catalog), **found}
    return found


def _boards_in(spec: type[Fact], key: str) -> type[CarrierSpec] | None:
    """Return what a field holds a row of, if that is boards beside the first one."""
    kinds = get_args(spec.model_fields[key].annotation)
    boards = [k for k in kinds if isinstance(k, type) and issubclass(k, CarrierSpec)]
    return boards[0] if boards else None


def _in_row(
    place: tuple[str, str], read: Callable[P, Any], *args: P.args, **kwargs: P.kwargs
) -> Any:
    """Return what `read` does of one in a row; what is wrong is said of its place there."""
    where, key = place
    try:
        return read(*args, **kwargs)
    except InputError as error:
        told = [
            replace(p, key=f"{key}.{p.key}" if p.key else key) if p.where == where else p
            for p in error.problems
        ]
        raise InputError(*told) from None


def _guest(
    value: Any, like: type[CarrierSpec], fields: dict[str, Any], catalog: "Catalog", where: str
) -> Any:
    """Return a board beside another, `{ device = "…", front = "…" }` or its name alone.

    It is screwed down as the first one, with as much air and room for plugs, unless it says
    otherwise.
    """
    if not isinstance(value, (str, dict, Board)):
        return value
    own: dict[str, Any] = {
        key: fields[key] for key in AS_THE_FIRST if key in fields and key in like.model_fields
    }
    own |= value if isinstance(value, dict) else {"device": value}
    unknown = sorted(set(own) - set(like.model_fields))
    if unknown:
        what = f"a board has no {unknown[0]!r}; {did_you_mean(unknown[0], set(like.model_fields))}"
        raise InputError(Problem(where, what, nearest="see `rackpress mount list --json`"))
    return parse(like, _facts(like, own, catalog, where), where)


def holds_many(spec: type[Fact], key: str) -> bool:
    """Return whether a field is a list."""
    return get_origin(spec.model_fields[key].annotation) is tuple


def finder_of(spec: type[Fact], key: str) -> str | None:
    """Return the catalogue's lookup for a field, or nothing if it holds no record."""
    annotation = spec.model_fields[key].annotation
    kinds = get_args(annotation) or (annotation,)
    return next((FINDERS[kind] for kind in kinds if kind in FINDERS), None)


def _board_facts(board: Board, catalog: "Catalog") -> dict[str, Any]:
    return {
        "form_factor": catalog.form_factor(board.form_factor) if board.form_factor else None,
        "plugs": tuple(catalog.plugs.values()),
        **_fasteners(board, catalog),
    }


def _fasteners(board: Board, catalog: "Catalog") -> dict[str, Any]:
    """Return screw and insert for a board's holes; `M3 or #6-32` takes the first that is known."""
    if not any(hole.use == "mount" for hole in board.holes):
        return {}
    thread = (board.hole_screw or "").split(" or ")[0].strip()
    screw = catalog.screw(thread, where=board.id, key="hole_screw")
    known = {insert.thread for insert in catalog.inserts.values()}
    return {"screw": screw, "insert": catalog.insert(thread) if thread in known else None}
