"""A backup made while the portal runs: the journal as far as it is written, the store that it makes, the photos."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

from db.backup_manifest import Manifest, read_manifest, write_manifest
from db.photo_folder import PhotoFolder
from db.rebuild import STAMP, build
from db.seal import seal_of, sha256_of
from portal.errors import ConflictError, StoreBusyError, StoreDamagedError
from portal.journal import JOURNAL_FILE, PHOTO_FOLDER, STORE_FILE
from portal.journal.chain import check, refuse_changed_tail, walk
from portal.journal.outcome import BackedUp

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from portal.journal.chain import Chain

AS_MUCH: Final = 1 << 20
"""Bytes that are copied at a time."""


def back_up(home: Path, to: Path, now: datetime) -> BackedUp:
    """Back up the portal in ``home`` to the folder ``to``: empty, not there yet, or an older backup of this portal.

    The server may run: the store's file is not touched, the backup's is made from the copied journal. Records that
    never stand in the journal (sign-ins, residents' enquiries) are not in it. Raises ConflictError for a folder that
    holds something else, StoreDamagedError for a damaged journal, StoreBusyError where the disk is full.
    """
    if to.resolve().is_relative_to(home.resolve()):
        raise ConflictError("backup.inside", folder=str(to))
    journal = home / JOURNAL_FILE
    older = read_manifest(to)
    chain = _chain(journal, older, to)
    with saying_what_failed(to):
        folder = to / f"{now:{STAMP}}-{chain.head.seq}"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        copy(journal, folder / JOURNAL_FILE, chain.length)
        build(folder / STORE_FILE, folder / JOURNAL_FILE, now)
        kept, damaged = _photos(PhotoFolder(home / PHOTO_FOLDER), PhotoFolder(to / PHOTO_FOLDER))
        names = (JOURNAL_FILE, STORE_FILE, seal_of(folder / STORE_FILE).name)
        files = {name: sha256_of(folder / name) for name in names}
        write_manifest(to, Manifest(now.isoformat(), chain.head.seq, chain.head.hash, folder.name, files, kept))
        _tidy(to, folder.name, set(kept))
    return BackedUp(chain.head.seq, len(kept), tuple(damaged))


def copy(source: Path, to: Path, length: int | None = None) -> None:
    """Copy a file, or its first ``length`` bytes, onto the disk."""
    left = source.stat().st_size if length is None else length
    with source.open("rb") as content, to.open("wb") as copied:
        while left and (piece := content.read(min(left, AS_MUCH))):
            copied.write(piece)
            left -= len(piece)
        copied.flush()
        os.fsync(copied.fileno())


@contextmanager
def saying_what_failed(folder: Path) -> Iterator[None]:
    """Turn what the system says of a disk or a folder into a sentence."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise StoreBusyError("backup.cannot", folder=str(folder), reason=reason) from error


def _chain(journal: Path, older: Manifest | None, to: Path) -> Chain:
    """The journal's whole chain, in which the older backup's last entry must stand."""
    if older is not None and all(line.head.hash != older.head for line in walk(journal)) and older.entries:
        raise ConflictError("backup.of_another", folder=str(to))
    chain = check(journal)
    refuse_changed_tail(chain)
    if not chain.head.seq:
        raise StoreDamagedError("journal.nothing", file=journal.name)
    return chain


def _photos(source: PhotoFolder, to: PhotoFolder) -> tuple[list[str], list[str]]:
    """Copy the photos that are not there yet; the names of those that are there now, and of the damaged ones."""
    kept, damaged = [], []
    for name in source.names():
        data = source.read(name)
        if data is None:
            damaged.append(name)
        else:
            kept.append(to.keep(data, name.partition(".")[2]))
    return kept, damaged


def _tidy(to: Path, folder: str, photos: set[str]) -> None:
    """Remove what the manifest no longer names: what was deleted in the portal does not live on in its backup."""
    for entry in to.iterdir():
        if entry.is_dir() and entry.name not in {folder, PHOTO_FOLDER}:
            shutil.rmtree(entry, ignore_errors=True)
    for name in set(PhotoFolder(to / PHOTO_FOLDER).names()) - photos:
        with suppress(OSError):
            (to / PHOTO_FOLDER / name[:2] / name).unlink()
