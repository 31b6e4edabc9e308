"""What a review needs comes back as it was put, and counts by district are right."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from duckdb import connect

from db import open_store
from portal.model.district import AgeBand
from portal.model.indicator import Better, Indicator, Measure
from portal.model.membership import Membership
from portal.model.need import NeedCount, NeedLook, NeedRelease
from portal.model.outreach import Outreach, Way
from portal.model.people_point import PeoplePoint
from portal.model.position import Point
from portal.model.post import Where, WhereKind
from portal.model.snapshot import CoverageSnapshot
from portal.model.standard import Ages, CoverageState, Standard, StandardRule
from portal.model.survey import Survey
from portal.review_reader import Held, Tallied
from portal.store import Drop, Occurring, Put, key_of
from tests.db.records import NOON, SOURCE, TODAY, TOWN, make_listing, make_place, make_post, marked

STANDARD = Standard(
    TOWN, "salon", "elementary", StandardRule.WITHIN, 90, kind="elderly_salon", metres=500, ages=Ages(65)
)
RECORDS = (
    replace(STANDARD, verified_days=365, source=SOURCE, name="サロン", order=2),
    Survey(TOWN, "elementary", "d1", TODAY, "a1", "川上", note="町会に聞きました。"),
    PeoplePoint(TOWN, "5135", Point(135.4, 34.6), 120, TODAY, (AgeBand(65, None, 10, 12),), SOURCE),
    NeedCount(TOWN, "elementary", "西小", TODAY, 34, "要介護", 4, SOURCE),
    NeedRelease(TOWN, 1, NOON, TODAY, {"elementary/西小/": "30"}),
    NeedLook("look-1", TOWN, "a1", NOON, "個別避難計画の打合せ"),
    Indicator(
        TOWN,
        "ties",
        "つながり",
        "Ties",
        "%",
        values={"2016": None, "2022": 47.1},
        targets={"2026": 55.0},
        progress={"2025-08-31": 116},
        better=Better.LESS,
        measure=Measure.POSTS,
        source=SOURCE,
    ),
    CoverageSnapshot(TOWN, TODAY, "salon", "西小", CoverageState.SHORT, 0.5, None, 1),
    Outreach("outreach-1", TOWN, "group-g1", NOON, "a1", Way.LETTER, "silent_12", "返事を待つ"),
)
ASKED = (
    "standards",
    "surveys",
    "people_points",
    "need_counts",
    "need_releases",
    "need_looks",
    "indicators",
    "coverage_snapshots",
    "outreaches",
)


@pytest.mark.parametrize(("record", "asked"), list(zip(RECORDS, ASKED, strict=True)), ids=ASKED)
def test_a_record_comes_back_changes_and_goes(record, asked):
    """Each kind of record is the same after it was kept and is gone after it was dropped; others' are left alone."""
    store = open_store(":memory:")
    other = replace(record, municipality="27107", **({"id": "x"} if hasattr(record, "id") else {}))
    other = replace(other, district="d9") if isinstance(other, Survey) else other
    store.apply([Put(record), Put(other)])
    assert getattr(store, asked)(TOWN) == [record]
    store.apply([Put(record)])
    assert getattr(store, asked)(TOWN) == [record]
    store.apply([Drop(type(record), key_of(record))])
    assert getattr(store, asked)(TOWN) == []
    assert getattr(store, asked)("27107") == [other]


def _laid(post_id, **facts):
    """A live regular activity of a group, with what is found of it."""
    post = make_post(post_id, facts=facts)
    activity = facts.get("activity", "")
    return [Put(replace(post, changed_at=NOON)), Put(make_listing(post_id, kind="series", activity=activity))]


def test_records_are_counted_by_district_and_kind():
    """Places and regular activities count as their kind; a place that is gone, samples and events do not."""
    store = open_store(":memory:")
    old, new = TODAY - timedelta(days=400), TODAY - timedelta(days=365)
    places = [
        marked(make_place("p1", kind="elderly_salon"), verified_on=new),
        marked(make_place("p2", kind="elderly_salon"), verified_on=old),
        marked(make_place("p3", kind="elderly_salon"), gone_on=TODAY, verified_on=TODAY),
        marked(make_place("p4", kind="elderly_salon"), origin=replace(make_place().origin, dataset="sample")),
        make_place("p5", kind="ibasho"),
    ]
    posts = [
        *_laid("q1", activity="elderly_salon"),
        *_laid("q2", activity="elderly_salon", where=Where(WhereKind.PLACE, place="p1")),
    ]
    inside = [Membership(one, "elementary", "d1") for one in ("p1", "p3", "p4", "q1", "q2")]
    store.apply([*map(Put, places), *posts, *map(Put, inside), Put(Membership("p2", "elementary", "d2"))])
    asked = store.tally(TOWN, "elementary", TODAY, 365, samples=False)
    assert asked == [
        Tallied("d1", "elderly_salon", 2, 2),
        Tallied("d2", "elderly_salon", 1, 0),
        Tallied(None, "ibasho", 1, 0),
    ]
    assert store.tally(TOWN, "elementary", TODAY, None, samples=True)[0] == Tallied("d1", "elderly_salon", 3, 0)


def test_sessions_are_counted_by_district_and_kind():
    """Each laid-out day counts once, what is cancelled and other days do not."""
    store = open_store(":memory:")
    store.apply([Put(make_place("p1", kind="elderly_salon")), Put(Membership("p1", "elementary", "d1"))])
    days = [TODAY, TODAY + timedelta(days=7), TODAY + timedelta(days=28)]
    laid = [Occurring("p1", day, 600) for day in days] + [Occurring("p1", TODAY + timedelta(days=1), 600, True)]  # noqa: FBT003  # cancelled
    store.lay_out(laid, TODAY, TODAY + timedelta(days=62), None)
    held = store.sessions_held(TOWN, "elementary", TODAY, TODAY + timedelta(days=27), samples=False)
    assert held == [Held("d1", "elderly_salon", 2)]


def test_an_older_store_learns_when_its_places_were_verified(tmp_path):
    """The day is taken from the record's own last field, not from a text that looks like it."""
    file = tmp_path / "portal.duckdb"
    tricky = make_place("p2", description='"verified_on":"1999-01-01"}', extra={"verified_on": "1998-01-01"})
    store = open_store(f"duckdb://{file}")
    store.apply([Put(marked(make_place("p1"), verified_on=date(2026, 5, 1))), Put(tricky)])
    store.close()
    with connect(str(file)) as session:
        session.execute("ALTER TABLE place DROP COLUMN verified_on")
        for (name,) in session.execute("SELECT table_name FROM duckdb_tables()").fetchall():
            if name in {it.removesuffix("s") for it in ASKED} | {"outreach"}:
                session.execute(f"DROP TABLE {name}")
        session.execute("DELETE FROM migration WHERE number = 4")
    open_store(f"duckdb://{file}").close()
    with connect(str(file)) as session:
        found = session.execute("SELECT id, verified_on FROM place ORDER BY id").fetchall()
    assert found == [("p1", date(2026, 5, 1)), ("p2", None)]
