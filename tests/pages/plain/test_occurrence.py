"""The public page of one date: held, moved or called off, with the dates around it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime

import pytest

from pages.plain import dated, paths, sorts, tags
from pages.plain.sort import MovedError
from portal.errors import GoneError, UnknownThingError
from portal.model.place import Contact, ContactKind
from portal.model.post import PostKind, PostState
from portal.model.schedule import Rule, Schedule
from portal.store import Put
from tests import town
from tests.portal import people

KEYS = {"lang": "ja", "code": town.CODE, "id": "post-salon"}
CHANGED = replace(
    people.tuesdays("20270331"),
    cancelled=frozenset({date(2026, 12, 22)}),
    moved=((date(2026, 12, 8), datetime(2026, 12, 10, 14)),),
    extra=(datetime(2026, 12, 25, 10),),
)


@pytest.fixture
def salon(store):
    """A post with a rule, a date that is called off, one that was moved and a further one."""
    facts = people.facts("ひだまり喫茶", kind=PostKind.SERIES, schedule=CHANGED, where=people.pin())
    return people.kept(store, PostState.LIVE, id=KEYS["id"], live_at=people.NOW, facts=facts)


@pytest.fixture
def on(page, salon):
    """The page of a date of the post."""
    return lambda day, **keys: page("post_day", **{**KEYS, "day": day, **keys})


def test_a_date_that_is_held(on):
    """It says when, who and where, and leads to the post, the group and the dates around it."""
    html = on("2026-11-24")
    assert "<title>ひだまり喫茶 2026年11月24日（火） | " in html
    assert html.count("<h1") == 1
    assert "2026年11月24日（火）10:00–12:00" in html
    assert "第一公園" in html
    assert 'href="../../../group/group-hidamari/"' in html
    assert '<a class="button" href="../">' in html
    assert 'href="../2026-12-08/" rel="next"' in html
    assert 'rel="prev"' not in html
    assert "noindex" not in html


def test_a_date_that_was_moved_leads_to_the_other_and_back(on):
    """The old date leads to the new one, the new one tells the old."""
    old, new = on("2026-12-08"), on("2026-12-10")
    assert "日程が変わりました" in old
    assert "<s><bdi>2026年12月8日（火）10:00–12:00</bdi></s>" in old
    assert '<a href="../2026-12-10/"><bdi>2026年12月10日（木）14:00–16:00</bdi></a>' in old
    assert 'もとの予定： <a href="../2026-12-08/">' in new
    for html in (old, new):
        assert '"eventStatus":"https://schema.org/EventRescheduled"' in html


def test_a_date_that_is_called_off_and_one_in_addition_say_so(on):
    """One is struck through and called off, the other comes beside the rule."""
    off, extra = on("2026-12-22"), on("2026-12-25")
    assert "この日は中止です。" in off
    assert re.search(r"<s><bdi>2026年12月22日（火）", off)
    assert '"eventStatus":"https://schema.org/EventCancelled"' in off
    assert "ふだんの日程のほかに" in extra


def test_all_dates_of_a_post_that_is_called_off_are(store, salon, on):
    """A cancelled post's date says that it does not take place, and why."""
    people.put(store, replace(salon, state=PostState.CANCELLED, reason="会場の都合"))
    html = on("2026-11-24")
    assert "これは中止になりました。" in html
    assert "会場の都合" in html
    assert "<s><bdi>2026年11月24日" in html


@pytest.mark.parametrize("day", ["2026-11-25", "2026-02-30", "0001-01-01", "9999-12-31", "2027-04-13"])
def test_a_date_without_anything_is_a_404(on, day):
    """A day that the schedule does not have, that no calendar has, or after its end, has no page."""
    with pytest.raises(UnknownThingError):
        on(day)


def test_dates_that_are_past_or_far_are_served_and_not_looked_for(on):
    """A past date says so; neither it nor a far one is told to search engines; both know their neighbours."""
    past, far = on("2026-11-10"), on("2027-03-23")
    assert "この日は過ぎました。" in past
    assert 'href="../2026-11-24/" rel="next"' in past
    assert 'href="../2027-03-09/" rel="prev"' in far
    for html in (past, far):
        assert '<meta name="robots" content="noindex">' in html


def test_every_lists_the_coming_dates_and_no_link_leaves_them(here, on):
    """Eight coming dates and the one that was moved have files, in both languages; their links stay among them."""
    keys = list(sorts.SORTS["post_day"].every(here))
    days = [one["day"] for one in keys if one["lang"] == "ja"]
    assert days == [
        *("2026-11-24", "2026-12-08", "2026-12-10", "2026-12-22", "2026-12-25"),
        *("2027-01-12", "2027-01-26", "2027-02-09", "2027-02-23"),
    ]
    assert {one["day"] for one in keys if one["lang"] == "en"} == set(days)
    for day in days:
        assert set(re.findall(r'href="\.\./(\d{4}-\d\d-\d\d)/"', on(day))) <= set(days)


def test_what_lists_of_days_link_to_has_a_file(here, salon, store):
    """Every date that the month's page leads to is among the pages of dates."""
    store.apply([Put(town.place("p1", schedule=Schedule((Rule(datetime(2026, 11, 1, 9), 60, "FREQ=DAILY"),))))])
    there = {(one["id"], one["day"]) for name in ("post_day", "place_day") for one in sorts.SORTS[name].every(here)}
    assert {(key, day.isoformat()) for key, day in dated.pages(here, town.CODE)} <= there
    shown = re.findall(r'"\.\./(\d{4}-\d\d-\d\d)/"', sorts.make(here, f"ja/{town.CODE}/place/p1/").content.decode())
    assert {("p1", day) for day in shown} <= there


def test_english_is_english_but_for_what_people_wrote(on):
    """The English page says dates in English and marks the Japanese name."""
    html = on("2026-12-10", lang="en")
    assert '<span lang="ja"><bdi>ひだまり喫茶</bdi></span>' in html
    assert "Thu 10 Dec 2026" in html
    assert "Moved here from" in html


def test_a_date_of_a_place(store, here, page):
    """A place's date has its own page, with its address and its dates; a private contact is not on it."""
    hidden = Contact(ContactKind.PHONE, "090-1111-2222")
    facts = {"schedule": CHANGED, "address": "みなも町1-2", "contacts": (hidden,), "description": "お茶を飲みます"}
    store.apply([Put(town.place("p1", **facts))])
    html = page("place_day", lang="ja", code=town.CODE, id="p1", day="2026-12-22")
    assert "みなも町1-2" in html
    assert "この日は中止です。" in html
    assert "090-1111-2222" not in html
    made = sorts.make(here, paths.path("place_day", lang="ja", code=town.CODE, id="p1", day="2026-12-22"))
    assert made.tags == {tags.DAY, tags.frame(town.CODE), tags.thing("p1")}
    assert len(made.content) < 30_000


def test_a_place_that_is_gone_takes_its_dates_along(store, here):
    """The dates of a place that its source no longer holds are gone, too."""
    store.apply([Put(replace(town.place("p1", schedule=CHANGED), gone_on=date(2026, 11, 1)))])
    with pytest.raises(GoneError):
        sorts.make(here, f"ja/{town.CODE}/place/p1/2026-11-24/")
    assert not list(sorts.SORTS["place_day"].every(here))


def test_a_date_under_another_municipality_has_moved(here, salon):
    """The address with another code leads to the right one."""
    with pytest.raises(MovedError):
        sorts.make(here, paths.path("post_day", **KEYS | {"code": people.ELSEWHERE, "day": "2026-11-24"}))


def test_a_page_is_the_same_all_day(here, salon, store):
    """At night it still says what began in the morning: its file is made once a day."""
    today = people.facts("きょうの会", schedule=people.on(22, 7, 11))
    people.kept(store, PostState.LIVE, id="post-today", live_at=people.NOW, facts=today)
    for name in ("post", "post_day", "group"):
        for keys in sorts.SORTS[name].every(here):
            path = paths.path(name, **keys)
            late = replace(here, now=here.now.replace(hour=23, minute=59))
            assert sorts.make(here, path).content == sorts.make(late, path).content
