"""Where a store stands in its journal, as the store itself notes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.statements import statement

if TYPE_CHECKING:
    from db.migrating import Session


@dataclass(frozen=True, slots=True)
class Position:
    """What the last change noted."""

    seq: int = 0
    """Number of its entry."""
    head: str = ""
    """Hash of the entry; empty where the store never had a journal."""
    checkpoint: int = 0
    """The file held the entries as far as this one by itself, without its log; it may hold more."""


def position_of(session: Session) -> Position:
    """Where the store of this connection stands."""
    noted = dict(session.execute(statement("position")).fetchall())
    seq, checkpoint = (int(noted.get(name, "0")) for name in ("journal_seq", "journal_checkpoint"))
    return Position(seq, noted.get("journal_head", ""), checkpoint)
