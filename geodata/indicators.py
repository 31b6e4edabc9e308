"""A plan's indicators as a file (計画の指標の表): a long table, CSV or workbook, read with what is wrong in its lines.

One row says an indicator's value and target in one fiscal year, or what was reached by a day within one (途中経過).
Rows of one key, or without keys of one name, are one indicator.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, TypeVar

from geodata.decode import read_date, read_flag, read_int
from geodata.indicator_columns import (
    BETTER_WORDS,
    COLUMNS,
    MEASURE_WORDS,
    NEEDED,
    NONE_WORDS,
    as_meant,
    found,
    read_number,
    read_year,
)
from geodata.place_rows import Notes, RefusedRowError
from geodata.table import read_table
from portal.errors import InvalidRecordError
from portal.model.finding import Finding, Severity
from portal.model.indicator import Better, Indicator
from portal.model.source import Source
from portal.records import digest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from geodata.table import TableRow

T = TypeVar("T")
MOST_ROWS: Final = 10_000
SAID_ONCE: Final = (*(name for name in COLUMNS if name not in {"key", "year", "value", "target", "day", "progress"}),)
"""What is the indicator's and not the year's: every row may repeat it, the first row counts."""


@dataclass(frozen=True, slots=True)
class PlanIntake:
    """What a file says."""

    indicators: tuple[Indicator, ...]
    """Of the rows that could be read, in the order of the file."""
    findings: tuple[Finding, ...]
    read: int
    """Rows of data, the refused ones counted."""


@dataclass(slots=True)
class _Growing:
    """An indicator with the line it began in and the cells that hold for all of its rows."""

    indicator: Indicator
    line: int
    cells: dict[str, str] = field(default_factory=dict)


def read(path: Path, municipality: str) -> PlanIntake:
    """The indicators of a .csv or .xlsx file for a municipality.

    Refused, with their lines: a row without name or unit, a year, day or number that is none, a value without its
    year, and one that says something else than an earlier row. Raises UnreadableFileError and PersonDataError.
    """
    table = read_table(path, header_must_have=[COLUMNS[name] for name in NEEDED], most_rows=MOST_ROWS)
    columns = found(table.columns)
    growing: dict[str, _Growing] = {}
    findings: list[Finding] = []
    count = 0
    for row in table.rows:
        count += 1
        notes = Notes(table.file, row.line)
        try:
            _take(growing, _cells(row, columns), municipality, notes)
        except InvalidRecordError as error:
            findings.append(Finding(row.line, Severity.REFUSED, error.key, error.values, table.file))
        else:
            findings += [
                *notes.findings,
                *(Finding(row.line, Severity.DOUBTFUL, key, {}, table.file) for key in row.notes),
            ]
    return PlanIntake(tuple(one.indicator for one in growing.values()), tuple(findings), count)


def _cells(row: TableRow, columns: Mapping[str, str]) -> dict[str, str]:
    return {name: as_meant(row.values.get(columns[name], "")) if name in columns else "" for name in COLUMNS}


def _take(growing: dict[str, _Growing], cells: dict[str, str], municipality: str, notes: Notes) -> None:
    """Add one row to the indicator that it is of. Raises InvalidRecordError, and nothing is added then."""
    key = cells["key"] or _key(growing, cells["name"])
    known = growing.get(key)
    begun = known or _Growing(_begin(key, cells, municipality, len(growing)), notes.line, cells)
    grown = _with_progress(_with_year(begun.indicator, cells), cells)
    if known:
        _doubt_differences(known, cells, notes)
    growing[key] = _Growing(grown, begun.line, begun.cells)


def _key(growing: Mapping[str, _Growing], name: str) -> str:
    """The key of the indicator of that name in an earlier row, else one made of the name."""
    return next((key for key, one in growing.items() if one.indicator.name == name), key_of(name))


def key_of(name: str) -> str:
    """The key of an indicator whose row has none."""
    return f"i_{digest(name)[:16]}"


def _begin(key: str, cells: Mapping[str, str], municipality: str, order: int) -> Indicator:
    """The indicator of a first row, without figures."""
    if not cells["name"]:
        raise RefusedRowError("model.no_name")
    if not cells["unit"]:
        raise RefusedRowError("indicators.no_unit", name=cells["name"])
    return Indicator(
        municipality=municipality,
        key=key,
        name=cells["name"],
        name_en=cells["name_en"] or cells["name"],
        unit=cells["unit"],
        unit_en=cells["unit_en"],
        better=_choice("better", cells, BETTER_WORDS, Better.MORE),
        measure=_choice("measure", cells, MEASURE_WORDS, None),
        goal=cells["goal"],
        note=cells["note"],
        note_en=cells["note_en"],
        source=_source(cells),
        order=_order(cells["order"], order),
        off=bool(read_flag(cells["off"])),
    )


def _order(text: str, usual: int) -> int:
    try:
        number = read_int(text)
    except ValueError:
        raise RefusedRowError("indicators.bad_number", text=text[:80]) from None
    return usual if number is None else number


def _choice(name: str, cells: Mapping[str, str], words: Mapping[str, T], usual: T) -> T:
    text = cells[name]
    if text and text not in words:
        raise RefusedRowError("indicators.bad_choice", column=COLUMNS[name][0], text=text[:80])
    return words[text] if text else usual


def _source(cells: Mapping[str, str]) -> Source | None:
    if not cells["source"]:
        return None
    return Source(cells["source"], cells["licence"], _day(cells["as_of"]), cells["credit"], cells["url"])


def _day(text: str) -> date | None:
    try:
        return read_date(text)
    except ValueError:
        raise RefusedRowError("indicators.bad_cell_day", text=text[:80]) from None


def _with_year(indicator: Indicator, cells: Mapping[str, str]) -> Indicator:
    """With the value and the target of the row's year."""
    year, target = read_year(cells["year"]), read_number(cells["target"])
    none = cells["value"].casefold() in NONE_WORDS
    value = None if none else read_number(cells["value"])
    if not year and (none or value is not None or target is not None):
        raise RefusedRowError("indicators.value_without_year", name=indicator.name)
    if none or value is not None:
        indicator = replace(indicator, values=_added("value", indicator, indicator.values, year, value))
    if target is not None:
        indicator = replace(indicator, targets=_added("target", indicator, indicator.targets, year, target))
    return indicator


def _with_progress(indicator: Indicator, cells: Mapping[str, str]) -> Indicator:
    """With what was reached by the row's day."""
    day, reached = _day(cells["day"]), read_number(cells["progress"])
    if (day is None) != (reached is None):
        raise RefusedRowError("indicators.progress_without_day", name=indicator.name)
    if day is None or reached is None:
        return indicator
    return replace(indicator, progress=_added("progress", indicator, indicator.progress, day.isoformat(), reached))


def _added(name: str, indicator: Indicator, kept: Mapping[str, T], when: str, figure: T) -> dict[str, T]:
    """The figures with one more; the same one twice is no harm."""
    if when in kept and kept[when] != figure:
        raise RefusedRowError("indicators.twice", name=indicator.name, what=f"{COLUMNS[name][0]} {when}")
    return {**kept, when: figure}


def _doubt_differences(known: _Growing, cells: Mapping[str, str], notes: Notes) -> None:
    """Say what a later row says otherwise than the first; an empty cell says nothing."""
    for name in SAID_ONCE:
        if cells[name] and cells[name] != known.cells[name]:
            notes.doubt("indicators.differs", name=known.indicator.name, column=COLUMNS[name][0], first=known.line)
