"""The public page of a post: all that the interactive one says, and nothing that is not public."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, datetime

import pytest

from pages.plain import paths, sorts, tags
from pages.plain.sort import MovedError
from portal.errors import GoneError, UnknownThingError
from portal.model.place import Contact, ContactKind, Fee
from portal.model.post import Outside, Photo, PostKind, PostState, Revision, Where, WhereKind
from portal.model.schedule import Rule, Schedule
from portal.store import Put
from tests import town
from tests.portal import people

KEYS = {"lang": "ja", "code": town.CODE, "id": "post-fest"}
OWN = {"live_at", "reason", "typed_by", "outside", "places_taken", "revision"}
"""Fields of a post that are none of its facts."""
SECRET = "ひみつのしるし"  # noqa: S105  # a mark that is looked for


@pytest.fixture
def shown(page):
    """The page of the one post, in Japanese unless ``lang`` says otherwise."""
    return lambda **keys: page("post", **KEYS | keys)


def put(store, state=PostState.LIVE, title="もちつき大会", **values):
    """The one post; ``values`` that are no field of a post are facts."""
    own = {name: values.pop(name) for name in list(values) if name in OWN}
    known = {"id": KEYS["id"], "live_at": people.NOW, **own}
    return people.kept(store, state, facts=people.facts(title, **values), **known)


def test_it_says_what_the_interactive_page_says(store, shown):
    """When in words and verbatim, each coming date, where, cost, contact, photo and calendar stand on it."""
    photo = Photo("b" * 64 + ".jpg", "もちをつく人たち", 800, 600)
    put(
        store,
        kind=PostKind.SERIES,
        schedule=people.tuesdays(),
        schedule_text="第2・4火曜 雨の日は休み",
        where=people.pin(),
        fee=Fee.PAID,
        fee_note="お茶代100円",
        contacts=(people.phone(),),
        photos=(photo,),
    )
    html = shown()
    for text in ("第2・4火曜 10:00–12:00", "雨の日は休み", "第一公園", "お茶代100円", "tel:06-0000-0000"):
        assert text in html
    days = re.findall(r'<li><a href="(\d{4}-\d\d-\d\d)/"', html)
    assert (len(days), days[0]) == (8, "2026-11-24")
    assert f'<img class="photo" src="../../../../photos/{photo.name}" alt="もちをつく人たち"' in html
    assert f'property="og:image" content="https://ibasho.example/photos/{photo.name}"' in html
    assert 'href="../../../../feeds/99901/post/post-fest/calendar.ics"' in html
    assert 'href="../../group/group-hidamari/" lang="ja"' in html


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_it_has_one_heading_its_language_and_nothing_inline(store, shown, lang):
    """One h1, the language, no style attribute and no script but the data; people's Japanese is marked in English."""
    put(store, where=people.pin(), contacts=(people.phone(),))
    html = shown(lang=lang)
    assert html.count("<h1") == 1
    assert f'<html lang="{lang}"' in html
    assert " style=" not in html
    assert set(re.findall(r"<script[^>]*>", html)) == {'<script type="application/ld+json">'}
    assert '<h1><span lang="ja">' in html
    assert '<p class="large said" lang="ja">' in html
    assert len(html.encode()) < 30_000


def test_what_is_called_off_stays_and_says_why(store, shown):
    """A cancelled post says that it is called off and why; each of its dates is struck through."""
    put(store, PostState.CANCELLED, schedule=people.tuesdays(), reason="大雨のため")
    html = shown()
    assert "これは中止になりました。" in html
    assert "大雨のため" in html
    assert html.count("<li><a") == len(re.findall(r"<li><a[^>]*><s>", html))
    assert '<span class="mark off"' in html
    assert re.search(r'name="description" content="これは中止になりました。', html)


def test_seats_that_are_left_stand_beside_their_date(store, shown):
    """A course says how full each date is that was counted, a date that is full so too."""
    two = Schedule(tuple(Rule(datetime(2026, 12, day, 10), 60) for day in (6, 13, 20)))
    put(store, kind=PostKind.COURSE, schedule=two, seats=10, places_taken={"2026-12-06": 4, "2026-12-13": 12})
    html = shown()
    assert "空き 6人（定員10人・申込4人）" in html
    assert "満員（定員10人・申込12人）" in html
    assert html.count('class="seats"') == 2


def test_marks_stand_beside_the_title(store, shown):
    """A sample says that it is one, also in what a preview shows; what staff typed in says so."""
    put(store, outside=Outside("sample"), typed_by="account-staff")
    html = shown()
    assert '<span class="mark sample"' in html
    assert '<span class="mark typed"' in html
    assert re.search(r'property="og:description" content="これは見本です。', html)


def test_help_between_residents_names_nobody(store, shown):
    """Neither the group, nor the spot, nor a way to it: one writes through the council."""
    where = replace(people.pin(), name=SECRET, address="みなも町1-1")
    put(store, title="電球の交換", kind=PostKind.HELP_WANTED, where=where, schedule=None)
    html = shown()
    for hidden in ("ひだまり", "hidamari", SECRET, "1-1", "135.005", "34.005"):
        assert hidden not in html
    assert "住民どうし" in html
    assert "/ask?lang=ja&amp;municipality=99901&amp;post=post-fest" in html


@pytest.mark.parametrize("state", sorted(set(PostState) - {PostState.LIVE, PostState.CANCELLED}))
def test_what_is_not_public_has_no_page(store, here, state):
    """A draft is as if it were not; what was public once is gone, and none is among the pages."""
    put(store, state, title=SECRET, live_at=None, schedule=people.tuesdays())
    with pytest.raises(UnknownThingError):
        sorts.make(here, paths.path("post", **KEYS))
    put(store, state, title=SECRET, schedule=people.tuesdays())
    for path in (paths.path("post", **KEYS), paths.path("post_day", **KEYS, day="2026-11-24")):
        with pytest.raises(GoneError):
            sorts.make(here, path)
    own = (sorts.SORTS[name] for name in ("post", "post_day", "place_day", "group"))
    assert not [keys for sort in own for keys in sort.every(here) if keys["id"] == KEYS["id"]]


def test_what_waits_beside_a_post_and_what_is_private_is_not_shown(store, shown, page):
    """Newer content that nobody approved and a contact for staff alone stand nowhere."""
    newer = Revision(people.facts(SECRET), people.NOW, "account-member")
    hidden = Contact(ContactKind.EMAIL, f"{SECRET}@example.jp")
    put(store, revision=newer, contacts=(hidden,))
    for html in (shown(), page("post_day", **KEYS, day="2026-12-06"), page("group", **KEYS | {"id": "group-hidamari"})):
        assert SECRET not in html


def test_a_place_that_is_gone_is_left_out(store, here, shown, page):
    """A post at a place that is gone says so and names it nowhere, nor do its dates and its group."""
    place = replace(town.place("p1", SECRET, address=SECRET), gone_on=date(2026, 11, 1))
    store.apply([Put(place)])
    put(store, where=Where(WhereKind.PLACE, place="p1"))
    for html in (shown(), page("post_day", **KEYS, day="2026-12-06"), page("group", **KEYS | {"id": "group-hidamari"})):
        assert SECRET not in html
    assert "いまの場所の一覧にありません" in shown()
    assert tags.thing("p1") in sorts.make(here, paths.path("post", **KEYS)).tags


def test_text_of_people_is_text(store, shown):
    """What looks like markup, a script or the end of the data in the head stays text; a web address becomes a link."""
    bad = "</script><script>alert(1)</script><img src=x onerror=alert(1)>${7*7}"
    put(store, title=bad[:90], text=f"{bad} https://example.jp/a javascript:alert(1)")
    html = shown()
    assert html.count("<script") == html.count("</script>") == 1
    assert "<img" not in html
    assert '<a href="https://example.jp/a" rel="noopener nofollow ugc">' in html
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    assert json.loads(data)["name"] == bad[:90]


def test_another_municipalitys_address_leads_to_its_own(store, here):
    """Under another code the page has moved."""
    put(store)
    with pytest.raises(MovedError) as moved:
        sorts.make(here, paths.path("post", **KEYS | {"code": people.ELSEWHERE}))
    assert moved.value.path == paths.path("post", **KEYS)


def test_it_names_what_it_depends_on(store, here):
    """The post, its group and its place; the day only where there are dates; help does not name its group."""
    store.apply([Put(town.place("p1"))])
    put(store, where=Where(WhereKind.PLACE, place="p1"))
    dated = sorts.make(here, paths.path("post", **KEYS)).tags
    assert dated == {tags.DAY, tags.frame(town.CODE), *map(tags.thing, ("post-fest", "group-hidamari", "p1"))}
    put(store, kind=PostKind.HELP_OFFERED, schedule=None)
    assert sorts.make(here, paths.path("post", **KEYS)).tags == {tags.frame(town.CODE), tags.thing("post-fest")}
