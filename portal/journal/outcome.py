"""What came out of looking at a journal, of making a store from it, and of backing it up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from portal.journal.entry import Head


@dataclass(frozen=True, slots=True)
class Verified:
    """What was found whole."""

    head: Head
    """The journal's last entry."""
    torn: int = 0
    """Bytes of a line at the journal's end that was never finished."""
    held: bool = False
    """Whether another process holds the store, so that only the journal was looked at."""
    sealed: bool = False
    """Whether the store has its seal, which fits."""
    compared: bool = False
    """Whether the store was compared with what the journal makes; else it has no journal yet."""
    waiting: int = 0
    """Entries that are not in the store yet."""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What was made, and where what was there before is."""

    entries: int
    kept: Path | None


@dataclass(frozen=True, slots=True)
class BackedUp:
    """What a backup holds."""

    entries: int
    photos: int
    damaged: tuple[str, ...]
    """Names of photos whose content no longer fits; they are not in it."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put in place, and where what was there before is."""

    at: str
    """When the backup was made, ISO 8601."""
    entries: int
    photos: int
    kept: Path | None
