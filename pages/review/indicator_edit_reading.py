"""The fields of the form for an indicator and what they say, both ways: one row a year, one row a day."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING, Any, Final

from geodata.indicator_columns import NONE_WORDS, NONE_WRITTEN, read_year
from pages.review.standards_cells import SOURCE, Cells, day, number, source_shown
from portal.errors import InvalidRecordError, PortalError
from portal.model.indicator import Better, Indicator, Measure

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pages.forms.reading import Form

LINES: Final = ("name", "name_en", "unit", "unit_en", "better", "measure", "goal", "note", "note_en")
YEAR_FIELDS: Final = ("year", "value", "target")
DAY_FIELDS: Final = ("day", "progress")
EMPTY_YEARS, EMPTY_DAYS = 3, 2
"""Rows that are left free to be filled in; more come after each saving."""
FIELD_OF: Final[Mapping[str, str]] = {
    "model.no_name": "name",
    "model.name_too_long": "name",
    "model.text_too_long": "note",
    "indicators.no_such_goal": "goal",
    "indicator.bad_year": "year-0",
    "indicator.bad_day": "day-0",
    "indicator.bad_figure": "value-0",
}
"""Which field a sentence of the record belongs to; the others are about the whole."""


def shown(indicator: Indicator | None) -> dict[str, str]:
    """What the form shows of an indicator."""
    if indicator is None:
        return dict.fromkeys((*LINES, *SOURCE), "") | {"better": Better.MORE.value}
    item = indicator
    years = [
        (year, _value(item, year), _figure(item.targets.get(year))) for year in sorted({*item.values, *item.targets})
    ]
    days = [(one, _figure(reached)) for one, reached in sorted(item.progress.items())]
    return {
        **{name: str(getattr(item, name) or "") for name in LINES},
        **source_shown(item.source),
        **_numbered(YEAR_FIELDS, years),
        **_numbered(DAY_FIELDS, days),
    }


def typed(sent: Form) -> dict[str, str]:
    """What was typed, by field."""
    rows = [f"{name}-{n}" for names in (YEAR_FIELDS, DAY_FIELDS) for n in _rows(sent.texts, names[0]) for name in names]
    return {name: sent.text(name) for name in (*LINES, *SOURCE, *rows)}


def rows(said: Mapping[str, str]) -> dict[str, list[int]]:
    """The numbers of the rows to show, with some that are free."""
    years, days = len(list(_rows(said, "year"))), len(list(_rows(said, "day")))
    filled_years = sum(any(said[f"{name}-{n}"] for name in YEAR_FIELDS) for n in range(years))
    filled_days = sum(any(said[f"{name}-{n}"] for name in DAY_FIELDS) for n in range(days))
    return {
        "years": list(range(max(years, filled_years + EMPTY_YEARS))),
        "days": list(range(max(days, filled_days + EMPTY_DAYS))),
    }


def read(
    said: Mapping[str, str], municipality: str, key: str, old: Indicator | None
) -> tuple[Indicator | None, dict[str, PortalError]]:
    """The indicator that the form says, in the stead of ``old``, or what is wrong by field."""
    cells = Cells(said)
    values = _values(cells)
    if cells.faults:
        return None, cells.faults
    try:
        if old:
            return replace(old, **values), {}
        return Indicator(municipality=municipality, key=key, **values), {}
    except InvalidRecordError as error:
        field = "unit" if error.key == "model.no_name" and said["name"] else FIELD_OF.get(error.key, "")
        return None, {field: error}


def _values(cells: Cells) -> dict[str, Any]:
    said = cells.said
    values, targets = _years(cells)
    return {
        **{name: said[name] for name in ("name", "unit", "unit_en", "goal", "note", "note_en")},
        "name_en": said["name_en"] or said["name"],
        "better": cells.read("better", _better),
        "measure": cells.read("measure", _measure),
        "values": values,
        "targets": targets,
        "progress": _days(cells),
        "source": cells.source(),
    }


def _years(cells: Cells) -> tuple[dict[str, float | None], dict[str, float]]:
    values: dict[str, float | None] = {}
    targets: dict[str, float] = {}
    for n in _rows(cells.said, "year"):
        year = cells.read(f"year-{n}", read_year)
        text = cells.said[f"value-{n}"]
        value, target = cells.read(f"value-{n}", _number_or_none), cells.read(f"target-{n}", number)
        if not year and f"year-{n}" not in cells.faults and (text or target is not None):
            cells.faults[f"year-{n}"] = InvalidRecordError("review_indicators.no_year")
        if year and (year in values or year in targets):
            cells.faults[f"year-{n}"] = InvalidRecordError("review_indicators.year_twice", year=year)
        if year and text:
            values[year] = value
        if year and target is not None:
            targets[year] = target
    return values, targets


def _days(cells: Cells) -> dict[str, float]:
    found: dict[str, float] = {}
    for n in _rows(cells.said, "day"):
        on, reached = cells.read(f"day-{n}", day), cells.read(f"progress-{n}", number)
        if f"day-{n}" in cells.faults or f"progress-{n}" in cells.faults:
            continue
        if (on is None) != (reached is None):
            cells.faults[f"day-{n}"] = InvalidRecordError("review_indicators.day_and_value")
        elif on is not None and reached is not None:
            if on.isoformat() in found:
                cells.faults[f"day-{n}"] = InvalidRecordError("review_indicators.day_twice", day=on.isoformat())
            found[on.isoformat()] = reached
    return found


def _rows(said: Mapping[str, object], name: str) -> range:
    """The rows that the form has, from 0 without a gap."""
    return range(next(n for n in count() if f"{name}-{n}" not in said))


def _number_or_none(text: str) -> float | None:
    return None if text.casefold() in NONE_WORDS else number(text)


def _better(text: str) -> Better:
    if text not in set(Better):
        raise InvalidRecordError("review_indicators.bad_choice")
    return Better(text)


def _measure(text: str) -> Measure | None:
    if text and text not in set(Measure):
        raise InvalidRecordError("review_indicators.bad_choice")
    return Measure(text) if text else None


def _value(item: Indicator, year: str) -> str:
    value = item.values.get(year)
    return NONE_WRITTEN if year in item.values and value is None else _figure(value)


def _figure(value: float | None) -> str:
    return "" if value is None else repr(float(value)).removesuffix(".0")


def _numbered(names: tuple[str, ...], lines: list[tuple[str, ...]]) -> dict[str, str]:
    return {f"{name}-{n}": text for n, line in enumerate(lines) for name, text in zip(names, line, strict=True)}
