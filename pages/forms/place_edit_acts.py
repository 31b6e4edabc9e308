"""What staff do with a place, each one call of a service."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from portal import clock, editing, freshness, permissions
from portal.errors import InvalidRecordError
from portal.model.kind import EVACUATION_KINDS
from portal.model.mark import Mark
from portal.model.shelter import Opening, ShelterFacts
from portal.permissions import Action

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pages.forms.place_edit_reading import Read
    from pages.forms.reading import Form
    from portal.model.place import Place
    from portal.permissions import Actor
    from portal.store import Store

STANDS_OPEN: Final = frozenset({Opening.OPEN, Opening.FULL})


def clashes(read: Read, place: Place) -> tuple[str, ...]:
    """The fields that were typed anew here and changed by somebody else meanwhile, to another value."""
    return tuple(
        name
        for name, mine in read.values.items()
        if getattr(place.facts, name) not in (getattr(read.began, name), mine)
    )


def save(store: Store, actor: Actor, place: Place, values: Mapping[str, Any]) -> bool:
    """Set the fields that differ; whether there were any. Raises as :func:`portal.editing.edit_as`."""
    anew = {name: value for name, value in values.items() if value != getattr(place.facts, name)}
    if "kind" in anew and anew["kind"] not in {kind.key for kind in store.kinds(place.municipality) if not kind.post}:
        raise InvalidRecordError("place_edit.no_such_kind")
    if anew:
        editing.edit_as(store, actor, place.id, anew, clock.now())
    return bool(anew)


def _take(store: Store, actor: Actor, place: Place, sent: Form, _base: str) -> dict[str, Any]:
    """The source's values again; a position comes with how well it is known."""
    permissions.require(actor, Action.PLACE_EDIT, municipality=place.municipality)
    names = set(sent.all("take")) & place.edited_fields
    if not names:
        raise InvalidRecordError("place_edit.none_chosen")
    if "position" in names:
        names.add("precision")
    now = clock.now()
    editing.take_source(store, place.id, frozenset(names), now.date(), Mark(now, actor.id, Action.PLACE_EDIT))
    return {}


def _verify(store: Store, actor: Actor, place: Place, _sent: Form, _base: str) -> dict[str, Any]:
    freshness.verify(store, actor, place.id, clock.now())
    return {}


def _open(store: Store, actor: Actor, place: Place, sent: Form, _base: str) -> dict[str, Any]:
    """Say whether a shelter is open (開設); since when is noted by itself."""
    wanted = next((one for one in Opening if one == sent.text("opening")), None)
    if wanted is None or place.facts.kind not in EVACUATION_KINDS:
        raise InvalidRecordError("place_edit.no_opening")
    old, now = place.facts.shelter or ShelterFacts(), clock.now()
    since = (old.opened_since or now) if wanted in STANDS_OPEN else None
    new = replace(old, opening=wanted, opened_since=since)
    if new != old:
        editing.edit_as(store, actor, place.id, {"shelter": new}, now)
    return {}


def _ask(store: Store, actor: Actor, place: Place, _sent: Form, base: str) -> dict[str, Any]:
    asked = freshness.ask(store, actor, place.id, clock.now(), base)
    if asked.messages:
        return {"key": "place_edit.asked", "email": ", ".join(message.to for message in asked.messages)}
    return {"key": "place_edit.asked_nobody"}


ACTS: Final[Mapping[str, Callable[[Store, Actor, Place, Form, str], dict[str, Any]]]] = {
    "take": _take,
    "verify": _verify,
    "open": _open,
    "ask": _ask,
}
