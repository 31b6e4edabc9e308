"""Lists of facilities in the layouts that are published."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

import pytest

from geodata.facilities import read
from portal.errors import PersonDataError
from portal.model.finding import Severity
from portal.model.place import Access, ContactKind
from portal.model.position import Point
from portal.schedules.wording import describe
from portal.words import LANGUAGES, say
from tests.real_data import REAL, needs_real_data

VALID: Final = Path(__file__).parent / "golden" / "tables" / "valid"
TODAY: Final = date(2026, 7, 1)


def _public(facts):
    return {contact.kind: contact.value for contact in facts.contacts if contact.public}


def _told(intake):
    assert all(say(found.key, language, **found.values) for found in intake.findings for language in LANGUAGES)
    return [(found.line, found.severity, found.key) for found in intake.findings]


def test_recommended_layout():
    """公共施設一覧 of the 推奨データセット: preamble, full-width header and type row do not matter, nothing is lost."""
    row = read([VALID / "facilities_recommended.csv"], today=TODAY).rows[0]
    facts = row.facts
    assert (row.line, row.authority, row.dataset, row.record) == (
        5,
        "28210",
        "facilities/28210/facilities_recommended",
        "A-1",
    )
    assert (facts.kind, facts.name, facts.name_kana) == ("facility", "川辺公民館", "カワベコウミンカン")
    assert (facts.address, facts.position) == ("兵庫県加古川市川辺町5-6 2階", Point(134.8433, 34.7571))
    assert facts.description == "地域の集まりに\n使えます。"
    assert facts.group == "川辺町内会"
    assert facts.extra == {"名称_通称": "かわべっこ", "備考": "要予約"}


def test_contacts_are_public():
    """Phone and web address of a published list may be shown."""
    facts = read([VALID / "facilities_recommended.csv"], today=TODAY).rows[0].facts
    assert _public(facts) == {ContactKind.PHONE: "079-000-0001", ContactKind.URL: "https://example.jp/kawabe"}


def test_opening_hours_become_a_schedule():
    """利用可能曜日 with its hours is a schedule, and the remark stays word for word."""
    facts = read([VALID / "facilities_recommended.csv"], today=TODAY).rows[0].facts
    assert "9:00" in describe(facts.schedule, "ja")
    assert facts.schedule_note == "祝日は休み"


def test_access_is_read_from_list_and_flags():
    """バリアフリー情報 and the columns for each thing are heeded; what is said not to be there is not claimed."""
    facts = read([VALID / "facilities_recommended.csv"], today=TODAY).rows[0].facts
    assert facts.access == {Access.STEP_FREE, Access.OSTOMATE, Access.NURSING}
    assert "車椅子可;オストメイト対応トイレ;エレベーター無し" in facts.access_note


def test_repeated_numbers_and_swapped_columns_are_said():
    """A number that stands twice does not hide a place; swapped coordinates are mended; both are said."""
    intake = read([VALID / "facilities_recommended.csv"], today=TODAY)
    assert (8, Severity.DOUBTFUL, "tables.same_number") in _told(intake)
    assert (8, Severity.DOUBTFUL, "tables.position_swapped") in _told(intake)
    assert len({row.record for row in intake.rows}) == 3
    assert intake.rows[2].facts.position == Point(134.8440, 34.7580)


def test_standard_layout():
    """The common block of the 自治体標準オープンデータセット is read, and what has no field stays under its name."""
    row = read([VALID / "facilities_standard.csv"], today=TODAY).rows[0]
    facts = row.facts
    assert (row.authority, row.record, facts.name_en) == ("13103", "0000000001", "Umibe Hall")
    assert facts.address == "東京都港区芝浦9-9-9 海辺ビル3階"
    assert _public(facts)[ContactKind.EMAIL] == "umibe@example.jp"
    assert _public(facts)[ContactKind.FORM] == "https://example.jp/form"
    assert facts.extra["連絡先備考（その他、SNSなど）"] == "SNSあり"
    assert facts.schedule is not None


def test_care_offices():
    """介護サービス情報公表: an office with two services is two records, known by office and service."""
    intake = read([VALID / "jigyosho_284.csv"], today=TODAY)
    assert [row.record for row in intake.rows] == ["2800000001:通所介護", "2800000001:訪問介護"]
    facts = intake.rows[0].facts
    assert (facts.name, facts.group, facts.extra["サービスの種類"]) == ("川辺デイ", "社会福祉法人川辺", "通所介護")
    assert facts.schedule is not None


def test_osaka_map_layout(tmp_path):
    """マップナビおおさか in CP932: X is the longitude, and ㈱①髙 survive."""
    path = tmp_path / "mapnavi.csv"
    path.write_bytes((VALID / "mapnavi.csv").read_text(encoding="utf-8").encode("cp932"))
    row = read([path], today=TODAY).rows[0]
    assert (row.record, row.facts.name) == ("M-1", "㈱みどり会館①髙橋")
    assert row.facts.position == Point(135.4729, 34.6521)
    assert row.facts.access == {Access.TOILET}
    assert row.facts.extra["大分類"] == "施設"


def test_childcare_layout_as_another_kind():
    """子育て施設一覧 goes in as the kind asked for; a code without its leading zero is mended."""
    row = read([VALID / "childcare.csv"], today=TODAY, kind="childcare_plaza").rows[0]
    assert (row.authority, row.facts.kind) == ("09201", "childcare_plaza")
    assert (row.facts.extra["受入年齢"], row.facts.extra["一時預かりの有無"]) == ("0-5", "有")
    assert row.facts.schedule is not None


def test_rows_without_a_number_are_found_again(tmp_path):
    """Without a number, name and address make the record, in any width; the same row twice is refused."""
    path = tmp_path / "places_20260401.csv"
    path.write_text("名称,住所\n川辺会館,川辺町1\n川辺会館,川辺町１\n川辺会館,川辺町2\n", encoding="utf-8")
    intake = read([path], today=TODAY)
    assert _told(intake)[0] == (3, Severity.REFUSED, "tables.same_place")
    assert {row.dataset for row in intake.rows} == {"facilities/-/places"}
    assert len({row.record for row in intake.rows}) == 2


def test_the_next_edition_is_the_same_dataset(tmp_path):
    """Days in a file's name do not make another dataset of it."""
    names = ("公共施設一覧_20260401.csv", "公共施設一覧（令和9年4月1日現在）.csv")
    for name in names:
        (tmp_path / name).write_text("NO,名称\n1,川辺会館\n", encoding="utf-8")
    datasets = {row.dataset for name in names for row in read([tmp_path / name], today=TODAY).rows}
    assert datasets == {"facilities/-/公共施設一覧"}


def test_lists_of_persons_are_refused():
    """A table about persons never goes in as a list of facilities."""
    with pytest.raises(PersonDataError):
        read([VALID.parent / "invalid" / "persons.csv"], today=TODAY)


@needs_real_data
def test_real_files():
    """焼津市's published lists go in whole, every place with a position, and twice the same."""
    files = [path for path in sorted((REAL / "standard").glob("*.csv")) if "evacuation" not in path.name]
    intake = read(files, today=TODAY)
    assert (intake.read, len(intake.rows)) == (33, 33)
    assert {row.authority for row in intake.rows} == {"22212"}
    assert all(row.facts.position for row in intake.rows)
    assert read(files, today=TODAY) == intake
