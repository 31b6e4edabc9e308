"""What must be one person's alone, asked within the change's own transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from db.statements import statement
from portal.errors import ConflictError

if TYPE_CHECKING:
    from db.migrating import Session

TAKEN: Final = {"put_account": ("emails_taken", "store.email_taken")}
"""By the statement that writes: the question that finds what another has already, and the sentence."""


def refuse_taken(session: Session, writing: str) -> None:
    """Raise ConflictError where rows of ``incoming`` want what another record has.

    The column's UNIQUE stands behind this question: of two changes at once the later meets it, and is tried again.
    """
    if writing not in TAKEN:
        return
    question, key = TAKEN[writing]
    if session.execute(statement(question)).fetchall():
        raise ConflictError(key)
