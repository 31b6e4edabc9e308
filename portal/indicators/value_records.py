"""The figures behind the indicators, one by one: what the plan says, and what the portal counts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from portal.errors import InvalidRecordError, UnknownThingError
from portal.indicators.reading import read
from portal.indicators.record_parts import named, record_table
from portal.model.indicator import Measure
from portal.model.report_table import Behind
from portal.use.years import fiscal_year
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from portal.indicators.progress import Progress
    from portal.model.report_table import Cell, ReportTable, Wanted
    from portal.store import Reader

COLUMNS: Final = ("indicator", "counted_by", "what", "year", "value", "unit", "day", "source", "address")
PLAN, PORTAL = "plan", "portal"
SAID_MAX: Final = 80
RECORDS: Final = {Measure.POSTS: "posts_counted", Measure.PARTICIPANTS: "participation"}
"""The table of what the portal counts for a measure; its choice ``year`` is a fiscal year."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of an indicator."""

    of: Progress
    counted_by: str
    """``plan`` or ``portal``."""
    what: str
    """``value``, ``progress`` or ``target``."""
    year: int
    value: float | None
    """None where the plan says that it has none."""
    day: date | None = None
    """Where the year was not over: the day up to which it was counted."""

    @property
    def behind(self) -> Behind | None:
        """What the portal counted; None for what the plan says."""
        measure = self.of.indicator.measure
        if self.counted_by == PLAN or measure is None:
            return None
        return Behind(RECORDS[measure], {"year": f"{self.year:04}"})


def values_table(store: Reader, wanted: Wanted) -> ReportTable:
    """Every figure of every indicator; narrowed by ``indicator``, its key, and ``counted_by``, ``plan`` or ``portal``.

    Raises UnknownThingError for an indicator that there is not, InvalidRecordError for who counts nothing.
    """
    key, by = wanted.params.get("indicator", ""), wanted.params.get("counted_by", "")
    found = read(store, wanted.municipality, wanted.today, samples=wanted.samples)
    if key and all(one.indicator.key != key for one in found):
        raise UnknownThingError("indicators.no_such_indicator", key=key[:SAID_MAX])
    if by and by not in {PLAN, PORTAL}:
        raise InvalidRecordError("goal_records.bad_counted_by", text=by[:SAID_MAX])
    chosen = [one for one in found if key in {"", one.indicator.key}]
    its = [figure for one in chosen for figure in figures(one, wanted.today) if by in {"", figure.counted_by}]
    rows = [_row(figure, wanted.language) for figure in its]
    made = record_table("indicator_values", wanted, COLUMNS, rows, _narrowed(chosen if key else [], by, wanted))
    sources = dict.fromkeys(one.indicator.source for one in chosen if one.indicator.source)
    return replace(made, sources=tuple(sources), behind_rows=tuple(figure.behind for figure in its))


def figures(one: Progress, today: date) -> Iterator[Figure]:
    """Every figure of an indicator: the plan's values, progress and targets, then what the portal counts."""
    item = one.indicator
    for year, value in sorted(item.values.items()):
        yield Figure(one, PLAN, "value", int(year), value)
    for text, value in sorted(item.progress.items()):
        day = date.fromisoformat(text)
        yield Figure(one, PLAN, "progress", fiscal_year(day), value, day)
    for year, target in sorted(item.targets.items()):
        yield Figure(one, PLAN, "target", int(year), target)
    for its_year, count in sorted(one.measured.items()):
        counted_to = today if its_year == fiscal_year(today) else None
        yield Figure(one, PORTAL, "progress" if counted_to else "value", its_year, count, counted_to)


def _narrowed(chosen: list[Progress], by: str, wanted: Wanted) -> Iterator[str]:
    for one in chosen:
        name = named(one.indicator.name, one.indicator.name_en, wanted.language)
        yield say("goal_records.only_indicator", wanted.language, indicator=name)
    if by:
        yield say(f"goal_records.only_{by}", wanted.language)


def _row(figure: Figure, language: str) -> tuple[Cell, ...]:
    item = figure.of.indicator
    source = item.source if figure.counted_by == PLAN else None
    its_source = say("goal_records.this_portal", language) if figure.counted_by == PORTAL else None
    return (
        named(item.name, item.name_en, language),
        say(f"indicators.by_{figure.counted_by}", language),
        say(f"goal_records.what_{figure.what}", language),
        f"{figure.year:04}",
        figure.value,
        named(item.unit, item.unit_en, language),
        figure.day.isoformat() if figure.day else None,
        source.name if source else its_source,
        (source.url or None) if source else None,
    )
