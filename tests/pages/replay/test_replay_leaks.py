"""What is not public is in no public answer: not its words, not its dates, not its numbers.

Each thing that may not be seen holds words of its own (:data:`tests.pages.replay.world.SECRETS`).
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from pages import wiring
from pages.server.plain_routes import PLAIN
from portal import clock, find
from portal.model.listing import Listing, Show
from portal.model.post import Photo, Post
from portal.query import Query
from portal.store import Drop
from tests import town
from tests.geodata.photo_files import saved, scene
from tests.pages.replay.rows import ROWS
from tests.pages.replay.world import ROLES, SECRETS, SHOWN, UNSEEN
from tests.portal import people

MAP = f"/map/places?municipality={town.CODE}&bbox=134.9,33.9,135.2,34.2&zoom=16"
PUBLIC = (
    MAP,
    f"{MAP}&zoom=3",
    *(f"{MAP}&show={show}" for show in Show),
    f"{MAP}&group=group-hidamari",
    f"{MAP}&group=group-applied",
    f"{MAP}&day=tue",
    f"/map/districts?municipality={town.CODE}&layer=elementary",
    f"/map/kinds?municipality={town.CODE}",
    "/post.ics?id=post-live",
    "/",
    "/join",
    "/ask?post=post-help",
)
"""Addresses that everybody may open, beside the screens."""
OF_NOBODY_ELSE = SECRETS.keys()
OF_THE_OFFICE = frozenset({"applicant", "enquiry", "enquiry_text", "reply_to", "note", "applied"})
"""What a group's own people do not see either: who applied, and what was said to the office alone."""


def leaked(text, names=OF_NOBODY_ELSE):
    """The names of secrets whose words stand in the text, as they are or as JSON writes them."""
    forms = {name: (SECRETS[name], SECRETS[name].encode("unicode_escape").decode()) for name in names}
    return {name for name, words in forms.items() if any(word in text for word in words)}


def everything(world, role):
    """Each address of a plain page that is looked at, as text for ids."""
    for route in PLAIN:
        yield from (world.fill(route.path + row.query) for row in ROWS.get(route.path, ()) if "GET" in route.methods)


@pytest.mark.parametrize("role", ["anonymous", "suspended", "neighbour", "elsewhere"])
def test_no_page_tells_a_stranger(world, visit, role):
    """Whatever page somebody opens who has nothing to do with it, none of the secrets stands in the answer."""
    visitor = visit(ROLES[role])
    found = {path: leaked(visitor.get(path).text) for path in (*PUBLIC, *everything(world, role))}
    assert {path: names for path, names in found.items() if names} == {}


@pytest.mark.parametrize("role", ["member", "owner"])
def test_no_page_tells_a_group_what_is_the_offices(world, visit, role):
    """A group's own people see neither who applied for it, nor a report, nor a question that waits for the office."""
    visitor = visit(ROLES[role])
    found = {path: leaked(visitor.get(path).text, OF_THE_OFFICE) for path in everything(world, role)}
    assert {path: names for path, names in found.items() if names} == {}


def test_the_office_sees_it(world, visit):
    """The same words are there for those whom they are for: whoever looks for them would find them."""
    visitor = visit(people.STAFF)
    told = "".join(visitor.get(path).text for path in everything(world, "staff"))
    assert leaked(told) >= {"waiting", "draft", "note", "enquiry", "applicant", "reason"}


def test_an_unseen_post_has_no_page_no_file_and_no_form(world, visit):
    """Its address, calendar file and form answer as those of an id that never was (Decidim CVE-2024-27090)."""
    visitor = visit()
    for state in UNSEEN:
        for path in ("/post.ics?id={}", "/ask?post={}"):
            answer, unknown = visitor.get(path.format(f"post-{state}")), visitor.get(path.format("post-none"))
            assert (answer.status_code, unknown.status_code) == (404, 404)
            assert answer.text.replace(f"post-{state}", "") == unknown.text.replace("post-none", "")


@pytest.mark.parametrize(
    ("name", "params"),
    [
        ("find", {}),
        ("find", {"show": "dates"}),
        ("find", {"show": "news"}),
        ("find", {"day": "tue", "layer": "elementary"}),
        ("find", {"group": "group-hidamari"}),
        ("agenda", {}),
        ("agenda", {"view": "week"}),
        ("districts", {"layer": "elementary"}),
        ("districts", {"layer": "elementary", "id": f"{town.CODE}-elementary-西小"}),
        ("evacuation", {}),
        ("about", {}),
        ("place", {"id": "salon"}),
        ("post", {"id": "post-live"}),
        ("post", {"id": "post-help"}),
        ("group", {"id": "group-hidamari"}),
        ("group", {"id": "group-halted"}),
        ("group", {"id": "group-applied"}),
        *(("post", {"id": f"post-{state}"}) for state in UNSEEN),
    ],
)
def test_no_screen_tells(world, screen, name, params):
    """Nothing that a screen sends to a reader's browser holds a secret."""
    assert leaked(screen(name, municipality=town.CODE, **params)) == set()


@pytest.mark.parametrize(("name", "params"), [("find", {}), ("agenda", {}), ("post", {"id": "post-live"})])
def test_screens_tell_what_is_public(world, screen, name, params):
    """The same look finds what everybody may see: it does look."""
    assert SHOWN in screen(name, municipality=town.CODE, **params)


@pytest.mark.parametrize("secret", sorted(SECRETS))
def test_no_word_of_it_finds_anything(world, store, visit, secret):
    """What is not shown is not searched, so nothing is guessed by what is found (Decidim CVE-2023-34090)."""
    for words in (SECRETS[secret], SECRETS[secret][:4]):
        answer = find.activities(store, Query(town.CODE, text=words), clock.now())
        assert (answer.total, answer.cards) == (0, ())
        assert visit().get(f"{MAP}&q={words}").json()["total"] == 0


@pytest.mark.parametrize(
    "more",
    [
        "order=contacts",
        "sort=made_by&dir=desc",
        "state=draft",
        "made_by=account-member",
        "applicant_email=applicant@secret.example",
        "contacts[0][value]=06-7777-1234",
        "facts.contacts=06",
        "where=1%3D1",
    ],
)
def test_no_filter_and_no_order_by_what_is_hidden(world, visit, more):
    """A parameter that names a hidden column changes nothing (Decidim CVE-2023-34090)."""
    visitor = visit()
    assert visitor.get(f"{MAP}&{more}").content == visitor.get(MAP).content


def test_help_between_residents_has_no_spot_and_no_group_to_be_found_by(world, store, visit):
    """A pin could be somebody's home: it is on no map and in no distance, and whose it is no filter tells."""
    assert visit().get(f"{MAP}&show=wanted").json()["features"] == []
    near = Query(town.CODE, show=Show.WANTED, near=town.spot(0.25, 0.25))
    [found] = store.find(near, clock.today(), 10)
    assert (found.place, found.distance_m) == ("post-help", None)
    for more in ({"group": "group-hidamari"}, {"text": "ひだまりの会"}, {"text": SECRETS["help"]}):
        assert store.count(Query(town.CODE, show=Show.WANTED, **more), clock.today()) == 0


def test_public_answers_are_as_if_it_were_not_there(world, store, visit):
    """With what may not be seen taken out of the store, every public answer and every number stays as it was."""

    def answers():
        query = Query(town.CODE)
        told = {path: visit().get(path).content for path in PUBLIC if path.startswith(("/map", "/post"))}
        counted = store.count_by_kind(query, clock.today()), store.count(query, clock.today())
        return (
            told,
            counted,
            [card.name for card in find.activities(store, query, clock.now()).cards if hasattr(card, "name")],
        )

    before = answers()
    store.apply(
        [change for state in UNSEEN for change in (Drop(Post, (f"post-{state}",)), Drop(Listing, (f"post-{state}",)))]
    )
    assert answers() == before


def test_a_photo_of_what_may_not_be_seen_is_nobodys(world, store, visit):
    """By no name and with no post that everybody sees is an unseen photo given (Decidim CVE-2026-45377)."""
    visitor = visit()
    for number, state in enumerate(UNSEEN):
        photo = Photo(wiring.photos().keep(saved(scene(40 + number, 30)), "jpg"), "もちつき", 40, 30)
        post = store.post(f"post-{state}")
        people.put(store, replace(post, facts=replace(post.facts, photos=(photo,))))
        for asked in ("", f"?post={post.id}", "?post=post-live", "?post=post-help"):
            assert visitor.get(f"/photos/{photo.name}{asked}").status_code == 404
        assert visit(people.STAFF).get(f"/photos/{photo.name}?post={post.id}").status_code == 200
