"""What it takes to refuse files made to break a reader; prints JSON, exit 1 over a goal.

Each file is read by a command of its own, a whole process: its exit code, the seconds processors
worked for it and its most memory; on stderr as they come. That memory is never told less than this
process has itself.

.venv/bin/python benchmarks/hostile.py --only toml
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.catalog.test_bounded import HEAD, HOSTILE  # noqa: E402
from tests.mounts.test_rebuild_hostile import more_files  # noqa: E402
from tests.neighbours.test_yaml_text import HOSTILE as YAML  # noqa: E402
from tests.verify.hostile import files  # noqa: E402

GOAL_S = 1.0  # of processor, start of Python and of the CAD kernel included
GOAL_MB = 500.0
LONGEST_S = 60  # what hangs is ended
ITEM = '[[item]]\nname = "{name}"\ndevice = "{device}"\n'
MORE = {
    "a million nodes": HEAD + ITEM.format(name="a", device="raspberry-pi-4") + "count = 1000000\n",
    "odd names": HEAD + ITEM.format(name="\u202e\U000e0041\ufeff../\u0301", device="\ud7ff") * 99,
    "huge numbers": HEAD.replace('"3U"', "1e308") + "a = 1" + "0" * 4000 + "\n",
    "giant names": HEAD + ITEM.format(name="a" * 300_000, device="b" * 300_000),
    "long paths": HEAD + 'calibration = "' + "../" * 200_000 + 'x"\n',
}
READERS = (["check"], ["build"], ["migrate"], ["fleet"], ["pack"], ["plates"])
FIT = ["fit", "--board", "raspberry-pi-4b", "--rack", "10in", "--height", "1U"]
MOUNT = ["mount", "blank", "--height", "1U"]
SOUND_BODIES = frozenset(
    f"{name}.3mf"
    for name in (
        *("many", "no-recipe", "nested", "list", "digits"),
        *("leaving", "absolute", "plate", "spec", "name"),
    )
)
ODD = ("a link to itself", "a device", "a folder")


def odd(path: Path, kind: str) -> Path:
    """Make a path that is no plain file and return it.

    Args:
        path: where.
        kind: one of `ODD`.
    """
    if kind == "a folder":
        path.mkdir()
    else:
        path.symlink_to(path if kind == "a link to itself" else "/dev/zero")
    return path


def tomls(home: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield each hostile text as rack.toml, fleet.toml and facts, with the words of a command.

    Args:
        home: an empty folder to write to.
    """
    sound = home / "sound.toml"
    shutil.copy(ROOT / "examples" / "pico-10.toml", sound)
    for name, text in {**HOSTILE, **MORE}.items():
        file = home / "rack.toml"
        file.write_text(text, encoding="utf-8")
        for words in READERS:
            yield f"{' '.join(words)} {name}", [*words, str(file)]
        for words in (["diff", str(sound)], ["calibrate", "--from"], ["calibrate", "--add-to"]):
            yield f"{words[0]} {words[-1]} {name}", [*words, str(file)]
        for kind in ("netbox", "rackula"):
            yield f"export {kind} {name}", ["export", kind, str(file), "-o", str(home / "out")]
        own = ["--catalog", str(facts(home, text))]
        for words in (["check", str(sound)], ["catalog", "check"], FIT, MOUNT):
            yield f"facts for {words[0]} {name}", [*words, *own]
    for kind in ODD:
        file = odd(home / f"{kind}.toml", kind)
        for command in ("check", "build", "migrate"):
            yield f"{command} {kind}", [command, str(file)]


def facts(home: Path, text: str) -> Path:
    """Return a folder of facts that holds a text as its boards.

    Args:
        home: where the folder goes.
        text: what stands in it.
    """
    folder = home / "facts"
    folder.mkdir(exist_ok=True)
    (folder / "boards.toml").write_text(text, encoding="utf-8")
    return folder


def imports(home: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield each hostile YAML as device type and as layout, with the words of a command.

    Args:
        home: an empty folder to write to.
    """
    texts = {name: text for name, (text, _, _) in YAML.items()}
    texts["ten megabytes"] = "a: " + "x" * 10_000_000
    texts["as many keys as fit"] = "".join(f"k{n}: 1\n" for n in range(400_000))
    texts["a million in a row"] = "a: [" + "1," * 1_000_000 + "]\n"
    for name, text in texts.items():
        file = home / "types" / "x.yaml"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
        out = str(home / "imported")
        yield f"netbox {name}", ["import", "netbox", str(file.parent), "-o", out]
        yield f"rackula {name}", ["import", "rackula", str(file), "-o", out]
    for kind in ODD:
        file = odd(home / f"{kind}.yaml", kind)
        yield f"rackula {kind}", ["import", "rackula", str(file), "-o", str(home / "imported")]


def boards(home: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield each hostile record of a power board with the words of a command.

    Args:
        home: an empty folder to write to.
    """
    texts = {
        "nested": "[" * 4_900_000,
        "digits": '{"format": ' + "9" * 4_900_000 + "}",
        "ten megabytes": '"' + "x" * 10_000_000 + '"',
        "a million outputs": '{"format": 1, "spec": {"outputs": 1000000, "amps": 1}}',
        "huge numbers": '{"format": 1, "spec": {"outputs": 4, "amps": 1e308}}',
        "odd name": '{"format": 1, "spec": {"outputs": 4, "amps": 1, "name": "../../x"}}',
        "many files": '{"format": 1, "spec": {}, "files": {' + '"a": 1,' * 600_000 + '"b": 1}}',
    }
    file = home / "x.board.json"
    for name, text in texts.items():
        file.write_text(text, encoding="utf-8")
        for command in ("check", "netlist", "review"):
            yield f"pcb {command} {name}", ["pcb", command, str(home)]
    file.unlink()
    for kind in ODD:
        path = odd(home / "x.board.json", kind)
        yield f"pcb check {kind}", ["pcb", "check", str(home)]
        path.rmdir() if kind == "a folder" else path.unlink()


def parts(home: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield each hostile STL, 3MF and STEP with the words of a command.

    Args:
        home: an empty folder to write to.
    """
    for name, data in (*files(), *more_files()):
        file = home / name
        file.write_bytes(data)
        for command in ("verify", "rebuild"):
            yield f"{command} {name}", [command, str(file)]
        file.unlink()
    for kind in ODD:
        file = odd(home / f"{kind}.3mf", kind)
        for command in ("verify", "rebuild"):
            yield f"{command} {kind}", [command, str(file)]


def sound(name: str) -> bool:
    """Return whether a command has nothing to refuse in a file, by the name of the case.

    `migrate` looks at the form alone; `verify` at the bodies, and not at the recipe; a board or a
    name that a command never looks up does it no harm.

    Args:
        name: the command and the file.
    """
    command, _, what = name.partition(" ")
    return (command == "migrate" and what in (*MORE, "long name")) or (
        command == "verify" and what in SOUND_BODIES
    )


def taken(words: list[str], home: Path) -> dict[str, float]:
    """Return exit code, seconds and MB of a command that is a whole process.

    Args:
        words: the command.
        home: its working folder.
    """
    run = subprocess.Popen(
        ["prlimit", f"--cpu={LONGEST_S}", sys.executable, "-m", "cli.main", *words],
        cwd=home,
        env={**os.environ, "PYTHONPATH": str(ROOT), "RACKPRESS_CACHE": str(home / "cache")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, used = os.wait4(run.pid, 0)
    run.returncode = os.waitstatus_to_exitcode(status)
    seconds = used.ru_utime + used.ru_stime
    print(f"{run.returncode} {seconds:.2f} {used.ru_maxrss // 1000} {words}"[:200], file=sys.stderr)
    return {
        "exit": run.returncode,
        "cpu_s": round(seconds, 2),
        "mb": round(used.ru_maxrss / 1000, 1),
    }


KINDS = {"toml": tomls, "imports": imports, "boards": boards, "parts": parts}


def main() -> int:
    """Print all figures; `--only` takes one kind."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--only", choices=KINDS)
    wish = reader.parse_args()
    rows: dict[str, dict[str, Any]] = {}
    for kind, made in KINDS.items():
        if wish.only in (None, kind):
            with tempfile.TemporaryDirectory() as folder:
                rows |= {name: taken(words, Path(folder)) for name, words in made(Path(folder))}
    slowest = max(rows, key=lambda name: rows[name]["cpu_s"])
    fattest = max(rows, key=lambda name: rows[name]["mb"])
    wrong = [name for name, row in rows.items() if row["exit"] != 2 and not sound(name)]
    over = [name for name, row in rows.items() if row["cpu_s"] > GOAL_S or row["mb"] > GOAL_MB]
    record = {
        "files": rows,
        "slowest": {"name": slowest, **rows[slowest]},
        "fattest": {"name": fattest, **rows[fattest]},
        "goals": {"cpu_s": GOAL_S, "mb": GOAL_MB},
        "over": over,
        "not_refused": wrong,
    }
    print(json.dumps(record, indent=2))
    return 1 if over or wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
