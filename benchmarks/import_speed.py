"""How long all public device types take to import; prints JSON. RACKPRESS_DATA names their folder.

Processor time of this process alone: reading, checking, turning into a folder of facts, and reading
that folder as a catalogue.
"""

import json
import os
import sys
import tempfile
import time
from pathlib import Path

from catalog.files import write_all
from catalog.load import load_catalog
from neighbours.bring import netbox_devices

BUDGET_S = 10.0  # what the import of all may take


def main() -> int:
    """Import, read again, print. Exit 1 over the budget; without the data nothing is done."""
    folder = Path(os.environ.get("RACKPRESS_DATA", "")) / "device-types"
    if "RACKPRESS_DATA" not in os.environ or not folder.is_dir():
        print("RACKPRESS_DATA names no folder with device-types", file=sys.stderr)
        print(json.dumps({"types": 0}))
        return 0
    start = time.process_time()
    made = netbox_devices(folder, None)
    read_s = time.process_time() - start
    with tempfile.TemporaryDirectory() as out:
        start = time.process_time()
        write_all(Path(out) / "facts", made.files)
        write_s = time.process_time() - start
        start = time.process_time()
        racked = len(load_catalog(Path(out) / "facts").racked)
        load_s = time.process_time() - start
    report = {
        "types": len(made.racked) + len(made.boxes) + len(made.kept),
        "racked": racked,
        "bytes": sum(map(len, made.files.values())),
        "import_cpu_s": round(read_s, 2),
        "write_cpu_s": round(write_s, 2),
        "load_cpu_s": round(load_s, 2),
        "budget_s": BUDGET_S,
    }
    print(json.dumps(report, indent=2))
    return 0 if read_s + write_s <= BUDGET_S else 1


if __name__ == "__main__":
    raise SystemExit(main())
