"""What `--help` says: whole sentences, a word on every option, examples that could be typed."""

import re
import shlex

import click
import pytest
from click.testing import CliRunner

from cli.main import main
from tests.scripts import script

COMMANDS = dict(script("write_reference").commands(main, ()))
PATHS = sorted(COMMANDS)
names = " ".join


def shown(path: tuple[str, ...]) -> str:
    return CliRunner().invoke(main, [*path, "--help"], terminal_width=80).output


@pytest.mark.parametrize("path", PATHS, ids=names)
def test_no_sentence_of_a_list_is_cut_off(path: tuple[str, ...]) -> None:
    listed = shown(path).partition("\nCommands:\n")[2]
    assert not re.search(r"\.\.\.$", listed, re.MULTILINE), "give it a short_help"


@pytest.mark.parametrize("path", PATHS, ids=names)
def test_every_option_says_what_it_is_for(path: tuple[str, ...]) -> None:
    options = [one for one in COMMANDS[path].params if isinstance(one, click.Option)]
    assert [one.name for one in options if not one.help] == []
    assert not re.search(r"RANGE|INTEGER|FLOAT\b", shown(path)), "name the unit instead"


@pytest.mark.parametrize("path", PATHS, ids=names)
def test_examples_could_be_typed(path: tuple[str, ...]) -> None:
    """Each stands in one line, names a command, and options that it has."""
    command = COMMANDS[path]
    text = (command.epilog or "").replace("\b", "")
    examples = [line.strip() for line in text.splitlines() if line.strip().startswith("rackpress")]
    assert examples
    for example in examples:
        assert example in shown(path), f"wrapped: {example}"
        words = shlex.split(example.partition(" > ")[0])[1:]
        named = max((p for p in PATHS if tuple(words[: len(p)]) == p), key=len)
        known = {name for one in COMMANDS[named].params for name in one.opts}
        assert named, example
        assert {word for word in words if re.match(r"--?[a-z]", word)} <= known, example
