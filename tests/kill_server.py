"""A process with eight writers is killed again and again; nothing is lost.

``python -m tests.kill_server [KILLS]`` kills one that changes the store itself, ``… http [KILLS]`` the real server
while eight visitors send its forms. Each run begins with what the kill before left. A kill falls on a moment of its
own: after so many acknowledged changes and a part of the time that one takes.
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
from tests.killing.run import Killing
from tests.killing.table import lines

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


def kill_store(folder: Path, kills: int) -> bool:
    """Print what came of killing those who change the store itself; whether all is well."""
    found = kill_writers(folder, kills, seed=time.time_ns())
    torn = len(list(folder.glob("*.torn-*")))
    sys.stdout.write(
        f"{found.kills} kills under {THREADS} writers, {len(found.acknowledged)} changes acknowledged, "
        f"{len(found.lost)} lost, {len(found.halves)} torn; always reopened; "
        f"{torn} unfinished lines of the journal moved aside.\n"
    )
    return not (found.lost or found.halves)


def kill_http(folder: Path, kills: int) -> bool:
    """The same of killing the real server."""
    killing = Killing(folder, seed=time.time_ns())
    try:
        killing.run(kills)
    finally:
        sys.stdout.write("\n".join([*lines(killing.figures), ""]))
    return killing.figures.good


def main() -> None:
    """Kill so often as the command line says, and print what came of it."""
    asked = sys.argv[1:]
    kill_them = kill_http if asked[:1] == ["http"] else kill_store
    number = asked[1:] if kill_them is kill_http else asked
    with tempfile.TemporaryDirectory(prefix="ibasho-kills-") as folder:
        good = kill_them(Path(folder), int(number[0]) if number else KILLS)
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
