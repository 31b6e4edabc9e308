"""The standards of a municipality changed by its staff: put, put aside, taken up again, put in order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from portal import permissions
from portal.errors import ConflictError, InvalidRecordError, UnknownThingError
from portal.model.mark import CONSOLE, Mark
from portal.model.place import NAME_MAX
from portal.model.standard import Standard
from portal.permissions import Action
from portal.store import Put, expected, unused

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from portal.permissions import Actor
    from portal.store import Expected, Reader, Store

MOST_STANDARDS: Final = 200
"""More than a plan ever asks for; each costs a column of the matrix."""
LONGEST_KEY: Final = 36


def put(store: Store, actor: Actor, new: Standard, read: Standard | None, now: datetime) -> Standard:
    """Keep a standard: a new one where ``read`` is None, else in the stead of ``read``, as the editor saw it.

    Raises NotSignedInError, ForbiddenError, UnknownThingError for no such layer, kind or goal, InvalidRecordError,
    ConflictError for too many, StaleEditError where somebody else changed it meanwhile or the key is taken.
    """
    permissions.require(actor, Action.STANDARD_EDIT, new.municipality)
    check(store, new)
    new = _as_kept(new)
    if read is not None and (read.municipality, read.key) != (new.municipality, new.key):
        raise InvalidRecordError("coverage.key_stays")
    if read is None:
        _check_room(store, new.municipality, 1)
    store.apply([Put(new)], _mark(actor, now), [expected(read) if read else _none_yet(new)])
    return new


def remove(store: Store, actor: Actor, read: Standard, now: datetime) -> Standard:
    """Put a standard aside: it is counted nowhere, and kept so that a built-in one does not come back by itself.

    Raises as :func:`put`.
    """
    return put(store, actor, replace(read, off=True), read, now)


def take_up(store: Store, actor: Actor, read: Standard, now: datetime) -> Standard:
    """Count a standard again that was put aside. Raises as :func:`put`."""
    return put(store, actor, replace(read, off=False), read, now)


def reorder(store: Store, actor: Actor, read: Sequence[Standard], keys: Sequence[str], now: datetime) -> None:
    """Put the standards of a municipality, as they were read, into the order of ``keys``; others come after them.

    Raises NotSignedInError, ForbiddenError, UnknownThingError for a key that is not among them, StaleEditError where
    somebody else changed one meanwhile.
    """
    for code in sorted({item.municipality for item in read}):
        permissions.require(actor, Action.STANDARD_EDIT, code)
    known = {item.key: item for item in read}
    if wrong := next((key for key in keys if key not in known), ""):
        raise UnknownThingError("coverage.no_such_standard", key=wrong)
    wanted = [known[key] for key in dict.fromkeys([*keys, *known])]
    moved = [(item, replace(item, order=order)) for order, item in enumerate(wanted) if item.order != order]
    if moved:
        store.apply([Put(new) for _, new in moved], _mark(actor, now), [expected(old) for old, _ in moved])


def put_all(store: Store, actor: Actor | None, municipality: str, new: Sequence[Standard], now: datetime) -> int:
    """Keep the standards of a file, all or none, in the stead of those of the same keys; says how many changed.

    Others stay as they are. ``actor`` None is the command line. Raises as :func:`put`, and InvalidRecordError for a
    standard of another municipality.
    """
    if actor is not None:
        permissions.require(actor, Action.STANDARD_EDIT, municipality)
    known = {item.key: item for item in store.standards(municipality)}
    new = [_as_kept(item) for item in new]
    for item in new:
        if item.municipality != municipality:
            raise InvalidRecordError("coverage.of_another", code=item.municipality)
        check(store, item)
    changed = [item for item in new if known.get(item.key) != item]
    _check_room(store, municipality, sum(item.key not in known for item in changed))
    if changed:
        expect = [expected(known[item.key]) if item.key in known else _none_yet(item) for item in changed]
        store.apply(map(Put, changed), _mark(actor, now), expect)
    return len(changed)


def new_key(taken: Iterable[str], standard_kind: str, layer: str) -> str:
    """A key for a new standard that none of the others has: ``ibasho_elementary``, then ``ibasho_elementary_2``."""
    known = set(taken)
    begin = f"{standard_kind}_{layer}"[:LONGEST_KEY]
    return next(key for number in range(1, len(known) + 2) if (key := _numbered(begin, number)) not in known)


def check(store: Reader, standard: Standard) -> None:
    """Refuse a standard for a layer, kind or goal that the municipality does not have, and an over-long name.

    Raises UnknownThingError and InvalidRecordError.
    """
    code = standard.municipality
    if standard.layer not in {item.key for item in store.layers(code)}:
        raise UnknownThingError("coverage.no_such_layer", layer=standard.layer)
    if standard.kind and standard.kind not in {item.key for item in store.kinds(code)}:
        raise UnknownThingError("coverage.no_such_kind", kind=standard.kind)
    if standard.goal and standard.goal not in {item.key for item in store.goals(code)}:
        raise UnknownThingError("coverage.no_such_goal", goal=standard.goal)
    if max(len(standard.name), len(standard.name_en)) > NAME_MAX:
        raise InvalidRecordError("model.name_too_long", most=NAME_MAX)


def _as_kept(standard: Standard) -> Standard:
    """The standard as it comes back from the store: 1 is 1.0 there, and another text to compare by."""
    return replace(standard, at_least=float(standard.at_least))


def _numbered(begin: str, number: int) -> str:
    return begin if number == 1 else f"{begin}_{number}"


def _check_room(store: Reader, municipality: str, more: int) -> None:
    if more and len(store.standards(municipality)) + more > MOST_STANDARDS:
        raise ConflictError("coverage.too_many", most=MOST_STANDARDS)


def _none_yet(new: Standard) -> Expected:
    return unused(Standard, new.municipality, new.key)


def _mark(actor: Actor | None, now: datetime) -> Mark:
    return Mark(now, actor.id if actor else CONSOLE, Action.STANDARD_EDIT)
