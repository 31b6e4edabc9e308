"""Sample content: complete, harmless, and never to be taken for a real place."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

import pytest
import shapely

from geodata.areas import districts, kinds, samples
from geodata.areas.tables import schools
from portal.errors import UnknownThingError
from portal.model.kind import EVACUATION_KINDS
from portal.model.place import ContactKind
from portal.model.position import distance_m
from portal.model.shelter import Opening
from portal.schedules.occurrences import occurrences

TODAY = date(2025, 12, 1)
CODES = ["13103", "27107", "27108", "27125", "28210"]
FRESHNESS_DAYS = 180

each_municipality = pytest.mark.parametrize("code", CODES)


def _of_kind(code, kind):
    return [place for place in samples(code, TODAY) if place.facts.kind == kind]


areas_of = cache(districts)


def _districts_of(place, layer):
    at = place.facts.position
    return [
        district.name
        for district in areas_of(place.municipality)
        if district.layer == layer and at and shapely.contains_xy(district.geometry, at.lon, at.lat)
    ]


@each_municipality
def test_every_kind_is_there(code):
    """Each municipality has at least 16 samples, and at least one of every kind that a place can be of."""
    places = samples(code, TODAY)
    assert len(places) >= 16
    assert {place.facts.kind for place in places} == {kind.key for kind in kinds() if not kind.post}


@each_municipality
def test_samples_are_marked(code):
    """A sample is marked by its origin, its id and its name in both languages, and so is its group."""
    for place in samples(code, TODAY):
        assert place.sample
        assert place.id == f"sample-{place.origin.record}"
        assert place.facts.name.endswith("（見本）")
        assert place.facts.name_en.endswith("(sample)")
        assert not place.facts.group or place.facts.group.endswith("（見本）")


@each_municipality
def test_ids_and_names_are_unique(code):
    """No two samples of a municipality share an id or a name."""
    places = samples(code, TODAY)
    assert len({place.id for place in places}) == len({place.facts.name for place in places}) == len(places)


@each_municipality
def test_contacts_reach_nobody(code):
    """Telephone numbers are all zeros, addresses of mail and pages are those kept for examples (RFC 2606)."""
    harmless = {
        ContactKind.PHONE: re.compile(r"00-0000-0000"),
        ContactKind.EMAIL: re.compile(r"[a-z]+@example\.jp"),
        ContactKind.URL: re.compile(r"https://example\.jp/"),
        ContactKind.PERSON: re.compile(r"見本 \S+"),
    }
    for place in samples(code, TODAY):
        for contact in place.facts.contacts:
            assert harmless[contact.kind].fullmatch(contact.value)
            assert not (contact.public and contact.kind is ContactKind.PERSON)


@each_municipality
def test_activities_take_place(code):
    """Every sample of daily life has a schedule, wholly understood, that comes about within ten weeks."""
    for place in samples(code, TODAY):
        if place.facts.kind in EVACUATION_KINDS:
            assert place.facts.schedule is None
            continue
        assert place.facts.schedule, place.facts.name
        assert place.facts.schedule.note == "", place.facts.name
        assert occurrences(place.facts.schedule, TODAY, TODAY + timedelta(weeks=10)), place.facts.name


@each_municipality
def test_one_sample_lies_outside(code):
    """Every sample with a position lies in one district of the municipality, but for one that shows the case."""
    placed = [place for place in samples(code, TODAY) if place.facts.position]
    outside = [place.facts.name for place in placed if not _districts_of(place, "city")]
    assert len(outside) == 1
    assert all(len(_districts_of(place, "city")) == 1 for place in placed if place.facts.name not in outside)


@each_municipality
def test_some_samples_have_no_position(code):
    """At least one sample has no position, one was never verified, and one was verified too long ago."""
    places = samples(code, TODAY)
    assert any(place.facts.position is None for place in places)
    assert any(place.verified_on is None for place in places)
    assert any(place.verified_on and (TODAY - place.verified_on).days > FRESHNESS_DAYS for place in places)
    assert not any(place.verified_on and place.verified_on > TODAY for place in places)


@each_municipality
def test_samples_stand_on_no_school(code):
    """No sample stands on a school: each is 80 m or more from every one."""
    for place in samples(code, TODAY):
        if place.facts.position:
            assert min(distance_m(place.facts.position, row.at) for row in schools()) >= 80, place.facts.name


@each_municipality
def test_sample_evacuation_sites_mislead_nobody(code):
    """Evacuation samples say that they are no real site, are not said to be open, and stand only near a town."""
    for kind in EVACUATION_KINDS:
        for place in _of_kind(code, kind):
            assert "実在する避難先ではありません" in place.facts.description
            assert place.facts.shelter
            assert place.facts.shelter.opening is Opening.UNKNOWN
            assert bool(place.facts.shelter.hazards) == (kind == "emergency_site")
            assert place.facts.shelter.accepts or kind != "welfare_shelter"


@each_municipality
def test_samples_are_spread(code):
    """Samples lie in at least half of the elementary districts of a ward, and in ten of the larger cities."""
    found = {name for place in samples(code, TODAY) for name in _districts_of(place, "elementary")}
    every = [district for district in areas_of(code) if district.layer == "elementary"]
    assert len(found) >= min(10, len(every) / 2)


def test_taisho_has_a_table_in_each_area():
    """大正区 has one discussion table in each of its ten areas."""
    tables = [_districts_of(place, "elementary") for place in _of_kind("27108", "discussion_table")]
    assert sorted(tables) == sorted([district.name] for district in areas_of("27108") if district.layer == "elementary")


def test_minato_has_a_volunteer_corner_in_each_district():
    """東京都港区 has one volunteer corner in each of its five districts."""
    corners = [_districts_of(place, "five_districts") for place in _of_kind("13103", "volunteer_corner")]
    assert sorted(corners) == sorted([["芝"], ["麻布"], ["赤坂"], ["高輪"], ["芝浦港南"]])


def test_suminoe_has_its_six_cafes():
    """住之江区 has its six cafés; the one of 海の町, whose place is not known, has no position."""
    cafes = {place.facts.name: place.facts.position for place in _of_kind("27125", "community_cafe")}
    assert len(cafes) == 6
    assert [name for name, at in cafes.items() if at is None] == ["海の町ふれあい喫茶（見本）"]


def test_events_follow_the_day():
    """An event is held a number of days after the day that the samples are made for."""
    later = TODAY + timedelta(days=400)
    for early, late in zip(samples("27107", TODAY), samples("27107", later), strict=True):
        if early.facts.kind == "event":
            starts = [place.facts.schedule.rules[0].start for place in (early, late)]
            assert starts[1] - starts[0] == timedelta(days=400)


def test_no_samples_elsewhere():
    """A municipality that is not built in has no samples, and asking for them says so."""
    with pytest.raises(UnknownThingError):
        samples("27100", TODAY)
