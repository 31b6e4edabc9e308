"""Records as open data tells of them, and files of them written and read again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from geodata.open_entry import Entry
from portal.model.kind import Kind, Shape
from portal.model.place import Contact, ContactKind
from tests import town

if TYPE_CHECKING:
    from pathlib import Path

    from portal.model.place import PlaceFacts

TOWN: Final = town.municipality("27390")
"""The invented town under a code that a municipality of 大阪府 could have: readers know the prefectures."""
EVENT: Final = Kind("event", "行事・催し", "Event", "#444444", Shape.CIRCLE, "催")
KINDS: Final = {kind.key: kind for kind in (*town.KINDS, EVENT)}
KIND_NAMES: Final = {name: kind.key for kind in KINDS.values() for name in (kind.key, kind.ja, kind.en.casefold())}


def entry(facts: PlaceFacts, record_id: str = "p1", **values: Any) -> Entry:
    """A public record of the invented town."""
    page = f"https://ibasho.example/ja/{TOWN.code}/place/{record_id}/"
    return Entry(record_id, TOWN, KINDS[facts.kind], facts, page, **values)


def shown(kind: ContactKind, value: str, note: str = "") -> Contact:
    """A public way to get in touch."""
    return Contact(kind, value, public=True, note=note)


def put(folder: Path, name: str, content: bytes) -> Path:
    """The written bytes as a file."""
    path = folder / name
    path.write_bytes(content)
    return path
