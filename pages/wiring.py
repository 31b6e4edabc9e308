"""The process's one store and its settings: the only place of the screens that names the store's maker."""

from __future__ import annotations

import threading
from functools import cache
from typing import TYPE_CHECKING, Final

from db import open_store
from portal.settings import Settings, load

if TYPE_CHECKING:
    from portal.store import Store

FILE: Final = "portal.duckdb"
"""Name of the store's file in the folder ``PORTAL_HOME``."""

_lock = threading.Lock()
_open: list[Store] = []


@cache
def settings() -> Settings:
    """The settings of this machine, read once.

    Raises SettingError for a setting that cannot be used.
    """
    return load()


def store() -> Store:
    """The store, opened by whoever asks first and shared by all threads.

    Raises StoreBusyError while another process holds the file, StoreDamagedError when it cannot be opened.
    """
    with _lock:
        if not _open:
            _open.append(open_store(f"duckdb://{settings().home / FILE}"))
        return _open[0]


def close() -> None:
    """Write the store to disk and let go of its file; the next :func:`store` opens it again."""
    with _lock:
        while _open:
            _open.pop().close()
