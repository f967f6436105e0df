"""What a parts list costs: each row in whole packs, at the catalogue's prices or your own."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from catalog.models import Price

Row = Mapping[str, Any]
# Rows that are at hand: a rack is priced without the devices that go into it.
AT_HAND = frozenset({"device", "hat"})


@dataclass(frozen=True)
class Sum:
    """What all rows of some kinds cost together, and those that have no price.

    Args:
        cost: in the currency of most of it; filament, whose price names none, is in it.
        currency: of that.
        others: what is priced in other currencies, which nothing is said to be worth here.
        unpriced: the rows without a price.
        unsure: some prices are remembered only.
        since: when the oldest price was read; empty where none says.
    """

    cost: float
    currency: str
    others: Mapping[str, float]
    unpriced: tuple[str, ...]
    unsure: bool
    since: str

    def as_dict(self) -> dict[str, Any]:
        """Return the fields by name, rounded as they are told."""
        return {
            "cost": round(self.cost, 2),
            "currency": self.currency,
            "others": {name: round(cost, 2) for name, cost in sorted(self.others.items())},
            "unpriced": list(self.unpriced),
            "unsure": self.unsure,
            "since": self.since,
        }


def price_of(row: Row, prices: Iterable[Price]) -> Price | None:
    """Return the price that a row takes: of its kind, with its thread and its words; the narrowest.

    Args:
        row: of the parts list.
        prices: the user's own first.
    """
    fitting = [price for price in prices if _fits(row, price)]
    return max(fitting, key=lambda p: (bool(p.words), bool(p.thread)), default=None)


def _fits(row: Row, price: Price) -> bool:
    if price.kind != (row["sort"] or row["kind"]):
        return False
    words = price.words.casefold() in str(row["item"]).casefold()
    return words and price.thread in {"", row["thread"] or ""}


def priced(rows: Sequence[dict[str, Any]], prices: Sequence[Price]) -> list[dict[str, Any]]:
    """Return the rows with packs and cost; a print has its filament's already.

    Args:
        rows: the parts list.
        prices: of the catalogue, the user's own first.
    """
    found: list[dict[str, Any]] = []
    for row in rows:
        price = None if row["kind"] in {"print", *AT_HAND} else price_of(row, prices)
        if price is None:
            found.append({**row, "pack": None, "packs": None, "currency": None, "priced": None})
            continue
        packs = ceil(row["count"] / price.pack)
        cost = round(packs * price.price, 2)
        told = {"pack": price.pack, "packs": packs, "cost": cost, "currency": price.currency}
        found.append({**row, **told, "priced": _read(price)})
    return found


def _read(price: Price) -> str:
    """Return when a price was read, and whether it is only remembered."""
    how = "" if price.confidence == "high" else "remembered"
    return ", ".join(one for one in (how, price.date) if one) or "yours"


def total(rows: Sequence[Row], prices: Sequence[Price]) -> Sum:
    """Return what everything costs but what is at hand.

    Args:
        rows: with their costs.
        prices: those they took.
    """
    counted = [row for row in rows if row["kind"] not in AT_HAND]
    taken = taken_by(counted, prices)
    sums: dict[str, float] = {}
    for row in counted:
        name = row["currency"] or ""
        sums[name] = sums.get(name, 0.0) + (row["cost"] or 0.0)
    nameless = sums.pop("", 0.0)
    currency = max(sums, key=lambda one: (sums[one], one), default=next(_names(prices), ""))
    cost = sums.pop(currency, 0.0) + nameless
    unpriced = tuple(str(row["item"]) for row in counted if row["cost"] is None)
    unsure = any(price.confidence != "high" for price in taken)
    since = min((price.date for price in taken if price.date), default="")
    return Sum(cost, currency, sums, unpriced, unsure, since)


def _names(prices: Iterable[Price]) -> Iterator[str]:
    return (price.currency for price in prices)


def taken_by(rows: Sequence[Row], prices: Sequence[Price]) -> list[Price]:
    """Return the prices that rows took, in their order, each once."""
    bought = [row for row in rows if row["kind"] not in {"print", *AT_HAND}]
    found = {p.id: p for row in bought if (p := price_of(row, prices)) is not None}
    return list(found.values())


def over_budget(rows: Sequence[Row], summed: Mapping[str, Any], most: float | None) -> list[str]:
    """Say by how much the parts cost more than is wished, and which cost most; nothing if not.

    Args:
        rows: with their costs.
        summed: their sum, as plain data.
        most: what they may cost; `None` without a wish.
    """
    if most is None:
        return []
    if summed["others"]:
        names = " and ".join([summed["currency"], *summed["others"]])
        return [f"what it costs cannot be held against {most:g}: prices are in {names}"]
    if summed["cost"] <= most:
        return []
    kinds: dict[str, float] = {}
    for row in rows:
        if row["kind"] not in AT_HAND and row["cost"]:
            kinds[row["kind"]] = kinds.get(row["kind"], 0.0) + row["cost"]
    largest = sorted(kinds.items(), key=lambda pair: (-pair[1], pair[0]))[:3]
    told = ", ".join(f"{kind} {cost:.0f}" for kind, cost in largest)
    about, currency = "about " if summed["unsure"] else "", summed["currency"]
    return [
        f"without devices it costs {about}{summed['cost']:.0f} {currency}, more than {most:g}; "
        f"most of it: {told}"
    ]
