"""What a list of changes comes to: per key the last one counts, and what hangs on a dropped place or post goes too."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from portal.model.listing import Listing
from portal.model.membership import Membership
from portal.model.place import Place
from portal.model.post import Post
from portal.store import Put, key_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from portal.store import Change, Drop, Record

Key = tuple[str, ...]


@dataclass(slots=True)
class Settled:
    """The same end as the changes one after the other: first the drops, then the puts."""

    dropped_places: dict[str, None] = field(default_factory=dict)
    """Ids of places and posts that were dropped at some point: what memberships and occurrences they had is removed."""
    drops: dict[type[Record], dict[Key, None]] = field(default_factory=lambda: defaultdict(dict))
    puts: dict[type[Record], dict[Key, Record]] = field(default_factory=lambda: defaultdict(dict))
    layers_put: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Layers of the memberships that were put so far, by place."""


def settle(changes: Iterable[Change]) -> Settled:
    """The drops and puts that the changes come to, in their order."""
    settled = Settled()
    for change in changes:
        if isinstance(change, Put):
            _put(settled, change.record)
        else:
            _drop(settled, change)
    return settled


def _put(settled: Settled, record: Record) -> None:
    key = key_of(record)
    settled.puts[type(record)][key] = record
    if isinstance(record, Membership):
        settled.layers_put[record.place].add(record.layer)


def _drop(settled: Settled, change: Drop) -> None:
    settled.puts[change.type].pop(change.key, None)
    settled.drops[change.type][change.key] = None
    if change.type is Post:
        settled.puts[Listing].pop(change.key, None)
        settled.drops[Listing][change.key] = None
    if change.type in (Place, Post):
        (place,) = change.key
        settled.dropped_places[place] = None
        for layer in settled.layers_put.pop(place, ()):
            settled.puts[Membership].pop((place, layer), None)
