"""The address base registry (デジタル庁 アドレス・ベース・レジストリ): names in one file, points in another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geodata.decode import read_code, read_date, read_position
from geodata.place_rows import RefusedRowError
from portal.model.finding import Finding, Severity
from portal.model.intake import GazetteerRow
from portal.model.position import Point, Precision

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from geodata.place_rows import Notes
    from geodata.table import TableRow

Key = tuple[str, str, str]
"""lg_code, machiaza_id and blk_id (empty for a 町字)."""


@dataclass(frozen=True, slots=True)
class _Name:
    """A part of town or a block as the file of names has it."""

    line: int
    file: str
    city: str
    town: str
    block: str


class Registry:
    """Names and points as they come, joined when all files are read."""

    def __init__(self, today: date) -> None:
        """``today`` decides what is abolished."""
        self._today = today
        self._names: dict[Key, _Name] = {}
        self._points: dict[Key, Point] = {}

    def take(self, row: TableRow, notes: Notes) -> None:
        """Remember what a row says: a name, a point or both.

        Raises RefusedRowError for a name without 大字・町名 and 小字, and for a position outside Japan.
        """
        values = row.values
        key = (values["lg_code"], values["machiaza_id"], values.get("blk_id", ""))
        if "rep_lat" in values and "rep_lon" in values:
            found = read_position(values["rep_lat"], values["rep_lon"])
            if found.point is None:
                raise RefusedRowError(found.notes[0])
            self._points[key] = found.point
        if "oaza_cho" in values and not self._abolished(values):
            self._names[key] = _name(row, notes.file)

    def rows(self) -> Iterator[GazetteerRow]:
        """What has both a name and a point."""
        for key, name in self._names.items():
            point = self._points.get(key)
            if point is not None:
                precision = Precision.BLOCK if name.block else Precision.TOWN
                yield GazetteerRow(name.line, _code(key[0]), name.city, name.town, name.block, point, precision)

    def without_position(self) -> list[Finding]:
        """Names to which no file gives a point, as one finding: the registry lacks thousands."""
        lacking = [name for key, name in self._names.items() if key not in self._points]
        if not lacking:
            return []
        values = {"count": len(lacking), "name": lacking[0].town}
        return [Finding(lacking[0].line, Severity.DOUBTFUL, "intake.towns_without_point", values, lacking[0].file)]

    def _abolished(self, values: dict[str, str]) -> bool:
        try:
            day = read_date(values.get("ablt_date", ""))
        except ValueError:
            return False
        return day is not None and day <= self._today


def _name(row: TableRow, file: str) -> _Name:
    values = row.values
    town = "".join(values.get(part, "") for part in ("oaza_cho", "chome", "koaza"))
    if not town:
        raise RefusedRowError("intake.no_town")
    city = "".join(values.get(part, "") for part in ("county", "city", "ward"))
    return _Name(row.line, file, city, town, values.get("blk_num", ""))


def _code(text: str) -> str:
    try:
        return read_code(text)
    except ValueError:
        return ""
