"""The twin's folder: each file is replaced whole, what is the same is not touched, and empty folders go."""

from __future__ import annotations

import os
import re
import secrets
import shutil
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from portal.errors import ConflictError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOMS: Final = frozenset({"ja", "en", "feeds", "map-data", "photos", "assets", "leaflet"})
FILES: Final = re.compile(r"index\.html|404\.html|robots\.txt|sitemap(?:-[0-9]{5})?\.xml")
"""What may stand at the top of the folder; a folder that holds anything else is not the twin's."""
NAME: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,149}")
"""One step of a path: it can neither leave the folder nor be hidden."""
PART: Final = ".part"


class Folder:
    """The files under one folder, by their paths from it, written with slashes."""

    def __init__(self, root: Path) -> None:
        """Keep the files in ``root``; it is made when the first is written."""
        self.root = root

    def put(self, path: str, content: bytes) -> bool:
        """Write a file so that a reader sees the old or the new one, never half; says whether it was another before.

        Raises OSError when it cannot be written, ValueError for a path that could leave the folder.
        """
        file = self._file(path)
        if _read(file) == content:
            return False
        part = file.with_name(f".{secrets.token_hex(8)}{PART}")
        try:
            _write(part, content)
            _replace(part, file)
        except OSError:
            part.unlink(missing_ok=True)
            raise
        return True

    def drop(self, path: str) -> bool:
        """Remove a file, and the folders that are empty then; says whether it was there."""
        return self._remove(self._file(path))

    def sizes(self) -> dict[str, int]:
        """Every file with its length in bytes; the parts of what was being written are removed on the way."""
        return {file.relative_to(self.root).as_posix(): file.stat().st_size for file in self._files()}

    def sweep(self, known: Callable[[str], bool]) -> int:
        """Remove every file whose path is not ``known``; gives how many."""
        others = [path for path in self.sizes() if not known(path)]
        for path in others:
            self._remove(self.root / path)
        return len(others)

    def swap(self, into: Path) -> None:
        """Let this folder be the one at ``into``; what stood there is removed once nobody is led to it any more.

        Raises ConflictError where something stands there that is not a twin: nothing of others is ever removed.
        """
        check_ours(into)
        old = into.with_name(f"{into.name}.old-{secrets.token_hex(4)}")
        into.parent.mkdir(parents=True, exist_ok=True)
        if into.exists():
            into.rename(old)
        self.root.rename(into)
        self.root = into
        shutil.rmtree(old, ignore_errors=True)

    def _files(self) -> Iterator[Path]:
        for folder, _, names in os.walk(self.root):
            for name in names:
                file = Path(folder, name)
                if name.startswith(".") and name.endswith(PART):
                    file.unlink(missing_ok=True)
                else:
                    yield file

    def _remove(self, file: Path) -> bool:
        if not file.exists():
            return False
        file.unlink()
        for folder in file.parents:
            if folder == self.root:
                break
            with suppress(OSError):  # it is not empty
                folder.rmdir()
        return True

    def _file(self, path: str) -> Path:
        steps = path.split("/")
        if not all(NAME.fullmatch(step) for step in steps):
            raise ValueError(path)
        return self.root.joinpath(*steps)


def check_ours(folder: Path) -> None:
    """Raise ConflictError unless ``folder`` is a twin's, is empty, or is not there."""
    if not folder.exists():
        return
    names = [item.name for item in folder.iterdir()] if folder.is_dir() else [""]
    if not all(name in ROOMS or FILES.fullmatch(name) for name in names):
        raise ConflictError("twin.not_ours", folder=str(folder))


def _read(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except OSError:
        return None


def _write(part: Path, content: bytes) -> None:
    part.parent.mkdir(parents=True, exist_ok=True)
    part.write_bytes(content)


def _replace(part: Path, file: Path) -> None:
    if file.is_dir() and not file.is_symlink():  # a folder of an older version stands where the file belongs
        shutil.rmtree(file)
    part.replace(file)
