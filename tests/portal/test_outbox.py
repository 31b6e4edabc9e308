"""The outbox: what is written, when it is tried, who sees it."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import timedelta

import pytest

from portal import outbox
from portal.errors import ForbiddenError, InvalidRecordError, NotSignedInError, OutsideError
from portal.model.message import Delivery, Message
from portal.permissions import ANYBODY
from portal.store import Put
from tests import town as place
from tests.portal.people import (
    ADMINISTRATOR,
    ELSEWHERE,
    MEMBER,
    NOW,
    STAFF,
    STAFF_AND_MEMBER,
    VISITOR_STAFF,
    later,
)
from tests.portal.signing import BASE

VALUES = {"link": f"{BASE}/reset?t={'k' * 43}", "name": "川上"}


def written(**values):
    """A message about a new password."""
    return outbox.write("mail.reset", "ja", "a@example.jp", BASE, now=NOW, **{**VALUES, **values})


def refused(message):
    """A mail server that takes nothing."""
    raise OutsideError("mail.problem_unreachable")


def test_a_message_is_written_in_the_readers_language():
    """Subject and body are phrases with their gaps filled; an unknown language is Japanese."""
    assert written().subject == "パスワードの再設定"
    assert VALUES["link"] in written().body
    english = outbox.write("mail.reset", "en", "a@example.jp", BASE, now=NOW, **VALUES)
    assert english.subject == "A new password"
    assert outbox.write("mail.reset", "xx", "a@example.jp", BASE, now=NOW, **VALUES).subject == written().subject
    with pytest.raises(KeyError):
        outbox.write("mail.no_such_kind", "ja", "a@example.jp", BASE, now=NOW)


def test_it_is_kept_with_what_it_is_about():
    """Whose staff may see it and what it is about stand beside it."""
    message = written(municipality=place.CODE, group="group-x", about="post-y", kept=True)
    assert (message.municipality, message.group, message.about) == (place.CODE, "group-x", "post-y")
    assert message.state is Delivery.KEPT
    assert written().state is Delivery.WAITING


def test_a_name_with_a_line_break_begins_no_header():
    """A group's name in a subject stays in the subject; an address with a break is refused."""
    message = outbox.write(
        "mail.invite_group", "ja", "a@example.jp", BASE, now=NOW, name="会\r\nBcc: x@example.jp", by="", link=""
    )
    assert "\n" not in message.subject
    with pytest.raises(InvalidRecordError):
        outbox.write("mail.reset", "ja", "a@example.jp\nBcc: x@example.jp", BASE, now=NOW, **VALUES)


def test_what_waits_is_sent_once(store):
    """The oldest goes first; a second round sends nothing more."""
    store.apply([Put(replace(written(), id=f"message-{number}", made_at=later(seconds=number))) for number in (2, 1)])
    sent = []
    assert outbox.deliver(store, sent.append, later(minutes=1)) == 2
    assert [message.id for message in sent] == ["message-1", "message-2"]
    assert outbox.deliver(store, sent.append, later(minutes=2)) == 0
    assert {message.state for message in store.messages()} == {Delivery.SENT}
    assert store.messages()[0].sent_at == later(minutes=1)


def test_a_sent_link_is_no_longer_read_in_the_outbox(store):
    """What was sent has its secret taken out; what was mailed had it."""
    store.apply([Put(written())])
    sent = []
    outbox.deliver(store, sent.append, NOW)
    assert VALUES["link"] in sent[0].body
    assert "kkkk" not in store.messages()[0].body
    assert f"{BASE}/reset?t=…" in store.messages()[0].body


def test_without_a_mail_server_everything_is_kept(store):
    """Nothing is sent, not even later when there is a server: staff have handed it over."""
    store.apply([Put(written())])
    assert outbox.deliver(store, None, NOW) == 0
    [message] = store.messages()
    assert message.state is Delivery.KEPT
    assert VALUES["link"] in message.body
    sent = []
    assert outbox.deliver(store, sent.append, later(days=1)) == 0
    assert sent == []


def test_a_server_that_is_down_is_tried_again_with_growing_pauses(store):
    """Eight tries in two days, each pause longer than the last; then it has failed, with the reason."""
    store.apply([Put(written())])
    tried = []
    while waiting := store.messages_waiting(1):
        due = outbox.due_at(waiting[0])
        assert outbox.deliver(store, refused, due - timedelta(seconds=1)) == store.messages()[0].tries - len(tried) == 0
        outbox.deliver(store, refused, due)
        tried.append(due)
    pauses = [late - early for early, late in itertools.pairwise(tried)]
    assert len(tried) == 8
    assert pauses == sorted(pauses)
    [message] = store.messages()
    assert (message.state, message.tries, message.problem) == (Delivery.FAILED, 8, "mail.problem_unreachable")


def test_a_server_that_comes_back_gets_everything(store):
    """A message that was refused once is sent when it is due, and bears no problem any more."""
    store.apply([Put(written())])
    outbox.deliver(store, refused, NOW)
    sent = []
    assert outbox.deliver(store, sent.append, later(seconds=59)) == 0
    assert outbox.deliver(store, sent.append, later(seconds=60)) == 1
    assert store.messages()[0].problem == ""


def test_of_two_who_deliver_only_one_sends(store):
    """A try is noted before it is made: while one sends, the other finds the message changed."""
    store.apply([Put(written())])
    sent = []

    def slow(message):
        assert outbox.deliver(store, sent.append, NOW) == 0
        sent.append(message)

    assert outbox.deliver(store, slow, NOW) == 1
    assert len(sent) == 1


def test_staff_see_their_towns_messages_and_administrators_all(store):
    """Each sees what is theirs; members and strangers see nothing; links for the office are administrators'."""
    store.apply([Put(place.municipality(ELSEWHERE, "となり町"))])
    owners = {"message-1": place.CODE, "message-2": ELSEWHERE, "message-3": ""}
    store.apply([Put(replace(written(), id=name, municipality=code)) for name, code in owners.items()])

    def seen(actor):
        return sorted(message.id for message in outbox.visible(store, actor))

    assert seen(STAFF) == seen(STAFF_AND_MEMBER) == ["message-1"]
    assert seen(VISITOR_STAFF) == ["message-2"]
    assert seen(ADMINISTRATOR) == sorted(owners)
    with pytest.raises(ForbiddenError):
        seen(MEMBER)
    with pytest.raises(NotSignedInError):
        seen(ANYBODY)


def test_a_message_for_nobody_cannot_be_made():
    """Line breaks in address or subject are refused by the record itself."""
    for to, subject in (("a\nb", "x"), ("a", "x\rBcc: y"), ("a\0", "x")):
        with pytest.raises(InvalidRecordError):
            Message("message-1", to, subject, "", NOW)
    assert outbox.PAUSES[-1] == timedelta(days=1)
