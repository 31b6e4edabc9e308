"""The store in one DuckDB file: both sides of :mod:`portal.store`."""

from __future__ import annotations

import secrets
from contextlib import suppress
from typing import TYPE_CHECKING

import duckdb

from db.finder import Finder
from db.record_reader import RecordReader
from db.rows import OCCURRENCES, TABLES, drop_rows, put_rows
from db.settling import settle
from db.statements import statement
from portal.model.place import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    import pyarrow as pa

    from db.duckdb_engine import DuckDBEngine
    from portal.store import Change, Occurring

    Step = tuple[str, pa.Table]


class DuckDBStore(RecordReader, Finder):
    """Every change goes through :meth:`_write`: one transaction that notes a new version of the data."""

    def __init__(self, engine: DuckDBEngine) -> None:
        """Keep records through ``engine``."""
        RecordReader.__init__(self, engine)
        self._file = engine

    def apply(self, changes: Iterable[Change]) -> None:
        """Make all changes in one transaction, or none. Safe to call from any thread; a conflict is tried again.

        Raises StoreBusyError when the store cannot be written to, InvalidRecordError for text that is none.
        """
        steps = _steps(changes)
        if steps:
            self._write(steps, {})

    def lay_out(self, occurrences: Iterable[Occurring], first: date, last: date, places: Sequence[str] | None) -> None:
        """Replace the laid-out occurrences of ``places`` (None: of all) by these.

        Only laying out all of them moves the day that :meth:`occurrences_until` gives.
        """
        added = ("put_occurrence", put_rows(occurrences, OCCURRENCES))
        if places is None:
            days = {"occurrences_from": first.isoformat(), "occurrences_until": last.isoformat()}
            self._write([("drop_occurrence", None), added], days)
        else:
            gone = drop_rows([(place,) for place in dict.fromkeys(places)], Place)
            self._write([("drop_occurrence_of_place", gone), added], {})

    def close(self) -> None:
        """Write everything to disk and let go of the file."""
        self._file.close()

    def _write(self, steps: Sequence[tuple[str, pa.Table | None]], derived: dict[str, str]) -> None:
        """Run the statements in one transaction, each with its rows as the table ``incoming``."""
        noted = derived | {"version": secrets.token_hex(8)}

        def work(cursor: duckdb.DuckDBPyConnection) -> None:
            for name, rows in steps:
                _run(cursor, name, rows)
            for name, value in noted.items():
                cursor.execute(statement("put_derived"), (name, value))

        self._file.write(work)


def _run(cursor: duckdb.DuckDBPyConnection, name: str, rows: pa.Table | None) -> None:
    if rows is None:
        cursor.execute(statement(name))
        return
    cursor.register("incoming", rows)
    try:
        cursor.execute(statement(name))
    finally:
        with suppress(duckdb.Error):  # after a failure only what failed is to be told
            cursor.unregister("incoming")


def _steps(changes: Iterable[Change]) -> list[Step]:
    """The statements that the changes come to, drops first, each with its rows."""
    settled = settle(changes)
    steps: list[Step] = []
    if settled.dropped_places:
        gone = drop_rows([(place,) for place in settled.dropped_places], Place)
        steps += [("drop_membership_of_place", gone), ("drop_occurrence_of_place", gone)]
    for wanted, table in TABLES.items():
        if keys := settled.drops.get(wanted):
            steps.append((f"drop_{table.name}", drop_rows(keys, wanted)))
    for wanted, table in TABLES.items():
        if records := settled.puts.get(wanted):
            steps.append((f"put_{table.name}", put_rows(records.values(), table)))
    return steps
