"""A page of the docs, followed as its reader would: block by block, in an empty folder.

- `toml` or `yaml` whose first line is `# NAME.toml` is written to that file, and one with
  `# NAME.toml, continued` is added to it. Any other is only shown.
- `console` holds commands after `$ ` and what they say: line by line as it stands there, where a
  line `…` stands for any lines and `…` inside a line for any text. Without such lines the command
  is only run. It ends with 0, unless `$ echo $?` and its code follow.
- `python` is run, and then its tests; `# PATH.py` in its first line makes it a module that later
  blocks may import.
"""

import difflib
import re
import shlex
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

from click.testing import CliRunner

from cli.main import main

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
FILE = re.compile(r"# ([\w/-]+\.(?:toml|yaml))(, continued)?\n")
MODULE = re.compile(r"# ([\w/]+)\.py\n")
# What a test does quicker: no picture is drawn, and all is made in this process.
QUICK = {"build": ["--no-pictures", "--jobs", "1"], "plates": ["--no-pictures", "--jobs", "1"]}
GAP = "…"


def blocks_of(text: str) -> Iterator[tuple[str, str]]:
    """Yield language and body of each block of a page."""
    yield from BLOCK.findall(text)


@dataclass
class Reader:
    """Follows one page; keeps what it was told."""

    page: Path
    folder: Path
    said: list[str] = field(default_factory=list[str])

    def follow(self) -> None:
        """Do what every block says; the working folder is the reader's."""
        for language, body in blocks_of(self.page.read_text(encoding="utf-8")):
            if language in {"toml", "yaml"}:
                self.keep(body)
            elif language == "console":
                self.type(body)
            elif language == "python":
                run_python(body, self.page.name)

    def keep(self, body: str) -> None:
        """Write a block to the file that its first line names."""
        named = FILE.match(body)
        if named:
            path = self.folder / named[1]
            old = path.read_text(encoding="utf-8") + "\n" if named[2] else ""
            text = body[named.end() :] if named[2] else body
            path.parent.mkdir(exist_ok=True)
            path.write_text(old + text, encoding="utf-8")

    def type(self, body: str) -> None:
        """Type every command of a block and hold what it says against what is shown."""
        steps = steps_of(body)
        for i, (command, shown) in enumerate(steps):
            if command == "echo $?":
                continue
            follows = steps[i + 1] if i + 1 < len(steps) else ("", "")
            code = int(follows[1]) if follows[0] == "echo $?" else 0
            told = self.run(command, quick=not shown)
            self.said.append(told.output)
            where = f"{self.page.name}: {command}"
            assert told.exit_code == code, f"{where}\nended with {told.exit_code}\n{told.output}"
            missing = lacks(shown, told.output)
            assert not missing, f"{where}\n{missing}"

    def run(self, command: str, *, quick: bool) -> Any:
        """Run one command, as quick as it goes."""
        words = shlex.split(command)
        assert words[0] == "rackpress", f"{self.page.name}: no test types {command!r}"
        words = [*words[1:], *QUICK.get(words[1], [])]
        if quick and words[0] == "mount" and "-o" in words:
            words += ["--format", "stl"]
        return CliRunner().invoke(main, words, catch_exceptions=False)


def steps_of(body: str) -> list[tuple[str, str]]:
    r"""Return each command of a block, joined where it ends in `\`, and what it says."""
    joined = body.replace("\\\n", " ")
    parts = re.split(r"^\$ ", joined, flags=re.MULTILINE)
    assert not parts[0].strip(), f"a console block begins with a command: {parts[0]!r}"
    steps = [part.partition("\n") for part in parts[1:]]
    return [(" ".join(command.split()), shown.strip("\n")) for command, _, shown in steps]


def lacks(shown: str, output: str) -> str:
    """Return what is shown and not said, each line beside the likest that is; empty if all is."""
    lines = [line.rstrip() for line in output.strip("\n").split("\n")]
    if not shown or _pattern(shown).fullmatch("\n".join(lines) + "\n"):
        return ""
    wrong = [
        f"shown: {line}\n said: {(difflib.get_close_matches(line, lines, 1, 0) or ['nothing'])[0]}"
        for line in shown.split("\n")
        if line != GAP and not any(_line(line).fullmatch(one) for one in lines)
    ]
    return "\n".join(wrong) or f"each line is there, but in another order, or more:\n{output}"


def _pattern(shown: str) -> re.Pattern[str]:
    parts = [
        r"(?:.*\n)*?" if line == GAP else _line(line).pattern + r"\n" for line in shown.split("\n")
    ]
    return re.compile("".join(parts))


def _line(line: str) -> re.Pattern[str]:
    return re.compile(".*?".join(re.escape(part) for part in line.rstrip().split(GAP)))


def run_python(body: str, page: str) -> None:
    """Run a block: as the module that its first line names, or by itself; then its tests."""
    named = MODULE.match(body)
    module = ModuleType(named[1].replace("/", ".") if named else page)
    if named:  # goes again with the page: whoever follows it restores `sys.modules`
        sys.modules[module.__name__] = module
    exec(compile(body, page, "exec"), module.__dict__)  # noqa: S102 - a block of our own docs
    for name, thing in list(vars(module).items()):
        if name.startswith("test_"):
            thing()


NUMBER = r"(?<![\w.,-])\d+(?:\.\d+)?"
UNITS = "g|kg|h|min|minutes|W|kWh|Wh|A|mA|V|mV|mm|cm³|m³/h|°C|K/W|%|Ω|USD|plates|boards"
FIGURE = re.compile(rf"({NUMBER})[  ](?:{UNITS})(?![\w³])")


def figures_of(text: str) -> list[str]:
    """Return the numbers with a unit in the prose of a page, outside its blocks and comments."""
    prose = re.sub(r"<!--.*?-->", "", BLOCK.sub("", text), flags=re.DOTALL)
    return FIGURE.findall(prose)


def is_known(number: str, sources: str) -> bool:
    """Return whether a number stands in a text, by itself."""
    return re.search(rf"(?<![\w.]){re.escape(number)}(?![\d]|\.\d)", sources) is not None
