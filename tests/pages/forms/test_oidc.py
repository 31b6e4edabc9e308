"""Signing in with the office's account, against a real provider on this machine."""

from __future__ import annotations

import time
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from joserfc.jwk import RSAKey

from pages.forms import cookies
from portal import clock, identity
from tests import oidc_provider
from tests.portal.people import STAFF

BACK = "/oidc/back"


@pytest.fixture
def provider(set_up):
    """The provider, and a portal whose settings name it."""
    with oidc_provider.running() as running:
        set_up(oidc_issuer=running.issuer, oidc_client=oidc_provider.CLIENT, oidc_secret=oidc_provider.SECRET)
        yield running


def start(visitor, **params):
    """Go to the provider; the address that it sends the browser back to."""
    answer = visitor.browser.get("/oidc/start", params=params)
    assert answer.status_code == 303
    there = httpx.get(answer.headers["location"], follow_redirects=False)
    return there.headers["location"]


def back(visitor, address):
    """Come back with the provider's answer."""
    parts = urlsplit(address)
    assert (parts.scheme, parts.netloc, parts.path) == ("https", "ibasho.example", BACK)
    return visitor.get(f"{parts.path}?{parts.query}")


def test_staff_come_in_and_go_on(provider, store, visit):
    """The sign-in page offers it; it leads to the provider, back, and on to where one wanted to go."""
    visitor = visit()
    assert 'href="/oidc/start?next=%2Foutbox"' in visitor.get("/sign-in?next=/outbox").text
    answer = back(visitor, start(visitor, next="/outbox"))
    assert answer.headers["location"] == "/outbox"
    actor = identity.actor(store, visitor.browser.cookies[cookies.SESSION], clock.now())
    assert actor.id == STAFF.id
    assert store.account(STAFF.id).subject == f"{provider.issuer}|1"


def test_the_provider_is_asked_with_all_precautions(provider, visit):
    """Code, PKCE with S256, state and nonce, each new for each sign-in."""
    asked = []
    for _ in range(2):
        address = visit().get("/oidc/start").headers["location"]
        asked.append({name: values[0] for name, values in parse_qs(urlsplit(address).query).items()})
    assert all(one["response_type"] == "code" and one["code_challenge_method"] == "S256" for one in asked)
    for name in ("state", "nonce", "code_challenge"):
        assert asked[0][name] != asked[1][name]
        assert len(asked[0][name]) >= 43


@pytest.mark.parametrize(
    "spoil",
    [
        {"claims": {"nonce": "another"}},
        {"claims": {"nonce": None}},
        {"claims": {"aud": "another"}},
        {"claims": {"aud": None}},
        {"claims": {"iss": "https://evil.example"}},
        {"claims": {"exp": int(time.time()) - 3600}},
        {"claims": {"exp": None}},
        {"claims": {"sub": None}},
        {"claims": {"aud": ["ibasho", "x"], "azp": "x"}},
        {"key": RSAKey.generate_key(2048, {"kid": "one"})},
        {"algorithm": "HS256"},
        {"algorithm": "none"},
    ],
)
def test_an_id_token_that_does_not_fit_lets_nobody_in(provider, store, visit, spoil):
    """Nonce, audience, issuer, time, signature and algorithm: one wrong and nobody is signed in."""
    visitor = visit()
    provider.spoil = spoil
    answer = back(visitor, start(visitor))
    assert answer.status_code == 403
    assert store.sessions_of(STAFF.id) == []


@pytest.mark.parametrize(
    "person",
    [
        {"sub": "2", "email": "staff@example.jp", "email_verified": False},
        {"sub": "2", "email": "staff@example.jp"},
        {"sub": "2", "email": "staff@example.jp", "email_verified": "true"},
        {"sub": "2", "email": "member@example.jp", "email_verified": True},
        {"sub": "2", "email": "nobody@example.jp", "email_verified": True},
        {"sub": "2"},
    ],
)
def test_only_staff_with_a_verified_address_come_in(provider, store, visit, person):
    """An unverified address, a group's member and a stranger are refused, and no account is made."""
    before = store.accounts()
    provider.person = person
    visitor = visit()
    assert back(visitor, start(visitor)).status_code == 403
    assert store.accounts() == before


def test_a_code_is_taken_once(provider, store, visit):
    """The same answer again, in the same browser or another, lets nobody in."""
    visitor = visit()
    address = start(visitor)
    signed = visitor.browser.cookies["__Host-ibasho-provider"]
    assert back(visitor, address).status_code == 303
    assert back(visitor, address).status_code == 403
    thief = visit()
    assert back(thief, address).status_code == 403
    thief.browser.cookies.set("__Host-ibasho-provider", signed, "ibasho.example", "/")
    assert back(thief, address).status_code == 502
    assert len(store.sessions_of(STAFF.id)) == 1


def test_an_answer_to_somebody_elses_sign_in_is_refused(provider, store, visit):
    """State binds the answer to the browser that asked: nobody is signed in as the sender of a link."""
    address = start(visit())
    victim = visit()
    start(victim)
    assert back(victim, address).status_code == 403
    assert store.sessions_of(STAFF.id) == []


def test_what_the_provider_refuses_is_a_sentence(provider, visit):
    """A sign-in that was broken off there, and parameters of somebody's own, are refused."""
    visitor = visit()
    start(visitor)
    for query in ("", "?error=access_denied", "?code=x", "?state=x&code=y"):
        assert visitor.get(BACK + query).status_code == 403


def test_a_provider_that_says_it_is_another_is_not_asked(provider, visit):
    """Its issuer must be the one of the settings."""
    provider.spoil = {"metadata": {"issuer": "https://evil.example"}}
    assert visit().get("/oidc/start").status_code == 502


def test_a_provider_that_is_down_is_a_sentence(provider, set_up, visit):
    """Nobody waits long, and the password still works."""
    set_up(oidc_issuer="http://127.0.0.1:9", oidc_client="ibasho")
    answer = visit().get("/oidc/start")
    assert answer.status_code == 502
    assert "つながりません" in answer.text


def test_without_a_provider_there_is_no_such_way(store, visit):
    """Nothing is offered, and its addresses say so."""
    visitor = visit()
    assert "/oidc/" not in visitor.get("/sign-in").text
    assert visitor.get("/oidc/start").status_code == 404
    assert visitor.get(BACK).status_code == 404


def test_where_one_goes_on_to_is_ours(provider, visit):
    """The way on is a path of this portal, whatever the link said."""
    visitor = visit()
    assert back(visitor, start(visitor, next="//evil.example")).headers["location"] == "/"
