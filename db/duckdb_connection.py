"""The connection to one DuckDB file: how it is set up, made ready, and what is said where it cannot be made."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any, Final, Protocol

import duckdb

from db.migrating import migrate
from db.statements import statement
from portal.errors import StoreBusyError, StoreDamagedError

CONFIG: Final[dict[str, Any]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "enable_external_access": False,  # no statement reads or writes another file
    "python_enable_replacements": False,  # a table's name never means a Python variable
    "preserve_insertion_order": False,  # every question states its order
    "memory_limit": "2GB",
    "threads": min(4, os.cpu_count() or 1),
}
HELD: Final = re.compile(r"lock.*?\(PID (\d+)", re.IGNORECASE | re.DOTALL)
CANNOT_OPEN: Final = re.compile(r"Permission denied|Is a directory|Cannot open file", re.IGNORECASE)


class Beside(Protocol):
    """What is kept beside the file and must agree with it: the journal."""

    def taken(self) -> None:
        """The file is this process's now; nothing was written to it yet."""

    def ready(self, connection: duckdb.DuckDBPyConnection) -> None:
        """The store can be asked and changed; nobody else does."""


def connect(path: str, beside: Beside | None) -> duckdb.DuckDBPyConnection:
    """A connection to an up-to-date store, the log written into the file first."""
    try:
        connection = duckdb.connect(path, config=CONFIG)
    except duckdb.Error as error:
        raise refusal(error, Path(path).name) from error
    try:
        if beside:
            beside.taken()
        connection.execute(statement("checkpoint"))
        migrate(connection)
        if beside:
            beside.ready(connection)
    except duckdb.Error as error:
        connection.close()
        raise refusal(error, Path(path).name) from error
    except BaseException:
        connection.close()
        raise
    return connection


def refusal(error: duckdb.Error, file: str) -> StoreBusyError | StoreDamagedError:
    """The sentence for a file that did not open."""
    if holder := HELD.search(str(error)):
        return StoreBusyError("store.busy", file=file, process=holder[1])
    if isinstance(error, duckdb.IOException) and CANNOT_OPEN.search(str(error)):
        return StoreDamagedError("store.cannot_open", file=file, reason=first_line(error))
    return StoreDamagedError("store.damaged", file=file, reason=first_line(error))


def first_line(error: Exception) -> str:
    """The first line of what DuckDB says, for a sentence."""
    return str(error).strip().partition("\n")[0]
