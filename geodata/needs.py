"""Numbers of people who need help in an evacuation (避難行動要支援者数) by district, as an office counts them.

Wide, a column for all together (人数) and one a category (要介護, 身体障害 …), or long, with a column 区分. Never
persons: a table with columns about persons, and one with a row for each person, is refused as a whole.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from geodata.decode import read_date, read_int
from geodata.need_columns import NAMES, NEEDED, find_columns, refuse_personal
from geodata.place_rows import Notes, RefusedRowError
from geodata.population import SUPPRESSED
from geodata.table import read_table
from portal.errors import InvalidRecordError, PersonDataError
from portal.model.finding import Finding, Severity
from portal.model.need_intake import NeedIntake, NeedRow
from portal.model.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from pathlib import Path

    from geodata.need_columns import Columns
    from geodata.table import TableRow

SOURCE: Final = Source("避難行動要支援者数")
TOTALS: Final = frozenset(
    {"合計", "計", "総計", "総数", "全体", "小計", "市計", "区計", "町計", "全市", "全区", "全域"}
)
ALL: Final = frozenset({"", "合計", "計", "総数", "全体", "すべて", "全て"})
MOST_ROWS: Final = 20_000
CATEGORY_LENGTH: Final = 60


def read(files: Sequence[Path]) -> NeedIntake:
    """The numbers of one or more tables; a suppressed cell (``-``, ``*``, ``X``) is not known and is left out, said.

    Refused: a row without area or day, without any number, with a number that is none or negative, and a number that
    stands there twice. Rows of sums (合計) are left out, said. Raises UnreadableFileError and PersonDataError.
    """
    rows: list[NeedRow] = []
    findings: list[Finding] = []
    count = 0
    for path in files:
        table = read_table(path, header_must_have=[NAMES[name] for name in NEEDED], most_rows=MOST_ROWS)
        refuse_personal(table.columns)
        lines = list(table.rows)
        columns = find_columns(table.columns, lines)
        count += len(lines)
        found: list[NeedRow] = []
        for line in lines:
            notes = Notes(table.file, line.line)
            try:
                found += _read_row(line, columns, notes)
            except InvalidRecordError as error:
                findings.append(Finding(line.line, Severity.REFUSED, error.key, error.values, table.file))
            findings += notes.findings
        _refuse_rows_of_persons(found)
        once, twice = _once(found, table.file)
        rows += once
        findings += twice
    return NeedIntake(tuple(rows), tuple(findings), count, SOURCE)


def _refuse_rows_of_persons(rows: Iterable[NeedRow]) -> None:
    """A district many times over with one person each is a list of persons, whatever its columns are called."""
    counts: dict[tuple[str, str, date, str], list[int]] = defaultdict(list)
    for row in rows:
        counts[row.layer, row.area, row.as_of, row.category].append(row.count)
    if any(len(several) > 1 and max(several) <= 1 for several in counts.values()):
        raise PersonDataError("needs.row_per_person")


def _read_row(line: TableRow, columns: Columns, notes: Notes) -> list[NeedRow]:
    for key in line.notes:
        notes.doubt(key)
    cells = {field: line.values.get(column, "") for field, column in columns.fields.items()}
    area, category = cells["area"], cells.get("category", "")
    if not area:
        raise RefusedRowError("intake.no_area")
    if "".join(area.split()) in TOTALS:
        notes.doubt("needs.sum_left_out", name=area)
        return []
    day = _day(cells["as_of"])
    facilities = _number(cells.get("facilities", ""))
    numbers = {"" if category in ALL else category[:CATEGORY_LENGTH]: cells.get("total", "")}
    if "total" not in columns.fields:
        numbers = {}
    numbers |= {column[:CATEGORY_LENGTH]: line.values.get(column, "") for column in columns.categories}
    known = {name: number for name, text in numbers.items() if (number := _number(text)) is not None}
    if not known:
        raise RefusedRowError("needs.no_number", name=area)
    if len(known) < len(numbers):
        unknown = "、".join(name or columns.fields["total"] for name in numbers if name not in known)
        notes.doubt("needs.not_known", name=area, categories=unknown)
    layer = cells.get("layer", "")
    return [NeedRow(line.line, layer, area, day, number, name, facilities) for name, number in known.items()]


def _day(text: str) -> date:
    try:
        day = read_date(text)
    except ValueError:
        day = None
    if day is None:
        raise RefusedRowError("intake.no_such_day", day=text[:80])
    return day


def _number(text: str) -> int | None:
    """None where the cell is empty or suppressed. Raises RefusedRowError for what is no number of people."""
    if not text or SUPPRESSED.fullmatch(text):
        return None
    try:
        number = read_int(text)
    except ValueError:
        number = -1
    if number is None or not 0 <= number < 10**8:
        raise RefusedRowError("intake.bad_count", value=text[:80])
    return number


def _once(rows: Iterable[NeedRow], file: str) -> tuple[list[NeedRow], list[Finding]]:
    """Each number once; the later ones are refused."""
    first: dict[tuple[str, str, date, str], NeedRow] = {}
    findings: list[Finding] = []
    for row in rows:
        known = first.setdefault((row.layer, row.area, row.as_of, row.category), row)
        if known is not row:
            values = {"name": row.area, "first": known.line}
            findings.append(Finding(row.line, Severity.REFUSED, "needs.twice", values, file))
    return list(first.values()), findings
