"""What is bought for a plan whatever its prints take: boards, supplies, cables. No CAD is asked."""

from typing import Any

from catalog.load import Catalog
from rack.bom.prices import total
from rack.bom.rows import bom_rows, prices_of
from rack.plan import Plan

SMALL = {"component"}


def bought(plan: Plan, catalog: Catalog) -> dict[str, Any]:
    """Return how many of each thing are bought, and what all but the devices costs together.

    What is soldered to a power board is in the cost alone.

    Args:
        plan: the rack; prints and their screws are known only once parts are made.
        catalog: facts, with prices.
    """
    rows = bom_rows(plan, [], catalog)
    counts = {row["item"]: row["count"] for row in rows if row["kind"] not in SMALL}
    return {"counts": counts, **total(rows, prices_of(plan, catalog)).as_dict()}
