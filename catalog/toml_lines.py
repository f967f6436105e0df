"""Where each key of a TOML text stands, so that an error can name a line.

Only asked for once something is wrong, and only of text that `tomllib` has already accepted.
"""

import re

TomlPath = tuple[str | int, ...]

_BLANK = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_STRINGS = (
    re.compile(r'"""(?:\\.|[^\\])*?"""+', re.DOTALL),
    re.compile(r"'''.*?'''+", re.DOTALL),
    re.compile(r'"(?:\\.|[^"\\\n])*"'),
    re.compile(r"'[^'\n]*'"),
)
_PLAIN = re.compile(r"[^,\]}\n#]+")


def key_lines(text: str) -> dict[TomlPath, int]:
    """Return the line, counted from 1, of every key, table and array element.

    Args:
        text: valid TOML.
    """
    return _Scanner(text).run()


def line_of(lines: dict[TomlPath, int], path: TomlPath) -> int | None:
    """Return the line of a path, or of the nearest table or list around it.

    Args:
        lines: what `key_lines` returned.
        path: keys and indices from the top of the file.
    """
    for length in range(len(path), 0, -1):
        if path[:length] in lines:
            return lines[path[:length]]
    return None


class _Scanner:
    """Reads keys and skips values; knows just enough TOML for that."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.line, self.counted = 1, 0  # the line of the place up to which lines were counted
        self.lines: dict[TomlPath, int] = {}
        self.counts: dict[TomlPath, int] = {}  # index of the last element of each [[array]]

    def run(self) -> dict[TomlPath, int]:
        """Walk the whole text."""
        table: TomlPath = ()
        self._skip(_BLANK)
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                table = self._header()
            else:
                self._pair(table)
            self._skip(_BLANK)
        return self.lines

    def _skip(self, pattern: re.Pattern[str]) -> None:
        match = pattern.match(self.text, self.at)
        self.at = match.end() if match else self.at

    def _here(self, path: TomlPath) -> None:
        self.line += self.text.count("\n", self.counted, self.at)
        self.counted = self.at
        self.lines.setdefault(path, self.line)

    def _header(self) -> TomlPath:
        many = self.text.startswith("[[", self.at)
        self.at += 2 if many else 1
        keys = self._key()
        self.at += 2 if many else 1  # the closing brackets
        path = (*self._inside(keys[:-1]), keys[-1])
        if many:
            self.counts[path] = self.counts.get(path, -1) + 1
        path = self._inside(keys)
        for length in range(1, len(path) + 1):
            self._here(path[:length])
        return path

    def _inside(self, keys: tuple[str, ...]) -> TomlPath:
        path: TomlPath = ()
        for key in keys:
            path = (*path, key)
            if path in self.counts:
                path = (*path, self.counts[path])
        return path

    def _key(self) -> tuple[str, ...]:
        keys: list[str] = []
        while True:
            self._skip(_SPACE)
            keys.append(self._word())
            self._skip(_SPACE)
            if self.text[self.at : self.at + 1] != ".":
                return tuple(keys)
            self.at += 1

    def _word(self) -> str:
        for pattern in (_BARE, *_STRINGS[2:]):
            match = pattern.match(self.text, self.at)
            if match:
                self.at = match.end()
                return match[0].strip("\"'")
        self.at += 1  # not reached on valid TOML; never stand still
        return ""

    def _pair(self, table: TomlPath) -> None:
        keys = self._key()  # a key stands on one line, and so do its dots
        for length in range(1, len(keys) + 1):
            self._here((*table, *keys[:length]))
        self.at += 1  # the equals sign
        self._value((*table, *keys))

    def _value(self, path: TomlPath) -> None:
        self._skip(_SPACE)
        opening = self.text[self.at : self.at + 1]
        if opening == "[":
            self._items(path, "]", indexed=True)
        elif opening == "{":
            self._items(path, "}", indexed=False)
        else:
            for pattern in (*_STRINGS, _PLAIN):
                match = pattern.match(self.text, self.at)
                if match:
                    self.at = match.end()
                    return
            self.at += 1

    def _items(self, path: TomlPath, closing: str, indexed: bool) -> None:
        self.at += 1
        index = 0
        while self.at < len(self.text):
            self._skip(_BLANK)
            char = self.text[self.at : self.at + 1]
            if char == closing:
                self.at += 1
                return
            if char == ",":
                self.at += 1
            elif indexed:
                self._here((*path, index))
                self._value((*path, index))
                index += 1
            else:
                self._pair(path)
