"""A page as its tags and texts, every tag held against its end."""

from collections.abc import Iterator
from html.parser import HTMLParser


class Page(HTMLParser):
    """Collects what a page holds, and that tags close as they open."""

    EMPTY = frozenset({"meta", "img", "br", "link", "input", "hr", "rect"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag and wait for its end."""
        self.tags.append((tag, dict(attrs)))
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag that is its own end."""
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        """Hold an end against the last that is open."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Keep text."""
        self.text.append(data)

    def all(self, tag: str) -> Iterator[dict[str, str | None]]:
        """Yield the attributes of every tag of a kind."""
        return (attrs for name, attrs in self.tags if name == tag)
