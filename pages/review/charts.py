"""Which table of a review has which chart, and how the chart is made of it."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from pages.charts import bullet, gaps_bars, heat, lorenz, matrix, months, reach_bars
from pages.review import charted
from portal.indicators.reading import read
from portal.model.standard import CoverageState
from portal.use.evenness import evenness
from portal.use.published import in_year, published, registered
from portal.use.summary import summary
from portal.use.years import fiscal_year
from portal.words import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from pages.charts.theme import Chart
    from portal.indicators.progress import Progress
    from portal.model.report_table import Cell, ReportTable, Wanted
    from portal.store import Reader


def _cells(table: ReportTable) -> Iterator[dict[str, Cell]]:
    """The rows by the keys of their columns."""
    keys = [column.key for column in table.columns]
    return (dict(zip(keys, row, strict=True)) for row in table.rows)


def _states(language: str) -> dict[Cell, CoverageState]:
    return {say(f"coverage.state_{state}", language): state for state in CoverageState}


def _matrix(_: Reader, wanted: Wanted, table: ReportTable) -> Chart:
    states = _states(wanted.language)
    standings = [
        matrix.Standing(str(row[0]), column.label, states[cell])
        for row in table.rows
        for column, cell in zip(table.columns[1:], row[1:], strict=True)
    ]
    return matrix.matrix(standings, wanted.language)


def _gaps(_: Reader, wanted: Wanted, table: ReportTable) -> Chart:
    states = _states(wanted.language)
    found = [
        gaps_bars.Gap(str(row["district"]), str(row["standard"]), states[row["state"]], _whole(row["affected"]))
        for row in _cells(table)
    ]
    return gaps_bars.gaps_bars(found, wanted.language)


def _hours(_: Reader, wanted: Wanted, table: ReportTable) -> Chart:
    counts = {
        (weekday, _hour(key)): _whole(cell) or 0
        for weekday, row in enumerate(_cells(table))
        for key, cell in row.items()
        if key.startswith("hour_")
    }
    return heat.heat(counts, wanted.language)


def _hour(key: str) -> int | None:
    told = key.removeprefix("hour_")
    return int(told) if told.isdecimal() else None


def _reach(_: Reader, wanted: Wanted, table: ReportTable) -> Chart:
    everybody = say("reach.ages_all", wanted.language)
    shares: dict[str, dict[int, float | None]] = {}
    for row in _cells(table):
        if row["ages"] == everybody:
            shares.setdefault(str(row["kind"]), {})[_whole(row["metres"]) or 0] = _number(row["share"])
    return reach_bars.reach_bars([reach_bars.Reached(*item) for item in shares.items()], wanted.language)


def _months(store: Reader, wanted: Wanted, table: ReportTable) -> Chart:
    year = [months.Month(_first_day(row["month"]), _whole(row["posts"])) for row in _cells(table)]
    found = summary(store, wanted.municipality, wanted.today, samples=wanted.samples)
    ahead = found.forecast
    coming = [months.Expected(year[-1].first_day, ahead.expected, ahead.low, ahead.high)] if year else []
    return months.months(year, coming, found.target.figure if found.target else None, wanted.language)


def _first_day(month: Cell) -> date:
    return date.fromisoformat(f"{month}-01")


def _lorenz(store: Reader, wanted: Wanted, _: ReportTable) -> Chart:
    items = published(store, wanted.municipality, wanted.today, samples=wanted.samples)
    groups = registered(store, wanted.municipality, samples=wanted.samples)
    found = evenness(groups, in_year(items, fiscal_year(wanted.today)))
    return lorenz.lorenz(found.lorenz, found.gini, wanted.language)


def _whole(cell: Cell) -> int | None:
    return None if cell is None or isinstance(cell, str) else round(cell)


def _number(cell: Cell) -> float | None:
    return None if cell is None or isinstance(cell, str) else float(cell)


def _bullets(store: Reader, wanted: Wanted, _: ReportTable) -> Chart:
    found = read(store, wanted.municipality, wanted.today, samples=wanted.samples)
    return bullet.bullets([_bullet(one, wanted.language) for one in found], wanted.language)


def _bullet(one: Progress, language: str) -> bullet.Bullet:
    item, english = one.indicator, language == "en"
    latest = one.latest
    return bullet.Bullet(
        name=(item.name_en if english else "") or item.name,
        unit=(item.unit_en if english else "") or item.unit,
        values=item.values,
        target=(str(one.target[0]), one.target[1]) if one.target else None,
        so_far=(latest.day.isoformat(), latest.value) if latest and latest.day else None,
    )


CHARTS: Final[Mapping[str, Callable[[Reader, Wanted, ReportTable], Chart]]] = MappingProxyType(
    {
        "coverage_matrix": _matrix,
        "gaps": _gaps,
        "hours": _hours,
        "reach": _reach,
        "posts_by_month": _months,
        "evenness": _lorenz,
        "indicators": _bullets,
    }
)


def chart(store: Reader, wanted: Wanted, table: ReportTable) -> Chart | None:
    """The chart of a table that was made of ``wanted``; None where it has none, or nothing to show."""
    return CHARTS[table.name](store, wanted, table) if charted.told(table, wanted.language) else None
