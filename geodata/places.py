"""Places as towns, councils and groups list them: GeoJSON, CSV or a workbook with the usual column names.

How to get in touch is kept for staff unless a column 公開 or the mapping says that it may be shown: such lists hold
the telephones of people at home. Web addresses are public by themselves.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from geodata import kind_words, place_cells, place_times
from geodata.crs import parse_crs
from geodata.dataset import dataset_name
from geodata.mapping import ColumnMapping
from geodata.place_aliases import PLACE_ALIASES
from geodata.place_rows import Raw, Reading, RefusedRowError, open_sheet
from portal.errors import InvalidRecordError, UnreadableFileError
from portal.model.finding import Finding, Severity
from portal.model.intake import PlaceIntake, PlaceRow
from portal.model.place import PlaceFacts
from portal.model.source import Source
from portal.normalise import fold
from portal.records import digest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    import pyproj

DATUMS: Final = ("", "tokyo")


@dataclass(frozen=True, slots=True)
class PlaceOptions:
    """What the command says of the files."""

    today: date
    """In Asia/Tokyo; decides the year of dates without one."""
    kind: str = ""
    """Key of the kind of rows that do not tell their own."""
    kind_names: Mapping[str, str] = field(default_factory=dict)
    """Key by name (Japanese, English or the key itself), folded by :func:`portal.normalise.fold`."""
    mapping: ColumnMapping = field(default_factory=ColumnMapping)
    crs: str = ""
    """That of the coordinates where they are not JGD2011 or WGS 84, e.g. ``EPSG:6673``; x is east."""
    datum: str = ""
    """``tokyo`` where degrees are those of the old Tokyo datum (日本測地系)."""


def read(files: Sequence[Path], options: PlaceOptions) -> PlaceIntake:
    """The places of one or more files.

    A polygon's place is a point within it, good to its block. A row without a name or a kind, and one that stands
    there twice, is refused. Raises UnreadableFileError and PersonDataError.
    """
    if options.datum not in DATUMS:
        raise UnreadableFileError("intake.unknown_datum", datum=options.datum)
    crs = parse_crs(options.crs) if options.crs else None
    reader = _Reader(options, crs)
    for path in files:
        reader.take(path)
    names = dict.fromkeys(dataset_name(path) for path in files)
    return PlaceIntake(
        tuple(reader.rows),
        tuple(sorted(reader.findings, key=lambda one: (one.file, one.line))),
        reader.count,
        Source(", ".join(names)),
        tuple(dict.fromkeys(reader.unknown)),
    )


class _Reader:
    """The rows and findings of the files read so far."""

    def __init__(self, options: PlaceOptions, crs: pyproj.CRS | None) -> None:
        self.options = options
        self.crs = crs
        self.rows: list[PlaceRow] = []
        self.findings: list[Finding] = []
        self.unknown: list[str] = []
        self.count = 0
        self.seen: dict[tuple[str, str], Raw] = {}

    def take(self, path: Path) -> None:
        mapping = self.options.mapping
        sheet = open_sheet(path, Reading(PLACE_ALIASES, mapping.columns, mapping.defaults))
        self.findings += sheet.findings
        self.count += sheet.left_out
        self.unknown += sheet.unknown
        for raw in sheet.rows:
            self.count += 1
            self._add(raw, f"places/{dataset_name(path)}")

    def _add(self, raw: Raw, dataset: str) -> None:
        try:
            row = self._row(raw, dataset)
            first = self.seen.setdefault((dataset, row.record), raw)
            if first is not raw:
                values = {"name": row.facts.name, "first": first.notes.line, "file": first.notes.file}
                raise RefusedRowError("intake.place_twice", **values)
        except InvalidRecordError as error:
            self.findings.append(Finding(raw.notes.line, Severity.REFUSED, error.key, error.values, raw.notes.file))
        else:
            self.rows.append(row)
            self.findings += raw.notes.findings

    def _row(self, raw: Raw, dataset: str) -> PlaceRow:
        facts = self._facts(raw)
        return PlaceRow(
            line=raw.notes.line,
            authority=place_cells.authority(raw),
            dataset=dataset,
            record=raw.text("id") or digest("\0".join((fold(facts.name), fold(facts.address)))),
            facts=facts,
            verified_on=place_cells.verified_on(raw, self.options.today),
            file=raw.notes.file,
        )

    def _facts(self, raw: Raw) -> PlaceFacts:
        position, precision = place_cells.position(raw, self.crs, self.options.datum)
        audience, audience_note = place_cells.audience(raw)
        schedule, schedule_note = place_times.schedule(raw, self.options.today)
        return PlaceFacts(
            kind=self._kind(raw),
            name=" ".join(raw.text("name").split()),
            name_kana=raw.text("name_kana"),
            name_en=raw.text("name_en"),
            description=raw.text("description"),
            address=place_cells.address(raw),
            position=position,
            precision=precision,
            audience=audience,
            audience_note=audience_note,
            access=place_cells.access(raw),
            access_note=place_cells.access_note(raw),
            contacts=place_cells.contacts(raw, self.options.mapping.public),
            group=raw.text("group"),
            schedule=schedule,
            schedule_note=schedule_note,
            extra=raw.extra,
            **place_cells.costs(raw),
        )

    def _kind(self, raw: Raw) -> str:
        """By the row's own word for it, else by the command, else by explicit words in the name."""
        said = raw.text("kind")
        name = raw.text("name")
        found = self.options.kind_names.get(fold(said)) if said else None
        kind = found or kind_words.guess(said) or self.options.kind or kind_words.guess(name)
        if kind is None and name:
            raise RefusedRowError("intake.unknown_kind" if said else "intake.no_kind", name=name, said=said)
        return kind or ""
