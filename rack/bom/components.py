"""What is soldered to a power board, as rows to buy."""

from collections import Counter

from pcb.model import Part, circuit
from pcb.spec import BoardSpec


def components(spec: BoardSpec) -> list[tuple[str, int]]:
    """Return what to buy for one board, in words, and how many of each.

    Args:
        spec: the board.
    """
    found: Counter[str] = Counter()
    for part in circuit(spec).parts:
        if part.type.in_bom:
            found[_words(part)] += 1
        if part.type_id == "fuse":
            found[f"mini blade fuse, {part.value}"] += 1
    return sorted(found.items())


def _words(part: Part) -> str:
    kind = part.type
    named = {"fuse": "mini blade fuse holder", "led": f"LED, 3 mm, {kind.value}"}
    if part.type_id == "resistor":
        return f"resistor, {part.value}, 0.25 W"
    words = named.get(part.type_id, kind.description)
    number = kind.number(part.value)
    return f"{words}, {kind.maker} {number}" if number else words
