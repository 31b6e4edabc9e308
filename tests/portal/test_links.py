"""Links that work once: how long, for what, and never by looking."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest

from portal import links
from portal.errors import StaleEditError, UnknownThingError
from portal.model.account import Purpose
from portal.store import Put, expected
from tests.portal.people import NOW

DAYS = {
    Purpose.INVITE: timedelta(days=14),
    Purpose.RESET: timedelta(hours=1),
    Purpose.CONFIRM: timedelta(days=3),
    Purpose.FRESHNESS: timedelta(days=30),
    Purpose.CHANGE: timedelta(days=30),
}


@pytest.mark.parametrize("purpose", Purpose)
def test_a_link_is_good_until_it_is_over(store, purpose):
    """Each purpose has its time, and the second at which it ends is too late."""
    token, link = links.make(purpose, NOW, email="a@example.jp")
    store.apply([Put(link)])
    assert links.look(store, token, purpose, NOW + DAYS[purpose] - timedelta(seconds=1)) == link
    with pytest.raises(UnknownThingError, match=r"identity\.link_expired"):
        links.look(store, token, purpose, NOW + DAYS[purpose])


def test_the_store_holds_no_token(store):
    """A token has 256 bits; its SHA-256 is what is kept."""
    token, link = links.make(Purpose.RESET, NOW)
    assert len(token) == 43
    assert link.id == hashlib.sha256(token.encode()).hexdigest()
    assert links.make(Purpose.RESET, NOW)[0] != token


def test_looking_never_spends_a_link(store):
    """Mail scanners open every link: it is good until somebody acts, then never again."""
    token, link = links.make(Purpose.CONFIRM, NOW)
    store.apply([Put(link)])
    for _ in range(3):
        links.look(store, token, Purpose.CONFIRM, NOW)
    store.apply([Put(links.used(link, NOW))], None, [expected(link)])
    with pytest.raises(UnknownThingError, match=r"identity\.link_used"):
        links.look(store, token, Purpose.CONFIRM, NOW)
    with pytest.raises(StaleEditError):
        store.apply([Put(links.used(link, NOW))], None, [expected(link)])


@pytest.mark.parametrize("other", [purpose for purpose in Purpose if purpose is not Purpose.INVITE])
def test_a_link_is_for_one_thing(store, other):
    """A link for one purpose is unknown for every other."""
    token, link = links.make(Purpose.INVITE, NOW)
    store.apply([Put(link)])
    with pytest.raises(UnknownThingError, match=r"identity\.link_unknown"):
        links.look(store, token, other, NOW)


@pytest.mark.parametrize("token", ["", "x", "a" * 10_000, "\ud800", "\0", "a/../b"])
def test_strange_tokens_are_unknown(store, token):
    """A token of another shape is unknown, and nothing breaks."""
    with pytest.raises(UnknownThingError, match=r"identity\.link_unknown"):
        links.look(store, token, Purpose.RESET, NOW)
