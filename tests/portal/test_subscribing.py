"""Asking to be told, confirming, and stopping: what is kept, for how long, and that nothing tells who is known."""

from __future__ import annotations

import pytest

from portal import links, subscribing
from portal.errors import InvalidRecordError, UnknownThingError
from portal.model.subscription import Browser, Choice, Pace, Subscription, next_monday
from portal.store import Put
from tests import town
from tests.portal.people import NOW, later

ADDRESS = "hanako@example.jp"
CHOICE = Choice(town.CODE, "elementary", (f"{town.CODE}-elementary-西小",), ("ibasho",), Pace.AT_ONCE)
KEY = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
BROWSER = Browser("https://push.example/v1/abc", KEY, "BTBZMqHH6r4Tts7J_aSIgg")


def mailed(store, choice=CHOICE, now=NOW):
    """Ask, and have the link mailed; its token."""
    subscribing.ask(store, ADDRESS, choice, now)
    [asked] = [item for item in store.subscriptions_of(ADDRESS) if not item.confirmed and not item.token]
    token, waiting = subscribing.with_link(asked)
    store.apply([Put(waiting)])
    return token


def test_an_address_counts_once_its_owner_pressed_the_button(store):
    """Only the token's digest is kept; after the button nothing of it is left, and it works once."""
    token = mailed(store)
    [waiting] = store.subscriptions_of(ADDRESS)
    assert (waiting.confirmed, waiting.token) == (False, links.id_of(token))
    assert len(token) >= 43
    for _ in range(3):
        assert subscribing.look(store, token, NOW) == waiting
    confirmed = subscribing.confirm(store, token, later(hours=47))
    assert store.subscriptions_of(ADDRESS) == [confirmed]
    assert (confirmed.confirmed, confirmed.token, confirmed.since) == (True, "", later(hours=47))
    with pytest.raises(UnknownThingError, match=r"subscribe\.link_over"):
        subscribing.confirm(store, token, later(hours=47))


@pytest.mark.parametrize("token", ["", "x", "あ" * 50, "a" * 101, "\udcff"])
def test_a_link_that_is_none_confirms_nothing(store, token):
    """Neither an empty one, nor a guessed one, nor one that is no text."""
    mailed(store)
    with pytest.raises(UnknownThingError):
        subscribing.confirm(store, token, NOW)


def test_a_link_is_over_after_two_days(store):
    """To the second."""
    token = mailed(store)
    subscribing.look(store, token, later(hours=48, seconds=-1))
    with pytest.raises(UnknownThingError):
        subscribing.look(store, token, later(hours=48))


def test_who_chooses_again_is_told_of_the_new_choice_alone(store):
    """Once the new one is confirmed; until then the old one stays, and another municipality's is left alone."""
    old = subscribing.confirm(store, mailed(store), NOW)
    token = mailed(store, Choice(town.CODE))
    assert old in store.subscriptions_of(ADDRESS)
    new = subscribing.confirm(store, token, NOW)
    assert store.subscriptions_of(ADDRESS) == [new]
    assert new.choice == Choice(town.CODE)


def test_asking_again_and_again_sends_three_mails_an_hour(store):
    """One request is kept at a time, the fourth within the hour changes nothing, and none of it fails."""
    for minute in range(5):
        mailed(store, now=later(minutes=minute)) if minute < 3 else subscribing.ask(
            store, ADDRESS, Choice(town.CODE), later(minutes=minute)
        )
    [kept] = store.subscriptions_of(ADDRESS)
    assert kept.since == later(minutes=2)
    subscribing.ask(store, ADDRESS, CHOICE, later(minutes=63))
    assert store.subscriptions_of(ADDRESS)[0].since == later(minutes=63)


@pytest.mark.parametrize(
    "choice",
    [
        Choice("13103"),
        Choice(town.CODE, "elementary", ("99901-junior_high-南中",)),
        Choice(town.CODE, "nowhere", ("x",)),
        Choice(town.CODE, kinds=("no_kind",)),
        Choice(town.CODE, language="fr"),
    ],
)
def test_what_there_is_not_cannot_be_chosen(store, choice):
    """A municipality, district, layer, kind or language that there is not is refused, by mail and by browser."""
    with pytest.raises(InvalidRecordError, match=r"subscribe\.bad_choice"):
        subscribing.ask(store, ADDRESS, choice, NOW)
    with pytest.raises(InvalidRecordError, match=r"subscribe\.bad_choice"):
        subscribing.follow(store, BROWSER, choice, NOW)
    assert store.subscriptions_due(later(days=9), 9) == []


def test_a_browser_asks_by_itself_and_stops_by_itself(store):
    """It has one choice, the last; whoever knows its endpoint stops it."""
    subscribing.follow(store, BROWSER, CHOICE, NOW)
    made = subscribing.follow(store, BROWSER, Choice(town.CODE), later(hours=1))
    assert store.subscriptions_due(later(days=9), 9) == [made]
    assert BROWSER.endpoint not in made.id
    subscribing.leave(store, subscribing.id_of(BROWSER.endpoint), NOW)
    subscribing.leave(store, subscribing.id_of(BROWSER.endpoint), NOW)
    assert store.subscription(made.id) is None


@pytest.mark.parametrize(
    ("endpoint", "key", "secret"),
    [
        ("http://push.example/x", KEY, BROWSER.auth),
        ("javascript:alert(1)//", KEY, BROWSER.auth),
        ("https://push.example/ x", KEY, BROWSER.auth),
        ("https://push.example/\r\nHost: evil", KEY, BROWSER.auth),
        ("https://" + "x" * 1600, KEY, BROWSER.auth),
        ("", KEY, BROWSER.auth),
        (BROWSER.endpoint, "", BROWSER.auth),
        (BROWSER.endpoint, KEY[:-4], BROWSER.auth),
        (BROWSER.endpoint, KEY, "short"),
        (BROWSER.endpoint, "あ" * 87, BROWSER.auth),
        (BROWSER.endpoint, "A" * 5000, BROWSER.auth),
    ],
)
def test_a_browser_that_cannot_be_told_is_refused(endpoint, key, secret):
    """Its address must be HTTPS, its keys of the length that encrypting needs."""
    with pytest.raises(InvalidRecordError):
        Browser(endpoint, key, secret)


def test_a_subscription_goes_to_one_place():
    """Neither to none nor to two, and to no address that is none."""
    for fields in ({}, {"email": ADDRESS, "browser": BROWSER}, {"email": "Hanako@example.jp"}, {"email": "x"}):
        with pytest.raises(InvalidRecordError):
            Subscription("s", CHOICE, NOW, **fields)
    with pytest.raises(InvalidRecordError):
        Choice(town.CODE, districts=("x",))
    with pytest.raises(InvalidRecordError):
        Choice(town.CODE, kinds=tuple(map(str, range(61))))


def test_a_week_begins_on_monday_at_seven():
    """From Sunday it is the next day, from Monday at seven a week later."""
    monday = NOW.replace(day=23, hour=7)
    assert next_monday(NOW) == monday
    assert next_monday(monday.replace(hour=6, minute=59)) == monday
    assert next_monday(monday) == monday.replace(day=30)
