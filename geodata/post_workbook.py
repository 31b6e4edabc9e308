"""A workbook of posts, or the same as CSV: 推奨データセット「イベント一覧」 as groups fill it in.

A weekly salon is one row per date: rows of one name, place and organiser are one post with all their dates. The row
marked 【見本】 shows how to fill in and is never read.
"""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from geodata import place_cells
from geodata.decode import read_date
from geodata.event_merging import merged
from geodata.event_rows import EventRow, read_row
from geodata.event_schedule import EndsBeforeStartError, event_schedule
from geodata.place_aliases import EVENT_ALIASES
from geodata.place_rows import Reading, open_sheet
from geodata.post_template import KINDS, SAMPLE, kind_name, template
from geodata.tables.files import is_workbook
from portal.errors import InvalidRecordError, UnreadableFileError
from portal.model.finding import Finding, Severity
from portal.model.post import SEATS_MAX
from portal.normalise import fold
from portal.post_rows import Beside, PostIntake, PostRow, post_facts
from portal.records import digest
from portal.words import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from geodata.place_rows import Raw
    from portal.model.post import PostFacts, PostKind

__all__ = ["read", "template"]

MOST_MIB: Final = 5
MOST_ROWS: Final = 2_000
SEATS: Final = re.compile(r"\d{1,6}")


@dataclass(frozen=True, slots=True)
class _Told:
    """One row, and what it says that a record of a place has no field for."""

    row: EventRow
    beside: Beside

    @property
    def line(self) -> int:
        return self.row.raw.notes.line

    @property
    def number(self) -> str:
        return self.row.raw.text("id")


def read(data: bytes, today: date) -> PostIntake:
    """The posts of an .xlsx or CSV file; ``today`` (Asia/Tokyo) decides the year of dates without one.

    A date that does not exist, an end before the start, a row without a name and one that stands there twice are
    refused, with their lines. Raises UnreadableFileError (over 5 MiB or 2,000 rows, no table) and PersonDataError.
    """
    if len(data) > MOST_MIB * 1024 * 1024:
        raise UnreadableFileError("tables.too_large", most=MOST_MIB)
    findings: list[Finding] = []
    told = [one for raw in _raws(data) if (one := _told(raw, today, findings))]
    count = len(told) + len(findings)
    rows = tuple(_posts(told, findings))
    findings += [finding for one in told for finding in one.row.raw.notes.findings]
    findings.sort(key=lambda finding: finding.line)
    return PostIntake(rows, tuple(findings), count)


def _raws(data: bytes) -> Iterator[Raw]:
    """The rows but for the sample. The readers take files, so that one is made for as long as they read."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / ("posts.xlsx" if is_workbook(data) else "posts.csv")
        path.write_bytes(data)
        for count, raw in enumerate(open_sheet(path, Reading(EVENT_ALIASES)).rows, start=1):
            if count > MOST_ROWS:
                raise UnreadableFileError("tables.too_many_rows", most=MOST_ROWS)
            if not raw.text("name").startswith(SAMPLE):
                yield raw


def _told(raw: Raw, today: date, findings: list[Finding]) -> _Told | None:
    """The row, or None with the reason in ``findings``."""
    try:
        row = read_row(raw, today)
        if row.when:
            event_schedule([row.when])
    except EndsBeforeStartError:
        findings.append(Finding(raw.notes.line, Severity.REFUSED, "intake.ends_before_start_time"))
    except InvalidRecordError as error:
        findings.append(Finding(raw.notes.line, Severity.REFUSED, error.key, error.values))
    else:
        return _with_cells(row, today)
    return None


def _with_cells(row: EventRow, today: date) -> _Told:
    """Venue, category, seats and the end of booking apart, for a post has fields for them."""
    raw = row.raw
    kind = _kind(raw.text("kind"))
    extra = {name: text for name, text in row.facts.extra.items() if not (kind and name == raw.labels.get("kind"))}
    facts = replace(row.facts, address=place_cells.address(raw), description=raw.text("description"), extra=extra)
    beside = Beside(kind, raw.text("venue"), _seats(raw.text("capacity")), _until(raw, today))
    return _Told(replace(row, facts=facts), beside)


def _kind(text: str) -> PostKind | None:
    """The kind that is called so in one of the languages."""
    called = {fold(kind_name(kind, language)): kind for language in LANGUAGES for kind in KINDS}
    return called.get(fold(text))


def _seats(text: str) -> int | None:
    """The first number of 定員 (20名, 各回15人)."""
    found = SEATS.search(fold(text))
    return int(found[0]) if found and 1 <= int(found[0]) <= SEATS_MAX else None


def _until(raw: Raw, today: date) -> date | None:
    text = raw.text("booking_until")
    try:
        return read_date(text, today.year)
    except ValueError:
        raw.notes.doubt("workbook.bad_until", text=text)
        return None


def _posts(told: Sequence[_Told], findings: list[Finding]) -> Iterator[PostRow]:
    groups: dict[tuple[str, ...], list[_Told]] = {}
    for one in told:
        groups.setdefault(one.row.key[:4], []).append(one)
    for record, group in zip(_records(told, groups), groups.values(), strict=True):
        distinct = _distinct(group, findings)
        try:
            yield PostRow(distinct[0].line, record, _facts(distinct))
        except InvalidRecordError as error:
            findings.append(Finding(distinct[0].line, Severity.REFUSED, error.key, error.values))


def _facts(group: Sequence[_Told]) -> PostFacts:
    rows = [one.row for one in group]
    schedule = event_schedule([row.when for row in rows if row.when])
    if schedule is None and len(rows) == 1:
        schedule = rows[0].repeats
    return post_facts(replace(merged(rows), schedule=schedule), group[0].beside)


def _records(told: Sequence[_Told], groups: dict[tuple[str, ...], list[_Told]]) -> list[str]:
    """The posts' ids: the number that is theirs alone, else one made of name and place.

    Numbers that only count the rows are none: next month's workbook begins with 1 again.
    """
    counting = [one.number for one in told] == [str(number) for number in range(1, len(told) + 1)]
    own = [{one.number for one in group} for group in groups.values()]
    used = Counter(number for numbers in own for number in numbers)
    return [
        next(iter(numbers)) if not counting and _alone(numbers, used) else f"#{digest(chr(0).join(key))}"
        for key, numbers in zip(groups, own, strict=True)
    ]


def _alone(numbers: set[str], used: Counter[str]) -> bool:
    return len(numbers) == 1 and all(number and used[number] == 1 for number in numbers)


def _distinct(group: Sequence[_Told], findings: list[Finding]) -> list[_Told]:
    """The rows without those that say the same as an earlier one."""
    first: dict[str, _Told] = {}
    for one in group:
        known = first.setdefault(repr((one.row.when, one.row.facts, one.beside)), one)
        if known is not one:
            values = {"name": one.row.facts.name, "first": known.line}
            findings.append(Finding(one.line, Severity.REFUSED, "intake.event_twice", values))
    return list(first.values())
