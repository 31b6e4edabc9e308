"""Days and hours as people in Japan write them, read into a schedule.

Nothing is made up: what is not understood is handed back as it was written, and a text that can be read in
two ways, or from which something is missing, gives no schedule.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from portal.errors import InvalidRecordError
from portal.model.schedule import NOTE_MAX
from portal.schedules.building import build
from portal.schedules.closing import UnclearError
from portal.schedules.draft import gather
from portal.schedules.plain_text import TEXT_MAX, PlainText, plain_text
from portal.schedules.tokens import Token, tokens
from portal.schedules.vocabulary import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from portal.model.schedule import Schedule


@dataclass(frozen=True, slots=True)
class ReadSchedule:
    """What was read of a text; the schedule's note holds ``not_understood`` too, joined by 「、」."""

    schedule: Schedule | None
    not_understood: tuple[str, ...] = ()
    """Verbatim; the whole text where there is no schedule."""


def read_schedule(text: str, today: date, default_start: date | None = None) -> ReadSchedule:
    """「第2・4火曜 10:00–12:00、祝日は休み」, 「8月5日（水）14時〜16時」 and the like, as a schedule.

    ``today`` decides the year of a date without one. A repetition begins on its first date from the one that
    the text states, else from ``default_start``, else from today. What counts from a first date (隔週, 全10回)
    is read only where one is stated or given. A text of more than 2,000 characters is not read.
    """
    if not text.strip() or len(text) > TEXT_MAX:
        return ReadSchedule(None, (text,) if text.strip() else ())
    plain = plain_text(text)
    words = tokens(plain.plain, today)
    try:
        draft = gather(words)
        schedule = build(draft, default_start, today)
        unread = _verbatim(plain, words, draft.unread)
        schedule = replace(schedule, note="、".join(unread)[:NOTE_MAX])
    except (UnclearError, InvalidRecordError):
        return ReadSchedule(None, (text.strip(),))
    return ReadSchedule(schedule, unread)


def _verbatim(plain: PlainText, words: Sequence[Token], unread: Sequence[Token]) -> tuple[str, ...]:
    """The original text of what was not understood, with the small words directly before each part."""
    parts: list[tuple[int, int]] = []
    for word in unread:
        start = word.start
        for before in reversed(words):
            if before.end == start and before.kind in (Kind.FILLER, Kind.PARTICLE):
                start = before.start
        if parts and parts[-1][1] == start:
            start = parts.pop()[0]
        parts.append((start, word.end))
    shown = [plain.verbatim(start, end) for start, end in parts]
    return tuple(part for part in shown if part)
