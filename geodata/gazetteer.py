"""Points of parts of town and of blocks (位置参照情報), for addresses that come without coordinates.

国土交通省 大字・町丁目レベル and 街区レベル位置参照情報; and デジタル庁 アドレス・ベース・レジストリ 町字マスター and
住居表示-街区マスター with their 位置参照拡張, which are files of their own and joined by the ids of 町字 and 街区.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geodata.decode import fold_header, read_code, read_position
from geodata.gazetteer_registry import Registry
from geodata.place_rows import Notes, RefusedRowError
from geodata.table import Table, TableRow, read_table
from portal.errors import InvalidRecordError
from portal.model.finding import Finding, Severity
from portal.model.intake import GazetteerIntake, GazetteerRow
from portal.model.position import Point, Precision
from portal.model.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from pathlib import Path

TERMS: Final = "国土数値情報ダウンロードサイト利用規約（位置参照情報）"
TOWNS: Final = Source(
    "大字・町丁目レベル位置参照情報",
    TERMS,
    credit="「大字・町丁目レベル位置参照情報」（国土交通省）を加工して作成",
    url="https://nlftp.mlit.go.jp/isj/",
)
BLOCKS: Final = Source(
    "街区レベル位置参照情報",
    TERMS,
    credit="「街区レベル位置参照情報」（国土交通省）を加工して作成",
    url="https://nlftp.mlit.go.jp/isj/",
)
REGISTRY: Final = Source(
    "アドレス・ベース・レジストリ",
    "CC BY 4.0",
    credit="「アドレス・ベース・レジストリ」（デジタル庁）を加工して作成",
    url="https://www.digital.go.jp/policies/base_registry_address",
)
TOWN: Final = ("大字町丁目名", "大字・丁目名", "大字・町丁目名")
DELETED: Final = "3"
NEEDED: Final = (("lg_code", "市区町村名"), ("緯度", "rep_lat", "machiaza_id"), ("machiaza_id", *TOWN))
"""What every one of the files has: of each group one."""


@dataclass(slots=True)
class _Found:
    """A point and whether the file calls it the one that stands for its block (代表フラグ)."""

    row: GazetteerRow
    chosen: bool


def read(files: Sequence[Path], *, today: date) -> GazetteerIntake:
    """The points of one or more files, each part of town or block once.

    Of several points of a block the one with 代表フラグ is taken, else the first. What is marked as deleted
    (更新後履歴フラグ 3) or abolished by ``today`` (廃止日) is passed over. Rows without a name or a position in
    Japan are refused. Raises UnreadableFileError.
    """
    points: dict[tuple[str, ...], _Found] = {}
    findings: list[Finding] = []
    registry = Registry(today)
    count = 0
    source = TOWNS
    for path in files:
        table = read_table(path, header_must_have=NEEDED, most_rows=3_000_000)
        source, take = _reader(table, registry)
        for row in table.rows:
            count += 1
            notes = Notes(table.file, row.line)
            try:
                _keep(points, take(row, notes))
            except InvalidRecordError as error:
                findings.append(Finding(row.line, Severity.REFUSED, error.key, error.values, table.file))
            findings += notes.findings
    for found in registry.rows():
        _keep(points, _Found(found, chosen=True))
    findings += registry.without_position()
    return GazetteerIntake(tuple(found.row for found in points.values()), tuple(findings), count, source)


def _reader(table: Table, registry: Registry) -> tuple[Source, Callable[[TableRow, Notes], _Found | None]]:
    """How the rows of a table are read, by its columns."""
    by_name = {fold_header(column): column for column in table.columns}
    if "machiazaid" in by_name:
        return REGISTRY, registry.take
    town = next(by_name[fold_header(name)] for name in TOWN if fold_header(name) in by_name)
    columns = {name: by_name.get(fold_header(name), name) for name in COLUMNS}
    if fold_header("街区符号・地番") in by_name:
        return BLOCKS, lambda row, notes: _block(row, columns, town, notes)
    return TOWNS, lambda row, notes: _town(row, columns, town, notes)


COLUMNS: Final = (
    "都道府県名",
    "市区町村コード",
    "市区町村名",
    "小字・通称名",
    "街区符号・地番",
    "緯度",
    "経度",
    "代表フラグ",
    "更新後履歴フラグ",
)


def _keep(points: dict[tuple[str, ...], _Found], found: _Found | None) -> None:
    if found is None:
        return
    row = found.row
    key = (row.authority, row.city, row.town, row.block)
    known = points.get(key)
    if known is None or (found.chosen and not known.chosen):
        points[key] = found


def _town(row: TableRow, columns: dict[str, str], town: str, notes: Notes) -> _Found:
    values = row.values
    name = values.get(town, "")
    if not name:
        raise RefusedRowError("intake.no_town")
    try:
        code = read_code(values.get(columns["市区町村コード"], ""), values.get(columns["都道府県名"], ""))
    except ValueError:
        raise RefusedRowError("intake.bad_code", code=values[columns["市区町村コード"]][:20]) from None
    city = values.get(columns["市区町村名"], "")
    return _Found(
        GazetteerRow(row.line, code, city, name, "", _point(values, columns, notes), Precision.TOWN), chosen=True
    )


def _block(row: TableRow, columns: dict[str, str], town: str, notes: Notes) -> _Found | None:
    values = row.values
    if values.get(columns["更新後履歴フラグ"], "") == DELETED:
        return None
    name = values.get(town, "") + values.get(columns["小字・通称名"], "")
    if not name:
        raise RefusedRowError("intake.no_town")
    block = values.get(columns["街区符号・地番"], "")
    precision = Precision.BLOCK if block else Precision.TOWN
    city = values.get(columns["市区町村名"], "")
    found = GazetteerRow(row.line, "", city, name, block, _point(values, columns, notes), precision)
    return _Found(found, chosen=values.get(columns["代表フラグ"], "1") == "1")


def _point(values: dict[str, str], columns: dict[str, str], notes: Notes) -> Point:
    found = read_position(values.get(columns["緯度"], ""), values.get(columns["経度"], ""))
    if found.point is None:
        raise RefusedRowError(found.notes[0])
    for key in found.notes:
        notes.doubt(key)
    return found.point
