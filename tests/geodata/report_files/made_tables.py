"""Tables of the invented town, and text that tries to be more than text."""

from __future__ import annotations

from datetime import date
from typing import Final

from portal.model.report_table import ReportColumn, ReportTable
from portal.model.source import Source
from tests import town

COLUMNS: Final = (
    ReportColumn("district", "区域", "区域の名前です。"),
    ReportColumn("state", "状態", "整備の目安に対する状態です。"),
    ReportColumn("people", "人数", "65歳以上の人の数です。", "人"),
    ReportColumn("change", "前年との差", "1年前との差です。", "ポイント"),
)
ROWS: Final = (
    ("北一", "充足", 120, 1.5),
    ("北二", "なし", None, -2.25),
    ("南一", "未調査", 0, None),
)
SOURCES: Final = (
    Source("国勢調査", "CC BY 4.0", date(2020, 10, 1), "総務省統計局", "https://example.jp/census"),
    Source("=HYPERLINK(1)", "", None, "@credit"),
)
AREAS: Final = (
    town.square(0, 1),
    town.square(1, 1).union(town.square(3, 1)),
    None,
)
FORMULAS: Final = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", " =1", "\n=1", "=cmd|'/c calc'!A1")
ODD: Final = ("<script>", "${7*7}", "a\x00b", "\ud800", "葛\U000e0100", "\u202e右", "改\n行", 'a"b,c;=1', "\ufffe")


def table(columns=COLUMNS, rows=ROWS, areas=AREAS, **values):
    """A table of three districts, one of them in two pieces and one without an area."""
    values = {"name": "coverage", "title": "充足状況", "municipality": town.CODE, "day": town.TODAY, **values}
    values = {"counted": "確認済みの記録だけを数えます。見本は数えません。", "sources": SOURCES, **values}
    return ReportTable(columns=columns, rows=rows, areas=areas, **values)


def of_texts(texts):
    """A table of one column of text."""
    return table((COLUMNS[0],), tuple((text,) for text in texts), ())
