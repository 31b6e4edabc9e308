"""The journal beside one store: what is to be kept stands in it first."""

from __future__ import annotations

import os
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import duckdb

from db import seal
from db.journal_agree import agree, sealed_chain
from db.journal_file import JournalFile
from db.journal_note import history_steps
from db.journal_replay import note_position
from db.position import position_of
from db.running import run_step
from portal import clock
from portal.errors import PortalError, StoreBusyError, StoreDamagedError
from portal.journal.entry import VOID, Head, body, write
from portal.model.mark import Mark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from db.journal_note import Note
    from portal.journal.chain import Chain

    Alone = Callable[[], AbstractContextManager[duckdb.DuckDBPyConnection]]

CHECKPOINT_EVERY: Final = 1_000
"""After so many entries the log is written into the file, so that not more are brought in again after a crash."""

_taken: set[Path] = set()
_taking = threading.Lock()


@dataclass(slots=True)
class Entering:
    """A change on its way: its entry is written once, however often the transaction is tried."""

    note: Note
    line: bytes = b""
    head: Head = field(default_factory=Head)
    written: bool = False


class NoJournal:
    """A store in memory or of a test: its changes are counted, and have a history, but are told to nobody."""

    def taken(self) -> None:
        """Nothing lies beside the file."""

    def ready(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Raise StoreDamagedError for a store that has a journal: without it they would no longer agree."""
        if position_of(connection).head:
            raise StoreDamagedError("journal.wanted")

    @contextmanager
    def entering(self, note: Note, alone: Alone) -> Iterator[Entering]:  # noqa: ARG002  # nothing is in doubt
        """One change, from its first try to its end."""
        yield Entering(note)

    def holds(self, cursor: duckdb.DuckDBPyConnection, change: Entering) -> bool:  # noqa: ARG002  # never in doubt
        """Whether the store holds the change from an earlier try."""
        return False

    def enter(self, cursor: duckdb.DuckDBPyConnection, change: Entering) -> None:
        """Count the change and keep its versions, within its transaction."""
        head = Head(position_of(cursor).seq + 1, "")
        for step in history_steps(change.note.rows(head.seq)):
            run_step(cursor, step)
        note_position(cursor, head, 0)

    def checkpoint_due(self) -> bool:
        """Whether the log is to be written into the file now."""
        return False

    def checkpointed(self) -> None:
        """The file holds everything without its log."""

    def close(self, *, whole: bool) -> None:
        """Nothing is to be let go of."""


class Ledger:
    """The journal beside a store's file. Everything but opening happens under the store's write lock."""

    def __init__(self, store: Path, journal: Path) -> None:
        """Look at a file that is about to be opened: where it is sealed, nothing is touched unless all is whole.

        Raises StoreBusyError where this process has it open already, StoreDamagedError where the seal is broken or
        the journal is not what it was.
        """
        self._store, self._journal = store, journal
        self._file: JournalFile | None = None
        self._checkpoint = 0
        self._chain: Chain | None = None
        _take(store)
        try:
            self._seal = seal.sealed(store)
            if self._seal:
                self._chain = sealed_chain(journal, self._seal)
        except BaseException:
            _leave(store)
            raise

    def taken(self) -> None:
        """The file is this process's now: take the seal off before anything is written."""
        if self._seal != seal.read(self._store):
            self._chain = None  # somebody had the file in between
        seal.unseal(self._store)

    def ready(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Bring the store to where the journal ends; again each time that the file was opened anew."""
        chain = agree(connection, self._journal, self._chain)
        self._chain = None
        if self._file is None:
            self._file = JournalFile(self._journal, chain)
        self._checkpoint = chain.head.seq

    @contextmanager
    def entering(self, note: Note, alone: Alone) -> Iterator[Entering]:
        """One change, from its first try to its end; what failed for good is voided in the journal."""
        change = Entering(note)
        try:
            yield change
        except BaseException:
            if change.written:
                self._give_up(change, alone)
            raise

    def holds(self, cursor: duckdb.DuckDBPyConnection, change: Entering) -> bool:
        """Whether the store holds the change from an earlier try: its file was opened anew in between."""
        return change.written and position_of(cursor).head == change.head.hash

    def enter(self, cursor: duckdb.DuckDBPyConnection, change: Entering) -> None:
        """Note the change within its transaction, and write it to the journal last, right before the commit."""
        file = self._opened()
        if not change.line and change.note.body:
            change.line, change.head = write(file.head, change.note.body)
        for step in history_steps(change.note.rows(change.head.seq)):
            run_step(cursor, step)
        note_position(cursor, change.head, self._checkpoint)
        if not change.written:
            file.append(change.line, change.head)
            change.written = True

    def checkpoint_due(self) -> bool:
        """Whether the log is to be written into the file now."""
        return self._opened().head.seq >= self._checkpoint + CHECKPOINT_EVERY

    def checkpointed(self) -> None:
        """The file holds everything without its log; the next change notes it."""
        self._checkpoint = self._opened().head.seq

    def close(self, *, whole: bool) -> None:
        """Let go of the journal; where the store's file holds everything, seal it."""
        file, self._file = self._file, None
        if file:
            file.close()
            if whole:
                seal.seal(self._store, file.head)
        _leave(self._store)

    def _give_up(self, change: Entering, alone: Alone) -> None:
        """Say in the journal that the change was not made, unless the store holds it after all.

        Meanwhile no other thread can reopen the file: it would bring the entry in.
        """
        file = self._opened()
        try:
            with alone() as connection:
                if position_of(connection).head != change.head.hash:
                    said = body(Mark(clock.now(), action=VOID), ())
                    file.append(*write(file.head, said, void=change.head.seq))
        except (PortalError, duckdb.Error):
            file.stop()

    def _opened(self) -> JournalFile:
        if self._file is None:
            raise StoreBusyError("store.closed", file=self._store.name)
        return self._file


def is_taken(store: Path) -> bool:
    """Whether this process has the store open: then nothing else in it may open or read the file."""
    return store.resolve() in _taken


def _take(store: Path) -> None:
    """Note that this process has the store, which nothing else in it may open or read."""
    with _taking:
        if store.resolve() in _taken:
            raise StoreBusyError("store.busy", file=store.name, process=os.getpid())
        _taken.add(store.resolve())


def _leave(store: Path) -> None:
    with _taking:
        _taken.discard(store.resolve())
