"""A calendar file (iCalendar, RFC 5545): events with schedules, for the calendars of readers' phones."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from geodata import icalendar_writing as lines
from geodata.feed import lines_of, one_line
from geodata.icalendar_series import Change, Series, series_of
from portal.clock import TOKYO
from portal.model.feed import UID_MAX
from portal.model.post import NOTE_MAX, POST_TEXT_MAX, TITLE_MAX

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, datetime

    from portal.model.feed import CalendarAbout, CalendarEvent

PRODUCT: Final = "-//Ibasho//Community portal//JA"
_TOKYO: Final = (
    "BEGIN:VTIMEZONE",
    f"TZID:{TOKYO.key}",
    "BEGIN:STANDARD",
    "DTSTART:19510908T010000",  # the last summer time ended
    "TZOFFSETFROM:+0900",
    "TZOFFSETTO:+0900",
    "TZNAME:JST",
    "END:STANDARD",
    "END:VTIMEZONE",
)
"""Asia/Tokyo since its last summer time."""
ITSELF: Final = "FREQ=DAILY;COUNT=1"
"""A rule for the first date alone. It is one of the dates without any rule, too (RFC 5545, 3.8.5.2), but there are
programs that leave it out where only further dates are listed (RDATE), and that look for the changed dates
(RECURRENCE-ID) of what has a rule alone."""
_CANCELLED: Final = "STATUS:CANCELLED"


def write(events: Iterable[CalendarEvent], about: CalendarAbout, today: date) -> bytes:
    """The file of one event or many, in UTF-8 with CRLF.

    A cancelled date stays in it as ``STATUS:CANCELLED``, a moved one with its ``RECURRENCE-ID``. A schedule with
    rules of several times becomes several events with UIDs of their own, ``id-2@host``, ``id-3@host`` …, related to the
    first. What depends on public holidays is written to the end of the year after ``today``'s.
    """
    parts = [lines.folded((*_head(about), *_TOKYO))]
    parts.extend(lines.folded(_components(event, today)) for event in events)
    return b"".join((*parts, b"END:VCALENDAR\r\n"))


def _head(about: CalendarAbout) -> Iterator[str]:
    """What the calendar says of itself (RFC 7986), and the older words that programs know for it."""
    name, told = one_line(about.name, TITLE_MAX), lines_of(about.text, POST_TEXT_MAX)
    yield from ("BEGIN:VCALENDAR", f"PRODID:{PRODUCT}", "VERSION:2.0", "CALSCALE:GREGORIAN")
    yield from (lines.text(key, name) for key in ("NAME", "X-WR-CALNAME"))
    yield f"X-WR-TIMEZONE:{TOKYO.key}"
    if told:
        yield from (lines.text(key, told) for key in ("DESCRIPTION", "X-WR-CALDESC"))
    if about.page:
        yield f"URL:{about.page}"
    if about.source:
        yield f"SOURCE;VALUE=URI:{about.source}"
    if about.hours:
        yield f"REFRESH-INTERVAL;VALUE=DURATION:PT{about.hours}H"
        yield f"X-PUBLISHED-TTL:PT{about.hours}H"


def _components(event: CalendarEvent, today: date) -> Iterator[str]:
    for number, series in enumerate(series_of(event.schedule, today), 1):
        uid = _numbered(event.uid, number)
        yield from _master(event, uid, series)
        for change in series.changes:
            yield from _changed(event, uid, series, change)


def _numbered(uid: str, number: int) -> str:
    """The name of a series: ``id@host``, ``id-2@host``."""
    name, at, host = uid.partition("@")
    return uid if number == 1 else f"{name}-{number}{at}{host}"


def _master(event: CalendarEvent, uid: str, series: Series) -> Iterator[str]:
    yield from _said(event, uid, cancelled=event.cancelled)
    yield from _times(series, series.start, timed=series.timed)
    if rrule := series.rrule or (ITSELF if series.added or series.changes else ""):
        yield lines.rule(rrule, timed=series.timed)
    for key, moments in (("EXDATE", series.excluded), ("RDATE", series.added)):
        if moments:
            yield lines.moments(key, moments, timed=series.timed)
    if uid != event.uid:
        yield lines.text("RELATED-TO;RELTYPE=SIBLING", _name(event.uid))
    yield "END:VEVENT"


def _changed(event: CalendarEvent, uid: str, series: Series, change: Change) -> Iterator[str]:
    """One date that was moved or called off."""
    yield from _said(event, uid, cancelled=change.cancelled or event.cancelled)
    yield lines.moment("RECURRENCE-ID", change.original, timed=series.timed)
    yield from _times(series, change.to, timed=change.timed)
    yield "END:VEVENT"


def _said(event: CalendarEvent, uid: str, *, cancelled: bool) -> Iterator[str]:
    """What all parts of an event have in common."""
    title = event.called_off if cancelled and event.called_off else event.title
    yield from ("BEGIN:VEVENT", lines.text("UID", _name(uid)))
    yield from (lines.stamp(key, event.changed_at) for key in ("DTSTAMP", "LAST-MODIFIED"))
    yield from (f"SEQUENCE:{event.sequence}", lines.text("SUMMARY", one_line(title, TITLE_MAX)))
    if told := lines_of(event.text, POST_TEXT_MAX):
        yield lines.text("DESCRIPTION", told)
    if where := one_line(event.place_text, NOTE_MAX):
        yield lines.text("LOCATION", where)
    if event.url:
        yield f"URL:{event.url}"
    if event.categories:
        yield lines.texts("CATEGORIES", (one_line(one, TITLE_MAX) for one in event.categories))
    if event.position:
        yield f"GEO:{event.position.lat:.6f};{event.position.lon:.6f}"
    if cancelled:
        yield _CANCELLED


def _name(uid: str) -> str:
    """A UID in one line, as every program writes it back."""
    return one_line(uid, UID_MAX)


def _times(series: Series, start: datetime, *, timed: bool) -> Iterator[str]:
    yield lines.moment("DTSTART", start, timed=timed)
    if series.minutes and timed:
        yield lines.moment("DTEND", start + timedelta(minutes=series.minutes), timed=True)
