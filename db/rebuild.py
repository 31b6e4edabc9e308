"""The store made again from the journal alone."""

from __future__ import annotations

import fcntl
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

import duckdb

from db.duckdb_connection import CONFIG, HELD, refusal
from db.journal_file import sync_folder
from db.journaling import is_taken
from db.opening import open_store
from db.seal import log_of, seal_of, sealed
from portal.errors import StoreBusyError, StoreDamagedError
from portal.journal.chain import check, refuse_changed_tail
from portal.journal.outcome import Rebuilt
from portal.laying_out import lay_out_all

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

STAMP: Final = "%Y%m%dT%H%M%S"


def rebuild(store: Path, journal: Path, now: datetime) -> Rebuilt:
    """Make the store from the journal, put it in the place of the old one and keep that beside it.

    Raises StoreBusyError while somebody holds the store; StoreDamagedError where the journal is damaged or empty:
    then nothing was touched.
    """
    with hold(store):
        chain = check(journal)
        refuse_changed_tail(chain)
        if not chain.head.seq:
            raise StoreDamagedError("journal.nothing", file=journal.name)
        coming = store.with_name(f"{store.name}.coming")
        build(coming, journal, now)
        kept = put_aside(store, f"before-{now:{STAMP}}")
        put_in_place(coming, store)
    return Rebuilt(chain.head.seq, kept)


def build(store: Path, journal: Path, now: datetime) -> None:
    """Make a new store from the journal, with its occurrences laid out, closed and sealed.

    Raises StoreDamagedError where the journal is damaged or what was made does not fit its seal.
    """
    for file in (store, log_of(store), seal_of(store)):
        file.unlink(missing_ok=True)
    made = open_store(f"duckdb://{store}", journal)
    try:
        lay_out_all(made, now.date())
    finally:
        made.close()
    if sealed(store) is None:
        raise StoreDamagedError("journal.seal_broken", file=store.name)


def put_aside(store: Path, name: str) -> Path | None:
    """Rename a store with its log and its seal; the log first, as a store without it only has more to take in."""
    kept = store.with_name(f"{store.name}.{name}")
    there = store.exists()
    for file in (seal_of, log_of, _itself):
        with suppress(FileNotFoundError):
            file(store).replace(file(kept))
    sync_folder(store.parent)
    return kept if there else None


def put_in_place(coming: Path, store: Path) -> None:
    """Rename a store that was closed, then its seal; it is locked until both are there."""
    with hold(coming):
        coming.replace(store)
        seal_of(coming).replace(seal_of(store))
        sync_folder(store.parent)


@contextmanager
def hold(store: Path) -> Iterator[None]:
    """Until the block ends nobody can open the store that is there now: it is locked as DuckDB locks it.

    Raises StoreBusyError where somebody has it open.
    """
    if is_taken(store):
        raise StoreBusyError("store.closed", file=store.name)
    if not store.exists():
        yield
        return
    with store.open("r+b") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise _busy(store) from None
        yield


def _busy(store: Path) -> StoreBusyError | StoreDamagedError:
    """Who holds a store that is locked, as DuckDB says it."""
    try:
        duckdb.connect(str(store), read_only=True, config=CONFIG).close()
    except duckdb.Error as error:
        if HELD.search(str(error)):
            return refusal(error, store.name)
    return StoreBusyError("store.conflict", file=store.name)


def _itself(store: Path) -> Path:
    return store
