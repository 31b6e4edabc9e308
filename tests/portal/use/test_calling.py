"""Whom to turn to, what is written to them, and what came of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest

from portal.errors import ConflictError, ForbiddenError, InvalidRecordError, NotSignedInError, UnknownThingError
from portal.model.group import GroupState
from portal.model.outreach import Outreach, Way
from portal.model.place import Contact, ContactKind
from portal.model.post import PostState
from portal.permissions import ANYBODY
from portal.store import Put
from portal.use.calling import calls, letter, note_outreach
from portal.use.reasons import Why
from portal.use.turning import why_said
from portal.words import LANGUAGES
from tests import town
from tests.portal import people
from tests.portal.people import MEMBER, NOW, STAFF, VISITOR_STAFF
from tests.portal.use.town_of_posts import moment, posted
from tests.town import CODE, TODAY

OLD = moment(date(2024, 11, 1))
BASE = "https://example.jp/portal"


@pytest.fixture
def desk(store):
    """The town with its two groups, registered two years ago; the first posted today."""
    people.settle(store)
    store.apply([Put(replace(group, decided_at=OLD)) for group in store.groups(CODE)], people.SAID)
    posted(store, TODAY)
    return store


def add(store, short, **values):
    """One more registered group."""
    its = people.group(short, **{"decided_at": OLD, "name": short, **values})
    store.apply([Put(its)], people.SAID)
    return its


def found(store):
    """The groups to turn to and their reasons."""
    return {call.standing.group.id[6:]: [one.why for one in call.reasons] for call in calls(store, CODE, TODAY)}


def test_groups_come_in_the_order_of_their_reasons(desk):
    """Never posted comes first, then the longest silence; who is active, new, suspended or a sample is left alone."""
    for short, day in (("three", date(2026, 8, 1)), ("six", date(2026, 5, 1)), ("year", date(2025, 11, 1))):
        add(desk, short)
        posted(desk, day, group=short)
    add(desk, "new", decided_at=NOW - timedelta(days=29))
    add(desk, "off", state=GroupState.SUSPENDED)
    add(desk, "mihon", sample=True)
    assert list(found(desk).items()) == [
        ("tonari", [Why.NEVER_POSTED]),
        ("year", [Why.SILENT_12]),
        ("six", [Why.SILENT_6]),
        ("three", [Why.SILENT_3]),
    ]


def test_what_was_left_is_a_reason_after_thirty_days(desk):
    """A draft and a returned post count when nobody touched them for 30 days; fresh ones do not."""
    long_ago = NOW - timedelta(days=31)
    people.kept(desk, changed_at=NOW)
    assert "hidamari" not in found(desk)
    people.kept(desk, changed_at=long_ago)
    people.kept(desk, PostState.RETURNED, changed_at=long_ago, reason="日付がありません")
    assert found(desk)["hidamari"] == [Why.RETURNED, Why.DRAFT_LEFT]


def test_a_late_place_and_an_empty_district_are_reasons(desk):
    """A place verified more than a year ago, and a district from which nothing came this fiscal year."""
    late = replace(town.place("hall"), verified_on=date(2025, 11, 1))
    desk.apply([Put(late)], people.SAID)
    add(desk, "there", places=("hall",), district="99901-elementary-北東小")
    posted(desk, TODAY, group="there", where=people.pin(0.5, 0.5))
    assert found(desk)["there"] == [Why.PLACE_LATE, Why.DISTRICT_EMPTY]
    posted(desk, TODAY, where=people.pin(1.5, 1.5))
    assert found(desk)["there"] == [Why.PLACE_LATE]


def test_what_came_of_the_last_time_is_told(desk):
    """Posted after 20 days: within both; after 60: within 90 alone; nothing yet: open until the days are over."""
    add(desk, "late")
    posted(desk, date(2026, 2, 1), group="late")
    turned = Outreach("o1", CODE, "group-late", moment(date(2025, 12, 3)), "account-staff", Way.TELEPHONE, "silent_3")
    recent = replace(turned, id="o2", group="group-tonari", at=moment(date(2026, 10, 13)))
    desk.apply([Put(turned), Put(recent)], people.SAID)
    last = {call.standing.group.id: call.last for call in calls(desk, CODE, TODAY)}
    assert last["group-late"].within == {30: False, 90: True}
    assert last["group-tonari"].within == {30: False, 90: None}
    assert last["group-tonari"].first is None


def test_who_was_turned_to_just_now_comes_last(desk):
    """A group that never posted gives way for 30 days after it was rung up."""
    add(desk, "three")
    posted(desk, date(2026, 8, 1), group="three")
    note_outreach(desk, STAFF, "group-tonari", Way.TELEPHONE, "never_posted", "留守でした", NOW - timedelta(days=3))
    assert list(found(desk)) == ["three", "tonari"]


def test_a_letter_is_complete_in_every_language(desk):
    """It names the group, its last post and the office, and has a link only where the portal's address is known."""
    group = desk.group("group-hidamari")
    for why, language in product(Why, LANGUAGES):
        written = letter(desk, group, why, language, BASE)
        assert group.name in written.subject
        assert "もちつき大会" in written.body
        assert f"{BASE}/my?group=group-hidamari" in written.body
        assert "{" not in written.subject + written.body + why_said(why, language)
        assert "http" not in letter(desk, group, why, language).body


def test_a_group_that_never_posted_is_told_how_to_begin(desk):
    """No last post is made up."""
    assert "「」" not in letter(desk, desk.group("group-tonari"), "never_posted").body


def test_a_mail_and_its_note_are_one_change(desk):
    """The mail waits in the outbox for the group's owner, seen by the town's staff, and the note says who and why."""
    done = note_outreach(desk, STAFF, "group-hidamari", Way.MAIL, "silent_3", " また電話する ", NOW, base=BASE)
    (mail,) = desk.messages(CODE)
    assert (mail.to, mail.group, mail.about) == ("owner@example.jp", "group-hidamari", "group-hidamari")
    assert "また電話する" not in mail.body
    assert desk.outreaches(CODE) == [done]
    assert (done.by, done.why, done.note) == ("account-staff", "silent_3", "また電話する")


def test_without_an_owner_the_groups_own_address_is_used(desk):
    """A mail contact that is an address is written to; with none the office is told to take another way."""
    add(desk, "paper", contacts=(Contact(ContactKind.EMAIL, "なし"), Contact(ContactKind.EMAIL, "Paper@Example.jp")))
    note_outreach(desk, STAFF, "group-paper", Way.MAIL, "other", "", NOW)
    assert [mail.to for mail in desk.messages(CODE)] == ["paper@example.jp"]
    add(desk, "none")
    with pytest.raises(ConflictError, match=r"outreach\.no_address"):
        note_outreach(desk, STAFF, "group-none", Way.MAIL, "other", "", NOW)
    add(desk, "mihon", sample=True, applicant_email="a@example.jp")
    with pytest.raises(ConflictError, match=r"outreach\.sample"):
        note_outreach(desk, STAFF, "group-mihon", Way.MAIL, "other", "", NOW)
    assert len(desk.outreaches(CODE)) == len(desk.messages(CODE)) == 1


def test_a_name_with_a_line_break_begins_no_header(desk):
    """A group's name is data: it stays on the subject's one line."""
    add(desk, "x", name="会\r\nBcc: all@example.jp {link}", applicant_email="x@example.jp")
    note_outreach(desk, STAFF, "group-x", Way.MAIL, "other", "", NOW)
    assert "\n" not in desk.messages(CODE)[0].subject


def test_only_the_office_turns_to_groups(desk):
    """Members, staff of another town and strangers write nothing, and nothing is kept."""
    for who, error in ((MEMBER, ForbiddenError), (VISITOR_STAFF, ForbiddenError), (ANYBODY, NotSignedInError)):
        with pytest.raises(error):
            note_outreach(desk, who, "group-hidamari", Way.VISIT, "other", "", NOW)
    assert desk.outreaches(CODE) == []


def test_what_cannot_be_noted_is_said(desk):
    """A reason that is none, an over-long note, and to administrators a group that is none."""
    with pytest.raises(InvalidRecordError, match=r"outreach\.no_such_reason"):
        note_outreach(desk, STAFF, "group-hidamari", Way.VISIT, "<script>", "", NOW)
    with pytest.raises(InvalidRecordError, match="text_too_long"):
        note_outreach(desk, STAFF, "group-hidamari", Way.VISIT, "other", "あ" * 501, NOW)
    with pytest.raises(UnknownThingError):
        note_outreach(desk, people.ADMINISTRATOR, "group-nobody", Way.VISIT, "other", "", NOW)
