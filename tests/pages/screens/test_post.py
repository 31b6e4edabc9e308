"""Post: everything that one has to know to go there, and nothing of what is not for everybody."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from pages import wiring
from portal.clock import today
from portal.model.goal import Goal
from portal.model.post import Outside, Photo, PostKind, PostState, Where, WhereKind
from portal.model.schedule import Rule, Schedule
from portal.store import Put
from tests import town
from tests.pages.screens.reading import html_of
from tests.portal import people

PHOTO = Photo("a" * 64 + ".jpg", '赤い "鳥居" <b>', 640, 480)


@pytest.fixture
def store(town_store):
    """The screens' store with people, groups and a place."""
    people.settle(town_store)
    town_store.apply([Put(town.place("p1", "西の集会所"))])
    return town_store


def weekly(**values):
    """Every week from the day after tomorrow on, at ten."""
    first = today() + timedelta(days=2)
    return Schedule((Rule(datetime(first.year, first.month, first.day, 10), 90, "FREQ=WEEKLY"),), **values)


def test_says_everything(open_screen, store):
    """Title, group, words, dates, place, room, cost, booking, contact, photos, goals and calendar are there."""
    store.apply([Put(Goal(town.CODE, "g1", "つながりをつくる", "Build ties"))])
    facts = people.facts(
        "もちつき大会",
        text="雨天は中止。\nhttps://example.jp/mochi を見てください。",
        schedule=weekly(),
        where=Where(WhereKind.PLACE, place="p1", name="2階"),
        contacts=(people.phone(),),
        photos=(PHOTO,),
        goals=frozenset({"g1"}),
        languages=frozenset({"ja", "qu"}),
        booking_until=today(),
        fee_note="米1合",
    )
    post = people.kept(store, PostState.LIVE, facts=facts)
    told = html_of(open_screen("post", id=post.id))
    assert all(
        text in told
        for text in (
            "もちつき大会",
            "ひだまりの会",
            "10:00–11:30",
            "西の集会所",
            "2階",
            "米1合",
            "06-0000-0000",
            "つながりをつくる",
            "日本語",
            "qu",
            f"./post.ics?id={post.id}",
        )
    )
    assert '<a href="https://example.jp/mochi" rel="noopener nofollow ugc">' in told
    assert f'src="./photos/{PHOTO.name}?post={post.id}"' in told
    assert 'alt="赤い &#34;鳥居&#34; &lt;b&gt;" width="640" height="480" loading="lazy"' in told


def test_a_cancelled_date_is_struck_through(open_screen, store):
    """A date that is called off stays among the coming ones, struck through, with the word 中止."""
    off = today() + timedelta(days=9)
    post = people.kept(store, PostState.LIVE, facts=people.facts(schedule=weekly(cancelled=frozenset({off}))))
    told = html_of(open_screen("post", id=post.id))
    assert told.count("<s>") == 1
    assert "10:00–11:30 中止</bdi></s>" in told


def test_a_cancelled_post_says_so_with_the_reason(open_screen, store):
    """A post that is called off says so in its heading, why, and strikes every date through."""
    post = people.kept(store, PostState.CANCELLED, facts=people.facts(schedule=weekly()), reason="台風のため")
    told = html_of(open_screen("post", id=post.id))
    assert "台風のため" in told
    assert "中止になりました" in told
    assert told.count("<s>") == 9


@pytest.mark.parametrize("state", [PostState.DRAFT, PostState.WITHDRAWN, PostState.HIDDEN, PostState.WAITING])
def test_what_is_not_public_is_a_sentence(open_screen, store, state):
    """What is not public shows one sentence, and nothing of it."""
    post = people.kept(store, state, facts=people.facts("秘密の会"))
    told = html_of(open_screen("post", id=post.id))
    assert "この投稿は見つかりません" in told
    assert "秘密の会" not in told


@pytest.mark.parametrize("bad", ["", "post-0", "p1", "<script>", "post-" + "x" * 400])
def test_an_unknown_id_is_a_sentence(open_screen, store, bad):
    """Whatever the id, the screen says that there is no such post."""
    assert "この投稿は見つかりません" in html_of(open_screen("post", id=bad))


def test_between_residents_only_the_council_is_named(open_screen, store):
    """Help between residents leads to the council's form and shows no name, no address and no map."""
    facts = people.facts("買い物を手伝って", kind=PostKind.HELP_WANTED, schedule=None, where=people.pin(), relayed=True)
    post = people.kept(store, PostState.LIVE, facts=facts)
    screen = open_screen("post", id=post.id)
    told = html_of(screen)
    assert f"./ask?post={post.id}" in told
    assert "社会福祉協議会が間に入ります" in told
    assert "ひだまりの会" not in told
    assert "第一公園" not in told
    assert "st_folium" not in str(screen.main)


def test_marks(open_screen, store):
    """A sample and what staff typed in are marked by words."""
    post = people.kept(store, PostState.LIVE, typed_by="account-staff", outside=Outside("sample"))
    told = html_of(open_screen("post", id=post.id))
    assert all(text in told for text in ("代行入力", ">見本<", "これは見本です", "職員が入力しました"))


def test_seats(open_screen, store):
    """How full a session is stands beside its date; a full one says so."""
    day = today() + timedelta(days=2)
    facts = people.facts(kind=PostKind.CONSULTATION, schedule=weekly(), seats=4)
    taken = {day.isoformat(): 3, (day + timedelta(days=7)).isoformat(): 5}
    post = people.kept(store, PostState.LIVE, facts=facts, places_taken=taken)
    told = html_of(open_screen("post", id=post.id))
    assert "空き 1人（定員4人・申込3人）" in told
    assert "満員（定員4人・申込5人）" in told


def test_a_view_is_counted_once_for_a_visit(open_screen, store):
    """However often a visit draws the screen, it is one view."""
    post = people.kept(store, PostState.LIVE)
    screen = open_screen("post", id=post.id)
    screen.run()
    wiring.usage().flush(store)
    assert [item.count for item in store.usage([post.id], today(), today())] == [1]


def test_a_report_is_kept_for_staff(open_screen, store):
    """What a reader reports about a post is kept with their choice."""
    post = people.kept(store, PostState.LIVE)
    screen = open_screen("post", id=post.id)
    screen.selectbox(key="post_report_what").set_value("unsuitable")
    next(button for button in screen.button if button.label == "知らせる").click().run()
    assert [(note.about, note.what) for note in store.error_notes(post.id)] == [("post", "unsuitable")]
    assert "受けつけました" in html_of(screen)


def test_english_is_whole(open_screen, store):
    """In English nothing of the screen's own words is Japanese."""
    post = people.kept(store, PostState.LIVE, facts=people.facts(schedule=weekly()))
    told = html_of(open_screen("post", id=post.id, lang="en"))
    assert "The next 8 dates" in told
    assert not any(text in told for text in ("日時", "場所", "問い合わせ", "投稿"))


def test_what_the_group_wrote_is_not_said_twice(open_screen, store):
    """The group's own words for the dates are shown only where they say more than the schedule."""
    schedule = replace(people.tuesdays(), cancelled=frozenset({datetime(2027, 1, 12).date()}))
    for text, shown in (("第2・4火曜 10:00–12:00", False), ("第2・4火曜 10時から（雨の日は休み）", True)):
        post = people.kept(store, PostState.LIVE, facts=people.facts(schedule=schedule, schedule_text=text))
        assert ("<blockquote" in html_of(open_screen("post", id=post.id))) is shown
