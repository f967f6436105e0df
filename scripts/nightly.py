"""Every family with every device it takes, in every rack, at heights that make sense: verified.

    .venv/bin/python scripts/nightly.py [--family tray] [--rack 10in] [--device ID] [--list]

Prints one JSON record for each order that does not pass, then a summary; exit 1 if there was one.
What a family refuses is counted, not judged: the tests hold refusals to their word. Takes about an
hour for everything on two cores; `--family` makes it a matter of minutes.
"""

import argparse
import json
import math
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from catalog.load import Catalog, load_catalog
from catalog.problems import InputError
from mounts.order import Order, devices_of, spec_for
from mounts.pieces import pieces
from mounts.registry import PARTS
from mounts.verify.limits import Limits
from mounts.verify.run import verify
from mounts.verify.subject import subject_of

RACKS = ("10in", "10in-250", "19in")
# A panel of 19 inches is larger than most beds: parts are split for those, which tests hold.
BED_MM = 1000.0
# The coupon's walls are one line thick and more: what the printer makes of them is the question.
MEANT = {"coupon": {"wall.thin"}}
Options = dict[str, Any]
PLAIN: tuple[Options, ...] = ({},)
# What a family is asked for besides its device; heights of those that take none.
VARIANTS: dict[str, tuple[Options, ...]] = {
    "adapter": tuple(
        {"at": at, "thread": thread, "bar_mm": bar}
        for bar in (0.0, 3.0)
        for at in ("left", "middle")
        for thread in ("m6-insert", "m6-nut", "10-32-nut")
    ),
    "blank": ({}, {"vents": False}),
    "cable": ({}, {"style": "lacing"}),
    "ears": ({}, {"side": "right", "rows": 2}, {"box_width_mm": 160}),
    "frame": (
        {"pose": "flat"},
        {"pose": "on-edge"},
        {"layers": 2},
        {"count": "max"},
        {"count": 2, "beside": [{"device": "raspberry-pi-5", "count": 2}]},
    ),
    "panel": ({}, {"keystones": 6}, {"fan": "40x20", "fans": 2}, {"fan": "80x25", "fans": 1}),
    "sled": ({"pose": "flat"}, {"pose": "on-edge"}, {"layers": 2}),
    "stack": ({"count": 5}, {"count": 3, "standoffs": "printed"}),
    "tray": ({}, {"count": 2}),
    "wall": ({"up": "rear"}, {"up": "front"}),
}
HEIGHTS_U = (0.5, 1.0, 2.0, 3.0, 4.0)


@dataclass(frozen=True)
class Wish:
    """What the matrix is narrowed to; everything where nothing is said."""

    family: str | None = None
    rack: str | None = None
    device: str | None = None


def orders(catalog: Catalog, wish: Wish) -> Iterator[Order]:
    """Return the matrix: what can be had at its smallest height and, with a device, 1U higher."""
    for family in sorted(PARTS):
        if wish.family not in (None, family):
            continue
        for device in devices_of(family, catalog):
            if wish.device not in (None, device):
                continue
            for rack in RACKS:
                if wish.rack in (None, rack):
                    for options in VARIANTS.get(family, PLAIN):
                        yield from heights(Order(family, rack, device, options=options), catalog)


def heights(order: Order, catalog: Catalog) -> Iterator[Order]:
    """Return an order at each of its heights, and as it is if it has none or cannot be had."""
    fields = PARTS[order.part].spec.model_fields
    if "height_u" not in fields:
        yield order
    elif "device" not in fields:
        yield from (replace(order, height_u=height) for height in HEIGHTS_U)
    else:
        yield order
        try:
            least = getattr(spec_for(order, catalog), "height_u")  # noqa: B009 - of any family
        except InputError:
            return
        yield replace(order, height_u=math.floor(least) + 1.0)


def limits(catalog: Catalog) -> Limits:
    """Return what every part is held to: PETG, a nozzle of 0.4 mm, a bed that takes all."""
    bed = {"bed_x_mm": BED_MM, "bed_y_mm": BED_MM, "bed_z_mm": BED_MM}
    printer = catalog.printer("bambu-h2d").model_copy(update=bed)
    return Limits(printer, catalog.material("petg"), tuple(catalog.standards.values()))


def judged(
    order: Order, catalog: Catalog, held_to: Limits, seen: set[str]
) -> dict[str, Any] | None:
    """Return what is found in an order's parts that were not seen yet; nothing if it is refused."""
    try:
        spec = spec_for(order, catalog)
    except InputError:
        return None
    found: list[dict[str, Any]] = []
    skipped: set[str] = set()
    fresh = 0
    for piece in pieces(spec):
        key = f"{piece.family} {PARTS[piece.family].title(piece.spec)} {order.options}"
        if key in seen:
            continue
        seen.add(key)
        fresh += 1
        part = PARTS[piece.family].build(piece.spec)
        report = verify(subject_of(part, piece.spec), held_to)
        meant = MEANT.get(piece.family, set())
        found += [{"part": part.name, **one.as_dict()} for one in report.findings
                  if one.rule not in meant]  # fmt: skip
        skipped |= set(report.skipped)
    return {"parts": fresh, "findings": found, "skipped": sorted(skipped)}


def said(order: Order) -> dict[str, Any]:
    """Return an order as plain data."""
    shown = {"part": order.part, "device": order.device, "rack": order.rack}
    return {**shown, "height_u": order.height_u, **order.options}


def run(catalog: Catalog, wish: Wish) -> dict[str, Any]:
    """Verify the matrix, print what is wrong as it is found, and return the summary."""
    held_to, seen = limits(catalog), set[str]()
    count: Counter[str] = Counter()
    rules: Counter[str] = Counter()
    start = time.monotonic()
    for order in orders(catalog, wish):
        count["orders"] += 1
        record: dict[str, Any] | None
        try:
            record = judged(order, catalog, held_to, seen)
        except Exception as error:  # one broken part must not hide the others
            record = {"parts": 1, "findings": [{"rule": "crash", "measured": repr(error)}]}
        if record is None:
            count["refused"] += 1
            continue
        count["parts"] += record["parts"]
        rules.update(f"{order.part} {one['rule']}" for one in record["findings"])
        if record["findings"]:
            count["failed"] += 1
            print(json.dumps({"order": said(order), **record}), flush=True)
    took_s = round(time.monotonic() - start)
    return {**dict(sorted(count.items())), "by_rule": dict(sorted(rules.items())), "took_s": took_s}


def main() -> int:
    """Read the options, run, print the summary, return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--family", choices=sorted(PARTS))
    parser.add_argument("--rack", choices=RACKS)
    parser.add_argument("--device", metavar="ID")
    parser.add_argument("--list", action="store_true", help="print the orders only")
    asked = parser.parse_args()
    wish, catalog = Wish(asked.family, asked.rack, asked.device), load_catalog()
    if not any(orders(catalog, wish)):
        parser.error("no family takes that: a whole id of the catalogue is wanted")
    if asked.list:
        for order in orders(catalog, wish):
            print(json.dumps(said(order)))
        return 0
    summary = run(catalog, wish)
    print(json.dumps({"summary": summary}))
    return 1 if summary.get("failed") else 0


if __name__ == "__main__":
    sys.exit(main())
