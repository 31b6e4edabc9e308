"""Accounts, groups, sign-ins and messages come back as they were put, and no two accounts have one address."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from db import open_store
from portal.errors import ConflictError
from portal.model.account import Account, GroupMember, OneTimeLink, Purpose, Session, SignInTry
from portal.model.group import FeedKind, FollowedFeed, GroupState
from portal.model.message import Delivery, Enquiry, EnquiryState, Message
from portal.model.place import Contact, ContactKind
from portal.store import Drop, Put, key_of
from tests.db.records import NOON, TOWN, make_account, make_group

MINUTE = timedelta(minutes=1)
ACCOUNT = make_account(staff_of=frozenset({TOWN, "13103"}), subject="https://id.example.jp|7", made_at=NOON)
GROUP = make_group(
    name_kana="カイ",
    contacts=(Contact(ContactKind.PHONE, "000-0000-0000", public=True),),
    feeds=(FollowedFeed("https://example.jp/a.ics", FeedKind.ICALENDAR, NOON),),
    state=GroupState.RETURNED,
    applied_at=NOON,
)
MEMBER = GroupMember("g1", "a1", owner=True, since=NOON)
SESSION = Session("s1", "a1", NOON, NOON + MINUTE)
TRY = SignInTry("t1", "digest", "origin", NOON)
LINK = OneTimeLink("l1", Purpose.FRESHNESS, NOON, NOON + MINUTE, place="p1")
MESSAGE = Message("m1", "a@example.jp", "件名", "本文\n二行目", NOON, municipality=TOWN)
ENQUIRY = Enquiry("q1", "post-1", "g1", TOWN, "山田", "000", "行けますか", NOON)
EVERYTHING = [
    (ACCOUNT, lambda store: store.accounts()),
    (ACCOUNT, lambda store: [one for one in [store.account("a1")] if one]),
    (ACCOUNT, lambda store: [one for one in [store.account_of("a1@example.jp")] if one]),
    (ACCOUNT, lambda store: [one for one in [store.account_of_subject("https://id.example.jp|7")] if one]),
    (GROUP, lambda store: store.groups()),
    (GROUP, lambda store: [one for one in [store.group("g1")] if one]),
    (MEMBER, lambda store: store.members("g1")),
    (MEMBER, lambda store: store.groups_of("a1")),
    (SESSION, lambda store: store.sessions_of("a1")),
    (SESSION, lambda store: [one for one in [store.session("s1")] if one]),
    (TRY, lambda store: store.tries_before(NOON + MINUTE)),
    (LINK, lambda store: store.links_about("p1")),
    (LINK, lambda store: [one for one in [store.link("l1")] if one]),
    (MESSAGE, lambda store: store.messages()),
    (MESSAGE, lambda store: [one for one in [store.message("m1")] if one]),
    (ENQUIRY, lambda store: store.enquiries(TOWN)),
]


@pytest.mark.parametrize(("record", "read"), EVERYTHING)
def test_every_type_about_people_is_kept_replaced_and_dropped(store, record, read):
    """A record comes back equal by every question, is there once when put twice, and is gone when dropped."""
    store.apply([Put(record)])
    store.apply([Put(record)])
    assert read(store) == [record]
    store.apply([Drop(type(record), key_of(record))])
    assert read(store) == []


def test_an_account_changes_its_address(store):
    """The new address finds it, the old one nobody, and another account may take the old one."""
    store.apply([Put(make_account("a1"))])
    store.apply([Put(make_account("a1", email="new@example.jp"))])
    assert store.account_of("a1@example.jp") is None
    store.apply([Put(make_account("a2", email="a1@example.jp"))])
    assert [one.id for one in store.accounts()] == ["a2", "a1"]
    store.apply([Drop(Account, ("a2",)), Put(make_account("a3", email="a1@example.jp"))])
    assert store.account_of("a1@example.jp").id == "a3"


@pytest.mark.parametrize("others", [["a2"], ["a2", "a3"]])
def test_two_accounts_never_have_one_address(store, others):
    """The second is told so and nothing of its change is kept, also where two come in one change."""
    if len(others) == 1:
        store.apply([Put(make_account("a1", email="x@example.jp"))])
    before = store.accounts()
    changes = [Put(make_account(other, email="x@example.jp")) for other in others]
    with pytest.raises(ConflictError, match=r"store\.email_taken"):
        store.apply([Put(make_group()), *changes])
    assert store.accounts() == before
    assert store.groups() == []


@pytest.mark.parametrize("stores", [1, 2])
def test_of_two_that_take_one_address_at_once_one_is_told(url, stores):
    """In two threads, on one store or on two stores of one file, exactly one account is made each time."""
    opened = [open_store(url) for _ in range(stores)]
    together = threading.Barrier(2)

    def invite(number, round_number):
        together.wait()
        try:
            account = make_account(f"a{round_number}-{number}", email=f"x{round_number}@example.jp")
            opened[number % stores].apply([Put(account)])
        except ConflictError as error:
            return error.key
        return "made"

    with ThreadPoolExecutor(2) as pool:
        for round_number in range(8):
            answers = list(pool.map(invite, (0, 1), (round_number,) * 2))
            assert sorted(answers) == ["made", "store.email_taken"]
    assert len(opened[0].accounts()) == 8
    for store in opened:
        store.close()


def test_accounts_survive_being_opened_again(url):
    """Addresses that were changed before are found, and still taken, after the file was closed and opened."""
    store = open_store(url)
    for number in range(20):
        store.apply([Put(make_account("a1", email=f"x{number}@example.jp")), Put(make_account("a2"))])
    store.close()
    store = open_store(url)
    assert [one.email for one in store.accounts()] == ["a2@example.jp", "x19@example.jp"]
    with pytest.raises(ConflictError):
        store.apply([Put(make_account("a3", email="x19@example.jp"))])
    store.close()


def test_nobody_signs_in_with_an_empty_subject(store):
    """An account that has no subject of OpenID Connect is not found by the empty one."""
    store.apply([Put(make_account())])
    assert store.account_of_subject("") is None


def test_tries_are_counted_by_account_and_by_origin(store):
    """Each count is of its own, over all accounts or origins, from the moment asked for."""
    tries = [("t1", "x", "o", 0), ("t2", "x", "p", 5), ("t3", "y", "o", 5), ("t4", "x", "o", 9)]
    store.apply(
        Put(SignInTry(key, account, origin, NOON + minutes * MINUTE)) for key, account, origin, minutes in tries
    )
    assert store.tries("x", "o", NOON) == (3, 3)
    assert store.tries("x", "o", NOON + 5 * MINUTE) == (2, 2)
    assert store.tries("nobody", "p", NOON) == (0, 1)
    assert [one.id for one in store.tries_before(NOON + 5 * MINUTE)] == ["t1"]


def test_sign_ins_end_by_age_or_by_idleness(store):
    """A sign-in is named when it was last seen, or made, before its moment."""
    sessions = [
        Session("old", "a1", NOON, NOON + 20 * MINUTE),
        Session("idle", "a1", NOON + 10 * MINUTE, NOON + 11 * MINUTE),
        Session("fresh", "a1", NOON + 10 * MINUTE, NOON + 20 * MINUTE),
    ]
    store.apply(map(Put, sessions))
    assert [one.id for one in store.sessions_before(NOON + 15 * MINUTE, NOON + 5 * MINUTE)] == ["old", "idle"]


def test_lists_of_people_are_in_the_order_that_they_promise(store):
    """Owners before members, groups by reading, links and mail the newest first, what waits the oldest first."""
    members = [GroupMember("g1", "a1"), GroupMember("g1", "a2", owner=True), GroupMember("g2", "a1")]
    groups = [make_group("g1", name="山の会"), make_group("g2", name="海の会", name_kana="ウミノカイ")]
    other = make_group("g3", municipality="13103", name="あ")
    messages = [replace(MESSAGE, id=f"m{number}", made_at=NOON + number * MINUTE) for number in range(3)]
    kept = replace(MESSAGE, id="kept", municipality="", state=Delivery.KEPT)
    links = [replace(LINK, id=f"l{number}", made_at=NOON + number * MINUTE) for number in range(2)]
    later = replace(ENQUIRY, id="q0", group="g2", made_at=NOON + MINUTE, state=EnquiryState.CLOSED)
    store.apply(map(Put, [*members, *groups, other, *messages, kept, *links, later, ENQUIRY]))
    assert [one.account for one in store.members("g1")] == ["a2", "a1"]
    assert [one.group for one in store.groups_of("a1")] == ["g1", "g2"]
    assert [one.id for one in store.groups(TOWN)] == ["g2", "g1"]
    assert [one.id for one in store.groups()] == ["g3", "g2", "g1"]
    assert [one.id for one in store.messages(TOWN)] == ["m2", "m1", "m0"]
    assert [one.id for one in store.messages("")] == ["kept"]
    assert [one.id for one in store.messages(limit=2)] == ["m2", "m1"]
    assert [one.id for one in store.messages_waiting(2)] == ["m0", "m1"]
    assert [one.id for one in store.links_about("p1")] == ["l1", "l0"]
    assert store.links_about("") == []
    assert [one.id for one in store.enquiries(TOWN)] == ["q1", "q0"]
    assert [one.id for one in store.enquiries(TOWN, "g2")] == ["q0"]
    assert [one.id for one in store.enquiries_before(NOON + MINUTE)] == ["q1"]
