"""A group's calendar (iCalendar, RFC 5545): its events as items with a schedule."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final

from icalendar import Event, vBroken

from geodata.feed import ITEMS_MAX, categories, check_size, in_tokyo, lines_of, one_line, uid_of, web_address
from geodata.html_text import readable
from geodata.icalendar_lines import EVENT_LINES_MAX, Block, blocks
from geodata.icalendar_schedule import schedule_of
from geodata.icalendar_times import UntakenError, fixed_zone, listed
from portal.clock import TOKYO
from portal.errors import InvalidRecordError
from portal.model.feed import FeedItem, FeedRead
from portal.model.finding import Finding, Severity
from portal.model.position import Point
from portal.model.post import NOTE_MAX, POST_TEXT_MAX, TITLE_MAX
from portal.schedules.occurrences import next_occurrences

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, timezone

    from portal.model.schedule import Schedule

EVENTS_MAX: Final = 3_000
"""Events of a calendar that are looked at, changes of single dates included."""
LONG_OVER: Final = timedelta(days=60)
_DAY: Final = re.compile(r"[0-9]{8}")
TITLE_FROM_TEXT: Final = 40
UID_SHOWN: Final = 80
_SECOND: Final = timedelta(seconds=1)


@dataclass(slots=True)
class _Found:
    """One VEVENT, and where it stands."""

    line: int
    event: dict[str, Any]
    uid: str

    @property
    def revision(self) -> tuple[int, str]:
        """What grows from one revision to the next."""
        return _sequence(self.event), str(_changed_at(self.event) or "")


def read(data: bytes, today: date) -> FeedRead:
    """The events of a calendar that are not over before ``today``, 1,000 at most.

    Several changes of one date, and several versions of one event, count as the one with the highest SEQUENCE.
    Events marked as private are left out. What cannot be taken is a finding with its line and UID.
    Raises UnreadableFileError for what is no calendar, is larger than 2 MiB or is nested beyond reason.
    """
    check_size(data)
    findings: list[Finding] = []
    zones, events = _parsed(blocks(data), today, findings)
    masters, overrides = _newest(events, findings)
    items: list[FeedItem] = []
    for uid, master in masters.items():
        item = _taken(master, overrides.get(uid, []), zones, findings)
        if item is None or not _still_to_come(item.schedule, today):
            continue
        if len(items) == ITEMS_MAX:
            findings.append(Finding(master.line, Severity.REFUSED, "feeds.too_many", {"most": ITEMS_MAX}))
            break
        items.append(item)
    return FeedRead(tuple(items), tuple(sorted(findings, key=lambda finding: finding.line)))


def _parsed(found: Iterable[Block], today: date, findings: list[Finding]) -> tuple[dict[str, timezone], list[_Found]]:
    zones: dict[str, timezone] = {}
    events: list[_Found] = []
    for block in found:
        if block.name == "VTIMEZONE":
            zone = fixed_zone(block)
            zones.update([zone] if zone else [])
            continue
        if _is_old(block, today):
            continue
        if len(events) == EVENTS_MAX:
            findings.append(Finding(block.line, Severity.REFUSED, "feeds.too_many", {"most": EVENTS_MAX}))
            break
        event = _event(block, findings)
        if event is not None:
            events.append(event)
    return zones, events


def _is_old(block: Block, today: date) -> bool:
    """Whether an event is long over, by a glance at its dates: a calendar holds all that ever was."""
    old = f"{today - LONG_OVER:%Y%m%d}"
    if any(line.upper().startswith(("RRULE", "RDATE")) for line in block.lines):
        return False
    dated = [line for line in block.lines if line.upper().startswith(("DTSTART", "DTEND", "RECURRENCE-ID"))]
    days = [day for line in dated for day in _DAY.findall(line.partition(":")[2])]
    return bool(days) and max(days) < old


def _event(block: Block, findings: list[Finding]) -> _Found | None:
    """The event of a block; None where it is not to be taken."""
    key = None if block.complete else "feeds.event_cut_off"
    if block.length > EVENT_LINES_MAX:
        key = "feeds.event_too_long"
    if key:
        findings.append(Finding(block.line, Severity.REFUSED, key, {"most": EVENT_LINES_MAX}))
        return None
    try:
        read_event = Event.from_ical("\r\n".join(("BEGIN:VEVENT", *block.lines, "END:VEVENT", "")))
    except (ValueError, KeyError, TypeError, AttributeError, IndexError):
        findings.append(Finding(block.line, Severity.REFUSED, "feeds.broken_event", {"uid": ""}))
        return None
    event = {str(name): _unbroken(value) for name, value in read_event.items()}
    if _text(event, "CLASS").upper() in ("PRIVATE", "CONFIDENTIAL"):
        findings.append(Finding(block.line, Severity.REFUSED, "feeds.private"))
        return None
    begins = next((line for line in block.lines if line.upper().startswith("DTSTART")), "")
    return _Found(block.line, event, uid_of(_text(event, "UID"), begins, _text(event, "SUMMARY")))


class _Broken:
    """What stands for a value that could not be read: no time, no list, no text."""

    def __str__(self) -> str:
        return ""


def _unbroken(value: object) -> object:
    """The value, where icalendar could read it; its own mark for others raises whatever is asked of it."""
    if isinstance(value, list):
        return [_unbroken(one) for one in value]
    return _Broken() if isinstance(value, vBroken) else value


def _newest(events: list[_Found], findings: list[Finding]) -> tuple[dict[str, _Found], dict[str, list[_Found]]]:
    """The newest version of each event, and of each change of one of its dates, by UID."""
    masters: dict[str, _Found] = {}
    changes: dict[tuple[str, str], _Found] = {}
    for found in events:
        if "RECURRENCE-ID" in found.event:
            when = str(getattr(found.event["RECURRENCE-ID"], "dt", ""))
            known = changes.setdefault((found.uid, when), found)
            changes[found.uid, when] = max(known, found, key=lambda one: one.revision)
            continue
        known = masters.setdefault(found.uid, found)
        if known is not found:
            findings.append(Finding(found.line, Severity.DOUBTFUL, "feeds.same_uid", {"uid": found.uid[:UID_SHOWN]}))
            masters[found.uid] = max(found, known, key=lambda one: one.revision)
    by_uid: dict[str, list[_Found]] = {}
    for (uid, _), change in changes.items():
        if uid in masters:
            by_uid.setdefault(uid, []).append(change)
        else:  # one date of a series that the group was invited to: an event of its own
            masters[f"{uid}"[:400] + f"#{change.line}"] = change
    return masters, by_uid


def _taken(
    found: _Found, changes: list[_Found], zones: dict[str, timezone], findings: list[Finding]
) -> FeedItem | None:
    """The item of an event; None, with a finding, where it cannot be taken."""
    shown = {"uid": found.uid[:UID_SHOWN]}
    try:
        schedule, doubts = schedule_of(found.event, [change.event for change in changes], zones)
        item = _item(found, schedule)
    except UntakenError as error:
        findings.append(Finding(found.line, Severity.REFUSED, error.key, {**shown, **error.values}))
        return None
    except (InvalidRecordError, ValueError, OverflowError, TypeError, AttributeError):
        findings.append(Finding(found.line, Severity.REFUSED, "feeds.broken_event", shown))
        return None
    findings.extend(Finding(found.line, Severity.DOUBTFUL, key, shown) for key in doubts)
    return item


def _item(found: _Found, schedule: Schedule) -> FeedItem:
    event = found.event
    text = lines_of(readable(_text(event, "DESCRIPTION"), breaks=True), POST_TEXT_MAX)
    place = one_line(_text(event, "LOCATION"), NOTE_MAX)
    title = one_line(_text(event, "SUMMARY"), TITLE_MAX) or one_line(text or place, TITLE_FROM_TEXT)
    if not title:
        raise UntakenError("feeds.no_title")
    return FeedItem(
        found.uid,
        title,
        text,
        web_address(_text(event, "URL")),
        place,
        _position(event),
        schedule,
        cancelled=_text(event, "STATUS").upper() == "CANCELLED",
        sequence=_sequence(event),
        changed_at=_changed_at(event),
        categories=categories(
            str(name) for one in listed(event.get("CATEGORIES")) for name in getattr(one, "cats", ())
        ),
    )


def _still_to_come(schedule: Schedule | None, today: date) -> bool:
    """Whether anything of it, called off or not, is today or later."""
    midnight = datetime.combine(today, time(), TOKYO)
    return schedule is not None and bool(next_occurrences(schedule, midnight - _SECOND, 1))


def _text(event: dict[str, Any], name: str) -> str:
    """A text property, the first where there are several."""
    return str(next(iter(listed(event.get(name))), "")).strip()


def _sequence(event: dict[str, Any]) -> int:
    text = _text(event, "SEQUENCE")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0  # noqa: PLR2004  # 32 bits


def _changed_at(event: dict[str, Any]) -> datetime | None:
    value = getattr(next(iter(listed(event.get("LAST-MODIFIED"))), None), "dt", None)
    return in_tokyo(value) if isinstance(value, datetime) else None


def _position(event: dict[str, Any]) -> Point | None:
    """GEO is latitude;longitude; 0;0 is what programs write that know no place."""
    geo = next(iter(listed(event.get("GEO"))), None)
    try:
        point = Point(float(geo.longitude), float(geo.latitude))  # type: ignore[union-attr]  # None is told below
    except (AttributeError, TypeError, ValueError, InvalidRecordError):
        return None
    return point if (point.lon, point.lat) != (0, 0) else None
