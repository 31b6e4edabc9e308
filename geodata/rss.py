"""News feeds: RSS 2.0 (and 0.9x), RSS 1.0 and Atom (RFC 4287), as plain text.

The XML is read by defusedxml, which refuses every document type, so no entity is ever declared or fetched (XXE,
billion laughs). feedparser was tried and left: it opens what it is given as a file's name, and a start tag of
150,000 attributes (1.3 MB) kept it busy for more than four minutes.
"""

from __future__ import annotations

import re
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import ParseError

from dateutil.parser import isoparse
from defusedxml import DefusedXmlException  # type: ignore[import-untyped]  # no types are published for it
from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]  # the same

from geodata.feed import ITEMS_MAX, categories, check_size, in_tokyo, lines_of, one_line, uid_of, web_address
from geodata.html_text import TextMaker, html_to_text, readable
from geodata.xml_encoding import utf8_xml
from portal.errors import UnreadableFileError
from portal.model.feed import FeedItem, FeedRead
from portal.model.finding import Finding, Severity
from portal.model.post import POST_TEXT_MAX, TITLE_MAX

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from xml.etree.ElementTree import Element

ATOM: Final = "{http://www.w3.org/2005/Atom}"
RSS_1: Final = "{http://purl.org/rss/1.0/}"
RSS_09: Final = "{http://my.netscape.com/rdf/simple/0.9/}"
RDF: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
DC: Final = "{http://purl.org/dc/elements/1.1/}"
CONTENT: Final = "{http://purl.org/rss/1.0/modules/content/}"
TITLE_FROM_TEXT: Final = 40
_ROOTS: Final = frozenset({"rss", f"{RDF}RDF", f"{ATOM}feed"})
_ITEMS: Final = frozenset({"item", f"{RSS_1}item", f"{RSS_09}item", f"{ATOM}entry"})
_PLAIN: Final = ("", RSS_1, RSS_09, ATOM)
_SPACES: Final = {"encoded": (CONTENT,), "date": (DC,)}
_OLD_ZONE: Final = re.compile(r"\s+JST\s*$")


def read(data: bytes) -> FeedRead:
    """The articles of a news feed, 1,000 at most, in its order; none of them has a schedule.

    Raises UnreadableFileError for what is no news feed, is larger than 2 MiB, is not well-formed, or brings a
    document type of its own.
    """
    check_size(data)
    items: dict[str, FeedItem] = {}
    findings: list[Finding] = []
    for number, element in enumerate(_elements(data), 1):
        if number > ITEMS_MAX:
            findings.append(Finding(number, Severity.REFUSED, "feeds.too_many", {"most": ITEMS_MAX}))
            break
        item = _item(element)
        if item is None:
            findings.append(Finding(number, Severity.REFUSED, "feeds.no_title"))
        elif item.uid in items:
            findings.append(Finding(number, Severity.DOUBTFUL, "feeds.same_uid", {"uid": one_line(item.uid, 80)}))
        else:
            items[item.uid] = item
    return FeedRead(tuple(items.values()), tuple(findings))


def _elements(data: bytes) -> Iterator[Element]:
    try:
        root = fromstring(utf8_xml(data), forbid_dtd=True)
    except DefusedXmlException:
        raise UnreadableFileError("feeds.has_document_type") from None
    except ParseError as error:
        raise UnreadableFileError("feeds.not_well_formed", line=error.position[0]) from None
    except (ValueError, LookupError):  # an encoding that expat does not know
        raise UnreadableFileError("feeds.bad_encoding") from None
    if root.tag not in _ROOTS:
        raise UnreadableFileError("feeds.not_a_feed")
    return (element for element in root.iter() if element.tag in _ITEMS)


def _item(element: Element) -> FeedItem | None:
    """One article; None where it says nothing at all."""
    atom = element.tag == f"{ATOM}entry"
    uid, title, text = _said_by_atom(element) if atom else _said_by_rss(element)
    title, text = one_line(title, TITLE_MAX), lines_of(text, POST_TEXT_MAX)
    title = title or one_line(text, TITLE_FROM_TEXT)
    if not title:
        return None
    return FeedItem(
        uid_of(uid, title, text),
        title,
        text,
        url=_atom_link(element) if atom else web_address(_first(element, "link") or _permalink(element)),
        changed_at=_day(_first(element, "pubDate", "published", "updated", "date")),
        categories=categories(_categories(element)),
    )


def _said_by_rss(element: Element) -> tuple[str, str, str]:
    """Identifier, title and text of an item of RSS, which does not say whether they are HTML."""
    about = element.get(f"{RDF}about", "")
    text = _first(element, "encoded") or _first(element, "description")
    return (
        _first(element, "guid") or about or _first(element, "link"),
        readable(_first(element, "title")),
        readable(text),
    )


def _said_by_atom(element: Element) -> tuple[str, str, str]:
    """Identifier, title and text of an entry of Atom."""
    content, summary, title = (element.find(f"{ATOM}{name}") for name in ("content", "summary", "title"))
    return _first(element, "id") or _atom_link(element), _atom_text(title), _atom_text(content) or _atom_text(summary)


def _atom_text(element: Element | None) -> str:
    """A text construct (RFC 4287, 3.1): plain, HTML as text, or XHTML as elements."""
    if element is None:
        return ""
    if element.get("type") == "xhtml":
        return _xhtml_text(element)
    text = element.text or ""
    return html_to_text(text) if element.get("type") in ("html", "text/html") else text


def _xhtml_text(element: Element) -> str:
    """The text of elements, walked with a list and not by recursion: they may be nested a million deep."""
    maker = TextMaker()
    waiting: list[tuple[Element, bool]] = [(element, False)]
    while waiting:
        one, done = waiting.pop()
        tag = one.tag.rpartition("}")[2].lower()
        if done:
            maker.end(tag)
            maker.say(one.tail or "")
            continue
        maker.begin(tag)
        maker.say(one.text or "")
        waiting.append((one, True))
        waiting.extend((child, False) for child in reversed(one))
    return maker.text()


def _atom_link(element: Element) -> str:
    links = element.findall(f"{ATOM}link")
    return next(
        (web_address(link.get("href", "")) for link in links if link.get("rel", "alternate") == "alternate"), ""
    )


def _permalink(element: Element) -> str:
    """The guid, unless it says that it is no address."""
    guid = element.find("guid")
    return "" if guid is None or guid.get("isPermaLink") == "false" else guid.text or ""


def _categories(element: Element) -> Iterator[str]:
    for child in element:
        if child.tag in ("category", f"{DC}subject"):
            yield child.text or ""
        elif child.tag == f"{ATOM}category":
            yield child.get("label") or child.get("term") or ""


def _first(element: Element, *names: str) -> str:
    """The text of the first child of one of these names that has any."""
    for name in names:
        for space in _SPACES.get(name, _PLAIN):
            found = element.findtext(f"{space}{name}")
            if found and found.strip():
                return found.strip()
    return ""


def _day(text: str) -> datetime | None:
    """A moment as RSS (RFC 822) or Atom and Dublin Core (ISO 8601) write it; None where it is neither."""
    # RFC 822 knows no JST, and what Python does not know it takes for UTC: nine hours off.
    text = _OLD_ZONE.sub(" +0900", text[:60])
    for reader in (isoparse, parsedate_to_datetime):
        try:
            return in_tokyo(reader(text))
        except (ValueError, TypeError, OverflowError, IndexError):
            continue
    return None
