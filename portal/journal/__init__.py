"""The journal: every change as one line, each with the SHA-256 of the one before."""

from __future__ import annotations

from typing import Final

JOURNAL_FILE: Final = "journal.jsonl"
"""Name of the journal in the folder ``PORTAL_HOME``."""
STORE_FILE: Final = "portal.duckdb"
"""Name of the store beside it."""
PHOTO_FOLDER: Final = "photos"
"""Photos beside it, each named by the SHA-256 of its content."""
