"""イベント一覧 (推奨データセット) as CSV: one row a date, for the list has no column for a repetition.

Rows of one event bear one NO, so that this portal's reader folds them into one record again. A date that is called
off (中止) and a post that is called off are left out: the list has no column that could say so, and whoever reads it
would take the event to be held. A series without an end is written for the days that are laid out.

What does not come back the same: a rule becomes its dates (平日のみ and weekly series too); dates that were called off
or moved are their outcome, and those that begin at another hour a record of their own; NO comes back as a further
column; what the reader of events makes of 種別 (it stays as a further column);
seats and the last day for applications come back in the note on booking; and what :mod:`geodata.standard_lists_writing`
names for all layouts.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from geodata import written_facts
from geodata.standard_columns import ACCESS_HEADERS, COLUMNS
from geodata.standard_lists_writing import table
from geodata.written_facts import clock
from portal.model.kind import EVENT
from portal.model.recurrence import Frequency, Recurrence, parse_rrule
from portal.model.schedule import Schedule
from portal.query import HORIZON_DAYS
from portal.schedules.occurrences import State, occurrences

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from geodata.open_entry import Entry
    from geodata.standard_columns import Column
    from portal.model.schedule import Rule
    from portal.schedules.occurrences import Occurrence

HEADERS: Final = (
    "都道府県コード又は市区町村コード,NO,都道府県名,市区町村名,イベント名,イベント名_カナ,イベント名_英語,開始日,終了日,"
    "開始時間,終了時間,開始日時特記事項,説明,料金(基本),料金(詳細),連絡先名称,連絡先電話番号,連絡先内線番号,主催者,"
    "場所名称,住所,方書,緯度,経度,アクセス方法,駐車場情報,定員,参加申込終了日,参加申込終了時間,参加申込方法,URL,備考,"
    "申込期間,種別,対象,連絡先メールアドレス,連絡先FormURL,連絡先備考（その他、SNSなど）,FAX番号,バリアフリー情報,"
    f"{','.join(ACCESS_HEADERS.values())},最終確認日,位置の精度,出典"
).split(",")
LONGEST: Final = 24 * 60
"""Minutes; what lasts longer would be read as several days of it."""
BACK: Final = timedelta(days=400)
"""So far back and ahead the dates of a repetition with an end are written: event lists keep what is past."""


BOOKING: Final = ("定員", "参加申込方法", "申込期間", "参加申込終了日", "参加申込終了時間")


class Dates(NamedTuple):
    """One row's days and hours; the hours are empty where they are not known."""

    first: date
    last: date
    starts: str = ""
    ends: str = ""


def events(entries: Iterable[Entry], today: date) -> bytes:
    """The rows of all events, those of one event together; ``today`` is where a series without an end begins."""
    held = [entry for entry in entries if not entry.cancelled]
    dated = ((entry, _cells(entry, dates)) for entry in held for dates in rows_of(entry.facts.schedule, today))
    return table(held, HEADERS, {**COLUMNS, **_EVENT}, today, dated)


def rows_of(schedule: Schedule | None, today: date) -> list[Dates | None]:
    """One item a row; one row without dates for what has no schedule, none for what does not take place any more."""
    if schedule is None:
        return [None]
    if _is_plain(schedule):
        return [_of_rule(rule) for rule in schedule.rules]
    endless = any(_ends(rule) is None for rule in schedule.rules) and schedule.until is None
    begin, end = (today, today + timedelta(days=HORIZON_DAYS)) if endless else (today - BACK, today + BACK)
    return [_of_occurrence(one) for one in occurrences(schedule, begin, end) if one.state is not State.CANCELLED]


def _is_plain(schedule: Schedule) -> bool:
    """Whether every rule is one row as it stands, and nothing is taken from them or added."""
    rules = Schedule(schedule.rules, note=schedule.note)
    short = all((rule.minutes or 0) < LONGEST for rule in schedule.rules)
    return rules == schedule and short and all(map(_is_span, schedule.rules))


def _is_span(rule: Rule) -> bool:
    """Whether a rule is one date, or every day up to one."""
    if rule.rrule is None:
        return True
    parts = parse_rrule(rule.rrule)
    return parts.until is not None and parts == Recurrence(Frequency.DAILY, until=parts.until)


def _ends(rule: Rule) -> date | None:
    """A day by which a rule has ended for sure; None where it goes on."""
    if rule.rrule is None:
        return rule.start.date()
    parts = parse_rrule(rule.rrule)
    return date.max if parts.until is None and parts.count is not None else parts.until


def _of_rule(rule: Rule) -> Dates:
    last = parse_rrule(rule.rrule).until if rule.rrule else None
    return _dates(rule.start, last or rule.start.date(), rule.minutes, timed=rule.timed)


def _of_occurrence(of: Occurrence) -> Dates:
    minutes = int((of.ends - of.starts).total_seconds() // 60) if of.ends else None
    return _dates(of.starts, of.starts.date(), minutes, timed=of.timed)


def _dates(starts: datetime, last: date, minutes: int | None, *, timed: bool) -> Dates:
    """A night ends on the day after: 終了日 is that of its end."""
    if not timed:
        return Dates(starts.date(), last)
    begin = starts.hour * 60 + starts.minute
    if minutes is None:
        return Dates(starts.date(), last, clock(begin))
    return Dates(
        starts.date(), last + timedelta(days=(begin + minutes) // LONGEST), clock(begin), clock(begin + minutes)
    )


def _cells(entry: Entry, dates: Dates | None) -> dict[str, str]:
    """What is of one row alone."""
    told = {"開始日": "", "終了日": "", "開始時間": "", "終了時間": ""}
    if dates is not None:
        told = {
            "開始日": dates.first.isoformat(),
            "終了日": dates.last.isoformat(),
            "開始時間": dates.starts,
            "終了時間": dates.ends,
        }
    return told | _booking(entry)


def _booking(entry: Entry) -> dict[str, str]:
    """The cells on taking part: a note that the reader of events made of such cells is taken apart again."""
    cells = _taken_apart(entry.facts.booking_note)
    if not cells:
        cells = {"参加申込方法": written_facts.booking(entry.facts)}
    if entry.seats is not None:
        cells.setdefault("定員", str(entry.seats))
    if entry.booking_until is not None:
        cells.setdefault("参加申込終了日", entry.booking_until.isoformat())
    return cells


def _taken_apart(note: str) -> dict[str, str]:
    """「定員: 20人」 and its following lines by header; empty for a note in which anything has none."""
    cells: dict[str, list[str]] = {}
    told: list[str] | None = None
    for line in note.splitlines():
        header, colon, text = line.partition(": ")
        if colon and header in BOOKING and header not in cells:
            told = cells[header] = [text]
        elif told is None:
            return {}
        else:
            told.append(line)
    return {header: "\n".join(lines) for header, lines in cells.items()}


def _venue(entry: Entry, _: date) -> str:
    """場所名称: of a post what it names, of an imported event what stands behind its address."""
    return entry.venue or entry.facts.address.rpartition(" ")[2] * (" " in entry.facts.address)


def _kind(entry: Entry, _: date) -> str:
    """種別: 行事 is what every row of the list is, and is not said."""
    return "" if entry.kind.key == EVENT else entry.kind.ja


_EVENT: Final[Mapping[str, Column]] = {
    "開始日時特記事項": lambda entry, _: entry.facts.schedule_note,
    "場所名称": _venue,
    "種別": _kind,
}
