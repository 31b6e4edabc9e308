"""A way to get in touch as a link, where what stands there is fit to be one."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote, urlsplit

from markupsafe import Markup

from pages.parts import plain_text
from portal.model.place import Contact, ContactKind
from portal.normalise import fold

PHONE: Final = re.compile(r"\+?[0-9][0-9-]{2,24}")
EMAIL: Final = re.compile(r"[a-z0-9._%+-]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)+")
WEB: Final = re.compile(r"https?://[^\s\\<>\"']{1,2000}", re.IGNORECASE)
RELATION: Final = "noopener noreferrer nofollow"


def link(contact: Contact) -> Markup:
    """The value, as a link where it is one telephone number, one mail address or one web address; else as text."""
    address = _address(contact)
    if not address:
        return plain_text.lines(contact.value)
    return Markup('<a href="{}" rel="{}">{}</a>').format(address, RELATION, plain_text.text(contact.value))


def _address(contact: Contact) -> str:
    value = contact.value.strip()
    if contact.kind is ContactKind.PHONE:
        number = re.sub(r"[()\s]", "-", fold(value)).strip("-")
        return f"tel:{number}" if PHONE.fullmatch(number) else ""
    if contact.kind is ContactKind.EMAIL:
        return f"mailto:{quote(value)}" if EMAIL.fullmatch(value.lower()) else ""
    return web(value) if contact.kind in (ContactKind.URL, ContactKind.FORM) else ""


def web(value: str) -> str:
    """``value`` if it is an address of the web with a host, else nothing: no script, no data, no ``//host``."""
    if not WEB.fullmatch(value):
        return ""
    try:
        parts = urlsplit(value)
    except ValueError:
        return ""
    return value if parts.hostname and not parts.username else ""
