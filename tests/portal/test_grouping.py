"""Groups apply, the office decides, people act for them."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal import grouping, identity, links
from portal.errors import (
    ConflictError,
    ForbiddenError,
    InvalidRecordError,
    NotSignedInError,
    PortalError,
    StaleEditError,
    TooManyTriesError,
    UnknownThingError,
)
from portal.grouping import Application
from portal.groups import checks
from portal.model.account import GroupMember, Purpose
from portal.model.group import GroupState
from portal.model.place import Contact, ContactKind
from portal.model.post import PostState
from portal.permissions import ANYBODY, Actor
from portal.query import Query
from portal.store import Put
from portal.words import LANGUAGES, say_error
from tests import town
from tests.portal import people
from tests.portal.people import ADMINISTRATOR, COLLEAGUE, MEMBER, NEIGHBOUR, NOW, OWNER, STAFF
from tests.town import CODE, TODAY

BASE = "https://portal.example.jp"
PHONE = Contact(ContactKind.PHONE, "06-0000-0000", public=True)
FORM = Application(CODE, "そよかぜ会", "毎月集まります。", applicant="みなも 花子", contacts=(PHONE,), consent=True)
BY_MAIL = replace(FORM, applicant_email="Hanako@Example.jp")


@pytest.fixture
def peopled(store):
    """The town with everybody and their two groups."""
    return people.settle(store)


def token_in(message):
    """The secret part of the link in a message."""
    return message.body.partition("?t=")[2].split()[0]


def test_an_application_is_kept_and_confirmed_by_mail(peopled):
    """A group applies without an account; only a mail address that was given is written to, and it can be confirmed."""
    group = grouping.apply_for(peopled, BY_MAIL, NOW, BASE)
    assert peopled.group(group.id) == group
    assert (group.state, group.applicant_email, group.consented_at) == (GroupState.APPLIED, "hanako@example.jp", NOW)
    message = peopled.messages(CODE)[0]
    assert (message.to, message.group) == ("hanako@example.jp", group.id)
    assert links.look(peopled, token_in(message), Purpose.CONFIRM, NOW).group == group.id
    grouping.apply_for(peopled, replace(FORM, name="なみの会"), NOW, BASE)
    assert len(peopled.messages()) == 1


def test_a_mail_that_anybody_can_cause_carries_nothing_that_they_wrote(peopled):
    """The confirmation of an application holds no word of its form: nobody advertises by it."""
    grouping.apply_for(peopled, replace(BY_MAIL, name="安売り http://spam.example", about="買って"), NOW, BASE)
    message = peopled.messages(CODE)[0]
    assert "spam" not in message.subject + message.body
    assert "買って" not in message.body


@pytest.mark.parametrize(
    ("values", "key"),
    [
        ({"consent": False}, "grouping.no_consent"),
        ({"about": " \u200b"}, "grouping.no_about"),
        ({"name": "\u200b\u202e"}, "model.no_name"),
        ({"name": "あ" * 101}, "model.name_too_long"),
        ({"about": "あ" * 1_000_000}, "model.text_too_long"),
        ({"about": "が" + "\u3099\u0323" * 10_000}, "model.text_too_long"),
        ({"applicant": ""}, "grouping.no_way_to_answer"),
        ({"contacts": ()}, "grouping.no_way_to_answer"),
        ({"applicant_email": "a@b.jp\nBcc: c@d.jp"}, "account.bad_email"),
        ({"contacts": (Contact(ContactKind.PHONE, "なんでも相談"),)}, "grouping.bad_phone"),
        ({"contacts": (Contact(ContactKind.URL, "javascript:alert(1)"),)}, "grouping.bad_url"),
        ({"contacts": (PHONE,) * 21}, "group.too_many"),
        ({"contacts": (Contact(ContactKind.OTHER, "x" * 201),)}, "grouping.contact_too_long"),
        ({"municipality": "99999"}, "locate.no_municipality"),
        ({"district": "99901-elementary-none"}, "grouping.no_such_district"),
        ({"name": "ヒダマリの会"}, "grouping.name_taken"),
        ({"name": "そよ\ud800かぜ"}, "store.not_text"),
    ],
)
def test_what_cannot_be_kept_is_said_and_nothing_is_written(peopled, values, key):
    """Each bad field ends in one sentence, in both languages, and no group is made."""
    before = peopled.groups()
    with pytest.raises(PortalError) as error:
        grouping.apply_for(peopled, replace(FORM, **values), NOW, BASE)
    assert error.value.key == key
    assert peopled.groups() == before
    assert peopled.messages() == []


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "${alert(1)}", "`\\`", "C:\\2019", "{{7*7}}", "＜script＞"]
)
def test_markup_is_only_text(peopled, text):
    """What looks like a script is kept as it was typed, and nothing more."""
    assert grouping.apply_for(peopled, replace(FORM, name=text), NOW).name == text


def test_text_is_tidied_without_changing_what_is_seen():
    """Turned-round, zero-width and control signs go, line breaks of any kind become plain, emoji families stay."""
    assert checks.line(" そよ\u200bかぜ\u202e会\0 ") == "そよかぜ会"
    assert checks.line("か\u3099っこう") == "がっこう"
    assert checks.line("👨\u200d👩\u200d👧の会") == "👨\u200d👩\u200d👧の会"
    assert checks.paragraphs("一\u2028二\r\n\r\n\r\n\r\n三") == "一\n二\n\n三"
    assert checks.phone("０６ー００００－０００１") == "06-0000-0001"


@given(st.text(max_size=200))
@settings(max_examples=60, deadline=None)
def test_tidy_text_stays_as_it_is(text):
    """Tidying twice is tidying once, and a line has no break in it."""
    once = checks.line(text)
    assert checks.line(once) == once
    assert len(once.splitlines()) <= 1


def test_applications_are_bounded(peopled):
    """One address gets at most three mails a day, and a flood of forms is turned away; tomorrow it goes on."""
    for number in range(3):
        grouping.apply_for(peopled, replace(BY_MAIL, name=f"会{number}"), NOW, BASE)
    with pytest.raises(TooManyTriesError):
        grouping.apply_for(peopled, replace(BY_MAIL, name="会3"), NOW, BASE)
    grouping.apply_for(peopled, replace(BY_MAIL, name="会3"), NOW + timedelta(hours=25), BASE)
    peopled.apply([Put(replace(people.group(f"g{n}", name=f"団体{n}"), applied_at=NOW)) for n in range(50)])
    with pytest.raises(TooManyTriesError):
        grouping.apply_for(peopled, FORM, NOW, BASE)


def test_staff_type_in_for_a_group_and_another_approves(peopled):
    """What came on paper is the same record, marked; who typed it in does not approve it."""
    paper = replace(FORM, applicant="", contacts=())
    group = grouping.type_in(peopled, STAFF, paper, NOW)
    assert group.on_paper
    with pytest.raises(ForbiddenError) as error:
        grouping.approve(peopled, STAFF, group.id, "", NOW)
    assert error.value.key == "permissions.own"
    assert grouping.approve(peopled, COLLEAGUE, group.id, "", NOW).state is GroupState.ACTIVE
    with pytest.raises(ForbiddenError):
        grouping.type_in(peopled, OWNER, replace(paper, name="別の会"), NOW)
    with pytest.raises(NotSignedInError):
        grouping.type_in(peopled, ANYBODY, replace(paper, name="別の会"), NOW)


def test_approval_invites_who_applied(peopled):
    """Approving sends an invitation to own the group, in the same transaction."""
    group = grouping.apply_for(peopled, BY_MAIL, NOW)
    approved = grouping.approve(peopled, STAFF, group.id, "ようこそ", NOW, base=BASE)
    assert (approved.state, approved.decided_by, approved.number) == (GroupState.ACTIVE, STAFF.id, 2)
    message = peopled.messages(CODE)[0]
    link = links.look(peopled, token_in(message), Purpose.INVITE, NOW)
    assert (link.email, link.group, link.owner, link.made_by) == ("hanako@example.jp", group.id, True, STAFF.id)
    assert "ようこそ" in message.body


def test_who_has_an_account_owns_the_group_once_it_is_approved(peopled):
    """No second account is made for an address that has one."""
    given_again = replace(FORM, applicant_email="neighbour@example.jp")
    group = grouping.apply_for(peopled, given_again, NOW)
    grouping.approve(peopled, STAFF, group.id, "", NOW, base=BASE)
    assert [(item.account, item.owner) for item in peopled.members(group.id)] == [(NEIGHBOUR.id, True)]
    assert peopled.messages(CODE)[0].to == "neighbour@example.jp"


def test_a_returned_application_is_mended_by_its_link(peopled):
    """The applicant reads the reason, mends and hands in again; the link works once and for that group only."""
    group = grouping.apply_for(peopled, BY_MAIL, NOW)
    with pytest.raises(InvalidRecordError):
        grouping.return_(peopled, STAFF, group.id, " ", NOW, base=BASE)
    grouping.return_(peopled, STAFF, group.id, "活動の日を書いてください。", NOW, base=BASE)
    message = peopled.messages(CODE)[0]
    assert "活動の日を書いてください。" in message.body
    token = token_in(message)
    assert grouping.to_mend(peopled, token, NOW).reason == "活動の日を書いてください。"
    again = replace(BY_MAIL, about="第2火曜に集まります。", applicant_email="other@example.jp", municipality="99902")
    mended = grouping.mend(peopled, token, again, NOW)
    assert (mended.state, mended.about, mended.number) == (GroupState.APPLIED, "第2火曜に集まります。", 3)
    assert (mended.id, mended.applicant_email, mended.municipality) == (group.id, "hanako@example.jp", CODE)
    with pytest.raises(UnknownThingError):
        grouping.mend(peopled, token, again, NOW)


@pytest.mark.parametrize(
    ("step", "before", "after", "kind"),
    [
        (grouping.decline, GroupState.APPLIED, GroupState.DECLINED, "hanako@example.jp"),
        (grouping.suspend, GroupState.ACTIVE, GroupState.SUSPENDED, "owner@example.jp"),
        (grouping.resume, GroupState.SUSPENDED, GroupState.ACTIVE, "owner@example.jp"),
        (grouping.close, GroupState.ACTIVE, GroupState.CLOSED, "owner@example.jp"),
    ],
)
def test_every_decision_is_told_with_its_reason(peopled, step, before, after, kind):
    """Who applied, or who owns the group, reads what was decided and why."""
    peopled.apply([Put(replace(people.group(), state=before, applicant_email="hanako@example.jp"))])
    decided = step(peopled, STAFF, "group-hidamari", "相談のうえ決めました。", NOW, base=BASE)
    assert (decided.state, decided.reason) == (after, "相談のうえ決めました。")
    messages = peopled.messages(CODE)
    assert [item.to for item in messages] == [kind]
    assert "相談のうえ決めました。" in messages[0].body


def test_without_the_portals_own_address_nothing_is_written(peopled):
    """No link leads nowhere: the decision stands, and no message is made."""
    grouping.suspend(peopled, STAFF, "group-hidamari", "理由", NOW)
    assert peopled.messages() == []


def test_a_second_decision_is_refused(peopled):
    """What is decided already is not decided again."""
    group = grouping.apply_for(peopled, FORM, NOW)
    grouping.approve(peopled, STAFF, group.id, "", NOW)
    with pytest.raises(ForbiddenError):
        grouping.approve(peopled, COLLEAGUE, group.id, "", NOW)


def test_of_two_approvals_at_once_one_wins(peopled):
    """Two of the office approve at the same moment: one does, the other is told, and one invitation is sent."""
    group = grouping.apply_for(peopled, BY_MAIL, NOW)
    start, outcomes = threading.Barrier(2), []

    def decide(actor: Actor) -> None:
        start.wait()
        try:
            grouping.approve(peopled, actor, group.id, "", NOW, base=BASE)
            outcomes.append("approved")
        except (ConflictError, ForbiddenError):
            outcomes.append("told")

    threads = [threading.Thread(target=decide, args=(actor,)) for actor in (STAFF, COLLEAGUE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["approved", "told"]
    assert len(peopled.messages()) == 1


def test_an_edit_by_the_owner_counts_a_version_and_a_stale_one_is_refused(peopled):
    """The later of two who edit is told; the same values again change nothing."""
    edited = grouping.edit(peopled, OWNER, "group-hidamari", 1, {"about": "毎週集まります。"}, NOW)
    assert (edited.number, edited.about) == (2, "毎週集まります。")
    with pytest.raises(StaleEditError):
        grouping.edit(peopled, STAFF, "group-hidamari", 1, {"about": "別の文"}, NOW)
    version = peopled.data_version()
    assert grouping.edit(peopled, OWNER, "group-hidamari", 2, {"about": " 毎週集まります。 "}, NOW) == edited
    assert peopled.data_version() == version


@pytest.mark.parametrize("values", [{"name": "別の会"}, {"places": ["hall"]}, {"applicant_email": "x@example.jp"}])
def test_the_name_and_the_places_are_the_offices(peopled, values):
    """An owner changes neither the name that was registered nor the places that the group speaks for."""
    peopled.apply([Put(town.place("hall"))])
    with pytest.raises(ForbiddenError):
        grouping.edit(peopled, OWNER, "group-hidamari", 1, values, NOW)
    assert grouping.edit(peopled, STAFF, "group-hidamari", 1, values, NOW).number == 2


def test_an_edit_is_checked(peopled):
    """A field that does not exist, another town's place and a taken name are refused."""
    for values in ({"state": "active"}, {"places": ["no-such"]}, {"name": "となりの会"}, {"about": ""}):
        with pytest.raises(PortalError) as error:
            grouping.edit(peopled, STAFF, "group-hidamari", 1, values, NOW)
        assert all(say_error(error.value, language) for language in LANGUAGES)


def test_a_member_does_not_edit(peopled):
    """Only owners and the office change what a group says of itself."""
    with pytest.raises(ForbiddenError):
        grouping.edit(peopled, MEMBER, "group-hidamari", 1, {"about": "別の文"}, NOW)


def test_posts_are_found_by_the_new_name(peopled):
    """A group that was renamed is found by its new name, at once."""
    people.kept(peopled, PostState.LIVE)
    grouping.edit(peopled, STAFF, "group-hidamari", 1, {"name": "ゆうやけ会"}, NOW)
    assert peopled.count(Query(CODE, text="ゆうやけ"), TODAY) == 1
    assert peopled.count(Query(CODE, text="ひだまり"), TODAY) == 0


def test_a_guessed_id_tells_nothing(peopled):
    """A group of somebody else and one that does not exist are answered alike, to members and to visitors."""
    for actor, error in ((NEIGHBOUR, ForbiddenError), (ANYBODY, NotSignedInError)):
        answers = []
        for group_id in ("group-hidamari", "group-0000000000000000"):
            with pytest.raises(error) as raised:
                grouping.see(peopled, actor, group_id)
            answers.append((raised.value.key, raised.value.values))
        assert answers[0] == answers[1]
    with pytest.raises(UnknownThingError):
        grouping.see(peopled, ADMINISTRATOR, "group-0000000000000000")


def test_a_group_is_handed_over(peopled):
    """An account owns it at once and earlier owners stay as members; a new person is invited."""
    grouping.hand_over(peopled, STAFF, "group-hidamari", "neighbour@example.jp", NOW, BASE)
    owners = {item.account for item in peopled.members("group-hidamari") if item.owner}
    assert owners == {NEIGHBOUR.id}
    assert OWNER.id in {item.account for item in peopled.members("group-hidamari")}
    with pytest.raises(ConflictError):
        grouping.hand_over(peopled, STAFF, "group-hidamari", "neighbour@example.jp", NOW, BASE)
    grouping.hand_over(peopled, STAFF, "group-hidamari", "new@example.jp", NOW, BASE)
    message = next(item for item in peopled.messages(CODE) if item.to == "new@example.jp")
    assert links.look(peopled, token_in(message), Purpose.INVITE, NOW).owner
    with pytest.raises(ForbiddenError):
        grouping.hand_over(peopled, OWNER, "group-hidamari", "owner@example.jp", NOW, BASE)


def test_a_member_is_taken_out(peopled):
    """The owner takes a member out; the last owner does not leave a group without one, but the office may."""
    grouping.remove_member(peopled, OWNER, "group-hidamari", MEMBER.id, NOW)
    assert MEMBER.id not in {item.account for item in peopled.members("group-hidamari")}
    with pytest.raises(ConflictError):
        grouping.remove_member(peopled, OWNER, "group-hidamari", OWNER.id, NOW)
    with pytest.raises(UnknownThingError):
        grouping.remove_member(peopled, OWNER, "group-hidamari", "account-nobody", NOW)
    grouping.remove_member(peopled, STAFF, "group-hidamari", OWNER.id, NOW)
    assert not [item for item in peopled.members("group-hidamari") if item.owner]


def test_two_owners_do_not_take_each_other_out_at_once(peopled):
    """Of two owners who remove each other at the same moment one stays."""
    peopled.apply([Put(GroupMember("group-hidamari", NEIGHBOUR.id, owner=True))])
    both = [(OWNER, NEIGHBOUR.id), (people.actor(NEIGHBOUR.account, hidamari=True), OWNER.id)]
    start = threading.Barrier(2)

    def remove(actor: Actor, other: str) -> None:
        start.wait()
        try:
            grouping.remove_member(peopled, actor, "group-hidamari", other, NOW)
        except PortalError:
            return

    threads = [threading.Thread(target=remove, args=pair) for pair in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len([item for item in peopled.members("group-hidamari") if item.owner]) == 1


def test_suspension_works_on_the_next_action_and_hides_nothing(peopled):
    """A suspended group edits nothing any more, and its live post stays in sight."""
    post = people.kept(peopled, PostState.LIVE)
    grouping.suspend(peopled, STAFF, "group-hidamari", "確認中です。", NOW)
    with pytest.raises(ForbiddenError):
        grouping.edit(peopled, OWNER, "group-hidamari", 2, {"about": "別の文"}, NOW)
    assert peopled.post(post.id).public
    assert peopled.count(Query(CODE), TODAY) == 1


def test_from_the_form_to_the_first_sign_in(peopled):
    """Who applied confirms the address, is invited on approval, and signs in as the group's owner."""
    group = grouping.apply_for(peopled, BY_MAIL, NOW, BASE)
    identity.confirm(peopled, token_in(peopled.messages(CODE)[0]), NOW)
    assert peopled.group(group.id).email_confirmed_at == NOW
    later = NOW + timedelta(days=2)
    grouping.approve(peopled, STAFF, group.id, "", later, base=BASE)
    account = identity.accept(
        peopled, token_in(peopled.messages(CODE)[0]), "みなも 花子", "ひだまりに集まる長い合言葉です", later
    )
    signed_in = identity.sign_in(peopled, "hanako@example.jp", "ひだまりに集まる長い合言葉です", "192.0.2.1", later)
    assert signed_in.account.id == account.id
    actor = identity.actor(peopled, signed_in.token, later)
    edited = grouping.edit(peopled, actor, group.id, peopled.group(group.id).number, {"about": "毎週です。"}, later)
    assert edited.about == "毎週です。"
