"""The tables of the plan's indicators and goals, by name; every screen, file and report shows these."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from portal.indicators.goal_counts import goal_counts
from portal.indicators.goal_records import goal_records_table
from portal.indicators.progress import State
from portal.indicators.reading import read
from portal.indicators.record_parts import named
from portal.indicators.value_records import PLAN, PORTAL, values_table
from portal.model.report_table import Behind, ReportColumn, ReportTable
from portal.use.years import fiscal_year
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from portal.indicators.progress import Progress, Reached
    from portal.model.report_table import Cell, Wanted
    from portal.model.source import Source
    from portal.store import Reader

LATEST: Final = ("latest", "latest_year", "counted_to", "target", "target_year", "state")
PERCENT: Final = "%"
CHANGE: Final = ("gap", "trend", "needed", "takes", "goal", "note", "source")


def indicators_table(store: Reader, wanted: Wanted) -> ReportTable:
    """Every indicator, one a row: its values by year, its target, trend, and what it would take."""
    found = read(store, wanted.municipality, wanted.today, samples=wanted.samples)
    years = sorted({year for one in found for year in (*one.indicator.values, *map(str, one.measured))})
    goals = {goal.key: named(goal.name, goal.name_en, wanted.language) for goal in store.goals(wanted.municipality)}
    shape = (
        *(_column(name, wanted.language) for name in ("indicator", "unit", "counted_by")),
        *(_year_column(year, wanted.language) for year in years),
        *(_column(name, wanted.language) for name in (*LATEST, *CHANGE)),
    )
    rows, its = [], []
    for one in found:
        rows += [_row(one, years, goals, wanted), *_measured_row(one, years, goals, wanted)]
        its += [_values_of(one, by) for by in (PLAN, PORTAL) if by == PLAN or one.indicator.measure]
    sources = tuple(dict.fromkeys(one.indicator.source for one in found if one.indicator.source))
    made = _table("indicators", wanted, shape, rows, sources)
    return replace(made, behind=Behind("indicator_values"), behind_rows=tuple(its))


def _values_of(one: Progress, counted_by: str) -> Behind:
    return Behind("indicator_values", {"indicator": one.indicator.key, "counted_by": counted_by})


def goals_table(store: Reader, wanted: Wanted) -> ReportTable:
    """Every goal with the places and posts tied to it."""
    found = goal_counts(store, wanted.municipality, wanted.today, samples=wanted.samples)
    names = {one.goal.key: named(one.goal.name, one.goal.name_en, wanted.language) for one in found}
    rows = [
        (names.get(one.goal.parent) if one.depth else None, names[one.goal.key], one.places, one.posts) for one in found
    ]
    shape = tuple(_column(name, wanted.language) for name in ("policy", "goal", "places", "posts"))
    made = _table("goals", wanted, shape, rows)
    its = (Behind("goal_records", {"goal": one.goal.key}) for one in found)
    return replace(made, behind=Behind("goal_records"), behind_rows=tuple(its))


TABLES: Final[Mapping[str, Callable[[Reader, Wanted], ReportTable]]] = {
    "indicators": indicators_table,
    "goals": goals_table,
    "goal_records": goal_records_table,
    "indicator_values": values_table,
}


def takes_said(one: Progress, language: str) -> str:
    """What it would take to reach the target, as a sentence."""
    # A distance from a percentage is told in points: 2 points from 47 % to 49 %, not 2 %.
    unit = say("indicators.points", language) if one.indicator.unit == PERCENT else _unit(one, language)
    if one.state in {State.REACHED, State.NO_VALUE, State.NO_TARGET} or one.target is None:
        return say(f"indicators.takes_{one.state}", language)
    year, gap = one.target[0], _figure(one.gap)
    if one.needed is None and one.latest and one.latest.day:
        day = one.latest.day.isoformat()
        return say("indicators.takes_open", language, year=year, gap=gap, unit=unit, day=day)
    if one.needed is None:
        return say("indicators.takes_missed", language, year=year, gap=gap, unit=unit)
    if one.latest and one.latest.year == year:
        return say("indicators.takes_this_year", language, year=year, gap=gap, unit=unit)
    key = "indicators.takes_change" if one.trend is None else "indicators.takes_change_of_trend"
    return say(key, language, year=year, needed=_signed(one.needed), trend=_signed(one.trend), unit=unit)


def _row(one: Progress, years: Sequence[str], goals: Mapping[str, str], wanted: Wanted) -> tuple[Cell, ...]:
    """The plan's own figures, and how the indicator stands."""
    item, language = one.indicator, wanted.language
    year, figure = one.target or (None, None)
    return (
        named(item.name, item.name_en, language),
        _unit(one, language),
        say("indicators.by_plan", language),
        *(item.values.get(its) for its in years),
        *_latest_cells(one.latest),
        figure,
        year,
        say(f"indicators.state_{one.state}", language),
        _rounded(one.gap),
        _rounded(one.trend),
        _rounded(one.needed),
        takes_said(one, language),
        goals.get(item.goal),
        named(item.note, item.note_en, language) or None,
        item.source.name if item.source else None,
    )


def _measured_row(
    one: Progress, years: Sequence[str], goals: Mapping[str, str], wanted: Wanted
) -> list[tuple[Cell, ...]]:
    """What the portal itself counts for an indicator, as a row of its own."""
    item, language = one.indicator, wanted.language
    if item.measure is None:
        return []
    now = fiscal_year(wanted.today)
    latest: tuple[Cell, ...] = (one.measured.get(now), now, wanted.today.isoformat())
    counts = [one.measured.get(int(year)) for year in years]
    head = (named(item.name, item.name_en, language), _unit(one, language), say("indicators.by_portal", language))
    rest: list[Cell] = [None] * (len(LATEST) + len(CHANGE) - len(latest))
    rest[-3] = goals.get(item.goal)
    return [(*head, *counts, *latest, *rest)]


def _latest_cells(latest: Reached | None) -> tuple[Cell, Cell, Cell]:
    if latest is None:
        return None, None, None
    return latest.value, latest.year, latest.day.isoformat() if latest.day else None


def _column(key: str, language: str) -> ReportColumn:
    return ReportColumn(key, say(f"indicators.column_{key}", language), say(f"indicators.meaning_{key}", language))


def _year_column(year: str, language: str) -> ReportColumn:
    label = say("indicators.column_year", language, year=year)
    return ReportColumn(f"value_{year}", label, say("indicators.meaning_year", language, year=year))


def _table(
    name: str,
    wanted: Wanted,
    shape: tuple[ReportColumn, ...],
    rows: Sequence[tuple[Cell, ...]],
    sources: tuple[Source, ...] = (),
) -> ReportTable:
    title = say(f"indicators.title_{name}", wanted.language)
    counted = say(f"indicators.counted_{name}", wanted.language, year=fiscal_year(wanted.today))
    if wanted.samples:
        counted = f"{counted} {say('indicators.with_samples', wanted.language)}"
    return ReportTable(name, title, wanted.municipality, wanted.today, shape, tuple(rows), counted, sources)


def _unit(one: Progress, language: str) -> str:
    return named(one.indicator.unit, one.indicator.unit_en, language)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def _figure(value: float | None) -> str:
    return "" if value is None else f"{round(value, 2):g}"


def _signed(value: float | None) -> str:
    return "" if value is None else f"{round(value, 2):+g}"
