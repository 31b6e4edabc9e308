"""What is said of a place as the words of a table: the words that the readers of tables understand again.

Where the source said something, its words are written as they stand. What was only ticked is written in the words of
the portal, and comes back with these words beside the tick.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from geodata import place_words
from geodata.place_times import SINCE
from portal.model.place import Audience, Booking, ContactKind, Fee
from portal.model.recurrence import Frequency, parse_rrule
from portal.schedules.occurrences import occurrences
from portal.schedules.opening import weekly_from_opening
from portal.schedules.reading import read_schedule
from portal.schedules.wording import describe

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from portal.model.place import PlaceFacts
    from portal.model.schedule import Schedule

AUDIENCES: Final = {
    Audience.EVERYONE: "どなたでも",
    Audience.OLDER: "高齢者",
    Audience.PARENTS: "子育て中の人",
    Audience.CHILDREN: "子ども",
    Audience.YOUNG: "若者",
    Audience.DISABILITIES: "障害のある人",
    Audience.CARERS: "介護する人",
    Audience.NEWCOMERS: "外国人",
    Audience.VOLUNTEERS: "ボランティア希望の人",
}
FEES: Final = {Fee.FREE: "無料", Fee.PAID: "有料"}
BOOKINGS: Final = {Booking.NEEDED: "要申込", Booking.NOT_NEEDED: "申込不要"}
WEEKDAYS: Final = "月火水木金土日"
COMPARED: Final = timedelta(days=370)
"""So many days must be the same for a schedule to count as read back: a year and what holidays move."""


def audience(facts: PlaceFacts) -> str:
    """対象: the source's words, and the names of those that these do not say."""
    named = "、".join(name for key, name in AUDIENCES.items() if key in facts.audience)
    return _said(facts.audience_note, named, agrees=place_words.audiences(facts.audience_note) == facts.audience)


def fee(facts: PlaceFacts) -> str:
    """料金."""
    return _said(facts.fee_note, FEES.get(facts.fee, ""), agrees=place_words.fee(facts.fee_note) is facts.fee)


def booking(facts: PlaceFacts) -> str:
    """申込."""
    note = facts.booking_note
    return _said(note, BOOKINGS.get(facts.booking, ""), agrees=place_words.booking(note) is facts.booking)


def _said(note: str, named: str, *, agrees: bool) -> str:
    return note if agrees else "\n".join(filter(None, (named, note)))


def contact(facts: PlaceFacts, kind: ContactKind) -> tuple[str, str]:
    """The first public way of a kind and its note; both empty where there is none."""
    return next(((one.value, one.note) for one in facts.contacts if one.public and one.kind is kind), ("", ""))


def links(facts: PlaceFacts, kind: ContactKind) -> str:
    """All public web addresses of a kind, with the words that stood beside them."""
    found = [one for one in facts.contacts if one.public and one.kind is kind]
    notes = dict.fromkeys(one.note for one in found if one.note)
    return " ".join([*(one.value for one in found), *notes])


def further_contacts(facts: PlaceFacts) -> str:
    """Public ways beyond those that have a cell of their own."""
    single = (ContactKind.PERSON, ContactKind.PHONE, ContactKind.FAX, ContactKind.EMAIL)
    left = [one.value for one in facts.contacts if one.public and one.kind is ContactKind.OTHER]
    for kind in single:
        left += [one.value for one in facts.contacts if one.public and one.kind is kind][1:]
    return "\n".join(left)


@dataclass(frozen=True, slots=True)
class WrittenSchedule:
    """The words for when something is, by column."""

    text: str = ""
    """日時: of a schedule that reads back to the same dates."""
    remark: str = ""
    """利用可能日時特記事項: the source's words; all of it where no words are read back to the same dates."""
    days: str = ""
    """利用可能曜日, where it is one rule of every week."""
    starts: str = ""
    ends: str = ""


def schedule(facts: PlaceFacts, today: date) -> WrittenSchedule:
    """When it is: the source's own words or the portal's, whichever a reader takes for the same dates."""
    if facts.schedule is None:
        return WrittenSchedule(remark=facts.schedule_note)
    return _schedule(facts.schedule, facts.schedule_note, today)


@lru_cache(maxsize=4096)
def _schedule(of: Schedule, note: str, today: date) -> WrittenSchedule:
    """The first words that are read back to the very schedule, else to its dates, else none but for people."""
    ways = list(_ways(of, note, today))
    for found, written in ways:
        if found == of:
            return written
    for found, written in ways:
        if found is not None and _same(found, of, today):
            return written
    return WrittenSchedule(remark="\n".join(dict.fromkeys(filter(None, (describe(of, "ja", today), note)))))


def _ways(of: Schedule, note: str, today: date) -> Iterator[tuple[Schedule | None, WrittenSchedule]]:
    """Each way to write a schedule with what a reader makes of it."""
    days, (starts, ends) = _weekdays(of), _hours(of)
    if days:
        yield weekly_from_opening(days, starts, ends, note, SINCE), WrittenSchedule("", note, days, starts, ends)
    if note:
        yield _read(note, today), WrittenSchedule(remark=note)
    for text in dict.fromkeys((describe(of, "ja"), describe(of, "ja", today))):
        for remark in dict.fromkeys((note, "")):
            yield _read(f"{text}\n{remark}".strip(), today), WrittenSchedule(text, remark, days, starts, ends)


def _read(text: str, today: date) -> Schedule | None:
    return read_schedule(text, today, SINCE).schedule


def _same(found: Schedule, of: Schedule, today: date) -> bool:
    last = today + COMPARED
    return occurrences(found, today, last) == occurrences(of, today, last)


def _weekdays(of: Schedule) -> str:
    """月水金, of one rule of every week."""
    if len(of.rules) != 1 or not of.rules[0].rrule:
        return ""
    parts = parse_rrule(of.rules[0].rrule)
    weekly = parts.frequency is Frequency.WEEKLY and parts.interval == 1
    return "".join(WEEKDAYS[day] for _, day in sorted(parts.by_day)) if weekly else ""


def _hours(of: Schedule) -> tuple[str, str]:
    """The hours, where every rule has the same."""
    spans = {(rule.start.time(), rule.minutes) for rule in of.rules}
    if len(spans) != 1 or not all(rule.timed for rule in of.rules):
        return "", ""
    start, minutes = spans.pop()
    end = "" if minutes is None else clock(start.hour * 60 + start.minute + minutes)
    return f"{start:%H:%M}", end


def clock(minutes: int) -> str:
    """A time of the day by its minutes since midnight: ``09:30``; after midnight as the day after has it."""
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"
