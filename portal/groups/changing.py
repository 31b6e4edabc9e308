"""What a group says of itself, changed by its owner or by the office."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from portal import listing
from portal.errors import ForbiddenError, InvalidRecordError, StaleEditError
from portal.groups import applying, checks, seeing
from portal.model.account import read_email
from portal.model.mark import Mark
from portal.permissions import Action, Role, role_of
from portal.store import Put, expected

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from portal.model.group import Group
    from portal.permissions import Actor
    from portal.store import Store

TIDIED: Final[Mapping[str, Callable[[Any], Any]]] = {
    "name": checks.line,
    "name_kana": checks.line,
    "about": checks.paragraphs,
    "district": str,
    "contacts": checks.contacts,
    "places": tuple,
    "applicant": checks.line,
    "applicant_email": lambda text: read_email(text) if text.strip() else "",
}
"""The fields that can be edited, each with what is done to a value first."""
OF_THE_OFFICE: Final = frozenset({"name", "name_kana", "places", "applicant", "applicant_email"})
"""What only the office changes: the name that it registered, and the places that a group may speak for."""


def edit(  # noqa: PLR0913, PLR0917  # which version of what is changed to what, by whom and when
    store: Store, actor: Actor, group_id: str, based_on: int, values: Mapping[str, Any], now: datetime
) -> Group:
    """Change fields of the version ``based_on`` and return the group as it is kept now.

    Saying the same again changes nothing. Raises StaleEditError when somebody changed it since, ForbiddenError for
    a field that only the office changes, InvalidRecordError and UnknownThingError for what cannot be kept.
    """
    old = seeing.wanted(store, actor, group_id, Action.GROUP_EDIT)
    if old.number != based_on:
        raise StaleEditError("grouping.changed_since", name=old.name)
    _check_fields(actor, old, values)
    tidy = {name: TIDIED[name](value) for name, value in values.items()}
    new = replace(old, **tidy)
    if new == old:
        return old
    _check(store, old, new)
    new = replace(new, number=old.number + 1)
    # The group's posts are found by its name, too.
    listed = (
        listing.follow_group(store, new, now.date()) if (new.name, new.name_kana) != (old.name, old.name_kana) else []
    )
    store.apply([Put(new), *listed], Mark(now, actor.id, Action.GROUP_EDIT), [expected(old)])
    return new


def _check_fields(actor: Actor, group: Group, values: Mapping[str, Any]) -> None:
    for name in values:
        if name not in TIDIED:
            raise InvalidRecordError("grouping.no_such_field", field=name)
    if role_of(actor, group=group) is Role.OWNER and OF_THE_OFFICE & set(values):
        raise ForbiddenError("grouping.of_the_office")


def _check(store: Store, old: Group, new: Group) -> None:
    if not new.about:
        raise InvalidRecordError("grouping.no_about")
    if new.name != old.name:
        applying.check_name(store, new.municipality, new.name, new.id)
    checks.check_district(store, new.municipality, new.district)
    checks.check_places(store, new.municipality, new.places)
