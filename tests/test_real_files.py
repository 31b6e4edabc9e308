"""The published files of the five municipalities, all the way in: the figures that they are known to hold."""

from __future__ import annotations

import pytest

from pages import intake
from pages.built_in import init_store
from portal import by_district, reporting
from portal.importing.plan import carry_out
from portal.model.batch import ImportKind
from portal.settings import Settings
from tests.real_data import REAL, needs_real_data
from tests.town import NOW, TODAY

DISTRICTS = ("A27-21_28210", "A32-21_28210", "A27-21_13103", "A32-21_13103")


@pytest.fixture(scope="module")
def filled():
    """A store with the built-in areas and all published files of the five."""
    from db import open_store  # noqa: PLC0415  # kept for the whole module, unlike the shared fixture

    store = open_store("duckdb://")
    init_store(store, Settings(), TODAY)
    if REAL.is_dir():
        bring(store, ImportKind.BOUNDARY, *sorted((REAL / "boundaries").glob("*.geojson")))
        for name in DISTRICTS:
            bring(store, ImportKind.DISTRICTS, REAL / "districts" / f"{name}.geojson")
        bring(store, ImportKind.SHELTERS, *sorted((REAL / "shelters").glob("*.csv")))
    yield store
    store.close()


def bring(store, kind, *files, **options):
    """Import files as the command does."""
    plan = intake.plan(store, intake.Request(kind=kind, files=files, at=NOW, **options))
    carry_out(store, plan)
    return plan


@needs_real_data
def test_shelters_come_to_their_known_figures(filled):
    """Welfare evacuation sites, designated shelters and evacuation sites of each municipality are as published."""
    figures = {code: item["places"] for code, item in reporting.report(filled, TODAY)["municipalities"].items()}
    kinds = ("welfare_shelter", "shelter", "emergency_site")
    assert {code: tuple(places[kind] for kind in kinds) for code, places in figures.items()} == {
        "27107": (27, 45, 143),
        "27108": (7, 25, 80),
        "27125": (10, 37, 183),
        "13103": (25, 83, 61),
        "28210": (0, 72, 82),
    }


@needs_real_data
def test_every_shelter_of_kakogawa_lies_in_an_official_elementary_district(filled):
    """All 72 lie in one of the 28; the layer is official and sums to what there is."""
    layer = reporting.report(filled, TODAY)["municipalities"]["28210"]["layers"]["elementary"]
    assert (layer["districts"], layer["official"]) == (28, True)
    inside = {item.place: item.district for item in filled.memberships_of("28210") if item.layer == "elementary"}
    shelters = [place for place in filled.places_of("28210") if place.facts.kind == "shelter" and not place.sample]
    assert len(shelters) == 72
    assert all(inside[place.id] for place in shelters)


@needs_real_data
def test_hiraoka_lies_across_two_junior_high_districts(filled):
    """平岡小 is 54 % in 平岡中 and 46 % in 平岡南中, and is shown so."""
    hiraoka = next(item for item in filled.districts("28210", "elementary") if item.name == "平岡小学校")
    shares = by_district.across(filled, hiraoka, "junior_high", TODAY)
    assert [(item.name, round(share, 2)) for item, share in shares] == [("平岡中学校", 0.54), ("平岡南中学校", 0.46)]


@needs_real_data
def test_the_same_files_again_change_nothing(filled):
    """Shelters, outlines and boundaries imported a second time are all unchanged."""
    version = filled.data_version()
    again = bring(filled, ImportKind.SHELTERS, *sorted((REAL / "shelters").glob("*.csv")))
    assert (again.tally.unchanged, again.tally.outside) == (811, 3450)
    assert bring(filled, ImportKind.BOUNDARY, *sorted((REAL / "boundaries").glob("*.geojson"))).tally.unchanged == 5
    for name, districts in zip(DISTRICTS, (28, 12, 18, 10), strict=True):
        assert bring(filled, ImportKind.DISTRICTS, REAL / "districts" / f"{name}.geojson").tally.unchanged == districts
    assert filled.data_version() == version


@needs_real_data
def test_what_is_said_verbatim_stays_verbatim(filled):
    """受入対象者 is kept as the file has it: 要配慮者 in Osaka, 要支援者 in Tokyo."""
    for code, accepts in (("27108", "要配慮者"), ("13103", "要支援者")):
        sites = [
            place for place in filled.places_of(code) if place.facts.kind == "welfare_shelter" and not place.sample
        ]
        said = {place.facts.shelter.accepts for place in sites}
        assert accepts in said
        assert said <= {accepts, ""}
