"""A backup put in the place of what is there."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from db import seal
from db.backup import copy, saying_what_failed
from db.backup_manifest import read_manifest
from db.journal_file import sync_folder
from db.photo_folder import PhotoFolder
from db.rebuild import STAMP, hold, put_in_place
from portal.errors import ConflictError, StoreDamagedError
from portal.journal import JOURNAL_FILE, PHOTO_FOLDER, STORE_FILE
from portal.journal.chain import check
from portal.journal.outcome import Restored

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from db.backup_manifest import Manifest


def restore(home: Path, source: Path, now: datetime) -> Restored:
    """Put the backup in ``source`` into ``home``; what is there is kept in ``before-<time>`` beside it.

    Raises ConflictError where there is no backup, StoreDamagedError for one with a damaged or missing file,
    StoreBusyError while somebody holds the store; then nothing was touched.
    """
    said = check_backup(source)
    store, coming = home / STORE_FILE, home / f"{STORE_FILE}.coming"
    with saying_what_failed(home):
        home.mkdir(parents=True, exist_ok=True)
        with hold(store):
            copy(source / said.folder / STORE_FILE, coming)
            copy(seal.seal_of(source / said.folder / STORE_FILE), seal.seal_of(coming))
            copy(source / said.folder / JOURNAL_FILE, home / f"{JOURNAL_FILE}.coming")
            _copy_photos(PhotoFolder(source / PHOTO_FOLDER), PhotoFolder(home / f"{PHOTO_FOLDER}.coming"), said)
            kept = _keep_what_is_there(home, home / f"before-{now:{STAMP}}")
            for name in (PHOTO_FOLDER, JOURNAL_FILE):
                (home / f"{name}.coming").replace(home / name)
            put_in_place(coming, store)
    return Restored(said.at, said.entries, len(said.photos), kept)


def check_backup(source: Path) -> Manifest:
    """What the backup says of itself, every file of it looked at. Raises what :func:`restore` does."""
    said = read_manifest(source)
    if said is None:
        raise ConflictError("backup.none", folder=str(source))
    for name, digest in said.files.items():
        file = source / said.folder / name
        if not file.is_file() or seal.sha256_of(file) != digest:
            raise StoreDamagedError("backup.damaged", file=name)
    photos = PhotoFolder(source / PHOTO_FOLDER)
    for name in said.photos:
        if photos.read(name) is None:
            raise StoreDamagedError("backup.damaged", file=name)
    if check(source / said.folder / JOURNAL_FILE).head.hash != said.head:
        raise StoreDamagedError("backup.damaged", file=JOURNAL_FILE)
    return said


def _keep_what_is_there(home: Path, kept: Path) -> Path | None:
    """Move store, journal and photos into a folder of their own; the log first, then the store."""
    store = home / STORE_FILE
    files = (seal.seal_of(store), seal.log_of(store), store, home / JOURNAL_FILE, home / PHOTO_FOLDER)
    there = [file for file in files if file.exists()]
    if not there:
        return None
    kept.mkdir()
    for file in there:
        file.replace(kept / file.name)
    sync_folder(kept)
    sync_folder(home)
    return kept


def _copy_photos(source: PhotoFolder, to: PhotoFolder, said: Manifest) -> None:
    shutil.rmtree(to.path, ignore_errors=True)
    to.path.mkdir()
    for name in said.photos:
        data = source.read(name)
        if data is None:
            raise StoreDamagedError("backup.damaged", file=name)
        to.keep(data, name.partition(".")[2])
