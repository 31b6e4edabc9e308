"""One public record as open data tells of it: a place, or a post of a group, in the same form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from portal.model.group import Group
    from portal.model.kind import Kind
    from portal.model.municipality import Municipality
    from portal.model.place import Place, PlaceFacts
    from portal.model.source import Source


@dataclass(frozen=True, slots=True)
class Entry:
    """A record with what belongs to it; nothing in it is for staff alone."""

    id: str
    town: Municipality
    kind: Kind
    facts: PlaceFacts
    """What is public of it; of a post the same, put into the fields of a place."""
    page: str
    """The whole address of its public page."""
    post: bool = False
    sample: bool = False
    """見本."""
    cancelled: bool = False
    """The whole post is called off (中止)."""
    reason: str = ""
    """Why it is called off."""
    verified_on: date | None = None
    record: str = ""
    """The source's own id, where it was imported."""
    source: Source | None = None
    group: Group | None = None
    """The registered group that posts it; None for places, and always for help between residents."""
    place: Place | None = None
    """The place that a post names."""
    venue: str = ""
    """Name of the spot or the room of a post."""
    online: bool = False
    online_url: str = ""
    area: str = ""
    """The district of a post that says no more."""
    seats: int | None = None
    booking_until: date | None = None
    languages: frozenset[str] = frozenset()
    """BCP 47."""
    modified: datetime | None = None
    """When it was last changed, as far as that is known to the second."""
    changed_on: date | None = None
    """The last day on which it was edited or verified; its hour is not kept."""
