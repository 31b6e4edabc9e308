"""Photos as files that are named by their content: ``ab/ab12….jpg``.

A photo is never changed, so a name says for ever the same picture, two uploads of one picture are one file,
and a file whose content no longer fits its name is damaged.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

NAME: Final = re.compile(r"[0-9a-f]{64}\.(?:jpg|webp|png)")
PART: Final = re.compile(r"[0-9a-f]{2}")
_READ: Final = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0)


class PhotoFolder:
    """The folder in which the photos of a portal are kept."""

    def __init__(self, path: Path) -> None:
        """Use ``path``; it is made when the first photo is kept."""
        self.path = path

    def keep(self, data: bytes, suffix: str) -> str:
        """Keep a photo (``suffix`` ``jpg``, ``webp`` or ``png``) and return its name; on disk when this returns.

        Raises ValueError for another suffix, OSError where the disk is full or may not be written.
        """
        name = f"{hashlib.sha256(data).hexdigest()}.{suffix}"
        if not NAME.fullmatch(name):
            raise ValueError(suffix)
        if self.read(name) is None:
            file = self._file(name)
            _make_folder(file.parent)
            _write(file, data)
        return name

    def read(self, name: str) -> bytes | None:
        """The photo of that name; None where there is none, or where its content is damaged."""
        data = self._content(name) if NAME.fullmatch(name) else None
        return data if data is not None and _fits(name, data) else None

    def names(self) -> list[str]:
        """The names of all photos, in order; a file cut off while it was written is none."""
        parts = [part for part in self._listed(self.path) if PART.fullmatch(part)]
        return sorted(
            name
            for part in parts
            for name in self._listed(self.path / part)
            if NAME.fullmatch(name) and name.startswith(part)
        )

    def damaged(self) -> list[str]:
        """The names whose file no longer holds what the name says, or cannot be read."""
        return [name for name in self.names() if self.read(name) is None]

    def _file(self, name: str) -> Path:
        return self.path / name[:2] / name

    def _content(self, name: str) -> bytes | None:
        try:
            # A link put into the folder would lead out of it.
            handle = os.open(self._file(name), _READ)
        except OSError:
            return None
        try:
            with os.fdopen(handle, "rb") as file:
                return file.read()
        except OSError:
            return None

    @staticmethod
    def _listed(folder: Path) -> list[str]:
        return [entry.name for entry in folder.iterdir()] if folder.is_dir() else []


def _fits(name: str, data: bytes) -> bool:
    return hashlib.sha256(data).hexdigest() == name.partition(".")[0]


def _make_folder(folder: Path) -> None:
    """Make the folder and those above it, each on disk before the next."""
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    _sync_folder(folder.parent)


def _write(file: Path, data: bytes) -> None:
    """Write under a passing name, sync, and only then give the file its name."""
    passing = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    try:
        with passing.open("xb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        passing.replace(file)
    finally:
        passing.unlink(missing_ok=True)
    _sync_folder(file.parent)


def _sync_folder(folder: Path) -> None:
    """A new name is on disk only when its folder is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
