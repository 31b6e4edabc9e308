"""Sample groups and posts: complete, harmless, and never to be taken for real ones."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.areas import districts, goals, kinds, sample_groups, sample_posts, samples
from geodata.areas.tables import schools
from portal.errors import UnknownThingError
from portal.model.group import GroupState
from portal.model.municipality import Municipality
from portal.model.place import ContactKind
from portal.model.position import Point, distance_m
from portal.model.post import COUNTED, DATED, HELP, PUBLIC, PostKind, PostState, WhereKind
from portal.schedules.occurrences import State, occurrences

TODAY = date(2026, 11, 22)
CODES = ["13103", "27107", "27108", "27125", "28210"]
TEN_WEEKS = timedelta(weeks=10)
TRUST_AFTER = Municipality("99901", "町", "Town", "", Point(135, 34)).trust_after
HARMLESS = {
    ContactKind.PHONE: re.compile(r"00-0000-0000"),
    ContactKind.EMAIL: re.compile(r"mihon@example\.jp"),
    ContactKind.URL: re.compile(r"https://example\.jp/"),
    ContactKind.PERSON: re.compile(r"見本 \S+"),
}

each_municipality = pytest.mark.parametrize("code", CODES)
areas_of = cache(districts)


def _coming(post, today=TODAY):
    schedule = post.facts.schedule
    return occurrences(schedule, today, today + TEN_WEEKS) if schedule else []


@each_municipality
def test_every_kind_of_post_is_there(code):
    """Each municipality has 3 to 5 groups and 8 to 12 posts, at least one of every kind that a post can be of."""
    posts = sample_posts(code, TODAY)
    assert 3 <= len(sample_groups(code, TODAY)) <= 5
    assert 8 <= len(posts) <= 12
    assert {post.facts.kind for post in posts} == set(PostKind)


@each_municipality
def test_samples_are_marked(code):
    """Groups and posts are marked as samples by their records, their ids and their names."""
    for group in sample_groups(code, TODAY):
        assert group.sample
        assert group.id.startswith(f"group-sample-{code}-")
        assert group.name.endswith("（見本）")
    for post in sample_posts(code, TODAY):
        assert post.sample
        assert post.id == f"post-sample-{post.outside.record}"
        assert post.outside.record.startswith(f"{code}-")
        assert post.facts.title.endswith("（見本）")


@each_municipality
def test_ids_and_titles_are_unique(code):
    """No two posts of a municipality share an id or a title, and no two groups an id or a name."""
    posts, groups = sample_posts(code, TODAY), sample_groups(code, TODAY)
    assert len({post.id for post in posts}) == len({post.facts.title for post in posts}) == len(posts)
    assert len({group.id for group in groups}) == len({group.name for group in groups}) == len(groups)


@each_municipality
def test_groups_are_registered_and_trusted_or_not(code):
    """Every group is registered and has consented; some are trusted already and some are not yet."""
    groups = sample_groups(code, TODAY)
    assert {group.state for group in groups} == {GroupState.ACTIVE}
    assert all(group.consented_at and group.decided_at for group in groups)
    assert {group.approved_posts >= TRUST_AFTER for group in groups} == {True, False}


@each_municipality
def test_contacts_reach_nobody(code):
    """Every telephone, mail and web address is one that is nobody's; a person's name is not public."""
    groups, posts = sample_groups(code, TODAY), sample_posts(code, TODAY)
    assert all(any(contact.public for contact in group.contacts) for group in groups)
    for contact in [one for group in groups for one in group.contacts] + [
        one for post in posts for one in post.facts.contacts
    ]:
        assert HARMLESS[contact.kind].fullmatch(contact.value)
        assert not (contact.public and contact.kind is ContactKind.PERSON)
    for post in posts:
        assert post.facts.where.url in {"", "https://example.jp/"}
        assert not re.search(r"\d{2,}-\d|@|https?:", post.facts.text + post.reason)


@each_municipality
def test_what_is_named_exists(code):
    """Groups, places, districts, goals and activities that are named are there, and every post serves a goal."""
    places = {place.id for place in samples(code, TODAY)}
    areas = {district.id for district in areas_of(code)}
    groups = sample_groups(code, TODAY)
    assert all(set(group.places) <= places and group.district in {"", *areas} for group in groups)
    known, of_place = {goal.key for goal in goals(code)}, {kind.key for kind in kinds() if not kind.post}
    for post in sample_posts(code, TODAY):
        facts = post.facts
        assert post.group in {group.id for group in groups}
        assert facts.where.place in {"", *places}
        assert facts.where.district in {"", *areas}
        assert facts.goals
        assert facts.goals <= known
        assert facts.activity in {"", *of_place}
    assert any(post.facts.activity for post in sample_posts(code, TODAY))


@each_municipality
def test_every_way_to_say_where_is_there(code):
    """Most posts are at a sample place; one has a pin, one is online, and some name a district only."""
    ways = [post.facts.where.kind for post in sample_posts(code, TODAY)]
    assert ways.count(WhereKind.PLACE) > len(ways) / 2
    assert ways.count(WhereKind.PIN) == ways.count(WhereKind.ONLINE) == 1
    assert ways.count(WhereKind.DISTRICT) >= 1


@each_municipality
def test_pins_stand_in_the_municipality_and_on_no_school(code):
    """A pin lies within the municipality, 80 m or more from every school."""
    whole = next(district.geometry for district in areas_of(code) if district.layer == "city")
    for pin in [post.facts.where.position for post in sample_posts(code, TODAY)]:
        if pin:
            assert shapely.contains_xy(whole, pin.lon, pin.lat)
            assert min(distance_m(pin, row.at) for row in schools()) >= 80


@each_municipality
def test_one_date_and_one_whole_post_are_cancelled(code):
    """One post has one coming date cancelled, another is cancelled as a whole, with its reason; all are public."""
    posts = sample_posts(code, TODAY)
    dates = [[item for item in _coming(post) if item.state is State.CANCELLED] for post in posts]
    assert sorted(len(found) for found in dates)[-2:] == [0, 1]
    whole = [post for post in posts if post.state is PostState.CANCELLED]
    assert len(whole) == 1
    assert whole[0].reason
    assert all(post.state in PUBLIC for post in posts)


@each_municipality
@settings(max_examples=5, deadline=None)
@given(today=st.dates(date(2025, 1, 1), date(2035, 12, 31)))
def test_what_has_dates_comes_about_on_any_day(code, today):
    """Whenever the samples are made, what has dates has one to come, wholly understood, and was posted before."""
    for post in sample_posts(code, today):
        assert post.made_at <= post.live_at
        assert post.live_at.date() < today
        assert post.facts.schedule is None or post.facts.schedule.note == ""
        if post.facts.kind in DATED:
            assert any(item.state is State.SCHEDULED for item in _coming(post, today)), post.facts.title


@each_municipality
def test_places_taken_are_those_of_coming_sessions(code):
    """A course and a consultation count who booked, on their own dates, never more than there are seats."""
    for post in sample_posts(code, TODAY):
        assert bool(post.places_taken) == (post.facts.kind in COUNTED)
        days = {item.starts.date().isoformat() for item in _coming(post)}
        assert set(post.places_taken) <= days
        assert all(0 < count <= post.facts.seats for count in post.places_taken.values())


@each_municipality
def test_help_shows_no_contact(code):
    """Help between residents is relayed and shows no contact; other posts show one or are relayed."""
    for post in sample_posts(code, TODAY):
        assert bool(post.facts.contacts) != post.facts.relayed
        assert post.facts.relayed or post.facts.kind not in HELP


@each_municipality
def test_some_are_held_in_english(code):
    """Something that takes place is held in Japanese and English, and then its text has English, too."""
    spoken = [post for post in sample_posts(code, TODAY) if post.facts.languages]
    assert {post.facts.languages for post in spoken} == {frozenset({"ja", "en"})}
    assert any(post.facts.kind in DATED for post in spoken)
    assert all(re.search(r"[A-Za-z]{3,} [a-z]{2,}", post.facts.text) or "英語" in post.facts.text for post in spoken)


def test_no_samples_elsewhere():
    """A municipality that is not built in has no sample groups or posts, and asking for them says so."""
    for ask in (sample_groups, sample_posts):
        with pytest.raises(UnknownThingError):
            ask("27100", TODAY)
