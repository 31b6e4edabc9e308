"""The server killed again and again while eight writers send forms; after each kill everything is looked at."""

from __future__ import annotations

import random
import shutil
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import duckdb
import httpx

from db import open_store, rebuild, verify
from db.photo_folder import PhotoFolder
from db.verify_contents import differing
from portal import clock
from portal.errors import StoreDamagedError
from portal.journal import JOURNAL_FILE, PHOTO_FOLDER, STORE_FILE
from tests.killing import looking, people_there
from tests.killing.sent import Sent
from tests.killing.served import Served

if TYPE_CHECKING:
    from pathlib import Path

    from tests.killing.desk import Desk
    from tests.killing.people_there import Writer

WITHIN_S = 120
MOST_CHANGES = 40
"""A kill falls after so many acknowledged changes at most, and a while."""
MOST_WAIT_S = 0.1
STARTING_S = 5.0
WHILE_STARTING = 0.15
"""So often a server is killed before it answers, too."""


@dataclass
class Figures:
    """What the kills so far have shown."""

    sent: Sent = field(default_factory=Sent)
    kills: int = 0
    """With eight writers at work."""
    kills_while_starting: int = 0
    idle: int = 0
    """Kills before which nothing was acknowledged: they show little."""
    starts_s: list[float] = field(default_factory=list)
    from_nothing: int = 0
    """Starts of a new Python; the others are forked from one with the server's modules loaded."""
    rebuilt: int = 0
    halves: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    """What went wrong in the server, by its log."""

    @property
    def good(self) -> bool:
        """Whether nothing was lost, nothing torn, and nothing went wrong in the server."""
        return not (self.sent.lost or self.sent.torn or self.halves or self.faults)


class Killing:
    """One portal that is killed; it begins with the invented town."""

    def __init__(self, folder: Path, seed: int, rebuild_every: int = 20) -> None:
        """Everything is kept in ``folder``; every so often the journal is verified and the store made from it."""
        self.figures = Figures()
        self._home, self._copy = folder / "home", folder / "copy"
        self._chance = random.Random(seed)  # noqa: S311  # moments, no secrets
        self._rebuild_every = rebuild_every
        store = open_store(f"duckdb://{self._home / STORE_FILE}", self._home / JOURNAL_FILE)
        shelf = people_there.settle(store)
        self.figures.sent.start(looking.found(store, PhotoFolder(self._home / PHOTO_FOLDER), ()))
        store.close()
        self._served = Served(self._home)
        self._writers = people_there.eight(self._served.url, self.figures.sent, shelf)

    def run(self, kills: int) -> Figures:
        """Kill so often under writers, and now and then while starting.

        Raises NotReopenedError when the server does not come back, StoreDamagedError when what it left cannot be
        opened.
        """
        self._served.start()
        try:
            self._sign_in()
            for number in range(1, kills + 1):
                self._write_and_kill()
                self._look(f"kill {number}", deeply=number % self._rebuild_every == 0 or number == kills)
        finally:
            self._served.close()
            self.figures.faults = self._served.faults()
            self.figures.from_nothing = self._served.starts_from_nothing
        return self.figures

    def _sign_in(self) -> None:
        self._served.answers(WITHIN_S)
        for desk, _, email in self._writers:
            if email:
                token = desk.visitor.sign_in(email)
                self.figures.sent.acknowledge("signed in", {("sign-in", token): looking.WHOLE})

    def _write_and_kill(self) -> None:
        """All write until enough is acknowledged; then the server is killed in the midst of the next changes."""
        sent, gone = self.figures.sent, threading.Event()
        failed: list[Exception] = []
        before = sent.acknowledged.total()
        threads = [
            threading.Thread(target=_write, args=(desk, writer, gone, failed)) for desk, writer, _ in self._writers
        ]
        for thread in threads:
            thread.start()
        sent.wait_for(self._chance.randint(1, MOST_CHANGES), before, WITHIN_S)
        time.sleep(self._chance.uniform(0, MOST_WAIT_S))
        self._served.kill()
        gone.set()
        for thread in threads:
            thread.join()
        if failed:
            raise failed[0]
        self.figures.idle += sent.acknowledged.total() == before
        self.figures.kills += 1

    def _look(self, moment: str, *, deeply: bool) -> None:
        """Look into a copy of what the kill left, while the next server starts over the original."""
        self._copied()
        self._served.start()
        if self._chance.random() < WHILE_STARTING:
            time.sleep(self._chance.uniform(0, STARTING_S))
            self._served.kill()
            self.figures.kills_while_starting += 1
            self._copied()
            self._served.start()
        if deeply:
            self._verify(f"{moment}, before it is opened")
        self._compare(moment)
        if deeply:
            self._verify(f"{moment}, once it was opened")
            self._rebuild(moment)
        self.figures.starts_s.append(self._served.answers(WITHIN_S))

    def _copied(self) -> None:
        shutil.rmtree(self._copy, ignore_errors=True)
        self._copy.mkdir()
        for file in self._home.glob("*.*"):
            if file.name.startswith((STORE_FILE, JOURNAL_FILE)):
                shutil.copy2(file, self._copy / file.name)

    def _compare(self, moment: str) -> None:
        sent, photos = self.figures.sent, PhotoFolder(self._home / PHOTO_FOLDER)
        store = open_store(f"duckdb://{self._copy / STORE_FILE}", self._copy / JOURNAL_FILE)
        try:
            sent.compare(looking.found(store, photos, sent.names("sign-in")), moment)
            self.figures.halves += [f"{moment}: {half}" for half in looking.halves(store)]
        finally:
            store.close()
        self.figures.halves += [f"{moment}: photo {name} is damaged" for name in photos.damaged()]
        sent.forget("sign-in")

    def _verify(self, moment: str) -> None:
        """As ``manage.py journal verify`` does."""
        try:
            verify(self._copy / STORE_FILE, self._copy / JOURNAL_FILE)
        except StoreDamagedError as error:
            self.figures.halves.append(f"{moment}: {error}")

    def _rebuild(self, moment: str) -> None:
        """A store made of the journal alone holds the same, row for row."""
        made = rebuild(self._copy / STORE_FILE, self._copy / JOURNAL_FILE, clock.now())
        with duckdb.connect(str(made.kept), read_only=True) as old, duckdb.connect(str(self._copy / STORE_FILE)) as new:
            tables = differing(old, new)
        self.figures.rebuilt += 1
        self.figures.halves += [f"{moment}: {name} is rebuilt differently" for name in tables]


def _write(desk: Desk, writer: Writer, gone: threading.Event, failed: list[Exception]) -> None:
    """Make changes until the server is gone."""
    desk.visitor.again()
    try:
        writer.begin()
        while not gone.is_set():
            writer.step()
    except httpx.TransportError:
        pass
    except Exception as error:  # noqa: BLE001  # raised again where all are waited for
        failed.append(error)
