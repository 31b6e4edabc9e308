"""The columns of a table of numbers of people in need, told apart; columns about persons are refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geodata.decode import fold_header, read_int
from geodata.population import SUPPRESSED
from portal.errors import PersonDataError, UnreadableFileError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geodata.table import TableRow

NAMES: Final = {
    "area": (
        "区域名",
        "校区名",
        "小学校区名",
        "中学校区名",
        "小学校区",
        "中学校区",
        "校区",
        "地区名",
        "地域名",
        "支部名",
    ),
    "as_of": ("基準日", "調査年月日", "調査基準日", "調査日", "年月日", "集計日"),
    "layer": ("区域の種類", "区域種別", "地区種別"),
    "total": ("人数", "要支援者数", "避難行動要支援者数", "総数", "合計", "計", "対象者数"),
    "category": ("区分", "要支援区分", "種別", "要件", "事由"),
    "facilities": ("事業所数", "施設数"),
}
NEEDED: Final = ("area", "as_of")
NO_CATEGORY: Final = frozenset(
    fold_header(name)
    for name in (
        *(
            "全国地方公共団体コード",
            "市区町村コード",
            "団体コード",
            "都道府県名",
            "市区町村名",
            "番号",
            "No",
            "ID",
            "コード",
        ),
        *("総人口", "人口", "世帯数", "緯度", "経度", "備考", "面積", "区域コード", "校区コード", "高齢化率"),
    )
)
"""Columns that such tables have beside their numbers."""
PERSONAL: Final = frozenset(
    fold_header(name)
    for name in (
        *(
            "住所",
            "現住所",
            "居住地",
            "所在地",
            "方書",
            "郵便番号",
            "電話",
            "電話番号",
            "携帯電話",
            "携帯電話番号",
            "FAX",
        ),
        *(
            "メール",
            "メールアドレス",
            "性別",
            "年齢",
            "緊急連絡先",
            "避難支援者",
            "避難支援等実施者",
            "同意の有無",
            "同意",
        ),
    )
)
"""What a table of numbers by district never has: a list of persons without its column of names."""
MOST_CATEGORIES: Final = 30


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns hold what."""

    fields: dict[str, str]
    categories: tuple[str, ...]


def refuse_personal(columns: Iterable[str]) -> None:
    """Refuse a table with columns that only a list of persons has. Raises PersonDataError with the columns."""
    found = [column for column in columns if fold_header(column) in PERSONAL]
    if found:
        raise PersonDataError("tables.person_columns", columns="、".join(found[:10]))


def find_columns(columns: Sequence[str], lines: Sequence[TableRow]) -> Columns:
    """The fields, and the categories of a wide table: all other columns that hold nothing but numbers.

    Raises UnreadableFileError for a table without any numbers, and for one with too many columns of them.
    """
    folded = {fold_header(column): column for column in reversed(columns)}
    fields = {
        field: next(column for name in names if (column := folded.get(fold_header(name))))
        for field, names in NAMES.items()
        if any(fold_header(name) in folded for name in names)
    }
    others = [it for it in columns if it not in fields.values() and fold_header(it) not in NO_CATEGORY]
    found = [] if "category" in fields else [column for column in others if _all_numbers(column, lines)]
    if "total" not in fields and not found:
        raise UnreadableFileError("tables.no_header", names=NAMES["total"][0])
    if len(found) > MOST_CATEGORIES:
        raise UnreadableFileError("needs.too_many_categories", most=MOST_CATEGORIES)
    return Columns(fields, tuple(found))


def _all_numbers(column: str, lines: Sequence[TableRow]) -> bool:
    cells = [cell for line in lines if (cell := line.values.get(column, ""))]
    return bool(cells) and sum(_is_number(cell) for cell in cells) * 2 > len(cells)


def _is_number(cell: str) -> bool:
    try:
        return bool(SUPPRESSED.fullmatch(cell)) or read_int(cell) is not None
    except ValueError:
        return False
