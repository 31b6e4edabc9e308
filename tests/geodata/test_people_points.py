"""Where people live, as 地域メッシュ統計, tables with positions and tables by part of town give it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata import people_points
from geodata.mesh_codes import middle
from geodata.people_columns import bands_of, people_columns
from portal.errors import PersonDataError, UnreadableFileError
from portal.model.district import AgeBand
from portal.model.finding import Severity
from portal.words import LANGUAGES, say

CODES = "KEY_CODE,HTKSYORI,HTKSAKI,GASSAN,T001101001,T001101004,T001101010,T001101019,T001101022"
LABELS = (
    ",,,,　人口（総数）,　０～１４歳人口　総数,　１５～６４歳人口　総数,　６５歳以上人口　総数,　７５歳以上人口　総数"
)
MESH = f"""{CODES}
{LABELS}
523503001,0,,,120,10,70,40,25
523503002,2,523503001,,*,*,*,*,*
523503003,1,,523503002,60,*,*,30,
"""


def written(tmp_path, text, name="tblT001101H5235.txt", encoding="cp932"):
    """A file with this text."""
    file = tmp_path / name
    file.write_bytes(text.encode(encoding))
    return file


def refused(intake):
    """Line and key of what was refused."""
    return [(one.line, one.key) for one in intake.findings if one.severity is Severity.REFUSED]


def test_a_file_of_the_grid_is_read_as_it_is_published(tmp_path):
    """Two rows of head, CP932, full-width labels: each cell with its total, its bands and the day."""
    intake = people_points.read([written(tmp_path, MESH)])
    one, other = intake.rows
    assert (one.line, one.id, one.total, one.as_of) == (3, "523503001", 120, date(2020, 10, 1))
    assert one.bands == (
        AgeBand(0, 14, 0, 10),
        AgeBand(15, 64, 0, 70),
        AgeBand(65, 74, 0, 15),
        AgeBand(75, None, 0, 25),
    )
    assert other.bands == (AgeBand(65, None, 0, 30),)
    assert (intake.read, "総務省統計局" in intake.source.credit) == (3, True)


def test_a_suppressed_cell_is_counted_where_it_was_merged(tmp_path):
    """Its people are in another cell: it is passed over, said once, and neither refused nor taken for empty."""
    (found,) = people_points.read([written(tmp_path, MESH)]).findings
    assert (found.line, found.severity, found.key) == (4, Severity.DOUBTFUL, "people_points.merged")
    alone = f"{CODES}\n{LABELS}\n523503002,0,,,*,*,*,*,*\n"
    assert refused(people_points.read([written(tmp_path, alone)])) == [(3, "intake.count_suppressed")]


def test_rows_that_cannot_be_are_refused_with_their_line(tmp_path):
    """A code that is none, a cell twice, a negative number and no number at all; the others go in."""
    rows = [
        "523503001,0,,,5,,,,",
        "523583001,0,,,5,,,,",
        "523503001,0,,,5,,,,",
        "523503003,0,,,-4,,,,",
        "523503004,0,,,多い,,,,",
    ]
    intake = people_points.read([written(tmp_path, "\n".join([CODES, LABELS, *rows]))])
    assert refused(intake) == [
        (4, "people_points.no_such_cell"),
        (6, "intake.bad_count"),
        (7, "intake.bad_count"),
        (5, "people_points.twice"),
    ]
    assert [row.id for row in intake.rows] == ["523503001"]
    assert all(say(one.key, language, **one.values) for one in intake.findings for language in LANGUAGES)


def test_cells_of_two_sizes_are_refused(tmp_path):
    """1 km and 500 m cells of one place would count everybody twice."""
    large = written(tmp_path, f"{CODES}\n{LABELS}\n52350300,0,,,120,,,,\n", "tblT001100S5235.txt")
    with pytest.raises(UnreadableFileError, match=r"people_points\.sizes_mixed"):
        people_points.read([written(tmp_path, MESH), large])


@pytest.mark.parametrize(
    ("code", "lat", "lon"),
    [
        ("53394611", 35.679167, 139.76875),  # 東京駅 lies in it
        ("533946111", 35.677083, 139.765625),
        ("5339461114", 35.678125, 139.767188),
        ("64414277", 43.0625, 141.34375),  # 札幌
    ],
)
def test_the_middle_of_a_cell_is_worked_out_of_its_code(code, lat, lon):
    """Cells of 1 km, 500 m and 250 m lie where JIS X 0410 puts them."""
    at = middle(code)
    assert (at.lat, at.lon) == (pytest.approx(lat, abs=1e-6), pytest.approx(lon, abs=1e-6))


@given(st.from_regex(r"(4[0-9]|5[0-9])(3[0-9]|4[0-5])[0-7]{2}[0-9]{2}", fullmatch=True), st.sampled_from("1234"))
@settings(max_examples=60, deadline=None)
def test_the_quarters_of_a_cell_lie_around_its_middle(code, quarter):
    """Each half-size cell lies in its own direction, a quarter of the cell's sides from its middle."""
    whole, part = middle(code), middle(code + quarter)
    assert part.lat - whole.lat == pytest.approx((1 if quarter in "34" else -1) * 30 / 3600 / 4, abs=1e-8)
    assert part.lon - whole.lon == pytest.approx((1 if quarter in "24" else -1) * 45 / 3600 / 4, abs=1e-8)


@pytest.mark.parametrize(
    "code", ["", "5235", "523503", "5235030", "52358300", "99999999", "523503005", "５２３５０３００", "5235030x"]
)
def test_what_is_no_cell_has_no_middle(code):
    """Codes of other lengths, rows and quarters that there are not, and other signs."""
    assert middle(code) is None


def test_a_table_with_positions_is_read(tmp_path):
    """緯度, 経度, a day, a name and ages by sex: each row is a point with its bands."""
    text = (
        "名称,町丁目名,緯度,経度,調査年月日,人口(総数),65歳以上人口 男,65歳以上人口 女,0-64歳の男性,0-64歳の女性\n"
        ",平岡一丁目,34.7,134.85,2026-04-01,100,10,20,30,40\n"
        ",平岡二丁目,34.71,134.86,令和8年4月1日,50,5,*,10,20\n"
        ",平岡三丁目,0,134.86,2026-04-01,50,5,5,10,20\n"
    )
    intake = people_points.read([written(tmp_path, text, "p.csv", "utf-8")])
    one, other = intake.rows
    assert (one.id, one.position.lat, one.as_of) == ("平岡一丁目", 34.7, date(2026, 4, 1))
    assert one.bands == (AgeBand(0, 64, 30, 40), AgeBand(65, None, 10, 20))
    assert (other.as_of, other.bands) == (date(2026, 4, 1), (AgeBand(0, 64, 10, 20),))
    assert [line for line, _ in refused(intake)] == [4]


def test_a_table_by_part_of_town_is_read_without_positions(tmp_path):
    """地域・年齢別人口 by 町丁目: the names stand for positions that are looked up later."""
    header = "全国地方公共団体コード,町丁目名,調査年月日,総人口,男性,女性,65歳以上の男性,65歳以上の女性"
    text = f"{header}\n282103,平岡一丁目,2026-04-01,9,4,5,1,2\n"
    (row,) = people_points.read([written(tmp_path, text, "p.csv", "utf-8")]).rows
    assert (row.id, row.position, row.authority, row.total) == ("平岡一丁目", None, "28210", 9)
    assert row.bands == (AgeBand(65, None, 1, 2),)


def test_a_table_about_persons_and_one_without_people_are_refused(tmp_path):
    """Names and birthdays never come in; a table that does not say how many people there are says nothing."""
    with pytest.raises(PersonDataError):
        people_points.read([written(tmp_path, "氏名,生年月日,緯度,経度\n甲,1950-01-01,34.7,134.8\n", "p.csv")])
    with pytest.raises(UnreadableFileError, match=r"people_points\.no_total"):
        people_points.read([written(tmp_path, "緯度,経度,世帯数\n34.7,134.8,5\n", "q.csv")])
    with pytest.raises(UnreadableFileError):
        people_points.read([written(tmp_path, "あ,い\n1,2\n", "r.csv")])


@pytest.mark.parametrize(
    "text", ["緯度,経度,総人口\n", "KEY_CODE,T001101001\n", "KEY_CODE,T001101001\n,人口（総数）\n"]
)
def test_a_table_without_rows_has_no_people(tmp_path, text):
    """A header alone is no error where it says what would be counted."""
    file = written(tmp_path, text, "p.csv")
    if "人口" in text:
        assert people_points.read([file]).rows == ()
    else:
        with pytest.raises(UnreadableFileError):
            people_points.read([file])


def test_columns_of_impossible_ages_are_passed_over():
    """5-3歳 and 999歳以上 are no ages; their columns make no band."""
    assert people_columns({label: label for label in ("総人口", "5-3歳人口", "999歳以上人口")}).ages == {}


@given(st.lists(st.integers(0, 500), min_size=6, max_size=6))
@settings(max_examples=60, deadline=None)
def test_bands_never_overlap_and_hold_everybody(counts):
    """Of 0-14, 15-64, 15+, 20+, 65+ and 75+ the narrowest bands make up all people, each once."""
    child, young, work, old, older, _ = counts
    labels = ("0～14歳人口", "15～64歳人口", "15歳以上人口", "20歳以上人口", "65歳以上人口", "75歳以上人口")
    numbers = (child, young + work, young + work + old + older, work + old + older, old + older, older)
    bands = bands_of(
        dict(zip(labels, map(str, numbers), strict=True)), people_columns({label: label for label in labels})
    )
    assert sum(band.women for band in bands) == sum(counts[:5])
    spans = [(band.low, band.high) for band in bands]
    assert spans == [(0, 14), (15, 19), (20, 64), (65, 74), (75, None)]


def test_more_old_people_than_people_are_doubtful(tmp_path):
    """Where 75 and over are more than 65 and over, the ages are left out and the line is said; the total stays."""
    intake = people_points.read([written(tmp_path, f"{CODES}\n{LABELS}\n523503001,0,,,120,10,70,20,25\n")])
    assert [(one.line, one.key) for one in intake.findings] == [(3, "people_points.bad_bands")]
    assert (intake.rows[0].total, intake.rows[0].bands) == (120, ())
