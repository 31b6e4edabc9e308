"""What a record was after each of its changes, what differs between two of them, and going back to an earlier one."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from portal import laying_out, listing
from portal.assigning import memberships
from portal.errors import UnknownThingError
from portal.model.group import Group
from portal.model.municipality import Municipality
from portal.model.place import Place
from portal.model.post import Post
from portal.records import from_text
from portal.store import Put, expected, key_of, unused

if TYPE_CHECKING:
    from datetime import date

    from portal.model.mark import Mark
    from portal.model.version import Version
    from portal.store import Change, Reader, Record, Store

T = TypeVar("T", Place, Post, Group, Municipality)
"""The types of :data:`portal.store.HISTORY`."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that is not the same in two versions."""

    field: str
    """Name of the field; one of the facts is ``facts.name``."""
    before: Any
    after: Any


def versions(store: Reader, wanted: type[Record], key: tuple[str, ...]) -> list[Version]:
    """Every version of a record of a type in :data:`portal.store.HISTORY`, the newest first."""
    return store.history(wanted, key)


def record_of(wanted: type[T], version: Version) -> T | None:
    """The record as it was after that change; None where it was removed."""
    return from_text(wanted, version.data) if version.data else None


def differences(old: object, new: object) -> list[Difference]:
    """The fields that differ, in their order; those of facts one by one. None is a record that is not there."""
    kind_of = type(old if old is not None else new)
    found = []
    for name in _names(kind_of):
        before, after = getattr(old, name, None), getattr(new, name, None)
        if before != after:
            found += _inside(name, before, after)
    return found


def go_back(store: Store, wanted: type[T], key: tuple[str, ...], entry: int, mark: Mark) -> T:
    """Keep the record again as it was after entry ``entry``, with all that hangs on it; the history goes on.

    Raises UnknownThingError where there is no such version or the record was removed by it, StaleEditError where
    somebody changes it at the same moment.
    """
    known = store.history(wanted, key)
    chosen = next((version for version in known if version.entry == entry and version.data), None)
    if chosen is None:
        raise UnknownThingError("history.no_such_version", entry=entry)
    record: T = from_text(wanted, chosen.data)
    now_there = record_of(wanted, known[0])
    expect = expected(now_there) if now_there is not None else unused(wanted, *key_of(record))
    today: date = mark.at.date()
    store.apply([Put(record), *_beside(store, record, today)], mark, [expect])
    _lay_out(store, record, today)
    return record


def _beside(store: Reader, record: Record, today: date) -> list[Change]:
    """What has to be written with a record that changes."""
    if isinstance(record, Place):
        return [*map(Put, memberships(store, [record], today)), *listing.follow_place(store, record, today)]
    if isinstance(record, Post):
        return listing.changes(store, record, today)
    if isinstance(record, Group):
        return listing.follow_group(store, record, today)
    return []


def _lay_out(store: Store, record: Record, today: date) -> None:
    if isinstance(record, Place):
        laying_out.lay_out(store, [record], today)
    elif isinstance(record, Post):
        laying_out.lay_out_posts(store, [record], today)


def _inside(name: str, before: object, after: object) -> list[Difference]:
    """The difference of one field; that of two sets of facts is one of each of their fields."""
    if not (is_dataclass(before) and type(before) is type(after) and name.endswith("facts")):
        return [Difference(name, before, after)]
    pairs = ((item, getattr(before, item), getattr(after, item)) for item in _names(type(before)))
    return [Difference(f"{name}.{item}", old, new) for item, old, new in pairs if old != new]


def _names(kind_of: type) -> list[str]:
    return [item.name for item in fields(kind_of)] if is_dataclass(kind_of) else []
