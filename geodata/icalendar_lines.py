"""An iCalendar stream (RFC 5545, 3.1) cut into its events before any of it is interpreted.

Only events and the offsets of time zones are looked at, and of an event only what the portal can use: no attendees,
no alarms, no attachments. What is nested beyond reason is refused here, by counting.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from geodata.cells.encoding import decode_bytes
from portal.errors import UnreadableFileError

if TYPE_CHECKING:
    from collections.abc import Iterator

DEPTH_MAX: Final = 10
EVENT_LINES_MAX: Final = 2_000
VALUE_MAX: Final = 20_000
"""Signs of a line that is not a text: the longest list of dates that is looked at."""
DATES_A_LINE: Final = 40
RULE_MAX: Final = 600
TEXTS: Final = frozenset({"SUMMARY", "DESCRIPTION", "LOCATION"})
TIMES: Final = frozenset({"DTSTART", "DTEND", "DURATION", "RECURRENCE-ID", "RRULE", "RDATE", "EXDATE", "LAST-MODIFIED"})
WANTED: Final = TEXTS | TIMES | {"UID", "GEO", "URL", "STATUS", "CLASS", "SEQUENCE", "CATEGORIES"}
_LINE_END: Final = re.compile(rb"\r\n|\n|\r")
_NAME: Final = re.compile(r"[A-Za-z0-9-]+")
_UNSEEN: Final = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


@dataclass(slots=True)
class Block:
    """The lines of one event or time zone."""

    line: int
    """Line of the file on which it begins, from 1."""
    name: str
    lines: list[str] = field(default_factory=list)
    length: int = 0
    """How many lines it had, those that are not kept included."""
    complete: bool = False


def blocks(data: bytes) -> Iterator[Block]:
    """The events and time zones of a stream, in its order.

    Raises UnreadableFileError for what is no calendar, cannot be decoded, or is nested beyond reason.
    """
    open_blocks: list[Block] = []
    begun = False
    for number, line in _logical_lines(data):
        name, _, value = line.partition(":")
        name = name.strip().upper()
        if not begun and line.strip():
            begun = (name, value.strip().upper()) == ("BEGIN", "VCALENDAR")
            if not begun:
                raise UnreadableFileError("feeds.not_a_calendar")
        if name == "BEGIN":
            open_blocks.append(Block(number, value.strip().upper()))
            if len(open_blocks) > DEPTH_MAX:
                raise UnreadableFileError("feeds.nested")
        elif name == "END" and open_blocks and open_blocks[-1].name == value.strip().upper():
            yield from _ended(open_blocks)
        elif open_blocks:
            _keep(open_blocks, line)
    if not begun:
        raise UnreadableFileError("feeds.not_a_calendar")
    yield from (block for block in open_blocks if block.name == "VEVENT")


def _ended(open_blocks: list[Block]) -> Iterator[Block]:
    block = open_blocks.pop()
    block.complete = True
    if block.name in ("VEVENT", "VTIMEZONE"):
        yield block


def _keep(open_blocks: list[Block], line: str) -> None:
    """Note a line with its event; the offsets of summer and winter are noted with their time zone."""
    block = open_blocks[-1]
    if block.name in ("STANDARD", "DAYLIGHT") and len(open_blocks) > 1:
        block = open_blocks[-2]
    found = _NAME.match(line)
    name = found[0].upper() if found else ""
    # A line of many dates counts as many lines.
    block.length += 1 if name not in TIMES else 1 + len(line) // DATES_A_LINE
    if name == "RRULE" and len(line) > RULE_MAX:
        line = "RRULE:-"  # refused with its event; without it, the event would become a single date
    if block.name == "VTIMEZONE":
        wanted = name in ("TZID", "TZOFFSETTO")
    else:
        wanted = block.name == "VEVENT" and name in WANTED and (name in TEXTS or len(line) <= VALUE_MAX)
    if wanted and block.length <= EVENT_LINES_MAX:
        block.lines.append(line)


def _logical_lines(data: bytes) -> Iterator[tuple[int, str]]:
    """Each line with what is folded behind it, with its number; joined as bytes, since a fold may cut a letter."""
    joined: list[list[bytes]] = []
    numbers: list[int] = []
    for number, raw in enumerate(_LINE_END.split(data.removeprefix(b"\xef\xbb\xbf")), 1):
        if raw[:1] in (b" ", b"\t") and joined:
            joined[-1].append(raw[1:])
        else:
            joined.append([raw])
            numbers.append(number)
    text = _decoded(b"\n".join(b"".join(parts) for parts in joined))
    for number, line in zip(numbers, text.split("\n"), strict=True):
        yield number, _UNSEEN.sub("", line)


def _decoded(data: bytes) -> str:
    """The text: UTF-8 by the RFC, else one of the encodings that older Japanese programs write."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        return decode_bytes(data).text
    except UnreadableFileError:
        raise UnreadableFileError("feeds.bad_encoding") from None
