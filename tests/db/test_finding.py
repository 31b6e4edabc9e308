"""Each filter finds what it says, and every question applies the same filters."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db import open_store
from portal.model.kind import EVACUATION_KINDS
from portal.model.membership import Membership
from portal.model.place import Access, Audience, Booking, Fee
from portal.model.shelter import Hazard, ShelterFacts
from portal.normalise import fold
from portal.query import HORIZON_DAYS, Query, TimeOfDay, View, day_span
from portal.store import Occurring, Put
from tests.db.records import TODAY, TOWN, make_place, marked

JAPAN = View(122, 20, 154, 46, 5)
LAST = TODAY + timedelta(days=HORIZON_DAYS)


def found(store, **filters):
    """Ids of what the query finds, in the store's order."""
    return [one.place for one in store.find(Query(TOWN, **filters), TODAY, 100)]


def lay_out(store, *occurrences):
    """Lay occurrences out, each a place, days from today and a minute."""
    laid = [Occurring(place, TODAY + timedelta(days=days), minute) for place, days, minute in occurrences]
    store.lay_out(laid, TODAY, LAST, None)


def test_what_is_gone_or_elsewhere_is_never_found(store):
    """Neither a place that its source no longer holds nor one of another municipality is an answer."""
    gone, other = marked(make_place("gone"), gone_on=TODAY), marked(make_place("other"), municipality="13103")
    store.apply(map(Put, [make_place("here"), gone, other]))
    assert found(store) == ["here"]


def test_evacuation_is_apart_from_daily_life(store):
    """False finds daily life only, True shelters and sites only, None both; kinds narrow that down further."""
    store.apply(Put(make_place(kind, kind=kind)) for kind in ["ibasho", *sorted(EVACUATION_KINDS)])
    assert found(store, evacuation=False) == ["ibasho"]
    assert set(found(store, evacuation=True)) == EVACUATION_KINDS
    assert len(found(store, evacuation=None)) == 4
    assert found(store, evacuation=True, kinds=("ibasho", "shelter")) == ["shelter"]
    assert found(store, evacuation=False, kinds=("shelter",)) == []


def test_yes_and_no_filters_want_what_is_known(store):
    """Free, no booking and step-free find what is known to be so, and unknown is not so."""
    plain = make_place("plain")
    free = make_place("free", fee=Fee.FREE, booking=Booking.NEEDED)
    easy = make_place("easy", booking=Booking.NOT_NEEDED, access=frozenset({Access.STEP_FREE, Access.WIFI}))
    store.apply(map(Put, [plain, free, easy]))
    assert found(store, free=True) == ["free"]
    assert found(store, no_booking=True) == ["easy"]
    assert found(store, step_free=True) == ["easy"]
    assert found(store, free=True, step_free=True) == []


def test_audience_and_hazard_are_among_several(store):
    """One audience or hazard of several is found, and a part of another's name is not."""
    both = make_place("both", audience=frozenset({Audience.OLDER, Audience.CARERS}))
    site = make_place("site", kind="emergency_site", shelter=ShelterFacts(frozenset({Hazard.INLAND_FLOOD})))
    store.apply(map(Put, [both, site, make_place("none")]))
    assert found(store, audience=Audience.CARERS) == ["both"]
    assert found(store, audience=Audience.PARENTS) == []
    assert found(store, evacuation=True, hazard="inland_flood") == ["site"]
    assert found(store, evacuation=True, hazard="flood") == []


def test_districts_are_those_of_the_layer(store):
    """Several districts are joined by or; outside is what lies in none, what is not assigned yet too."""
    store.apply(Put(make_place(place)) for place in "abcd")
    memberships = [
        ("a", "elementary", "d1"),
        ("b", "elementary", "d2"),
        ("c", "elementary", None),
        ("a", "branch", "d2"),
    ]
    store.apply(Put(Membership(*row)) for row in memberships)
    assert found(store, layer="elementary", districts=("d1",)) == ["a"]
    assert found(store, layer="elementary", districts=("d1", "d2")) == ["a", "b"]
    assert found(store, layer="elementary", districts=("outside",)) == ["c", "d"]
    assert found(store, layer="elementary", districts=("outside", "d2")) == ["b", "c", "d"]
    assert found(store, layer="branch", districts=("d2",)) == ["a"]
    counts = store.count_by_district(Query(TOWN), TODAY, "elementary")
    assert counts == {"d1": 1, "d2": 1, None: 2}


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"day": "today"}, ["a"]),
        ({"day": "tomorrow"}, ["b", "c"]),
        ({"day": "weekend"}, ["a"]),
        ({"day": "mon"}, ["b", "c", "e"]),
        ({"day": "week"}, ["a", "b", "c"]),
        ({"day": "2026-11-29"}, ["d"]),
        ({"day": "tomorrow", "time": TimeOfDay.MORNING}, ["b"]),
        ({"day": "tomorrow", "time": TimeOfDay.AFTERNOON}, []),
        ({"time": TimeOfDay.MORNING}, ["b"]),
        ({"time": TimeOfDay.AFTERNOON}, ["a", "d"]),
        ({"time": TimeOfDay.EVENING}, ["e"]),
        ({"day": "sun", "time": TimeOfDay.EVENING}, []),
    ],
)
def test_days_and_times_are_those_of_one_occurrence(store, filters, expected):
    """Day, weekday and time of day hold for one and the same occurrence; what has no hour is in no part of the day."""
    store.apply(Put(make_place(place)) for place in "abcdef")
    lay_out(
        store,
        ("a", 0, 720),
        ("b", 1, 719),
        ("c", 1, None),
        ("d", 7, 1019),
        ("e", 8, 1020),
        ("f", -1, 600),
        ("f", 99, 600),
    )
    assert sorted(found(store, **filters)) == expected


@pytest.mark.parametrize(
    "text", ["カフェ", "ｶﾌｪ", "かふぇ　鶴町", "tsuru cafe", "ＴＳＵＲＵ", "団体", "火曜", "どなたでも", "車椅子"]
)
def test_words_are_found_in_any_spelling(store, text):
    """Every word must occur somewhere in the place's texts, whatever its width, case and kana."""
    facts = {
        "name": "喫茶カフェ",
        "name_en": "Tsuru Cafe",
        "address": "大正区鶴町一丁目",
        "group": "ある団体",
        "schedule_note": "第２火曜",
        "audience_note": "どなたでも",
        "description": "車椅子でどうぞ",
    }
    store.apply([Put(make_place("cafe", **facts)), Put(make_place("other"))])
    assert found(store, text=text) == ["cafe"]
    assert found(store, text=f"{text} 麻雀") == []


@pytest.mark.parametrize("text", ["%", "_", "\\", "100%", "a_b", "%%", "\\%", "a\\"])
def test_signs_of_like_are_plain_signs(store, text):
    """A per cent sign, an underscore and a backslash find themselves and nothing else."""
    store.apply([Put(make_place("signs", name=f"x{text}y")), Put(make_place("plain", name="100 axb"))])
    assert found(store, text=text) == ["signs"]


@pytest.mark.parametrize(
    "text", ["'; DROP TABLE place; --", "' OR '1'='1", "$1", "-- include: matching.sql", "\x00", "|"]
)
def test_texts_are_data_wherever_they_stand(store, text):
    """No value of a query or a record is ever read as SQL."""
    store.apply([Put(make_place("p1", name=f"{text} x")), Put(Membership("p1", text, text))])
    query = Query(text, (text,), text, (text,), hazard=text, text=text)
    assert store.find(query, TODAY, 10) == []
    assert store.count_by_district(Query(TOWN), TODAY, text) == {text: 1}
    assert found(store, layer=text, districts=(text,), text=text) == ["p1"]
    assert store.place(text) is None


def test_a_page_of_nothing_is_empty(store):
    """An empty store answers every question."""
    assert store.find(Query(TOWN), TODAY, 10) == []
    assert store.count(Query(TOWN), TODAY) == 0
    assert store.count_by_kind(Query(TOWN), TODAY) == {}
    assert store.count_by_district(Query(TOWN), TODAY, "elementary") == {}
    assert store.clusters(Query(TOWN), JAPAN, TODAY) == []


MINUTES = {TimeOfDay.MORNING: range(720), TimeOfDay.AFTERNOON: range(720, 1020), TimeOfDay.EVENING: range(1020, 2880)}
PLACES = st.builds(
    lambda lon, kind, name, marks, shelter, gone: marked(
        make_place("p", lon, kind=kind, name=name, shelter=shelter, **marks), gone_on=TODAY if gone else None
    ),
    st.none() | st.sampled_from([135.1, 135.2, 135.3]),
    st.sampled_from(["ibasho", "shelter", "emergency_site", "elderly_salon"]),
    st.sampled_from(["つどい カフェ", "ツドイ", "100%", "体操 a_b"]),
    st.fixed_dictionaries(
        {
            "audience": st.frozensets(st.sampled_from([Audience.OLDER, Audience.PARENTS])),
            "fee": st.sampled_from(Fee),
            "booking": st.sampled_from(Booking),
            "access": st.frozensets(st.sampled_from([Access.STEP_FREE, Access.WIFI])),
        }
    ),
    st.none() | st.builds(ShelterFacts, st.frozensets(st.sampled_from([Hazard.FLOOD, Hazard.INLAND_FLOOD]))),
    st.sampled_from([False, False, False, True]),
)
DISTRICTS = st.sampled_from(["d1", "d2", None, "not assigned"])
OCCURRENCES = st.lists(
    st.tuples(st.integers(-3, 70), st.none() | st.sampled_from([0, 719, 720, 1019, 1020])), max_size=3
)
QUERIES = st.builds(
    Query,
    st.just(TOWN),
    kinds=st.lists(st.sampled_from(["ibasho", "shelter", "elderly_salon"]), max_size=2).map(tuple),
    layer=st.just("elementary"),
    districts=st.lists(st.sampled_from(["d1", "d2", "outside"]), max_size=2).map(tuple),
    day=st.sampled_from(["", "", "today", "week", "weekend", "tue", "sun", "2026-12-01"]),
    time=st.none() | st.sampled_from(TimeOfDay),
    audience=st.none() | st.sampled_from([Audience.OLDER, Audience.EVERYONE]),
    free=st.sampled_from([False, False, True]),
    no_booking=st.sampled_from([False, False, True]),
    step_free=st.sampled_from([False, False, True]),
    text=st.sampled_from(["", "", "つどい", "かふぇ つど", "%", "_"]),
    evacuation=st.sampled_from([False, True, None, None]),
    hazard=st.sampled_from(["", "", "flood", "inland_flood"]),
)


def happens(query, occurrences):
    """Whether one of the occurrences is one that the query asks for."""
    if not query.day and not query.time:
        return True
    first, last, weekday = day_span(query.day, TODAY) or (TODAY, LAST, None)
    for days, minute in occurrences:
        day = TODAY + timedelta(days=days)
        in_part = query.time is None or (minute is not None and minute in MINUTES[query.time])
        if first <= day <= last and weekday in (None, day.isoweekday()) and in_part:
            return True
    return False


def wanted(query, place, district, occurrences):
    """Whether the query finds the place, in plain Python: the filters once more, to hold the SQL against."""
    facts = place.facts
    lies_in = district if district in ("d1", "d2") else "outside"
    hazards = facts.shelter.hazards if facts.shelter else frozenset()
    return all(
        (
            place.gone_on is None,
            query.evacuation in (None, facts.kind in EVACUATION_KINDS),
            not query.kinds or facts.kind in query.kinds,
            not query.districts or lies_in in query.districts,
            happens(query, occurrences),
            query.audience is None or query.audience in facts.audience,
            not query.free or facts.fee is Fee.FREE,
            not query.no_booking or facts.booking is Booking.NOT_NEEDED,
            not query.step_free or Access.STEP_FREE in facts.access,
            not query.hazard or query.hazard in hazards,
            all(word in fold(facts.name) for word in query.words),
        )
    )


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(PLACES, DISTRICTS, OCCURRENCES), max_size=12), st.lists(QUERIES, min_size=3, max_size=5))
def test_every_question_agrees_with_the_filters(town, queries):
    """List, counts, spots and clusters all answer for exactly the places that the filters let through."""
    town = [(replace(place, id=f"p{number:02}"), *rest) for number, (place, *rest) in enumerate(town)]
    store = open_store(":memory:")
    store.apply(Put(place) for place, _, _ in town)
    store.apply(
        Put(Membership(place.id, "elementary", district)) for place, district, _ in town if district != "not assigned"
    )
    lay_out(store, *((place.id, days, minute) for place, _, occurrences in town for days, minute in occurrences))
    for query in queries:
        hits = [place for place, district, occurrences in town if wanted(query, place, district, occurrences)]
        on_map = [place.id for place in hits if place.facts.position]
        assert sorted(found.place for found in store.find(query, TODAY, 100)) == [place.id for place in hits]
        assert store.count(query, TODAY) == len(hits)
        assert sum(store.count_by_kind(query, TODAY).values()) == len(hits)
        assert sum(store.count_by_district(query, TODAY, "elementary").values()) == len(hits)
        assert store.count_in_view(query, JAPAN, TODAY) == len(on_map)
        assert [spot.id for spot in store.spots(query, JAPAN, TODAY, 100)] == on_map
        assert sum(cluster.count for cluster in store.clusters(query, JAPAN, TODAY)) == len(on_map)
    store.close()


def test_the_calendar_of_these_tests_begins_on_a_sunday():
    """The expected days above count from a Sunday."""
    assert date(2026, 11, 22) == TODAY
    assert TODAY.isoweekday() == 7
