"""The columns of open data on days and hours: 利用可能曜日, 開始時間, 終了時間, 利用可能日時特記事項."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

from portal.model.schedule import NOTE_MAX
from portal.schedules.reading import read_schedule

if TYPE_CHECKING:
    from datetime import date

    from portal.model.schedule import Schedule


def weekly_from_opening(days_text: str, starts: str, ends: str, note: str, today: date) -> Schedule | None:
    """The opening hours of a row of 推奨データセット or 自治体標準データセット, from ``today`` on.

    Days as 「月火水木金」, 「月・水」, 「平日」, 「毎日」; hours as ``9:00``, ``09:00:00`` or 「9時」. Closing days in
    the note (【休館日】年末年始) are heeded where they can be read; where there is no day, the note alone is
    read. What is not understood stays in the schedule's note. None where no days can be read.
    """
    days = re.sub(r"[;；\s]+", "・", days_text.strip())
    hours = "~".join(filter(None, (_clock(starts), _clock(ends))))
    if _clock(ends) and not _clock(starts):
        return None
    if not days:
        return read_schedule(f"{hours}\n{note}", today).schedule
    base = read_schedule(f"{days} {hours}", today)
    if base.schedule is None or base.not_understood:
        return None
    whole = read_schedule(f"{days} {hours}\n{note}", today).schedule if note.strip() else base.schedule
    if whole is not None and _times(whole) == _times(base.schedule):
        return whole
    return replace(base.schedule, note=note.strip()[:NOTE_MAX])


def _clock(text: str) -> str:
    """``09:00:00`` and ``0900`` as ``9:00``; other text as it stands."""
    plain = unicodedata.normalize("NFKC", text).strip()
    found = re.fullmatch(r"(\d{1,2}):?(\d{2})(?::00)?", plain)
    return f"{int(found[1])}:{found[2]}" if found else plain


def _times(schedule: Schedule) -> set[tuple[object, ...]]:
    return {(rule.start.time(), rule.minutes, rule.timed) for rule in schedule.rules}
