"""Whether two stores hold the same, row for row and column for column."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from db.rows import TABLES
from portal.store import PASSING

if TYPE_CHECKING:
    import duckdb

JOURNALED: Final = (*(table.name for kind, table in TABLES.items() if kind not in PASSING), "history")
"""Tables whose rows the journal makes."""


def differing(one: duckdb.DuckDBPyConnection, other: duckdb.DuckDBPyConnection) -> list[str]:
    """Names of the journaled tables that do not hold the same rows. Raises duckdb.Error for a damaged block."""
    return [name for name in JOURNALED if fingerprint(one, name) != fingerprint(other, name)]


def fingerprint(connection: duckdb.DuckDBPyConnection, table: str) -> tuple[int, int]:
    """How many rows a table has, and the sum of their BLAKE2b digests (16 bytes each): rows have no order."""
    count = total = 0
    for rows in connection.table(table).to_arrow_reader():
        for row in rows.to_pylist():
            count += 1
            total += int.from_bytes(hashlib.blake2b(repr(row).encode(), digest_size=16).digest(), "big")
    return count, total % (1 << 128)
