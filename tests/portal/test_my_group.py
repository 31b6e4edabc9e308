"""My group: each post in its list, and the one next thing to do."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from portal import enquiring, my_group
from portal.enquiring import Question
from portal.errors import ForbiddenError, NotSignedInError
from portal.model.group import GroupState
from portal.model.post import PostKind, PostState, Revision
from portal.model.usage import UsageCount, Use
from portal.permissions import ANYBODY
from portal.store import Put
from portal.words import LANGUAGES, say
from tests import town
from tests.portal import people
from tests.portal.people import MEMBER, NEIGHBOUR, NOW, OWNER, STAFF
from tests.town import TODAY

GROUP = "group-hidamari"


@pytest.fixture
def peopled(store):
    """The town with everybody and their two groups."""
    return people.settle(store)


def see(store, now=NOW, actor=MEMBER):
    """What the member sees."""
    return my_group.overview(store, actor, GROUP, now)


def next_key(store, now=NOW):
    """The key of the next thing to do, once it is certain that it is a sentence in every language."""
    step = see(store, now).next_step
    assert all(say(step.key, language, **step.values) for language in LANGUAGES)
    return step.key


def test_every_post_is_in_the_list_of_its_state(peopled):
    """Live, waiting, returned, half written, to come, out of sight, over: nothing of the group's is missing."""
    new = Revision(people.facts("新しい内容"), NOW, MEMBER.id)
    posts = {state: people.kept(peopled, state) for state in PostState}
    revised = people.kept(peopled, PostState.LIVE, revision=new)
    sent_back = people.kept(peopled, PostState.LIVE, revision=replace(new, returned="日付を直してください。"))
    over = people.kept(peopled, PostState.LIVE, facts=people.facts(schedule=people.on(21, month=11)))
    people.kept(peopled, PostState.LIVE, group="group-tonari")
    seen = see(peopled)

    def ids(items):
        return {item.id for item in items}

    living = {posts[PostState.LIVE].id, posts[PostState.CANCELLED].id, revised.id, sent_back.id}
    assert ids(seen.live) == living
    assert ids(seen.waiting) == {posts[PostState.WAITING].id, revised.id}
    assert ids(seen.returned) == {posts[PostState.RETURNED].id, sent_back.id}
    assert ids(seen.drafts) == {posts[PostState.DRAFT].id}
    assert ids(seen.scheduled) == {posts[PostState.SCHEDULED].id}
    assert ids(seen.hidden) == {posts[PostState.HIDDEN].id}
    assert ids(seen.withdrawn) == {posts[PostState.WITHDRAWN].id}
    assert ids(seen.over) == {over.id}
    assert ids(seen.running_out) == living


def test_what_runs_out_has_its_last_date_within_fourteen_days(peopled):
    """An event of 6 December runs out on 22 November and not before; what goes on for ever never does."""
    event = people.kept(peopled, PostState.LIVE)
    people.kept(peopled, PostState.LIVE, facts=people.facts(kind=PostKind.SERIES, schedule=people.tuesdays()))
    people.kept(peopled, PostState.LIVE, facts=people.facts(kind=PostKind.NEWS, schedule=None))
    assert [post.id for post in see(peopled).running_out] == [event.id]
    assert see(peopled, NOW - timedelta(days=1)).running_out == ()
    assert event not in see(peopled, NOW + timedelta(days=14)).over
    assert event in see(peopled, NOW + timedelta(days=15)).over


def test_uses_members_and_places_are_shown(peopled):
    """How often each post was used in ninety days, who acts for the group, and which place is to be made sure of."""
    post = people.kept(peopled, PostState.LIVE)
    days = [(TODAY, 2), (TODAY - timedelta(days=89), 3), (TODAY - timedelta(days=90), 50)]
    places = [
        replace(town.place("late"), verified_on=TODAY - timedelta(days=366)),
        replace(town.place("fresh"), verified_on=TODAY),
        replace(town.place("gone"), gone_on=TODAY),
    ]
    counts = [UsageCount(post.id, day, Use.VIEWED, count) for day, count in days]
    peopled.apply([*map(Put, counts), *map(Put, places), Put(people.group(places=("late", "fresh", "gone")))])
    seen = see(peopled)
    assert seen.uses[post.id] == {Use.VIEWED: 5, Use.CALENDAR: 0, Use.ASKED: 0}
    assert next((item.account.id, item.owner) for item in seen.members) == (OWNER.id, True)
    assert {item.account.id for item in seen.members} == {OWNER.id, MEMBER.id, people.STAFF_AND_MEMBER.id}
    assert [(item.place.id, item.past_limit) for item in seen.places] == [("late", True), ("fresh", False)]


def test_one_next_thing_the_most_urgent_first(peopled):
    """From a good state on, each more urgent thing takes the place of the last."""
    series = people.facts("お茶会", kind=PostKind.SERIES, schedule=people.tuesdays())
    people.kept(peopled, PostState.LIVE, facts=series, changed_at=NOW)
    assert next_key(peopled) == "my_group.next_nothing"
    assert next_key(peopled, NOW + timedelta(days=60)) == "my_group.next_quiet"
    people.kept(peopled, PostState.DRAFT)
    assert next_key(peopled) == "my_group.next_finish"
    ending = replace(series, schedule=people.tuesdays("20261208"))
    ends = people.kept(peopled, PostState.LIVE, facts=ending)
    assert next_key(peopled) == "my_group.next_term"
    assert see(peopled).next_step.about == ends.id
    late = replace(town.place("late"), verified_on=TODAY - timedelta(days=366))
    peopled.apply([Put(late), Put(people.group(places=("late",)))])
    assert next_key(peopled) == "my_group.next_make_sure"
    asked = people.kept(peopled, PostState.LIVE, facts=people.facts(relayed=True))
    enquiring.ask(peopled, asked.id, Question("みなも", "06-0000-0000", "行けますか"), NOW, "https://p.example.jp")
    assert next_key(peopled) == "my_group.next_answer"
    people.kept(peopled, PostState.RETURNED, facts=people.facts("直すもの"))
    assert next_key(peopled) == "my_group.next_mend"
    assert see(peopled).next_step.values == {"title": "直すもの"}


def test_a_series_whose_next_term_is_written_is_left_alone(peopled):
    """Nobody is asked to make what they have made."""
    ending = people.facts("お茶会", kind=PostKind.SERIES, schedule=people.tuesdays("20261208"))
    post = people.kept(peopled, PostState.LIVE, facts=ending, changed_at=NOW)
    people.kept(peopled, PostState.WAITING, facts=ending, copied_from=post.id)
    assert next_key(peopled) == "my_group.next_nothing"


def test_a_new_group_is_led_to_its_first_post(peopled):
    """Without any post the first one is next; with only past ones a new one; what waits is waited for."""
    assert next_key(peopled) == "my_group.next_first_post"
    past = people.facts(schedule=people.on(3, month=11))
    people.kept(peopled, PostState.LIVE, facts=past, live_at=NOW - timedelta(days=30), changed_at=NOW)
    assert next_key(peopled) == "my_group.next_new_post"
    people.kept(peopled, PostState.WAITING, changed_at=NOW)
    assert next_key(peopled) == "my_group.next_nothing"


@pytest.mark.parametrize("state", [state for state in GroupState if state is not GroupState.ACTIVE])
def test_a_group_that_is_not_active_reads_why(peopled, state):
    """Before all else a group reads how it stands, and nobody's question."""
    post = people.kept(peopled, PostState.LIVE, facts=people.facts(relayed=True))
    enquiring.ask(peopled, post.id, Question("みなも", "06-0000-0000", "行けますか"), NOW, "https://p.example.jp")
    people.state_of(peopled, state)
    assert next_key(peopled) == f"my_group.next_{state}"
    assert see(peopled).enquiries == ()


def test_who_sees_my_group(peopled):
    """Members and the office; another group and a visitor do not, whether it exists or not."""
    assert see(peopled, actor=STAFF).group.id == GROUP
    for group_id in (GROUP, "group-0000000000000000"):
        with pytest.raises(ForbiddenError):
            my_group.overview(peopled, NEIGHBOUR, group_id, NOW)
        with pytest.raises(NotSignedInError):
            my_group.overview(peopled, ANYBODY, group_id, NOW)
