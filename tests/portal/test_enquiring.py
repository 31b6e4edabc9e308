"""What residents ask through the portal: passed on without showing anybody's number, and forgotten."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from portal import enquiring
from portal.enquiring import Question
from portal.errors import (
    ConflictError,
    ForbiddenError,
    NotSignedInError,
    PortalError,
    TooManyTriesError,
    UnknownThingError,
)
from portal.model.account import AccountState
from portal.model.group import GroupState
from portal.model.message import EnquiryState
from portal.model.post import PostKind, PostState
from portal.permissions import ANYBODY
from portal.records import to_text
from portal.store import Put
from portal.words import LANGUAGES, say_error
from tests.portal import people
from tests.portal.people import MEMBER, NEIGHBOUR, OWNER, STAFF, VISITOR_STAFF
from tests.town import CODE, NOW

BASE = "https://portal.example.jp"
QUESTION = Question("みなも 太郎", "090-0000-0000", "参加できますか。")
HELP = people.facts("買い物を手伝ってください", kind=PostKind.HELP_WANTED, schedule=None, relayed=True)
RELAYED = people.facts(relayed=True)


@pytest.fixture
def peopled(store):
    """The town with everybody and their two groups."""
    return people.settle(store)


def live(store, facts=RELAYED, **values):
    """A live post of the first group."""
    return people.kept(store, PostState.LIVE, facts=facts, **values)


def test_a_question_goes_to_the_group_at_once(peopled):
    """The owner is told by mail that a question waits, and the members read it after signing in."""
    made = enquiring.ask(peopled, live(peopled).id, QUESTION, NOW, BASE)
    assert made.state is EnquiryState.PASSED_ON
    (message,) = peopled.messages(CODE)
    assert message.to == "owner@example.jp"
    assert f"{BASE}/my?group=group-hidamari" in message.body
    assert enquiring.of_group(peopled, MEMBER, peopled.group("group-hidamari")) == [made]
    assert enquiring.waiting(peopled, STAFF, CODE) == []


def test_help_between_residents_goes_through_the_office(peopled):
    """Staff are told that something waits and pass it on; only then does the group read it."""
    made = enquiring.ask(peopled, live(peopled, HELP).id, QUESTION, NOW, BASE)
    group = peopled.group("group-hidamari")
    assert made.state is EnquiryState.WAITING
    assert {item.to for item in peopled.messages(CODE)} == {
        "staff@example.jp",
        "colleague@example.jp",
        "both@example.jp",
    }
    assert enquiring.of_group(peopled, OWNER, group) == []
    assert enquiring.waiting(peopled, STAFF, CODE) == [made]
    passed = enquiring.pass_on(peopled, STAFF, made.id, NOW, BASE)
    assert enquiring.of_group(peopled, OWNER, group) == [passed]
    with pytest.raises(ConflictError):
        enquiring.pass_on(peopled, STAFF, made.id, NOW, BASE)


def test_nobodys_name_or_number_leaves_the_store(peopled):
    """Neither a mail nor a mark of the history holds what a person wrote of themselves."""
    for facts in (RELAYED, HELP):
        enquiring.ask(peopled, live(peopled, facts).id, QUESTION, NOW, BASE)
    told = "".join(map(to_text, peopled.messages()))
    assert not [text for text in (QUESTION.name, QUESTION.reply_to, QUESTION.text) if text in told]


@pytest.mark.parametrize("state", [state for state in PostState if state not in (PostState.LIVE, PostState.CANCELLED)])
def test_a_post_that_is_not_shown_is_not_asked_about(peopled, state):
    """A hidden post is answered like one that does not exist."""
    post = people.kept(peopled, state, facts=RELAYED)
    for post_id in (post.id, "post-0000000000000000"):
        with pytest.raises(UnknownThingError):
            enquiring.ask(peopled, post_id, QUESTION, NOW, BASE)


def test_a_post_with_its_own_contact_is_not_asked_about(peopled):
    """Only what is asked about through the portal takes questions."""
    with pytest.raises(ConflictError):
        enquiring.ask(peopled, live(peopled, people.facts()).id, QUESTION, NOW, BASE)


@pytest.mark.parametrize(
    ("values", "key"),
    [
        ({"name": " \u200b"}, "enquiry.incomplete"),
        ({"text": ""}, "enquiry.incomplete"),
        ({"reply_to": ""}, "enquiry.bad_reply_to"),
        ({"reply_to": "なんでも"}, "enquiry.bad_reply_to"),
        ({"reply_to": "a@b.jp\nBcc: c@d.jp"}, "enquiry.bad_reply_to"),
        ({"reply_to": "110"}, "enquiry.bad_reply_to"),
        ({"text": "あ" * 2_001}, "model.text_too_long"),
        ({"text": "あ" * 1_000_000}, "model.text_too_long"),
        ({"text": "行け\ud800ますか"}, "store.not_text"),
    ],
)
def test_a_question_that_cannot_be_answered_is_said(peopled, values, key):
    """Each missing or impossible field ends in one sentence, and nothing is kept."""
    post = live(peopled)
    with pytest.raises(PortalError) as error:
        enquiring.ask(peopled, post.id, replace(QUESTION, **values), NOW, BASE)
    assert error.value.key == key
    assert all(say_error(error.value, language) for language in LANGUAGES)
    assert (peopled.enquiries(CODE), peopled.messages()) == ([], [])


def test_one_person_asks_five_times_a_day(peopled):
    """The same number, however it is written, is taken five times in a day, and again the day after."""
    posts = [live(peopled) for _ in range(2)]
    for number in ("090-0000-0000", "09000000000", "０９０ー００００ー００００", "090 0000 0000", "090-0000-0000"):
        enquiring.ask(peopled, posts[0].id, replace(QUESTION, reply_to=number), NOW, BASE)
    with pytest.raises(TooManyTriesError):
        enquiring.ask(peopled, posts[1].id, QUESTION, NOW, BASE)
    enquiring.ask(peopled, posts[1].id, replace(QUESTION, reply_to="taro@example.jp"), NOW, BASE)
    enquiring.ask(peopled, posts[1].id, QUESTION, NOW + timedelta(days=1), BASE)


def test_one_post_is_asked_about_thirty_times_a_day(peopled):
    """A flood about one post is turned away, and staff were told of it once an hour at most."""
    post = live(peopled, HELP)
    for number in range(30):
        enquiring.ask(peopled, post.id, replace(QUESTION, reply_to=f"a{number}@example.jp"), NOW, BASE)
    with pytest.raises(TooManyTriesError):
        enquiring.ask(peopled, post.id, QUESTION, NOW, BASE)
    assert len(peopled.messages(CODE)) == 3
    enquiring.ask(peopled, live(peopled, HELP).id, QUESTION, NOW + timedelta(hours=2), BASE)
    assert len(peopled.messages(CODE)) == 6


@pytest.mark.parametrize("gone", ["suspended group", "suspended owner"])
def test_where_nobody_of_the_group_signs_in_staff_pass_it_on(peopled, gone):
    """A question never lies where nobody reads it."""
    post = live(peopled)
    if gone == "suspended group":
        people.state_of(peopled, GroupState.SUSPENDED)
    else:
        peopled.apply([Put(replace(OWNER.account, state=AccountState.SUSPENDED))])
    assert enquiring.ask(peopled, post.id, QUESTION, NOW, BASE).state is EnquiryState.WAITING


def test_who_reads_and_closes_a_question(peopled):
    """While it waits only the office, then the group too; nobody else, and a guessed id tells nothing."""
    waits = enquiring.ask(peopled, live(peopled, HELP).id, QUESTION, NOW, BASE)
    passed = enquiring.ask(peopled, live(peopled).id, QUESTION, NOW, BASE)
    group = peopled.group("group-hidamari")
    for actor in (NEIGHBOUR, VISITOR_STAFF):
        for enquiry_id in (waits.id, passed.id, "enquiry-0000000000000000"):
            with pytest.raises(ForbiddenError) as error:
                enquiring.close(peopled, actor, enquiry_id, NOW)
            assert error.value.key == "permissions.forbidden"
            with pytest.raises(ForbiddenError):
                enquiring.pass_on(peopled, actor, enquiry_id, NOW, BASE)
        with pytest.raises(ForbiddenError):
            enquiring.of_group(peopled, actor, group)
        with pytest.raises(ForbiddenError):
            enquiring.waiting(peopled, actor, CODE)
    with pytest.raises(NotSignedInError):
        enquiring.close(peopled, ANYBODY, "enquiry-0000000000000000", NOW)
    with pytest.raises(ForbiddenError):
        enquiring.close(peopled, OWNER, waits.id, NOW)
    assert enquiring.close(peopled, MEMBER, passed.id, NOW).state is EnquiryState.CLOSED
    assert enquiring.close(peopled, STAFF, waits.id, NOW).state is EnquiryState.CLOSED
    with pytest.raises(ConflictError):
        enquiring.close(peopled, STAFF, waits.id, NOW)


def test_a_suspended_group_reads_nobodys_question(peopled):
    """Suspension works on the next look."""
    enquiring.ask(peopled, live(peopled).id, QUESTION, NOW, BASE)
    people.state_of(peopled, GroupState.SUSPENDED)
    with pytest.raises(ForbiddenError):
        enquiring.of_group(peopled, OWNER, peopled.group("group-hidamari"))


def test_questions_are_forgotten_after_ninety_days(peopled):
    """Whatever became of it, a question is deleted with the name in it."""
    old = enquiring.ask(peopled, live(peopled, HELP).id, QUESTION, NOW, BASE)
    newer = enquiring.ask(peopled, live(peopled).id, QUESTION, NOW + timedelta(days=1), BASE)
    assert enquiring.forget(peopled, NOW + timedelta(days=90)) == 0
    assert enquiring.forget(peopled, NOW + timedelta(days=90, seconds=1)) == 1
    assert [item.id for item in peopled.enquiries(CODE)] == [newer.id]
    assert old.id != newer.id
