"""Tables of numbers of people in need; never of persons."""

from __future__ import annotations

from datetime import date

import pytest

from geodata import needs
from portal.errors import PersonDataError, UnreadableFileError
from portal.model.finding import Severity
from portal.model.need_intake import NeedRow
from portal.words import LANGUAGES, say

APRIL = date(2026, 4, 1)


def read(folder, text, encoding="utf-8"):
    """What is read of a CSV file."""
    file = folder / "needs.csv"
    file.write_bytes(text.encode(encoding))
    return needs.read([file])


def test_a_wide_table_is_read_with_its_categories(tmp_path):
    """人数 is all together, every other column of numbers a category; other columns are left alone."""
    text = "校区名,基準日,要支援者数,要介護,身体障害,施設数,備考\n西小,令和8年4月1日,３０,18,12,5,\n"
    text += "東小,2026/4/1,40,25,-,2,注\n"
    intake = read(tmp_path, text, "cp932")
    assert intake.rows == (
        NeedRow(2, "", "西小", APRIL, 30, "", 5),
        NeedRow(2, "", "西小", APRIL, 18, "要介護", 5),
        NeedRow(2, "", "西小", APRIL, 12, "身体障害", 5),
        NeedRow(3, "", "東小", APRIL, 40, "", 2),
        NeedRow(3, "", "東小", APRIL, 25, "要介護", 2),
    )
    assert [(it.line, it.severity, it.key) for it in intake.findings] == [(3, Severity.DOUBTFUL, "needs.not_known")]


def test_a_long_table_is_read_with_its_categories(tmp_path):
    """A column 区分 names the category, 全体 is all together; 区域の種類 names the layer."""
    text = "区域の種類,区域名,基準日,区分,人数\n小学校区,西小,2026-04-01,全体,30\n小学校区,西小,2026-04-01,要介護,18\n"
    assert [(row.layer, row.area, row.category, row.count) for row in read(tmp_path, text).rows] == [
        ("小学校区", "西小", "", 30),
        ("小学校区", "西小", "要介護", 18),
    ]


@pytest.mark.parametrize(
    "header",
    [
        "氏名,校区名,基準日,人数",
        "校区名,基準日,人数,生年月日",
        "校区名,基準日,人数,要介護度",
        "校区名,基準日,人数,障害等級",
        "校区名,基準日,人数,住所",
        "校区名,基準日,人数,電話番号",
        "校区名,基準日,人数,性別",
        "校区名,基準日,人数,緊急連絡先",
    ],
)
def test_columns_about_persons_are_refused(tmp_path, header):
    """A table with a column that only a list of persons has is refused as a whole, and the column is named."""
    with pytest.raises(PersonDataError) as refused:
        read(tmp_path, f"{header}\n1,2,3,4\n")
    assert all(say(refused.value.key, language, **refused.value.values) for language in LANGUAGES)


@pytest.mark.parametrize("columns", ["人数", "要介護,身体障害"])
def test_a_row_for_each_person_is_refused(tmp_path, columns):
    """A district many times over with one person each is a list of persons."""
    ones = "1" if columns == "人数" else "1,0"
    lines = f"西小,2026-04-01,{ones}\n" * 3
    with pytest.raises(PersonDataError, match=r"needs\.row_per_person"):
        read(tmp_path, f"校区名,基準日,{columns}\n{lines}東小,2026-04-01,{ones}\n")


def test_rows_that_cannot_be_are_refused_with_their_line(tmp_path):
    """No area, no such day, no number, a negative one, letters, and a number twice; a sum is left out."""
    rows = (
        ",2026-04-01,3",
        "西小,令和6年2月30日,3",
        "西小,2026-04-01,*",
        "西小,2026-04-01,-3",
        "西小,2026-04-01,十人ほど",
    )
    good = "東小,2026-04-01,30\n東小,2026-04-01,31\n合計,2026-04-01,61"
    intake = read(tmp_path, "校区名,基準日,人数\n" + "\n".join(rows) + f"\n{good}\n")
    assert [(it.line, it.key) for it in intake.findings if it.severity is Severity.REFUSED] == [
        (2, "intake.no_area"),
        (3, "intake.no_such_day"),
        (4, "needs.no_number"),
        (5, "intake.bad_count"),
        (6, "intake.bad_count"),
        (8, "needs.twice"),
    ]
    assert [it.line for it in intake.findings if it.key == "needs.sum_left_out"] == [9]
    assert ([row.count for row in intake.rows], intake.read) == ([30], 8)
    for one in intake.findings:
        assert all(say(one.key, language, **one.values) for language in LANGUAGES)


@pytest.mark.parametrize(
    "text",
    ["校区名,基準日\n西小,2026-04-01\n", "校区名,人数\n西小,3\n", "", "校区名,基準日,備考\n西小,2026-04-01,なし\n"],
)
def test_a_table_without_numbers_or_days_is_refused(tmp_path, text):
    """A file in which no number by district and day can be found is refused as a whole."""
    with pytest.raises(UnreadableFileError):
        read(tmp_path, text)


def test_too_many_columns_of_numbers_are_refused(tmp_path):
    """A table with a hundred columns of numbers is no table of categories."""
    header = ",".join(f"列{number}" for number in range(100))
    with pytest.raises(UnreadableFileError, match=r"needs\.too_many_categories"):
        read(tmp_path, f"校区名,基準日,{header}\n西小,2026-04-01,{','.join(['3'] * 100)}\n")
