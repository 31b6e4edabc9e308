"""Which records were changed last, kept in memory for whoever makes something of them."""

from __future__ import annotations

import threading
from collections import deque
from typing import TYPE_CHECKING, Final

from portal.store import Changed, Put, key_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from portal.store import Change, Record

    Key = tuple[type[Record], tuple[str, ...]]

KEPT: Final = 5_000
"""So many keys are remembered; an import of more is "anything may have changed"."""


class ChangeLog:
    """The keys of the last changes of this process; safe to use from any thread."""

    def __init__(self) -> None:
        """Nothing was changed yet."""
        self._lock = threading.Lock()
        self._number = 0
        self._kept: deque[tuple[int, Key]] = deque()
        self._forgotten = 0
        """The number of the last change of which something is not remembered."""

    def note(self, changes: Iterable[Change]) -> None:
        """Remember what was changed at once."""
        keys = dict.fromkeys(_key(change) for change in changes)
        with self._lock:
            self._number += 1
            if len(keys) > KEPT:
                self._kept.clear()
                self._forgotten = self._number
                return
            self._kept.extend((self._number, key) for key in keys)
            while len(self._kept) > KEPT:
                self._forgotten = self._kept.popleft()[0]

    def since(self, number: int) -> Changed:
        """What was changed after the change of that number."""
        with self._lock:
            if number < self._forgotten or not 0 <= number <= self._number:
                return Changed(self._number, None)
            found = dict.fromkeys(key for at, key in self._kept if at > number)
            return Changed(self._number, tuple(found))


def _key(change: Change) -> Key:
    return (type(change.record), key_of(change.record)) if isinstance(change, Put) else (change.type, change.key)
