"""Accounts: who gets one, by what, and how a lost password is replaced."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from portal import accounts, identity, inviting, links, resetting
from portal.errors import (
    ConflictError,
    ForbiddenError,
    InvalidRecordError,
    NotSignedInError,
    UnknownThingError,
)
from portal.identity import Invitation, Vouched
from portal.model.account import Purpose
from portal.model.group import GroupState
from portal.permissions import ANYBODY
from portal.store import Drop, Put
from tests import town as place
from tests.portal import people
from tests.portal.people import ADMINISTRATOR, MEMBER, NEIGHBOUR, NOW, OWNER, STAFF, VISITOR_STAFF, later
from tests.portal.signing import BASE, HERE, OTHER, PASSWORD, kept, sign_in, token_in, with_passwords

NEW = "newcomer@example.jp"
INTO_GROUP = Invitation(NEW, group="group-hidamari")
ISSUER = "https://login.example"


@pytest.fixture
def town(store):
    """The invented town whose people have passwords."""
    return with_passwords(store)


def test_an_invitation_becomes_an_account(town):
    """Invited into a group, one chooses name and password and can act for it."""
    token = identity.invite(town, OWNER, INTO_GROUP, NOW, BASE)
    account = identity.accept(town, token, " 新田 ", OTHER, later(days=13))
    assert (account.email, account.name, account.staff_of, account.administrator) == (NEW, "新田", frozenset(), False)
    signed_in = identity.sign_in(town, NEW, OTHER, HERE, later(days=13))
    assert identity.actor(town, signed_in.token, later(days=13)).groups == {"group-hidamari": False}


def test_an_invitation_is_mailed_with_its_link(town):
    """The mail goes to who is invited, holds the one link, and the group's staff can see it."""
    token = identity.invite(town, OWNER, INTO_GROUP, NOW, BASE)
    [message] = town.messages()
    assert (message.to, message.municipality, message.group) == (NEW, place.CODE, "group-hidamari")
    assert f"{BASE}/invitation?t={token}\n" in message.body
    assert "ひだまりの会" in message.subject


def test_an_invitation_works_once(town):
    """Taken up, it is used; taken up twice at once, one account comes of it."""
    token = identity.invite(town, OWNER, INTO_GROUP, NOW, BASE)

    def take(name):
        try:
            return identity.accept(town, token, name, OTHER, NOW).name
        except (ConflictError, UnknownThingError):
            return ""

    with ThreadPoolExecutor(4) as pool:
        names = [name for name in pool.map(take, "甲乙丙丁") if name]
    assert len(names) == 1
    assert [account.name for account in town.accounts() if account.email == NEW] == names
    with pytest.raises(UnknownThingError, match=r"identity\.link_used"):
        identity.accept(town, token, "戊", OTHER, NOW)


def test_two_invitations_of_one_address_make_one_account(town):
    """Taken up at the same moment they never make two accounts with one address."""
    tokens = [identity.invite(town, OWNER, INTO_GROUP, NOW, BASE) for _ in range(2)]

    def take(token):
        try:
            return bool(identity.accept(town, token, "新田", OTHER, NOW))
        except ConflictError:
            return False

    with ThreadPoolExecutor(2) as pool:
        assert any(pool.map(take, tokens))
    assert [account.email for account in town.accounts()].count(NEW) == 1


@pytest.mark.parametrize(
    ("actor", "invitation"),
    [
        (MEMBER, INTO_GROUP),
        (NEIGHBOUR, INTO_GROUP),
        (VISITOR_STAFF, INTO_GROUP),
        (OWNER, replace(INTO_GROUP, municipality=place.CODE)),
        (STAFF, Invitation(NEW, municipality=place.CODE)),
        (STAFF, Invitation(NEW, administrator=True)),
        (STAFF, replace(INTO_GROUP, administrator=True)),
        (ADMINISTRATOR, Invitation(NEW, group="group-0123456789abcdef")),
    ],
)
def test_nobody_invites_to_more_than_they_may(town, actor, invitation):
    """Every part of an invitation is allowed, or it is not made; a guessed group is answered as another's."""
    with pytest.raises(ForbiddenError):
        identity.invite(town, actor, invitation, NOW, BASE)
    assert town.messages() == []


def test_who_is_not_signed_in_invites_nobody(town):
    """Nobody at all is told to sign in."""
    with pytest.raises(NotSignedInError):
        identity.invite(town, ANYBODY, INTO_GROUP, NOW, BASE)


@pytest.mark.parametrize(
    ("invitation", "error"),
    [
        (Invitation(NEW), InvalidRecordError),
        (Invitation("no address", group="group-hidamari"), InvalidRecordError),
        (Invitation("a@b\r\nBcc: c@d", group="group-hidamari"), InvalidRecordError),
        (Invitation(NEW, municipality="00000"), UnknownThingError),
    ],
)
def test_invitations_to_nothing_or_nobody_are_refused(town, invitation, error):
    """An invitation names an address and something that there is."""
    with pytest.raises(error):
        identity.invite(town, ADMINISTRATOR, invitation, NOW, BASE)


def test_there_is_no_account_without_an_invitation(empty_store):
    """Even in an empty portal nobody registers themselves (streamlit-authenticator's empty allow-list)."""
    for token in ("", "x" * 43):
        with pytest.raises(UnknownThingError):
            identity.accept(empty_store, token, "誰か", OTHER, NOW)
    with pytest.raises(ForbiddenError):
        identity.sign_in_vouched(empty_store, Vouched(ISSUER, "1", NEW, email_verified=True), NOW)
    identity.ask_reset(empty_store, NEW, NOW, BASE)
    assert empty_store.accounts() == []
    assert empty_store.messages() == []


def test_the_first_administrator_is_invited_from_the_machine(empty_store):
    """The link makes an administrator, once; nothing is mailed."""
    link = identity.invite_administrator(empty_store, "Admin@example.jp", NOW, BASE)
    assert link.startswith(f"{BASE}/invitation?t=")
    account = identity.accept(empty_store, token_in(link), "管理", OTHER, NOW)
    assert account.administrator
    assert empty_store.messages() == []


def test_an_invitation_of_who_has_an_account_adds_a_role_and_changes_no_password(town):
    """Whoever sees the link in the outbox cannot take the account over by it."""
    token = identity.invite(
        town, STAFF, Invitation("neighbour@example.jp", group="group-hidamari", owner=True), NOW, BASE
    )
    before = kept(town, NEIGHBOUR)
    assert identity.accept(town, token, "別の名", OTHER, NOW) == before
    actor = identity.actor(town, sign_in(town, NEIGHBOUR), NOW)
    assert actor.groups == {"group-hidamari": True, "group-tonari": True}


def test_an_owner_invited_as_a_member_stays_owner(town):
    """An invitation only adds."""
    token = identity.invite(town, STAFF, Invitation("owner@example.jp", group="group-hidamari"), NOW, BASE)
    identity.accept(town, token, "", "", NOW)
    assert {member.account: member.owner for member in town.members("group-hidamari")}[OWNER.id]


def test_the_office_gets_staff_by_invitation(town):
    """An administrator's invitation makes staff of one municipality; only administrators see its mail."""
    token = identity.invite(town, ADMINISTRATOR, Invitation(NEW, municipality=place.CODE), NOW, BASE)
    assert identity.accept(town, token, "新田", OTHER, NOW).staff_of == {place.CODE}
    assert [message.municipality for message in town.messages()] == [""]


def test_an_invitation_ends_with_what_its_inviter_may(town):
    """Invitations of a suspended account, of who left the group, or into a closed group are worth nothing."""
    tokens = [identity.invite(town, who, INTO_GROUP, NOW, BASE) for who in (OWNER, STAFF)]
    closed = replace(people.group(), state=GroupState.CLOSED)
    accounts.suspend(town, ADMINISTRATOR, OWNER.id, "", NOW)
    with pytest.raises(UnknownThingError, match=r"identity\.link_withdrawn"):
        inviting.look(town, tokens[0], NOW)
    assert inviting.look(town, tokens[1], NOW).email == NEW
    town.apply([Put(closed)])
    with pytest.raises(UnknownThingError, match=r"identity\.link_withdrawn"):
        identity.accept(town, tokens[1], "新田", OTHER, NOW)


def test_an_invitation_into_a_suspended_group_still_hands_it_over(town):
    """Staff hand a suspended group over by inviting its next owner."""
    token, link = links.make(Purpose.INVITE, NOW, email=NEW, group="group-hidamari", owner=True, made_by=STAFF.id)
    town.apply([Put(link), Put(replace(people.group(), state=GroupState.SUSPENDED))])
    identity.accept(town, token, "新田", OTHER, NOW)
    assert [member.owner for member in town.members("group-hidamari")].count(True) == 2


def test_a_suspended_account_takes_no_invitation_up(town):
    """A suspension is not undone by an invitation."""
    token = identity.invite(town, STAFF, Invitation("member@example.jp", group="group-hidamari"), NOW, BASE)
    accounts.suspend(town, ADMINISTRATOR, MEMBER.id, "", NOW)
    with pytest.raises(ForbiddenError):
        identity.accept(town, token, "", "", NOW)


@pytest.mark.parametrize(
    ("name", "password"), [("", OTHER), ("あ" * 101, OTHER), ("新田", "short"), ("新田", NEW + "!")]
)
def test_an_unfit_name_or_password_leaves_the_invitation_good(town, name, password):
    """What was refused can be tried again."""
    token = identity.invite(town, OWNER, INTO_GROUP, NOW, BASE)
    with pytest.raises(InvalidRecordError):
        identity.accept(town, token, name, password, NOW)
    assert identity.accept(town, token, "新田", OTHER, NOW)


def test_a_lost_password_is_replaced_by_mail(town):
    """The link sets a new password, ends every sign-in, and works once."""
    session = sign_in(town, MEMBER)
    identity.ask_reset(town, " Member@Example.jp", NOW, BASE)
    [message] = town.messages()
    assert (message.to, message.municipality) == ("member@example.jp", place.CODE)
    token = token_in(message.body)
    with pytest.raises(InvalidRecordError):
        identity.reset(town, token, "short", NOW)
    identity.reset(town, token, OTHER, later(minutes=59))
    assert identity.actor(town, session, later(minutes=1)) is ANYBODY
    assert identity.sign_in(town, "member@example.jp", OTHER, HERE, later(hours=1))
    with pytest.raises(UnknownThingError):
        identity.reset(town, token, PASSWORD, later(minutes=59))


def test_an_older_reset_link_dies_with_a_new_password(town):
    """Of two links asked for, the second is worth nothing once the first was used."""
    for minutes in (0, 1):
        identity.ask_reset(town, "member@example.jp", later(minutes=minutes), BASE)
    second, first = (token_in(message.body) for message in town.messages())
    identity.reset(town, first, OTHER, later(minutes=2))
    with pytest.raises(UnknownThingError):
        identity.reset(town, second, PASSWORD, later(minutes=3))


def test_a_reset_says_nothing_about_who_has_an_account(town):
    """Unknown, suspended and merely invited addresses, and accounts without a password, get no mail and no error."""
    identity.invite(town, OWNER, INTO_GROUP, NOW, BASE)
    accounts.suspend(town, ADMINISTRATOR, MEMBER.id, "", NOW)
    town.apply([Put(replace(kept(town, STAFF), password=""))])
    for email in ("nobody@example.jp", NEW, "member@example.jp", "staff@example.jp"):
        assert identity.ask_reset(town, email, NOW, BASE) is None
    assert [message.to for message in town.messages()] == [NEW]


def test_an_expired_invitation_is_not_revived_by_a_reset(town):
    """Who let an invitation expire gets no reset link, and its token is none (Decidim CVE-2023-48220)."""
    token = identity.invite(town, OWNER, INTO_GROUP, NOW, BASE)
    late = later(days=15)
    with pytest.raises(UnknownThingError, match=r"identity\.link_expired"):
        identity.accept(town, token, "新田", OTHER, late)
    identity.ask_reset(town, NEW, late, BASE)
    assert len(town.messages()) == 1
    with pytest.raises(UnknownThingError):
        identity.reset(town, token, OTHER, late)
    assert town.account_of(NEW) is None


def test_nobody_is_flooded_with_reset_mails(town):
    """Three links an hour for one address, however often they are asked for."""
    for minutes in range(20):
        identity.ask_reset(town, "member@example.jp", later(minutes=minutes), BASE)
    assert len(town.messages()) == 3
    identity.ask_reset(town, "member@example.jp", later(hours=2), BASE)
    assert len(town.messages()) == 4


@pytest.mark.parametrize("who", [STAFF, ADMINISTRATOR])
def test_reset_links_of_the_office_are_for_administrators_eyes(town, who):
    """Staff who read the outbox cannot become a colleague or an administrator."""
    identity.ask_reset(town, who.account.email, NOW, BASE)
    assert [message.municipality for message in town.messages()] == [""]


def test_reset_links_of_who_acts_in_two_towns_are_for_administrators_eyes(town):
    """Staff of one town do not get into the other's groups."""
    group = people.group("faraway", municipality=people.ELSEWHERE)
    town.apply([Put(group)])
    token = identity.invite(town, ADMINISTRATOR, Invitation("member@example.jp", group=group.id), NOW, BASE)
    identity.accept(town, token, "", "", NOW)
    identity.ask_reset(town, "member@example.jp", later(minutes=1), BASE)
    assert town.messages()[0].municipality == ""


def test_an_applicants_address_is_confirmed_once(town):
    """The link notes when; a second time, or after the address was changed, it is worth nothing."""
    group = people.group("new", state=GroupState.APPLIED, applicant_email="Someone@example.jp")
    made = [links.make(Purpose.CONFIRM, NOW, email="someone@example.jp", group=group.id) for _ in range(2)]
    town.apply([Put(group), *(Put(link) for _, link in made)])
    assert identity.confirm(town, made[0][0], later(days=2)).email_confirmed_at == later(days=2)
    with pytest.raises(UnknownThingError):
        identity.confirm(town, made[0][0], later(days=2))
    town.apply([Put(replace(group, applicant_email="other@example.jp"))])
    with pytest.raises(UnknownThingError):
        resetting.look_confirm(town, made[1][0], NOW)


def test_the_office_signs_in_as_vouched_for(town):
    """Staff with that verified address come in; afterwards the identity is known by its subject."""
    first = identity.sign_in_vouched(town, Vouched(ISSUER, "abc", "Staff@example.jp", email_verified=True), NOW)
    assert identity.actor(town, first.token, NOW).id == STAFF.id
    again = identity.sign_in_vouched(town, Vouched(ISSUER, "abc", "married@example.jp"), later(days=1))
    assert again.account.id == STAFF.id


@pytest.mark.parametrize(
    "vouched",
    [
        Vouched(ISSUER, "1", "staff@example.jp"),
        Vouched(ISSUER, "1", "member@example.jp", email_verified=True),
        Vouched(ISSUER, "1", "nobody@example.jp", email_verified=True),
        Vouched(ISSUER, "1", "", email_verified=True),
    ],
)
def test_nobody_else_is_let_in_by_a_provider(town, vouched):
    """An unverified address, a group's member, somebody unknown: refused, and no account is made."""
    before = town.accounts()
    with pytest.raises(ForbiddenError, match=r"identity\.not_vouched"):
        identity.sign_in_vouched(town, vouched, NOW)
    assert town.accounts() == before


def test_an_identity_is_not_taken_over_by_another_with_the_same_address(town):
    """Once an account belongs to an identity at the provider, another with its address is refused."""
    identity.sign_in_vouched(town, Vouched(ISSUER, "abc", "staff@example.jp", email_verified=True), NOW)
    with pytest.raises(ForbiddenError):
        identity.sign_in_vouched(town, Vouched(ISSUER, "xyz", "staff@example.jp", email_verified=True), NOW)
    with pytest.raises(ForbiddenError):
        identity.sign_in_vouched(town, Vouched("https://other.example", "abc"), NOW)


def test_a_suspended_account_is_not_let_in_by_a_provider(town):
    """A suspension counts whatever door one comes by."""
    accounts.suspend(town, ADMINISTRATOR, STAFF.id, "", NOW)
    with pytest.raises(ForbiddenError, match=r"identity\.suspended"):
        identity.sign_in_vouched(town, Vouched(ISSUER, "abc", "staff@example.jp", email_verified=True), NOW)


def test_an_account_that_is_gone_is_nobody(town):
    """A session of an account that no longer exists lets nobody in."""
    token = sign_in(town, MEMBER)
    town.apply([Drop(type(kept(town, MEMBER)), (MEMBER.id,))])
    assert identity.actor(town, token, NOW + timedelta(seconds=1)) is ANYBODY
