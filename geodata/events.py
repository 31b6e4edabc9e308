"""A list of events (推奨データセット「イベント一覧」, and what cities make of it).

There is no column for a repetition: a weekly salon is one row per date. Rows of the same name, place, organiser and
hours are folded into one record with several dates. The list is one that its city publishes, so how to get in
touch is public. Past events are kept.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from geodata import place_cells
from geodata.dataset import dataset_name
from geodata.event_merging import merged
from geodata.event_rows import EventRow, read_row
from geodata.event_schedule import EndsBeforeStartError, event_schedule
from geodata.place_aliases import EVENT_ALIASES
from geodata.place_rows import Notes, Raw, Reading, open_sheet
from portal.errors import InvalidRecordError
from portal.model.finding import Finding, Severity
from portal.model.intake import PlaceIntake, PlaceRow
from portal.model.source import Source
from portal.records import digest

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from portal.model.place import PlaceFacts

SOURCE: Final = Source("イベント一覧")


def read(files: Sequence[Path], *, today: date) -> PlaceIntake:
    """The events of one or more files; ``read`` counts the rows of the files, not the events.

    ``today`` (Asia/Tokyo) decides the year of dates without one. A date that does not exist, an end before the start,
    a row without a name and a row that stands there twice are refused. Raises UnreadableFileError and PersonDataError.
    """
    rows: list[PlaceRow] = []
    findings: list[Finding] = []
    unknown: list[str] = []
    count = 0
    for path in files:
        sheet = open_sheet(path, Reading(EVENT_ALIASES))
        count += sheet.left_out
        told: list[EventRow] = []
        for raw in sheet.rows:
            count += 1
            told += _told(raw, today, findings)
        rows += _records(told, f"events/{dataset_name(path)}", today, findings)
        unknown += sheet.unknown
        findings += sheet.findings
    findings.sort(key=lambda one: (one.file, one.line))
    return PlaceIntake(tuple(rows), tuple(findings), count, SOURCE, tuple(dict.fromkeys(unknown)))


def _told(raw: Raw, today: date, findings: list[Finding]) -> list[EventRow]:
    """The row as a list of one, or of none with the reason in ``findings``."""
    try:
        row = read_row(raw, today)
        if row.when:
            event_schedule([row.when])
    except EndsBeforeStartError:
        findings.append(_refusal(raw.notes, "intake.ends_before_start_time"))
    except InvalidRecordError as error:
        findings.append(_refusal(raw.notes, error.key, **error.values))
    else:
        return [row]
    return []


def _refusal(notes: Notes, key: str, /, **values: object) -> Finding:
    return Finding(notes.line, Severity.REFUSED, key, values, notes.file)


def _records(told: Sequence[EventRow], dataset: str, today: date, findings: list[Finding]) -> list[PlaceRow]:
    numbers = [row.raw.text("id") for row in told]
    told = told if _running(numbers) else [_with_id(row) for row in told]
    groups: dict[tuple[str, ...], list[EventRow]] = {}
    for row in told:
        groups.setdefault(row.key, []).append(row)
    names = _names(list(groups.values()))
    found: list[PlaceRow] = []
    for record, rows in zip(names, groups.values(), strict=True):
        distinct = _distinct(rows, findings)
        try:
            facts = _facts(distinct)
        except InvalidRecordError as error:
            findings.append(_refusal(distinct[0].raw.notes, error.key, **error.values))
            continue
        found.append(_place_row(distinct, dataset, record, facts, today))
        findings += [finding for row in distinct for finding in row.raw.notes.findings]
    return found


def _distinct(rows: Sequence[EventRow], findings: list[Finding]) -> list[EventRow]:
    """The rows without those that say the same as an earlier one."""
    first: dict[str, EventRow] = {}
    for row in rows:
        known = first.setdefault(repr((row.when, replace(row.facts, extra=row.raw.extra))), row)
        if known is not row:
            values = {"name": row.facts.name, "first": known.raw.notes.line}
            findings.append(_refusal(row.raw.notes, "intake.event_twice", **values))
    return list(first.values())


def _facts(rows: Sequence[EventRow]) -> PlaceFacts:
    schedule = event_schedule([row.when for row in rows if row.when])
    if schedule is None and len(rows) == 1:
        schedule = rows[0].repeats
    return replace(merged(rows), schedule=schedule)


def _names(groups: Sequence[Sequence[EventRow]]) -> list[str]:
    """The records' ids: the file's own where they are ids and not the numbers of its rows, else of name and place."""
    own = [{row.raw.text("id") for row in rows} for rows in groups]
    ids = [next(iter(one)) if len(one) == 1 else "" for one in own]
    if all(ids) and len(set(ids)) == len(ids) and not _running(ids):
        return ids
    short = [rows[0].key[:3] for rows in groups]
    counts = Counter(short)
    keys = [part if counts[part] == 1 else rows[0].key for part, rows in zip(short, groups, strict=True)]
    return [digest("\0".join(key)) for key in keys]


def _with_id(row: EventRow) -> EventRow:
    """The row with the file's own id kept beside what no field takes."""
    raw = row.raw
    if not raw.text("id"):
        return row
    return replace(row, facts=replace(row.facts, extra={**row.facts.extra, raw.labels["id"]: raw.text("id")}))


def _running(ids: Sequence[str]) -> bool:
    """Whether they only number the rows: another event bears the number in next month's list."""
    return ids == [str(number) for number in range(1, len(ids) + 1)]


def _place_row(rows: Sequence[EventRow], dataset: str, record: str, facts: PlaceFacts, today: date) -> PlaceRow:
    first = rows[0].raw
    verified = [day for row in rows if (day := place_cells.verified_on(row.raw, today))]
    return PlaceRow(
        line=first.notes.line,
        authority=place_cells.authority(first),
        dataset=dataset,
        record=record,
        facts=facts,
        verified_on=max(verified, default=None),
        file=first.notes.file,
    )
