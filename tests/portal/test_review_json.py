"""The review as plain data: the shape that machines read, and figures worked by hand."""

from __future__ import annotations

import json
from dataclasses import replace

from portal import review_json
from portal.assigning import memberships
from portal.coverage import marking
from portal.model.district import AgeBand, Population
from portal.model.indicator import Indicator
from portal.model.standard import Ages, Standard, StandardRule
from portal.store import Put
from tests import town
from tests.portal import people

VALUES = {"2022": 47.1, "2016": None}


def salons(key, at_least, **values):
    """So many salons in every elementary district."""
    return Standard(town.CODE, key, "elementary", StandardRule.COUNT, at_least, kind="elderly_salon", **values)


def test_the_review_of_a_small_town(store):
    """Two salons in the west, one of them not verified, none in the east; the north-west was looked at."""
    people.settle(store)
    places = [
        replace(town.place("p1", column=0.3), verified_on=town.TODAY),
        town.place("p2", column=0.6),
        town.place("p3", column=0.5, row=5.0),
    ]
    bands = (AgeBand(0, 64, 300, 300), AgeBand(65, None, 150, 250))
    store.apply(
        [
            *map(Put, places),
            Put(
                Standard(
                    town.CODE, "one", "elementary", StandardRule.COUNT, 1.0, kind="elderly_salon", verified_days=90
                )
            ),
            Put(Standard(town.CODE, "two", "elementary", StandardRule.COUNT, 2.0, kind="elderly_salon", ages=Ages(65))),
            Put(Population(town.CODE, "elementary", "東小", town.TODAY, 1000, 450, 550, bands)),
            Put(
                Indicator(
                    town.CODE,
                    "ties",
                    "つながり",
                    "Ties",
                    "%",
                    values={"2022": 47.1, "2016": None},
                    targets={"2026": 55.0},
                )
            ),
        ]
    )
    store.apply([*map(Put, memberships(store, places, town.TODAY))])
    marking.mark(store, people.STAFF, town.CODE, marking.Looked(f"{town.CODE}-elementary-北西小"), town.NOW)
    found = json.loads(json.dumps(review_json.review(store, [town.CODE], town.TODAY)))["municipalities"][town.CODE]
    one, two = found["standards"]
    states = {name: district["state"] for name, district in one["districts"].items()}
    assert states == {"西小": "covered", "東小": "not_surveyed", "北西小": "none", "北東小": "not_surveyed"}
    assert (one["rule"], one["kind"], one["layer"], one["outside"]) == ("count >= 1", "elderly_salon", "elementary", 1)
    assert one["districts"]["西小"]["verified"] == 1
    assert (two["districts"]["西小"]["state"], two["districts"]["西小"]["figure"]) == ("covered", 2)
    assert two["districts"]["東小"]["people"] == 400
    assert two["districts"]["西小"]["people"] is None
    assert found["indicators"] == [
        {
            "key": "ties",
            "name": "つながり",
            "unit": "%",
            "values": {"2022": 47.1, "2016": None},
            "target": {"2026": 55.0},
            "progress": {},
        }
    ]
    assert found["use"] == {
        "posts": 0,
        "target": None,
        "groups": 2,
        "top_ten_share": None,
        "gini": None,
        "silent": found["use"]["silent"],
    }
    assert {row["metres"] for row in found["reach"]} == {300, 500, 1000}


def test_a_rule_in_one_line():
    """Each rule is said with its number, its distance and its ages."""
    near = Standard(town.CODE, "n", "elementary", StandardRule.WITHIN, 90, kind="ibasho", metres=500, ages=Ages(65))
    often = Standard(town.CODE, "s", "elementary", StandardRule.SESSIONS, 1.5, kind="ibasho")
    assert review_json.rule(near) == "within 500 m >= 90 % of 65-"
    assert review_json.rule(often) == "sessions in 28 days >= 1.5 per 1000 of 0-"
