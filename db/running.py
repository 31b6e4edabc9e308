"""Statements run within a transaction, each with its rows as the table ``incoming``."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import duckdb

from db.statements import statement
from db.taken import refuse_taken

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

    Step = tuple[str, pa.Table | None]


@contextmanager
def transaction(cursor: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Begin, and commit at the end, or roll back whatever it was that failed."""
    cursor.begin()
    try:
        yield
        cursor.commit()
    except BaseException:
        with suppress(duckdb.Error):  # a failed commit has already rolled back
            cursor.rollback()
        raise


def run_step(cursor: duckdb.DuckDBPyConnection, step: Step) -> None:
    """Run the statement of that name, with its rows where it has any.

    Raises ConflictError where they want what must be one person's alone and is another's.
    """
    name, rows = step
    if rows is None:
        cursor.execute(statement(name))
        return
    cursor.register("incoming", rows)
    try:
        refuse_taken(cursor, name)
        cursor.execute(statement(name))
    finally:
        with suppress(duckdb.Error):  # after a failure only what failed is to be told
            cursor.unregister("incoming")
