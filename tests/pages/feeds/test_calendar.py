"""Calendars to subscribe to: everything that has dates, with a name that lasts and the way back to its page."""

from __future__ import annotations

from dataclasses import replace

from icalendar import Calendar

from pages.plain import sorts, tags
from portal.model.post import PostKind, PostState, Where, WhereKind
from portal.store import Put
from tests import town
from tests.geodata.calendar_rules import faults
from tests.pages.feeds.showing import MARK, TOWN, feed_of, uids
from tests.portal import people


def test_a_calendar_holds_places_and_posts_with_dates(store, here, page, salon):
    """All that has a schedule is in it, with an id that lasts and its page's address; what has no dates is not."""
    post = people.kept(store, PostState.LIVE)
    people.kept(store, PostState.LIVE, facts=people.facts("お知らせ", kind=PostKind.NEWS, schedule=None))
    text = page("calendar", code=town.CODE)
    assert uids(text) == {"p1@ibasho.example", f"{post.id}@ibasho.example"}
    assert faults(text.encode()) == []
    unfolded = text.replace("\r\n ", "")
    address = f"https://ibasho.example/ja/{town.CODE}/place/p1/"
    assert f"URL:{address}\r\n" in unfolded
    assert f"DESCRIPTION:{address}\\n" in unfolded
    assert "X-WR-CALNAME:みなも町の予定" in unfolded
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H" in unfolded
    assert unfolded.count("STATUS:CANCELLED") == 1
    assert "SUMMARY:【中止】ひだまりサロン" in unfolded


def test_each_change_of_a_place_counts_up(store, here, salon):
    """A program that has an older version of a place's dates is told that this one is newer."""
    before = Calendar.from_ical(feed_of(here, "calendar_place", salon.id)).events[0]
    store.apply([Put(replace(salon, facts=replace(salon.facts, name="あたらしい名前")))])
    after = Calendar.from_ical(feed_of(here, "calendar_place", salon.id)).events[0]
    assert after["SEQUENCE"] == before["SEQUENCE"] + 1
    assert after["UID"] == before["UID"]
    assert after["LAST-MODIFIED"].dt >= before["LAST-MODIFIED"].dt


def test_a_groups_calendar_holds_its_places(store, here, salon):
    """Whoever follows a group gets the dates of its posts and of the places that it runs."""
    store.apply([Put(people.group(places=(salon.id,)))])
    post = people.kept(store, PostState.LIVE)
    people.kept(store, PostState.LIVE, group="group-tonari", facts=people.facts(MARK))
    assert uids(feed_of(here, "calendar_group", "group-hidamari")) == {"p1@ibasho.example", f"{post.id}@ibasho.example"}


def test_what_is_over_leaves_the_calendar_of_all_and_keeps_its_own(store, here, page):
    """A date of last month is in no calendar of the town; the calendar of that post still has it."""
    post = people.kept(store, PostState.LIVE, facts=people.facts(schedule=people.on(6, month=10)))
    assert uids(page("calendar", code=town.CODE)) == set()
    assert uids(feed_of(here, "calendar_post", post.id)) == {f"{post.id}@ibasho.example"}


def test_a_feed_names_what_it_depends_on(store, here, salon):
    """A part's feed bears its records and those that they name; a town's bears the town; all of them the day."""
    post = people.kept(store, PostState.LIVE, facts=people.facts(where=Where(WhereKind.PLACE, place=salon.id)))
    made = sorts.SORTS["calendar_group"].make(here, {"code": town.CODE, "id": "group-hidamari"})
    assert {tags.DAY, tags.frame(town.CODE), *map(tags.thing, (post.id, salon.id, "group-hidamari"))} <= made.tags
    assert tags.town(town.CODE) in sorts.make(here, f"{TOWN}/calendar.ics").tags


def test_the_pages_lead_to_the_calendar(store, page, salon):
    """A place and its town have a button that subscribes, a file beside it, a sentence, and feeds in the head."""
    for name, keys, way in (
        ("place", {"id": "p1"}, f"webcal://ibasho.example/{TOWN}/place/p1/calendar.ics"),
        ("municipality", {}, f"webcal://ibasho.example/{TOWN}/calendar.ics"),
    ):
        text = page(name, lang="ja", code=town.CODE, **keys)
        assert f'href="{way}"' in text
        assert "変更も届きます" in text
        assert 'type="text/calendar"' in text
    assert 'type="application/atom+xml"' in page("municipality", lang="en", code=town.CODE)


def test_a_cancelled_post_is_told_as_such(store, page):
    """A calendar says that it is called off by its state, its title and the reason, with the number of the change."""
    people.kept(store, PostState.CANCELLED, reason="台風のため", live_at=people.NOW, number=3)
    one = Calendar.from_ical(page("calendar", code=town.CODE)).events[0]
    assert (one["STATUS"], one["SEQUENCE"]) == ("CANCELLED", 3)
    assert one["SUMMARY"] == "【中止】もちつき大会"
    assert "台風のため" in one["DESCRIPTION"]
