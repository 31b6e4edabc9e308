"""The store that an address stands for: the one way into this room."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from db.duckdb_engine import MEMORY, DuckDBEngine
from db.duckdb_store import DuckDBStore
from db.journaling import Ledger, NoJournal
from portal.errors import SettingError, StoreDamagedError

if TYPE_CHECKING:
    from portal.store import Store

SCHEME: Final = "duckdb://"


def open_store(url: str, journal: Path | None = None) -> Store:
    """The store at ``url``, brought up to date; a file that is not there yet is made, its folder too.

    ``duckdb:///srv/ibasho/portal.duckdb`` is a file, ``duckdb://var/portal.duckdb`` one below the working
    folder; ``duckdb://`` and ``:memory:`` are kept in memory only. ``journal`` is the file of the journal that stands
    before the store, made where it is not there; without one nothing is journaled.
    Raises StoreBusyError when the file is held already, StoreDamagedError when it cannot be opened, was written by a
    newer portal, or is not what it was when it was closed, SettingError for an address of another sort.
    """
    if url not in (MEMORY, SCHEME) and not url.startswith(SCHEME):
        raise SettingError("store.unknown_url", url=url)
    path = url.removeprefix(SCHEME)
    if path in ("", MEMORY):
        return DuckDBStore(DuckDBEngine(MEMORY))
    _make_folder(Path(path))
    if journal is None:
        return _opened(path, NoJournal())
    _make_folder(journal)
    ledger = Ledger(Path(path), journal)
    try:
        return _opened(path, ledger)
    except BaseException:
        ledger.close(whole=False)
        raise


def _opened(path: str, journal: Ledger | NoJournal) -> Store:
    return DuckDBStore(DuckDBEngine(path, journal), journal)


def _make_folder(file: Path) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreDamagedError("store.cannot_open", file=file.name, reason=error.strerror or str(error)) from error
