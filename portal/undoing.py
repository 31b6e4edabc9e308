"""Taking an import back: every record as it was before, in one transaction."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from portal import listing, post_districts
from portal.assigning import memberships
from portal.errors import ConflictError, UnknownThingError
from portal.importing.places import with_edits
from portal.laying_out import lay_out
from portal.model.district import District
from portal.model.mark import CONSOLE, Mark
from portal.model.place import Place
from portal.model.post import PUBLIC
from portal.records import digest, from_text, to_text
from portal.store import KEY_FIELDS, Drop, Put

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from portal.model.batch import Batch, BatchItem
    from portal.store import Change, Record, Store

TYPES: dict[str, type[Record]] = {kind.__name__: kind for kind in KEY_FIELDS}


def undo(store: Store, batch_id: str, now: datetime, who: str = CONSOLE) -> Batch:
    """Take the import ``batch_id`` back and return it as it is kept now; ``who`` stands in the journal.

    Edits by hand that were made since stay on the records that were there before. Raises UnknownThingError for no
    such import; ConflictError when it was taken back already, when a later import changed the same records, or when
    a record that it brought was edited by hand since.
    """
    batch = next((item for item in store.batches() if item.id == batch_id), None)
    if batch is None:
        raise UnknownThingError("undoing.no_such_batch", batch=batch_id)
    if batch.undone_at:
        raise ConflictError("undoing.already", batch=batch_id, at=f"{batch.undone_at:%Y-%m-%d %H:%M}")
    later = store.later_batches(batch_id)
    if later:
        raise ConflictError("undoing.later_first", batch=batch_id, later=", ".join(later))
    undone = replace(batch, undone_at=now)
    changes, touched = _changes(store, batch_id)
    follow = listing.follow_places(store, touched, now.date())
    store.apply([*changes, *follow, *_reassigned(store, touched, changes, now), Put(undone)], Mark(now, who, "undo"))
    lay_out(store, touched, now.date())
    return undone


def _changes(store: Store, batch_id: str) -> tuple[list[Change], list[Place]]:
    """What to put back or remove, and the places among it as they will be."""
    items = store.batch_items(batch_id)
    current = _current(store, items)
    changes: list[Change] = []
    places: list[Place] = []
    for item in items:
        kind = TYPES[item.record]
        now_there = current.get((item.record, item.key))
        before = from_text(kind, item.before) if item.before else None
        before = _with_later_marks(before, now_there, item)
        if before is None:
            changes.append(Drop(kind, tuple(item.key.split("/"))))
        else:
            changes.append(Put(before))
            places.extend([before] if isinstance(before, Place) else [])
    return changes, places


def _with_later_marks(before: Record | None, now_there: Record | None, item: BatchItem) -> Record | None:
    """``before`` with the hand edits and verifications that came after the import."""
    if now_there is None or digest(to_text(now_there)) == item.after:
        return before
    if not isinstance(now_there, Place) or not isinstance(before, Place):
        raise ConflictError("undoing.edited_since", record=item.key)
    return replace(
        before,
        facts=with_edits(before.source_facts, now_there),
        edited_fields=now_there.edited_fields,
        edited_on=now_there.edited_on,
        verified_on=now_there.verified_on,
        verified_by=now_there.verified_by,
    )


def _current(store: Store, items: Sequence[BatchItem]) -> dict[tuple[str, str], Record]:
    """The records of the items as they are now; only those that may have been edited since are looked up."""
    ids = [item.key for item in items if item.record == Place.__name__]
    return {(Place.__name__, place.id): place for place in store.places(ids)}


def _reassigned(store: Store, touched: Sequence[Place], changes: Sequence[Change], now: datetime) -> list[Put]:
    """The memberships after the change: of the touched places, and of all where districts change."""
    today = now.date()
    found = list(memberships(store, touched, today))
    for code, layer in sorted({pair for change in changes for pair in _layer_of(store, change)}):
        coming = {item.id: item for item in store.districts(code, layer)}
        for change in changes:
            if (code, layer) in _layer_of(store, change):
                _follow(coming, change)
        ordered = sorted(coming.values(), key=lambda item: item.id)
        posts = store.posts_in(sorted(PUBLIC), code)
        every = memberships(store, store.places_of(code), today, {layer: ordered})
        of_posts = post_districts.memberships(store, posts, today, {layer: ordered})
        found.extend(item for item in chain(every, of_posts) if item.layer == layer)
    return [Put(item) for item in found]


def _layer_of(store: Store, change: Change) -> list[tuple[str, str]]:
    """Municipality and layer whose districts a change touches; none for other records."""
    if isinstance(change, Put) and isinstance(change.record, District):
        return [(change.record.municipality, change.record.layer)]
    if isinstance(change, Drop) and change.type is District:
        there = store.district(change.key[0])
        return [(there.municipality, there.layer)] if there else []
    return []


def _follow(coming: dict[str, District], change: Change) -> None:
    if isinstance(change, Drop):
        coming.pop(change.key[0], None)
    elif isinstance(change.record, District):
        coming[change.record.id] = change.record
