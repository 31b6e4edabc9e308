"""One DuckDB file: its connection, a cursor a thread, one writer at a time, tried again and reopened where it must be.

The rules are those that survived being killed at any moment: the log is written into the file first after opening,
whole transactions are tried again, a database that was invalidated by a fatal error is opened anew.
"""

from __future__ import annotations

import threading
import time
import weakref
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import duckdb

from db.duckdb_connection import CONFIG, connect, first_line
from db.running import transaction
from db.statements import statement
from portal.errors import StoreBusyError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from db.duckdb_connection import Beside

__all__ = ["CONFIG", "MEMORY", "DuckDBEngine"]

MEMORY: Final = ":memory:"
TRIES: Final = 6
FIRST_WAIT_S: Final = 0.01
LOCK_WAIT_S: Final = 120
"""How long a change waits for the one before it; an import of a whole prefecture takes less."""
CONFLICT: Final = (duckdb.TransactionException, duckdb.ConstraintException)
INVALIDATED: Final = (duckdb.FatalException, duckdb.InternalException)


@dataclass(eq=False)
class Held:
    """A thread's cursor, and which opening of the file it belongs to."""

    cursor: duckdb.DuckDBPyConnection
    opening: int


class DuckDBEngine:
    """The connection to one file. Safe to use from any thread; nothing else may open the file, not even to copy it."""

    def __init__(self, path: str, beside: Beside | None = None) -> None:
        """Open ``path`` and bring it up to date.

        Raises StoreBusyError when another process holds it, StoreDamagedError when it cannot be opened.
        """
        self._path = path
        self._beside = beside
        self._write_lock = threading.RLock()
        self._state = threading.Condition()
        self._local = threading.local()
        self._cursors: weakref.WeakSet[Held] = weakref.WeakSet()
        self._opening = 0
        self.writes = 0
        self._active = 0
        self._shutting = False
        self._connection: duckdb.DuckDBPyConnection | None = connect(path, beside)

    def rows(self, question: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The answer to a question of ``queries/``; asked again when the file had to be reopened.

        Raises StoreBusyError when the store was closed or stays invalid.
        """
        for _ in range(TRIES):
            opening = self._opening
            try:
                with self._cursor() as cursor:
                    return cursor.execute(statement(question), values).fetchall()
            except INVALIDATED:
                self._reopen(opening)
        raise StoreBusyError("store.invalidated", file=self._name)

    def write(self, work: Callable[[duckdb.DuckDBPyConnection], None]) -> None:
        """Run ``work`` in a transaction, the whole of it again where it met a conflict or a fatal error.

        Raises StoreBusyError when it cannot be written; then nothing of ``work`` is kept.
        """
        with self.writing():
            self._try_to_write(work)
            self.writes += 1

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Until the block ends no other thread writes.

        Raises StoreBusyError when the change before it takes too long.
        """
        if not self._write_lock.acquire(timeout=LOCK_WAIT_S):
            raise StoreBusyError("store.conflict", file=self._name)
        try:
            yield
        finally:
            self._write_lock.release()

    @contextmanager
    def alone(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """The connection, while no other thread asks, changes or reopens the file. Raises StoreBusyError if closed."""
        with self._alone():
            if self._connection is None:
                raise StoreBusyError("store.closed", file=self._name)
            yield self._connection

    def checkpoint(self) -> bool:
        """Write the log into the file; says whether it could be done. No other thread may write meanwhile."""
        try:
            with self._cursor() as cursor:
                cursor.execute(statement("checkpoint"))
        except duckdb.Error:  # a reader in the way, or a fatal error that the next question finds
            return False
        return True

    def close(self) -> bool:
        """Write the log into the file and let go of it; says whether the file holds everything now.

        A second time does nothing.
        """
        with self._write_lock, self._alone():
            if self._connection is None:
                return False
            whole = True
            try:
                self._connection.execute(statement("checkpoint"))
            except duckdb.Error:  # what the log holds is read at the next opening
                whole = False
            self._let_go()
            return whole

    @property
    def _name(self) -> str:
        return Path(self._path).name

    def _try_to_write(self, work: Callable[[duckdb.DuckDBPyConnection], None]) -> None:
        for attempt in range(TRIES):
            opening = self._opening
            try:
                with self._cursor() as cursor, transaction(cursor):
                    work(cursor)
            except CONFLICT:
                time.sleep(FIRST_WAIT_S * 2**attempt)
            except INVALIDATED:
                self._reopen(opening)
            except (duckdb.IOException, duckdb.OutOfMemoryException) as error:
                raise StoreBusyError("store.cannot_write", file=self._name, reason=first_line(error)) from error
            else:
                return
        raise StoreBusyError("store.conflict", file=self._name)

    @contextmanager
    def _cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """This thread's cursor, in use until the block ends: meanwhile the file is neither closed nor reopened."""
        with self._state:
            self._state.wait_for(lambda: not self._shutting)
            if self._connection is None:
                raise StoreBusyError("store.closed", file=self._name)
            held = getattr(self._local, "held", None)
            if held is None or held.opening != self._opening:
                held = self._local.held = Held(self._connection.cursor(), self._opening)
                self._cursors.add(held)
            self._active += 1
        try:
            yield held.cursor
        finally:
            with self._state:
                self._active -= 1
                self._state.notify_all()

    def _reopen(self, opening: int) -> None:
        """Open the file anew, unless another thread has done so since ``opening``.

        Every cursor goes first: while one is left, DuckDB hands out the same invalidated database again.
        """
        with self._alone():
            if opening == self._opening and self._connection is not None:
                self._let_go()
                self._connection = connect(self._path, self._beside)
                self._opening += 1
                self.writes += 1

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Until the block ends no cursor is in use: those in use are waited for, no thread begins anew."""
        with self._state:
            self._state.wait_for(lambda: not self._shutting)
            self._shutting = True
            try:
                self._state.wait_for(lambda: not self._active)
                yield
            finally:
                self._shutting = False
                self._state.notify_all()

    def _let_go(self) -> None:
        connection, self._connection = self._connection, None
        for held in list(self._cursors):
            held.cursor.close()
        if connection is not None:
            connection.close()
