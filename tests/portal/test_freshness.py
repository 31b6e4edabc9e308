"""Verified is not edited: what is past its limit, asking those who run it, and their answers."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from portal import freshness, links
from portal.errors import (
    ConflictError,
    ForbiddenError,
    InvalidRecordError,
    NotSignedInError,
    PortalError,
    UnknownThingError,
)
from portal.freshness import Answer
from portal.importing.places import plan_places
from portal.importing.plan import carry_out
from portal.model.account import Purpose
from portal.model.group import GroupState
from portal.model.place import Contact, ContactKind, Origin
from portal.permissions import ANYBODY
from portal.store import Put
from portal.words import LANGUAGES, say_error
from tests import town
from tests.portal import people
from tests.portal.people import MEMBER, NEIGHBOUR, OWNER, STAFF
from tests.town import CODE, NOW, TODAY

BASE = "https://portal.example.jp"
LONG_AGO = TODAY - timedelta(days=400)


@pytest.fixture
def peopled(store):
    """The town with its people; the first group runs a salon that was made sure of long ago."""
    people.settle(store)
    salon = replace(town.place("salon", address="みなも1-1"), verified_on=LONG_AGO)
    store.apply([Put(salon), Put(people.group(places=("salon",)))])
    return store


def token_of(asked):
    """The secret part of the link."""
    return asked.address.partition("?t=")[2]


def test_what_was_never_made_sure_of_counts_from_its_import(store):
    """A fresh import is not due, an old one is; what was verified counts from that day, gone and samples never."""
    carry_out(store, plan_places(store, town.intake(town.row(2, "あさひ会館")), town.order()))
    imported = store.places_of(CODE)[0]
    others = [
        replace(town.place("fresh"), verified_on=TODAY),
        replace(town.place("late"), verified_on=LONG_AGO),
        replace(town.place("gone"), verified_on=LONG_AGO, gone_on=TODAY),
        replace(town.place("sample"), origin=Origin("sample", "1")),
        replace(town.place("typed"), edited_on=LONG_AGO),
        town.place("unknown"),
        town.place("shelter", kind="shelter"),
        town.place("event", kind="event"),
    ]
    store.apply(map(Put, others))

    def due(day: int) -> list[str]:
        return [item.place.id for item in freshness.due(store, CODE, TODAY + timedelta(days=day), 365)]

    assert due(0) == ["typed", "unknown", "late"]
    assert imported.id not in due(365)
    assert imported.id in due(366)
    assert "fresh" in due(366)


def test_the_group_that_runs_it_is_asked(peopled):
    """Owners come first, then the group's own mail address; a group that is not registered is asked nothing."""
    assert freshness.due(peopled, CODE, TODAY, 365)[0].email == "owner@example.jp"
    mail = (Contact(ContactKind.EMAIL, "kai@example.jp"),)
    peopled.apply([Put(people.group()), Put(people.group("paper", name="紙の会", places=("salon",), contacts=mail))])
    assert freshness.due(peopled, CODE, TODAY, 365)[0].email == "kai@example.jp"
    asked = freshness.ask(peopled, STAFF, "salon", NOW, BASE)
    assert asked.message.to == "kai@example.jp"
    peopled.apply([Put(people.group("paper", name="紙の会", places=("salon",), state=GroupState.CLOSED))])
    due = freshness.due(peopled, CODE, TODAY, 365)[0]
    assert (due.group, due.email) == (None, "")


def test_asking_gives_a_link_by_mail_and_on_paper(peopled):
    """The owner gets a mail with the link, and the same link is printed; a second ask says when the first was."""
    asked = freshness.ask(peopled, STAFF, "salon", NOW, BASE)
    assert asked.asked_before is None
    assert asked.address.startswith(f"{BASE}/still?t=")
    assert asked.message.to == "owner@example.jp"
    assert asked.address in asked.message.body
    assert peopled.messages(CODE) == list(asked.messages)
    later = NOW + timedelta(days=3)
    again = freshness.ask(peopled, STAFF, "salon", later, BASE)
    assert again.asked_before == NOW
    assert token_of(again) != token_of(asked)
    assert freshness.look(peopled, token_of(asked), later).id == "salon"


def test_without_an_address_only_paper_is_left(peopled):
    """A place of nobody's is asked about by a printed link, and no message is made."""
    peopled.apply([Put(town.place("hall"))])
    asked = freshness.ask(peopled, STAFF, "hall", NOW, BASE)
    assert asked.message is None
    assert freshness.look(peopled, token_of(asked), NOW).id == "hall"


def test_who_may_ask_and_what_about(peopled):
    """The office asks; a group does not, and nobody is asked about a shelter."""
    peopled.apply([Put(town.place("shelter", kind="shelter"))])
    with pytest.raises(ForbiddenError):
        freshness.ask(peopled, OWNER, "salon", NOW, BASE)
    with pytest.raises(NotSignedInError):
        freshness.ask(peopled, ANYBODY, "salon", NOW, BASE)
    with pytest.raises(ConflictError):
        freshness.ask(peopled, STAFF, "shelter", NOW, BASE)
    with pytest.raises(UnknownThingError):
        freshness.ask(peopled, STAFF, "no-such", NOW, BASE)


def test_looking_spends_nothing(peopled):
    """A mail scanner that opens the link changes nothing: the answer afterwards still counts."""
    token = token_of(freshness.ask(peopled, STAFF, "salon", NOW, BASE))
    before = peopled.data_version()
    for _ in range(3):
        assert freshness.look(peopled, token, NOW).id == "salon"
    assert peopled.data_version() == before
    assert freshness.answer(peopled, token, "running", NOW).place.verified_on == TODAY


def test_running_makes_sure_of_it_in_the_groups_name(peopled):
    """The place bears the day and the group, its edited day stays, and the link is used up."""
    token = token_of(freshness.ask(peopled, STAFF, "salon", NOW, BASE))
    answered = freshness.answer(peopled, token, Answer.RUNNING, NOW)
    assert peopled.place("salon") == answered.place
    assert (answered.place.verified_on, answered.place.verified_by) == (TODAY, "ひだまりの会")
    assert answered.place.edited_on is None
    assert freshness.due(peopled, CODE, TODAY, 365) == []
    for said in Answer:
        with pytest.raises(UnknownThingError) as error:
            freshness.answer(peopled, token, said, NOW)
        assert error.value.key == "identity.link_used"


def test_ended_is_for_staff_to_confirm(peopled):
    """The place stays in sight, made sure of, and a report that it is closed waits for staff."""
    token = token_of(freshness.ask(peopled, STAFF, "salon", NOW, BASE))
    place = freshness.answer(peopled, token, "ended", NOW).place
    assert (place.verified_on, place.gone_on) == (TODAY, None)
    (note,) = peopled.error_notes("salon")
    assert note.what == "closed"
    assert "ひだまりの会" in note.text


def test_changed_opens_the_form_and_what_is_said_becomes_corrections(peopled):
    """Each changed field is a suggested correction, unchanged ones are passed over, and then it is made sure of."""
    token = token_of(freshness.ask(peopled, STAFF, "salon", NOW, BASE))
    answered = freshness.answer(peopled, token, "changed", NOW)
    assert peopled.place("salon").verified_on == LONG_AGO
    assert freshness.to_change(peopled, answered.change_token, NOW).id == "salon"
    values = {"name": "ひだまりサロン", "address": "みなも2-2", "schedule_note": "毎週水曜10時"}
    said = freshness.say_changes(peopled, answered.change_token, values, "電話も変わりました", NOW)
    assert [(note.field, note.suggested or note.text) for note in said] == [
        ("address", "みなも2-2"),
        ("schedule_note", "毎週水曜10時"),
        ("", "電話も変わりました"),
    ]
    assert sorted(note.id for note in peopled.error_notes("salon")) == sorted(note.id for note in said)
    place = peopled.place("salon")
    assert (place.facts.address, place.verified_on) == ("みなも1-1", TODAY)
    with pytest.raises(UnknownThingError):
        freshness.say_changes(peopled, answered.change_token, values, "", NOW)


@pytest.mark.parametrize(
    ("values", "key"),
    [
        ({}, "freshness.nothing_changed"),
        ({"name": "ひだまりサロン"}, "freshness.nothing_changed"),
        ({"name": ""}, "model.no_name"),
        ({"shelter": "{}"}, "editing.no_such_field"),
        ({"fee": "tuesday"}, "editing.unreadable"),
    ],
)
def test_a_form_that_says_nothing_uses_no_link_up(peopled, values, key):
    """What cannot be kept is said in a sentence, and the form can be sent again."""
    token = token_of(freshness.ask(peopled, STAFF, "salon", NOW, BASE))
    change = freshness.answer(peopled, token, "changed", NOW).change_token
    with pytest.raises(PortalError) as error:
        freshness.say_changes(peopled, change, values, " ", NOW)
    assert error.value.key == key
    assert all(say_error(error.value, language) for language in LANGUAGES)
    assert freshness.say_changes(peopled, change, {"address": "みなも2-2"}, "", NOW)


def test_links_end_and_are_for_one_thing(peopled):
    """An expired link, another purpose's, and a guessed one answer nothing and change nothing."""
    token = token_of(freshness.ask(peopled, STAFF, "salon", NOW, BASE))
    reset, link = links.make(Purpose.RESET, NOW, email="owner@example.jp")
    peopled.apply([Put(link)])
    before = peopled.data_version()
    for text, when in ((token, NOW + timedelta(days=31)), (reset, NOW), ("guess", NOW), ("", NOW), ("x" * 10_000, NOW)):
        with pytest.raises(UnknownThingError):
            freshness.answer(peopled, text, "running", when)
    with pytest.raises(InvalidRecordError):
        freshness.answer(peopled, token, "<script>", NOW)
    assert peopled.data_version() == before


def test_a_place_that_is_gone_is_not_answered_for(peopled):
    """The link of a place that its source no longer holds says so."""
    token = token_of(freshness.ask(peopled, STAFF, "salon", NOW, BASE))
    peopled.apply([Put(replace(peopled.place("salon"), gone_on=TODAY))])
    with pytest.raises(UnknownThingError):
        freshness.look(peopled, token, NOW)


def test_of_two_answers_at_once_one_counts(peopled):
    """A link that is used twice at the same moment works once."""
    token = token_of(freshness.ask(peopled, STAFF, "salon", NOW, BASE))
    start, outcomes = threading.Barrier(2), []

    def say(said: str) -> None:
        start.wait()
        try:
            freshness.answer(peopled, token, said, NOW)
            outcomes.append("kept")
        except PortalError:
            outcomes.append("told")

    threads = [threading.Thread(target=say, args=(said,)) for said in ("ended", "running")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["kept", "told"]


def test_the_daily_round_asks_once_in_thirty_days(peopled):
    """What is past the limit is asked about by itself, not again within thirty days, and paper is left to staff."""
    peopled.apply([Put(replace(town.place("hall"), verified_on=LONG_AGO))])
    done = freshness.rounds(peopled, NOW, BASE, 365)
    assert [item.link.place for item in done.asked] == ["salon"]
    assert [item.place.id for item in done.unreachable] == ["hall"]
    assert freshness.rounds(peopled, NOW + timedelta(days=29), BASE, 365).asked == ()
    assert len(freshness.rounds(peopled, NOW + timedelta(days=30), BASE, 365).asked) == 1
    assert freshness.rounds(peopled, NOW, "", 365).asked == ()


def test_one_address_is_not_flooded(peopled):
    """A group that runs many places is asked about a few a day until all were asked about."""
    many = [replace(town.place(f"p{number}"), verified_on=LONG_AGO) for number in range(7)]
    peopled.apply([*map(Put, many), Put(people.group(places=tuple(item.id for item in many)))])
    first = freshness.rounds(peopled, NOW, BASE, 365).asked
    second = freshness.rounds(peopled, NOW + timedelta(days=1), BASE, 365).asked
    assert (len(first), len(second)) == (5, 2)
    assert len({item.link.place for item in (*first, *second)}) == 7


@pytest.mark.parametrize(("who", "by"), [(STAFF, "みなも町"), (MEMBER, "ひだまりの会")])
def test_who_is_signed_in_makes_sure_of_a_place(peopled, who, by):
    """Staff and members of the group that runs it may; readers see the office or the group, never a person."""
    place = freshness.verify(peopled, who, "salon", NOW)
    assert (place.verified_on, place.verified_by) == (TODAY, by)


def test_others_do_not_make_sure_of_a_place(peopled):
    """Another group, a suspended one and a visitor do not."""
    with pytest.raises(ForbiddenError):
        freshness.verify(peopled, NEIGHBOUR, "salon", NOW)
    with pytest.raises(NotSignedInError):
        freshness.verify(peopled, ANYBODY, "salon", NOW)
    peopled.apply([Put(people.group(places=("salon",), state=GroupState.SUSPENDED))])
    with pytest.raises(ForbiddenError):
        freshness.verify(peopled, MEMBER, "salon", NOW)
    assert peopled.place("salon").verified_on == LONG_AGO
