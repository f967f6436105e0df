"""How far every part sags under what it carries: each family with each device it takes, as it is.

    .venv/bin/python scripts/sag.py [--family shelf] [--rack 10in] [--device ID] [--air 40]

Prints one JSON record for each part that carries something, then a summary; exit 1 if one sags by
more than 0.5 mm, or is not safe, and does not say what would hold it. The figures are those of
`rackpress verify`: bricks, in PETG, as soon as it is loaded. `in_pla_mm` is the same in PLA, if the
air is not too warm for it.
"""

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from catalog.load import Catalog, load_catalog
from catalog.models import Fact
from catalog.problems import InputError
from mounts.bearing import bearing
from mounts.order import Order, devices_of, spec_for
from mounts.part import Part
from mounts.parts.frame_spec import FrameSpec
from mounts.parts.rear_spec import RearSpec
from mounts.parts.shelf_spec import ShelfSpec
from mounts.pieces import pieces
from mounts.registry import PARTS
from mounts.sag import MOST_MM
from mounts.strength.material import YEARS, Climate, design, warmest_air_c
from mounts.strength.verdict import LEAST_SAFETY, judge

RACKS = ("10in", "19in")
AIR_C = 40.0  # as `rackpress verify` takes it where nobody says
SAYS = re.compile(r"\bsags? by about\b")  # how all families say it
CURES = re.compile(
    r"\brest it on\b|\bfewer\b|\buse \d|\b[a-z]+_mm = |\bbrackets to\b|\bunder its rear edge\b"
)
Options = dict[str, Any]
# What a family is asked for besides its default: all that bears a frame, and all that loads it.
VARIANTS: dict[str, tuple[Options, ...]] = {
    "frame": (
        {},
        {"pose": "on-edge"},
        {"rows": 2},
        {"pose": "on-edge", "rows": 2},
        {"fan": "40x20"},
        {"pose": "on-edge", "fan": "40x20"},
    ),
}


@dataclass(frozen=True)
class Wish:
    """What is asked about; everything where nothing is said."""

    family: str | None = None
    rack: str | None = None
    device: str | None = None
    air_c: float = AIR_C


def orders(catalog: Catalog, wish: Wish) -> Iterator[Order]:
    """Return every order that is asked about, each at the height its device wants."""
    for family in sorted(PARTS):
        for device in devices_of(family, catalog):
            if wish.family not in (None, family) or wish.device not in (None, device):
                continue
            for rack in (one for one in RACKS if wish.rack in (None, one)):
                for options in VARIANTS.get(family, ({},)):
                    yield Order(family, rack, device, options=options)


def in_pla_mm(sag_mm: float, catalog: Catalog, air_c: float) -> float | None:
    """Return what sags so far in PETG in PLA: all that is elastic goes by the modulus."""
    petg, pla, air = catalog.material("petg"), catalog.material("pla"), Climate(air_c)
    if air_c > warmest_air_c(pla):
        return None
    return round(sag_mm * design(petg, air).modulus_mpa / design(pla, air).modulus_mpa, 3)


def support(spec: Fact) -> str:
    """Return what bears a part besides its own walls."""
    match spec:
        case RearSpec(piece="shelf"):
            held = "front and rear posts" if spec.braced else "front posts"
            return held + (_ribs(spec) if isinstance(spec, ShelfSpec) else "")
        case FrameSpec(piece="frame", barred=True):
            return "front posts, steel bar"
        case FrameSpec(piece="frame", spined=True):
            return "front posts, spine"
        case FrameSpec(piece="frame", fan_bears=True):
            return "front posts, wall of fans"
        case FrameSpec(piece="frame"):
            return "front posts"
        case _:
            return "its screws"


def _ribs(spec: ShelfSpec) -> str:
    count = len(spec.cross_ribs.ends_mm)
    return f", {count} ribs of {spec.cross_ribs.high_mm:g} mm" if count else ""


def told(part: Part) -> list[str]:
    """Return what a part says of its sag as it is held, if it names what would hold it better."""
    return [note for note in part.notes if SAYS.search(note) and CURES.search(note)]


def judged(part: Part, spec: Fact, wish: Wish, catalog: Catalog) -> dict[str, Any] | None:
    """Return what there is to know of a part's sag; nothing of one that carries nothing."""
    verdict = judge(part, spec, catalog.material("petg"), Climate(wish.air_c, YEARS))
    if verdict is None:
        return None
    quick, sag_mm, says = bearing(spec), verdict.deflection_mm, told(part)
    return {
        "part": part.name,
        "carries_kg": round(verdict.carries_kg, 3),
        "sag_mm": round(sag_mm, 3),
        "quick_mm": quick["sag_on_front_posts_mm"] if quick else None,
        "later_mm": round(verdict.later_mm, 3),
        "safety": round(verdict.safety, 1),
        "in_pla_mm": in_pla_mm(sag_mm, catalog, wish.air_c),
        "held_at": support(spec),
        "says": says,
        "cures": list(verdict.cures),
        "wrong": not says and (verdict.safety < LEAST_SAFETY or sag_mm > MOST_MM),
    }


def run(catalog: Catalog, wish: Wish) -> dict[str, Any]:
    """Judge every part, print each record as it is known, and return the summary."""
    count: Counter[str] = Counter()
    seen: set[str] = set()
    worst: tuple[float, str] = (0.0, "")
    for order in orders(catalog, wish):
        try:
            spec = spec_for(order, catalog)
        except InputError:
            count["refused"] += 1
            continue
        for piece in pieces(spec):
            key = f"{piece.family} {PARTS[piece.family].title(piece.spec)}"
            if key in seen:
                continue
            seen.add(key)
            part = PARTS[piece.family].build(piece.spec)
            record = judged(part, piece.spec, wish, catalog)
            if record is None:
                continue
            asked = {"family": piece.family, "device": order.device, "rack": order.rack}
            print(json.dumps({**asked, **order.options, **record}), flush=True)
            count["parts"] += 1
            count["sag"] += record["sag_mm"] > MOST_MM
            count["wrong"] += record["wrong"]
            worst = max(worst, (record["sag_mm"], part.name))
    return {**dict(sorted(count.items())), "worst_mm": worst[0], "worst": worst[1]}


def main() -> int:
    """Read the options, run, print the summary, return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--family", choices=sorted(PARTS))
    parser.add_argument("--rack", choices=RACKS)
    parser.add_argument("--device", metavar="ID")
    parser.add_argument("--air", type=float, default=AIR_C, metavar="C", help="of the air, °C")
    asked = parser.parse_args()
    wish, catalog = Wish(asked.family, asked.rack, asked.device, asked.air), load_catalog()
    if not any(orders(catalog, wish)):
        parser.error("no family takes that: a whole id of the catalogue is wanted")
    summary = run(catalog, wish)
    print(json.dumps({"summary": summary}))
    return 1 if summary.get("wrong") else 0


if __name__ == "__main__":
    sys.exit(main())
