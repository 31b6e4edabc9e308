"""Whether records are kept as a change expects them, asked within the change's own transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.rows import TABLES
from db.statements import statement
from portal.errors import StaleEditError
from portal.records import digest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from db.migrating import Session
    from portal.store import Expected


def check(session: Session, expect: Iterable[Expected]) -> None:
    """Raise StaleEditError where a record is not as expected: somebody else was quicker."""
    for item in expect:
        rows = session.execute(statement(f"kept_{TABLES[item.type].name}"), item.key).fetchall()
        if (digest(rows[0][0]) if rows else None) != item.digest:
            raise StaleEditError("store.changed")
