"""A field of a place set by hand, laid over what its source says; and a place made sure of."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, Final

from portal import listing, permissions
from portal.assigning import memberships
from portal.errors import InvalidRecordError, UnknownThingError
from portal.laying_out import lay_out
from portal.model.mark import Mark
from portal.model.place import Place, PlaceFacts
from portal.model.position import Precision
from portal.permissions import Action
from portal.records import read_field
from portal.store import Put, expected

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from portal.permissions import Actor
    from portal.store import Change, Reader, Store

EDITABLE: Final = frozenset(item.name for item in fields(PlaceFacts)) - {"extra"}
LISTED: Final = ("name", "name_kana", "name_en", "address", "position", "precision")
"""What the posts at a place are found by, too."""


def edit(store: Store, place_id: str, values: Mapping[str, Any], today: date, mark: Mark | None = None) -> Place:
    """Set fields of :class:`PlaceFacts` by hand and return the place as it is kept now.

    Later imports leave these fields alone and keep the source's values beside them. Raises UnknownThingError for no
    such place, InvalidRecordError for a field that cannot be edited or a value that cannot be true, StaleEditError
    where somebody else changed the place at the same moment.
    """
    old = wanted(store, place_id)
    return _keep(store, old, with_values(old, values, today), today, mark)


def edit_as(store: Store, actor: Actor, place_id: str, values: Mapping[str, Any], now: datetime) -> Place:
    """The same by somebody who is signed in; raises ForbiddenError and NotSignedInError, too."""
    permissions.require(actor, Action.PLACE_EDIT, municipality=wanted(store, place_id).municipality)
    return edit(store, place_id, values, now.date(), Mark(now, actor.id, Action.PLACE_EDIT))


def edit_changes(store: Reader, place_id: str, values: Mapping[str, Any], today: date) -> tuple[Place, list[Change]]:
    """The place as an edit would leave it, and the changes that do it, for a transaction with more in it.

    Whoever applies them lays the place out anew (:func:`portal.laying_out.lay_out`). Raises as :func:`edit`.
    """
    old = wanted(store, place_id)
    new = with_values(old, values, today)
    return new, _changes(store, old, new, today)


def with_values(place: Place, values: Mapping[str, Any], today: date) -> Place:
    """``place`` with fields set by hand; a pin set by hand is exact unless something else is said.

    Raises InvalidRecordError for a field that cannot be edited or a value that cannot be true.
    """
    for name in values:
        if name not in EDITABLE:
            raise InvalidRecordError("editing.no_such_field", field=name, choices=", ".join(sorted(EDITABLE)))
    given = dict(values)
    if "position" in given and "precision" not in given:
        given["precision"] = Precision.NONE if given["position"] is None else Precision.EXACT
    return replace(
        place,
        facts=replace(place.facts, **given),
        edited_fields=place.edited_fields | frozenset(given),
        edited_on=today,
    )


def wanted(store: Reader, place_id: str) -> Place:
    """The place as it is kept now; raises UnknownThingError where there is none."""
    found = store.place(place_id)
    if found is None:
        raise UnknownThingError("looking.no_such_place", id=place_id)
    return found


def read_value(field: str, text: str) -> Any:  # noqa: ANN401  # a field's own type
    """A value for ``field`` from what somebody typed: plain text, or JSON for what is not a text.

    Raises InvalidRecordError for a field that cannot be edited and a value that cannot be read.
    """
    if field not in EDITABLE:
        raise InvalidRecordError("editing.no_such_field", field=field, choices=", ".join(sorted(EDITABLE)))
    try:
        return read_field(PlaceFacts, field, text)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise InvalidRecordError("editing.unreadable", field=field, value=text) from None


def take_source(store: Store, place_id: str, names: frozenset[str], today: date, mark: Mark | None = None) -> Place:
    """Give these fields back to the source: its values are shown again, and imports change them again."""
    old = wanted(store, place_id)
    kept = old.edited_fields - names
    facts = replace(old.source_facts, **{name: getattr(old.facts, name) for name in kept})
    return _keep(store, old, replace(old, facts=facts, edited_fields=kept, edited_on=today), today, mark)


def verify(store: Store, place_id: str, who: str, today: date, mark: Mark | None = None) -> Place:
    """Note that somebody made sure of a place today; nothing else changes."""
    old = wanted(store, place_id)
    new = verified(old, who, today)
    store.apply([Put(new)], mark, [expected(old)])
    return new


def verified(place: Place, who: str, today: date) -> Place:
    """``place``, made sure of by ``who``."""
    return replace(place, verified_on=today, verified_by=who)


def _changes(store: Reader, before: Place, after: Place, today: date) -> list[Change]:
    """The place, the districts that it lies in, and what the posts there are found by."""
    moved = any(getattr(before.facts, name) != getattr(after.facts, name) for name in LISTED)
    listed = listing.follow_place(store, after, today) if moved else []
    return [Put(after), *map(Put, memberships(store, [after], today)), *listed]


def _keep(store: Store, before: Place, after: Place, today: date, mark: Mark | None) -> Place:
    store.apply(_changes(store, before, after, today), mark, [expected(before)])
    lay_out(store, [after], today)
    return after
