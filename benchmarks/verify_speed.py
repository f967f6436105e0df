"""Prints as JSON how long each group of checks takes on parts of ours, seconds."""

import json
from time import perf_counter

from catalog.load import load_catalog
from mounts.order import Order, spec_for
from mounts.registry import PARTS
from mounts.verify.limits import Limits
from mounts.verify.run import GROUPS, verify
from mounts.verify.subject import subject_of

ORDERS = {
    "blank": Order("blank", "10in", height_u=1.0),
    "shelf": Order("shelf", "10in", "netgear-gs308"),
    "tray": Order("tray", "10in", "raspberry-pi-4b", hat="rpi-poe-hat"),
    "frame": Order("frame", "19in", "raspberry-pi-4b", options={"pose": "on-edge"}),
    "sled": Order("sled", "10in", "raspberry-pi-4b", options={"pose": "on-edge"}),
    "psu": Order("psu", "19in", "atx"),
}


def main() -> None:
    """Time every part once, after a first one that loads the libraries."""
    catalog = load_catalog()
    standards = tuple(catalog.standards.values())
    limits = Limits(catalog.printer("bambu-h2d"), catalog.material("petg"), standards)
    found: dict[str, dict[str, float]] = {}
    for name, order in {"first": ORDERS["tray"], **ORDERS}.items():
        if order.part not in PARTS:
            continue
        spec = spec_for(order, catalog)
        part = PARTS[order.part].build(spec)
        start = perf_counter()
        subject = subject_of(part, spec)
        times = {"mesh": perf_counter() - start}
        for group, check in GROUPS.items():
            start = perf_counter()
            check(subject, limits)
            times[group] = perf_counter() - start
        start = perf_counter()
        report = verify(subject_of(part, spec, subject.mesh), limits)
        times["all checks"] = perf_counter() - start
        times["findings"] = len(report.findings)
        times["triangles"] = len(subject.mesh.triangles)
        found[name] = {key: round(value, 3) for key, value in times.items()}
    print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
