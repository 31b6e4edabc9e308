"""Photos: for everybody who may see the post, and one answer for what is hidden and what is not there."""

from __future__ import annotations

from dataclasses import replace

import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from pages import wiring
from pages.forms import cookies
from pages.server import photos
from pages.server.errors import HANDLERS
from portal import sessions
from portal.clock import now
from portal.model.post import Photo, PostState, Revision
from portal.store import Put
from tests import clients, town
from tests.portal import people

PICTURE = b"bytes of a picture"


@pytest.fixture
def store(tmp_path, monkeypatch):
    """A portal of its own with people and groups."""
    monkeypatch.setenv("PORTAL_HOME", str(tmp_path))
    wiring.close()
    wiring.settings.cache_clear()
    yield people.settle(town.settle(wiring.store()))
    wiring.close()
    wiring.settings.cache_clear()


@pytest.fixture
def photo(store):
    """A photo in the folder."""
    return Photo(wiring.photos().keep(PICTURE, "png"), "もちつき", 4, 3)


@pytest.fixture
def ask(store):
    """Ask for a photo, as somebody or as nobody: ``ask(name, actor=None, **params)``."""
    app = Starlette(routes=[Route("/photos/{name}", photos.answer)], exception_handlers=HANDLERS)
    client = clients.client(app, base_url="http://127.0.0.1")

    def asked(name, actor=None, etag="", **params):
        headers = {"If-None-Match": etag} if etag else {}
        if actor:
            token, session = sessions.begin(actor.account, now())
            store.apply([Put(session)])
            headers["Cookie"] = f"{cookies.SESSION}={token}"
        return client.get(f"/photos/{name}", params=params, headers=headers)

    return asked


def test_a_public_posts_photo_is_for_everybody_and_asked_for_again(store, photo, ask):
    """A photo of a public post comes as what it is, named by its post or not, and is sent once; hidden, it is gone."""
    post = people.kept(store, PostState.LIVE, facts=people.facts(photos=(photo,)))
    for params in ({"post": post.id}, {}):
        answer = ask(photo.name, **params)
        assert (answer.status_code, answer.content) == (200, PICTURE)
        assert answer.headers["Content-Type"] == "image/png"
        assert "must-revalidate" in answer.headers["Cache-Control"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        again = ask(photo.name, etag=answer.headers["ETag"], **params)
        assert (again.status_code, again.content) == (304, b"")
    people.put(store, replace(post, state=PostState.HIDDEN))
    assert ask(photo.name, etag=f'"{photo.name}"').status_code == 404


@pytest.mark.parametrize("state", [state for state in PostState if state not in {"live", "cancelled"}])
def test_a_hidden_posts_photo_is_for_those_concerned(store, photo, ask, state):
    """A photo of a post that is not public is given to its group and to staff, and kept nowhere."""
    post = people.kept(store, state, facts=people.facts(photos=(photo,)))
    for actor in (people.MEMBER, people.STAFF, people.ADMINISTRATOR):
        answer = ask(photo.name, actor, post=post.id)
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "private, no-store")
        assert ask(photo.name, actor).status_code == 200
    for stranger in (None, people.NEIGHBOUR, people.VISITOR_STAFF):
        for params in ({"post": post.id}, {}):
            refused, unknown = ask(photo.name, stranger, **params), ask("f" * 64 + ".png", stranger, **params)
            assert (refused.status_code, refused.text) == (404, unknown.text)


def test_what_waits_beside_a_post_is_not_for_everybody(store, photo, ask):
    """A photo of a revision that was not approved yet is for those concerned alone."""
    facts = people.facts()
    waiting = Revision(replace(facts, photos=(photo,)), people.NOW, "account-member")
    post = people.kept(store, PostState.LIVE, facts=facts, revision=waiting)
    assert ask(photo.name, post=post.id).status_code == 404
    assert ask(photo.name).status_code == 404
    answer = ask(photo.name, people.MEMBER, post=post.id)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "private, no-store")


def test_another_posts_photo_is_not_given(store, photo, ask):
    """Naming a post that one sees opens no photo of another (a reused link)."""
    seen = people.kept(store, PostState.LIVE)
    people.kept(store, PostState.DRAFT, facts=people.facts(photos=(photo,)))
    assert ask(photo.name, post=seen.id).status_code == 404


@pytest.mark.parametrize("name", ["..%2fportal.duckdb", "a.png", "x" * 400, "%00", "A" * 64 + ".png"])
def test_no_other_file_is_read(store, photo, ask, name):
    """Whatever the name, nothing but photos of posts is answered."""
    people.kept(store, PostState.LIVE, facts=people.facts(photos=(photo,)))
    assert ask(name).status_code == 404


def test_a_photo_goes_with_its_post(store, photo, ask):
    """Once a post is hidden, its photo is no more for everybody."""
    post = people.kept(store, PostState.LIVE, facts=people.facts(photos=(photo,)))
    assert ask(photo.name).status_code == 200
    people.put(store, replace(post, state=PostState.HIDDEN))
    assert ask(photo.name).status_code == 404
