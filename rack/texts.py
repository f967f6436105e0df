"""Texts of a rack.toml: what a terminal or a browser would obey instead of show is refused."""

import unicodedata
from typing import Annotated

from pydantic import AfterValidator

from catalog.validate import Wrong

# Direction marks that can make a text read as another (Unicode's bidirectional controls).
_BIDI = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def plain(text: str) -> str:
    """Refuse what a terminal or a browser would obey instead of show."""
    for char in text:
        if char not in "\n\t" and (unicodedata.category(char) == "Cc" or char in _BIDI):
            what = f"holds U+{ord(char):04X}, a control character"
            raise Wrong(what, "text that can be shown", "take it out")
    return text


def one_line(text: str) -> str:
    """Refuse what is not one line that can be shown."""
    if "\n" in text or "\t" in text:
        raise Wrong("holds a line break or a tab", "one line of text", "put a space there")
    return plain(text)


Line = Annotated[str, AfterValidator(one_line)]
Note = Annotated[str, AfterValidator(plain)]
