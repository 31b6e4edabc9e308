"""A resident's question by the plain form: who reads it, what is said, and what is never shown."""

from __future__ import annotations

import re
import time

import pytest

from pages import wiring
from pages.forms import robots, signing
from portal import clock
from portal.model.message import EnquiryState
from portal.model.post import PostKind, PostState
from portal.model.usage import Use
from tests.portal import people
from tests.portal.people import MEMBER
from tests.town import CODE

FILLED = {"name": "みなも太郎", "reply_to": "06-1111-2222", "text": "車いすで\r\n行けますか。"}


def ask(visitor, post, seconds=60, **fields):
    """Fill the form in, as somebody who opened it ``seconds`` ago, and send it."""
    opened = signing.sign(robots.PURPOSE, int(time.time()) - seconds)
    return visitor.send(f"/ask?post={post.id}", **{robots.BEGUN: opened, **FILLED, **fields})


@pytest.fixture
def relayed(store):
    """A post that is asked about through the portal."""
    return people.kept(store, PostState.LIVE, facts=people.facts(relayed=True))


def test_a_question_reaches_the_group(store, visit, relayed):
    """It is kept and counted, the page says what becomes of it, and the mail holds no name and no number."""
    visitor = visit()
    page = visitor.follow(ask(visitor, relayed))
    assert "団体か窓口から、お返事をします。" in page.text
    [asked] = store.enquiries(CODE)
    assert (asked.name, asked.reply_to, asked.text) == ("みなも太郎", "06-1111-2222", "車いすで\n行けますか。")
    assert asked.state is EnquiryState.PASSED_ON
    assert all("みなも太郎" not in item.body and "1111" not in item.body for item in store.messages(CODE))
    wiring.usage().flush(store)
    assert [item.use for item in store.usage([relayed.id], clock.today(), clock.today())] == [Use.ASKED]


def test_help_between_residents_goes_to_the_council(store, visit):
    """The page names no group, says that the council passes it on, and the question waits for staff."""
    wanted = people.facts("電球の交換", kind=PostKind.HELP_WANTED, schedule=None)
    post = people.kept(store, PostState.LIVE, facts=wanted)
    visitor = visit()
    page = visitor.get(f"/ask?post={post.id}")
    assert "社会福祉協議会" in page.text
    assert "ひだまりの会" not in page.text
    assert "窓口が間に入って" in visitor.follow(ask(visitor, post)).text
    assert [item.state for item in store.enquiries(CODE)] == [EnquiryState.WAITING]


def test_what_is_missing_is_said_at_once(store, visit, relayed):
    """Each field that is needed is named, and what was typed stays."""
    visitor = visit()
    page = ask(visitor, relayed, name=" ", reply_to="", text="残る文")
    assert page.status_code == 400
    assert set(re.findall(r'href="#f-(\w+)"', page.text)) == {"name", "reply_to"}
    assert "残る文" in page.text
    wrong = ask(visitor, relayed, reply_to="となりの家")
    assert set(re.findall(r'href="#f-(\w+)"', wrong.text)) == {"reply_to"}
    long = ask(visitor, relayed, text="あ" * 2001)
    assert set(re.findall(r'href="#f-(\w+)"', long.text)) == {"text"}
    assert store.enquiries(CODE) == []


@pytest.mark.parametrize("state", [PostState.DRAFT, PostState.HIDDEN, PostState.WITHDRAWN])
def test_a_post_that_is_not_shown_cannot_be_asked_about(store, visit, state):
    """Its page is the same 404 as that of a guessed id, also for its own group."""
    post = people.kept(store, state, facts=people.facts(relayed=True))
    for visitor in (visit(), visit(MEMBER)):
        pages = [visitor.get(f"/ask?post={each}") for each in (post.id, "post-0123456789abcdef", "")]
        assert [page.status_code for page in pages] == [404, 404, 404]
        assert len({page.text.partition("<main")[2] for page in pages}) == 1


def test_a_post_with_a_contact_of_its_own_is_asked_about_there(store, visit):
    """The form is not offered where the group's own contact stands."""
    post = people.kept(store, PostState.LIVE)
    page = visit().get(f"/ask?post={post.id}")
    assert page.status_code == 409
    assert "書いてある連絡先へ" in page.text


def test_a_robot_and_too_many_are_stopped(store, visit, relayed):
    """A filled trap and a form sent at once keep nothing; after five from one number it is a 429."""
    visitor = visit()
    assert ask(visitor, relayed, seconds=0).status_code == 400
    assert ask(visitor, relayed, **{robots.TRAP: "x"}).status_code == 400
    assert store.enquiries(CODE) == []
    answers = [ask(visitor, relayed).status_code for _ in range(6)]
    assert answers == [303] * 5 + [429]
    others = [ask(visitor, relayed, reply_to=f"06-1111-33{number:02}").status_code for number in range(6)]
    assert others == [303] * 5 + [429]


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "${7*7}`\\", "</textarea><img src=x onerror=alert(1)>"])
def test_titles_and_answers_are_text(store, visit, text):
    """Neither the post's title nor what a resident types becomes HTML."""
    post = people.kept(store, PostState.LIVE, facts=people.facts(f"題{text}", relayed=True))
    page = ask(visit(), post, name=text, text=text, reply_to="")
    assert "<script>alert" not in page.text
    assert "<img src=x" not in page.text
