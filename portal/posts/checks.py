"""What somebody wrote into a post, made tidy and checked against what the municipality has."""

from __future__ import annotations

import unicodedata
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, Final

from portal.errors import InvalidRecordError
from portal.model.group import CONTACTS_MAX
from portal.model.place import ContactKind
from portal.model.post import HELP, NOTE_MAX, WEB_ADDRESS, Where, WhereKind

if TYPE_CHECKING:
    from portal.model.place import Contact
    from portal.model.post import PostFacts
    from portal.store import Reader

LANGUAGES_MAX: Final = 20
KEPT: Final = "\n\u200d"
"""Line breaks, and what holds an emoji family together; other control signs can turn text round or hide in it."""
UNSEEN: Final = frozenset({"Cc", "Cf", "Cs"})
"""Control signs, format signs, and halves of signs that no text is made of."""
LINKS: Final = frozenset({ContactKind.URL, ContactKind.FORM})


def checked(store: Reader, municipality: str, facts: PostFacts) -> PostFacts:
    """The facts tidied, with contacts left out that say nothing.

    Raises InvalidRecordError for a title of nothing visible, a place, district, goal or kind of activity that the
    municipality does not have, and a web address that is none.
    """
    tidied = replace(
        facts,
        **_texts(facts),
        title=" ".join(tidy(facts.title).split()),
        where=_where(facts.where),
        contacts=tuple(_contact(item) for item in facts.contacts if tidy(item.value)),
        relayed=facts.relayed or facts.kind in HELP,
    )
    if len(tidied.contacts) > CONTACTS_MAX or len(tidied.languages) > LANGUAGES_MAX:
        raise InvalidRecordError("group.too_many", most=CONTACTS_MAX)
    _check_where(store, municipality, tidied.where)
    _check_keys(store, municipality, tidied)
    return tidied


def _texts(facts: PostFacts) -> dict[str, Any]:
    named = {item.name: getattr(facts, item.name) for item in fields(facts) if item.name not in {"kind", "title"}}
    return {name: tidy(value) for name, value in named.items() if isinstance(value, str)}


def tidy(text: str) -> str:
    """Text without signs that are not seen, its line breaks plain, no blanks around it; empty if nothing shows."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    kept = "".join(sign for sign in plain if sign in KEPT or unicodedata.category(sign) not in UNSEEN)
    return kept.strip() if any(unicodedata.category(sign)[0] in "LNPS" for sign in kept) else ""


def _where(where: Where) -> Where:
    """Only what belongs to its kind: a pin set before the place was chosen is not kept."""
    kept: dict[str, Any] = {"name": tidy(where.name), "address": tidy(where.address)}
    if where.kind is WhereKind.PLACE:
        kept["place"] = where.place
    elif where.kind is WhereKind.PIN:
        kept["position"] = where.position
    elif where.kind is WhereKind.DISTRICT:
        kept["district"] = where.district
    elif where.kind is WhereKind.ONLINE:
        kept["url"] = where.url
    return Where(where.kind, **kept)


def _contact(contact: Contact) -> Contact:
    value, note = tidy(contact.value), tidy(contact.note)
    if max(len(value), len(note)) > NOTE_MAX:
        raise InvalidRecordError("model.text_too_long", most=NOTE_MAX)
    if contact.kind in LINKS and not WEB_ADDRESS.fullmatch(value):
        raise InvalidRecordError("post.bad_url")
    return replace(contact, value=value, note=note)


def _check_where(store: Reader, municipality: str, where: Where) -> None:
    if where.kind is WhereKind.PLACE:
        place = store.place(where.place)
        if place is None or place.municipality != municipality:
            raise InvalidRecordError("posting.no_such_place")
    if where.kind is WhereKind.DISTRICT:
        district = store.district(where.district)
        if district is None or district.municipality != municipality:
            raise InvalidRecordError("posting.no_such_district")


def _check_keys(store: Reader, municipality: str, facts: PostFacts) -> None:
    if facts.activity and facts.activity not in {kind.key for kind in store.kinds(municipality)}:
        raise InvalidRecordError("posting.no_such_activity")
    if facts.goals and not facts.goals <= {goal.key for goal in store.goals(municipality)}:
        raise InvalidRecordError("posting.no_such_goal")
