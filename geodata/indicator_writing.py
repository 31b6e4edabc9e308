"""A plan's indicators written as a file that :func:`geodata.indicators.read` reads back to the same."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from openpyxl import Workbook

from geodata.indicator_columns import BETTER_WORDS, COLUMNS, MEASURE_WORDS, NONE_WRITTEN, harmless
from portal.model.indicator import Better

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from openpyxl.worksheet.worksheet import Worksheet

    from portal.model.indicator import Indicator

Cell = str | float | None
HEADER = tuple(names[0] for names in COLUMNS.values())


def csv_text(indicators: Iterable[Indicator]) -> str:
    """The table as CSV, lines ended by CR LF (RFC 4180); a byte-order mark is for whoever writes it to a file."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(HEADER)
    writer.writerows([_shown(cell) for cell in row] for row in rows(indicators))
    return file.getvalue()


def workbook(indicators: Iterable[Indicator]) -> bytes:
    """The table as an .xlsx file; figures are numbers, everything else is text."""
    book = Workbook()
    sheet: Worksheet = book.active  # type: ignore[assignment]  # a new book has one plain sheet
    sheet.append(HEADER)
    for row in rows(indicators):
        sheet.append(row)
    sheet.freeze_panes = "A2"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def rows(indicators: Iterable[Indicator]) -> Iterator[list[Cell]]:
    """One row for each year with a value or a target and each day with progress; one where there is neither."""
    for item in indicators:
        same = _same(item)
        lines: list[Mapping[str, Cell]] = [_of_year(item, year) for year in sorted({*item.values, *item.targets})]
        lines += [{"day": day, "progress": reached} for day, reached in sorted(item.progress.items())]
        for line in lines or [{}]:
            yield [{**same, **line}.get(name) for name in COLUMNS]


def _of_year(item: Indicator, year: str) -> dict[str, Cell]:
    value = item.values.get(year)
    none = year in item.values and value is None
    return {"year": year, "value": NONE_WRITTEN if none else value, "target": item.targets.get(year)}


def _same(item: Indicator) -> dict[str, Cell]:
    """What every row of an indicator says."""
    source = item.source
    texts = {
        "key": item.key,
        "name": item.name,
        "name_en": item.name_en,
        "unit": item.unit,
        "unit_en": item.unit_en,
        "goal": item.goal,
        "note": item.note,
        "note_en": item.note_en,
        "source": source.name if source else "",
        "licence": source.licence if source else "",
        "credit": source.credit if source else "",
        "url": source.url if source else "",
    }
    return {
        **{name: harmless(text) for name, text in texts.items()},
        "order": item.order,
        "better": "" if item.better is Better.MORE else _word(BETTER_WORDS, item.better),
        "measure": _word(MEASURE_WORDS, item.measure) if item.measure else "",
        "as_of": source.as_of.isoformat() if source and source.as_of else "",
        "off": "1" if item.off else "",
    }


def _word(words: Mapping[str, object], wanted: object) -> str:
    return next(word for word, meant in words.items() if meant is wanted)


def _shown(cell: Cell) -> str:
    if cell is None:
        return ""
    return repr(cell).removesuffix(".0") if isinstance(cell, float) else str(cell)
