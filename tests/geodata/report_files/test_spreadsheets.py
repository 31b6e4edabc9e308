"""Tables as CSV and as a workbook, read back by others' readers."""

from __future__ import annotations

import csv
import io
import math

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.report_files import FORMATS
from geodata.report_files.cells import harmless
from portal.words import LANGUAGES, say
from tests.geodata.report_files import made_tables

STARTS = tuple("=+-@＝＋－＠\t\r\n")


def read_csv(table):
    """The rows as Python's own reader finds them."""
    data = FORMATS["csv"].write(table, "ja")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def read_book(table, language="ja"):
    """The workbook as openpyxl opens it."""
    return openpyxl.load_workbook(io.BytesIO(FORMATS["workbook"].write(table, language)))


def test_a_csv_has_labels_and_rows_and_a_byte_order_mark():
    """The header holds the labels, what is not known is empty, and 0 stays 0."""
    assert FORMATS["csv"].write(made_tables.table(), "ja").startswith(b"\xef\xbb\xbf")
    assert read_csv(made_tables.table()) == [
        ["区域", "状態", "人数", "前年との差"],
        ["北一", "充足", "120", "1.5"],
        ["北二", "なし", "", "-2.25"],
        ["南一", "未調査", "0", ""],
    ]


def test_a_workbook_has_numbers_as_numbers():
    """The sheet of data holds the cells with their types; a negative number is no formula."""
    sheet = read_book(made_tables.table()).worksheets[0]
    assert sheet.title == "充足状況"
    assert [tuple(cell.value for cell in row) for row in sheet.iter_rows(min_row=2)] == list(made_tables.ROWS)
    assert sheet.freeze_panes == "A2"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_definitions_tell_everything(language):
    """The second sheet tells each column, its unit, the rule, the day, and each source with licence and credit."""
    sheet = read_book(made_tables.table(), language).worksheets[1]
    assert sheet.title == say("report_files.definitions", language)
    told = {cell for row in sheet.iter_rows(values_only=True) for cell in row}
    table = made_tables.table()
    for column in table.columns:
        assert {column.label, column.definition, column.unit or None} <= told
    assert {table.counted, "2026-11-22", "CC BY 4.0", "総務省統計局"} <= told
    assert say("report_files.source_as_of", language, name="国勢調査", day="2020-10-01") in told
    assert "'=HYPERLINK(1)" in told


@pytest.mark.parametrize("title", ["a/b*c?[d]:e", "定義", "'", "とても長い題" * 20, "=1+1", "\x00"])
def test_any_title_makes_a_sheet(title):
    """A title that Excel would refuse as the name of a sheet does not stop the workbook."""
    book = read_book(made_tables.table(title=title))
    assert len(book.worksheets) == 2
    assert book.worksheets[0].max_row == 1 + len(made_tables.ROWS)


def test_no_formula_leaves_the_portal():
    """Cells and labels that begin like a formula come out as text with an apostrophe, in CSV and in the workbook."""
    table = made_tables.of_texts(made_tables.FORMULAS)
    assert all(row[0].startswith("'") for row in read_csv(table)[1:])
    for sheet in read_book(table).worksheets:
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert all(cell.value.startswith("'") for cell in read_book(table).worksheets[0]["A"][1:])


def test_odd_text_breaks_no_file():
    """Control characters and lone surrogates are replaced, all else comes back as it was."""
    table = made_tables.of_texts(made_tables.ODD)
    wanted = ["<script>", "${7*7}", "a\ufffdb", "\ufffd", "葛\U000e0100", "\u202e右", "改\n行", 'a"b,c;=1', "\ufffd"]
    assert [row[0] for row in read_csv(table)[1:]] == wanted
    assert [cell.value for cell in read_book(table).worksheets[0]["A"][1:]] == wanted


def test_a_number_that_is_none_is_left_empty():
    """NaN and infinity are no figures: the cell is empty in both."""
    table = made_tables.table((made_tables.COLUMNS[2],), ((math.nan,), (math.inf,)), ())
    assert read_csv(table)[1:] == [[""], [""]]
    assert [cell.value for cell in read_book(table).worksheets[0]["A"][1:]] in ([None, None], [])


@given(st.text(max_size=30))
@settings(max_examples=60, deadline=None)
def test_no_text_comes_out_as_a_formula(text):
    """Whatever a person wrote, the cell does not begin with what a spreadsheet runs."""
    assert not harmless(text).lstrip(" ").startswith(STARTS)


@given(st.lists(st.text(max_size=12), min_size=1, max_size=5))
@settings(max_examples=25, deadline=None)
def test_any_text_comes_back_from_a_csv(texts):
    """The file reads back to the same harmless cells, row by row."""
    assert [row[0] for row in read_csv(made_tables.of_texts(texts))[1:]] == [harmless(text) for text in texts]
