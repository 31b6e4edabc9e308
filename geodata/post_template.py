"""The workbook that groups fill in to post many things at once: 推奨データセット「イベント一覧」 with notes."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final, Literal

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from portal.model.post import HELP, PostKind
from portal.words import say

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

SAMPLE: Final = "【見本】"
"""What the name in the sample row begins with; such a row is never read."""
KINDS: Final = tuple(kind for kind in PostKind if kind not in HELP)
"""What can be posted by workbook; help between residents is asked for in the form, without any contact."""
LAST_ROW: Final = 500
"""The checks reach so far down."""
HEAD: Final = PatternFill("solid", fgColor="FF1F4E79")
NEEDED: Final = PatternFill("solid", fgColor="FF7A1F5C")
GREY: Final = PatternFill("solid", fgColor="FFEEEEEE")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the list."""

    name: str
    note: str = ""
    """End of the key of its note in ``workbook.toml``."""
    sample: str = ""
    check: str = ""
    """``date``, ``time``, ``lat``, ``lon`` or ``kind``: what may stand in it."""
    needed: bool = False
    width: int = 14


COLUMNS: Final = (
    Column("都道府県コード又は市区町村コード", "code"),
    Column("NO", "number", "R8-001", width=10),
    Column("都道府県名"),
    Column("市区町村名"),
    Column("イベント名", "name", f"{SAMPLE}ひだまりサロン", needed=True, width=28),
    Column("イベント名_カナ", sample="ヒダマリサロン"),
    Column("イベント名_英語", sample="Hidamari salon"),
    Column("開始日", "first_day", "2026-12-08", "date", needed=True),
    Column("終了日", "last_day", "2026-12-08", "date"),
    Column("開始時間", "starts", "10:00", "time"),
    Column("終了時間", "ends", "11:30", "time"),
    Column("開始日時特記事項", "remark", width=24),
    Column("説明", "text", "お茶を飲みながら話しましょう。", width=40),
    Column("料金(基本)", "fee", "100円"),
    Column("料金(詳細)", sample="お茶代"),
    Column("連絡先名称", "contact", "ひだまりの会"),
    Column("連絡先電話番号", "phone", "06-0000-0000"),
    Column("連絡先内線番号"),
    Column("主催者", sample="ひだまりの会"),
    Column("場所名称", "venue", "見本会館", width=20),
    Column("住所", "address", "見本町1-1", width=24),
    Column("方書"),
    Column("緯度", "lat", "34.650000", "lat"),
    Column("経度", "lon", "135.470000", "lon"),
    Column("アクセス方法"),
    Column("駐車場情報"),
    Column("定員", "seats", "20"),
    Column("参加申込終了日", "booking_until", "2026-12-05", "date"),
    Column("参加申込終了時間"),
    Column("参加申込方法", "booking", "申込不要"),
    Column("URL", "url", "https://example.jp/", width=24),
    Column("備考"),
    Column("カテゴリー", "kind", check="kind", width=18),
)


@cache
def template(language: str) -> bytes:
    """The workbook as a file (.xlsx): a header with notes, one sample row that is never read, and a page of notes.

    The columns keep their Japanese names, by which any portal reads them; the notes are in ``language``.
    """
    book = Workbook()
    sheet: Worksheet = book.active  # type: ignore[assignment]  # a new book has one plain sheet
    sheet.title = say("workbook.sheet", language)
    for number, column in enumerate(COLUMNS, start=1):
        _head(sheet, number, column, language)
        _sample(sheet, number, column, language)
        _check(sheet, number, column, language)
    sheet.freeze_panes = "F2"
    _notes(book.create_sheet(say("workbook.notes_sheet", language)), language)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def kind_name(kind: PostKind, language: str) -> str:
    """What a kind is called in the column カテゴリー."""
    return say(f"workbook.kind_{kind}", language)


def _note(column: Column, language: str) -> str:
    return say(f"workbook.note_{column.note}", language, sample=SAMPLE) if column.note else ""


def _head(sheet: Worksheet, number: int, column: Column, language: str) -> None:
    cell = sheet.cell(1, number, column.name)
    cell.font = Font(bold=True, color="FFFFFFFF")
    cell.fill = NEEDED if column.needed else HEAD
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if note := _note(column, language):
        cell.comment = Comment(note, "", height=110, width=300)
    sheet.column_dimensions[get_column_letter(number)].width = column.width


def _sample(sheet: Worksheet, number: int, column: Column, language: str) -> None:
    text = kind_name(PostKind.SERIES, language) if column.check == "kind" else column.sample
    cell = sheet.cell(2, number, text or None)
    cell.fill = GREY
    cell.font = Font(italic=True, color="FF444444")
    cell.number_format = "@"


def _check(sheet: Worksheet, number: int, column: Column, language: str) -> None:
    """What a spreadsheet refuses or formats below the sample row."""
    letter = get_column_letter(number)
    shape = {"date": "yyyy-mm-dd", "time": "hh:mm", "": "@"}.get(column.check, "General")
    for row in range(3, LAST_ROW + 1):
        sheet.cell(row, number).number_format = shape
    made = _validation(column.check, language)
    if made:
        made.error = _note(column, language)[:200]
        made.errorStyle = "warning"  # dates without a year and the like are read all the same
        made.add(f"{letter}3:{letter}{LAST_ROW}")
        sheet.add_data_validation(made)


def _validation(check: str, language: str) -> DataValidation | None:
    if check == "kind":
        names = ",".join(kind_name(kind, language) for kind in KINDS)
        return DataValidation("list", formula1=f'"{names}"', allow_blank=True, showErrorMessage=True)
    spans: dict[str, tuple[Literal["date", "time", "decimal"], str, str]] = {
        "date": ("date", "36526", "109575"),  # 2000-01-01 to 2200-01-01, as a spreadsheet counts days
        "time": ("time", "0", "1"),
        "lat": ("decimal", "20", "46"),
        "lon": ("decimal", "122", "154"),
    }
    if check not in spans:
        return None
    kind, least, most = spans[check]
    return DataValidation(
        kind, operator="between", formula1=least, formula2=most, allow_blank=True, showErrorMessage=True
    )


def _notes(sheet: Worksheet, language: str) -> None:
    """A page that says the same as the notes in the header, for those who do not see them, and for printing."""
    sheet.append([say("workbook.notes_title", language)])
    sheet.append([say("workbook.notes_intro", language, sample=SAMPLE)])
    for column in COLUMNS:
        if note := _note(column, language):
            sheet.append([column.name, note])
    sheet["A1"].font = Font(bold=True, size=14)
    sheet.column_dimensions["A"].width = 30
    sheet.column_dimensions["B"].width = 100
