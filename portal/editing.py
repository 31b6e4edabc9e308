"""A field of a place set by hand, laid over what its source says; and a place made sure of."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, Final

from portal.assigning import memberships
from portal.errors import InvalidRecordError, UnknownThingError
from portal.laying_out import lay_out
from portal.model.place import Place, PlaceFacts
from portal.records import read_field
from portal.store import Put

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from portal.store import Store

EDITABLE: Final = frozenset(item.name for item in fields(PlaceFacts)) - {"extra"}


def edit(store: Store, place_id: str, values: Mapping[str, Any], today: date) -> Place:
    """Set fields of :class:`PlaceFacts` by hand and return the place as it is kept now.

    Later imports leave these fields alone and keep the source's values beside them. Raises UnknownThingError for no
    such place, InvalidRecordError for a field that cannot be edited or a value that cannot be true.
    """
    old = _place(store, place_id)
    for name in values:
        if name not in EDITABLE:
            raise InvalidRecordError("editing.no_such_field", field=name, choices=", ".join(sorted(EDITABLE)))
    new = replace(
        old,
        facts=replace(old.facts, **values),
        edited_fields=old.edited_fields | frozenset(values),
        edited_on=today,
    )
    return _keep(store, new, today)


def read_value(field: str, text: str) -> Any:  # noqa: ANN401  # a field's own type
    """A value for ``field`` from what somebody typed: plain text, or JSON for what is not a text.

    Raises InvalidRecordError for a field that cannot be edited and a value that cannot be read.
    """
    if field not in EDITABLE:
        raise InvalidRecordError("editing.no_such_field", field=field, choices=", ".join(sorted(EDITABLE)))
    try:
        return read_field(PlaceFacts, field, text)
    except (ValueError, TypeError, KeyError):
        raise InvalidRecordError("editing.unreadable", field=field, value=text) from None


def take_source(store: Store, place_id: str, names: frozenset[str], today: date) -> Place:
    """Give these fields back to the source: its values are shown again, and imports change them again."""
    old = _place(store, place_id)
    kept = old.edited_fields - names
    facts = replace(old.source_facts, **{name: getattr(old.facts, name) for name in kept})
    return _keep(store, replace(old, facts=facts, edited_fields=kept, edited_on=today), today)


def verify(store: Store, place_id: str, who: str, today: date) -> Place:
    """Note that somebody made sure of a place today; nothing else changes."""
    new = replace(_place(store, place_id), verified_on=today, verified_by=who)
    store.apply([Put(new)])
    return new


def _place(store: Store, place_id: str) -> Place:
    found = store.place(place_id)
    if found is None:
        raise UnknownThingError("looking.no_such_place", id=place_id)
    return found


def _keep(store: Store, place: Place, today: date) -> Place:
    store.apply([Put(place), *map(Put, memberships(store, [place], today))])
    lay_out(store, [place], today)
    return place
