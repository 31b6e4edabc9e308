"""What a group wrote, with its line breaks, web addresses in it as links; nothing else of it is anything but text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from pages.parts import contact_links, plain_text

if TYPE_CHECKING:
    from collections.abc import Iterator

ADDRESS: Final = re.compile(r"https?://[!#$%&'()*+,\-./:;=?@\[\]_~0-9A-Za-z]{1,2000}", re.IGNORECASE)
"""Signs of RFC 3986 alone: 、。and whatever else of Japanese comes after an address ends it."""
CLOSING: Final = ".,:;!?'"
PAIRS: Final = {")": "(", "]": "["}
RELATION: Final = "noopener nofollow ugc"


def lines(value: str) -> Markup:
    """The text, escaped; ``javascript:``, ``data:`` and ``//host`` stay text."""
    shown = plain_text.shown(value)
    return Markup("<br>").join(Markup("<bdi>{}</bdi>").format(_line(line)) for line in shown.splitlines())


def link(address: str) -> Markup:
    """An address of the web as a link with its own text; anything else as text."""
    web = contact_links.web(address)
    if not web:
        return plain_text.text(address)
    return Markup('<a href="{}" rel="{}">{}</a>').format(web, RELATION, plain_text.text(web))


def _line(line: str) -> Markup:
    return Markup("").join(_pieces(line))


def _pieces(line: str) -> Iterator[Markup]:
    end = 0
    for found in ADDRESS.finditer(line):
        address = _trimmed(found.group())
        yield Markup("{}").format(line[end : found.start()])
        yield link(address)
        end = found.start() + len(address)
    yield Markup("{}").format(line[end:])


def _trimmed(address: str) -> str:
    """Without the sentence's own signs at its end: a full stop, a bracket that was opened before the address."""
    while address:
        last = address[-1]
        if last in CLOSING or (last in PAIRS and address.count(last) > address.count(PAIRS[last])):
            address = address[:-1]
        else:
            break
    return address
