"""The process's one store and its settings: the only place of the screens that names the store's maker."""

from __future__ import annotations

import threading
from functools import cache
from typing import TYPE_CHECKING, Final

import db
from portal.settings import Settings, load
from portal.usage import Counter

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from portal.journal.outcome import BackedUp, Rebuilt, Restored, Verified
    from portal.store import Store

FILE: Final = "portal.duckdb"
"""Name of the store's file in the folder ``PORTAL_HOME``."""
JOURNAL: Final = "journal.jsonl"
PHOTOS: Final = "photos"

_lock = threading.Lock()
_open: list[Store] = []
_counter = Counter()


@cache
def settings() -> Settings:
    """The settings of this machine, read once.

    Raises SettingError for a setting that cannot be used.
    """
    return load()


def _file(name: str) -> Path:
    return settings().home / name


def store() -> Store:
    """The store, opened by whoever asks first and shared by all threads.

    Raises StoreBusyError while another process holds the file, StoreDamagedError when it cannot be opened.
    """
    with _lock:
        if not _open:
            _open.append(db.open_store(f"duckdb://{_file(FILE)}", _file(JOURNAL)))
        return _open[0]


def photos() -> db.PhotoFolder:
    """The folder of the posts' photos."""
    return db.PhotoFolder(_file(PHOTOS))


def usage() -> Counter:
    """What counts views, calendar adds and questions until they are kept; one for the whole process."""
    return _counter


def verify() -> Verified:
    """Look through the whole journal and compare it with the store; raises StoreDamagedError for what is wrong."""
    return db.verify(_file(FILE), _file(JOURNAL))


def rebuild(now: datetime) -> Rebuilt:
    """Make the store again from the journal alone; raises StoreBusyError while another process holds it."""
    return db.rebuild(_file(FILE), _file(JOURNAL), now)


def back_up(folder: Path, now: datetime) -> BackedUp:
    """Copy journal and photos into ``folder`` with a store made of them; the portal may go on running."""
    return db.back_up(settings().home, folder, now)


def restore(folder: Path, now: datetime) -> Restored:
    """Put the backup in ``folder`` in place; what was there is kept aside."""
    return db.restore(settings().home, folder, now)


def close() -> None:
    """Write the store to disk and let go of its file; the next :func:`store` opens it again."""
    with _lock:
        while _open:
            _open.pop().close()
