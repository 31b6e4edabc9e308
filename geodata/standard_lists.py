"""Lists of places in the layouts of the state (推奨データセット, 自治体標準オープンデータセット), row by row.

What the lists of facilities and of evacuation sites have in common: which record of which dataset a row
is, and what becomes of a row that cannot go in.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from geodata import place_cells
from geodata.dataset import dataset_name
from geodata.place_rows import Reading, open_sheet
from portal.errors import InvalidRecordError
from portal.model.finding import Finding, Severity
from portal.model.intake import PlaceIntake, PlaceRow
from portal.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from geodata.place_rows import Raw
    from portal.model.place import PlaceFacts
    from portal.model.source import Source


@dataclass(frozen=True, slots=True)
class StandardList:
    """A kind of list: how its columns are read and what its datasets begin with."""

    prefix: str
    aliases: Mapping[str, tuple[str, ...]]
    record_fields: tuple[tuple[str, ...], ...] = (("id",),)
    """Fields that together name a record, the best first."""


@dataclass(slots=True)
class _Collected:
    rows: list[PlaceRow] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    unknown: dict[str, None] = field(default_factory=dict)
    seen: set[tuple[str, str]] = field(default_factory=set)
    read: int = 0


def collect(
    files: Sequence[Path], kind: StandardList, make: Callable[[Raw], PlaceFacts], source: Source, today: date
) -> PlaceIntake:
    """The places that ``make`` makes of the rows of ``files``; a row that cannot be one is refused.

    Raises UnreadableFileError for a file without a header and PersonDataError for one about persons.
    """
    collected = _Collected()
    for path in files:
        sheet = open_sheet(path, Reading(kind.aliases))
        collected.unknown |= dict.fromkeys(sheet.unknown)
        collected.findings += sheet.findings
        collected.read += sheet.left_out
        for raw in sheet.rows:
            collected.read += 1
            try:
                _keep(raw, make(raw), kind, collected, today)
            except InvalidRecordError as problem:
                refused = Finding(raw.notes.line, Severity.REFUSED, problem.key, problem.values, raw.notes.file)
                collected.findings.append(refused)
            else:
                collected.findings += raw.notes.findings
    return PlaceIntake(
        tuple(collected.rows), tuple(collected.findings), collected.read, source, tuple(collected.unknown)
    )


def _keep(raw: Raw, facts: PlaceFacts, kind: StandardList, collected: _Collected, today: date) -> None:
    authority = place_cells.authority(raw)
    dataset = f"{kind.prefix}/{authority or '-'}/{dataset_name(Path(raw.notes.file))}"
    record = _record(raw, facts, kind)
    if (dataset, record) in collected.seen:
        raw.notes.doubt("tables.same_number", id=record)
        record = _digest(facts)
    if (dataset, record) in collected.seen:
        raise InvalidRecordError("tables.same_place", name=facts.name)
    collected.seen.add((dataset, record))
    verified = place_cells.verified_on(raw, today)
    collected.rows.append(PlaceRow(raw.notes.line, authority, dataset, record, facts, verified, raw.notes.file))


def _record(raw: Raw, facts: PlaceFacts, kind: StandardList) -> str:
    """The list's own id for the row; where it gives none, one made of name and address."""
    for names in kind.record_fields:
        texts = [raw.text(name) for name in names]
        if all(texts):
            return ":".join(texts)
    return _digest(facts)


def _digest(facts: PlaceFacts) -> str:
    named = f"{fold(facts.name)}\0{fold(facts.address)}".encode(errors="replace")
    return "#" + hashlib.blake2b(named, digest_size=8).hexdigest()
