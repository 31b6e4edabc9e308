"""What is missing comes in order of the people it touches, and is said in words."""

from __future__ import annotations

from portal.coverage.assess import assess
from portal.coverage.gaps import gaps, sentence
from portal.coverage.naming import Names
from portal.model.standard import Ages, StandardRule
from portal.store import Put
from tests import town
from tests.portal.coverage.figures import (
    EAST,
    NORTH_EAST,
    NORTH_WEST,
    WEST,
    put_people,
    put_places,
    standard,
    survey,
    verified,
)


def found_gaps(store):
    """The gaps of the town."""
    return gaps(assess(store, town.CODE, town.TODAY))


def test_gaps_are_in_order_of_people_and_unknown_ones_last(store):
    """The most people first, districts of unknown people at the end by name; what is covered is no gap."""
    store.apply([Put(standard())])
    put_people(store, 西小=900, 東小=100, 北西小=500)
    put_places(store, verified(town.place("a")))
    assert [(gap.standing.district.name, gap.affected) for gap in found_gaps(store)] == [
        (NORTH_WEST, 500),
        (EAST, 100),
        (NORTH_EAST, None),
    ]


def test_districts_of_unknown_people_are_by_name(store):
    """Where nobody knows the people, the names decide."""
    store.apply([Put(standard())])
    names = [gap.standing.district.name for gap in found_gaps(store)]
    assert names == sorted(names)
    assert len(names) == 4


def test_every_gap_is_said_in_one_sentence(store):
    """Short, stale, none, not surveyed and unknown people each have their own sentence, in both languages."""
    store.apply([Put(standard(at_least=2)), Put(survey(NORTH_WEST))])
    store.apply([Put(standard(key="often", rule=StandardRule.SESSIONS, ages=Ages(65), order=1))])
    put_places(
        store,
        verified(town.place("a")),
        town.place("b", "つどい", column=1.5),
        town.place("c", "つどい", column=1.6),
    )
    by_key = {(gap.assessed.standard.key, gap.standing.district.name): gap for gap in found_gaps(store)}
    ja = Names(store, town.CODE, "ja")
    assert sentence(by_key["salon", WEST], ja) == "「高齢者サロン」は1か所で、目安の2か所に足りません。"
    assert "365日以内" in sentence(by_key["salon", EAST], ja)
    assert sentence(by_key["salon", NORTH_WEST], ja) == "「高齢者サロン」はありません(2026-11-22に調査)。"
    assert "まだ調べていません" in sentence(by_key["salon", NORTH_EAST], ja)
    assert "人口が分からないため" in sentence(by_key["often", WEST], ja)
    english = {sentence(gap, Names(store, town.CODE, "en")) for gap in by_key.values()}
    assert all("Elderly salon" in text and "{" not in text for text in english)


def test_a_rule_is_said_in_one_sentence(store):
    """Kind, layer, number, ages and the limit of verification stand in it."""
    names = Names(store, town.CODE, "ja")
    count = standard()
    near = standard(rule=StandardRule.WITHIN, at_least=90, metres=500, ages=Ages(65), verified_days=None)
    often = standard(rule=StandardRule.SESSIONS, at_least=2.5, ages=Ages(0, 5), verified_days=None)
    assert names.rule(count) == (
        "小学校区ごとに「高齢者サロン」が1か所以上あること。365日以内に確認されたものだけで足りること。"
    )
    assert names.rule(near) == (
        "小学校区ごとに、65歳以上の人の90%以上に、歩いて500メートル以内に「高齢者サロン」があること。"
    )
    assert "0～5歳の人1,000人あたり、28日間に「高齢者サロン」が2.5回" in names.rule(often)
    assert [names.figure(near, figure) for figure in (89.996, 90.0, None)] == ["89.99%", "90%", "不明"]
    assert names.figure(often, 2.25) == "1,000人あたり2.25回"
    assert names.standard(standard(name="サロン")) == "サロン"
    assert names.standard(standard(goal="ties")) == "ties"
