"""One version of a record, as the history keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Version:
    """What a record was after one change."""

    entry: int
    """Number of the journal's entry; counts up."""
    at: datetime
    who: str
    action: str
    reason: str
    data: str
    """The record as :func:`portal.records.to_text` writes it; empty where it was removed."""


@dataclass(frozen=True, slots=True)
class Revised:
    """How often a record was changed, without what it was: for whoever tells others that it was."""

    number: int
    """How many versions it has had; only ever counts up, and is the same after a rebuild from the journal."""
    at: datetime
    """When the last of them was made; aware, Asia/Tokyo."""
