"""A public page as a machine reads it: what every one of them has to keep to."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final

from pages.server import assets

if TYPE_CHECKING:
    from collections.abc import Sequence

TEXT_MAX: Final = 30_000
PAGE_MAX: Final = 150_000
ELSEWHERE: Final = ("https://maps.gsi.go.jp/", "https://leafletjs.com/")
"""What is credited."""


@dataclass
class Looked(HTMLParser):
    """What stands in a page."""

    headings: int = 0
    language: str = ""
    links: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin to read."""
        super().__init__()

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        """Note one element."""
        has = {name: value or "" for name, value in attrs}
        self.headings += tag == "h1"
        self.ids += [has["id"]] if "id" in has else []
        self.language = has["lang"] if tag == "html" else self.language
        self.links += [has["href"]] if tag == "a" else []
        if "style" in has or any(name.startswith("on") for name in has) or tag == "style":
            self.faults.append(f"{tag}: style or script in the page")
        if tag == "script" and has.get("type") != "application/ld+json" and "src" not in has:
            self.faults.append("script in the page")


def look(html: str, language: str, *, most: int = TEXT_MAX) -> Looked:
    """The page; AssertionError for one that does not keep to what every public page does."""
    looked = Looked()
    looked.feed(html)
    assert looked.headings == 1
    assert looked.language == language
    assert looked.faults == []
    assert len(looked.ids) == len(set(looked.ids))
    away = [link for link in looked.links if link.startswith(("http:", "https:", "/"))]
    assert [link for link in away if not link.startswith(("https://ibasho.example/", *ELSEWHERE))] == []
    inner = [link.partition("#")[2] for link in looked.links if link.startswith("#")]
    assert set(inner) <= set(looked.ids)
    size = len(html.encode())
    assert size < most
    assert size + (assets.OURS / "plain.css").stat().st_size < PAGE_MAX
    return looked
