"""国土地理院「指定緊急避難場所・指定避難所データ」: shelters, welfare ones among them, and evacuation sites.

Two files, told apart by their columns: 指定避難所 (``mergeFromCity_1.csv``: where one stays, with 受入対象者)
and 指定緊急避難場所 (``mergeFromCity_2.csv``: where one flees to, with the hazards it is designated for).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from geodata.decode import fold_header, read_flag, read_position
from geodata.hazard_columns import HAZARD_ALIASES, hazards
from geodata.table import read_table
from portal.errors import InvalidRecordError, UnreadableFileError
from portal.model.finding import Finding, Severity
from portal.model.intake import PlaceIntake, PlaceRow
from portal.model.kind import EMERGENCY_SITE, SHELTER, WELFARE_SHELTER
from portal.model.place import PlaceFacts
from portal.model.position import Precision
from portal.model.shelter import ShelterFacts
from portal.model.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from geodata.table import Table, TableRow

SOURCE: Final = Source(
    name="国土地理院「指定緊急避難場所・指定避難所データ」",
    licence="国土地理院コンテンツ利用規約",
    credit="国土地理院「指定緊急避難場所・指定避難所データ」を加工して作成。掲載内容は最新でないことがあります。最新の状況は各市町村に確認してください。",
    url="https://www.gsi.go.jp/bousaichiri/hinanbasho.html",
)
COMMON_ID: Final = re.compile(r"E(\d{5})\d{5}(?:(1)([12])|(2)(0))\d")
"""E, code of the municipality, serial, 1 避難所 or 2 緊急避難場所, class (1 general, 2 welfare; 0), branch."""
WELFARE: Final = "2"
ID: Final = ("共通ID",)
NAME: Final = ("施設・場所名", "施設場所名")
COLUMNS: Final = {
    "id": ID,
    "city": ("都道府県名及び市町村名",),
    "name": NAME,
    "address": ("住所",),
    "same_site": ("指定緊急避難場所との住所同一", "指定避難所との住所同一"),
    "accepts": ("受入対象者",),
    "lat": ("緯度",),
    "lon": ("経度",),
    "note": ("備考",),
    "number": ("NO",),
    **HAZARD_ALIASES,
}
"""``number`` counts the rows of one edition and is another in the next: it says nothing of the place."""


@dataclass(slots=True)
class _Reading:
    """What has been read so far, of one file after the other."""

    rows: list[PlaceRow] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    unknown: dict[str, None] = field(default_factory=dict)
    read: int = 0


@dataclass(frozen=True, slots=True)
class _Layout:
    """The columns of one file."""

    file: str
    part: str
    """``1`` for 指定避難所, ``2`` for 指定緊急避難場所, as the publisher numbers them and the ids do."""
    fields: Mapping[str, str]
    unknown: tuple[str, ...]


def read(files: Sequence[Path], *, today: date) -> PlaceIntake:  # noqa: ARG001  # all readers of places are called alike
    """The places of one or both files, of the whole country or of one municipality.

    A row without a true 共通ID, with one that stood before, or without a name is refused. Raises
    UnreadableFileError for a file that is neither of the two.
    """
    reading = _Reading()
    for path in files:
        table = read_table(path, header_must_have=[ID, NAME])
        layout = _layout(table)
        reading.unknown |= dict.fromkeys(layout.unknown)
        for row in table.rows:
            _take(row, layout, reading)
    return PlaceIntake(tuple(reading.rows), tuple(reading.findings), reading.read, SOURCE, tuple(reading.unknown))


def _layout(table: Table) -> _Layout:
    folded = {fold_header(column): column for column in reversed(table.columns)}
    fields = {
        name: folded[known] for name, names in COLUMNS.items() for known in map(fold_header, names) if known in folded
    }
    has_hazards = not HAZARD_ALIASES.keys().isdisjoint(fields)
    if ("accepts" in fields) == has_hazards:
        raise UnreadableFileError("tables.not_gsi_shelters", file=table.file)
    taken = frozenset(fields.values())
    unknown = tuple(column for column in table.columns if column not in taken)
    return _Layout(table.file, "2" if has_hazards else "1", fields, unknown)


def _take(row: TableRow, layout: _Layout, reading: _Reading) -> None:
    """The row as a place, or why not."""
    reading.read += 1
    record = row.values[layout.fields["id"]]
    refused = _refusal(record, layout, reading.seen)
    if refused:
        reading.findings.append(_refused(row, layout, refused, id=record[:40]))
        return
    notes = [*row.notes, *_place(row, record, layout, reading)]
    reading.findings += [Finding(row.line, Severity.DOUBTFUL, key, {}, layout.file) for key in notes]


def _refusal(record: str, layout: _Layout, seen: set[str]) -> str | None:
    found = COMMON_ID.fullmatch(record)
    if found is None or layout.part not in found.groups():
        return "tables.bad_common_id"
    return "tables.same_id" if record in seen else None


def _refused(row: TableRow, layout: _Layout, key: str, /, **values: object) -> Finding:
    return Finding(row.line, Severity.REFUSED, key, values, layout.file)


def _place(row: TableRow, record: str, layout: _Layout, reading: _Reading) -> Iterable[str]:
    """Keep the row as a place; gives what is doubtful about it."""
    values = {name: row.values[column] for name, column in layout.fields.items()}
    where = read_position(values.get("lat", ""), values.get("lon", ""))
    shelter = ShelterFacts(
        hazards=hazards(values),
        accepts=values.get("accepts", ""),
        same_site=bool(read_flag(values.get("same_site", ""))),
    )
    try:
        facts = PlaceFacts(
            kind=_kind(record, layout),
            name=values["name"],
            description=values.get("note", ""),
            address=_address(values),
            position=where.point,
            precision=Precision.EXACT if where.point else Precision.NONE,
            shelter=shelter,
            extra={column: row.values[column] for column in layout.unknown if row.values[column]}
            | _surplus(row, layout),
        )
    except InvalidRecordError as problem:
        reading.findings.append(_refused(row, layout, problem.key, **problem.values))
        return ()
    code = record[1:6]
    reading.seen.add(record)
    reading.rows.append(PlaceRow(row.line, code, f"shelters/{layout.part}/{code}", record, facts, file=layout.file))
    return where.notes


def _surplus(row: TableRow, layout: _Layout) -> dict[str, str]:
    """Cells beyond the header, which have no column of their own."""
    if not row.notes:
        return {}
    known = {*layout.fields.values(), *layout.unknown}
    return {column: value for column, value in row.values.items() if column not in known and value}


def _kind(record: str, layout: _Layout) -> str:
    if layout.part == "2":
        return EMERGENCY_SITE
    return WELFARE_SHELTER if record[-2] == WELFARE else SHELTER


def _address(values: Mapping[str, str]) -> str:
    """住所, with the municipality before it where the file leaves it out."""
    address, city = values.get("address", ""), values.get("city", "")
    bare = address.replace(" ", "")
    return address if not bare or bare.startswith(city) or city[3:] in bare else city + address
