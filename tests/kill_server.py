"""``python -m tests.kill_server [KILLS]``: a process with eight writers is killed again and again; nothing is lost.

Each run begins with what the kill before left. A kill falls on a moment of its own: after so many acknowledged changes
and a part of the time that one takes. What was acknowledged is collected from the process's standard output.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from db import open_store, verify
from portal.journal import JOURNAL_FILE, STORE_FILE
from portal.store import key_of
from tests.db.records import TOWN

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT: Final = Path(__file__).parents[1]
THREADS: Final = 8
KILLS: Final = 200


@dataclass(slots=True)
class Killed:
    """What the kills so far left."""

    kills: int = 0
    acknowledged: set[str] = field(default_factory=set)
    lost: set[str] = field(default_factory=set)
    halves: set[str] = field(default_factory=set)
    """Places without the membership that was put with them, or the other way round."""


def kill(command: Sequence[str], wanted: int, wait_s: float) -> set[str]:
    """Start ``command``, kill it after ``wanted`` lines and a while, and return the lines that it wrote whole."""
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603  # our own
        told = [process.stdout.readline() for _ in range(wanted)]
        time.sleep(wait_s)
        process.kill()
        told += process.stdout.readlines()
    return {line.strip() for line in told if line.endswith("\n")}


def kill_writers(home: Path, kills: int, seed: int = 0, look_every: int = 2) -> Killed:
    """Kill a process with eight writers so often; every second time the store is opened and looked at."""
    chance, found = random.Random(seed), Killed()  # noqa: S311  # moments, no secrets
    store, journal = home / STORE_FILE, home / JOURNAL_FILE
    for run in range(kills):
        command = [sys.executable, "-m", "tests.journal_writer", str(store), str(journal), str(run), str(THREADS)]
        found.acknowledged |= kill(command, chance.randrange(1, 40), chance.uniform(0, 0.05))
        found.kills += 1
        if run % look_every == look_every - 1:
            look(home, found)
    look(home, found)
    verify(store, journal)
    return found


def look(home: Path, found: Killed) -> None:
    """Open the store and note what is missing or only half there."""
    store = open_store(f"duckdb://{home / STORE_FILE}", home / JOURNAL_FILE)
    try:
        kept = {place.id for place in store.places_of(TOWN)}
        belonging = {key_of(item)[0] for item in store.memberships_of(TOWN)} | {"shared"}
    finally:
        store.close()
    found.lost |= found.acknowledged - kept
    found.halves |= kept ^ belonging


def main() -> None:
    """Kill so often as the command line says, and print what came of it."""
    kills = int(sys.argv[1]) if sys.argv[1:] else KILLS
    with tempfile.TemporaryDirectory(prefix="ibasho-kills-") as folder:
        found = kill_writers(Path(folder), kills, seed=time.time_ns())
        torn = len(list(Path(folder).glob("*.torn-*")))
    sys.stdout.write(
        f"{found.kills} kills under {THREADS} writers, {len(found.acknowledged)} changes acknowledged, "
        f"{len(found.lost)} lost, {len(found.halves)} torn; always reopened; "
        f"{torn} unfinished lines of the journal moved aside.\n"
    )
    sys.exit(1 if found.lost or found.halves else 0)


if __name__ == "__main__":
    main()
