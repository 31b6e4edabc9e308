"""The store in one DuckDB file: both sides of :mod:`portal.store`."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from db.change_log import ChangeLog
from db.expecting import check
from db.finder import Finder
from db.journal_note import note, revised_of, version_of
from db.journaling import NoJournal
from db.record_reader import RecordReader
from db.rows import OCCURRENCES, drop_rows, put_rows
from db.running import run_step
from db.settling import settle
from db.statements import statement
from portal.model.place import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    import duckdb

    from db.duckdb_engine import DuckDBEngine
    from db.journal_note import Note
    from db.journaling import Ledger
    from db.running import Step
    from portal.model.mark import Mark
    from portal.model.version import Revised, Version
    from portal.store import Change, Changed, Expected, Occurring, Record


class DuckDBStore(RecordReader, Finder):
    """Every change goes through :meth:`_write`: one transaction that notes a new version of the data."""

    def __init__(self, engine: DuckDBEngine, journal: Ledger | NoJournal | None = None) -> None:
        """Keep records through ``engine``, which was opened with ``journal`` beside it."""
        RecordReader.__init__(self, engine)
        Finder.__init__(self, engine, self.data_version)
        self._file = engine
        self._journal = journal or NoJournal()
        self._changes = ChangeLog()

    def apply(self, changes: Iterable[Change], mark: Mark | None = None, expect: Sequence[Expected] = ()) -> None:
        """Make all changes in one transaction, or none. Safe to call from any thread; a conflict is tried again.

        Raises StaleEditError when a record is not as in ``expect``, StoreBusyError when the store cannot be written
        to, InvalidRecordError for text that is none.
        """
        changes = list(changes)
        said = note(settle(changes), mark)
        if said.body:
            self._enter(said, expect)
            self._changes.note(changes)
        elif said.steps:  # what passes is no part of any answer, so the data's version stays
            self._write(said.steps, {}, expect)

    def lay_out(self, occurrences: Iterable[Occurring], first: date, last: date, places: Sequence[str] | None) -> None:
        """Replace the laid-out occurrences of ``places`` (None: of all) by these.

        Only laying out all of them moves the day that :meth:`occurrences_until` gives.
        """
        added = ("put_occurrence", put_rows(occurrences, OCCURRENCES))
        if places is None:
            days = {"occurrences_from": first.isoformat(), "occurrences_until": last.isoformat()}
            self._write([("drop_occurrence", None), added], days | _new_version())
        else:
            gone = drop_rows([(place,) for place in dict.fromkeys(places)], Place)
            self._write([("drop_occurrence_of_place", gone), added], _new_version())

    def close(self) -> None:
        """Write everything to disk and let go of the file."""
        with self._file.writing():
            self._journal.close(whole=self._file.close())

    def changes_since(self, number: int) -> Changed:
        """What this process changed after the change of that number."""
        return self._changes.since(number)

    def history(self, wanted: type[Record], key: tuple[str, ...]) -> list[Version]:
        """Every version of a record of a type in :data:`portal.store.HISTORY`, the newest first."""
        return [version_of(row) for row in self._file.rows("history", [wanted.__name__, "/".join(key)])]

    def revised(self, wanted: type[Record], ids: Sequence[str]) -> dict[str, Revised]:
        """How often records of a type in :data:`portal.store.HISTORY` were changed, by id."""
        return dict(map(revised_of, self._file.rows("revised", [wanted.__name__, list(ids)])))

    def _enter(self, said: Note, expect: Sequence[Expected]) -> None:
        """Make a change that stands in the journal; its entry is on the disk before it is kept."""
        with self._file.writing(), self._journal.entering(said, self._file.alone) as change:

            def work(cursor: duckdb.DuckDBPyConnection) -> None:
                if not self._journal.holds(cursor, change):
                    check(cursor, expect)
                    for step in said.steps:
                        run_step(cursor, step)
                    self._journal.enter(cursor, change)

            self._file.write(work)
            if self._journal.checkpoint_due() and self._file.checkpoint():
                self._journal.checkpointed()

    def _write(self, steps: Sequence[Step], derived: dict[str, str], expect: Sequence[Expected] = ()) -> None:
        """Make a change that is none of the journal's."""

        def work(cursor: duckdb.DuckDBPyConnection) -> None:
            check(cursor, expect)
            for step in steps:
                run_step(cursor, step)
            for name, value in derived.items():
                cursor.execute(statement("put_derived"), (name, value))

        self._file.write(work)


def _new_version() -> dict[str, str]:
    """Another version of the data."""
    return {"version": secrets.token_hex(8)}
