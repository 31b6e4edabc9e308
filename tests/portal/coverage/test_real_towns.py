"""加古川市 and 東京都港区 as published: known districts, known records, and how the layers lie to each other."""

from __future__ import annotations

from collections import Counter

import pytest

from db import open_store
from geodata.areas.standard_lists import standards
from pages import intake
from pages.built_in import init_store
from portal import reporting
from portal.coverage.assess import assess
from portal.coverage.gaps import gaps
from portal.coverage.rolling_up import How, roll_up
from portal.importing.plan import carry_out
from portal.model.batch import ImportKind
from portal.model.standard import Standard, StandardRule
from portal.settings import Settings
from portal.store import Put
from tests.real_data import REAL, needs_real_data
from tests.town import NOW, TODAY

KAKOGAWA, MINATO = "28210", "13103"
LAYERS = {KAKOGAWA: ("elementary", "junior_high", "city"), MINATO: ("five_districts", "elementary", "junior_high")}
pytestmark = pytest.mark.xdist_group("real_coverage")


@pytest.fixture(scope="module")
def filled():
    """Both with their official districts, their shelters, their plans' standards and one shelter for each district."""
    store = open_store("duckdb://")
    init_store(store, Settings(), TODAY)
    for code in (KAKOGAWA, MINATO):
        bring(store, ImportKind.BOUNDARY, REAL / "boundaries" / f"N03_{code}.geojson")
        for name in ("A27-21", "A32-21"):
            bring(store, ImportKind.DISTRICTS, REAL / "districts" / f"{name}_{code}.geojson")
        store.apply([*map(Put, standards(code)), *map(Put, shelters(code))])
    bring(store, ImportKind.SHELTERS, *sorted((REAL / "shelters").glob("*.csv")))
    yield store
    store.close()


def bring(store, kind, *files):
    """Import files as the command does."""
    carry_out(store, intake.plan(store, intake.Request(kind=kind, files=files, at=NOW)))


def shelters(code):
    """A shelter of each of two kinds for each district of each layer."""
    return [
        Standard(code, f"{kind}_{layer}", layer, StandardRule.COUNT, 1.0, kind=kind, order=9)
        for kind in ("shelter", "welfare_shelter")
        for layer in LAYERS[code]
    ]


def assessed(store, code, **values):
    """The assessment of a municipality by key of the standard."""
    return {item.standard.key: item for item in assess(store, code, TODAY, **values)}


def tallied(item):
    """How many districts are in each state."""
    return Counter(one.state.value for one in item.standings)


@needs_real_data
def test_nothing_is_known_yet_of_what_the_plans_expect(filled):
    """12 junior-high, 28 elementary and no neighbourhood districts of 加古川, five of 港区: nobody looked anywhere."""
    kakogawa, minato = assessed(filled, KAKOGAWA), assessed(filled, MINATO)
    assert tallied(kakogawa["mutual_help_council"]) == {"not_surveyed": 12}
    assert tallied(kakogawa["childcare_plaza"]) == {"not_surveyed": 28}
    assert kakogawa["watching_over"].standings == ()
    assert tallied(minato["volunteer_corner"]) == {"not_surveyed": 5}


@needs_real_data
def test_samples_show_the_plans_covered_and_only_on_request(filled):
    """With the samples each of the five districts has its volunteer corner."""
    assert tallied(assessed(filled, MINATO, samples=True)["volunteer_corner"]) == {"covered": 5}


@needs_real_data
@pytest.mark.parametrize(
    ("code", "kind", "total"), [(KAKOGAWA, "shelter", 72), (MINATO, "shelter", 58), (MINATO, "welfare_shelter", 25)]
)
def test_records_add_up_in_every_layer(filled, code, kind, total):
    """The districts of each layer and what is outside make the published number."""
    found = assessed(filled, code)
    for layer in LAYERS[code]:
        item = found[f"{kind}_{layer}"]
        assert sum(one.records for one in item.standings) + item.outside == total


@needs_real_data
def test_each_district_has_the_records_that_the_report_counts(filled):
    """加古川's shelters by elementary district are those of ``manage.py report``, which counts in another way."""
    layer = reporting.report(filled, TODAY)["municipalities"][KAKOGAWA]["layers"]["elementary"]
    places = [item for item in filled.places_of(KAKOGAWA) if item.facts.kind == "shelter" and not item.sample]
    shelters = {item.id for item in places}
    inside = [item for item in filled.memberships_of(KAKOGAWA) if item.layer == "elementary"]
    sites = Counter(item.district for item in inside if item.place in shelters)
    found = assessed(filled, KAKOGAWA)["shelter_elementary"]
    assert {one.district.name for one in found.standings} == set(layer["by_district"])
    assert {one.district.id: one.records for one in found.standings} == sites


@needs_real_data
def test_welfare_sites_of_minato_lack_in_six_elementary_districts(filled):
    """Of 18 districts 12 have a welfare evacuation site, and the other six are the gaps of that standard."""
    item = assessed(filled, MINATO)["welfare_shelter_elementary"]
    assert tallied(item) == {"covered": 12, "not_surveyed": 6}
    assert len(gaps([item])) == 6


@needs_real_data
def test_minato_nests_and_kakogawa_does_not(filled):
    """港区's elementary districts lie whole in junior-high ones; 平岡小 of 加古川 lies across two: areas are shared."""
    nested = roll_up(filled, assessed(filled, MINATO)["welfare_shelter_elementary"], "junior_high", TODAY)
    assert nested.how is How.NESTING
    assert sum(sum(row.amounts.values()) for row in nested.rows) == 18
    shared = roll_up(filled, assessed(filled, KAKOGAWA)["shelter_elementary"], "junior_high", TODAY)
    assert shared.how is How.AREA
    assert len(shared.rows) == 12
    assert all(sum(row.amounts.values()) + row.outside == pytest.approx(1) for row in shared.rows)
