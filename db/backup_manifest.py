"""What a backup says of itself: which files it is made of, and the digest of each."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from db.journal_file import write_synced
from portal.errors import ConflictError, StoreDamagedError

if TYPE_CHECKING:
    from pathlib import Path

MANIFEST: Final = "manifest.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """A backup is what its manifest names; it is replaced last, so that an unfinished backup leaves the one before."""

    at: str
    """When it was made, ISO 8601."""
    entries: int
    head: str
    """Number and hash of the journal's last entry."""
    folder: str
    """Name of the folder in which store and journal are."""
    files: dict[str, str]
    """SHA-256 of each file of that folder, by name."""
    photos: list[str]
    """Names of the photos, each the SHA-256 of its content."""


def write_manifest(folder: Path, said: Manifest) -> None:
    """Put the manifest into a backup's folder, in the place of the one before."""
    write_synced(folder / MANIFEST, _text(said))


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest of a backup; None for an empty folder and for one that is not there.

    Raises ConflictError for a folder that holds something else, StoreDamagedError for a manifest that was changed.
    """
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return None
    try:
        text = (folder / MANIFEST).read_bytes()
    except OSError:
        raise ConflictError("backup.not_empty", folder=str(folder)) from None
    try:
        values = json.loads(text)
        del values["sha256"]
        said = Manifest(**values)
    except (ValueError, TypeError, KeyError):
        raise StoreDamagedError("backup.damaged", file=MANIFEST) from None
    if _text(said) != text:
        raise StoreDamagedError("backup.damaged", file=MANIFEST)
    return said


def _text(said: Manifest) -> bytes:
    values = asdict(said)
    plain = json.dumps(values, sort_keys=True).encode()
    return json.dumps(values | {"sha256": hashlib.sha256(plain).hexdigest()}, indent=1).encode() + b"\n"
