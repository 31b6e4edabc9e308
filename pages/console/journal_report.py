"""The journal's and the backups' commands as a terminal shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from portal.words import say

if TYPE_CHECKING:
    from rich.console import Console

    from portal.journal.outcome import BackedUp, Rebuilt, Restored, Verified

HASH_SHOWN = 16
"""Digits of a hash that are shown."""
NAMES_SHOWN = 10


def show_verified(console: Console, found: Verified, language: str) -> None:
    """What was looked at and found whole, a line each."""
    shown = {
        "journal.verified": found.head.seq > 0,
        "journal.verified_without": found.head.seq == 0,
        "journal.verified_torn": found.torn > 0,
        "journal.verified_sealed": found.sealed,
        "journal.verified_same": found.compared,
        "journal.verified_waiting": found.waiting > 0,
        "journal.verified_held": found.held,
    }
    values = {
        "entries": found.head.seq,
        "head": found.head.hash[:HASH_SHOWN],
        "bytes": found.torn,
        "count": found.waiting,
    }
    for key, so in shown.items():
        if so:
            console.print(Text(say(key, language, **values)))


def show_rebuilt(console: Console, made: Rebuilt, language: str) -> None:
    """What was made, and where the store from before is."""
    console.print(Text(say("journal.rebuilt", language, entries=made.entries)))
    if made.kept:
        console.print(Text(say("journal.rebuilt_kept", language, file=made.kept.name)))


def show_backed_up(console: Console, made: BackedUp, folder: str, language: str) -> None:
    """What the backup holds, and the photos that it could not take."""
    console.print(Text(say("backup.done", language, folder=folder, entries=made.entries, photos=made.photos)))
    if made.damaged:
        names = ", ".join(made.damaged[:NAMES_SHOWN]) + (" …" if len(made.damaged) > NAMES_SHOWN else "")
        console.print(Text(say("backup.photos_damaged", language, count=len(made.damaged), names=names)))


def show_restored(console: Console, made: Restored, language: str) -> None:
    """What was put in place, and where what was there before is."""
    values = {"at": made.at[:16].replace("T", " "), "entries": made.entries, "photos": made.photos}
    console.print(Text(say("backup.restored", language, **values)))
    if made.kept:
        console.print(Text(say("backup.restored_kept", language, folder=made.kept.name)))
