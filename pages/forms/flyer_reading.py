"""A flyer on its way from a file to proposals: two are read at a time, the others wait, and no page waits with them."""

from __future__ import annotations

import logging
import shutil
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geodata.flyers.apart import read_apart
from geodata.flyers.tesseract import PROGRAM
from pages.forms import shelf
from portal import clock
from portal.errors import PortalError, TooManyTriesError, UnreadableFileError
from portal.flyer import propose

if TYPE_CHECKING:
    from datetime import datetime

    from geodata.flyers import Flyer
    from portal.flyer import Proposals

AT_ONCE: Final = 2
WAITING_MOST: Final = 12
"""More than so many at once are asked to come back later."""
OWN_MOST: Final = 3
log = logging.getLogger(__name__)
_turn = threading.BoundedSemaphore(AT_ONCE)
_lock = threading.Lock()
_waiting: list[str] = []
"""Whose flyers are not read yet, an entry a flyer."""


@dataclass(frozen=True, slots=True)
class Read:
    """A flyer that was read, with what it proposes."""

    flyer: Flyer
    proposals: Proposals


class Reading:
    """One flyer of a group: being read, read, or refused."""

    def __init__(self, group: str, since: datetime) -> None:
        """Nothing is read yet."""
        self.group, self.since = group, since
        self.read: Read | None = None
        self.problem: PortalError | None = None

    @property
    def done(self) -> bool:
        """Whether there is something to show."""
        return self.read is not None or self.problem is not None


def installed() -> bool:
    """Whether this machine has the program that reads print."""
    return shutil.which(PROGRAM) is not None


def begin(owner: str, group: str, data: bytes) -> str:
    """Have a flyer read for an account; gives the name it is kept by. Raises TooManyTriesError when many wait."""
    with _lock:
        if len(_waiting) >= WAITING_MOST or _waiting.count(owner) >= OWN_MOST:
            raise TooManyTriesError("flyer_page.busy")
        _waiting.append(owner)
    reading = Reading(group, clock.now())
    threading.Thread(target=_work, args=(reading, owner, data), daemon=True).start()
    return shelf.put(owner, reading)


def _work(reading: Reading, owner: str, data: bytes) -> None:
    try:
        with _turn:
            flyer = read_apart(data)
        reading.read = Read(flyer, propose(flyer.lines, clock.today()))
    except PortalError as error:
        reading.problem = error
    except Exception:  # whatever it is, the page must not wait for ever
        log.exception("a flyer could not be read")
        reading.problem = UnreadableFileError("flyer.not_read")
    finally:
        with _lock:
            _waiting.remove(owner)
