"""``/post.ics``: what a reader puts into a calendar is the post's dates, and nothing that is not for everybody."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from icalendar import Calendar
from starlette.applications import Starlette
from starlette.routing import Route

from pages import wiring
from pages.server import post_calendar
from pages.server.errors import HANDLERS
from portal.clock import today
from portal.model.post import PostKind, PostState
from portal.model.usage import Use
from tests import clients, town
from tests.portal import people


@pytest.fixture
def store(tmp_path, monkeypatch):
    """A portal of its own with people and groups."""
    monkeypatch.setenv("PORTAL_HOME", str(tmp_path))
    monkeypatch.setenv("PORTAL_PUBLIC_URL", "https://ibasho.example.jp")
    wiring.close()
    wiring.settings.cache_clear()
    yield people.settle(town.settle(wiring.store()))
    wiring.close()
    wiring.settings.cache_clear()


@pytest.fixture
def client(store):
    """A browser before the route alone."""
    app = Starlette(routes=[Route(post_calendar.ADDRESS, post_calendar.answer)], exception_handlers=HANDLERS)
    return clients.client(app)


def events(answer):
    """The events of the file."""
    return Calendar.from_ical(answer.content).walk("VEVENT")


def test_the_dates_with_the_way_back(store, client):
    """Rule, title, an id that lasts and the address of the post's page; a date that is called off says so."""
    schedule = replace(people.tuesdays(), cancelled=frozenset({date(2026, 12, 8)}))
    post = people.kept(store, PostState.LIVE, facts=people.facts(schedule=schedule))
    answer = client.get("/post.ics", params={"id": post.id})
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{post.id}.ics"'
    master, off = events(answer)
    assert master["UID"] == f"{post.id}@ibasho.example.jp"
    assert master["RRULE"].to_ical().startswith(b"FREQ=MONTHLY")
    assert master["URL"] == f"https://ibasho.example.jp/ja/{town.CODE}/post/{post.id}/"
    assert master["DESCRIPTION"].startswith(master["URL"])
    assert (off["STATUS"], off["RECURRENCE-ID"].dt.date()) == ("CANCELLED", date(2026, 12, 8))


def test_a_cancelled_post_is_cancelled_there_too(store, client):
    """Whoever takes the file anew sees that all of it is called off."""
    post = people.kept(store, PostState.CANCELLED)
    assert [item["STATUS"] for item in events(client.get("/post.ics", params={"id": post.id}))] == ["CANCELLED"]


@pytest.mark.parametrize("state", [state for state in PostState if state not in {"live", "cancelled"}])
def test_what_is_not_public_is_not_there(store, client, state):
    """What is not public, what has no dates and what does not exist have one answer."""
    post = people.kept(store, state)
    undated = people.kept(store, PostState.LIVE, facts=people.facts(schedule=None))
    texts = {client.get("/post.ics", params={"id": one}).text for one in (post.id, undated.id, "post-0", "")}
    assert len(texts) == 1
    assert client.get("/post.ics", params={"id": post.id}).status_code == 404


def test_between_residents_no_name_and_no_spot(store, client):
    """Help between residents goes into a calendar without a group and without a point."""
    facts = people.facts(kind=PostKind.HELP_WANTED, where=people.pin(), relayed=True)
    post = people.kept(store, PostState.LIVE, facts=facts)
    text = client.get("/post.ics", params={"id": post.id}).text
    assert not any(hidden in text for hidden in ("ひだまりの会", "第一公園", "GEO:"))


def test_taking_it_is_counted_but_for_robots(store, client):
    """Each time that it is taken counts; a search engine's robot does not."""
    post = people.kept(store, PostState.LIVE)
    for agent in ("Mozilla/5.0", "Googlebot/2.1 (+http://www.google.com/bot.html)"):
        client.get("/post.ics", params={"id": post.id}, headers={"User-Agent": agent})
    wiring.usage().flush(store)
    assert [(item.use, item.count) for item in store.usage([post.id], today(), today())] == [(Use.CALENDAR, 1)]
