"""The filters as an address carries them, and the days that their words stand for."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.errors import InvalidRecordError
from portal.model.place import Audience
from portal.model.position import Point, distance_m, walking_minutes
from portal.normalise import fold, words
from portal.query import WEEKDAYS, Query, TimeOfDay, View, day_span, from_params, to_params

MONDAY, SUNDAY = date(2026, 11, 16), date(2026, 11, 22)
NAMES = st.text(st.characters(categories=("Ll", "Nd")), min_size=1, max_size=8)


@given(
    st.builds(
        Query,
        municipality=st.just("27108"),
        kinds=st.lists(NAMES, max_size=4).map(tuple),
        layer=NAMES,
        districts=st.lists(NAMES, max_size=4).map(tuple),
        day=st.sampled_from(["", "today", "weekend", *WEEKDAYS, "2026-12-08"]),
        time=st.none() | st.sampled_from(TimeOfDay),
        audience=st.none() | st.sampled_from(Audience),
        free=st.booleans(),
        no_booking=st.booleans(),
        step_free=st.booleans(),
        text=st.lists(NAMES, max_size=4).map(" ".join),
        near=st.none() | st.builds(Point, st.just(135.470001), st.just(34.65)),
        evacuation=st.sampled_from([True, False, None]),
        hazard=st.sampled_from(["", "tsunami"]),
    )
)
def test_a_query_survives_its_address(query):
    """Every filter goes into the address and comes back as it was."""
    assert from_params(to_params(query)) == query


@pytest.mark.parametrize(
    "params",
    [
        {"day": "someday"},
        {"day": "2026-02-30"},
        {"time": "noon"},
        {"audience": "<script>"},
        {"near": "34.6"},
        {"near": "nan,135"},
        {"near": "95,135"},
        {"q": "a b c d e f g h i"},
        {"kind": ",".join(map(str, range(61)))},
    ],
)
def test_an_unreadable_address_is_refused(params):
    """What cannot be read raises; no filter is guessed or passed over."""
    with pytest.raises(InvalidRecordError):
        from_params({"municipality": "27108", **params})


def test_words_for_days():
    """Today, the coming week and the weekend are days; on a Sunday the weekend is that day."""
    assert day_span("", MONDAY) is None
    assert day_span("today", MONDAY) == (MONDAY, MONDAY, None)
    assert day_span("week", MONDAY) == (MONDAY, SUNDAY, None)
    assert day_span("weekend", MONDAY) == (date(2026, 11, 21), SUNDAY, None)
    assert day_span("weekend", SUNDAY) == (SUNDAY, SUNDAY, None)
    assert day_span("tue", MONDAY)[2] == 2


def test_words_are_folded():
    """Width, case and kana do not matter, and a word counts once."""
    assert fold("ｶﾌｪ　Ｃａｆｅ") == "かふぇ cafe"
    assert words("カフェ かふぇ ＣＡＦＥ") == ["かふぇ", "cafe"]


def test_a_view_off_the_globe_is_refused():
    """A rectangle that is turned over or off the globe is no view."""
    for values in ((136, 34, 135, 35, 10), (135, 35, 136, 34, 10), (135, 34, 136, 95, 10), (135, 34, 136, 35, 99)):
        with pytest.raises(InvalidRecordError):
            View(*values)


def test_distances_and_walks():
    """A degree of latitude is 111 km; 800 m in a straight line are 13 minutes on foot."""
    assert distance_m(Point(135, 34), Point(135, 35)) == pytest.approx(111_195, rel=1e-4)
    assert walking_minutes(800) == 13
    assert walking_minutes(0) == 1
