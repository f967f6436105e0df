"""What is different in the wiring of two plans, in words: outputs, ports, supplies, cables."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Plan = Mapping[str, Any]
Found = Iterator[tuple[str, str, str]]
SHOWN = 3  # of many nodes that only change an output or a port

# Of a row by node: what it hangs on, the number on it, how that is called, and who it is about.
ENDS = (
    ("power", "output", "OUT", "is fed by {} instead of {}"),
    ("switch", "port", "port ", "its network cable ends in {} instead of {}"),
)


def rewired(before: Plan, after: Plan) -> Found:
    """Yield every difference as kind, what it is about, and the words; of nodes that both have.

    Args:
        before: a plan as plain data.
        after: another.
    """
    one, two = (_by_node(plan) for plan in (before, after))
    both = [node for node in two if node in one]
    for what, number, called, words in ENDS:
        moved: dict[str, list[str]] = {}
        for node in both:
            was, now = one[node], two[node]
            if was[what] != now[what]:
                told = (row[what] or "nothing" for row in (now, was))
                yield "wiring", node, words.format(*told)
            elif was[number] != now[number] and None not in (was[number], now[number]):
                change = f"{node} {called}{now[number]} instead of {was[number]}"
                moved.setdefault(now[what], []).append(change)
        for name, changes in moved.items():
            yield "wiring", name, _several(changes)
    yield from _feeds(before, after)
    was, now = (_cables(plan) for plan in (before, after))
    if was != now:
        yield "wiring", "network cables", f"{now} instead of {was}"


def _by_node(plan: Plan) -> dict[str, Mapping[str, Any]]:
    return {row["node"]: row for row in plan["wiring"]["nodes"] if row["node"]}


def _several(changes: Sequence[str]) -> str:
    more = f" and {len(changes) - SHOWN} more" if len(changes) > SHOWN else ""
    return f"{', '.join(changes[:SHOWN])}{more}"


def _feeds(before: Plan, after: Plan) -> Found:
    """Yield what hangs on another UPS or supply, and what hangs on none any more."""
    one, two = (
        {feed["name"]: feed for feed in plan["wiring"]["feeds"] if feed["kind"] != "mains"}
        for plan in (before, after)
    )
    for name in [*two, *(name for name in one if name not in two)]:
        was, now = (plan[name]["feeds"] if name in plan else [] for plan in (one, two))
        more, less = ([f for f in a if f not in b] for a, b in ((now, was), (was, now)))
        told = [f"feeds {', '.join(more)} too"] if more and was else []
        told += [f"is new and feeds {', '.join(more)}"] if more and not was else []
        told += [f"feeds {', '.join(less)} no more"] if less else []
        if told:
            yield "wiring", name, "; ".join(told)


def _cables(plan: Plan) -> str:
    ports = plan["wiring"]["ports"]
    return f"{len(ports)} of {sum(port['way_m'] for port in ports):.1f} m in all"


def bought_otherwise(before: Plan, after: Plan) -> Found:
    """Yield what else is bought, and what that costs, where both plans come with it.

    Args:
        before: a plan as plain data, with what `rack.bom.bought` says of it as `bought`.
        after: another.
    """
    if "bought" not in before or "bought" not in after:
        return
    one, two = before["bought"], after["bought"]
    for name in sorted({*one["counts"], *two["counts"]}):
        was, now = one["counts"].get(name, 0), two["counts"].get(name, 0)
        if was != now:
            yield "buy", name, f"{now} instead of {was}"
    if one["cost"] != two["cost"]:
        about = "about " if two["unsure"] else ""
        told = f"{about}{two['cost']:g} {two['currency']} instead of {one['cost']:g}"
        yield "cost", "bought", f"{told}, without devices, prints and their screws"
