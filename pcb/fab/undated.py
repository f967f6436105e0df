"""Takes the time out of what KiCad writes, so that the same board gives the same bytes."""

import re

NEVER = "1980-01-01T00:00:00"  # as in our archives
_ANY = r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[+-]\d\d:?\d\d|Z)?"
_GERBER = re.compile(rf"(?m)^(?:%TF\.CreationDate,|; #@! TF\.CreationDate,){_ANY}(?:\*%)?\r?\n")
_SAID = re.compile(rf" date {_ANY}")
_JSON = re.compile(rf'"CreationDate": "{_ANY}"')
_STEP = re.compile(rf"(FILE_NAME\('[^']*',)'{_ANY}'")
_PDF = re.compile(rb"/CreationDate \(D:\d{14}[^)]*\)")


def undated(name: str, content: bytes) -> bytes:
    """Return a file of KiCad's without the time at which it was written.

    A PDF keeps its length, for its table of contents counts bytes.
    """
    if name.endswith(".pdf"):
        return _PDF.sub(lambda found: _blank_pdf(found[0]), content)
    if name.endswith(".png"):
        return content
    text = content.decode("utf-8")
    text = _SAID.sub("", _GERBER.sub("", text))
    text = _JSON.sub(f'"CreationDate": "{NEVER}+00:00"', text)
    return _STEP.sub(rf"\1'{NEVER}'", text).encode("utf-8")


def _blank_pdf(found: bytes) -> bytes:
    head, _, tail = found.partition(b"D:")
    return head + b"D:" + b"19800101000000" + tail[14:]
