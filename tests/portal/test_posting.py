"""A post's life: written, submitted, published, changed, cancelled, copied, taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from threading import Barrier, Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal import moderation, posting
from portal.errors import ForbiddenError, InvalidRecordError, PortalError, StaleEditError, UnknownThingError
from portal.model.goal import Goal
from portal.model.group import GroupState
from portal.model.place import Contact, ContactKind
from portal.model.post import PostKind, PostState, Where, WhereKind
from portal.model.schedule import Rule, Schedule
from portal.permissions import ANYBODY
from portal.posts import terms
from portal.posts.checks import tidy
from portal.query import Query
from portal.schedules.occurrences import occurrences
from portal.store import Put, expected
from tests import town
from tests.portal import people
from tests.portal.people import ADMINISTRATOR, MEMBER, NEIGHBOUR, NOW, STAFF, STAFF_AND_MEMBER, facts, kept, on

GROUP = "group-hidamari"
TODAY = NOW.date()


@pytest.fixture
def town_store(store):
    """The town with its people and groups."""
    return people.settle(store)


def found(store, **values):
    """Ids of the posts that residents find."""
    return [one.place for one in store.find(Query(town.CODE, **values), TODAY, 50)]


def at_once(*works):
    """Do several things at the same moment, each in a thread; what each returned or raised."""
    barrier, outcomes = Barrier(len(works)), [None] * len(works)

    def run(place, work):
        barrier.wait()
        try:
            outcomes[place] = work()
        except PortalError as error:
            outcomes[place] = error

    threads = [Thread(target=run, args=(place, work)) for place, work in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_a_first_post_waits_and_is_found_once_it_is_approved(town_store):
    """A new group's post is a draft, waits, is found by nobody meanwhile, and is found when staff approved it."""
    draft = posting.create(town_store, MEMBER, GROUP, facts(where=people.pin()), NOW)
    assert (draft.state, draft.made_by, draft.on_paper, draft.number) == (PostState.DRAFT, "account-member", False, 1)
    waiting = posting.submit(town_store, MEMBER, draft.id, NOW)
    assert (waiting.state, waiting.submitted_at, found(town_store)) == (PostState.WAITING, NOW, [])
    live = moderation.approve(town_store, STAFF, draft.id, waiting.number, "", NOW)
    assert (live.state, live.live_at, live.decided_by) == (PostState.LIVE, NOW, "account-staff")
    assert found(town_store) == [draft.id]
    assert town_store.group(GROUP).approved_posts == 1
    assert town_store.post(draft.id) == live


def test_a_trusted_groups_post_goes_live_at_once(town_store):
    """After the municipality's number of approved posts, submitting publishes."""
    people.trust(town_store)
    draft = posting.create(town_store, MEMBER, GROUP, facts(), NOW)
    assert posting.submit(town_store, MEMBER, draft.id, NOW).state is PostState.LIVE
    assert found(town_store) == [draft.id]


def test_trust_ends_with_a_suspension(town_store):
    """What staff type in for a suspended group waits for approval, whatever the group was trusted with."""
    people.trust(town_store)
    people.state_of(town_store, GroupState.SUSPENDED)
    draft = posting.create(town_store, STAFF, GROUP, facts(), NOW)
    assert draft.typed_by == "account-staff"
    assert posting.submit(town_store, STAFF, draft.id, NOW).state is PostState.WAITING


def test_a_suspension_works_on_the_next_action_and_hides_nothing(town_store):
    """A member of a suspended group can write nothing more, and what is live stays live until they take it back."""
    people.trust(town_store)
    post = kept(town_store, PostState.LIVE)
    people.state_of(town_store, GroupState.SUSPENDED)
    with pytest.raises(ForbiddenError, match="group_suspended"):
        posting.save(town_store, MEMBER, post.id, post.number, facts("別の題"), NOW)
    with pytest.raises(ForbiddenError, match="group_suspended"):
        posting.create(town_store, MEMBER, GROUP, facts(), NOW)
    assert found(town_store) == [post.id]
    assert posting.withdraw(town_store, MEMBER, post.id, NOW).state is PostState.WITHDRAWN


def test_what_staff_type_in_is_marked_and_not_theirs_to_approve(town_store):
    """A post typed in by staff says so, and needs somebody else of the office; a member of both types in nothing."""
    typed = posting.create(town_store, STAFF, GROUP, facts(), NOW)
    typed = posting.submit(town_store, STAFF, typed.id, NOW)
    assert typed.typed_by == "account-staff"
    with pytest.raises(ForbiddenError, match=r"permissions\.own"):
        moderation.approve(town_store, STAFF, typed.id, typed.number, "", NOW)
    assert moderation.approve(town_store, people.COLLEAGUE, typed.id, typed.number, "", NOW).public
    assert not posting.create(town_store, STAFF_AND_MEMBER, GROUP, facts(), NOW).on_paper


def test_typing_the_same_again_changes_nothing(town_store):
    """Saving the same content leaves the record and its version alone, even from an older version of the form."""
    post = posting.create(town_store, MEMBER, GROUP, facts(), NOW)
    saved = posting.save(town_store, MEMBER, post.id, 1, facts("もちつき"), NOW)
    version = town_store.data_version()
    assert posting.save(town_store, MEMBER, post.id, 1, facts("もちつき"), people.later(hours=1)) == saved
    assert town_store.data_version() == version


def test_a_stale_edit_overwrites_nothing(town_store):
    """Whoever saves on top of an older version is handed the post as it is kept, and nothing is written."""
    post = posting.create(town_store, MEMBER, GROUP, facts(), NOW)
    newer = posting.save(town_store, people.OWNER, post.id, 1, facts("オーナーの題"), NOW)
    with pytest.raises(StaleEditError) as raised:
        posting.save(town_store, MEMBER, post.id, 1, facts("メンバーの題"), NOW)
    assert raised.value.values["post"] == newer == town_store.post(post.id)


def test_an_edit_of_what_was_taken_back_meanwhile_is_stale(town_store):
    """Whoever saves what another has withdrawn is told of the change, not that they may not."""
    post = kept(town_store, PostState.LIVE)
    posting.withdraw(town_store, people.OWNER, post.id, NOW)
    with pytest.raises(StaleEditError, match=r"posting\.changed"):
        posting.save(town_store, MEMBER, post.id, post.number, facts("別の題"), NOW)


def test_two_edits_at_once_keep_one(town_store):
    """Of two people who save on the same version at the same moment one is kept and the other is told."""
    post = posting.create(town_store, MEMBER, GROUP, facts(), NOW)
    outcomes = at_once(
        lambda: posting.save(town_store, MEMBER, post.id, 1, facts("一方"), NOW),
        lambda: posting.save(town_store, people.OWNER, post.id, 1, facts("他方"), NOW),
    )
    assert sum(isinstance(one, StaleEditError) for one in outcomes) == 1
    assert town_store.post(post.id).number == 2
    assert town_store.post(post.id).facts.title in {"一方", "他方"}


def test_submitting_twice_at_once_submits_once(town_store):
    """Two presses of the button are one submission: the second is told that it is no longer a draft."""
    post = posting.create(town_store, MEMBER, GROUP, facts(), NOW)
    outcomes = at_once(*[lambda: posting.submit(town_store, MEMBER, post.id, NOW)] * 2)
    assert sorted(type(one).__name__ for one in outcomes) == ["ForbiddenError", "Post"]
    assert next(one.key for one in outcomes if isinstance(one, ForbiddenError)) == "posting.not_now"
    assert town_store.post(post.id).number == 2


def test_approving_beside_another_post_of_the_group_does_not_disturb(town_store):
    """Two posts of one group approved at the same moment both count towards its trust."""
    posts = [kept(town_store, PostState.WAITING, facts=facts(f"{number}回目")) for number in (1, 2)]
    outcomes = at_once(
        *[lambda post=post: moderation.approve(town_store, STAFF, post.id, post.number, "", NOW) for post in posts]
    )
    assert [one.state for one in outcomes] == [PostState.LIVE, PostState.LIVE]
    assert town_store.group(GROUP).approved_posts == 2


def test_new_content_waits_beside_what_is_shown(town_store):
    """An edit of a live post of a new group leaves what is shown, until it is approved."""
    post = kept(town_store, PostState.LIVE, live_at=NOW)
    revised = posting.save(town_store, MEMBER, post.id, 1, facts("場所が変わりました"), NOW)
    assert (revised.facts, revised.revision.facts.title) == (post.facts, "場所が変わりました")
    assert posting.content(revised).title == "場所が変わりました"
    shown = moderation.approve(town_store, STAFF, post.id, revised.number, "", NOW)
    assert (shown.facts.title, shown.revision) == ("場所が変わりました", None)
    assert town_store.group(GROUP).approved_posts == 0


def test_going_back_to_what_is_shown_needs_nobody(town_store):
    """Typing again what is shown takes the waiting content back."""
    post = kept(town_store, PostState.LIVE)
    revised = posting.save(town_store, MEMBER, post.id, 1, facts("別の題"), NOW)
    assert posting.save(town_store, MEMBER, post.id, revised.number, post.facts, NOW).revision is None


def test_a_trusted_groups_edit_is_shown_at_once(town_store):
    """A trusted group's live post changes as it is saved, and is found by its new words."""
    people.trust(town_store)
    post = kept(town_store, PostState.LIVE)
    assert posting.save(town_store, MEMBER, post.id, 1, facts("餅つき"), NOW).revision is None
    assert found(town_store, text="餅つき") == [post.id]


@pytest.mark.parametrize("withdrawn_first", [False, True])
def test_what_was_hidden_never_comes_back_by_itself(town_store, withdrawn_first):
    """A trusted group cannot show again what staff hid: neither by editing it nor by taking it back first."""
    people.trust(town_store)
    post = kept(town_store, PostState.LIVE, live_at=NOW)
    hidden = moderation.hide(town_store, STAFF, post.id, 1, "宣伝のため", NOW)
    if withdrawn_first:
        posting.withdraw(town_store, MEMBER, post.id, NOW)
        after = posting.submit(town_store, MEMBER, post.id, NOW)
        assert after.state is PostState.WAITING
    else:
        after = posting.save(town_store, MEMBER, post.id, hidden.number, facts("直しました"), NOW)
        assert (after.state, after.revision.facts.title) == (PostState.HIDDEN, "直しました")
    assert found(town_store) == []


def test_a_returned_post_comes_before_staff_again(town_store):
    """What was returned waits when it is handed in again, though its group is trusted by now."""
    post = kept(town_store, PostState.WAITING)
    returned = moderation.return_(town_store, STAFF, post.id, 1, "日付を書いてください", NOW)
    assert (returned.state, returned.reason) == (PostState.RETURNED, "日付を書いてください")
    people.trust(town_store)
    again = posting.submit(town_store, MEMBER, post.id, NOW)
    assert (again.state, again.reason) == (PostState.WAITING, "")


def test_a_post_goes_live_when_its_time_has_come(town_store):
    """An approved post with a time waits for it, is found by nobody before, and is shown by the clock after."""
    post = kept(town_store, PostState.DRAFT)
    saved = posting.save(town_store, MEMBER, post.id, 1, post.facts, NOW, people.later(days=2))
    waiting = posting.submit(town_store, MEMBER, post.id, NOW)
    scheduled = moderation.approve(town_store, STAFF, post.id, waiting.number, "", NOW)
    assert (saved.publish_at, scheduled.state) == (people.later(days=2), PostState.SCHEDULED)
    assert posting.publish_due(town_store, people.later(days=1)) == 0
    assert posting.publish_due(town_store, people.later(days=2)) == 1
    assert town_store.post(post.id).live_at == people.later(days=2)
    assert found(town_store) == [post.id]


def test_a_suspended_groups_time_does_not_come(town_store):
    """Publishing at a time that was set is an action of the group: it waits while the group is suspended."""
    post = kept(town_store, PostState.SCHEDULED, publish_at=people.later(days=-1))
    people.state_of(town_store, GroupState.SUSPENDED)
    assert posting.publish_due(town_store, NOW) == 0
    people.state_of(town_store, GroupState.ACTIVE)
    assert posting.publish_due(town_store, NOW) == 1
    assert town_store.post(post.id).state is PostState.LIVE


def test_what_was_approved_is_not_replaced_before_its_time(town_store):
    """New content of a scheduled post of a new group waits for approval again."""
    post = kept(town_store, PostState.SCHEDULED, publish_at=people.later(days=1))
    saved = posting.save(town_store, MEMBER, post.id, 1, facts("別の題"), NOW, post.publish_at)
    assert saved.state is PostState.WAITING
    sooner = kept(town_store, PostState.SCHEDULED, publish_at=people.later(days=1))
    assert posting.save(town_store, MEMBER, sooner.id, 1, sooner.facts, NOW).state is PostState.LIVE


@pytest.mark.parametrize("at", [NOW.replace(tzinfo=None), NOW + timedelta(days=400)])
def test_a_time_that_cannot_be_is_refused(town_store, at):
    """A time without a zone or more than a year ahead is refused with a sentence."""
    post = kept(town_store)
    with pytest.raises(InvalidRecordError, match="bad_publish_at"):
        posting.save(town_store, MEMBER, post.id, 1, post.facts, NOW, at)


def test_a_cancelled_date_stays_in_sight(town_store):
    """One date called off is no day to find it by, yet it stands in the calendar as cancelled, as does its reason."""
    post = kept(town_store, PostState.LIVE, facts=facts(kind=PostKind.SERIES, schedule=people.tuesdays()))
    off = posting.cancel_dates(town_store, MEMBER, post.id, [date(2026, 12, 8)], "会場の都合", NOW)
    assert (off.state, off.reason) == (PostState.LIVE, "会場の都合")
    days = town_store.happening(Query(town.CODE), date(2026, 12, 1), date(2026, 12, 31))
    assert [(one.day.day, one.cancelled) for one in days] == [(8, True), (22, False)]
    back = posting.reinstate(town_store, MEMBER, post.id, NOW)
    assert (back.facts.schedule.cancelled, back.reason) == (frozenset(), "")


def test_a_date_is_called_off_in_what_waits_too(town_store):
    """Approving newer content does not bring a cancelled date back."""
    post = kept(town_store, PostState.LIVE, facts=facts(schedule=people.tuesdays()))
    posting.save(town_store, MEMBER, post.id, 1, facts("別の題", schedule=people.tuesdays()), NOW)
    off = posting.cancel_dates(town_store, MEMBER, post.id, [date(2026, 12, 8)], "", NOW)
    shown = moderation.approve(town_store, STAFF, post.id, off.number, "", NOW)
    assert shown.facts.schedule.cancelled == {date(2026, 12, 8)}


@pytest.mark.parametrize("days", [[], [date(2026, 12, 9)]])
def test_only_days_on_which_it_takes_place_are_called_off(town_store, days):
    """No date, or one on which nothing was to take place, is refused."""
    post = kept(town_store, PostState.LIVE, facts=facts(schedule=people.tuesdays()))
    with pytest.raises(InvalidRecordError, match=r"posting\.no_"):
        posting.cancel_dates(town_store, MEMBER, post.id, days, "", NOW)


def test_cancelled_as_a_whole_and_back(town_store):
    """A cancelled post stays public as such with its reason, and takes place again when its group says so."""
    post = kept(town_store, PostState.LIVE)
    off = posting.cancel(town_store, MEMBER, post.id, "雨のため", NOW)
    assert (off.state, off.public, off.reason) == (PostState.CANCELLED, True, "雨のため")
    assert [one.cancelled for one in town_store.happening(Query(town.CODE), TODAY, date(2026, 12, 31))] == [True]
    assert posting.reinstate(town_store, MEMBER, post.id, NOW).state is PostState.LIVE


def test_what_nobody_saw_is_taken_back_when_it_is_called_off(town_store):
    """A scheduled post that is called off is not shown as cancelled: nobody knew of it."""
    post = kept(town_store, PostState.SCHEDULED, publish_at=people.later(days=1))
    assert posting.cancel(town_store, MEMBER, post.id, "", NOW).state is PostState.WITHDRAWN


def test_nothing_to_reinstate_is_said(town_store):
    """Reinstating a live post without cancelled dates is refused."""
    post = kept(town_store, PostState.LIVE)
    with pytest.raises(InvalidRecordError, match="nothing_cancelled"):
        posting.reinstate(town_store, MEMBER, post.id, NOW)


def test_withdrawing_loses_nothing_that_was_written(town_store):
    """What waited beside the shown content is what the withdrawn post says, and is found by nobody."""
    post = kept(town_store, PostState.LIVE)
    posting.save(town_store, MEMBER, post.id, 1, facts("新しい題"), NOW)
    gone = posting.withdraw(town_store, MEMBER, post.id, NOW)
    assert (gone.facts.title, gone.revision, found(town_store)) == ("新しい題", None, [])


def test_people_are_counted_by_session(town_store):
    """The places taken of a course are kept by day, beside an edit that somebody is writing."""
    post = kept(town_store, PostState.LIVE, facts=facts(kind=PostKind.COURSE, schedule=people.tuesdays(), seats=20))
    counted = posting.count_places(town_store, MEMBER, post.id, date(2026, 12, 8), 12, NOW)
    assert (dict(counted.places_taken), counted.number) == ({"2026-12-08": 12}, post.number)
    saved = posting.save(town_store, people.OWNER, post.id, post.number, facts("題"), NOW)
    assert dict(saved.places_taken) == {"2026-12-08": 12}


@pytest.mark.parametrize(
    ("kind", "day", "count", "key"),
    [
        (PostKind.EVENT, date(2026, 12, 8), 1, "posting.not_counted"),
        (PostKind.COURSE, date(2026, 12, 9), 1, "posting.no_such_date"),
        (PostKind.COURSE, date(2026, 12, 8), -1, "post.bad_seats"),
    ],
)
def test_a_count_that_cannot_be_is_refused(town_store, kind, day, count, key):
    """Other kinds, other days and negative numbers are refused."""
    post = kept(town_store, PostState.LIVE, facts=facts(kind=kind, schedule=people.tuesdays()))
    with pytest.raises(InvalidRecordError, match=key):
        posting.count_places(town_store, MEMBER, post.id, day, count, NOW)


def test_a_copy_is_a_draft_without_its_dates(town_store):
    """Last time's post comes as a draft: no single date, no exception, no end of booking; what repeats stays."""
    both = replace(people.tuesdays(), rules=(*people.tuesdays().rules, *on(6).rules), cancelled={date(2026, 12, 8)})
    post = kept(town_store, PostState.LIVE, facts=facts(schedule=both, booking_until=TODAY, schedule_text="毎月"))
    copied = posting.copy(town_store, MEMBER, post.id, NOW)
    assert (copied.state, copied.copied_from, copied.id == post.id) == (PostState.DRAFT, post.id, False)
    assert copied.facts.schedule == people.tuesdays()
    assert (copied.facts.booking_until, copied.facts.schedule_text) == (None, "")
    single = kept(town_store, PostState.LIVE)
    assert posting.copy(town_store, MEMBER, single.id, NOW).facts.schedule is None


def test_the_next_term_begins_after_the_last(town_store):
    """第2・4火曜 from November to March come again from April to August, exceptions left out."""
    ended = replace(people.tuesdays("20270331"), cancelled=frozenset({date(2026, 12, 8)}))
    post = kept(town_store, PostState.LIVE, facts=facts(schedule=ended))
    schedule = posting.next_term(town_store, MEMBER, post.id, NOW).facts.schedule
    days = [one.starts.date() for one in occurrences(schedule, date(2026, 1, 1), date(2028, 1, 1))]
    assert (days[0], days[-1]) == (date(2027, 4, 13), date(2027, 8, 24))
    assert schedule.cancelled == frozenset()


@pytest.mark.parametrize(
    ("schedule", "key"),
    [(None, "does_not_repeat"), (on(6), "does_not_repeat"), (people.tuesdays(), "has_no_end")],
)
def test_what_has_no_next_term_is_said(town_store, schedule, key):
    """Without a repetition, or without an end, there is no next term."""
    post = kept(town_store, PostState.LIVE, facts=facts(kind=PostKind.NEWS, schedule=schedule))
    with pytest.raises(InvalidRecordError, match=key):
        posting.next_term(town_store, MEMBER, post.id, NOW)


@settings(max_examples=60, deadline=None)
@given(
    start=st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    rule=st.sampled_from(["FREQ=WEEKLY", "FREQ=WEEKLY;INTERVAL=2", "FREQ=MONTHLY;BYDAY=2TU", "FREQ=DAILY;INTERVAL=3"]),
    count=st.integers(1, 30),
)
def test_terms_follow_one_another(start, rule, count):
    """The next term of a counted rule has as many dates, the first of them where the rule would have gone on."""
    schedule = Schedule((Rule(datetime(start.year, start.month, start.day, 10), 60, f"{rule};COUNT={count}"),))
    endless = Schedule((Rule(datetime(start.year, start.month, start.day, 10), 60, rule),))
    far = date(2040, 1, 1)
    both = [one.starts for one in occurrences(endless, start, far)][: 2 * count]
    if len(occurrences(schedule, start, far)) == count:
        following = terms.next_term(schedule)
        assert [one.starts for one in occurrences(following, start, far)] == both[count:]


def test_a_guessed_id_tells_nothing(town_store):
    """A draft of another group and an id that does not exist get the same answer; administrators are told."""
    draft = kept(town_store)
    answers = []
    for actor in (ANYBODY, NEIGHBOUR, people.VISITOR_STAFF):
        for post_id in (draft.id, "post-0000000000000000", "post-' OR 1=1 --", ""):
            with pytest.raises(PortalError) as raised:
                posting.save(town_store, actor, post_id, 1, facts(), NOW)
            answers.append(str(raised.value))
    assert answers == ["permissions.sign_in"] * 4 + ["permissions.forbidden"] * 8
    with pytest.raises(UnknownThingError):
        posting.see(town_store, ADMINISTRATOR, "post-0000000000000000")


@pytest.mark.parametrize(
    ("values", "key"),
    [
        ({"where": Where(WhereKind.PLACE, place="no-such-place")}, "posting.no_such_place"),
        ({"where": Where(WhereKind.DISTRICT, district="no-such-district")}, "posting.no_such_district"),
        ({"activity": "no_such_kind"}, "posting.no_such_activity"),
        ({"goals": frozenset({"no_such_goal"})}, "posting.no_such_goal"),
        ({"title": "\u200b\u202e"}, "post.no_title"),
        ({"contacts": (Contact(ContactKind.URL, "javascript:alert(1)", public=True),)}, "post.bad_url"),
        ({"contacts": (Contact(ContactKind.URL, "//evil.example", public=True),)}, "post.bad_url"),
        ({"contacts": (Contact(ContactKind.OTHER, "a" * 1_000_000),)}, "model.text_too_long"),
        ({"kind": PostKind.HELP_WANTED, "contacts": (people.phone(),)}, "post.help_is_relayed"),
    ],
)
def test_what_the_municipality_does_not_have_is_refused(town_store, values, key):
    """A place, district, goal or kind that does not exist, a title of nothing and a script as a link are refused."""
    version = town_store.data_version()
    with pytest.raises(InvalidRecordError, match=key):
        posting.create(town_store, MEMBER, GROUP, facts(**values), NOW)
    assert town_store.data_version() == version


def test_a_place_of_another_municipality_is_none(town_store):
    """A post names places and districts of its own municipality only."""
    elsewhere = replace(town.place("place-elsewhere"), municipality=people.ELSEWHERE)
    town_store.apply([Put(elsewhere)], people.SAID)
    with pytest.raises(InvalidRecordError, match="no_such_place"):
        posting.create(town_store, MEMBER, GROUP, facts(where=Where(WhereKind.PLACE, place=elsewhere.id)), NOW)


def test_what_exists_is_taken(town_store):
    """A place, a district, a goal and a kind of activity of the municipality go in."""
    place = town.place("place-salon")
    town_store.apply([Put(place), Put(Goal(town.CODE, "mimamori", "見守り", "Watching over"))], people.SAID)
    values = {"goals": frozenset({"mimamori"}), "activity": "elderly_salon"}
    post = posting.create(town_store, MEMBER, GROUP, facts(where=Where(WhereKind.PLACE, place=place.id), **values), NOW)
    assert town_store.post(post.id).facts.where.place == place.id


def test_hidden_signs_go_and_line_breaks_stay():
    """Text keeps its lines and its emoji; what turns text round, NUL and zero-width signs go."""
    assert tidy("一\r\n二\u2028三\x00\ud800\u202e\u200b👨‍👩‍👧 葛󠄀") == "一\n二\n三👨‍👩‍👧 葛󠄀"


def test_help_is_always_relayed(town_store):
    """Whoever asks for help or offers it is reached through the council only."""
    post = posting.create(town_store, MEMBER, GROUP, facts(kind=PostKind.HELP_WANTED, schedule=None), NOW)
    assert post.facts.relayed


def test_a_member_who_sees_is_told_that_it_is_not_the_time(town_store):
    """Whoever may do it in another state is told that, and not that they have no right."""
    post = kept(town_store, PostState.LIVE)
    with pytest.raises(ForbiddenError, match=r"posting\.not_now"):
        posting.submit(town_store, MEMBER, post.id, NOW)


def test_a_change_behind_the_services_back_is_seen(town_store):
    """A record that is not as it was read is never written over: the store compares within the transaction."""
    post = kept(town_store)
    town_store.apply([Put(replace(post, number=9))], people.SAID)
    with pytest.raises(StaleEditError):
        town_store.apply([Put(replace(post, number=2))], people.SAID, [expected(post)])
