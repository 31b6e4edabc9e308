"""Which places nobody made sure of for too long, and who runs them.

Evacuation sites are the office's own duty, events are over by themselves, and samples are nobody's: they are not
asked about.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from portal.groups import letters
from portal.model.group import GroupState
from portal.model.kind import EVACUATION_KINDS, EVENT
from portal.model.place import ContactKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from portal.model.group import Group
    from portal.model.place import Place
    from portal.store import Reader

NOT_ASKED: Final = EVACUATION_KINDS | {EVENT}


@dataclass(frozen=True, slots=True)
class Due:
    """A place that is to be made sure of."""

    place: Place
    last_verified: date | None
    """None where nobody ever did."""
    group: Group | None
    """The registered group that runs it."""
    email: str = ""
    """Where the group is asked; empty where only paper is left."""


def due(store: Reader, municipality: str, today: date, limit_days: int) -> list[Due]:
    """The places past the limit, what was never verified first, then the longest ago.

    What was never verified counts from the day of its import; what was typed in counts from the day of its last edit.
    """
    imported = import_days(store)
    runs = who_runs(store.groups(municipality))
    late = [
        place
        for place in store.places_of(municipality)
        if is_asked(place) and past_limit(place, imported, today, limit_days)
    ]
    late.sort(key=lambda place: (place.verified_on or date.min, place.id))
    return [due_of(store, place, runs.get(place.id)) for place in late]


def past_limit(place: Place, imported: Mapping[str, date], today: date, limit_days: int) -> bool:
    """Whether nobody made sure of a place within the limit; ``imported`` gives the day of each import by its id."""
    since = place.verified_on or imported.get(place.origin.batch) or place.edited_on
    return since is None or since < today - timedelta(days=limit_days)


def import_days(store: Reader) -> dict[str, date]:
    """The day of each import by its id."""
    return {batch.id: batch.done_at.date() for batch in store.batches()}


def is_asked(place: Place) -> bool:
    """Whether a place is one that groups are asked about."""
    return place.gone_on is None and not place.sample and place.facts.kind not in NOT_ASKED


def who_runs(groups: Sequence[Group]) -> dict[str, Group]:
    """The registered group that runs each place, the first of several."""
    active = [group for group in groups if group.state is GroupState.ACTIVE]
    return {place: group for group in reversed(active) for place in group.places}


def due_of(store: Reader, place: Place, group: Group | None) -> Due:
    """The place with who runs it and where they are asked."""
    return Due(place, place.verified_on, group, _email(store, group) if group else "")


def _email(store: Reader, group: Group) -> str:
    """Of the first who owns the group, else the mail address among its contacts."""
    addresses = [account.email for account in letters.owners(store, group.id)]
    addresses += [item.value for item in group.contacts if item.kind is ContactKind.EMAIL]
    return next(iter(addresses), "")
