"""What staff decide, what waits for them, and what readers reported."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from portal import going_back, moderation, posting
from portal.errors import ConflictError, ForbiddenError, InvalidRecordError, StaleEditError, UnknownThingError
from portal.model.group import GroupState
from portal.model.post import Post, PostState
from portal.model.report_note import POST, ErrorNote
from portal.moderation import QueueKind
from portal.store import Put
from portal.words import say
from tests import town
from tests.portal import people
from tests.portal.people import ADMINISTRATOR, COLLEAGUE, MEMBER, NOW, STAFF, STAFF_AND_MEMBER, facts, kept
from tests.portal.test_posting import at_once

LIMIT = 180


@pytest.fixture
def town_store(store):
    """The town with its people and groups."""
    return people.settle(store)


def note(note_id, of, **values):
    """A reader's report."""
    return ErrorNote(note_id, of, "wrong", "電話が違います", NOW, **values)


def queue(store, actor=STAFF):
    """What waits in the town."""
    return moderation.queue(store, actor, town.CODE, NOW, LIMIT)


def test_two_approvals_at_once_count_once(town_store):
    """Of two who approve one post at the same moment one wins, the other is told; it counts once (CVE-2023-47634)."""
    post = kept(town_store, PostState.WAITING)
    outcomes = at_once(
        lambda: moderation.approve(town_store, STAFF, post.id, 1, "", NOW),
        lambda: moderation.approve(town_store, COLLEAGUE, post.id, 1, "", NOW),
    )
    assert sum(isinstance(one, Post) for one in outcomes) == 1
    assert [one.key for one in outcomes if isinstance(one, ConflictError)] == ["moderation.decided"]
    assert town_store.group("group-hidamari").approved_posts == 1


def test_approving_and_returning_at_once_decide_once(town_store):
    """Of an approval and a return at the same moment one wins and the other is told."""
    post = kept(town_store, PostState.WAITING)
    outcomes = at_once(
        lambda: moderation.approve(town_store, STAFF, post.id, 1, "", NOW),
        lambda: moderation.return_(town_store, COLLEAGUE, post.id, 1, "日付がありません", NOW),
    )
    assert sum(isinstance(one, ConflictError) for one in outcomes) == 1
    assert town_store.post(post.id).number == 2


def test_an_edit_while_approving_is_not_approved_unseen(town_store):
    """Staff approve the version that they looked at; what was changed since is shown to them first."""
    post = kept(town_store, PostState.WAITING)
    posting.save(town_store, MEMBER, post.id, 1, facts("すり替え"), NOW)
    with pytest.raises(StaleEditError) as raised:
        moderation.approve(town_store, STAFF, post.id, 1, "", NOW)
    assert raised.value.values["post"].facts.title == "すり替え"
    assert town_store.post(post.id).state is PostState.WAITING


def test_an_edit_and_an_approval_at_once_never_show_what_nobody_approved(town_store):
    """An edit and an approval at the same moment end with the approved text shown, or with nothing approved."""
    for number in range(5):
        post = kept(town_store, PostState.WAITING, facts=facts(f"{number}回目"))
        at_once(
            lambda post=post: moderation.approve(town_store, STAFF, post.id, 1, "", NOW),
            lambda post=post: posting.save(town_store, MEMBER, post.id, 1, facts("すり替え"), NOW),
        )
        after = town_store.post(post.id)
        assert not after.public or after.facts == post.facts


def test_a_post_counts_towards_trust_once(town_store):
    """A post that is approved, changed before its time and approved again counts once."""
    post = kept(town_store, PostState.WAITING, publish_at=people.later(days=1))
    first = moderation.approve(town_store, STAFF, post.id, 1, "", NOW)
    changed = posting.save(town_store, MEMBER, post.id, first.number, facts("別の題"), NOW, post.publish_at)
    assert (first.state, changed.state) == (PostState.SCHEDULED, PostState.WAITING)
    moderation.approve(town_store, STAFF, post.id, changed.number, "", NOW)
    assert town_store.group("group-hidamari").approved_posts == 1


def test_what_was_decided_meanwhile_is_said(town_store):
    """Approving what a colleague returned, or the group took back, is answered with that."""
    for change in (
        lambda post: moderation.return_(town_store, COLLEAGUE, post.id, 1, "理由", NOW),
        lambda post: posting.withdraw(town_store, MEMBER, post.id, NOW),
        lambda post: moderation.approve(town_store, COLLEAGUE, post.id, 1, "", NOW),
    ):
        post = kept(town_store, PostState.WAITING)
        change(post)
        with pytest.raises(ConflictError, match=r"moderation\.decided"):
            moderation.approve(town_store, STAFF, post.id, 1, "", NOW)


@pytest.mark.parametrize("decide", [moderation.return_, moderation.hide])
def test_a_refusal_has_a_reason(town_store, decide):
    """Returning and hiding without a sentence for the group is refused."""
    post = kept(town_store, PostState.WAITING if decide is moderation.return_ else PostState.LIVE)
    with pytest.raises(InvalidRecordError, match="say_why"):
        decide(town_store, STAFF, post.id, 1, " \n", NOW)


def test_a_returned_revision_leaves_what_is_shown(town_store):
    """Newer content that is returned says why to the group; readers see what they saw."""
    post = kept(town_store, PostState.LIVE)
    revised = posting.save(town_store, MEMBER, post.id, 1, facts("別の題"), NOW)
    returned = moderation.return_(town_store, STAFF, post.id, revised.number, "題を確かめて", NOW)
    assert (returned.state, returned.facts, returned.revision.returned) == (PostState.LIVE, post.facts, "題を確かめて")
    assert not moderation.waits(returned)
    people.trust(town_store)
    again = posting.save(town_store, MEMBER, post.id, returned.number, facts("直した題"), NOW)
    assert moderation.waits(again)


@pytest.mark.parametrize("state", [PostState.LIVE, PostState.CANCELLED])
def test_hiding_and_showing_again_restores(town_store, state):
    """A hidden post is found by nobody and comes back as it was, with the reason that its group gave."""
    post = kept(town_store, state, live_at=NOW, reason="雨のため" if state is PostState.CANCELLED else "")
    hidden = moderation.hide(town_store, STAFF, post.id, 1, "確認中", NOW)
    assert (hidden.state, hidden.reason) == (PostState.HIDDEN, "確認中")
    back = moderation.unhide(town_store, COLLEAGUE, post.id, hidden.number, "", NOW)
    assert (back.state, back.reason) == (state, post.reason)


def test_a_hidden_scheduled_post_waits_for_its_time_again(town_store):
    """What was hidden before its time is shown at its time, not before."""
    post = kept(town_store, PostState.SCHEDULED, publish_at=people.later(days=1))
    hidden = moderation.hide(town_store, STAFF, post.id, 1, "確認中", NOW)
    assert moderation.unhide(town_store, STAFF, post.id, hidden.number, "", NOW).state is PostState.SCHEDULED


def test_the_queue_is_in_order_of_age(town_store):
    """Applications, posts, newer content, reports, corrections and places to verify stand together, oldest first."""
    place = replace(town.place("place-salon"), verified_on=date(2026, 1, 1))
    waiting = kept(town_store, PostState.WAITING, submitted_at=people.later(days=-3))
    live = kept(town_store, PostState.LIVE)
    posting.save(town_store, MEMBER, live.id, 1, facts("別の題"), people.later(days=-2))
    applied = people.group("new", name="新しい会", state=GroupState.APPLIED, applied_at=people.later(days=-4))
    town_store.apply(
        [
            Put(place),
            Put(applied),
            Put(note("report", live.id, about=POST)),
            Put(replace(note("correction", place.id, field="name", suggested="サロン"), made_at=people.later(days=-1))),
            Put(replace(note("closed", place.id), closed_at=NOW)),
        ],
        people.SAID,
    )
    found = queue(town_store)
    assert [item.kind for item in found] == [
        QueueKind.VERIFY,
        QueueKind.GROUP_APPLICATION,
        QueueKind.POST,
        QueueKind.POST_REVISION,
        QueueKind.CORRECTION,
        QueueKind.NOTE,
    ]
    assert [item.id for item in found] == [place.id, applied.id, waiting.id, live.id, "correction", "report"]
    assert found[2].who == "ひだまりの会"
    assert [(one.field, one.before, one.after) for one in found[3].differences] == [("title", "もちつき大会", "別の題")]


def test_a_resubmitted_post_shows_what_changed_since_it_was_returned(town_store):
    """Staff see the difference to the version that they returned."""
    post = kept(town_store, PostState.WAITING)
    returned = moderation.return_(town_store, STAFF, post.id, 1, "題を直して", NOW)
    posting.save(town_store, MEMBER, post.id, returned.number, facts("直した題"), NOW)
    posting.submit(town_store, MEMBER, post.id, NOW)
    assert [(one.field, one.after) for one in queue(town_store)[0].differences] == [("title", "直した題")]


def test_ones_own_is_marked_in_the_queue(town_store):
    """What somebody has a part in is marked for them and not for their colleagues."""
    kept(town_store, PostState.WAITING)
    assert [item.own for item in queue(town_store, STAFF_AND_MEMBER)] == [True]
    assert [item.own for item in queue(town_store)] == [False]


def test_the_queue_is_the_municipalitys(town_store):
    """Another municipality's staff, members and anybody see no queue; its own is empty of the neighbour's posts."""
    kept(town_store, PostState.WAITING)
    for actor in (people.VISITOR_STAFF, MEMBER):
        with pytest.raises(ForbiddenError):
            queue(town_store, actor)
    assert moderation.queue(town_store, people.VISITOR_STAFF, people.ELSEWHERE, NOW, LIMIT) == ()


def test_at_most_fifty_places_to_verify_with_their_total(town_store):
    """A city of unverified places does not bury the rest: fifty are shown, and how many there are."""
    old = date(2026, 1, 1)
    places = [replace(town.place(f"place-{number}", f"サロン{number}"), verified_on=old) for number in range(60)]
    town_store.apply([Put(place) for place in places], people.SAID)
    found = queue(town_store)
    assert (len(found), {item.total for item in found}) == (50, {60})
    assert found[0].since.date() == old + timedelta(days=LIMIT)


def test_a_correction_is_taken_over_in_one_go(town_store):
    """Accepting sets the field by hand and closes the report; a second time it is closed already."""
    town_store.apply([Put(town.place("place-salon")), Put(note("n", "place-salon", field="name", suggested="新名"))])
    place = moderation.accept_correction(town_store, STAFF, "n", NOW, "電話で確かめました")
    assert (place.facts.name, place.edited_fields) == ("新名", {"name"})
    closed = town_store.error_notes("place-salon")[0]
    assert (closed.closed_by, closed.answer) == ("account-staff", "電話で確かめました")
    with pytest.raises(ConflictError, match="note_closed"):
        moderation.accept_correction(town_store, STAFF, "n", NOW)


def test_two_who_accept_at_once_close_once(town_store):
    """A suggestion accepted twice at the same moment is taken over once."""
    town_store.apply([Put(town.place("place-salon")), Put(note("n", "place-salon", field="name", suggested="新名"))])
    outcomes = at_once(
        lambda: moderation.accept_correction(town_store, STAFF, "n", NOW),
        lambda: moderation.accept_correction(town_store, COLLEAGUE, "n", NOW),
    )
    assert [one.key for one in outcomes if isinstance(one, ConflictError)] == ["moderation.note_closed"]


@pytest.mark.parametrize("values", [{}, {"field": "extra", "suggested": "{}"}, {"field": "fee", "suggested": "cheap"}])
def test_a_correction_that_cannot_be_is_refused(town_store, values):
    """A report without a field, of a field that nobody edits, or with a value that cannot be changes nothing."""
    town_store.apply([Put(town.place("place-salon")), Put(note("n", "place-salon", **values))])
    version = town_store.data_version()
    with pytest.raises(InvalidRecordError):
        moderation.accept_correction(town_store, STAFF, "n", NOW)
    assert town_store.data_version() == version


def test_nobody_closes_a_report_about_their_own(town_store):
    """A report about a group's post or place is not closed by staff who belong to it; a guessed id tells nothing."""
    post = kept(town_store, PostState.LIVE)
    its = replace(people.group(), places=("place-salon",))
    town_store.apply(
        [
            Put(town.place("place-salon")),
            Put(its),
            Put(note("of-place", "place-salon")),
            Put(note("of-post", post.id, about=POST)),
        ]
    )
    for note_id in ("of-place", "of-post"):
        with pytest.raises(ForbiddenError, match="own"):
            moderation.close_note(town_store, STAFF_AND_MEMBER, note_id, "", NOW)
        with pytest.raises(ForbiddenError, match="forbidden"):
            moderation.close_note(town_store, MEMBER, note_id, "", NOW)
        assert moderation.close_note(town_store, COLLEAGUE, note_id, "直しました", NOW).closed_at == NOW
    with pytest.raises(ForbiddenError, match="forbidden"):
        moderation.close_note(town_store, STAFF, "no-such-note", "", NOW)
    with pytest.raises(UnknownThingError):
        moderation.close_note(town_store, ADMINISTRATOR, "no-such-note", "", NOW)


def test_going_back_brings_words_back_and_not_states(town_store):
    """An earlier version's content is shown again; state, trust and counted people stay as they are."""
    people.trust(town_store)
    post = posting.create(town_store, MEMBER, "group-hidamari", facts("初めの題"), NOW)
    live = posting.submit(town_store, MEMBER, post.id, NOW)
    posting.save(town_store, MEMBER, post.id, live.number, facts("後の題"), NOW)
    entry = town_store.history(Post, (post.id,))[-1].entry
    back = going_back.post(town_store, STAFF, post.id, entry, "元に戻します", NOW)
    assert (back.facts.title, back.state, back.number) == ("初めの題", PostState.LIVE, 4)
    assert town_store.post(post.id) == back


def test_going_back_of_groups_and_places(town_store):
    """A group says again what it said, and a place is as it was; a version that does not exist is said."""
    old = town_store.group("group-hidamari")
    town_store.apply([Put(replace(old, about="別の話", approved_posts=7))], people.SAID)
    entry = town_store.history(type(old), (old.id,))[-1].entry
    back = going_back.group(town_store, STAFF, old.id, entry, "", NOW)
    assert (back.about, back.approved_posts) == (old.about, 7)
    place = town.place("place-salon")
    town_store.apply([Put(place)], people.SAID)
    town_store.apply([Put(replace(place, verified_by="だれか"))], people.SAID)
    entry = town_store.history(type(place), (place.id,))[-1].entry
    assert going_back.place(town_store, STAFF, place.id, entry, "", NOW) == place
    with pytest.raises(UnknownThingError):
        going_back.place(town_store, STAFF, place.id, 10_000, "", NOW)


@pytest.mark.parametrize(
    ("decide", "state", "kind"),
    [
        (moderation.approve, PostState.WAITING, "approved"),
        (moderation.return_, PostState.WAITING, "returned"),
        (moderation.hide, PostState.LIVE, "hidden"),
        (moderation.unhide, PostState.HIDDEN, "shown_again"),
    ],
)
def test_owners_are_told_what_was_decided(town_store, decide, state, kind):
    """Each decision writes the group's owners one mail with the reason and the way to their group."""
    post = kept(town_store, state)
    decide(town_store, STAFF, post.id, post.number, "会場の電話を書いてください", NOW, base="https://portal.example.jp")
    (message,) = town_store.messages(town.CODE)
    assert message.to == "owner@example.jp"
    assert message.subject == say(f"letters.post_{kind}_subject", thing=post.facts.title)
    assert "会場の電話を書いてください" in message.body
    assert "https://portal.example.jp/my?group=group-hidamari" in message.body
    assert message.about == post.id
