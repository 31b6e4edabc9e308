"""Bringing a store up to date: each migration once, in order, in a transaction of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from db.statements import migrations, statement
from portal.errors import StoreDamagedError

if TYPE_CHECKING:
    from collections.abc import Sequence


class Session(Protocol):
    """What a driver's cursor or connection can do, as far as it is needed here."""

    def begin(self) -> object:
        """Begin a transaction."""

    def commit(self) -> object:
        """End it, keeping what it did."""

    def rollback(self) -> object:
        """End it, keeping nothing."""

    def execute(self, query: str, parameters: Sequence[object] = ..., /) -> Any:  # noqa: ANN401  # the driver's own type
        """Run one statement, or several without values."""


def migrate(session: Session) -> None:
    """Run every migration that was not run yet.

    Raises StoreDamagedError for a store that a newer portal has written to: nothing of it is touched.
    """
    session.execute(statement("create_migration"))
    done = {number for (number,) in session.execute(statement("migrations")).fetchall()}
    known = migrations()
    if newer := done - known.keys():
        raise StoreDamagedError("store.newer", version=max(newer), known=max(known))
    for number, (name, statements) in known.items():
        if number not in done:
            _run(session, number, name, statements)


def _run(session: Session, number: int, name: str, statements: str) -> None:
    session.begin()
    try:
        session.execute(statements)
        session.execute(statement("put_migration"), (number, name))
    except BaseException:
        session.rollback()
        raise
    session.commit()
