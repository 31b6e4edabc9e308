"""How many people have a kind of place within a walk: a small town whose answers are worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from portal.errors import InvalidRecordError, UnknownThingError
from portal.laying_out import lay_out
from portal.model.membership import Membership
from portal.model.place import Access, Origin
from portal.model.position import Precision
from portal.model.report_table import Wanted
from portal.model.schedule import Rule, Schedule
from portal.model.standard import EVERYBODY, Ages
from portal.reach.reaching import AGES, METRES, Question, by_district, reach
from portal.reach.tables import TABLES
from portal.store import Put
from portal.words import LANGUAGES
from tests import town
from tests.db.records import make_listing, make_post
from tests.portal.reach.builders import figure, home
from tests.town import CODE, TODAY

if TYPE_CHECKING:
    from portal.reach.reaching import Reached
    from portal.store import Store

TUESDAYS = Schedule((Rule(datetime(2026, 11, 24, 10), 120, "FREQ=WEEKLY"),))
YEARLY = Schedule((Rule(datetime(2027, 1, 5, 10), 120, "FREQ=YEARLY"),))
"""A Tuesday, but six weeks away."""
ASKED = Question(CODE)
FIGURES = ("reach", "reach_by_district", "siting", "what_if")
"""The tables of what is counted; the others list the records behind them."""


@pytest.fixture
def people_in(store: Store) -> Store:
    """Three points of a hundred people each: in 西小, in 東小 and outside the town."""
    homes = (home("m1", 0.5, 0.5), home("m2", 1.5, 0.5), home("m3", 3.5, 0.5))
    store.apply([Put(item) for item in homes])
    return store


def add(store, *places):
    """Put places with their dates into the store."""
    store.apply([Put(place) for place in places])
    lay_out(store, list(places), TODAY)
    return store


def one(store, question=ASKED, ages=EVERYBODY, metres=500, kind="") -> Reached:
    """The one figure of these."""
    found = [
        item for item in reach(store, question, TODAY) if (item.ages, item.metres, item.kind) == (ages, metres, kind)
    ]
    assert len(found) == 1
    return found[0]


def test_people_near_a_place_are_reached(people_in):
    """One salon at one of three points: a third of the people, of every age, at every distance."""
    add(people_in, town.place("p1"))
    assert [round(one(people_in, metres=metres).reached) for metres in METRES] == [100, 100, 100]
    old = one(people_in, ages=Ages(65))
    assert (old.reached, old.people.total, old.share) == (30, 90, pytest.approx(1 / 3))
    assert (old.people.how, len(old.spots)) == ("points", 1)


def test_every_kind_has_its_own_figures_and_all_together_count_once(people_in):
    """A salon and a hall at one point reach its people once; a kind without any place reaches nobody."""
    add(
        people_in,
        town.place("p1"),
        town.place("p2", "会館", kind="facility"),
        town.place("p3", "会館", 1.5, kind="facility"),
    )
    assert one(people_in).reached == 200
    by_kind = [one(people_in, kind=kind).reached for kind in ("elderly_salon", "facility", "ibasho")]
    assert by_kind == [100, 200, 0]
    assert len(reach(people_in, ASKED, TODAY)) == 4 * len(AGES) * len(METRES)


def test_shelters_are_no_places_of_daily_life_unless_asked_for(people_in):
    """A shelter counts only where the question names its kind."""
    add(people_in, town.place("p1", "小学校", kind="shelter"))
    assert one(people_in).reached == 0
    assert one(people_in, Question(CODE, ("shelter",)), kind="shelter").reached == 100


def test_a_weekday_counts_what_is_held_on_it_soon(people_in):
    """A salon on Tuesdays counts on Tuesdays; one six weeks away and one without dates do not."""
    later, undated = town.place("p2", "年に一度", 1.5, schedule=YEARLY), town.place("p3", "いつか", 3.5)
    add(people_in, town.place("p1", schedule=TUESDAYS), later, undated)
    assert one(people_in).reached == 300
    assert one(people_in, Question(CODE, weekday="tue")).reached == 100
    assert one(people_in, Question(CODE, weekday="wed")).reached == 0


def test_step_free_counts_only_what_is_known_to_be(people_in):
    """Where nothing is said of steps, a place does not count for somebody in a wheelchair."""
    add(people_in, town.place("p1", access=frozenset({Access.STEP_FREE})), town.place("p2", "階段", 1.5))
    assert one(people_in, Question(CODE, step_free=True)).reached == 100


def test_regular_activities_count_as_their_kind_and_news_do_not(people_in):
    """A group's weekly salon reaches those who live near it; news about a salon and a single event do not."""
    for number, (kind, column) in enumerate((("series", 0.5), ("news", 1.5), ("event", 3.5))):
        name = f"post-{number}"
        fields = {"municipality": CODE, "kind": kind, "activity": "elderly_salon", "position": town.spot(column, 0.5)}
        listed = make_listing(name, precision=Precision.EXACT, **fields)
        people_in.apply([Put(make_post(name, municipality=CODE)), Put(listed), Put(Membership(name, "city", None))])
    assert one(people_in, kind="elderly_salon").reached == 100


def test_samples_count_only_where_they_are_asked_for(people_in):
    """Sample content makes no figure unless somebody wants to see how it would look."""
    sample = replace(town.place("p1"), origin=Origin("sample", "p1"))
    add(people_in, sample)
    assert one(people_in).reached == 0
    assert one(people_in, Question(CODE, samples=True)).reached == 100


def test_approximate_positions_count_and_are_numbered(people_in):
    """A place known by its block counts and is numbered; one without a position, or by its district only, does not."""
    block, nowhere = town.place("p1", precision=Precision.BLOCK), town.place("p2", "位置なし", None)
    vague = town.place("p4", "どこか", 3.5, precision=Precision.DISTRICT)
    add(people_in, block, nowhere, vague, town.place("p3", "会館", 1.5))
    assert (one(people_in).reached, len(one(people_in).spots), one(people_in).spots.approximate) == (200, 2, 1)


def test_where_people_are_not_known_nothing_is_said_of_them(store):
    """Without people reach is not known, which is not zero."""
    add(store, town.place("p1"))
    found = one(store)
    assert (found.reached, found.share, found.people.how) == (None, None, "none")
    assert by_district(store, ASKED, "elementary", EVERYBODY, TODAY) == []


def test_districts_and_outside_make_up_all(people_in):
    """Each district has its own people and reach, outside has the rest, and the sums are the totals of every layer."""
    add(people_in, town.place("p1"), town.place("p2", "遠く", 3.5))
    for layer, names in (("elementary", ["北東小", "北西小", "東小", "西小"]), ("junior_high", ["北中", "南中"])):
        found = by_district(people_in, ASKED, layer, EVERYBODY, TODAY)
        assert [item.district and item.district.name for item in found] == [*names, None]
        assert sum(item.people for item in found) == 300
        assert sum(item.reached[500] for item in found) == one(people_in).reached == 200
    west = next(item for item in found if item.district and item.district.name == "南中")
    assert (west.people, west.reached[300]) == (200, 100)


def test_a_day_that_is_no_weekday_is_refused():
    """``today`` and nonsense are no weekday."""
    for day in ("today", "<script>", "Mon"):
        with pytest.raises(InvalidRecordError):
            Question(CODE, weekday=day)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("known", ["points", "spread", "none"])
def test_each_table_says_how_it_is_counted(store, language, known):
    """The tables name the factor, the day, the places and how people are known, and have a definition a column."""
    store.apply(
        [Put(item) for item in {"points": [home("m1", 0.5, 0.5)], "spread": [figure("西小")], "none": []}[known]]
    )
    add(store, town.place("p1", precision=Precision.TOWN))
    params = {"ages": "65-", "weekday": "", "kind": "elderly_salon"}
    for name in FIGURES:
        table = TABLES[name](store, Wanted(CODE, TODAY, language, params))
        assert (table.name, table.day) == (name, TODAY)
        assert "1.3" in table.counted
        assert ("2026-11-22" in table.counted) == (known != "none")
        assert all(column.label and column.definition for column in table.columns)
        assert bool(table.rows) == (name == "reach" or (known != "none" and name in {"reach_by_district", "what_if"}))
        assert bool(table.sources) == (known != "none")


def test_the_rows_of_the_tables_are_the_figures(people_in):
    """A row says kind, ages, metres, people reached, all people, share, places and how many are approximate."""
    add(people_in, town.place("p1"))
    table = TABLES["reach"](people_in, Wanted(CODE, TODAY, "ja", {"kind": "elderly_salon"}))
    assert table.rows[10] == ("高齢者サロン", "65歳以上", 500, 30, 90, 33.3, 1, 0)
    districts = TABLES["reach_by_district"](people_in, Wanted(CODE, TODAY, "en", {"ages": "65-"}))
    assert [column.key for column in districts.columns[:3]] == ["district", "people", "reached_300"]
    assert districts.rows[-1] == ("Outside every district", 30, 0, 0.0, 0, 0.0, 0, 0.0)
    assert [area is None for area in districts.areas] == [False] * 4 + [True]


def test_a_kind_that_there_is_not_is_said(people_in):
    """A slip in a kind is refused: it would look as if nobody were reached."""
    with pytest.raises(UnknownThingError):
        reach(people_in, Question(CODE, ("elderly_saloon",)), TODAY)


def test_a_layer_that_there_is_not_is_said(people_in):
    """A table of a layer that the municipality does not have is refused, not empty."""
    with pytest.raises(UnknownThingError):
        TABLES["reach_by_district"](people_in, Wanted(CODE, TODAY, params={"layer": "nowhere"}))
