"""The journal's file as it is written: one line at its end, on the disk before the change is kept.

Lines are never changed and never removed. What was being written when a machine stopped is moved aside to
``journal.torn-1``, ``-2`` …: nobody was told that it was done.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from portal.errors import StoreBusyError

if TYPE_CHECKING:
    from pathlib import Path

    from portal.journal.chain import Chain
    from portal.journal.entry import Head


MODE: Final = 0o640
"""Rights on a journal: it holds the addresses of those who sign in."""


class JournalFile:
    """The end of one journal. Only whoever holds the store's file writes to it, one thread at a time."""

    def __init__(self, path: Path, chain: Chain) -> None:
        """Go on behind ``chain``, which was read from ``path`` just now; a torn tail is moved aside."""
        self.path = path
        self.head = chain.head
        self._length = chain.length
        self._broken = False
        if chain.tail:
            set_aside(path, chain)
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, MODE)
        sync_folder(path.parent)

    def append(self, line: bytes, head: Head) -> None:
        """Write an entry and wait until it is on the disk.

        Raises StoreBusyError when it cannot be written; then nothing of it is left.
        """
        if self._broken:
            raise StoreBusyError("journal.stopped", file=self.path.name)
        try:
            _write_whole(self._file, line)
            os.fsync(self._file)
        except OSError as error:
            self._take_back()
            reason = error.strerror or str(error)
            raise StoreBusyError("journal.cannot_write", file=self.path.name, reason=reason) from error
        self.head = head
        self._length += len(line)

    def stop(self) -> None:
        """Take nothing more until the portal is started anew: it is not known what the store holds of the journal."""
        self._broken = True

    def close(self) -> None:
        """Let go of the file; a second time does nothing."""
        self._broken = True
        file, self._file = self._file, -1
        if file >= 0:
            os.close(file)

    def _take_back(self) -> None:
        """Leave nothing of a line that could not be written; where even that fails, take nothing more."""
        try:
            os.ftruncate(self._file, self._length)
            os.fsync(self._file)
        except OSError:
            self._broken = True


def set_aside(path: Path, chain: Chain) -> Path:
    """Move what stands behind the last whole entry to a file of its own, and return that."""
    number = 1
    while (aside := path.with_name(f"{path.stem}.torn-{number}")).exists():
        number += 1
    write_synced(aside, chain.tail)
    aside.chmod(MODE)
    with path.open("r+b") as journal:
        journal.truncate(chain.length)
        os.fsync(journal.fileno())
    return aside


def write_synced(path: Path, content: bytes) -> None:
    """Write a file so that it is there as a whole or not at all, whenever the machine stops."""
    coming = path.with_name(f"{path.name}.new")
    with coming.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    coming.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Put a folder's list of files on the disk, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _write_whole(file: int, content: bytes) -> None:
    left = memoryview(content)
    while left:
        left = left[os.write(file, left) :]
