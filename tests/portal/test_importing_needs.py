"""Importing numbers of people in need: what finds its district, and what is said of the rest."""

from __future__ import annotations

from datetime import date

import pytest

from portal.errors import ConflictError, UnknownThingError
from portal.importing.needs import plan_needs
from portal.importing.plan import carry_out
from portal.model.batch import ImportKind
from portal.model.need import NeedCount
from portal.model.need_intake import NeedIntake, NeedRow
from portal.model.source import Source
from tests.town import CODE, order

APRIL = date(2026, 4, 1)
SOURCE = Source("避難行動要支援者数")


def row(line, area, count=30, category="", layer=""):
    """One number of a table."""
    return NeedRow(line, layer, area, APRIL, count, category)


def planned(store, *rows, **asked):
    """What importing these rows by elementary district would change."""
    asked = {"municipality": CODE, "layer": "elementary", **asked}
    return plan_needs(store, NeedIntake(rows, (), len(rows), SOURCE), order(ImportKind.NEEDS, **asked))


def test_numbers_find_their_district_and_bring_a_release(store):
    """A district is found by its short name; the numbers and what is shown of them come in one change."""
    plan = planned(store, row(2, "西小学校区"), row(3, "西小学校区", 12, "要介護"), row(4, "よその校区"))
    assert (plan.tally.new, plan.tally.outside) == (2, 1)
    assert [(item.line, item.key) for item in plan.findings] == [(4, "importing.no_such_district")]
    assert store.need_releases(CODE) == []
    carry_out(store, plan)
    assert store.need_counts(CODE)[0] == NeedCount(CODE, "elementary", "西小", APRIL, 30, "", None, SOURCE)
    (made,) = store.need_releases(CODE)
    assert (made.number, made.as_of, made.shown) == (1, APRIL, {})


def test_the_table_may_say_the_layer_itself(store):
    """A column 区域の種類 names the layer, over that of the command; an unknown layer is asked for."""
    carry_out(store, planned(store, row(2, "南中", layer="中学校区")))
    assert [item.layer for item in store.need_counts(CODE)] == ["junior_high"]
    for asked in ({"layer": ""}, {"municipality": ""}, {"municipality": "12345"}):
        with pytest.raises(UnknownThingError):
            planned(store, row(2, "西小"), **asked)


def test_one_district_under_two_names_is_refused(store):
    """西小 and 西小学校区 are one district: nothing of the table goes in."""
    plan = planned(store, row(2, "西小"), row(3, "西小学校区", 40))
    assert [(item.line, item.key) for item in plan.findings] == [(3, "needs.twice")]
    with pytest.raises(ConflictError):
        carry_out(store, plan)
    assert store.need_counts(CODE) == []


def test_a_part_larger_than_the_whole_is_doubtful(store):
    """A category with more people than all together is said with its line."""
    plan = planned(store, row(2, "西小"), row(2, "西小", 31, "要介護"))
    assert [(item.line, item.key) for item in plan.findings] == [(2, "needs.part_larger")]
