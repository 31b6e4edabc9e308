"""What waits between two steps of a page, a flyer that was read or rows that were looked through.

Kept in memory for an hour at most and for its person only; nothing of it is written anywhere.
"""

from __future__ import annotations

import secrets
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

from portal.errors import UnknownThingError

if TYPE_CHECKING:
    from datetime import datetime

    from portal.store import Store

T = TypeVar("T")
KEPT_S: Final = 3600.0
EACH: Final = 4
"""So many things of one person are kept; one more, and the oldest goes."""
MOST: Final = 60
"""And so many in all."""


@dataclass(frozen=True, slots=True)
class _Kept:
    owner: str
    thing: object
    since: float


_lock = threading.Lock()
_kept: dict[str, _Kept] = {}


def put(owner: str, thing: object) -> str:
    """Keep something for an account; gives the name to find it by, which nobody guesses."""
    name = secrets.token_urlsafe(24)
    with _lock:
        _sweep()
        own = [one for one, kept in _kept.items() if kept.owner == owner]
        for old in own[: max(0, len(own) - EACH + 1)]:
            del _kept[old]
        for old in list(_kept)[: max(0, len(_kept) - MOST + 1)]:
            del _kept[old]
        _kept[name] = _Kept(owner, thing, time.monotonic())
    return name


def get(owner: str, name: str, sort: type[T]) -> T:
    """What is kept under a name; raises UnknownThingError, for what is over and for what is another's alike."""
    with _lock:
        _sweep()
        kept = _kept.get(name)
    if kept is None or not owner or kept.owner != owner or not isinstance(kept.thing, sort):
        raise UnknownThingError("shelf.over")
    return kept.thing


def of(owner: str, sort: type[T]) -> list[tuple[str, T]]:
    """Everything of one sort that is kept for an account, the newest first."""
    with _lock:
        _sweep()
        found = [(name, kept.thing) for name, kept in _kept.items() if kept.owner == owner]
    return [(name, thing) for name, thing in reversed(found) if isinstance(thing, sort)]


def drop(name: str) -> None:
    """Keep it no longer."""
    with _lock:
        _kept.pop(name, None)


def sweep(_store: Store | None = None, _now: datetime | None = None) -> None:
    """Let go of what is over; done again and again, for nobody may come back to ask."""
    with _lock:
        _sweep()


def _sweep() -> None:
    over = time.monotonic() - KEPT_S
    for name in [name for name, kept in _kept.items() if kept.since <= over]:
        del _kept[name]
