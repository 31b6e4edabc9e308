"""A journal begun for a store from before there was one: its first entries hold everything that is kept."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final

from db.journal_file import MODE, sync_folder
from db.rows import TABLES
from portal import clock
from portal.journal.chain import check
from portal.journal.entry import BEGIN, Head, body, put_text, write
from portal.model.mark import Mark
from portal.records import from_data, to_data, to_text
from portal.store import PASSING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import duckdb

    from db.columns import Table
    from portal.journal.chain import Chain
    from portal.store import Record

AN_ENTRY: Final = 1_000
"""Records that one of the first entries holds."""


def begin(connection: duckdb.DuckDBPyConnection, journal: Path) -> Chain:
    """Write a journal that holds every record of the store, and return its chain; none where the store is empty.

    It is there as a whole or not at all, whenever the machine stops.
    """
    coming, head, now = journal.with_name(f"{journal.name}.new"), Head(), clock.now()
    with coming.open("wb") as file:
        for changes in _kept(connection):
            line, head = write(head, body(Mark(now, action=BEGIN), changes))
            file.write(line)
        file.flush()
        os.fsync(file.fileno())
    if head.seq:
        coming.chmod(MODE)
        coming.replace(journal)
        sync_folder(journal.parent)
    else:
        coming.unlink()
    return check(journal)


def is_empty(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether the store holds nothing that a journal would."""
    return next(_kept(connection), None) is None


def _kept(connection: duckdb.DuckDBPyConnection) -> Iterator[list[str]]:
    """Every record that stands in journals, as changes, some at a time."""
    for wanted, table in TABLES.items():
        if wanted not in PASSING:
            yield from _records(connection, wanted, table)


def _records(connection: duckdb.DuckDBPyConnection, wanted: type[Record], table: Table) -> Iterator[list[str]]:
    columns = ["data"] if "data" in table.columns else list(table.columns)
    rows = connection.table(table.name).project(*columns)
    for found in rows.to_arrow_reader(AN_ENTRY):
        yield [put_text(wanted, _text(wanted, row)) for row in found.to_pylist()]


def _text(wanted: type[Record], row: dict[str, Any]) -> str:
    """The record's text; made of the columns where the table does not hold it."""
    if "data" in row:
        return str(row["data"])
    return to_text(from_data(wanted, {name: to_data(value) for name, value in row.items()}))
