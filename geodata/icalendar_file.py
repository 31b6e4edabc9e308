"""A calendar file (iCalendar, RFC 5545): events with schedules, for the calendars of readers' phones."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from icalendar import Calendar, Event, Timezone, TimezoneStandard, vRecur

from geodata.feed import lines_of, one_line
from geodata.icalendar_series import Change, Series, series_of
from portal.clock import TOKYO
from portal.model.post import NOTE_MAX, POST_TEXT_MAX, TITLE_MAX

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from portal.model.feed import CalendarEvent

PRODUCT: Final = "-//Ibasho//Community portal//JA"
NINE_HOURS: Final = timedelta(hours=9)
LAST_SECOND: Final = timedelta(hours=23, minutes=59, seconds=59)
_TOKYO_SINCE: Final = datetime(1951, 9, 8, 1, 0)  # noqa: DTZ001  # the last summer time ended; a zone's onset is local time


def write(events: Iterable[CalendarEvent], calendar_name: str, today: date) -> bytes:
    """The file of one event or many, in UTF-8 with CRLF.

    A cancelled date stays in it as ``STATUS:CANCELLED``, a moved one with its ``RECURRENCE-ID``. A schedule with
    rules of several times becomes several events with UIDs of their own, ``id-2@host``, ``id-3@host`` …, related to the
    first. What depends on public holidays is written to the end of the year after ``today``'s.
    """
    calendar = Calendar()
    name = one_line(calendar_name, TITLE_MAX)
    for key, value in (
        ("PRODID", PRODUCT),
        ("VERSION", "2.0"),
        ("CALSCALE", "GREGORIAN"),
        ("NAME", name),
        ("X-WR-CALNAME", name),
        ("X-WR-TIMEZONE", TOKYO.key),
    ):
        calendar.add(key, value)
    calendar.add_component(_tokyo())
    for event in events:
        for component in _components(event, today):
            calendar.add_component(component)
    return bytes(calendar.to_ical())


def _tokyo() -> Timezone:
    """Asia/Tokyo since its last summer time."""
    zone, standard = Timezone(), TimezoneStandard()
    zone.add("TZID", TOKYO.key)
    standard.add("DTSTART", _TOKYO_SINCE)
    standard.add("TZOFFSETFROM", NINE_HOURS)
    standard.add("TZOFFSETTO", NINE_HOURS)
    standard.add("TZNAME", "JST")
    zone.add_component(standard)
    return zone


def _components(event: CalendarEvent, today: date) -> Iterator[Event]:
    for number, series in enumerate(series_of(event.schedule, today), 1):
        uid = _numbered(event.uid, number)
        yield _master(event, uid, series)
        for change in series.changes:
            yield _changed(event, uid, series, change)


def _numbered(uid: str, number: int) -> str:
    """The name of a series: ``id@host``, ``id-2@host``."""
    name, at, host = uid.partition("@")
    return uid if number == 1 else f"{name}-{number}{at}{host}"


def _master(event: CalendarEvent, uid: str, series: Series) -> Event:
    component = _said(event, uid)
    _add_times(component, series, series.start, timed=series.timed)
    if series.rrule:
        component.add("RRULE", _rrule(series.rrule, timed=series.timed))
    for key, moments in (("EXDATE", series.excluded), ("RDATE", series.added)):
        if moments:
            component.add(key, [_shown(moment, timed=series.timed) for moment in moments])
            if not series.timed:
                component[key].params["VALUE"] = "DATE"
    if uid != event.uid:
        component.add("RELATED-TO", event.uid, parameters={"RELTYPE": "SIBLING"})
    if event.cancelled:
        component.add("STATUS", "CANCELLED")
    return component


def _changed(event: CalendarEvent, uid: str, series: Series, change: Change) -> Event:
    """One date that was moved or called off."""
    component = _said(event, uid)
    component.add("RECURRENCE-ID", _shown(change.original, timed=series.timed))
    _add_times(component, series, change.to, timed=change.timed)
    if change.cancelled or event.cancelled:
        component.add("STATUS", "CANCELLED")
    return component


def _said(event: CalendarEvent, uid: str) -> Event:
    """What all parts of an event have in common."""
    component = Event()
    stamp = event.changed_at.astimezone(UTC)
    for key, value in (
        ("UID", uid),
        ("DTSTAMP", stamp),
        ("LAST-MODIFIED", stamp),
        ("SEQUENCE", event.sequence),
        ("SUMMARY", one_line(event.title, TITLE_MAX)),
        ("DESCRIPTION", lines_of(event.text, POST_TEXT_MAX)),
        ("LOCATION", one_line(event.place_text, NOTE_MAX)),
        ("URL", event.url),
        ("CATEGORIES", list(event.categories)),
        ("GEO", event.position and (event.position.lat, event.position.lon)),
    ):
        if value or value == 0:
            component.add(key, value)
    return component


def _add_times(component: Event, series: Series, start: datetime, *, timed: bool) -> None:
    component.add("DTSTART", _shown(start, timed=timed))
    if series.minutes and timed:
        component.add("DTEND", _shown(start + timedelta(minutes=series.minutes), timed=True))


def _shown(moment: datetime, *, timed: bool) -> date:
    return moment.replace(tzinfo=TOKYO) if timed else moment.date()


def _rrule(text: str, *, timed: bool) -> vRecur:
    """The rule with its last day as the RFC wants it: in UTC where the dates have a time (3.3.10)."""
    rule: Any = vRecur.from_ical(text)
    if timed and "UNTIL" in rule:
        day = rule["UNTIL"][0]
        last = datetime(day.year, day.month, day.day, tzinfo=TOKYO) + LAST_SECOND
        rule["UNTIL"] = [last.astimezone(UTC)]
    return rule  # type: ignore[no-any-return]  # icalendar's from_ical is untyped
