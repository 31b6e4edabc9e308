"""How many interactive screens are open, and for whom there is still room."""

from __future__ import annotations

import time
from collections import Counter, deque
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

PROMISED_S: Final = 20.0
"""Whoever got a screen's page has so long to come back with its websocket: a slow phone loads its scripts meanwhile."""
REMEMBERED_S: Final = 60.0
"""So long somebody whose websocket has ended can come back to the screen that is still open in the browser."""


class Seats:
    """Counts the open websockets, and the pages given out whose websocket has not come yet.

    Used from the server's one event loop only. People are known by a text that their browser sends (a hash of
    Streamlit's own cookie), which is forgotten a minute after their last websocket has ended.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Nobody is there; ``clock`` counts seconds."""
        self._clock = clock
        self._open: Counter[str] = Counter()
        self._left: dict[str, float] = {}
        self._promised: deque[float] = deque()
        self.taken = 0
        """Open websockets."""

    def promise(self, who: str, limit: int) -> bool:
        """Whether there is room for a page's websocket; for a newcomer it is kept free for a while."""
        if self._known(who):
            return True
        self._forget()
        if self.taken + len(self._promised) >= limit:
            return False
        self._promised.append(self._clock() + PROMISED_S)
        return True

    def take(self, who: str, limit: int) -> bool:
        """Whether a websocket may be opened; it counts until :meth:`leave`.

        Whoever was there a moment ago gets in beyond the limit, too, as long as the small allowance lasts: the server
        may not have noticed yet that the old connection is dead.
        """
        known = self._known(who)
        self._forget()
        if self.taken >= limit + (allowance(limit) if known else 0):
            return False
        if self._promised and not known:
            self._promised.popleft()
        self.taken += 1
        self._open[who] += 1
        self._left.pop(who, None)
        return True

    def leave(self, who: str) -> None:
        """A websocket has ended."""
        self.taken -= 1
        self._open[who] -= 1
        if not self._open[who]:
            del self._open[who]
            if who:
                self._left[who] = self._clock() + REMEMBERED_S

    def _known(self, who: str) -> bool:
        return bool(who) and (who in self._open or self._left.get(who, 0.0) > self._clock())

    def _forget(self) -> None:
        """Let go of what is past: promises, and who left; both are in the order of time."""
        now = self._clock()
        while self._promised and self._promised[0] <= now:
            self._promised.popleft()
        while self._left and next(iter(self._left.values())) <= now:
            del self._left[next(iter(self._left))]


def allowance(limit: int) -> int:
    """How many who come back get in beyond the limit: one in ten, one at least."""
    return max(1, limit // 10)
