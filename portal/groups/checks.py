"""What somebody typed about a group, made tidy and checked before it is kept."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from portal.errors import InvalidRecordError, UnknownThingError
from portal.model.account import read_email
from portal.model.group import ABOUT_MAX
from portal.model.place import ContactKind
from portal.model.post import WEB_ADDRESS
from portal.normalise import HYPHENS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from portal.model.place import Contact
    from portal.store import Reader

CONTACT_MAX: Final = 200
TYPED_MAX: Final = 10_000
"""Putting a longer row of combining marks in order would take long."""
PHONE: Final = re.compile(r"\+?[0-9()\- ]{6,24}")
FEWEST_DIGITS: Final = 6
"""119 and the like are no way to reach a group."""
_HYPHENS: Final = str.maketrans(dict.fromkeys(HYPHENS, "-"))
_JOINER: Final = "\u200d"  # holds an emoji family together


def line(text: str) -> str:
    """One line of text without control signs and invisible ones; empty where nothing is to be seen.

    Turned-round and zero-width signs make two names look the same, or a name look like none. Raises
    InvalidRecordError for more text than anything here may have, before any work is done on it.
    """
    if len(text) > TYPED_MAX:
        raise InvalidRecordError("model.text_too_long", most=ABOUT_MAX)
    kept = unicodedata.normalize("NFC", " ".join(filter(None, map(_visible, text.split()))))
    return kept.strip() if any(unicodedata.category(sign)[0] in "LNPS" for sign in kept) else ""


def paragraphs(text: str) -> str:
    """Several lines of text, each tidied as :func:`line` does; no more than one empty line in a row."""
    if len(text) > TYPED_MAX:
        raise InvalidRecordError("model.text_too_long", most=ABOUT_MAX)
    lines = "\n".join(line(part) for part in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip()


def contacts(given: Iterable[Contact]) -> tuple[Contact, ...]:
    """The ways to get in touch that were filled in.

    Raises InvalidRecordError for a telephone number with letters, an address that is none, or an over-long text.
    """
    return tuple(_contact(item) for item in given if line(item.value))


def phone(text: str) -> str:
    """A telephone or fax number in narrow digits; raises InvalidRecordError for what is none."""
    number = unicodedata.normalize("NFKC", line(text)).translate(_HYPHENS)
    if not PHONE.fullmatch(number) or sum(sign.isdigit() for sign in number) < FEWEST_DIGITS:
        raise InvalidRecordError("grouping.bad_phone", value=line(text)[:CONTACT_MAX])
    return number


def check_district(store: Reader, municipality: str, district: str) -> None:
    """Refuse a district that does not exist or is another municipality's. Raises UnknownThingError."""
    found = store.district(district) if district else None
    if district and (found is None or found.municipality != municipality):
        raise UnknownThingError("grouping.no_such_district")


def check_places(store: Reader, municipality: str, places: Iterable[str]) -> None:
    """Refuse places that do not exist or lie in another municipality. Raises UnknownThingError."""
    wanted = list(places)
    found = {item.id for item in store.places(wanted) if item.municipality == municipality}
    if set(wanted) - found:
        raise UnknownThingError("grouping.no_such_place")


def _visible(text: str) -> str:
    return "".join(sign for sign in text if sign == _JOINER or unicodedata.category(sign) not in {"Cc", "Cf"})


def _contact(given: Contact) -> Contact:
    value, note = line(given.value), line(given.note)
    if max(len(value), len(note)) > CONTACT_MAX:
        raise InvalidRecordError("grouping.contact_too_long", most=CONTACT_MAX)
    if given.kind in {ContactKind.PHONE, ContactKind.FAX}:
        value = phone(value)
    elif given.kind is ContactKind.EMAIL:
        value = read_email(value)
    elif given.kind in {ContactKind.URL, ContactKind.FORM} and not WEB_ADDRESS.fullmatch(value):
        raise InvalidRecordError("grouping.bad_url", value=value)
    return replace(given, value=value, note=note)
