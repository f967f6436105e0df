"""From an item of a rack.toml to the part that carries it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from catalog.calibration import UNCALIBRATED, Calibration
from catalog.load import Catalog
from catalog.models import Board, Box, Device, Fact, Rack
from catalog.problems import InputError, Problem
from catalog.rack_units import smallest_height_u
from mounts.order import Order, spec_for, standard_of
from mounts.parts.heavy import is_heavy
from mounts.registry import PARTS
from rack.devices import Named, find, kind_of
from rack.gather import Gathering
from rack.held import no_board
from rack.settings import KEYS, in_rack, own_keys, read_settings, refuse_idle
from rack.spec import MANY, MOUNTS, Item, a


@dataclass(frozen=True)
class Setting:
    """What all items of one file have in common.

    Args:
        catalog: facts.
        rack: the rack's id.
        where: the file named in errors.
        calibration: how the printer prints what carries them.
        boards: the file's power boards by name; `None` for those that no tray carries.
        racks: the rack of each cabinet that has one of its own.
    """

    catalog: Catalog
    rack: str
    where: str
    calibration: Calibration = UNCALIBRATED
    boards: Mapping[str, Board | None] = field(default_factory=dict[str, "Board | None"])
    racks: Mapping[str, str] = field(default_factory=dict[str, str])

    def inside(self, cabinet: str | None) -> "Setting":
        """Return the same for what stands in a cabinet."""
        return replace(self, rack=self.racks.get(cabinet or "", self.rack))


def rack_of(at: Setting) -> Rack:
    """Return the rack, if our panels fit its posts.

    Raises:
        InputError: unknown rack, or one whose posts take no panel of ours.
    """
    rack = at.catalog.rack(at.rack, where=at.where, key="rack")
    try:
        standard_of(at.catalog, at.rack, at.where)
    except InputError as error:
        raise InputError(*(replace(p, key="rack") for p in error.problems)) from None
    return rack


def height_of(made: Fact) -> float:
    """Return the height of a part with a panel, U."""
    return float(getattr(made, "height_u"))  # noqa: B009 - every panel spec has one


def standing_at(made: Fact, at_u: float) -> Fact:
    """Return a part's spec with its holes where they are at its place in the rack."""
    start = "upper" if at_u % 1 else "lower"
    if getattr(made, "start") == start:  # noqa: B009 - as above
        return made
    fields = {key: getattr(made, key) for key in type(made).model_fields}
    return type(made)(**{**fields, "start": start})


def labels(items: Sequence[Item]) -> list[str]:
    """Return what to call each item; those without a name of their own are numbered if need be."""
    given = {item.name for item in items if item.name}
    seen: Counter[str] = Counter()
    found: list[str] = []
    for item in items:
        label = item.name or item.device or item.power_board or item.mount
        while not item.name:
            seen[label] += 1
            number = seen[label]
            tried = label if number == 1 else f"{label}-{number}"
            if tried not in given:
                label = tried
                break
        found.append(label)
    return found


def same_names(items: Sequence[Item], where: str) -> None:
    """Refuse a name that two items share: pictures and sentences could not tell them apart.

    Raises:
        InputError: one problem for each item after the first.
    """
    first: dict[str, int] = {}
    problems: list[Problem] = []
    for index, item in enumerate(items):
        if item.name is None:
            continue
        if item.name in first:
            what = f"item[{first[item.name]}] is called {item.name!r} already"
            near = f'name = "{item.name[:38]}-2"'
            problems.append(Problem(where, what, f"item[{index}].name", nearest=near))
        first.setdefault(item.name, index)
    if problems:
        raise InputError(*problems)


def look_up(item: Item, key: str, at: Setting) -> Named | None:
    """Return the device of an item, `None` if it has none; its HAT is looked up too.

    Raises:
        InputError: unknown device or HAT.
    """
    found = Gathering()
    device = None
    if item.power_board is not None and item.mount == "tray":
        device = found.tried(_own_board, item.power_board, key, at)
    if item.device is not None:
        device = found.tried(find, at.catalog, item.device, where=at.where, key=f"{key}.device")
    if item.hat is not None:
        found.tried(at.catalog.hat, item.hat, where=at.where, key=f"{key}.hat")
    found.done()
    return device


def _own_board(name: str, key: str, at: Setting) -> Board:
    """Return a power board of the same file as a device.

    Raises:
        InputError: there is none of that name, or it is wrong itself.
    """
    if name not in at.boards:
        raise InputError(no_board(name, at.boards, at.where, key))
    board = at.boards[name]
    if board is None:
        what, near = f"{name} cannot be made as it is written", "mend the board first"
        raise InputError(Problem(at.where, what, f"{key}.power_board", nearest=near))
    return board


def item_parts(
    items: Iterable[tuple[int, Item]], at: Setting, found: Gathering, *, whole: bool
) -> list[Fact | None]:
    """Return the spec of each item's part, `None` where a problem was gathered.

    Args:
        items: index in the file, and what was written.
        at: what all items share.
        found: takes the problems of all.
        whole: the rack is known; else names are looked up only.
    """
    parts: list[Fact | None] = []
    for index, item in items:
        key = f"item[{index}]"
        if whole:
            parts.append(found.tried(item_part, item, key, at))
        else:
            found.tried(look_up, item, key, at)
            parts.append(None)
    return parts


def item_part(item: Item, key: str, at: Setting) -> Fact:
    """Return the spec of the part that carries an item.

    Args:
        item: what was written.
        key: dotted path of the item, for errors.
        at: what all items share.

    Raises:
        InputError: unknown names, a mount that does not take the device, a setting that the mount
            does not know, or a device that does not fit.
    """
    at = at.inside(item.cabinet)
    device = look_up(item, key, at)
    family = family_of(item, device, at.where, key)
    found = Gathering()
    found.tried(refuse_idle, item, family, (at.where, key))
    settings, wrong = read_settings(item, family, (at.where, key), at.catalog)
    found.problems += wrong
    found.tried(_whole, item, family, device, (at.where, key))
    order, own = _order(item, family, device, at), {"calibration": at.calibration}
    catalog = at.catalog
    if item.power_board is not None and isinstance(device, Board):
        catalog = catalog.with_device(device)
    try:
        made = spec_for(replace(order, options={**order.options, **settings, **own}), catalog)
    except InputError as error:
        told = [_at(p, item, at.where, key) for p in error.problems]
        # Once a wish could not be read, only what is said of the others' values is sure.
        sure = [p for p in told if p.key.startswith(f"{key}.set.") or not found.problems]
        raise InputError(*found.problems, *sure) from None
    found.done()
    return made


def _order(item: Item, family: str, device: Named | None, at: Setting) -> Order:
    """Return what is asked of the mounts, without what `[item.set]` says."""
    options: dict[str, Any] = {
        field: getattr(item, name)
        for name, field in own_keys(family).items()
        if name not in {"hat", "height"} and getattr(item, name) is not None
    }
    if family in MANY:  # of a family that takes one, the item has seen to it
        options["count"] = item.count
    if item.at_u is not None and item.at_u % 1 and in_rack(family):
        options["start"] = "upper"  # known now: what does not fit there is the item's mistake
    named, height = device.id if device else None, item.height
    if family == "ears" and isinstance(device, Box):  # made to the box's measures, it carries none
        named = None
        options["box_width_mm"] = device.case.width_mm
        height = height or max(1.0, smallest_height_u(device.case.height_mm))
    return Order(family, at.rack, named, height, item.hat, at.where, options)


def _whole(item: Item, family: str, device: Named | None, place: tuple[str, str]) -> None:
    """Refuse a holder of nothing, and ears lower than their box.

    Raises:
        InputError: one of the two.
    """
    where, key = place
    if family == "holder" and device is None and not {"width_mm", "height_mm"} <= {*item.settings}:
        near = "[item.set] with width_mm, height_mm and thickness_mm"
        what = "a holder needs to know what it holds"
        raise InputError(Problem(where, what, key, allowed="a device, or its size", nearest=near))
    if family == "ears" and isinstance(device, Box) and item.height is not None:
        least = max(1.0, smallest_height_u(device.case.height_mm))
        if item.height < least:
            what = f"{device.id} is {device.case.height_mm:g} mm high, more than its ears"
            raise InputError(Problem(where, what, f"{key}.height", nearest=f"use {least:g}U"))


def family_of(item: Item, device: Named | None, where: str, key: str) -> str:
    """Return the part family that carries an item.

    Args:
        item: what was written.
        device: what it carries, if anything.
        where: file named in errors.
        key: dotted path of the item, for errors.

    Raises:
        InputError: a device that no mount of ours takes, or not the one that was asked for.
    """
    if device is None:
        return item.mount
    kind = kind_of(device)
    if kind == "blade":
        what = f"{device.id} is made for its maker's own enclosure"
        near = "put the enclosure on a shelf: device = 'bladerunner-19'"
        raise InputError(Problem(where, what, f"{key}.device", nearest=near))
    if item.mount == "auto":
        _one_supply(item, device, where, key)
        family = natural_family(device, 2 if item.several else 1)
        if item.count == "max" and family != "frame":
            what = f"only a frame counts by itself how many fit, and {device.id} takes {a(family)}"
            near = "write how many"
            raise InputError(Problem(where, what, f"{key}.count", allowed="a number", nearest=near))
        return family
    takes = _takes(item.mount)
    if takes != kind:
        what = f"{a(item.mount)} carries {_a_kind(takes)}, and {device.id} is {_a_kind(kind)}"
        fitting = ", ".join(name for name in MOUNTS if _takes(name) == kind)
        near = "leave out mount: the right one is chosen"
        raise InputError(Problem(where, what, f"{key}.mount", allowed=fitting, nearest=near))
    return item.mount


def natural_family(device: Named, count: int = 1) -> str:
    """Return the family that carries a device where none was named.

    Args:
        device: no blade.
        count: how many of it.
    """
    match device:
        case Box() if is_heavy(device) and count == 1:
            return "ups" if device.category == "ups" else "nas"
        case Device() if device.kind == "board":
            return "frame" if count > 1 else "tray"
        case Device():
            return "shelf"
        case _:
            return "psu" if kind_of(device) == "psu" else "drives"


def _takes(family: str) -> str:
    """Return the kind of device a family carries; ears are screwed to a box."""
    return "box" if family == "ears" else PARTS[family].takes


def _a_kind(kind: str) -> str:
    words = {"psu": "a power supply", "drive": "a disk", "nothing": "nothing"}
    return words.get(kind, f"a {kind}")


def _one_supply(item: Item, device: Named, where: str, key: str) -> None:
    kind = kind_of(device)
    if kind == "psu" and item.several:
        what = f"a tray carries one {device.id}, not {item.count}"
        near = "write one [[item]] for each"
        raise InputError(Problem(where, what, f"{key}.count", allowed="1", nearest=near))


def _at(problem: Problem, item: Item, where: str, key: str) -> Problem:
    """Return a problem of a part as one of the item in the file that asks for it."""
    if problem.key.startswith(key):
        return problem
    own = KEYS.get(problem.key, problem.key)
    if own.partition("[")[0].partition(".")[0] in item.settings:
        own = f"set.{own}"
    path = f"{key}.{own}" if own else key
    return Problem(where, problem.what, path, problem.line, problem.allowed, problem.nearest)
