"""What residents asked to be told is kept, really deleted, and stands neither in the journal nor in a backup."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from duckdb import connect

from db import back_up, open_store
from portal.model.mark import Mark
from portal.model.place import Place
from portal.model.subscription import Browser, Choice, Pace, Subscription
from portal.store import Drop, Put
from tests.db.records import NOON, TOWN, make_municipality, make_place, marked

KEY = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
MAILED = Subscription("subscription-1", Choice(TOWN, "elementary", ("d1",), ("ibasho",)), NOON, "hanako@example.jp")
TOLD = Subscription(
    "browser-1",
    Choice(TOWN, pace=Pace.AT_ONCE, language="en"),
    NOON,
    browser=Browser("https://push.example/x", KEY, "BTBZMqHH6r4Tts7J_aSIgg"),
    confirmed=True,
    told_at=NOON + timedelta(minutes=5),
)


@pytest.mark.parametrize("record", [MAILED, TOLD, replace(MAILED, token="ab" * 32)])
def test_a_subscription_comes_back_changes_and_goes(store, record):
    """It is the same after it was kept, there once when put twice, and gone when dropped."""
    store.apply([Put(record)])
    store.apply([Put(record)])
    assert store.subscription(record.id) == record
    assert store.subscriptions_of("hanako@example.jp") == ([record] if record.email else [])
    store.apply([Drop(Subscription, (record.id,))])
    assert store.subscription(record.id) is None
    assert store.subscriptions_of("hanako@example.jp") == []


def test_what_is_due_comes_first_by_its_moment(store):
    """Asked for: at once; its link mailed: after 48 hours; told at once: an hour later; weekly: on Monday morning."""
    linked = replace(MAILED, id="linked", token="ab" * 32)
    weekly = replace(MAILED, id="weekly", confirmed=True)
    store.apply(map(Put, [linked, weekly, TOLD, MAILED]))

    def due(**later):
        return [item.id for item in store.subscriptions_due(NOON + timedelta(**later), 10)]

    assert due(seconds=-1) == []
    assert due() == ["subscription-1"]
    assert due(minutes=65) == ["subscription-1", "browser-1"]
    assert due(hours=19) == ["subscription-1", "browser-1"]
    assert due(hours=19, minutes=1) == ["subscription-1", "browser-1", "weekly"]
    assert due(hours=48)[-1] == "linked"
    assert len(store.subscriptions_due(NOON + timedelta(days=3), 2)) == 2


def test_nothing_waits_for_an_empty_token_or_address(store):
    """What has no token is confirmed by none, and browsers are not found by the address that they do not have."""
    store.apply([Put(MAILED), Put(TOLD), Put(replace(MAILED, id="linked", token="ab" * 32))])
    assert store.subscription_to_confirm("") is None
    assert store.subscription_to_confirm("ab" * 32).id == "linked"
    assert store.subscriptions_of("") == []


def test_no_address_stands_in_the_journal_or_in_a_backup(tmp_path):
    """Neither kept nor dropped does a subscription leave a trace there; a backup's store holds none."""
    home = tmp_path / "home"
    store = open_store(f"duckdb://{home / 'portal.duckdb'}", home / "journal.jsonl")
    store.apply([Put(make_municipality()), Put(MAILED), Put(TOLD)])
    store.apply([Drop(Subscription, (TOLD.id,))])
    back_up(home, tmp_path / "backup", NOON)
    store.close()
    traces = (b"hanako@example", b"push.example", b"subscription-1", b"browser-1")
    kept = [home / "journal.jsonl", *(file for file in (tmp_path / "backup").rglob("*") if file.is_file())]
    assert len(kept) > 3
    assert [file.name for file in kept for trace in traces if trace in file.read_bytes()] == []
    opened = open_store(f"duckdb://{home / 'portal.duckdb'}", home / "journal.jsonl")
    assert opened.subscription(MAILED.id) == MAILED
    assert opened.subscription(TOLD.id) is None
    opened.close()


def test_an_older_store_gets_the_table(url):
    """A store from before has everything it had, and keeps subscriptions from now on."""
    store = open_store(url)
    store.apply([Put(make_place())])
    store.close()
    with connect(url.removeprefix("duckdb://")) as session:
        session.execute("DROP TABLE subscription")
        session.execute("DELETE FROM migration WHERE number >= 5")
    store = open_store(url)
    assert store.places_of(TOWN) == [make_place()]
    store.apply([Put(MAILED)])
    assert store.subscription(MAILED.id) == MAILED
    store.close()


def test_what_was_touched_is_told_with_what_it_was(store):
    """Of each record changed in the span once, its text from before it; the span's end is not in it."""
    first, minute = make_place("p1"), timedelta(minutes=1)
    store.apply([Put(first), Put(make_place("p3"))], Mark(NOON))
    changed = marked(first, facts=make_place("p1", name="別の名").facts)
    store.apply([Put(changed), Put(make_place("p2"))], Mark(NOON + minute))
    store.apply([Put(first)], Mark(NOON + 2 * minute))
    store.apply([Drop(Place, ("p3",))], Mark(NOON + 3 * minute))
    touched = store.touched(Place, NOON + minute, NOON + 3 * minute)
    assert set(touched) == {"p1", "p2"}
    assert "つどい p1" in touched["p1"]
    assert touched["p2"] == ""
    assert set(store.touched(Place, NOON + 2 * minute, NOON + 4 * minute)) == {"p1", "p3"}
    assert "別の名" in store.touched(Place, NOON + 2 * minute, NOON + 3 * minute)["p1"]
