"""What goes out in calendars and news is what everybody may see, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from portal.clock import today
from portal.listing import follow_place
from portal.model.post import PUBLIC, PostKind, PostState, Revision, Where, WhereKind
from portal.store import Put
from tests import town
from tests.pages.feeds.showing import MARK, TOWN, all_feeds, feed_of
from tests.portal import people


@pytest.mark.parametrize("state", PostState)
def test_only_what_is_public_goes_out(store, here, salon, state):
    """Of a draft, of what waits, was returned, hidden or taken back there is no letter in any feed."""
    facts = people.facts(MARK, text=f"{MARK}の文", where=Where(WhereKind.PLACE, place=salon.id))
    people.kept(store, state, facts=facts, live_at=people.NOW)
    assert (MARK in all_feeds(here)) is (state in PUBLIC)


def test_what_waits_beside_what_is_shown_does_not_go_out(store, here):
    """New content that is not approved yet is in no feed."""
    waiting = Revision(people.facts(MARK), people.NOW, "account-member")
    people.kept(store, PostState.LIVE, revision=waiting, live_at=people.NOW)
    assert MARK not in all_feeds(here)


def test_nobody_is_named_between_residents(store, here):
    """Help between residents has no group, no spot and no point in any feed that does not bear the group's name."""
    facts = people.facts(MARK, kind=PostKind.HELP_WANTED, where=people.pin(), relayed=True)
    people.kept(store, PostState.LIVE, facts=facts, live_at=people.NOW)
    text = all_feeds(here, but="_group")
    assert MARK in text
    assert not any(hidden in text for hidden in ("ひだまりの会", "第一公園", "GEO:"))


def test_a_group_is_not_known_by_what_it_posts_between_residents(store, here):
    """Its own feeds do not hold its help between residents, which would name it."""
    facts = people.facts(MARK, kind=PostKind.HELP_OFFERED, relayed=True)
    people.kept(store, PostState.LIVE, facts=facts, live_at=people.NOW)
    assert not any(
        MARK in feed_of(here, name, "group-hidamari") for name in ("calendar_group", "rss_group", "atom_group")
    )


def test_what_is_gone_or_for_staff_alone_does_not_go_out(store, here, salon):
    """A place that its source no longer holds is in no feed, not as a post's place either; nor is a private contact."""
    people.kept(
        store, PostState.LIVE, facts=people.facts(where=Where(WhereKind.PLACE, place=salon.id)), live_at=people.NOW
    )
    before = all_feeds(here)
    assert "ひだまりサロン" in before
    assert "06-9999-9999" not in before
    gone = replace(salon, gone_on=today())
    store.apply([Put(gone), *follow_place(store, gone, today())])
    assert "ひだまりサロン" not in all_feeds(here)


def test_addresses_of_what_was_taken_back_are_gone(store, visit, salon):
    """The calendar of what was public is a 410, of what there never was a 404, and of another's address a 301."""
    post = people.kept(store, PostState.WITHDRAWN, live_at=people.NOW)
    never = people.kept(store, PostState.DRAFT)
    visitor = visit()
    assert visitor.get(f"/{TOWN}/post/{post.id}/calendar.ics").status_code == 410
    assert visitor.get(f"/{TOWN}/post/{never.id}/calendar.ics").status_code == 404
    assert visitor.get(f"/{TOWN}/district/none/calendar.ics").status_code == 404
    assert visitor.get(f"/{TOWN}/kind/shelter/calendar.ics").status_code == 404
    elsewhere = visitor.get(f"/feeds/{people.ELSEWHERE}/place/p1/calendar.ics")
    assert (elsewhere.status_code, elsewhere.headers["location"]) == (
        301,
        f"../../../{town.CODE}/place/p1/calendar.ics",
    )
