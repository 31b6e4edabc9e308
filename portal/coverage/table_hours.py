"""Weekdays by hours, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.coverage import table_parts as parts
from portal.coverage.hours import hours
from portal.coverage.table_sessions import NARROWED, asked_of
from portal.model.report_table import Behind, ReportColumn, ReportTable
from portal.words import say

if TYPE_CHECKING:
    from portal.coverage.hours import Hours
    from portal.model.report_table import Wanted
    from portal.store import Reader

FIRST_HOUR, LAST_HOUR = 9, 17
"""Hours that are shown even where nothing is on; others as far as there is anything."""


def on_when(store: Reader, wanted: Wanted) -> ReportTable:
    """Sessions by weekday and hour; ``kind``, ``layer`` and ``district`` as addresses of *Find* have them.

    Raises InvalidRecordError for what cannot be read.
    """
    found = hours(store, asked_of(wanted), wanted.today, samples=wanted.samples)
    shown = _shown(found)
    return ReportTable(
        name="hours",
        title=say("coverage_table.title_hours", wanted.language),
        municipality=wanted.municipality,
        day=wanted.today,
        columns=_columns(shown, wanted.language),
        rows=tuple(_row(found, weekday, shown, wanted.language) for weekday in range(len(found.counts))),
        counted=_counted(found, wanted),
        behind=_behind(wanted),
        behind_rows=tuple(_behind(wanted, weekday=str(weekday)) for weekday in range(len(found.counts))),
    )


def _behind(wanted: Wanted, **choices: str) -> Behind:
    given = {name: wanted.params[name] for name in NARROWED if wanted.params.get(name)}
    return Behind("sessions_counted", {**given, **choices})


def _shown(found: Hours) -> range:
    used = [hour for row in found.counts for hour, count in enumerate(row) if count]
    return range(min([FIRST_HOUR, *used]), max([LAST_HOUR, *used]) + 1)


def _columns(shown: range, language: str) -> tuple[ReportColumn, ...]:
    by_hour = tuple(
        ReportColumn(
            f"hour_{hour:02d}",
            say("coverage_table.hour", language, hour=hour),
            say("coverage_table.hour_def", language, hour=hour),
        )
        for hour in shown
    )
    return (
        *parts.columns(language, "weekday"),
        *by_hour,
        *parts.columns(language, "hour_unknown", "total"),
    )


def _row(found: Hours, weekday: int, shown: range, language: str) -> tuple[str | int, ...]:
    return (
        say(f"coverage_table.weekday_{weekday}", language),
        *(found.counts[weekday][hour] for hour in shown),
        found.unknown[weekday],
        found.by_weekday()[weekday],
    )


def _counted(found: Hours, wanted: Wanted) -> str:
    sentences = [
        parts.said(wanted, "hours", first=found.first.isoformat(), last=found.last.isoformat()),
        parts.samples_said(wanted),
    ]
    if not found.complete:
        sentences.append(parts.said(wanted, "not_laid_out"))
    return "\n".join(sentences)
