"""Times of calendars (DATE, DATE-TIME with a zone, in UTC or floating: RFC 5545, 3.3.5) as local times of Tokyo."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from typing import TYPE_CHECKING, Any, Final

from portal.clock import TOKYO

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geodata.icalendar_lines import Block

HALF_YEAR: Final = timedelta(days=182)
FAR_YEARS: Final = (1800, 2300)
"""Years that are looked at at all; the schedule has bounds of its own."""
_OFFSET_MAX: Final = 24 * 60


class UntakenError(Exception):
    """Raised when an event cannot be taken; carries the phrase that says why."""

    def __init__(self, key: str, **values: object) -> None:
        """Keep the phrase key and its values."""
        super().__init__(key)
        self.key, self.values = key, values


@dataclass(frozen=True, slots=True)
class Moment:
    """A time as the portal keeps it, and how it was written."""

    at: datetime
    """Local time of Tokyo without a zone, to the minute."""
    timed: bool
    days_off: int = 0
    """By how many days Tokyo's date is ahead of the date that was written."""
    steady: bool = True
    """Whether the zone it was written in has the same offset all year round."""


def moment(value: object, parameters: Mapping[str, str], zones: Mapping[str, timezone]) -> Moment:
    """A DATE or DATE-TIME as a moment; one without a zone is Tokyo's. Raises UntakenError for any other value."""
    if not isinstance(value, date) or not FAR_YEARS[0] < value.year < FAR_YEARS[1]:
        raise UntakenError("feeds.bad_time")
    if not isinstance(value, datetime):
        return Moment(datetime.combine(value, time()), timed=False)
    zone = str(parameters.get("TZID", "")).strip('"')
    if value.tzinfo is None and zone:
        if zone not in zones:
            raise UntakenError("feeds.unknown_zone", zone=zone[:60])
        value = value.replace(tzinfo=zones[zone])
    if value.tzinfo is None:
        return Moment(_to_minute(value), timed=True)
    local = value.astimezone(TOKYO).replace(tzinfo=None)
    steady = value.utcoffset() == (value + HALF_YEAR).utcoffset()
    return Moment(_to_minute(local), timed=True, days_off=(local.date() - value.date()).days, steady=steady)


def _to_minute(value: datetime) -> datetime:
    return value.replace(second=0, microsecond=0)


def moments(lists: object, zones: Mapping[str, timezone]) -> list[Moment]:
    """The dates and times of EXDATE or RDATE, given once or several times; of a period its beginning.

    Raises UntakenError for a value that is none.
    """
    found: list[Moment] = []
    for one in listed(lists):
        parameters = getattr(one, "params", {})
        for entry in getattr(one, "dts", ()):
            value = entry.dt
            found.append(moment(value[0] if isinstance(value, tuple) else value, parameters, zones))
    return found


def listed(value: object) -> Sequence[Any]:
    """A property that may stand once, several times, or not at all, as a list."""
    if value is None:
        return ()
    return value if isinstance(value, list) else (value,)


def fixed_zone(block: Block) -> tuple[str, timezone] | None:
    """A time zone of the calendar's own by name, where it has one offset only; None where it has several.

    Its rules are not worked out: a hostile one (every second for ever) would keep the machine busy.
    """
    name, offsets = "", set()
    for line in block.lines:
        key, _, value = line.partition(":")
        if key.partition(";")[0].upper() == "TZID":
            name = value.strip()
        else:
            offsets.add(value.strip())
    if not name or len(offsets) != 1:
        return None
    minutes = _offset(offsets.pop())
    return None if minutes is None else (name, timezone(timedelta(minutes=minutes)))


def _offset(text: str) -> int | None:
    """Minutes of an offset like ``+0900``."""
    digits = text[1:5]
    if text[:1] not in ("+", "-") or len(digits) < 4 or not (digits.isascii() and digits.isdigit()):  # noqa: PLR2004  # hhmm
        return None
    minutes = int(digits[:2]) * 60 + int(digits[2:])
    return None if minutes >= _OFFSET_MAX else minutes if text[0] == "+" else -minutes
