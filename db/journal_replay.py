"""The journal's entries brought into a store once more: what was acknowledged is there, whatever the log lost."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import duckdb

from db.journal_note import history_steps, version_rows, versions
from db.position import position_of
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
"""Changes that are brought into a new store with one transaction; at least one entry's."""


@dataclass(frozen=True, slots=True)
class Told:
    """An entry that was read: what it changes, and the versions that it leaves."""

    head: Head
    changes: list[Change]
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Span:
    """How far a replay has come."""

    checkpoint: int
    """The entry that it began after."""
    done: int
    """The last entry that was brought in."""
    stands: int
    """The last entry that the store holds by its own word, which is not taken back on the way."""


def replay(connection: duckdb.DuckDBPyConnection, journal: Path, chain: Chain, after: int) -> None:
    """Bring the entries after number ``after`` into the store, in their order; entries that were voided stay out.

    A store that holds some of them already gets all in one transaction: were it killed between two, it would hold
    what earlier entries said where it held what later ones said. Occurrences are to be laid out anew afterwards.
    Raises StoreDamagedError for an entry that cannot be read.
    """
    with transaction(connection):
        connection.execute(statement("drop_laid_out"))
    span = Span(after, after, position_of(connection).seq)
    waiting: list[Told] = []
    changes = 0
    for line in walk(journal, until=chain.length):
        if line.head.seq > after and line.head.seq not in chain.voided:
            waiting.append(_told(line))
            changes += len(waiting[-1].changes)
        if changes >= AT_ONCE and not span.stands:
            span = _bring_in(connection, waiting, span)
            waiting, changes = [], 0
    _bring_in(connection, [*waiting, Told(chain.head, [], [])], replace(span, stands=0))


def note_position(connection: duckdb.DuckDBPyConnection, head: Head, checkpoint: int) -> None:
    """Note where the store stands in the journal, and a new version of the data."""
    values = (str(head.seq), head.hash, str(checkpoint), secrets.token_hex(8))
    connection.execute(statement("put_position"), values)


def _bring_in(connection: duckdb.DuckDBPyConnection, waiting: list[Told], span: Span) -> Span:
    """All in one transaction; each in its own where together they cannot be (an address that went to another)."""
    try:
        return _bring_in_at_once(connection, waiting, span)
    except (duckdb.ConstraintException, ConflictError):
        if len(waiting) == 1:
            raise
        for told in waiting:
            span = _bring_in_at_once(connection, [told], span)
        return span


def _bring_in_at_once(connection: duckdb.DuckDBPyConnection, waiting: list[Told], span: Span) -> Span:
    """Bring entries in, the versions that the store has of them first taken out; how far that is."""
    steps, _ = steps_of(settle(change for told in waiting for change in told.changes))
    rows = [row for told in waiting for row in told.rows]
    head = waiting[-1].head
    with transaction(connection):
        connection.execute(statement("drop_history"), (span.done, head.seq))
        for step in [*steps, *history_steps(rows)]:
            run_step(connection, step)
        if head.seq >= span.stands:
            note_position(connection, head, span.checkpoint)
    return replace(span, done=head.seq)


def _told(line: Line) -> Told:
    changes = list(changes_of(line))
    return Told(line.head, changes, version_rows(versions(map(_said, changes)), line.head.seq, mark_of(line)))


def _said(change: Change) -> Said:
    if isinstance(change, Put):
        return type(change.record), key_of(change.record), to_text(change.record)
    return change.type, change.key, ""
