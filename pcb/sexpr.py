"""S-expressions as KiCad writes them: one printer, one reader.

A tree is a list whose items are lists, `Word` (bare), `str` (quoted), `int` or `float`. The printer
also takes the trees that kicad-skip builds, whose bare words are sexpdata's.
"""

import re
from collections.abc import Iterator
from typing import Any

Tree = list[Any]


class Word(str):
    """A bare word: `(yes)`, not `("yes")`."""

    __slots__ = ()


_TOKEN = re.compile(r'\s*(?:(\()|(\))|"((?:[^"\\]|\\.)*)"|([^\s()"]+))', re.DOTALL)
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_ESCAPED = re.compile("|".join(map(re.escape, _ESCAPES)))
_UNESCAPE = re.compile(r"\\(.)", re.DOTALL)
_UNESCAPES = {"n": "\n", "t": "\t", "r": "\r"}


def node(name: str, *items: Any) -> Tree:
    """Return `(name items…)`."""
    return [Word(name), *items]


def flag(name: str, yes: bool) -> Tree:
    """Return `(name yes)` or `(name no)`."""
    return [Word(name), Word("yes" if yes else "no")]


def dump(tree: Tree) -> str:
    """Print a tree in its own order: a line for each inner list, tabs for depth, a newline last.

    A list stays on one line if it holds no list, holds points, or ends in a word or text.
    """
    return _dump(tree, 0) + "\n"


def _dump(tree: Tree, depth: int) -> str:
    first_list = next((i for i, item in enumerate(tree) if isinstance(item, list)), len(tree))
    atoms = " ".join(map(_atom, tree[:first_list]))
    inner = tree[first_list:]
    if not inner:
        return f"({atoms})"
    if str(tree[0]) == "pts" or not all(isinstance(item, list) for item in inner):
        shown = (_dump(item, depth) if isinstance(item, list) else _atom(item) for item in inner)
        return f"({atoms} {' '.join(shown)})"
    indent = "\n" + "\t" * (depth + 1)
    body = "".join(indent + _dump(item, depth + 1) for item in inner)
    return f"({atoms}{body}\n" + "\t" * depth + ")"


def _atom(item: Any) -> str:
    if isinstance(item, Word) or hasattr(item, "value"):
        return str(item)  # the second is a bare word of kicad-skip's parser
    if isinstance(item, str):
        return '"' + _ESCAPED.sub(lambda found: _ESCAPES[found[0]], item) + '"'
    if isinstance(item, float):
        return _number(item)
    return str(item)


def _number(value: float) -> str:
    text = f"{value:.4f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def parse(text: str) -> Tree:
    """Read one tree. Quoted text becomes `str`, anything bare becomes `Word`.

    Raises:
        ValueError: the text is not one whole s-expression.
    """
    stack: list[Tree] = [[]]
    end = 0
    while (found := _TOKEN.match(text, end)) is not None:
        end = found.end()
        if found[1]:
            stack.append([])
        elif found[2]:
            if len(stack) < 2:
                what = f"a closing bracket too many at character {end}"
                raise ValueError(what)
            done = stack.pop()
            stack[-1].append(done)
        elif found[4] is not None:
            stack[-1].append(Word(found[4]))
        else:
            stack[-1].append(_UNESCAPE.sub(_unescape, found[3]))
    if (
        text[end:].strip()
        or len(stack) != 1
        or len(stack[0]) != 1
        or not isinstance(stack[0][0], list)
    ):
        raise ValueError("not one whole s-expression")
    return stack[0][0]


def _unescape(found: re.Match[str]) -> str:
    return _UNESCAPES.get(found[1], found[1])


def every(tree: Tree, name: str) -> Iterator[Tree]:
    """Yield the lists directly inside `tree` that begin with `name`."""
    return (item for item in tree if isinstance(item, list) and item and item[0] == name)


def first(tree: Tree, name: str) -> Tree:
    """Return the first list directly inside `tree` that begins with `name`, or an empty list."""
    return next(every(tree, name), [])


def text_of(tree: Tree, name: str) -> str:
    """Return the first value of the inner list `name`, or an empty text."""
    found = first(tree, name)
    return str(found[1]) if len(found) > 1 else ""
