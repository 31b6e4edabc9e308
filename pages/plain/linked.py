"""Places, dates and groups as schema.org says them (JSON-LD), for search engines and assistants.

Nothing stands in it that the page itself does not show: no contact that is not public, nobody's name for help between
residents. What is sample content (見本) says so in its name.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from pages.plain import linked_event, linked_where
from pages.plain.linked_event import Told
from pages.plain.linked_where import geo, said
from portal import cards
from portal.model.kind import FACILITY
from portal.model.place import ContactKind, Fee
from portal.model.post import PostKind, PostState
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from pages.plain.ways import Ways
    from portal.looking import GroupView, PlaceView, PostView
    from portal.model.place import Contact
    from portal.schedules.occurrences import Occurrence

__all__ = ["CONTEXT", "geo", "group", "place", "place_date", "post", "post_date"]

CONTEXT: Final = "https://schema.org"
TEXT_MAX: Final = 300
"""Characters of a description: the page itself holds the whole text."""
ARTICLES: Final = frozenset({PostKind.NEWS, PostKind.REPORT})


def place(ways: Ways, view: PlaceView) -> dict[str, Any]:
    """A place (https://schema.org/Place), with what takes place there by its own schedule."""
    facts = view.place.facts
    own = linked_where.of_place(ways, view.place, view.municipality)
    event = linked_event.record(told, ways.here.today) if (told := _place_told(ways, view)) else None
    return said(
        {
            "@context": CONTEXT,
            **own,
            "name": _name(ways, facts.name, sample=view.place.sample),
            "alternateName": facts.name_en,
            "description": _short(facts.description),
            "telephone": _first(view.contacts, ContactKind.PHONE),
            "isAccessibleForFree": _free(facts.fee),
            "event": event,
        }
    )


def place_date(ways: Ways, view: PlaceView, one: Occurrence) -> dict[str, Any] | None:
    """One date of a place (https://schema.org/Event); None for opening hours, which are no event."""
    told = _place_told(ways, view)
    if told is None:
        return None
    where = linked_where.of_place(ways, view.place, view.municipality)
    return {"@context": CONTEXT, **linked_event.one_date(told, one), "location": where}


def post(ways: Ways, view: PostView) -> dict[str, Any] | None:
    """A post with dates as an Event, news as an Article; None for what is neither."""
    if told := _post_told(ways, view):
        event = linked_event.record(told, ways.here.today)
        return {"@context": CONTEXT, **event} if event else None
    return _article(ways, view) if view.post.facts.kind in ARTICLES else None


def post_date(ways: Ways, view: PostView, one: Occurrence) -> dict[str, Any] | None:
    """One date of a post (https://schema.org/Event)."""
    told = _post_told(ways, view)
    return {"@context": CONTEXT, **linked_event.one_date(told, one)} if told else None


def group(ways: Ways, view: GroupView) -> dict[str, Any]:
    """A group (https://schema.org/Organization) with its public contacts."""
    its = view.group
    area = view.district.name if view.district else view.municipality.name
    return said(
        {
            "@context": CONTEXT,
            **_organization(ways, view),
            "name": _name(ways, its.name, sample=its.sample),
            "alternateName": its.name_kana,
            "description": _short(its.about),
            "telephone": _first(view.contacts, ContactKind.PHONE),
            "faxNumber": _first(view.contacts, ContactKind.FAX),
            "email": _first(view.contacts, ContactKind.EMAIL),
            "sameAs": [item.value for item in view.contacts if item.kind is ContactKind.URL],
            "areaServed": {"@type": "AdministrativeArea", "name": area},
            "address": linked_where.address(view.municipality),
        }
    )


def _post_told(ways: Ways, view: PostView) -> Told | None:
    facts, its = view.post.facts, view.post
    if facts.schedule is None:
        return None
    address = ways.whole("post", code=its.municipality, id=its.id)
    properties = said(
        {
            "@type": "EducationEvent" if facts.kind is PostKind.COURSE else "Event",
            "name": _name(ways, facts.title, sample=its.sample),
            "description": _short(facts.text),
            "image": [ways.whole("photo", photo=photo.name) for photo in facts.photos],
            "inLanguage": sorted(facts.languages),
            **linked_where.of_post(ways, view),
            "organizer": _organizer(ways, view),
            "isAccessibleForFree": _free(facts.fee),
            "offers": _offer(ways, view, None),
            "maximumAttendeeCapacity": facts.seats,
        }
    )
    return Told(
        address,
        address,
        properties,
        facts.schedule,
        its.state is PostState.CANCELLED,
        partial(_date_page, ways, "post_day", its.municipality, its.id),
        partial(_full, ways, view),
    )


def _place_told(ways: Ways, view: PlaceView) -> Told | None:
    """What a place does by its own schedule; hours of facilities and shelters are no event."""
    facts, its = view.place.facts, view.place
    if facts.schedule is None or view.kind.evacuation or view.kind.key == FACILITY:
        return None
    address = ways.whole("place", code=its.municipality, id=its.id)
    properties = said(
        {
            "@type": "Event",
            "name": _name(ways, facts.name, sample=its.sample),
            "description": _short(facts.description),
            "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
            "location": {"@id": address},
            "organizer": {"@type": "Organization", "name": facts.group} if facts.group.strip() else None,
            "isAccessibleForFree": _free(facts.fee),
        }
    )
    page = partial(_date_page, ways, "place_day", its.municipality, its.id)
    return Told(address, f"{address}#event", properties, facts.schedule, off=False, page=page, full=_uncounted)


def _article(ways: Ways, view: PostView) -> dict[str, Any]:
    """News or a report (https://schema.org/Article)."""
    facts, its = view.post.facts, view.post
    address = ways.whole("post", code=its.municipality, id=its.id)
    return said(
        {
            "@context": CONTEXT,
            "@type": "Article",
            "@id": address,
            "headline": _name(ways, facts.title, sample=its.sample),
            "description": _short(facts.text),
            "datePublished": its.live_at.isoformat() if its.live_at else "",
            "dateModified": its.changed_at.isoformat() if its.changed_at else "",
            "image": [ways.whole("photo", photo=photo.name) for photo in facts.photos],
            "author": _organizer(ways, view),
            "url": address,
        }
    )


def _organizer(ways: Ways, view: PostView) -> dict[str, Any] | None:
    """The group; between residents nobody is named."""
    if view.group is None:
        return None
    page = ways.whole("group", code=view.group.municipality, id=view.group.id)
    return {"@type": "Organization", "@id": page, "name": view.group.name, "url": page}


def _organization(ways: Ways, view: GroupView) -> dict[str, Any]:
    page = ways.whole("group", code=view.group.municipality, id=view.group.id)
    return {"@type": "Organization", "@id": page, "url": page}


def _full(ways: Ways, view: PostView, one: Occurrence) -> Mapping[str, Any]:
    """How full one date of a course or a consultation is, and the offer that goes with it."""
    left = cards.seats_left(view.post, one)
    return said({"remainingAttendeeCapacity": left, "offers": _offer(ways, view, left)})


def _offer(ways: Ways, view: PostView, left: int | None) -> dict[str, Any] | None:
    """That it costs nothing, and whether there is room; sums stand in the group's own words alone."""
    if view.post.facts.fee is not Fee.FREE:
        return None
    room = "" if left is None else f"https://schema.org/{'InStock' if left else 'SoldOut'}"
    page = ways.whole("post", code=view.post.municipality, id=view.post.id)
    return said({"@type": "Offer", "price": 0, "priceCurrency": "JPY", "availability": room, "url": page})


def _uncounted(_: Occurrence) -> Mapping[str, Any]:
    return {}


def _date_page(ways: Ways, name: str, code: str, record_id: str, day: date) -> str:
    return ways.whole(name, code=code, id=record_id, day=day.isoformat())


def _name(ways: Ways, name: str, *, sample: bool) -> str:
    """The name; of sample content with the mark that it bears on the page, for it is read without the page."""
    tongue = ways.keys.get("lang", "ja")
    if not sample or say("card.sample", tongue).casefold() in name.casefold():
        return name
    return say("plain_post.sample_name", tongue, name=name)


def _first(contacts: tuple[Contact, ...], kind: ContactKind) -> str:
    return next((item.value for item in contacts if item.kind is kind and item.public), "")


def _free(fee: Fee) -> bool | None:
    return None if fee is Fee.UNKNOWN else fee is Fee.FREE


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= TEXT_MAX else line[: TEXT_MAX - 1] + "…"
