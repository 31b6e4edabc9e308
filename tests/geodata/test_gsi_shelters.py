"""The two files of 国土地理院 on shelters and evacuation sites."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Final

import pytest

from geodata.gsi_shelters import read
from portal.errors import UnreadableFileError
from portal.model.finding import Severity
from portal.model.position import Point, Precision
from portal.model.shelter import Hazard
from portal.words import LANGUAGES, say
from tests.real_data import REAL, needs_real_data

GOLDEN: Final = Path(__file__).parent / "golden" / "tables"
TODAY: Final = date(2026, 7, 1)


def _told(intake):
    """Line, severity and key of each finding; each has its sentence in every language."""
    assert all(say(found.key, language, **found.values) for found in intake.findings for language in LANGUAGES)
    return [(found.line, found.severity, found.key) for found in intake.findings]


def test_shelters_and_welfare_shelters():
    """A welfare evacuation site is told by its 共通ID alone, and whom it accepts is kept word for word."""
    intake = read([GOLDEN / "valid" / "shelters_1.csv"], today=TODAY)
    facts = [row.facts for row in intake.rows]
    assert [each.kind for each in facts] == ["shelter", "welfare_shelter", "welfare_shelter", "shelter"]
    assert [each.shelter.accepts for each in facts] == ["", "要配慮者", "要支援者", ""]
    assert [each.shelter.same_site for each in facts] == [True, False, False, False]
    assert not any(each.shelter.hazards for each in facts)
    assert facts[1].extra == {"その他市町村長が必要と認める事項": "要連絡"}
    assert facts[3].description == "地下駐車場は使えません"


def test_rows_are_found_again():
    """A row's dataset is its file and the code in the 共通ID, its record the 共通ID; the running number is nothing."""
    first = read([GOLDEN / "valid" / "shelters_1.csv"], today=TODAY).rows[1]
    assert (first.line, first.authority, first.dataset, first.record) == (
        3,
        "27100",
        "shelters/1/27100",
        "E2710000002121",
    )
    assert "NO" not in first.facts.extra


def test_addresses_and_names_are_cleaned():
    """No-break and ideographic spaces become blanks; a missing municipality is put before the address."""
    rows = read([GOLDEN / "valid" / "shelters_1.csv"], today=TODAY).rows
    assert rows[1].facts.name == "特別養護老人ホーム みどりの家"
    assert [row.facts.address for row in rows[1:]] == [
        "大阪府 大阪市大正区泉尾9-8-7",
        "大阪市大正区泉尾9-8-7",
        "東京都港区芝浦9-9-9",
    ]


def test_doubtful_positions_are_said():
    """A row without coordinates goes in without a position; swapped ones are mended; both are said."""
    intake = read([GOLDEN / "valid" / "shelters_1.csv"], today=TODAY)
    assert _told(intake) == [
        (4, Severity.DOUBTFUL, "tables.position_missing"),
        (5, Severity.DOUBTFUL, "tables.position_swapped"),
    ]
    assert (intake.rows[2].facts.position, intake.rows[2].facts.precision) == (None, Precision.NONE)
    assert intake.rows[3].facts.position == Point(135.75, 35.64)


def test_evacuation_sites_and_their_hazards():
    """An evacuation site carries the dangers that it is marked for, and its remark is shown."""
    intake = read([GOLDEN / "valid" / "shelters_2.csv"], today=TODAY)
    first, second = (row.facts for row in intake.rows)
    assert first.kind == second.kind == "emergency_site"
    assert first.shelter.hazards == {Hazard.LANDSLIDE, Hazard.EARTHQUAKE, Hazard.FIRE}
    assert second.shelter.hazards == {Hazard.EARTHQUAKE, Hazard.INLAND_FLOOD, Hazard.VOLCANO}
    assert (first.shelter.same_site, first.description) == (True, "洪水のときは2階以上")
    assert intake.rows[0].dataset == "shelters/2/28210"


def test_wrong_and_repeated_ids_are_refused():
    """A broken 共通ID, one of the other file, a repeated one and a row without a name are refused."""
    intake = read([GOLDEN / "invalid" / "shelters_ids.csv"], today=TODAY)
    assert _told(intake) == [
        (3, Severity.REFUSED, "tables.bad_common_id"),
        (4, Severity.REFUSED, "tables.same_id"),
        (5, Severity.REFUSED, "tables.bad_common_id"),
        (6, Severity.REFUSED, "model.no_name"),
    ]
    assert (intake.read, len(intake.rows)) == (5, 1)


def test_both_files_at_once():
    """Both files are read together, in any order, and each row names its file."""
    files = [GOLDEN / "valid" / "shelters_2.csv", GOLDEN / "valid" / "shelters_1.csv"]
    intake = read(files, today=TODAY)
    assert Counter(row.file for row in intake.rows) == {"shelters_1.csv": 4, "shelters_2.csv": 2}
    assert "最新でない" in intake.source.credit


def test_another_table_is_refused(tmp_path):
    """A table that has ids but is neither file is refused as a whole."""
    path = tmp_path / "other.csv"
    path.write_text("共通ID,施設・場所名\nE2821000001111,川辺小学校\n", encoding="utf-8")
    with pytest.raises(UnreadableFileError) as refused:
        read([path], today=TODAY)
    assert refused.value.key == "tables.not_gsi_shelters"


@needs_real_data
def test_real_files():
    """The published files give 1,030 shelters and 3,231 sites: 加古川 72, 東京港区 83 with 25 welfare ones."""
    files = [REAL / "shelters" / f"mergeFromCity_{part}.csv" for part in (1, 2)]
    intake = read(files, today=TODAY)
    counts = Counter((row.authority, row.facts.kind) for row in intake.rows)
    assert Counter(row.file for row in intake.rows) == {"mergeFromCity_1.csv": 1_030, "mergeFromCity_2.csv": 3_231}
    assert (counts["28210", "shelter"], counts["28210", "welfare_shelter"]) == (72, 0)
    assert (counts["13103", "shelter"], counts["13103", "welfare_shelter"]) == (58, 25)
    assert (counts["28210", "emergency_site"], counts["13103", "emergency_site"]) == (82, 61)
    assert intake.findings == ()
