"""One row of a list of events, before rows of the same event are folded into one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geodata import kind_words, place_cells, place_times, place_words
from geodata.event_days import EventDays, NoSuchDayError, Span, read_days
from geodata.event_schedule import When
from geodata.event_times import NOTHING, read_times
from geodata.place_aliases import CONTACT_FIELDS
from geodata.place_rows import RefusedRowError
from portal.model.kind import EVENT
from portal.model.place import Booking, PlaceFacts
from portal.normalise import fold

if TYPE_CHECKING:
    from datetime import date

    from geodata.place_rows import Raw
    from portal.model.schedule import Schedule

BOOKING_CELLS = ("capacity", "booking", "booking_period", "booking_until", "booking_until_time")


@dataclass(frozen=True, slots=True)
class EventRow:
    """What one row says."""

    raw: Raw
    facts: PlaceFacts
    """Without a schedule."""
    venue: str
    when: When | None
    """None where the row names no dates; then ``repeats`` may hold what it says instead."""
    repeats: Schedule | None = None

    @property
    def key(self) -> tuple[str, ...]:
        """What rows of one event have in common: name, place, organiser and hours."""
        hours = "" if self.when is None else repr(self.when.times.sessions)
        return (fold(self.facts.name), fold(self.venue), fold(self.facts.address), fold(self.facts.group), hours)


def read_row(raw: Raw, today: date) -> EventRow:
    """The event of a row.

    Raises RefusedRowError for a date that does not exist and an end before the start, and InvalidRecordError for
    a row without a name or with over-long text.
    """
    days, left = _days(raw, today)
    times = read_times(raw.text("starts"), raw.text("ends"))
    facts, venue = _facts(raw), raw.text("venue")
    if days is None:
        schedule, said = _repeating(raw, today)
        return EventRow(raw, replace(facts, schedule_note=said), venue, None, schedule)
    written = raw.text("start_day") if days.open_start else ""
    said = "\n".join(dict.fromkeys(filter(None, (written, *left, *times.left, raw.text("schedule_note")))))
    if left or times.left:
        raw.notes.doubt("intake.schedule_partly_read", text="、".join((*left, *times.left)))
    return EventRow(raw, replace(facts, schedule_note=said), venue, When(days, times))


def _days(raw: Raw, today: date) -> tuple[EventDays | None, tuple[str, ...]]:
    """開催日, or 開始日 and 終了日, and what of them was not understood."""
    try:
        days = read_days(raw.text("start_day"), today)
        end = read_days(raw.text("end_day"), days.spans[0].first if days and days.spans else today)
    except NoSuchDayError as error:
        raise RefusedRowError("intake.no_such_day", day=str(error)) from None
    if days is None:
        return None, ()
    left = [days.left] if days.left else []
    if end and len(days.spans) == 1 and days.spans[0].first == days.spans[0].last:
        days = replace(days, spans=(Span(days.spans[0].first, end.spans[-1].last),), open_start=False)
        left += [end.left] if end.left else []
    if days.spans and days.spans[0].last < days.spans[0].first:
        raise RefusedRowError("intake.ends_before_start", first=days.spans[0].first, last=days.spans[0].last)
    if days.guessed:
        raw.notes.doubt("intake.year_guessed", text=raw.text("start_day"), day=days.spans[0].first)
    if days.open_start:
        raw.notes.doubt("intake.only_last_day", text=raw.text("start_day"))
    return days, tuple(left)


def _repeating(raw: Raw, today: date) -> tuple[Schedule | None, str]:
    """What a row without dates says of when: 「毎月第2火曜」 is read, 「随時」 stays as it is written."""
    told = "schedule" if raw.text("schedule") else "start_day"
    schedule, said = place_times.schedule(replace(raw, known={**raw.known, "schedule": raw.text(told)}), today)
    if not said and schedule is None:
        raw.notes.doubt("intake.no_date")
    return schedule, said


def _facts(raw: Raw) -> PlaceFacts:
    position, precision = place_cells.position(raw, None, "")
    audience, audience_note = place_cells.audience(raw)
    costs = dict(place_cells.costs(raw))
    booking, booking_note = _booking(raw)
    address = place_cells.address(raw)
    venue = raw.text("venue")
    return PlaceFacts(
        kind=kind_words.guess(raw.text("name")) or kind_words.guess(raw.text("kind")) or EVENT,
        name=" ".join(raw.text("name").split()),
        name_kana=raw.text("name_kana"),
        name_en=raw.text("name_en"),
        description=_description(raw, venue if not address else ""),
        address=" ".join(filter(None, (address, "" if venue in address else venue))) if address else "",
        position=position,
        precision=precision,
        audience=audience,
        audience_note=audience_note,
        access=place_cells.access(raw),
        access_note=place_cells.access_note(raw),
        contacts=place_cells.contacts(raw, CONTACT_FIELDS),
        group=raw.text("group"),
        extra=dict(raw.extra) | ({raw.labels["kind"]: raw.text("kind")} if raw.text("kind") else {}),
        **{**costs, "booking": booking, "booking_note": booking_note},
    )


def _description(raw: Raw, venue: str) -> str:
    """説明, after the venue where there is no address that could hold it."""
    place = f"{raw.labels['venue']}: {' '.join(venue.split())}" if venue else ""
    return "\n".join(filter(None, (place, raw.text("description"))))


def _booking(raw: Raw) -> tuple[Booking, str]:
    """Whether to book, by what is said of it and of the number of seats; a period for it means that one has to."""
    cells = {
        name: text for name in BOOKING_CELLS if (text := raw.text(name)) not in NOTHING or text in {"なし", "無し"}
    }
    note = "\n".join(f"{raw.labels[name]}: {text}" for name, text in cells.items())
    seats = f"{raw.labels.get('capacity', '')} {cells.get('capacity', '')}"
    said = {place_words.booking(text) for text in (cells.get("booking", ""), cells.get("booking_period", ""), seats)}
    said.discard(Booking.UNKNOWN)
    dated = any(sign.isdigit() for name in BOOKING_CELLS[2:4] for sign in cells.get(name, ""))
    if not said and dated:
        said = {Booking.NEEDED}
    return (said.pop() if len(said) == 1 else Booking.UNKNOWN), note
