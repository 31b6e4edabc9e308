"""指定緊急避難場所一覧 as municipalities publish it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

import pytest

from geodata.evacuation_sites import read
from portal.errors import UnreadableFileError
from portal.model.finding import Severity
from portal.model.shelter import Hazard
from portal.words import LANGUAGES, say
from tests.real_data import REAL, needs_real_data

GOLDEN: Final = Path(__file__).parent / "golden" / "tables"
TODAY: Final = date(2026, 7, 1)


def _told(intake):
    assert all(say(found.key, language, **found.values) for found in intake.findings for language in LANGUAGES)
    return [(found.line, found.severity, found.key) for found in intake.findings]


def test_recommended_layout():
    """Dangers, capacity, neighbourhoods and the shared site are read; ○ and 〇 are the same mark."""
    row = read([GOLDEN / "valid" / "evacuation_recommended.csv"], today=TODAY).rows[0]
    shelter = row.facts.shelter
    assert (row.authority, row.dataset, row.record) == ("28210", "evacuation-sites/28210/evacuation_recommended", "1")
    assert shelter.hazards == {Hazard.LANDSLIDE, Hazard.EARTHQUAKE, Hazard.FIRE}
    assert (shelter.capacity, shelter.same_site) == (1_200, True)
    assert shelter.neighbourhoods == ("川辺一丁目町会", "川辺二丁目町会")
    assert row.facts.description == "洪水のときは使えません"
    assert row.facts.extra == {"標高": "3.2"}


def test_standard_layout():
    """The 自治体標準 layout says the same with its own columns."""
    row = read([GOLDEN / "valid" / "evacuation_standard.csv"], today=TODAY).rows[0]
    assert (row.authority, row.record, row.facts.address) == ("13103", "S1", "東京都港区芝浦9-9-8")
    assert row.facts.shelter.hazards == frozenset(Hazard) - {Hazard.LANDSLIDE, Hazard.FIRE}
    assert (row.facts.shelter.capacity, row.facts.shelter.same_site) == (500, False)


def test_a_site_for_no_danger_is_doubtful():
    """A site that is marked for no danger goes in, and somebody is told to look."""
    intake = read([GOLDEN / "valid" / "evacuation_recommended.csv"], today=TODAY)
    assert _told(intake) == [(3, Severity.DOUBTFUL, "tables.no_hazard")]


def test_wrong_capacities_are_refused():
    """A capacity that is no number or below zero, and a row without a name, are refused with their lines."""
    intake = read([GOLDEN / "invalid" / "evacuation.csv"], today=TODAY)
    assert _told(intake) == [
        (2, Severity.REFUSED, "tables.bad_capacity"),
        (3, Severity.REFUSED, "model.negative_capacity"),
        (4, Severity.REFUSED, "model.no_name"),
    ]
    assert intake.rows == ()


def test_another_list_is_refused():
    """A list of facilities is not taken for one of evacuation sites."""
    with pytest.raises(UnreadableFileError) as refused:
        read([GOLDEN / "valid" / "facilities_recommended.csv"], today=TODAY)
    assert refused.value.key == "tables.not_evacuation_sites"


@needs_real_data
def test_real_file():
    """焼津市's list gives 31 sites, five of them at a designated shelter, every one with a danger and a position."""
    intake = read([REAL / "standard" / "222127_evacuation_space.csv"], today=TODAY)
    assert len(intake.rows) == 31
    assert sum(row.facts.shelter.same_site for row in intake.rows) == 5
    assert all(row.facts.shelter.hazards and row.facts.position for row in intake.rows)
    assert intake.findings == ()
