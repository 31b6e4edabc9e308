"""People by area and age, as 地域・年齢別人口 gives them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from geodata import population
from portal.errors import UnreadableFileError
from portal.model.district import AgeBand
from portal.model.finding import Severity
from portal.words import LANGUAGES, say

GOLDEN = Path(__file__).parent / "golden" / "intake"


def said(intake, severity):
    """Line and key of every finding of a severity."""
    return [(one.line, one.key) for one in intake.findings if one.severity is severity]


def test_a_clean_table_is_read_whole():
    """Every area comes with its day, its sums and its eighteen bands."""
    intake = population.read([GOLDEN / "population.csv"])
    assert (intake.read, len(intake.rows), intake.findings) == (3, 3, ())
    first = intake.rows[0]
    assert (first.area, first.authority, first.as_of) == ("東見本小", "28210", date(2026, 4, 1))
    assert (first.total, first.men, first.women, first.households) == (3636, 1800, 1836, 1818)
    assert first.bands[0] == AgeBand(0, 4, 100, 102)
    assert first.bands[-1] == AgeBand(85, None, 100, 102)
    assert [band.low for band in first.bands] == list(range(0, 90, 5))


def test_a_dirty_table_gives_the_same_figures():
    """CP932, a preamble, full-width digits and 令和 do not change what is read."""
    clean = population.read([GOLDEN / "population.csv"]).rows[0]
    dirty = population.read([GOLDEN / "population_dirty.csv"]).rows[0]
    assert (dirty.total, dirty.as_of, dirty.bands) == (clean.total, clean.as_of, clean.bands)


def test_a_suppressed_cell_is_not_zero():
    """A band with a dash, an X or an asterisk is left out and said."""
    intake = population.read([GOLDEN / "population_dirty.csv"])
    row = next(row for row in intake.rows if row.area == "西見本小")
    assert [band.low for band in row.bands] == list(range(5, 85, 5))
    assert all(band.men and band.women for band in row.bands)
    found = next(one for one in intake.findings if one.key == "intake.bands_suppressed")
    assert (found.line, found.values["bands"]) == (5, "0-4, 85+")


def test_rows_that_cannot_be_are_refused_with_their_line():
    """A second row for an area, no such day, a suppressed total, a negative one and no area at all."""
    intake = population.read([GOLDEN / "population_dirty.csv"])
    assert said(intake, Severity.REFUSED) == [
        (7, "intake.area_twice"),
        (8, "intake.no_such_day"),
        (9, "intake.count_suppressed"),
        (10, "intake.bad_count"),
        (11, "intake.no_area"),
    ]
    assert (6, "intake.total_differs") in said(intake, Severity.DOUBTFUL)
    assert intake.read == len(intake.rows) + 5


def test_every_finding_is_a_sentence():
    """What the reader says exists in every language and its gaps are filled."""
    for one in population.read([GOLDEN / "population_dirty.csv"]).findings:
        assert all(say(one.key, language, **one.values) for language in LANGUAGES)


def test_bands_that_overlap_are_refused(tmp_path):
    """15 to 64 beside 15 to 19 would count people twice."""
    header = "調査年月日,地域名,総人口,男性,女性,15-64歳の男性,15-64歳の女性,15-19歳の男性,15-19歳の女性"
    (tmp_path / "p.csv").write_text(f"{header}\n2026-04-01,見本,4,2,2,2,2,1,1\n", encoding="utf-8")
    with pytest.raises(UnreadableFileError, match=r"intake\.ages_overlap"):
        population.read([tmp_path / "p.csv"])


def test_bands_that_do_not_make_up_the_sexes_are_doubtful(tmp_path):
    """Complete bands are checked against men and women."""
    header = "調査年月日,地域名,総人口,男性,女性,0-84歳の男性,0-84歳の女性,85歳以上の男性,85歳以上の女性"
    (tmp_path / "p.csv").write_text(f"{header}\n2026-04-01,見本,6,3,3,1,2,1,1\n", encoding="utf-8")
    intake = population.read([tmp_path / "p.csv"])
    assert said(intake, Severity.DOUBTFUL) == [(2, "intake.bands_differ")]
