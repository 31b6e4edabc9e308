"""The public page of a group: what it does, its public contacts, its places and its posts."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from pages.plain import group as group_page
from pages.plain import paths, sorts, tags
from pages.plain.sort import MovedError
from portal.errors import UnknownThingError
from portal.model.group import GroupState
from portal.model.place import Contact, ContactKind
from portal.model.post import TITLE_MAX, Post, PostKind, PostState
from portal.posts.keeping import Step, keep_all
from portal.store import Put
from tests import town
from tests.pages.plain.looked import look
from tests.portal import people

KEYS = {"lang": "ja", "code": town.CODE, "id": "group-hidamari"}
SECRET = "ひみつのしるし"  # noqa: S105  # a mark that is looked for


@pytest.fixture
def shown(page):
    """The group's page."""
    return lambda **keys: page("group", **KEYS | keys)


def change(store, **values):
    """The first group, with other values."""
    its = replace(store.group(KEYS["id"]), **values)
    store.apply([Put(its)])
    return its


def test_it_says_who_they_are_and_what_is_public(store, shown):
    """Text, district, public contacts, places that are there, and the feeds stand on it; what is private does not."""
    gone = replace(town.place("gone", SECRET), gone_on=date(2026, 11, 1))
    store.apply([Put(town.place("p1", "みなも会館")), Put(gone)])
    change(
        store,
        about="お茶の会です。https://example.jp/",
        district=f"{town.CODE}-elementary-西小",
        places=("p1", "gone"),
        contacts=(people.phone(), Contact(ContactKind.EMAIL, f"{SECRET}@example.jp")),
        applicant=SECRET,
        applicant_email=f"{SECRET}@example.jp",
        reason=SECRET,
    )
    html = shown()
    for text in ("お茶の会です。", "tel:06-0000-0000", "みなも会館", "西小", "おおよその区域"):
        assert text in html
    assert SECRET not in html
    for feed in ("calendar.ics", "news.rss", "news.atom"):
        assert f"feeds/{town.CODE}/group/group-hidamari/{feed}" in html
    assert html.count("<h1") == 1


def test_its_posts_stand_there_the_next_first(store, shown):
    """Only public ones, in the order of their dates; help between residents is nobody's."""
    for title, day in (("あと", 20), ("さき", 6)):
        people.kept(store, PostState.LIVE, live_at=people.NOW, facts=people.facts(title, schedule=people.on(day)))
    people.kept(store, PostState.WAITING, facts=people.facts(SECRET))
    people.kept(
        store, PostState.LIVE, live_at=people.NOW, facts=people.facts(SECRET, kind=PostKind.HELP_WANTED, schedule=None)
    )
    html = shown()
    assert html.index("さき") < html.index("あと")
    assert SECRET not in html
    assert ">2件<" in html


def test_a_long_list_goes_on_by_titles_and_says_how_long_it_is(store, shown):
    """What cards have no room for is named, and what names have none for is counted, with the way to all of it."""
    most, long = group_page.MOST + group_page.NAMED, "み" * TITLE_MAX
    posts = [
        Post(f"post-{number}", town.CODE, KEYS["id"], people.facts(long), PostState.LIVE, live_at=people.NOW)
        for number in range(most + 1)
    ]
    keep_all(store, [Step(None, post) for post in posts], store.group(KEYS["id"]), people.SAID)
    html = shown()
    look(html, "ja")
    assert len(re.findall(r"<h3><a", html)) == group_page.MOST
    assert len(set(re.findall(r"/post/(post-\d+)/", html))) == most
    assert f"{most + 1}件のうち{most}件です" in html
    assert "group=group-hidamari" in html


@pytest.mark.parametrize("state", [GroupState.APPLIED, GroupState.RETURNED, GroupState.DECLINED])
def test_an_application_has_no_page(store, here, state):
    """Who was not registered is as if it were not."""
    change(store, state=state)
    with pytest.raises(UnknownThingError):
        sorts.make(here, paths.path("group", **KEYS))
    assert all(one["id"] != KEYS["id"] for one in sorts.SORTS["group"].every(here))


def test_a_group_that_has_ended_says_so(store, shown):
    """It stays to be found, and is over."""
    change(store, state=GroupState.CLOSED)
    assert "活動を終えました" in shown()


def test_another_municipalitys_address_leads_to_its_own(here):
    """Under another code the page has moved."""
    with pytest.raises(MovedError) as moved:
        sorts.make(here, paths.path("group", **KEYS | {"code": people.ELSEWHERE}))
    assert moved.value.path == paths.path("group", **KEYS)


def test_it_names_what_it_depends_on(store, here):
    """The group, its places, the posts that it lists, and the day."""
    store.apply([Put(town.place("p1"))])
    change(store, places=("p1",))
    post = people.kept(store, PostState.LIVE, live_at=people.NOW)
    made = sorts.make(here, paths.path("group", **KEYS))
    assert made.tags == {tags.DAY, tags.frame(town.CODE), *map(tags.thing, (KEYS["id"], "p1", post.id))}


def test_english_marks_what_is_japanese(shown):
    """The name and the text are marked as Japanese on the English page."""
    html = shown(lang="en")
    assert '<h1><span lang="ja"><bdi>ひだまりの会</bdi></span></h1>' in html
    assert '<p class="large said" lang="ja">' in html
