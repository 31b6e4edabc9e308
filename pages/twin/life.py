"""The twin while the server runs: kept up beside the answers, in turns so short that these stay quick."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from starlette.concurrency import run_in_threadpool

from pages import wiring
from pages.twin import manifest
from pages.twin.keeping import Keeper
from pages.twin.writing import Folder, check_ours

if TYPE_CHECKING:
    from pathlib import Path

SITE: Final = "site"
"""Name of the twin's folder in ``PORTAL_HOME``."""
TURN_S: Final = 0.04
PAUSE_S: Final = 0.02
"""Between two turns; the answers have the processor for at least a third of the time."""
PRESSING_S: Final = 0.004
"""The same while a page waits that shows what was just approved, or hidden."""
IDLE_S: Final = 0.5
AFTER_ERROR_S: Final = 30.0
log = logging.getLogger(__name__)


def site() -> Path:
    """The folder that a web server serves."""
    return wiring.settings().home / SITE


def manifest_file() -> Path:
    """What the twin is made of, outside that folder."""
    return wiring.settings().home / manifest.FILE


class Life:
    """The twin's keeper from the server's start to its end."""

    def __init__(self) -> None:
        """Nothing is kept yet."""
        self._keeper: Keeper | None = None
        self._ending = asyncio.Event()

    async def keep(self) -> None:
        """Keep the twin until :meth:`stop`; without the setting ``site`` there is none to keep."""
        while wiring.settings().site and not self._ending.is_set():
            try:
                pause = await run_in_threadpool(self._turn)
            except Exception:  # a full disk, a store that is busy: it is begun anew a while later
                log.exception("the static pages could not be kept")
                self._keeper = None
                await self._pause(AFTER_ERROR_S)
            else:
                await self._pause(pause)

    def stop(self) -> None:
        """Let the turn that is under way be the last; a thread cannot be cancelled, and the store is closed soon."""
        self._ending.set()

    async def _pause(self, seconds: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._ending.wait(), seconds)

    def end(self) -> None:
        """Note what the twin is made of, so that the next start need not compare all of it."""
        if self._keeper:
            try:
                self._keeper.save(manifest_file())
            except Exception:  # without it the next start compares everything
                log.exception("what the static pages are made of could not be kept")

    def _turn(self) -> float:
        """Make what is due for a short while; gives how long to pause then."""
        if self._keeper is None:
            check_ours(site())
            keeper = Keeper(Folder(site()))
            keeper.take(manifest_file())
            self._keeper = keeper
        more = self._keeper.turn(TURN_S)
        return PRESSING_S if self._keeper.pressing else PAUSE_S if more else IDLE_S
