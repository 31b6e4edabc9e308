"""The journal's entries brought into a store once more: what was acknowledged is there, whatever the log lost."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import duckdb

from db.journal_note import history_steps, version_rows, versions
from db.running import run_step, transaction
from db.settling import settle
from db.statements import statement
from db.steps import steps_of
from portal.errors import ConflictError
from portal.journal.chain import walk
from portal.journal.entry import changes_of, mark_of
from portal.records import to_text
from portal.store import Put, key_of

if TYPE_CHECKING:
    from pathlib import Path

    from db.journal_note import Row
    from db.steps import Said
    from portal.journal.chain import Chain
    from portal.journal.entry import Head, Line
    from portal.store import Change

AT_ONCE: Final = 5_000
"""Changes that are brought in with one transaction; at least one entry's."""


@dataclass(frozen=True, slots=True)
class Told:
    """An entry that was read: what it changes, and the versions that it leaves."""

    head: Head
    changes: list[Change]
    rows: list[Row]


def replay(connection: duckdb.DuckDBPyConnection, journal: Path, chain: Chain, after: int) -> None:
    """Bring the entries after number ``after`` into the store, in their order; entries that were voided stay out.

    Where the store holds some of them, nothing changes by it. Occurrences are to be laid out anew afterwards.
    Raises StoreDamagedError for an entry that cannot be read.
    """
    with transaction(connection):
        connection.execute(statement("drop_history"), (after,))
        connection.execute(statement("drop_laid_out"))
    waiting: list[Told] = []
    changes = 0
    for line in walk(journal, until=chain.length):
        if line.head.seq > after and line.head.seq not in chain.voided:
            waiting.append(_told(line))
            changes += len(waiting[-1].changes)
        if changes >= AT_ONCE:
            _bring_in(connection, waiting, after)
            waiting, changes = [], 0
    _bring_in(connection, [*waiting, Told(chain.head, [], [])], after)


def note_position(connection: duckdb.DuckDBPyConnection, head: Head, checkpoint: int) -> None:
    """Note where the store stands in the journal, and a new version of the data."""
    values = (str(head.seq), head.hash, str(checkpoint), secrets.token_hex(8))
    connection.execute(statement("put_position"), values)


def _bring_in(connection: duckdb.DuckDBPyConnection, waiting: list[Told], checkpoint: int) -> None:
    """All in one transaction; each in its own where together they cannot be (an address that went to another)."""
    try:
        _bring_in_at_once(connection, waiting, checkpoint)
    except (duckdb.ConstraintException, ConflictError):
        if len(waiting) == 1:
            raise
        for told in waiting:
            _bring_in_at_once(connection, [told], checkpoint)


def _bring_in_at_once(connection: duckdb.DuckDBPyConnection, waiting: list[Told], checkpoint: int) -> None:
    steps, _ = steps_of(settle(change for told in waiting for change in told.changes))
    rows = [row for told in waiting for row in told.rows]
    with transaction(connection):
        for step in [*steps, *history_steps(rows)]:
            run_step(connection, step)
        note_position(connection, waiting[-1].head, checkpoint)


def _told(line: Line) -> Told:
    changes = list(changes_of(line))
    return Told(line.head, changes, version_rows(versions(map(_said, changes)), line.head.seq, mark_of(line)))


def _said(change: Change) -> Said:
    if isinstance(change, Put):
        return type(change.record), key_of(change.record), to_text(change.record)
    return change.type, change.key, ""
