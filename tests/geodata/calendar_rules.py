"""What RFC 5545 asks of a calendar file, line by line: written from the RFC alone, without any library."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

OCTETS: Final = 75
NEEDED: Final = {
    "VCALENDAR": ("PRODID", "VERSION"),
    "VEVENT": ("UID", "DTSTAMP", "DTSTART"),
    "VTIMEZONE": ("TZID",),
    "STANDARD": ("DTSTART", "TZOFFSETFROM", "TZOFFSETTO"),
}
ONCE: Final = frozenset(
    {"UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "SUMMARY", "DESCRIPTION", "STATUS", "URL", "GEO", "RRULE"}
)
TEXTS: Final = frozenset({"SUMMARY", "DESCRIPTION", "LOCATION", "NAME", "X-WR-CALNAME", "CATEGORIES", "UID"})
LINE: Final = re.compile(r'([A-Z0-9-]+)((?:;[A-Z0-9-]+=(?:"[^"]*"|[^;:"]*))*):(.*)', re.DOTALL)
UNESCAPED: Final = re.compile(r"(?:[^\\,;]|\\[\\,;nN])*")
TIME: Final = re.compile(r"\d{8}(?:T\d{6}Z?)?")


def faults(data: bytes) -> list[str]:
    """Every rule that a file breaks, in its order; none for a good one."""
    return list(_faults(data))


def _faults(data: bytes) -> Iterator[str]:
    if not data.endswith(b"\r\n") or re.search(rb"(?<!\r)\n|\r(?!\n)", data):
        yield "lines do not end with CRLF"
    for raw in data.split(b"\r\n"):
        if len(raw) > OCTETS:
            yield "a line of more than 75 octets"
        try:
            raw.decode()
        except UnicodeDecodeError:
            yield "a letter is cut by a fold"
    yield from _structure(data.decode(errors="replace").replace("\r\n ", "").split("\r\n")[:-1])


def _structure(lines: list[str]) -> Iterator[str]:
    opened: list[tuple[str, list[str], list[str]]] = []
    seen: set[tuple[str, str]] = set()
    for line in lines:
        found = LINE.fullmatch(line)
        if not found:
            yield f"no content line: {line[:40]}"
            continue
        name, parameters, value = found.groups()
        if name == "BEGIN":
            opened.append((value, [], []))
        elif name == "END":
            if not opened or opened[-1][0] != value:
                yield f"{value} ends that did not begin"
                return
            sort, names, kept = opened.pop()
            yield from _component(sort, names, kept, seen)
        elif not opened:
            yield "a line outside of the calendar"
        else:
            opened[-1][1].append(name)
            opened[-1][2].append(line)
            yield from _value(name, parameters, value)
    if opened:
        yield f"{opened[-1][0]} does not end"


def _value(name: str, parameters: str, value: str) -> Iterator[str]:
    if name in TEXTS and name != "CATEGORIES" and not UNESCAPED.fullmatch(value):
        yield f"{name} is not escaped"
    if name in ("DTSTAMP", "LAST-MODIFIED") and not re.fullmatch(r"\d{8}T\d{6}Z", value):
        yield f"{name} is not in UTC"
    if name in ("DTEND", "RECURRENCE-ID", "EXDATE", "RDATE") or (name == "DTSTART" and parameters):
        whole_day = "VALUE=DATE" in parameters
        if any(not TIME.fullmatch(one) or whole_day != (len(one) == len("20261208")) for one in value.split(",")):
            yield f"{name} is no time of its kind"
        if not whole_day and "TZID=" not in parameters and not value.endswith("Z"):
            yield f"{name} has no time zone"


def _component(sort: str, names: list[str], lines: list[str], seen: set[tuple[str, str]]) -> Iterator[str]:
    yield from (f"{sort} without {name}" for name in NEEDED.get(sort, ()) if name not in names)
    if sort != "VEVENT":
        return
    yield from (f"{name} twice" for name in sorted(ONCE) if names.count(name) > 1)
    said = {line.partition(":")[0].partition(";")[0]: line for line in lines}
    until = re.search(r"UNTIL=([0-9TZ]+)", said.get("RRULE", ""))
    timed = "VALUE=DATE" not in said.get("DTSTART", "")
    if until and timed != until[1].endswith("Z"):
        yield "UNTIL is not of the kind of DTSTART"
    key = (said.get("UID", ""), said.get("RECURRENCE-ID", ""))
    if key in seen:
        yield "an event twice"
    seen.add(key)
