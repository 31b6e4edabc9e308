"""Posts and groups whose every text is made to run: the screens show the texts, and nothing of them runs."""

from __future__ import annotations

import re

import pytest

from portal.model.place import Contact, ContactKind
from portal.model.post import Photo, PostFacts, PostKind, PostState, Where, WhereKind
from portal.store import Put
from tests import town
from tests.browser.payloads import PAYLOADS
from tests.pages.screens.reading import html_of
from tests.portal import people

OURS = {"div", "h1", "h2", "h3", "p", "span", "bdi", "br", "a", "b", "s", "ul", "ol", "li", "dl", "dt", "dd", "article"}
OURS |= {"img", "blockquote", "table", "caption", "thead", "tbody", "tr", "th", "td", "time"}
TAG = re.compile(r"<([a-zA-Z][^\s>/]*)([^>]*)>")
STYLE = re.compile(r"^<style>.*?</style>$", re.DOTALL | re.MULTILINE)


def post_of(text):
    """A post that says ``text`` wherever it can."""
    return PostFacts(
        kind=PostKind.EVENT,
        title=text[:100],
        text=text,
        schedule=people.tuesdays(),
        schedule_text=text,
        where=Where(WhereKind.PIN, position=town.spot(0.5, 0.5), name=text, address=text),
        audience_note=text,
        fee_note=text,
        booking_note=text,
        access_note=text,
        contacts=(Contact(ContactKind.URL, text, public=True, note=text),),
        photos=(Photo("a" * 64 + ".jpg", text, 4, 3),),
    )


def put(store, number):
    """A group and a post whose every text is the payload of this number."""
    text, group = PAYLOADS[number], f"group-{number}"
    contact = Contact(ContactKind.FORM, text, public=True, note=text)
    made = people.group(str(number), name=text[:100], name_kana=text, about=text, contacts=(contact,))
    store.apply([Put(made)])
    return people.kept(store, PostState.CANCELLED, group=group, facts=post_of(text), reason=text)


def check(screen):
    """Every tag is the portal's own, none carries an event, and no link leads anywhere but to the web or ourselves."""
    told = STYLE.sub("", html_of(screen))
    tags = TAG.findall(told)
    assert {name for name, _ in tags} <= OURS
    assert not [rest for _, rest in tags if re.search(r"\son\w+=", re.sub(r'"[^"]*"', '""', rest))]
    links = re.findall(r'href="([^"]*)"', told)
    assert all(re.match(r"https?://|\./|\?|#|tel:|mailto:", link) for link in links)


@pytest.mark.parametrize("number", range(len(PAYLOADS)))
def test_nothing_of_it_runs(open_screen, town_store, number):
    """On the pages of a post and of a group every tag is the portal's own and every link leads where it may."""
    people.settle(town_store)
    post = put(town_store, number)
    check(open_screen("post", id=post.id))
    check(open_screen("group", id=post.group))


def test_nothing_of_them_runs_in_a_list(open_screen, town_store):
    """The same holds where all of them are listed, and in the calendar."""
    people.settle(town_store)
    posts = [put(town_store, number) for number in range(len(PAYLOADS))]
    found = open_screen("find")
    assert all(post.id in html_of(found) for post in posts)
    for screen in (found, open_screen("agenda", at="2026-11-24")):
        check(screen)
