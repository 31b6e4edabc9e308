"""So many of something from one network address in a while: who fills the staff's desks by machine is stopped.

Counted in memory, for as long as the store is open; no address is written anywhere.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from portal.errors import TooManyTriesError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from portal.store import Store

HOUR_S: Final = 3600.0
ORIGINS_MAX: Final = 10_000
"""So many addresses are remembered at most; the longest known is forgotten first."""


class Pace:
    """At most ``most`` in ``seconds`` from each address."""

    def __init__(self, most: int, key: str, seconds: float = HOUR_S) -> None:
        """``key`` is the phrase that says it was too often."""
        self._most, self._key, self._seconds = most, key, seconds
        self._lock = threading.Lock()
        self._seen: WeakKeyDictionary[Store, dict[str, deque[float]]] = WeakKeyDictionary()

    @contextmanager
    def one(self, store: Store, origin: str) -> Iterator[None]:
        """Count one; what fails with an error of ours is not counted. Raises TooManyTriesError."""
        moment = self._take(store, origin)
        try:
            yield
        except BaseException:
            with self._lock:
                self._seen[store][origin].remove(moment)
            raise

    def _take(self, store: Store, origin: str) -> float:
        now = time.monotonic()
        with self._lock:
            origins = self._seen.setdefault(store, {})
            moments = origins.setdefault(origin, deque())
            while moments and moments[0] <= now - self._seconds:
                moments.popleft()
            if len(moments) >= self._most:
                raise TooManyTriesError(self._key)
            moments.append(now)
            while len(origins) > ORIGINS_MAX:
                del origins[next(iter(origins))]
        return now
