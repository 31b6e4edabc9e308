"""What search engines and assistants are told (JSON-LD): the same as the page shows, in the words of schema.org.

The objects are held by golden files. The properties of each type are those of https://schema.org (version 29.0), as
listed on the type's own page with what it inherits from Thing.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from pages.plain import frame, linked, post_shown, viewed
from portal.clock import TOKYO
from portal.model.kind import Kind, Shape
from portal.model.place import Audience, Contact, ContactKind, Fee
from portal.model.position import Precision
from portal.model.post import Outside, Photo, PostKind, PostState, Where, WhereKind
from portal.model.schedule import Rule, Schedule
from portal.public import shown
from portal.store import Put
from tests import town
from tests.portal import people

GOLDEN = Path(__file__).parent / "golden"
THING = {"@context", "@type", "@id", "name", "alternateName", "description", "url", "image", "sameAs"}
EVENT = THING | {
    "eventAttendanceMode",
    "eventSchedule",
    "eventStatus",
    "startDate",
    "endDate",
    "previousStartDate",
    "location",
    "organizer",
    "offers",
    "isAccessibleForFree",
    "inLanguage",
    "maximumAttendeeCapacity",
    "remainingAttendeeCapacity",
    "subEvent",
    "superEvent",
}
PROPERTIES = {
    "Event": EVENT,
    "EducationEvent": EVENT,
    "Place": THING | {"address", "geo", "telephone", "isAccessibleForFree", "event"},
    "VirtualLocation": THING,
    "Organization": THING | {"address", "telephone", "faxNumber", "email", "areaServed"},
    "Article": THING | {"headline", "datePublished", "dateModified", "author"},
    "PostalAddress": THING | {"addressCountry", "addressRegion", "addressLocality", "streetAddress"},
    "GeoCoordinates": THING | {"latitude", "longitude"},
    "AdministrativeArea": THING,
    "Offer": THING | {"price", "priceCurrency", "availability"},
    "Schedule": THING
    | {
        "byDay",
        "byMonth",
        "byMonthDay",
        "duration",
        "endDate",
        "endTime",
        "exceptDate",
        "repeatCount",
        "repeatFrequency",
        "scheduleTimezone",
        "startDate",
        "startTime",
    },
}
SERIES = Schedule(
    (Rule(datetime(2026, 10, 6, 10), 120, "FREQ=WEEKLY;BYDAY=TU"),),
    cancelled=frozenset({date(2026, 12, 29)}),
    moved=((date(2026, 12, 8), datetime(2026, 12, 10, 14)),),
    until=date(2027, 3, 31),
)


@pytest.fixture
def ways(here):
    """The addresses as the Japanese page of a record writes them."""
    return lambda name, record_id: frame.ways(here, name, {"lang": "ja", "code": town.CODE, "id": record_id})


@pytest.fixture
def hall(store):
    """A community hall with an address and a public telephone."""
    place = town.place(
        "hall", "みなも会館", kind="facility", address="みなも町1-2-3", contacts=(people.phone(),), fee=Fee.FREE
    )
    store.apply([Put(place)])
    return place


@pytest.fixture
def told(store, here, ways):
    """What a post of these facts tells: ``told(title, state=…, **facts)``."""

    def tell(title="もちつき大会", state=PostState.LIVE, **values):
        known = {name: values.pop(name) for name in ("id", "reason", "places_taken", "outside") if name in values}
        known = {"id": "post-golden", "live_at": people.NOW, **known}
        people.kept(store, state, facts=people.facts(title, **values), **known)
        view = post_shown.view(here, {"code": town.CODE, "id": known["id"]}, "post")
        return linked.post(ways("post", known["id"]), view)

    return tell


def agrees(name: str, said: dict) -> None:
    """The object is that of the golden file, and has no property that its types do not have."""
    check(said)
    kept = json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))
    assert json.loads(json.dumps(said)) == kept


def check(said: object) -> None:
    """Every object is of a known type, or a reference, and has properties of that type alone."""
    if isinstance(said, dict):
        allowed = PROPERTIES[said["@type"]] if "@type" in said else {"@id"}
        assert set(said) <= allowed
        for value in said.values():
            check(value)
    elif isinstance(said, list):
        for value in said:
            check(value)


def test_a_single_event(told, hall, store):
    """A date at a place of the portal has its hours in Japan's time, its place and who holds it."""
    said = told(
        where=Where(WhereKind.PLACE, place=hall.id, name="2階"),
        fee=Fee.FREE,
        audience=frozenset({Audience.EVERYONE}),
        languages=frozenset({"ja", "en"}),
        photos=(Photo("a" * 64 + ".jpg", "もちをつく人たち", 800, 600),),
    )
    agrees("single", said)


def test_a_weekly_series_with_an_exception_and_a_moved_date(told):
    """The rule stands as a schedule; the date that is called off and the one that was moved are told one by one."""
    agrees("series", told("いきいき体操", kind=PostKind.SERIES, schedule=SERIES, where=people.pin()))


def test_what_is_called_off_says_so(told):
    """A cancelled post stays an event, and is called off."""
    agrees("cancelled", told(state=PostState.CANCELLED, reason="大雨のため", where=people.pin()))


def test_what_is_online_is_no_place(told):
    """A course online has a virtual location, its places and what is left of them."""
    said = told(
        "オンライン講座",
        kind=PostKind.COURSE,
        where=Where(WhereKind.ONLINE, url="https://meet.example/minamo"),
        seats=20,
        fee=Fee.FREE,
        places_taken={"2026-12-06": 20},
    )
    agrees("online", said)


def test_help_between_residents_names_nobody(told):
    """Neither the group nor the spot of help between residents is told, only that it is in the town."""
    said = told("電球の交換", kind=PostKind.HELP_WANTED, where=people.pin())
    agrees("help_wanted", said)
    assert "第一公園" not in json.dumps(said, ensure_ascii=False)
    assert "ひだまりの会" not in json.dumps(said, ensure_ascii=False)


def test_a_place_with_a_schedule(store, here, ways):
    """A salon is a place, and what takes place there a series with its counted weekdays."""
    hidden = Contact(ContactKind.EMAIL, "secret@example.jp")
    place = town.place(
        "salon",
        address="みなも町4-5-6",
        schedule=people.tuesdays(),
        group="ひだまりの会",
        contacts=(people.phone(), hidden),
        description="お茶を飲みながら話します。",
        name_en="Hidamari Salon",
    )
    store.apply([Put(place)])
    said = linked.place(ways("place", place.id), viewed.place(here, place.id))
    agrees("place", said)


def test_a_group(store, here, ways):
    """A group is an organisation with its public contacts alone."""
    contacts = (
        people.phone(),
        Contact(ContactKind.URL, "https://hidamari.example/", public=True),
        Contact(ContactKind.EMAIL, "secret@example.jp"),
    )
    store.apply([Put(people.group("open", contacts=contacts, name_kana="ひだまりのかい"))])
    agrees("group", linked.group(ways("group", "group-open"), shown.group(store, "group-open")))


def test_the_hours_of_a_facility_are_no_event(store, here, ways, hall):
    """A library that is open all week does not hold an event each day."""
    store.apply([Put(replace(hall, facts=replace(hall.facts, schedule=SERIES)))])
    assert "event" not in linked.place(ways("place", hall.id), viewed.place(here, hall.id))


def test_news_is_an_article_and_an_offer_of_help_without_dates_is_nothing(told):
    """News has its day and its author; what is neither news nor dated is not told."""
    said = told("おしらせ", kind=PostKind.NEWS, schedule=None)
    check(said)
    assert (said["@type"], said["datePublished"]) == ("Article", "2026-11-22T09:00:00+09:00")
    assert told("お手伝いします", kind=PostKind.HELP_OFFERED, schedule=None, id="post-help") is None


def test_a_day_without_an_hour_is_a_day(told):
    """Where the hour is not known the date stands alone, and no end is made up."""
    said = told(schedule=Schedule((Rule(datetime(2026, 12, 6), timed=False),)))
    assert (said["startDate"], "endDate" in said) == ("2026-12-06", False)


def test_a_point_that_is_not_the_door_is_not_told(told, store, hall):
    """A position that only stands for a part of town is left out."""
    store.apply([Put(replace(hall, facts=replace(hall.facts, precision=Precision.TOWN)))])
    said = told(where=Where(WhereKind.PLACE, place=hall.id))
    assert "geo" not in said["location"]


def test_sample_content_bears_its_mark(told):
    """What is read without the page says that it is a sample, once."""
    said = told("もちつき", outside=Outside("sample"))
    assert said["name"] == "【見本】もちつき"
    again = told("もちつき(見本)", outside=Outside("sample"), id="post-again")
    assert again["name"] == "もちつき(見本)"


def test_a_date_of_a_series_points_to_its_series(store, here, ways):
    """One date has its own address and its series; one that was moved says from when."""
    people.kept(store, PostState.LIVE, id="post-golden", facts=people.facts("いきいき体操", schedule=SERIES))
    view = post_shown.view(here, {"code": town.CODE, "id": "post-golden"}, "post")
    moved = next(one for one in view.coming if one.original)
    said = linked.post_date(ways("post", "post-golden"), view, moved)
    check(said)
    assert said["@id"].endswith("/post/post-golden/2026-12-10/")
    assert said["superEvent"]["@id"].endswith("/post/post-golden/")
    assert said["eventStatus"] == "https://schema.org/EventRescheduled"
    assert said["previousStartDate"] == datetime(2026, 12, 8, 10, tzinfo=TOKYO).isoformat()


def test_a_kind_of_ones_own_is_an_event_too(store, here, ways):
    """What a municipality added as a kind takes place like any other."""
    store.apply(
        [
            Put(Kind("cafe", "カフェ", "Café", "#123456", Shape.CIRCLE, "カ", municipality=town.CODE)),
            Put(town.place("cafe", kind="cafe", schedule=SERIES)),
        ]
    )
    view = viewed.place(here, "cafe")
    said = linked.place_date(ways("place", "cafe"), view, view.coming[0])
    assert said["location"]["name"] == view.place.facts.name
