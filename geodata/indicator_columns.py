"""The columns of a plan as a long table (計画の指標の表), one row for each indicator and year or day."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from geodata.cells.dates import ERAS
from geodata.cells.text import narrow
from geodata.decode import fold_header
from geodata.place_rows import RefusedRowError
from portal.model.indicator import Better, Measure

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "key": ("キー", "指標キー", "key"),
    "order": ("順番", "順", "order"),
    "name": ("指標", "指標名", "指標の名称", "indicator"),
    "name_en": ("指標(英語)", "指標_英語", "indicator_en"),
    "unit": ("単位", "unit"),
    "unit_en": ("単位(英語)", "単位_英語", "unit_en"),
    "year": ("年度", "年", "year"),
    "value": ("値", "実績", "実績値", "value"),
    "target": ("目標", "目標値", "target"),
    "day": ("途中経過の日", "途中経過日", "day"),
    "progress": ("途中経過", "途中経過の値", "progress"),
    "better": ("望ましい方向", "better"),
    "measure": ("ポータルの数", "measure"),
    "goal": ("計画の目標のキー", "目標のキー", "goal"),
    "note": ("備考", "note"),
    "note_en": ("備考(英語)", "備考_英語", "note_en"),
    "source": ("出典", "計画名", "source"),
    "licence": ("利用条件", "ライセンス", "licence"),
    "as_of": ("出典の日", "as_of"),
    "credit": ("クレジット", "credit"),
    "url": ("出典のURL", "URL", "url"),
    "off": ("使わない", "off"),
}
"""By field the names that its column goes by, the first of them the one that is written."""
NEEDED: Final = ("name", "unit", "year")
NONE_WORDS: Final = frozenset({"なし", "無し", "無", "none", "-", "―", "—", "ー"})
"""What stands where the plan says that it has no value."""
NONE_WRITTEN: Final = "なし"
BETTER_WORDS: Final = {
    "多いほど良い": Better.MORE,
    "少ないほど良い": Better.LESS,
    "more": Better.MORE,
    "less": Better.LESS,
}
MEASURE_WORDS: Final = {
    "投稿": Measure.POSTS,
    "参加者": Measure.PARTICIPANTS,
    "posts": Measure.POSTS,
    "participants": Measure.PARTICIPANTS,
}
RISKY: Final = "=+-@\t\r＝＋－＠"
"""What a spreadsheet takes for the beginning of a formula."""
YEAR: Final = re.compile(r"(\d{4})(?:年度?)?|(明治|大正|昭和|平成|令和|[mtshr])\.?(\d{1,2}|元)(?:年度?)?")
NUMBER: Final = re.compile(r"[+-]?\d{1,12}(?:\.\d{1,20})?(?:[eE][+-]\d{1,2})?")


def found(columns: Sequence[str]) -> dict[str, str]:
    """The column of each field that a header has."""
    folded = {fold_header(column): column for column in reversed(columns)}
    return {
        field: next(folded[fold_header(name)] for name in names if fold_header(name) in folded)
        for field, names in COLUMNS.items()
        if any(fold_header(name) in folded for name in names)
    }


def read_year(text: str) -> str:
    """The fiscal year of a cell, western: 2022, 2022年度, 令和4年度, R4. Empty for an empty one.

    Raises RefusedRowError for anything else.
    """
    plain = "".join(narrow(text).casefold().split())
    if not plain:
        return ""
    if match := YEAR.fullmatch(plain):
        western, era, count = match.groups()
        return western or f"{ERAS[era] + (1 if count == '元' else int(count)):04}"
    raise RefusedRowError("indicators.bad_cell_year", text=text[:80])


def read_number(text: str) -> float | None:
    """The number of a cell (1,234, ４７.１, 55%); None for an empty one. Raises RefusedRowError for anything else."""
    plain = narrow(text).replace(",", "").removesuffix("%").strip()
    if not plain:
        return None
    if NUMBER.fullmatch(plain):
        return float(plain)
    raise RefusedRowError("indicators.bad_number", text=text[:80])


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula; :func:`as_meant` undoes it."""
    return f"'{text}" if text[:1] and text[0] in f"{RISKY}'" else text


def as_meant(text: str) -> str:
    """A text without the sign that keeps a spreadsheet from calculating."""
    return text[1:] if text[:1] == "'" and text[1:2] and text[1] in f"{RISKY}'" else text
