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


@pytest.mark.parametrize("number", range(len(PAYLOADS)))
def test_nothing_of_it_runs(open_screen, town_store, number):
    """Every tag is the portal's own, none carries an event, and no link leads anywhere but to the web or ourselves."""
    text = PAYLOADS[number]
    people.settle(town_store)
    contact = Contact(ContactKind.FORM, text, public=True, note=text)
    town_store.apply([Put(people.group(name=text[:100], name_kana=text, about=text, contacts=(contact,)))])
    post = people.kept(town_store, PostState.CANCELLED, facts=post_of(text), reason=text)
    for screen in (
        open_screen("post", id=post.id),
        open_screen("group", id="group-hidamari"),
        open_screen("find"),
        open_screen("agenda", at="2026-11-24"),
    ):
        told = STYLE.sub("", html_of(screen))
        tags = TAG.findall(told)
        assert {name for name, _ in tags} <= OURS
        assert not [rest for _, rest in tags if re.search(r"\son\w+=", re.sub(r'"[^"]*"', '""', rest))]
        links = re.findall(r'href="([^"]*)"', told)
        assert all(re.match(r"https?://|\./|\?|#|tel:|mailto:", link) for link in links)
