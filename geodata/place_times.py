"""When a place is open or something happens there, from the columns on days and hours."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from portal.schedules.opening import weekly_from_opening
from portal.schedules.reading import read_schedule

if TYPE_CHECKING:
    from geodata.place_rows import Raw
    from portal.model.schedule import Schedule

SINCE: Final = date(2020, 1, 1)
"""From when a repetition is taken to run where the file does not say; the same day on every import, so that
importing a file again changes nothing."""
CLOCK: Final = re.compile(r"[\d０-９]\s*[:：時]|正午|[ap]m", re.IGNORECASE)
NOTHING: Final = frozenset({"", "-", "－", "ー", "―"})


def schedule(raw: Raw, today: date) -> tuple[Schedule | None, str]:
    """The schedule of a row, and what the file says verbatim where that is not all of it.

    What is not understood is said. ``today`` gives a date without a year its year.
    """
    text = _cell(raw, "schedule")
    days, starts, ends = (_cell(raw, name) for name in ("weekdays", "starts", "ends"))
    remark = _cell(raw, "schedule_note")
    said = "\n".join(filter(None, (text or days, "～".join(filter(None, (starts, ends))), remark)))
    if not said:
        return None, ""
    if text or not (days or starts):
        found = _read(_with_hours(text, starts, ends, remark), today)
    else:
        found = weekly_from_opening(days, starts, ends, remark, SINCE)
    if found is None:
        raw.notes.doubt("intake.schedule_not_read", text=said)
        return None, said
    if found.note:
        raw.notes.doubt("intake.schedule_partly_read", text=found.note)
        return found, said
    return found, ""


def _cell(raw: Raw, name: str) -> str:
    text = raw.text(name)
    return "" if text in NOTHING else text


def _with_hours(text: str, starts: str, ends: str, remark: str) -> str:
    """The text with the hours of their own columns, where it holds none itself."""
    if text and not CLOCK.search(text) and starts:
        text = f"{text} {starts}～{ends}" if ends else f"{text} {starts}～"
    return "\n".join(filter(None, (text, remark)))


@lru_cache(maxsize=4096)
def _read(text: str, today: date) -> Schedule | None:
    """The schedule of a text, beginning on a fixed day; 隔週 and 全10回 are read only where a first date is stated."""
    found = read_schedule(text, today)
    if found.schedule is None:
        return None
    return read_schedule(text, today, SINCE).schedule
