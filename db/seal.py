"""The seal of a store that was closed: the SHA-256 of its file, and how far its journal went.

While it is there, not one bit of the file may differ. It is taken off before the file is opened, so a store without
one was not closed as it should be, and is looked through instead.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from db.journal_file import sync_folder, write_synced
from portal.errors import StoreDamagedError

if TYPE_CHECKING:
    from io import BufferedIOBase
    from pathlib import Path

    from portal.journal.entry import Head


@dataclass(frozen=True, slots=True)
class Seal:
    """What was so when the store was closed."""

    sha256: str
    """Of the store's file, 64 hex digits."""
    seq: int
    head: str
    """Number and hash of the journal's last entry."""


def seal_of(store: Path) -> Path:
    """Where the seal of a store lies."""
    return store.with_name(f"{store.name}.seal")


def log_of(store: Path) -> Path:
    """Where DuckDB keeps what is not in the store's file yet."""
    return store.with_name(f"{store.name}.wal")


def seal(store: Path, head: Head) -> None:
    """Seal a file that was let go of; where it cannot be done, it is looked through at the next opening.

    Nobody else can open the file meanwhile: it is locked as DuckDB locks it.
    """
    with suppress(OSError), store.open("r+b") as content:
        fcntl.lockf(content, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if not log_of(store).exists():
            write_synced(seal_of(store), _text(Seal(_sha256(content), head.seq, head.hash)))


def sealed(store: Path) -> Seal | None:
    """The seal of a file that nobody holds, None where there is none.

    Raises StoreDamagedError when the file is not what was sealed.
    """
    if not seal_of(store).exists():
        return None
    said = read(store)
    if said is None or not store.exists() or log_of(store).exists() or sha256_of(store) != said.sha256:
        if not seal_of(store).exists():
            return None  # another process has opened the store meanwhile
        raise StoreDamagedError("journal.seal_broken", file=store.name)
    return said


def unseal(store: Path) -> None:
    """Take the seal off; on the disk before anything else is done."""
    path = seal_of(store)
    if path.exists():
        path.unlink(missing_ok=True)
        sync_folder(path.parent)


def read(store: Path) -> Seal | None:
    """What the seal says; None where there is none, or what is no seal."""
    try:
        text = seal_of(store).read_bytes()
        said = Seal(**json.loads(text))
    except (OSError, ValueError, TypeError):
        return None
    return said if _text(said) == text else None


def sha256_of(file: Path) -> str:
    """The SHA-256 of a file's content as 64 hex digits."""
    with file.open("rb") as content:
        return _sha256(content)


def _sha256(content: BufferedIOBase) -> str:
    return hashlib.file_digest(content, "sha256").hexdigest()


def _text(said: Seal) -> bytes:
    return json.dumps(asdict(said)).encode() + b"\n"
