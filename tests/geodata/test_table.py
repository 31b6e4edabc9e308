"""Tables with the dirt that municipal files show."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Final

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geodata.table import read_table, refuse_person_columns
from portal.errors import PersonDataError, UnreadableFileError
from portal.words import LANGUAGES, say_error
from tests.real_data import REAL, needs_real_data

GOLDEN: Final = Path(__file__).parent / "golden" / "tables"
NAMES: Final = (("名称", "施設名"), ("住所", "所在地"))


def _rows(path, **options):
    return list(read_table(path, **options).rows)


def _refusal(path, **options):
    """The refusal of a file; its sentence exists in every language."""
    with pytest.raises(UnreadableFileError) as refused:
        _rows(path, **options)
    assert all(say_error(refused.value, language) for language in LANGUAGES)
    return refused.value


def _written(folder, data, name="table.csv"):
    path = folder / name
    path.write_bytes(data)
    return path


def _workbook(folder, *sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
    book.save(folder / "book.xlsx")
    return folder / "book.xlsx"


def test_preamble_types_and_ragged_rows():
    """What stands around the header is skipped, lines are those of the file, and no cell is lost."""
    table = read_table(GOLDEN / "valid" / "preamble.csv", header_must_have=NAMES)
    assert table.columns == ("№", "名称", "所在地", "列4", "名称#2")
    first, short, long = table.rows
    assert (first.line, first.values["名称"], first.values["所在地"], first.values["名称#2"]) == (
        6,
        "川辺,公園",
        "川辺町1\n3階",
        "別名",
    )
    assert (short.line, short.values["所在地"], short.notes) == (9, "", ("tables.row_too_short",))
    assert (long.line, long.values["列6"], long.notes) == (10, "余り", ("tables.row_too_long",))


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp932", "euc_jp", "iso2022_jp"])
@pytest.mark.parametrize("line_end", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_every_encoding_line_end_and_delimiter(tmp_path, codec, line_end, delimiter):
    """The same table is read whichever way it is written, quoted delimiters and line ends included."""
    lines = ["名称,住所", f'ふれあい喫茶,"大阪市港区,1;2\t3{line_end}2階"', "百歳体操の会,大阪市大正区"]
    text = line_end.join(line.replace(",", delimiter, 1) for line in lines)
    first, second = _rows(_written(tmp_path, text.encode(codec)), header_must_have=NAMES)
    assert first.values == {"名称": "ふれあい喫茶", "住所": "大阪市港区,1;2 3\n2階"}
    assert (second.line, second.values["名称"]) == (4, "百歳体操の会")


def test_semicolons_are_not_taken_for_commas():
    """A table parted by semicolons is read as one though its addresses hold commas."""
    rows = _rows(GOLDEN / "valid" / "semicolons.csv")
    assert [row.values["人数"] for row in rows] == ["10", "20"]


@pytest.mark.parametrize(
    ("file", "key"),
    [("unclosed_quote.csv", "tables.unclosed_quote"), ("no_header.csv", "tables.no_header")],
)
def test_unreadable_tables(file, key):
    """A quote that is never closed and a table without the columns are refused with what to do."""
    assert _refusal(GOLDEN / "invalid" / file, header_must_have=NAMES).key == key


def test_an_unclosed_quote_names_its_line(tmp_path):
    """The line is that of the row that opens the quote, in the last line of a file too."""
    assert _refusal(GOLDEN / "invalid" / "unclosed_quote.csv").values["line"] == 3
    assert _refusal(_written(tmp_path, '名称,住所\nあ,"い'.encode())).values["line"] == 2


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"", "tables.empty_file"),
        (b"\xef\xbb\xbf\r\n \r\n", "tables.empty_file"),
        ("名称,住所,".encode() + b"a," * 10_000, "tables.too_many_columns"),
        ("名称,住所\n".encode() + b"x" * 1_000_000, "tables.cell_too_long"),
        ("名称,住所\n".encode() + b"x" * 100_000_000, "tables.line_too_long"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 100, "tables.old_workbook"),
        (b"%PDF-1.7 ...", "tables.not_a_table"),
        (b"\x89PNG\r\n\x1a\n", "tables.not_a_table"),
        (b"PK\x03\x04 and then nothing", "tables.workbook_damaged"),
        ("名称,住所\nあ,い\n".encode() + "う,え\n".encode("cp932"), "tables.mixed_encoding"),
    ],
    ids=["empty", "blank", "columns", "cell", "line", "xls", "pdf", "png", "zip", "mixed"],
)
def test_bad_files(tmp_path, data, key):
    """Each bad file ends in a sentence."""
    assert _refusal(_written(tmp_path, data), header_must_have=NAMES).key == key


def test_limits_on_bytes_and_rows(tmp_path):
    """A file over a limit is refused, as is one that does not exist."""
    path = _written(tmp_path, b"a,b\n" + b"1,2\n" * 1_000)
    assert _refusal(path, most_rows=999).key == "tables.too_many_rows"
    assert _refusal(path, most_rows=300).key == "tables.too_many_rows"
    assert _refusal(path, most_bytes=2_000).key == "tables.too_large"
    assert _refusal(tmp_path / "none.csv").key == "tables.no_file"


def test_a_header_alone_is_a_table(tmp_path):
    """A table without rows is read as one."""
    table = read_table(_written(tmp_path, "名称,住所\r\n".encode()), header_must_have=NAMES)
    assert (table.columns, list(table.rows)) == (("名称", "住所"), [])


def test_dirt_in_cells_is_data(tmp_path):
    """NUL, formulas and scripts are text like any other."""
    (row,) = _rows(_written(tmp_path, "名称,住所\n=1+1\0,<script>${x}\n".encode()))
    assert row.values == {"名称": "=1+1", "住所": "<script>${x}"}


def test_workbook_cells_and_sheets(tmp_path):
    """The first sheet with the header is read; days and times are ISO text, numbers have no ``.0``."""
    day = datetime(2026, 3, 2)  # a cell has no zone
    path = _workbook(
        tmp_path,
        [["表紙"], ["この表について"]],
        [[None, "一覧"], ["名称", "住所", "日", "時", "数", "可", "長さ"], ["川辺", "1", day, time(9, 30), 5.0, True]],
    )
    table = read_table(path, header_must_have=NAMES)
    (row,) = table.rows
    assert (table.encoding, row.line, row.notes) == ("xlsx", 3, ())
    assert row.values == {
        "名称": "川辺",
        "住所": "1",
        "日": "2026-03-02",
        "時": "09:30",
        "数": "5",
        "可": "1",
        "長さ": "",
    }


def test_workbook_moments_and_durations(tmp_path):
    """A moment keeps its time, a duration past midnight its hours, a coordinate its digits."""
    moment = datetime(2026, 3, 2, 9, 30)  # a cell has no zone
    path = _workbook(tmp_path, [["始", "長", "緯度"], [moment, timedelta(hours=24, minutes=30), 34.6651234]])
    (row,) = _rows(path)
    assert list(row.values.values()) == ["2026-03-02 09:30", "24:30", "34.6651234"]


def _with_part(path, name, change):
    """The workbook with one part changed."""
    data = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            content = old.read(part)
            new.writestr(part.filename, change(content) if part.filename == name else content)
    path.write_bytes(data.getvalue())
    return path


@pytest.mark.parametrize("name", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "[Content_Types].xml"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
def test_workbooks_with_entities_are_refused(tmp_path, name, codec):
    """A part with a document type (XXE, CVE-2017-5992) is never opened, in any encoding of XML."""
    (tmp_path / "secret").write_text("secret")
    path = _workbook(tmp_path, [["名称", "住所"], ["a", "b"]])
    entity = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{tmp_path}/secret">]>'.encode(codec)
    assert _refusal(_with_part(path, name, lambda old: entity + old)).key == "tables.workbook_entities"


def test_workbook_bombs_are_refused(tmp_path):
    """A sheet that unpacks to more than 50 times its size is not unpacked."""
    path = _workbook(tmp_path, [["名称", "住所"], ["a", "b"]])
    _with_part(path, "xl/worksheets/sheet1.xml", lambda old: old + b" " * (30 << 20))
    assert path.stat().st_size < 1 << 20
    assert _refusal(path).key == "tables.workbook_bomb"


def test_broken_workbooks_are_refused(tmp_path):
    """A sheet that is no XML ends in a sentence, not in a parser's error."""
    path = _workbook(tmp_path, [["名称", "住所"], ["a", "b"]])
    assert (
        _refusal(_with_part(path, "xl/worksheets/sheet1.xml", lambda old: old[:200])).key == "tables.workbook_damaged"
    )


def test_tables_about_persons_are_refused():
    """A list of persons is refused, its columns are named, and its values are not."""
    with pytest.raises(PersonDataError) as refused:
        read_table(GOLDEN / "invalid" / "persons.csv", header_must_have=NAMES)
    assert refused.value.values == {"columns": "氏名、生年月日、要介護度、障害者手帳等級"}


ABOUT_PERSONS: Final = """
    氏名 氏名（カナ） 対象者氏名 世帯主 要支援者名 生年月日 本人生年月日 要介護度 要介護状態区分 障害等級 障がい者手帳
    身体障害者手帳等級 療育手帳 障害支援区分 障害の程度 マイナンバー 個人番号 被保険者番号 介護保険被保険者証番号
    受給者証番号 続柄 病名 かかりつけ医 DateOfBirth
"""
ABOUT_PLACES: Final = """
    名称 連絡先名称 団体名 代表者 代表者氏名 施設管理者氏名 園長氏名 法人代表者氏名 講師氏名 バリアフリー情報
    障害者用トイレ 身体障害者用駐車場 障害者手帳割引 対象となる障害種別 マイナンバーカード対応 事業所番号 法人番号
    要介護認定の相談 介護サービス事業所名称 年齢 85歳以上の女性 世帯数 認可等年月日
"""


@pytest.mark.parametrize("column", ABOUT_PERSONS.split())
def test_columns_about_persons(column):
    """Each column about persons is known in its usual spellings."""
    with pytest.raises(PersonDataError):
        refuse_person_columns(["名称", column])


def test_columns_about_places_pass():
    """What published lists of places hold is not taken for persons' data."""
    refuse_person_columns(ABOUT_PLACES.split())


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300))
def test_any_bytes_end_clearly(tmp_path, data):
    """Whatever a file holds, it is read or refused with a sentence."""
    path = _written(tmp_path, data)
    try:
        assert all(row.line >= 1 for row in read_table(path).rows)
    except UnreadableFileError as refused:
        assert say_error(refused)  # noqa: PT017  # both ends are allowed


@needs_real_data
def test_real_workbook():
    """A city's own workbook of events is read whole."""
    table = read_table(REAL / "events" / "takamatsu_events.xlsx")
    assert ("開催日" in table.columns, len(list(table.rows))) == (True, 51)
