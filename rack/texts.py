"""Texts of a rack.toml, read once: names, measures, and lines that a terminal may show."""

import unicodedata
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field

from catalog.units import height_u, length_mm
from catalog.validate import Wrong, reads

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
Name = Annotated[
    str,
    Field(
        pattern=r"^[a-z0-9][a-z0-9-]*$",
        max_length=40,
        description="Lower-case letters, digits and hyphens.",
    ),
]
Height = Annotated[
    float,
    BeforeValidator(reads(height_u), json_schema_input_type=float | str),
    Field(description='Such as "1U" or "1.5U".'),
]
LengthMm = Annotated[
    float,
    BeforeValidator(reads(length_mm), json_schema_input_type=float | str),
    Field(description='mm, or text such as "4mm" or "0.5in".'),
]
