"""A flyer read in a process of its own, which can be stopped and takes nothing down with it.

PDFium must never be used by two threads at once, a file that is made to harm may end the program that reads it, and no
thread can be stopped. The process knows none of the portal's settings; it gets the file and gives text and pictures.
"""

from __future__ import annotations

import base64
import json
import logging
import os
import resource
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from geodata.flyers.reading import Flyer, Page, read_flyer
from portal.errors import UnreadableFileError
from portal.flyer.lines import Box, Line

if TYPE_CHECKING:
    from typing import BinaryIO

SECONDS: Final = 90.0
"""The longest that a whole flyer may take; one page takes a second or two."""
MEMORY: Final = 2 * 2**30
"""Bytes of address space of the process, and of each program that it calls."""
ROOT: Final = Path(__file__).resolve().parents[2]
KNOWN: Final = ("PATH", "LANG", "LC_ALL", "TMPDIR", "TESSDATA_PREFIX")
"""Variables that the process may know; a password is none of them."""
log = logging.getLogger(__name__)


def read_apart(data: bytes, seconds: float = SECONDS) -> Flyer:
    """The flyer of a photo or PDF; raises UnreadableFileError as ``read_flyer`` does, and when it takes too long."""
    answer = _answer(data, seconds)
    if "error" in answer:
        raise UnreadableFileError(answer["error"], **answer["values"])
    return Flyer(tuple(_page(one) for one in answer["pages"]))


def answer_for(data: bytes) -> dict[str, Any]:
    """What the process says to a file, as JSON."""
    try:
        flyer = read_flyer(data)
    except UnreadableFileError as error:
        return {"error": error.key, "values": error.values}
    return {"pages": [{**asdict(page), "picture": base64.b64encode(page.picture).decode()} for page in flyer.pages]}


def main(given: BinaryIO, said: BinaryIO) -> None:
    """Answer for one file."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    said.write(json.dumps(answer_for(given.read())).encode())


def _answer(data: bytes, seconds: float) -> dict[str, Any]:
    with subprocess.Popen(  # our own interpreter and module; the file goes in through a pipe
        [sys.executable, "-m", "geodata.flyers.apart"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env={name: os.environ[name] for name in KNOWN if name in os.environ},
        start_new_session=True,
    ) as process:
        try:
            said, complaints = process.communicate(data, seconds)
        except subprocess.TimeoutExpired:
            raise UnreadableFileError("flyer.too_slow", seconds=int(seconds)) from None
        finally:
            if process.returncode is None:
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)  # and the reader of print that it may have called
    try:
        answer: dict[str, Any] = json.loads(said)
    except ValueError:
        log.warning("a flyer could not be read: %s %s", process.returncode, complaints[-500:])
        raise UnreadableFileError("flyer.not_read") from None
    return answer


def _page(said: dict[str, Any]) -> Page:
    lines = tuple(Line(**{**line, "box": Box(**line["box"])}) for line in said["lines"])
    return Page(base64.b64decode(said["picture"]), said["width"], said["height"], lines)


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
