"""A table that the office takes along and sends back: what it would change, and the taking over.

Each sort of record (standards, indicators) has its own reading and its own words; the rest is the same for all.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple

from pages.review.standards_compared import Look, findings, looked
from portal import clock
from portal.errors import InvalidRecordError, StaleEditError
from portal.records import digest, to_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from pages.review.standards_compared import Told
    from portal.model.finding import Finding
    from portal.permissions import Actor
    from portal.store import Reader, Store


class Intake(NamedTuple):
    """What was read of a file."""

    records: Sequence[Any]
    """Each has a ``key`` by which the one that is kept is found."""
    findings: Sequence[Finding]
    read: int
    """Lines."""


class Sort(NamedTuple):
    """One sort of record."""

    name: str
    """In the addresses ``/<name>/file`` and ``/<name>/csv``, and in the file's name."""
    title: str
    """The phrase of the first step."""
    listed: str
    """The address where the records stand when they are taken over."""
    to_list: str
    """The phrase of the link there."""
    kept: Callable[[Reader, str], Sequence[Any]]
    write: Callable[[Reader, str], bytes]
    read: Callable[[Store, str, Path], Intake]
    teller: Callable[[Reader, str, str], Callable[[Any], Told]]
    """For a municipality and a language: all that a record says, its name and what it is about first."""
    put: Callable[[Store, Actor, str, Sequence[Any], datetime], int]


@dataclass(frozen=True, slots=True)
class Kept:
    """A file as it was read, until it is taken over."""

    name: str
    code: str
    intake: Intake


def read(store: Store, sort: Sort, code: str, data: bytes) -> Intake:
    """Read the file under a name of ours: what somebody called it is no path."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "table"
        path.write_bytes(data)
        return sort.read(store, code, path)


def foreseen(store: Reader, sort: Sort, kept: Kept, language: str) -> tuple[Look, str]:
    """What the file would change, and a short text that differs after every change of what is kept."""
    known = sort.kept(store, kept.code)
    before, after = ({one.key: one for one in records} for records in (known, kept.intake.records))
    changes = looked(before, after, sort.teller(store, kept.code, language))
    look = Look(kept.intake.read, *findings(kept.intake.findings, language), *changes)
    return look, digest("".join(to_text(one) for one in known))


def take(store: Store, sort: Sort, actor: Actor, kept: Kept, seen: str) -> int:
    """Take the file over as it was looked at; gives how many records are new or changed.

    Raises StaleEditError where something was changed since, InvalidRecordError where a line is refused or nothing new.
    """
    look, now = foreseen(store, sort, kept, "ja")
    if now != seen:
        raise StaleEditError("review_standards.changed_since")
    if not look.takes:
        raise InvalidRecordError("review_standards.mend_first")
    return sort.put(store, actor, kept.code, kept.intake.records, clock.now())
