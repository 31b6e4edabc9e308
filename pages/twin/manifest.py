"""What the twin is made of: each file with what it depends on, kept outside the folder that is served.

It is on the disk only while nobody changes the twin: a portal that was killed finds none and compares everything.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from portal.settings import Settings
    from portal.store import Reader

FILE: Final = "site-manifest.json.gz"
SOURCES: Final = ("pages", "portal", "geodata", "db")
ROOT: Final = Path(__file__).parents[2]
SUFFIXES: Final = frozenset({".py", ".html", ".css", ".js", ".toml", ".sql", ".svg", ".json"})


class Entry(NamedTuple):
    """One file of the twin."""

    tags: frozenset[str]
    """Of :mod:`pages.plain.tags`."""
    size: int
    """Bytes."""


@dataclass(slots=True)
class Manifest:
    """All files of a twin, as of one state of the store, the settings and the code, on one day."""

    state: str
    day: str
    entries: dict[str, Entry] = field(default_factory=dict)
    """By path, as of :func:`pages.plain.paths.path`."""


def state(store: Reader, settings: Settings) -> str:
    """A text that differs wherever pages may differ on the same day: after a change, with other settings or code."""
    said = f"{store.data_version()}\n{settings!r}\n{_code()}"
    return hashlib.sha256(said.encode()).hexdigest()


def save(file: Path, manifest: Manifest) -> None:
    """Keep it for the next start."""
    files = {path: [*sorted(entry.tags), entry.size] for path, entry in manifest.entries.items()}
    said = {"state": manifest.state, "day": manifest.day, "files": files}
    part = file.with_name(file.name + ".part")
    part.write_bytes(gzip.compress(json.dumps(said, ensure_ascii=False).encode(), 5, mtime=0))
    part.replace(file)


def take(file: Path, state_now: str) -> Manifest | None:
    """What was kept, where it still holds; the file is removed, as whoever takes it goes on to change the twin."""
    try:
        said = json.loads(gzip.decompress(file.read_bytes()))
        entries = {path: Entry(frozenset(of[:-1]), int(of[-1])) for path, of in said["files"].items()}
        found = Manifest(str(said["state"]), str(said["day"]), entries)
    except (OSError, EOFError, ValueError, KeyError, TypeError, IndexError, AttributeError):
        found = None
    file.unlink(missing_ok=True)
    return found if found and found.state == state_now else None


def day_text(day: date) -> str:
    """A day as it is kept."""
    return day.isoformat()


@cache
def _code() -> str:
    """A digest of everything that pages are made with."""
    files = sorted(
        file for room in SOURCES for file in (ROOT / room).rglob("*") if file.suffix in SUFFIXES and file.is_file()
    )
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.relative_to(ROOT).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()
