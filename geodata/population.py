"""People by area and age (推奨データセット「地域・年齢別人口」): five-year bands of men and women.

A cell that is suppressed (``-``, ``*``, ``X``) is not known: its band is left out, never taken for zero.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from geodata.decode import fold_header, read_code, read_date, read_int
from geodata.place_rows import Notes, RefusedRowError
from geodata.table import read_table
from portal.errors import InvalidRecordError, UnreadableFileError
from portal.model.district import AgeBand
from portal.model.finding import Finding, Severity
from portal.model.intake import PopulationIntake, PopulationRow
from portal.model.source import Source

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from geodata.table import TableRow

SOURCE: Final = Source("地域・年齢別人口")
NAMES: Final = {
    "area": ("地域名", "町丁字名", "町丁目名", "校区名", "小学校区名", "地区名", "町名"),
    "as_of": ("調査年月日", "基準日", "調査日", "調査基準日", "年月日"),
    "total": ("総人口", "人口総数", "総数", "人口", "合計"),
    "men": ("男性", "男", "男性人口", "男性数"),
    "women": ("女性", "女", "女性人口", "女性数"),
    "households": ("世帯数", "世帯"),
    "code": ("全国地方公共団体コード", "都道府県コード又は市区町村コード", "市区町村コード", "団体コード"),
    "prefecture": ("都道府県名",),
}
NEEDED: Final = ("area", "as_of", "total", "men", "women")
BAND: Final = re.compile(r"(\d{1,3})(?:歳)?[-~](\d{1,3})歳の?(男|女)性?|(\d{1,3})歳以上の?(男|女)性?")
DASHES: Final = str.maketrans("～〜∼‐‑‒–—−ー―", "~~~--------")
SUPPRESSED: Final = re.compile(r"[-‐‑–—―−ー－*＊xχΧ…・.]+|秘匿", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns hold what."""

    fields: dict[str, str]
    bands: dict[tuple[int, int | None], dict[str, str]]
    """By the ages, both included, the column of 男 and that of 女."""


def read(files: Sequence[Path]) -> PopulationIntake:
    """The people of each area of one or more tables.

    Refused: a row without area or day, with a total, men or women that are suppressed, negative or no numbers, and an
    area that stands there twice for one day. Raises UnreadableFileError and PersonDataError.
    """
    rows: list[PopulationRow] = []
    findings: list[Finding] = []
    first: dict[tuple[str, str, date], int] = {}
    count = 0
    for path in files:
        table = read_table(path, header_must_have=[NAMES[name] for name in NEEDED])
        columns = find_columns(table.columns)
        for row in table.rows:
            count += 1
            notes = Notes(table.file, row.line)
            try:
                read_row = _read_row(row, columns, notes)
                line = first.setdefault((read_row.authority, read_row.area, read_row.as_of), row.line)
                if line != row.line:
                    raise RefusedRowError("intake.area_twice", area=read_row.area, first=line)
            except InvalidRecordError as error:
                findings.append(Finding(row.line, Severity.REFUSED, error.key, error.values, table.file))
            else:
                rows.append(read_row)
                findings += notes.findings
    return PopulationIntake(tuple(rows), tuple(findings), count, SOURCE)


def find_columns(columns: Sequence[str]) -> Columns:
    """The fields and the bands of a header, whose numbers may be full-width: 「０～４歳の男性」.

    Raises UnreadableFileError where ages of two bands overlap: people would be counted twice.
    """
    folded = {fold_header(column): column for column in reversed(columns)}
    fields = {
        field: next(column for name in names if (column := folded.get(fold_header(name))))
        for field, names in NAMES.items()
        if any(fold_header(name) in folded for name in names)
    }
    bands: dict[tuple[int, int | None], dict[str, str]] = {}
    for column in columns:
        plain = "".join(unicodedata.normalize("NFKC", column).translate(DASHES).split())
        if found := BAND.fullmatch(plain.rstrip("*")):
            low, high, sex, over, sex_over = found.groups()
            ages = (int(over), None) if over else (int(low), int(high))
            bands.setdefault(ages, {}).setdefault(sex or sex_over, column)
    complete = {ages: bands[ages] for ages in sorted(bands, key=lambda one: one[0]) if len(bands[ages]) == len("男女")}
    _check_overlap(list(complete))
    return Columns(fields, complete)


def _check_overlap(bands: Sequence[tuple[int, int | None]]) -> None:
    for (low, high), (following, _) in pairwise(bands):
        if high is None or following <= high:
            raise UnreadableFileError("intake.ages_overlap", one=low, other=following)


def _read_row(row: TableRow, columns: Columns, notes: Notes) -> PopulationRow:
    for key in row.notes:
        notes.doubt(key)
    cells = {field: row.values.get(column, "") for field, column in columns.fields.items()}
    area = cells["area"]
    if not area:
        raise RefusedRowError("intake.no_area")
    total, men, women = (_needed(cells[name], columns.fields[name], area) for name in ("total", "men", "women"))
    if total != men + women:
        notes.doubt("intake.total_differs", area=area, total=total, sum=men + women)
    bands = _bands(row, columns, notes, area)
    if len(bands) == len(columns.bands):
        _check_sums(bands, (men, women), notes, area)
    households = _count(cells.get("households", ""))
    return PopulationRow(
        row.line, _code(cells, notes), area, _day(cells["as_of"]), total, men, women, bands, households
    )


def _day(text: str) -> date:
    try:
        day = read_date(text)
    except ValueError:
        day = None
    if day is None:
        raise RefusedRowError("intake.no_such_day", day=text[:80])
    return day


def _code(cells: dict[str, str], notes: Notes) -> str:
    text = cells.get("code", "")
    try:
        return read_code(text, cells.get("prefecture", ""))
    except ValueError:
        notes.doubt("intake.bad_code", code=text)
        return ""


def _count(text: str) -> int | None:
    """The number of people in a cell; None where it is empty or suppressed. Raises RefusedRowError otherwise."""
    if not text or SUPPRESSED.fullmatch(text):
        return None
    try:
        number = read_int(text)
    except ValueError:
        raise RefusedRowError("intake.bad_count", value=text[:80]) from None
    if number is not None and number < 0:
        raise RefusedRowError("intake.bad_count", value=text[:80])
    return number


def _needed(text: str, column: str, area: str) -> int:
    number = _count(text)
    if number is None:
        raise RefusedRowError("intake.count_suppressed", area=area, column=column)
    return number


def _bands(row: TableRow, columns: Columns, notes: Notes, area: str) -> tuple[AgeBand, ...]:
    """The bands of which both numbers are known; the others are said."""
    bands: list[AgeBand] = []
    hidden: list[str] = []
    for (low, high), by_sex in columns.bands.items():
        men, women = (_count(row.values.get(by_sex[sex], "")) for sex in "男女")
        if men is None or women is None:
            hidden.append(f"{low}-{high}" if high is not None else f"{low}+")
        else:
            bands.append(AgeBand(low, high, men, women))
    if hidden:
        notes.doubt("intake.bands_suppressed", area=area, bands=", ".join(hidden))
    return tuple(bands)


def _check_sums(bands: Sequence[AgeBand], sexes: tuple[int, int], notes: Notes, area: str) -> None:
    """Where every band is known from 0 on, they make up all men and all women."""
    if not bands or bands[0].low != 0 or bands[-1].high is not None:
        return
    found = sum(band.men for band in bands), sum(band.women for band in bands)
    if found != sexes:
        notes.doubt("intake.bands_differ", area=area, total=sum(sexes), sum=sum(found))
