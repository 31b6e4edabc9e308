"""A PDF made in a process of its own at low priority, so that the server goes on answering; one at a time."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import lru_cache
from pathlib import Path
from threading import BoundedSemaphore, Lock
from typing import Final

from pages.report.print_sheet import NO_LIBRARY
from portal.errors import ConflictError, UnknownThingError

HOME: Final = Path(__file__).parents[2]
"""The folder that holds the package ``pages``."""
WAIT_S: Final = 30.0
"""So long somebody waits for the PDFs of others."""
LIMIT_S: Final = 90.0
"""A page that takes longer is given up; it takes a second or two where nothing else is to be done."""
MOST_WAITING: Final = 5
"""Of the server's threads, with the one that prints: the others go on answering."""
KEPT: Final = 32
_waiting: Final = BoundedSemaphore(MOST_WAITING)
_one_at_a_time: Final = Lock()


@lru_cache(maxsize=KEPT)
def pdf_apart(html: str) -> bytes:
    """The page as a PDF, as :func:`pages.report.printing.pdf_of` makes it; of the same page the same bytes.

    Raises UnknownThingError where this machine cannot make any, ConflictError where too many wait or it took too long.
    """
    if not _waiting.acquire(blocking=False):
        raise ConflictError("plain_sheet.busy")
    try:
        if not _one_at_a_time.acquire(timeout=WAIT_S):
            raise ConflictError("plain_sheet.busy")
        try:
            return _printed(html)
        finally:
            _one_at_a_time.release()
    finally:
        _waiting.release()


def _printed(html: str) -> bytes:
    command = [sys.executable, "-m", "pages.report.print_sheet"]
    try:
        done = subprocess.run(  # noqa: S603  # our own module, nothing of the page is in the command
            command, input=html.encode(), capture_output=True, timeout=LIMIT_S, check=False, cwd=HOME, env=_known()
        )
    except subprocess.TimeoutExpired:
        raise ConflictError("plain_sheet.too_slow") from None
    if done.returncode == NO_LIBRARY:
        raise UnknownThingError("plain_sheet.no_pdf")
    if done.returncode:
        raise RuntimeError(done.stderr.decode(errors="replace")[-2_000:])
    return done.stdout


def _known() -> dict[str, str]:
    """What of our environment the process sees: nothing of the portal's settings, keys and passwords among them.

    Fonts that are embedded bear a moment: with a fixed one the same page is the same file whenever it is made
    (https://reproducible-builds.org/specs/source-date-epoch/).
    """
    shared = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}
    return shared | {"SOURCE_DATE_EPOCH": "0"}
