"""Names that `feeds`, cables and sentences go by: of items, things outside, and supplies."""

from collections.abc import Iterator, Sequence

from catalog.problems import InputError, Problem
from rack.energy.loads import Load
from rack.energy.supplies import names_of
from rack.items import labels
from rack.spec import RackSpec
from rack.wiring.rows import is_node_of


def one_name_each(spec: RackSpec, loads: Sequence[Load], where: str) -> None:
    """Refuse a name that something else has, or that reads as one of several equal devices.

    What draws nothing, such as the item of a supply or of a power board, may share its name.

    Args:
        spec: the rack as written.
        loads: what its things draw, each under its name.
        where: file named in errors.

    Raises:
        InputError: one problem for each name after the first.
    """
    taken: dict[str, str] = {}
    problems: list[Problem] = []
    for key, name in _named(spec, set(names_of(loads))):
        other = next((one for one in taken if is_node_of(name, one) or is_node_of(one, name)), None)
        if other is not None:
            same = "is called so already" if other == name else f"is {other!r}"
            what = f"{name!r} cannot be told from {taken[other].rpartition('.')[0]}, which {same}"
            near = "name it otherwise, such as " + repr(f"{key.partition('[')[0]} {name}"[:80])
            problems.append(Problem(where, what, key, nearest=near))
        taken.setdefault(name, key)
    if problems:
        raise InputError(*problems)


def _named(spec: RackSpec, drawing: set[str]) -> Iterator[tuple[str, str]]:
    """Yield the key of each name, and the name; items come first, and differ among themselves."""
    listed = labels(spec.items)
    for index, label in enumerate(listed):
        if label in drawing and label not in listed[:index]:
            yield f"item[{index}].name", label
    for index, one in enumerate(spec.outside):
        yield f"outside[{index}].name", one.name
    for index, supply in enumerate(spec.supplies):
        if supply.name not in {s.name for s in spec.supplies[:index]}:  # told where it is planned
            yield f"supply[{index}].name", supply.name
